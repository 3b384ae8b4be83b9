"""A sequence on axes that are there: its terms one after the other, or as a cobweb over the map of p."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verified_grpo.certificates.grammar.sequences import Limit
from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.report.drawing.bands import orbit_enclosures
from verified_grpo.report.drawing.recursion import sigma
from verified_grpo.report.drawing.trajectory import draw_cobweb, draw_terms
from verified_grpo.report.numerals import as_floats
from verified_grpo.report.pages.limit import TERMS, WIDEST, limit_points
from verified_grpo.report.pages.pictures import contrast_of, ends, model_parameters

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Range = tuple[float, float]


def draw_sequence(axes: Axes, claim: Limit) -> Axes:
    """The first terms as bars, and at the right edge what the sequence is proved to tend to."""
    limits = [_in_p(as_floats(point["logit"])) for point in limit_points(claim)]
    return draw_terms(axes, terms(claim), limits, TERMS)


def draw_cobweb_of(axes: Axes, claim: Limit) -> Axes:
    """The cobweb, as far as the terms are known well."""
    draw_cobweb(axes, terms(claim))
    return axes


def terms(claim: Limit) -> list[Range]:
    """Enclosures of the first terms, computed for the drawing; none where precision does not do."""
    box = model_parameters(claim["parameters"])
    start = box.p_ref if claim["start"] == "p_ref" else ends(claim["start"])
    try:
        return [_in_p(term) for term in orbit_enclosures(contrast_of(claim), box, start, TERMS, WIDEST)]
    except NotEnoughPrecision:
        return []


def _in_p(logit: Range) -> Range:
    return sigma(logit[0]), sigma(logit[1])
