"""The figures of the paper, certified: which statement has which."""

from __future__ import annotations

from collections.abc import Callable

from verified_grpo.certificates.grammar.paper import PaperStatement
from verified_grpo.report.document import Block
from verified_grpo.report.pages.paper_curves import barrier_figure, lens_figure, weights_figure
from verified_grpo.report.pages.paper_sequences import maps_figure, orbits_figure

FIGURES: dict[str, Callable[[PaperStatement, str], tuple[Block, ...]]] = {
    "figure-1": weights_figure,
    "figure-2": maps_figure,
    "figure-3": lens_figure,
    "figure-4": barrier_figure,
    "figure-5": orbits_figure,
}


def paper_figure(claim: PaperStatement, name: str) -> tuple[Block, ...]:
    """The figure of a statement; none where its formal parts are not what the figure shows."""
    draw = FIGURES.get(claim["item"])
    return draw(claim, name) if draw else ()
