"""Every contrast of the table: both rooms have it, define the same function, and claim no fact that samples
refute."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Rational

from verified_grpo.certificates.builders import variant
from verified_grpo.checker.arithmetic import NAMES, in_force, using
from verified_grpo.checker.contrasts import CONTRASTS, Place
from verified_grpo.checker.contrasts import Fact as CheckedFact
from verified_grpo.checker.numbers import precision
from verified_grpo.checker.parameters import Parameters, read_contrast
from verified_grpo.checker.recursion import Recursion
from verified_grpo.model import Contrast, Fact
from verified_grpo.model.contrasts import DEFINITIONS, Definition, eps, v

from .counterexamples import LOOK, along, counterexample, exactly, mp

SIZES = ((2, 0), (3, 1), (4, 1), (8, 0))
WRITTEN = (
    "1/(p + eps)",
    "1/(sqrt(v) + eps)",
    "exp(-v)/(v + eps)",
    "(1 + q + q^2 - q^3/2)/(1 + eps)",
    "log(2 + p) + 1/(eps + (1 - 2*p)^2)",
    "(3/2 - v)^-2 * 0.25 + eps^0",
)
SEVERAL = {
    "group": [Contrast("group", *size) for size in SIZES],
    "group-loo": [Contrast("group-loo", size) for size in (3, 4, 8)],
    "group-mixed": [Contrast("group-mixed", *size) for size in SIZES],
    "maxrl": [Contrast("maxrl", size) for size in (2, 3, 8)],
    "batch": [Contrast("batch", 8)],
    "expression": [Contrast.of(text) for text in WRITTEN],
}
SCALED = [
    *(Contrast(name).scaled(Fraction(7, 8)) for name in ("mean", "mean-std", "mean-var")),
    Contrast("group", 8, 1).scaled(Fraction(8, 7)),
    Contrast.of("1/(p + eps)").scaled(Fraction(3)),
]
ALL = [contrast for name in DEFINITIONS for contrast in SEVERAL.get(name) or [Contrast(name)]] + SCALED
CLAIMS = [(contrast, fact) for contrast in ALL for fact in Fact if contrast.knows(fact)]
each = pytest.mark.parametrize("contrast", ALL, ids=lambda contrast: contrast.label)


def test_both_rooms_have_the_same_contrasts() -> None:
    assert list(DEFINITIONS) == list(CONTRASTS)
    assert all(name == DEFINITIONS[name].name == CONTRASTS[name].name for name in DEFINITIONS)


def test_every_fact_can_be_looked_into() -> None:
    assert set(LOOK) == set(Fact)


@pytest.mark.parametrize(
    ("contrast", "fact"), CLAIMS, ids=lambda x: x.label if isinstance(x, Contrast) else x.name
)
def test_no_sample_refutes_a_fact(contrast: Contrast, fact: Fact) -> None:
    assert counterexample(contrast, fact) is None


FALSE = [
    ("mean", Fact.ONE_PEAK),
    ("mean", Fact.NEGATIVE_SCHWARZIAN),
    ("mean-var", Fact.CONSTANT),
    ("square", Fact.CONCAVE),
    ("lopsided", Fact.EVEN_RISING),
    ("rising", Fact.FALLS_IN_EPS),
    ("deep", Fact.EVEN_RISING),
    ("short", Fact.BOUNDED),
]


@pytest.mark.parametrize(("name", "fact"), FALSE)
def test_samples_refute_what_is_false(name: str, fact: Fact, monkeypatch: pytest.MonkeyPatch) -> None:
    from verified_grpo.model.contrasts import p

    class Short(Definition):
        def supremum(self, chosen: Any) -> Any:
            return 1 / (1 + eps)

    for definition in (
        Definition("square", "", lambda: 1 / (v + eps) ** 2),
        Definition("lopsided", "", lambda: 1 / (p + eps)),
        Definition("rising", "", lambda: v + eps),
        Definition("deep", "", lambda: v + eps),
        Short("short", "", lambda: 1 / (v + eps)),
    ):
        monkeypatch.setitem(DEFINITIONS, definition.name, definition)
    assert counterexample(Contrast(name), fact) is not None


@each
def test_both_rooms_claim_the_same(contrast: Contrast) -> None:
    """Of the facts that both have; and each with an argument."""
    checked = read_contrast(variant(contrast), "variant")
    shared = {fact.name for fact in Fact} & {fact.name for fact in CheckedFact}
    facts = contrast.definition.facts(contrast)
    assert {fact.name for fact in facts} & shared == {fact.name for fact in checked.facts}
    assert all(facts.values())
    assert all(checked.facts.values())


PLACES = ((-9, 0), (Fraction(-1, 4), Fraction(1, 2)), (Fraction(1, 8), 0), (3, Fraction(1, 4)), (40, 0))
"""Cells, each its lower end and its width."""


@pytest.mark.parametrize("arithmetic", NAMES)
@each
@exactly  # type: ignore[untyped-decorator]
def test_both_rooms_define_the_same_function(contrast: Contrast, arithmetic: str) -> None:
    """The checker's enclosures, sharp and plain, hold what the model's expression gives."""
    checked = read_contrast(variant(contrast), "variant")
    omega, b = along(contrast, 0), along(contrast, 1)
    one, half = (Fraction(1),) * 2, (Fraction(1, 2),) * 2
    for stabiliser in (Fraction(1, 10**5), Fraction(1, 2)):
        box = Parameters(one, one, (stabiliser,) * 2, half)
        recursion, at = Recursion(checked, box), mpf(stabiliser)
        for low, width in PLACES:
            cell = Fraction(low), Fraction(low) + width
            with using(arithmetic), precision(160):
                bounds = recursion.least_omega(cell), recursion.largest_omega(cell)
                plain = checked.omega(Place.over(cell, (stabiliser, stabiliser)))
                slopes = recursion.slope(cell)
                for x in (cell[0], (cell[0] + cell[1]) / 2, cell[1]):
                    assert lower(bounds[0]) <= omega(mpf(x), at) * (1 + ROOM)
                    assert omega(mpf(x), at) <= upper(bounds[1]) * (1 + ROOM)
                    assert lower(plain.value.lower) * (1 - ROOM) <= omega(mpf(x), at)
                    assert omega(mpf(x), at) <= upper(plain.value.upper) * (1 + ROOM)
                    assert lower(plain.derivative.lower) - ROOM <= b(mpf(x), at)
                    assert b(mpf(x), at) <= upper(plain.derivative.upper) + ROOM
                    assert lower(slopes[0]) - ROOM <= b(mpf(x), at) <= upper(slopes[1]) + ROOM


ROOM = mp.mpf(10) ** -30


def mpf(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def lower(ball: Any) -> Any:
    return mpf(in_force().ends(ball)[0])


def upper(ball: Any) -> Any:
    return mpf(in_force().ends(ball)[1])


@pytest.mark.parametrize("fact", [Fact.BOUNDED, Fact.STEEPEST])
@each
@exactly  # type: ignore[untyped-decorator]
def test_bounds_of_the_checker_are_the_model_s(contrast: Contrast, fact: Fact) -> None:
    if not contrast.knows(fact):
        pytest.skip("not claimed")
    from verified_grpo.model import derivation as d

    checked = read_contrast(variant(contrast), "variant")
    supremum = contrast.definition.supremum(contrast) * Rational(contrast.scale)
    expression = supremum if fact is Fact.BOUNDED else d.slope_bound(contrast)
    room = ROOM if contrast.tree is None else mp.mpf(2) ** -60  # there both pave at 64 bits
    with precision(160):
        for at in (Fraction(1, 1000), Fraction(2)):
            enclosed = checked.bound((at, at)) if fact is Fact.BOUNDED else checked.steepest(at)
            known = contrast.definition.bound(contrast, (at, at)) if fact is Fact.BOUNDED else None
            value = (
                mp.mpf(str(expression.subs(eps, str(at)).evalf(50)))
                if known is None
                else mpf(known * contrast.scale)
            )
            assert abs(upper(enclosed) - value) <= room * (1 + value)
