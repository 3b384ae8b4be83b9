"""Properties where alpha is 0, or a range from there upwards.

At alpha = 0 ``T(L) = L + Omega/beta > L``: there is no fixed point and no cycle, and p rises to 1. So what
is said of every fixed point, or of cycles, is true there; that there is one fixed point, or that the sequence
tends to one, is false. As alpha falls to 0 the fixed points run off to p = 1 and their multipliers to 1.

Two closed forms do not ask how small alpha is: ``L* - L_ref >= Omega(0)/(alpha beta)`` (S1), and no cycle
where ``A >= 0`` or ``Bmax < (2 - alpha) beta`` (S4, S7). Both are tested at the largest alpha.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from ...intervals import make_engine
from ...model import Fact, Parameters
from ..points.fixed_points import FixedPoints, fixed_points
from .gains import find_weak_gain, least_margin
from .no_cycles import descends_gently
from .outcomes import Argued, Outcome, PropertyQuestion, Proved, Refuted, Undecided

NO_FIXED_POINT = "at alpha = 0 there is no fixed point and no cycle"
AT_THE_LARGEST = "a closed form at the largest alpha, and at alpha = 0 no fixed point and no cycle"
OPEN = "alpha reaches 0, and near it no closed form holds: ask for a range of alpha above 0"
SEARCHED = Fraction(1, 100)
"""From this share of the largest alpha upwards a counterexample is looked for."""

ZERO = Fraction(0)


def decide_from_mirror(
    question: PropertyQuestion, engine: str, bits: int, above: Callable[[PropertyQuestion], Outcome]
) -> Outcome:
    """The answer where the range of alpha begins at 0; ``above`` answers for alphas above 0.

    Not proved, where it is undecided: that the property fails.
    """
    box = question.parameters
    most = box.alpha[1]
    if question.property in ("uniqueness", "convergence"):
        point = replace(box.midpoint, alpha=ZERO)
        return Refuted(question, point, (), bits, carrier=_none(question, point.box, engine))
    if most == 0:
        return Proved(question, Argued(NO_FIXED_POINT, bits), carrier=_none(question, box, engine))
    with make_engine(engine, bits) as arithmetic:
        if question.property == "amplification":
            if missing := question.contrast.lacks(Fact.EVEN_RISING, Fact.FALLS_IN_EPS):
                return Undecided(question, missing)
            margin, enough = least_margin(arithmetic, question)
            if enough:
                said = None if question.target else margin
                return Proved(question, Argued(AT_THE_LARGEST, bits), said)
            weak = find_weak_gain(question, arithmetic)
            return Undecided(question, OPEN) if weak is None else weak
        if question.property == "no-cycles":
            largest = replace(box, alpha=(most, most))
            if descends_gently(arithmetic, question.contrast, largest):
                return Proved(question, Argued(AT_THE_LARGEST, bits))
    against = above(replace(question, parameters=replace(box, alpha=(most * SEARCHED, most))))
    return replace(against, question=question) if isinstance(against, Refuted) else Undecided(question, OPEN)


def _none(question: PropertyQuestion, box: Parameters, engine: str) -> FixedPoints:
    """The list of fixed points at alpha = 0, which is empty."""
    found = fixed_points(question.contrast, box, engine=engine)
    assert isinstance(found, FixedPoints)
    return found
