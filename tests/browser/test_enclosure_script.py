"""The arithmetic inside the page against the suite's own: what it says contains, contains."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from tests.browser.page import Window
from verified_grpo.intervals import make_engine
from verified_grpo.model import Contrast, Parameters
from verified_grpo.rigor.orbits import orbit

SCRIPT = Path(__file__).parents[2] / "verified_grpo" / "report" / "html" / "templates" / "enclosure.js"


@pytest.fixture
def arithmetic(window: Window, tmp_path: Path) -> Window:
    page = tmp_path / "empty.html"
    page.write_text(f"<!doctype html><title>t</title><script>{SCRIPT.read_text()}</script>")
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
]


@pytest.mark.parametrize("case", CASES)
def test_the_orbit_in_the_page_contains_the_orbit(arithmetic: Window, case: tuple[str, ...]) -> None:
    contrast, alpha, beta, eps, p_ref = case
    given = {"contrast": contrast, "alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}
    terms = arithmetic.run("return Enclosure.orbit(arguments[0], 30)", given)
    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    exact = orbit(Contrast(contrast), box, steps=len(terms) - 1, digits=20).enclosures
    assert len(terms) >= 8
    for (low, high), enclosure in zip(terms, exact, strict=True):
        assert Fraction(low) <= enclosure.low
        assert enclosure.high <= Fraction(high)
    assert terms[3][1] - terms[3][0] < 1e-6


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
