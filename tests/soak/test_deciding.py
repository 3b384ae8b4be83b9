"""What the counts of mutants speak of: a change of one kind begins its own anew, and no other's."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soak import deciding, kernel
from soak.deciding import state, state_of_rows

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edit]:
    """Changes a module of a copy of the checker, which is then the one that is read."""
    room = tmp_path / "checker"
    shutil.copytree(kernel.ROOM, room)
    monkeypatch.setattr(kernel, "ROOM", room)

    def change(module: str, old: str, new: str) -> None:
        path = room / f"{module}.py"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        forget()

    def forget() -> None:
        kernel._tree.cache_clear()
        kernel._definitions.cache_clear()

    yield change
    forget()


def states() -> dict[str, str]:
    kinds = {kind: state([kind]) for kind in ("chaos", "verifier-ceiling", "limit")}
    return {**kinds, "rows": state_of_rows()}


def test_what_begins_anew(edit: Edit) -> None:
    before = states()
    for module, old, new, anew in (
        ("command", "def main", "def  main", set[str]()),  # it only prints
        ("verifiers", '"p < {bound}"', '"p <= {bound}"', {"verifier-ceiling"}),
        ("tables/judge", "class Judge", "class Judge ", {"rows"}),
        ("fuel", "def pay_for_evaluations", "def  pay_for_evaluations", {*before}),  # it declines
        ("numbers", "def ball(", "def ball(  ", {"chaos", "limit", "rows"}),  # ceilings are exact
    ):
        edit(module, old, new)
        after = states()
        assert {name for name in before if before[name] != after[name]} == anew
        before = after


def test_what_was_counted_of_another_state_is_begun_anew() -> None:
    held = {"code": "a", "counts": {"all accept": 5}}
    assert deciding.counted(held, "a") is held
    assert deciding.counted(held, "b")["counts"] == deciding.counted(None, "a")["counts"] == {}


def test_the_proved_checker_s_own_files_count() -> None:
    """By family, with what they require; the other families' do not."""
    of_chaos = deciding.deciding("ChaosCertificates")
    assert f"{deciding.FOLDER}/ChaosChecker.v" in of_chaos
    assert f"{deciding.FOLDER}/Integers.v" in of_chaos
    assert not any("Verifier" in name for name in of_chaos)
