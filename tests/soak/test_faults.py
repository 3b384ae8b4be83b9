"""A handful of the planted faults, and that a fault nobody could notice is reported as such."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from soak import faults
from soak.fault_list import Fault
from soak.faults import FAULTS
from soak.ledger import ROOT
from tests.shared import once

HANDFUL = (
    "mpmath.iv's unsound exp",
    "the slope of v turned round",
    "every leaf holds",
    "caught a step too early",
    "k3: every part converges",
    "curves: L_ref on the other side",
    "atlas: images may meet the trap",
)
OF_THE_SUITE = (  # many tests are asked
    "mpmath.iv's unsound exp",
    "the slope of v turned round",  # programs are data: what derives them is held against these by tests
    "atlas: images may meet the trap",
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A copy of its own for each process, of the one that was compiled and asked first."""

    def make(folder: Path) -> None:
        found = faults.battery(faults._copy(folder / "package"))
        (folder / "found.json").write_text(json.dumps(found))

    first = once(tmp_path_factory, "sound-package", make)
    copy = tmp_path_factory.mktemp("copy") / "package"
    shutil.copytree(first / "package", copy)
    return copy, json.loads((first / "found.json").read_text())


def test_the_sound_prover_s_work_is_all_accepted(sound: tuple[Path, dict[str, str]]) -> None:
    assert len(sound[1]) > 20
    assert all(word.startswith("accepted") for word in sound[1].values()), sound[1]


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=pytest.mark.soak if what in OF_THE_SUITE else ()) for what in HANDFUL]
)
def test_a_planted_fault_is_noticed(what: str, sound: tuple[Path, dict[str, str]]) -> None:
    (fault,) = (fault for fault in FAULTS if fault.what == what)
    row = faults.noticed(fault, *sound)
    assert row["by"] == ("the suite" if what in OF_THE_SUITE else "the checker"), row


def test_an_edit_that_changes_nothing_goes_unnoticed(
    sound: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the battery says without a fault is known; that it is asked is seen where the suite notices."""
    monkeypatch.setattr(faults, "battery", lambda *_: sound[1])
    path = sound[0] / "verified_grpo/errors.py"
    before = path.read_text()
    harmless = Fault("a comment", "errors.py", "", "\n# nothing\n", ("tests/model/test_parameters.py",))
    assert faults.noticed(harmless, *sound) == {"by": "nobody", "says": ""}
    assert path.read_text() == before


def test_every_edit_fits_the_code() -> None:
    sources = {fault.file: (ROOT / "verified_grpo" / fault.file).read_text() for fault in FAULTS}
    assert [f.what for f in FAULTS if f.old and sources[f.file].count(f.old) != 1] == []


def test_an_edit_that_no_longer_fits_is_reported(sound: tuple[Path, dict[str, str]]) -> None:
    stale = Fault("stale", "errors.py", "no such line", "x")
    assert faults.noticed(stale, *sound) == {"by": "nobody", "says": faults.STALE}


def test_there_are_many_and_no_two_alike() -> None:
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 75
    assert len({(fault.file, fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)
