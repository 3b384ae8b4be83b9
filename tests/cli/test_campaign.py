"""Many cases: resumed, side by side, killed and gone on with."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verified_grpo.answers.statements import run as campaign
from verified_grpo.answers.statements.cases import main_cases, select
from verified_grpo.errors import InputError

NAMES = ["fixed-points-beta-5", "contraction-refuted"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def test_a_second_run_takes_what_is_finished(tmp_path: Path) -> None:
    first = list(campaign.run(select(NAMES), tmp_path, "arb", 1))
    before = contents(tmp_path)
    second = list(campaign.run(select(NAMES), tmp_path, "arb", 1))
    assert [r.resumed for r in first] == [False] * 4
    assert [r.resumed for r in second] == [True] * 4
    assert [r.check for r in second] == ["accepted"] * 4
    assert contents(tmp_path) == before


def test_what_was_altered_or_made_otherwise_is_done_again(tmp_path: Path) -> None:
    list(campaign.run(select(NAMES), tmp_path, "arb", 1))
    before = contents(tmp_path)
    victim = tmp_path / "contraction-refuted.json"
    victim.write_bytes(victim.read_bytes().replace(b"50", b"51"))
    (tmp_path / "fixed-points-beta-5-p_ref-0.3.json").unlink()
    again = {r.name: r.resumed for r in campaign.run(select(NAMES), tmp_path, "arb", 1)}
    assert [name for name, resumed in again.items() if not resumed] == [
        "fixed-points-beta-5-p_ref-0.3",
        "contraction-refuted",
    ]
    assert contents(tmp_path) == before
    assert not any(r.resumed for r in campaign.run(select(NAMES), tmp_path, "mpmath", 1))


def test_side_by_side_gives_the_same_bytes(tmp_path: Path) -> None:
    list(campaign.run(select(NAMES), tmp_path / "one", "arb", 1))
    results = list(campaign.run(select(NAMES), tmp_path / "two", "arb", 2))
    assert sorted(r.name for r in results) == sorted(case.name for case in select(NAMES))
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    names = [name for name in main_cases() if name.startswith("fixed-points")]
    command = [sys.executable, "-m", "verified_grpo.cli", "certify", *names, "--out", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    folder = tmp_path / "certificates"
    deadline = time.monotonic() + 60
    while len(list(folder.glob("fixed-points*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len(contents(folder))
    results = list(campaign.run(select(["fixed-points"]), folder, "mpmath", 1))
    assert sum(r.resumed for r in results) >= min(done, 3) - 1
    assert [r.check for r in results] == ["accepted"] * 18
    fresh = tmp_path / "fresh"
    list(campaign.run(select(["fixed-points"]), fresh, "mpmath", 1))
    assert contents(folder) == contents(fresh)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InputError, match="did you mean"):
        select(["theorem-99"])
