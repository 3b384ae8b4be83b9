"""The programs that are written down are those that SymPy derives today, byte for byte."""

from __future__ import annotations

import pytest

from verified_grpo.model import MEAN_VAR, Contrast, formulas, written
from verified_grpo.model.contrasts import DEFINITIONS
from verified_grpo.model.deriving import (
    HEAD,
    OF_ALL,
    derive,
    derive_guess,
    guess_text,
    names,
    omega_guess_text,
    programs,
    written_down,
)

CONTRASTS = [contrast for contrasts in written_down().values() for contrast in contrasts]
LONG = 20  # groups from here on take SymPy seconds: of these the largest of each ddof, the others in the soak
LARGEST = max(contrast.group_size for contrast in CONTRASTS)
# What is asked of one contrast stands together: it is differentiated once.
each = pytest.mark.parametrize(
    "contrast",
    [
        pytest.param(x, marks=pytest.mark.soak if LONG <= x.group_size < LARGEST else ())
        for x in CONTRASTS
    ],
    ids=lambda contrast: contrast.label,
    scope="module",
)


@each
def test_programs_are_what_sympy_derives(contrast: Contrast) -> None:
    for name, derived in programs(contrast).items():
        assert written.program(name, contrast) == derived, name


@each
def test_guesses_are_what_sympy_writes(contrast: Contrast) -> None:
    text = (written.FOLDER / f"{written.module_name(contrast.name)}.py").read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    assert f"\n\n{guess_text(contrast)}" in text
    found = written.guess(contrast)
    assert found is not None
    assert list(found(0.25, 1e-5)) == list(derive_guess(contrast)(0.25, 1e-5))


@each
def test_the_contrast_alone_has_the_same_bits(contrast: Contrast) -> None:
    text = (written.FOLDER / f"{written.module_name(contrast.name)}.py").read_text(encoding="utf-8")
    assert f"\n\n{omega_guess_text(contrast)}" in text
    alone, both = formulas.approx_omega(contrast), formulas.approx_profile(contrast)
    assert alone is written.omega_guess(contrast)
    for k in range(1, 60):
        odds, eps = k / 59, 10.0 ** (-k % 7)
        assert repr(alone(odds, eps)) == repr(both(odds, eps)[0])


def test_the_recursion_s_own_programs() -> None:
    for name in OF_ALL:
        assert written.program(name) == derive(name, None)


@pytest.mark.parametrize("name", [*written_down(), ""])
def test_files_hold_nothing_else_and_are_written_in_one_way(name: str) -> None:
    """What is read is written again with the same bytes; no program in them is one that nobody asks for."""
    entries = {written.key(c): (c, names(c)) for c in written_down()[name]} if name else {"": (None, OF_ALL)}
    found = {
        key: {program: written.program(program, contrast) for program in of_one}
        for key, (contrast, of_one) in entries.items()
    }
    path = written.FOLDER / f"{name or 'recursion'}.json"
    assert path.read_text(encoding="utf-8") == written.as_text(found)  # type: ignore[arg-type]


def test_every_contrast_of_the_table_is_written_down() -> None:
    files = {path.stem for path in written.FOLDER.glob("*.json")}
    assert files == {*written_down(), "recursion"}
    trees = {"expression", "group-loo", "group-mixed", "maxrl", "batch"}  # differentiated part by part
    assert set(DEFINITIONS) == {*written_down(), *trees}


def test_what_is_not_written_down_is_derived() -> None:
    odd = Contrast("group", 17)
    assert written.program("limit", odd) is None
    assert written.guess(odd) is None
    assert formulas.limit_program(odd) == derive("limit", odd)
    assert list(formulas.approx_profile(odd)(0.5, 0.1)) == list(derive_guess(odd)(0.5, 0.1))


def test_a_changed_program_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: one operand less, one constant more."""
    right = written.program("profile", MEAN_VAR)
    text = dict(written._read("mean-var")[""]["profile"])
    for old, new in (("sub 2 0", "sub 0 2"), ("const 2", "const 3"), ("sqrt 6", "exp 6")):
        assert old in text["instructions"]
        wrong = {**text, "instructions": text["instructions"].replace(old, new, 1)}
        monkeypatch.setattr(written, "_read", lambda file, wrong=wrong: {"": {"profile": wrong}})
        assert written.program("profile", MEAN_VAR) != right
