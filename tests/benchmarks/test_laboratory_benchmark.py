from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import laboratory
from tests.shared import page_library


def test_without_a_browser_the_sizes_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page_library(prover=True)
    monkeypatch.setattr(laboratory, "start", lambda: None)
    assert laboratory.main(["--out", str(tmp_path / "r.json")]) == 0
    results = json.loads((tmp_path / "r.json").read_text())
    assert results["in the browser"] == "no browser"
    sizes = results["bytes"]
    assert sizes["on disk"] > sizes["for a first answer"] > sizes["the same, compressed"] > 1_000_000


def test_what_is_loaded_later_is_not_counted(tmp_path: Path) -> None:
    for name, size in (("a.js", 1000), ("python/sympy-1.whl", 500), ("python/readers.zip", 100)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    found = laboratory.sizes(tmp_path)
    assert (found["on disk"], found["for a first answer"]) == (1600, 1000)
    assert found["the same, compressed"] < 100


def test_the_committed_measurements_meet_what_was_asked() -> None:
    results = json.loads(laboratory.OUT.read_text())
    browsed = results["in the browser"]
    assert set(browsed["seconds"]) == set(laboratory.QUESTIONS)
    assert all(one["outcomes"] == ["accepted"] for one in browsed["seconds"].values())
    assert all(
        one.get("from the maps", 0) < one["proved and checked"] < 60
        for one in browsed["first answer, seconds"].values()
    )
    assert results["bytes"]["the same, compressed"] < 20_000_000
