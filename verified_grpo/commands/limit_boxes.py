"""``limit`` over a box of beta and p_ref on which one argument does not hold: a small atlas of the box."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError
from ..model import Contrast, Parameters, Range

TOLERANCE = Fraction(1, 10**6)
DEEPEST = 9
"""Cuts of the box: some hundreds of cells, a second or two."""
WIDENING = Fraction(1, 10**9)
"""An exact beta or p_ref becomes a range of this relative width, which an atlas asks for."""


@dataclass(frozen=True)
class PavedLimit:
    """For all parameters of the box the sequence from p_ref tends to a cycle of exactly ``period`` points (1:
    a fixed point); the atlas of so many cells is the proof."""

    period: int
    cells: int
    certificate: dict[str, Any]


def paved_limit(contrast: Contrast, box: Parameters) -> PavedLimit | None:
    """The one verdict of all cells; None where they differ, some stay undecided, or an atlas does not fit."""
    from ..atlas import Question, cells, draw_up, undecided_fraction

    exact = all(low == high for low, high in (box.alpha, box.eps))
    if box.is_point or not exact or box.alpha[0] == 0:
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
    return PavedLimit(periods.pop(), len(found), certificate) if len(periods) == 1 else None


def _wide(side: Range) -> Range:
    low, high = side
    return side if low < high else (low * (1 - WIDENING), low * (1 + WIDENING))
