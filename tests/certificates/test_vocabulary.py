"""One vocabulary of verdicts: the words of ``rigor/verdicts.py`` are those of the checker, which spells its
own, of arrays, tables and atlases, and of the texts that are looked up by them."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from verified_grpo.audit.pass_rates.records import WORDS as ROW_WORDS
from verified_grpo.audit.pass_rates.records import Verdict as Row
from verified_grpo.certificates.atlas_cells import VERDICTS as OF_LETTERS
from verified_grpo.checker import atlas, chaos, curves, passage, sequences, settling, small_steps
from verified_grpo.checker.brackets import STABILITIES
from verified_grpo.commands.limit_words import VERDICTS as LIMIT_WORDS
from verified_grpo.report.drawing.atlas import LOOKS
from verified_grpo.rigor import verdicts as words
from verified_grpo.rigor.arrays import Verdict as Array


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (words.Ending, sequences._FIELDS),
        (words.StepEnding, small_steps._FIELDS),
        (words.Arrival, passage._FIELDS),
        (words.ChaosWitness, chaos._FIELDS),
        (words.Stability, STABILITIES),
        (words.SettlingForm, settling.FORMS),
        (words.Manner, settling.MANNERS),
        (words.CurveName, curves._WORDS),
    ],
    ids=lambda value: "",
)
def test_the_checker_has_the_same_words(ours: Any, theirs: Any) -> None:
    assert set(get_args(ours)) == set(theirs)


def test_an_atlas_has_a_letter_for_each_word_and_the_checker_the_same_letters() -> None:
    assert set(OF_LETTERS) == set(atlas.WORDS)
    assert set(OF_LETTERS.values()) == set(get_args(words.CellVerdict))
    assert {look.removesuffix("-2") for look in LOOKS} == set(get_args(words.CellVerdict))


def test_tables_and_arrays_have_the_same_words() -> None:
    assert ROW_WORDS == words.ROWS
    assert [verdict.name.lower().replace("_", "-") for verdict in Row] == list(words.ROWS)
    converges = {"converges": "fixed-point"}
    arrays = [verdict.name.lower() for verdict in Array]
    assert {converges.get(name, name) for name in arrays} < set(words.ROWS)


def test_every_ending_is_told() -> None:
    assert set(LIMIT_WORDS) == set(get_args(words.Ending))


def test_the_longer_vocabularies_hold_the_shorter() -> None:
    assert set(get_args(words.Answer)) > set(get_args(words.Decided)) == {words.PROVED, words.REFUTED}
    assert set(get_args(words.Ending)) > {*get_args(words.Monotony), *get_args(words.Turn)}
    assert set(get_args(words.RowVerdict)) > {*get_args(words.Monotony), *get_args(words.Turn)}
