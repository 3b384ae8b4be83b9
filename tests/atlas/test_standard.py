"""The committed standard atlases are accepted, and their pictures are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared import check_once
from verified_grpo.answers.atlas.standard import small_step_atlases, standard_atlases
from verified_grpo.certificates.atlas_cells import undecided_fraction
from verified_grpo.certificates.canonical import read
from verified_grpo.certificates.contours import strips_fraction
from verified_grpo.checker import Outcome

FOLDER = Path(__file__).parents[2] / "atlases"
NAMES, OF_SMALL_STEPS = tuple(standard_atlases()), tuple(small_step_atlases())


@pytest.mark.parametrize("name", [*NAMES, *OF_SMALL_STEPS])
def test_it_is_accepted(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = FOLDER / f"{name}.json"
    assert check_once(tmp_path_factory, path.read_bytes()).outcome is Outcome.ACCEPTED
    share = undecided_fraction if name in NAMES else strips_fraction
    assert share(read(path)) <= 0.01
    assert all(path.with_suffix(f".{form}").stat().st_size > 10_000 for form in ("png", "svg", "pdf"))


def test_there_is_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {*NAMES, *OF_SMALL_STEPS}
