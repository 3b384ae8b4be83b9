"""``limit`` where no orbit was caught and no closed form holds: a small atlas of a box of beta and p_ref, or
the descent of ``T`` wherever a cycle could be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError, NotEnoughPrecision
from ..intervals import make_engine
from ..model import Contrast, Parameters, Range

TOLERANCE = Fraction(1, 10**6)
DEEPEST = 9
"""Cuts of the box: some hundreds of cells, a second or two."""
WIDENING = Fraction(1, 10**9)
"""An exact beta or p_ref becomes a range of this relative width, which an atlas asks for."""
BITS = 80


@dataclass(frozen=True)
class BoxLimit:
    """For all parameters of the box the sequence from p_ref tends to a cycle of exactly ``period`` points (1:
    a fixed point). The proof is an atlas of so many ``cells``, or, where there are none, ``T' > -1`` wherever
    a cycle could be."""

    period: int
    cells: int
    certificate: dict[str, Any]


def box_limit(contrast: Contrast, box: Parameters, engine: str) -> BoxLimit | None:
    """What an atlas or the descent of ``T`` proves; None: nothing, as wherever alpha reaches 0."""
    if box.alpha[0] == 0:
        return None
    return _by_atlas(contrast, box) or _by_descent(contrast, box, engine)


def _by_atlas(contrast: Contrast, box: Parameters) -> BoxLimit | None:
    """The one verdict of all cells; None where they differ, some stay undecided, or an atlas does not fit."""
    from ..atlas import Question, cells, draw_up, undecided_fraction

    exact = all(low == high for low, high in (box.alpha, box.eps))
    if box.is_point or not exact:
        return None
    try:
        wide = Parameters(**{**dict(box), "beta": _wide(box.beta), "p_ref": _wide(box.p_ref)})
        certificate = draw_up(Question(contrast, wide, TOLERANCE), deepest=DEEPEST)
    except InputError:  # too far out for doubles
        return None
    if undecided_fraction(certificate):
        return None
    found = list(cells(certificate))
    periods = {max(cell.period, 1) for cell in found}
    return BoxLimit(periods.pop(), len(found), certificate) if len(periods) == 1 else None


def _by_descent(contrast: Contrast, box: Parameters, engine: str) -> BoxLimit | None:
    """No cycle, hence a fixed point (the property ``convergence`` of ``audit``)."""
    from ..certificates.region_builders import region_certificate
    from ..rigor import ClosedForm, Proved
    from ..rigor.itineraries import descends_gently
    from ..rigor.regions import ask, pave

    question = ask("convergence", contrast, box)
    with make_engine(engine, BITS) as arithmetic:
        try:
            gentle = descends_gently(arithmetic, contrast, box)
            outcome = Proved(question, ClosedForm(BITS)) if gentle else pave(arithmetic, question)
        except NotEnoughPrecision:
            return None
    return BoxLimit(1, 0, region_certificate(outcome, engine)) if isinstance(outcome, Proved) else None


def _wide(side: Range) -> Range:
    low, high = side
    return side if low < high else (low * (1 - WIDENING), low * (1 + WIDENING))
