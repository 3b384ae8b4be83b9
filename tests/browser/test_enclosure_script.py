"""The arithmetic inside the page against the suite's own: what it says contains, contains."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from tests.browser.page import Window
from verified_grpo.intervals import make_engine
from verified_grpo.model import Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.sequences.orbits import orbit

TEMPLATES = Path(__file__).parents[2] / "verified_grpo" / "report" / "html" / "templates"


@pytest.fixture
def arithmetic(window: Window, tmp_path: Path) -> Window:
    page = tmp_path / "empty.html"
    scripts = "".join((TEMPLATES / name).read_text() for name in ("enclosure.js", "brackets.js"))
    page.write_text(f"<!doctype html><title>t</title><script>{scripts}</script>")
    window.open(page)
    return window


CASES = [
    ("mean-var", "1", "5", "0.00001", "0.001"),
    ("mean-var", "1", "0.04", "0.00001", "0.3"),
    ("mean-var", "1/2", "3", "0.00001", "0.001"),
    ("mean-var", "3/10", "17/25", "0.00001", "0.0001"),
    ("mean-std", "1", "2", "0.0001", "0.2"),
    ("mean-std", "9/10", "40", "0.000001", "0.9999"),
    ("mean", "1/2", "0.1", "0.5", "0.7"),
    ("mean-var", "1", "1.7128", "0.001", "0.0001"),
    ("group 2 0", "1", "0.5", "0.0001", "0.2"),
    ("group 3 1", "1/2", "0.5", "0.0001", "0.2"),
    ("group 8 1", "1", "0.5", "0.0001", "0.01"),
    ("group 16 0", "9/10", "0.6", "0.0001", "0.001"),
    ("group 64 1", "1", "2", "0.000001", "0.01"),
]


def variant(name: str) -> tuple[Contrast, dict[str, object]]:
    """A contrast, and how a page is told of it."""
    kind, *group = name.split()
    numbers = [int(number) for number in group]
    size, ddof = numbers or (0, 0)
    return Contrast(kind, size, ddof), {"contrast": kind, "group": numbers or None}


@pytest.mark.parametrize("case", CASES)
def test_the_orbit_in_the_page_contains_the_orbit(arithmetic: Window, case: tuple[str, ...]) -> None:
    name, alpha, beta, eps, p_ref = case
    contrast, words = variant(name)
    given = {**words, "alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}
    terms = arithmetic.run("return Enclosure.orbit(arguments[0], 30)", given)
    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    exact = orbit(contrast, box, steps=len(terms) - 1, digits=20).enclosures
    assert len(terms) >= 8
    for (low, high), enclosure in zip(terms, exact, strict=True):
        assert Fraction(low) <= enclosure.low
        assert enclosure.high <= Fraction(high)
    assert terms[3][1] - terms[3][0] < 1e-6


@pytest.mark.parametrize("case", CASES)
def test_the_brackets_in_the_page_hold_all_fixed_points(arithmetic: Window, case: tuple[str, ...]) -> None:
    name, alpha, beta, eps, p_ref = case
    contrast, words = variant(name)
    given = {**words, "alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}
    brackets = arithmetic.run("return Brackets.fixedPoints(Enclosure.model(arguments[0]), 1e-9)", given)
    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    found = fixed_points(contrast, box, engine="arb")
    assert isinstance(found, FixedPoints)
    assert len(brackets) == found.count
    for bracket, point in zip(brackets, found.points, strict=True):
        low, high = map(Fraction, bracket["bracket"])
        assert low <= Fraction(point.logit[1])
        assert Fraction(point.logit[0]) <= high
        assert high - low <= Fraction(1, 10**6) * (1 + abs(low))
        assert bracket["sure"]


def test_a_group_whose_contrast_is_not_proved_to_rise_is_not_drawn(arithmetic: Window) -> None:
    numbers = {"alpha": "1", "beta": "1", "eps": "1e-4", "p_ref": "0.1"}
    given = {"contrast": "group", "group": [1000, 1], **numbers}
    assert arithmetic.run("return Enclosure.orbit(arguments[0])", given) is None


def test_elementary_functions_contain_their_values(arithmetic: Window) -> None:
    engine = make_engine("arb", 200)
    generator = random.Random(7)
    numbers = [generator.uniform(0, 700) for _ in range(200)] + [
        10 ** generator.uniform(-300, 2) for _ in range(200)
    ]
    script = (
        "return arguments[0].map(x => [Enclosure.decay(x), Enclosure.root([x, x]), Enclosure.log([x, x])])"
    )
    small = [x for x in numbers if 1e-200 < x < 1e200]
    found = arithmetic.run(script, small)
    for x, (decay, root, log) in zip(small, found, strict=True):
        with engine:
            value = engine.exact(Fraction(x))
            for got, true in (
                (decay, engine.exp(engine.neg(value))), (root, engine.sqrt(value)), (log, engine.log(value)),
            ):  # fmt: skip
                assert Fraction(got[0]) <= engine.lower(true), x
                assert engine.upper(true) <= Fraction(got[1]), x
        assert root[1] <= root[0] * (1 + 1e-11)


@pytest.mark.parametrize("text", ["", "x", "1e", "1/0", "1/2/3", "-1", "0x10", "Infinity", "1e9999", "NaN"])
def test_what_is_no_number_is_refused(arithmetic: Window, text: str) -> None:
    assert arithmetic.run("return Enclosure.read(arguments[0])", text) is None


@pytest.mark.parametrize("text", ["0.1", "3/10", "1e-5", ".5", "5.", "123456789012345678901234567890"])
def test_a_number_is_enclosed(arithmetic: Window, text: str) -> None:
    low, high = arithmetic.run("return Enclosure.read(arguments[0])", text)
    assert Fraction(low) < Fraction(text) < Fraction(high)
