"""``limit`` where no orbit was caught and no closed form holds: a small atlas of a box of beta and p_ref, or
the descent of ``T`` wherever a cycle could be."""

from __future__ import annotations

from fractions import Fraction

from ..errors import InputError, MissingFact, NotEnoughPrecision
from ..intervals import make_engine
from ..model import Parameters, Range
from ..rigor.sequences.outcomes import Sequence, TendsInBox

TOLERANCE = Fraction(1, 10**6)
DEEPEST = 9
"""Cuts of the box: some hundreds of cells, a second or two."""
WIDENING = Fraction(1, 10**9)
"""An exact beta or p_ref becomes a range of this relative width, which an atlas asks for."""
BITS = 80


def boxed_limit(sequence: Sequence, engine: str) -> TendsInBox | None:
    """What an atlas or the descent of ``T`` proves of the sequence from p_ref; None: nothing, as of another
    start and wherever alpha reaches 0."""
    if sequence.start is not None or sequence.parameters.alpha[0] == 0:
        return None
    drawn = _by_atlas(sequence)
    return _by_descent(sequence, engine) if drawn is None else drawn


def _by_atlas(sequence: Sequence) -> TendsInBox | None:
    """The one verdict of all cells; None where they differ, some stay undecided, or an atlas does not fit."""
    from ..certificates.atlas_cells import cells
    from .atlas import AtlasQuestion, draw_up

    box = sequence.parameters
    exact = all(low == high for low, high in (box.alpha, box.eps))
    if box.is_point or not exact or not sequence.contrast.is_single:
        return None
    try:
        wide = Parameters(**{**dict(box), "beta": _wide(box.beta), "p_ref": _wide(box.p_ref)})
        certificate = draw_up(AtlasQuestion(sequence.contrast, wide, TOLERANCE), deepest=DEEPEST)
    except (InputError, MissingFact):  # too far out for doubles, or the rules of atlases do not apply
        return None
    found = list(cells(certificate))
    if any(cell.verdict == "undecided" for cell in found):
        return None
    periods = {max(cell.period, 1) for cell in found}
    return TendsInBox(sequence, periods.pop(), len(found), certificate) if len(periods) == 1 else None


def _by_descent(sequence: Sequence, engine: str) -> TendsInBox | None:
    """No cycle, hence a fixed point (the property ``convergence`` of ``audit``)."""
    from ..certificates.region_builders import region_certificate
    from ..rigor import ClosedForm, Proved
    from ..rigor.properties.certify import ask, pave
    from ..rigor.properties.no_cycles import descends_gently

    contrast, box = sequence.contrast, sequence.parameters
    question = ask("convergence", contrast, box)
    with make_engine(engine, BITS) as arithmetic:
        try:
            gentle = descends_gently(arithmetic, contrast, box)
            outcome = Proved(question, ClosedForm(BITS)) if gentle else pave(arithmetic, question)
        except (NotEnoughPrecision, MissingFact):
            return None
    if not isinstance(outcome, Proved):
        return None
    return TendsInBox(sequence, 1, 0, region_certificate(outcome, engine))


def _wide(side: Range) -> Range:
    low, high = side
    return side if low < high else (low * (1 - WIDENING), low * (1 + WIDENING))
