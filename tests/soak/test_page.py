"""The manual's page is what the ledger says, and what was found decides the exit code."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from soak import __main__ as command
from soak import fuzz, fuzz_targets, ledger, page


def test_the_page_is_what_the_ledger_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed = page.PAGE.read_text()
    monkeypatch.setattr(page, "PAGE", tmp_path / "trust.md")
    page.write_page(ledger.load())
    assert (tmp_path / "trust.md").read_text() == committed


def test_nothing_that_must_not_be_there_was_found() -> None:
    assert command.found(ledger.load()) == []


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("attacks", {"escapes": ["x"]}),
        ("attacks", {"disagreements": ["x"]}),
        ("proved", {"kinds": {"x": {"escapes": ["x"]}}}),
        ("proved_rows", {"rows": {"escapes": ["x"]}}),
        ("faults", {"rows": {"x": {"by": "nobody"}}}),
        ("containment", {"rows": {"x": {"violations": 1}}}),
        ("fuzz", {"rows": {"x": {"findings": ["x"]}}}),
    ],
)
def test_what_is_found_is_told(part: str, change: dict[str, Any]) -> None:
    assert len(command.found({part: change})) == 1


def test_counts_are_kept_for_the_same_code_and_seed_alone() -> None:
    held: dict[str, Any] = {}
    ledger.entry(held, "part", ("soak/ledger.py",), 1)["count"] = 5
    assert ledger.entry(held, "part", ("soak/ledger.py",), 1)["count"] == 5
    other = copy.deepcopy(held)
    assert "count" not in ledger.entry(other, "part", ("soak/ledger.py",), 2)
    assert "count" not in ledger.entry(held, "part", ("soak/page.py",), 1)


@pytest.mark.parametrize("name", fuzz_targets.TARGETS)
def test_the_fuzzer_s_targets_take_their_seeds(name: str) -> None:
    seeds = [*fuzz._seeds(name), b"", b"\xff\xfe", b"[" * 500, b"nan", b'{"digest": 1}']
    for data in seeds[:: max(1, len(seeds) // 40)]:
        fuzz_targets.TARGETS[name](data)
