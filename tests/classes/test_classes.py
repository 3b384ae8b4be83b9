"""Classes of answers: what they are made of, and what is refused."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.answers.classes import answer_classes, parse_classes, read_classes
from verified_grpo.errors import FileError, InputError
from verified_grpo.intervals import make_engine
from verified_grpo.model.classes import AnswerClasses
from verified_grpo.model.tilt import Tilt
from verified_grpo.rigor.classes.outcomes import NothingToLearn


def test_rows_of_one_reward_are_one_class() -> None:
    merged = AnswerClasses.of([("0.5", 1, "0.2", 2), ("0.25", "1.0", "0.8", 1), ("0.25", 0, 0)])
    assert [c.reward for c in merged.classes] == [0, 1]
    last = merged.classes[1]
    assert (last.weight, last.correct, last.reward_squared) == (
        Fraction(3, 4), Fraction(2, 5), Fraction(5, 3),
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(-3, 3), st.integers(0, 4)), min_size=2, max_size=9))
def test_merging_keeps_means(rows: list[tuple[int, int, int]]) -> None:
    total = sum(w for w, _, _ in rows)
    classes = AnswerClasses.of([(Fraction(w, total), g, Fraction(a, 4)) for w, g, a in rows]).classes
    assert sum(c.weight for c in classes) == 1
    assert sum(c.weight * c.reward for c in classes) == Fraction(sum(w * g for w, g, _ in rows), total)
    shares = sum(c.weight * (c.correct or 0) for c in classes)
    assert shares == Fraction(sum(w * a for w, _, a in rows), 4 * total)
    assert len({c.reward for c in classes}) == len(classes)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("0.5", 0), ("0.4", 1)], "the weights sum to 0.9, not to 1: 0.1 too little"),
        ([("0.5", 0), ("0.6", 1)], "the weights sum to 1.1, not to 1: 0.1 too much"),
        ([("-0.5", 0), ("1.5", 1)], "the weight -0.5 is negative"),
        ([("1", 2, None, 3)], "reward_squared 3 is below 4, the square of the reward 2"),
        ([("1", 0, "1.5")], "correct is a share in [0, 1], not 1.5"),
        ([("0.5", 0, 0), ("0.5", 1)], "correct is given of some classes and not of others"),
        ([], "at least one row"),
        ([(1,)], "a class has a weight and a reward"),
        ([("1/2", 0), (0.5, 1)], "binary float"),
    ],
)
def test_what_makes_no_classes_is_one_line(rows: list[Any], message: str) -> None:
    with pytest.raises(InputError) as refused:
        AnswerClasses.of(rows)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("weight,reward,score\n1,0,0\n", "unknown column 'score': the columns are weight, reward"),
        ("weight,correct\n1,0\n", "no column 'reward'"),
        ("weight,reward,reward\n1,0,0\n", "named twice"),
        ("weight,reward\n0.5,0\n0.5,1,1\n", "line 3: 3 cells where there are 2 columns"),
        ("weight,reward\n0.5,x\n0.5,1\n", "line 2, reward: 'x' is not a number"),
        ("weight,reward\n,0\n", "line 2: weight is empty"),
        ("weight,reward\n", "at least one row"),
        ("", "no column 'weight'"),
        ("prompt,weight,reward\na,1,0\nb,0.5,0\n", "prompt 'b': the weights sum to 0.5"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_classes(text, "table.csv")
    assert message in str(refused.value)
    assert str(refused.value).startswith("table.csv")


def test_prompts_keep_their_order_and_blank_lines_are_none(tmp_path: Path) -> None:
    file = tmp_path / "classes.csv"
    file.write_bytes(
        "\ufeffprompt, weight,reward,reward_squared\nb,1/2,0,\n\na,1,1,1.5\nb,1/2,2,5\n".encode()
    )
    table = read_classes(file)
    assert [name for name, _ in table.prompts] == ["b", "a"]
    assert [c.reward_squared for c in table.prompts[0][1].classes] == [0, 5]
    with pytest.raises(FileError):
        read_classes(tmp_path / "none.csv")
    file.write_bytes(b"weight,reward\n\xff,0\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_classes(file)


def test_one_mean_reward_is_nothing_to_learn() -> None:
    found = answer_classes([("0.3", 1, "0.5", 4), ("0.7", 1, 0)], beta=1, eps="1e-5")
    assert isinstance(found, NothingToLearn)
    assert found.mean_reward == 1
    assert found.correct == Fraction(3, 20)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"contrast": "group"}, "finite groups do not tilt"),
        ({"contrast": "median"}, "not 'median'"),
        ({"beta": "1:2"}, "not with ranges"),
        ({"beta": -1}, "beta must be 0 or more"),
        ({"eps": 0}, "eps must be > 0"),
        ({"alpha": 2}, "alpha must be in [0, 1]"),
        ({"digits": 0}, "digits must be from 1"),
    ],
)
def test_other_questions_are_refused(given: dict[str, Any], message: str) -> None:
    asked: dict[str, Any] = {"beta": 1, "eps": "1e-3", **given}
    with pytest.raises(InputError) as refused:
        answer_classes([("0.5", 0), ("0.5", 1)], **asked)
    assert message in str(refused.value)


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("contrast", ["mean-var", "mean-std", "mean"])
def test_enclosures_hold_what_brute_force_says(engine: str, contrast: Any) -> None:
    """Omega, its slope, M and C at points of random cells; the slope by mpmath's own derivative."""
    source, mp = random.Random(f"{engine} {contrast}"), mpmath.MPContext()
    mp.dps = 60
    for _ in range(12):
        size = source.randint(2, 5)
        parts = [source.randint(1, 99) ** 2 for _ in range(size)]
        rows = [
            (Fraction(w, sum(parts)), Fraction(source.randint(-9, 9), 4), Fraction(source.randint(0, 5), 5))
            for w in parts
        ]
        noisy = [(w, g, a, g * g + source.choice((0, 0, Fraction(1, 3)))) for w, g, a in rows]
        classes, eps = AnswerClasses.of(noisy), Fraction(1, 10 ** source.randint(1, 6))
        if classes.is_constant:
            continue
        low = Fraction(source.randint(0, 400), 16)
        cell = low, low + Fraction(source.randint(0, 64), 64)
        at = low + (cell[1] - low) * Fraction(source.randint(0, 8), 8)

        def values(theta: Any, classes: AnswerClasses = classes, eps: Any = eps) -> tuple[Any, Any, Any]:
            odds = [mp.mpf(c.weight.numerator) / c.weight.denominator * mp.exp(theta * _mpf(mp, c.reward))
                    for c in classes.classes]  # fmt: skip
            w = [x / mp.fsum(odds) for x in odds]
            mean = mp.fsum(x * _mpf(mp, c.reward) for x, c in zip(w, classes.classes, strict=True))
            square = mp.fsum(x * _mpf(mp, c.reward_squared) for x, c in zip(w, classes.classes, strict=True))
            share = mp.fsum(
                x * _mpf(mp, c.correct or Fraction(0)) for x, c in zip(w, classes.classes, strict=True)
            )
            v = max(square - mean**2, mp.mpf(0))
            e = _mpf(mp, eps)
            made = {"mean-var": lambda: 1 / mp.sqrt(v + e), "mean-std": lambda: 1 / (mp.sqrt(v) + e)}
            return made.get(contrast, lambda: mp.mpf(1))(), mean, share

        omega, mean, share = values(_mpf(mp, at))
        slope = mp.diff(lambda t, values=values: values(t)[0], _mpf(mp, at))
        with make_engine(engine, 120) as arithmetic:
            found = Tilt(arithmetic, classes, contrast, eps).over(*cell)
            for value, enclosure, slack in (
                (omega, found.omega, "1e-20"), (mean, found.mean, "1e-30"), (share, found.correct, "1e-30"),
                (slope, found.omega_slope, "1e-12"),
            ):  # fmt: skip
                below, above = arithmetic.lower(enclosure), arithmetic.upper(enclosure)
                room = mp.mpf(slack) * (1 + abs(value))
                assert _mpf(mp, below) - room <= value <= _mpf(mp, above) + room


def _mpf(mp: Any, x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator
