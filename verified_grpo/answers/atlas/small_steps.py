"""The second map: where any small steps lead, by contours of the least fixed point; and where the exact
iteration is known to end elsewhere."""

from __future__ import annotations

from fractions import Fraction
from itertools import count, takewhile
from pathlib import Path

from ...certificates.contours import ContoursCertificate, contours_certificate
from ...errors import InputError
from ...model.contrasts import Fact
from ...rigor.cells.contours import GRAIN, ContourBounds, Contours, K3Contours, open_share
from .drawing_up import Progress, draw_up
from .parting import NOTHING, parting_tree
from .question import AtlasQuestion

NEEDS = (Fact.EVEN_RISING, Fact.BOUNDED)
"""Of an atlas of the exact iteration."""
UPPER = ("0.1", "0.2", "0.5", "0.8", "0.9", "0.95", "0.98", "0.99", "0.999")
MOST_DECADES = 12


def levels_of(question: AtlasQuestion) -> list[Fraction]:
    """The levels of p beyond the least p_ref: 1, 2 and 5 in each decade below 1/10, then up to 0.999."""
    least = question.box.p_ref[0]
    decades = takewhile(lambda k: k >= -MOST_DECADES and 10 * Fraction(10) ** k > least, count(-2, -1))
    small = [m * Fraction(10) ** k for k in reversed(list(decades)) for m in (1, 2, 5)]
    levels = [*small, *map(Fraction, UPPER)]
    return [level for level in levels if level > least] or levels[-1:]


def draw_up_small_steps(
    question: AtlasQuestion,
    *,
    jobs: int = 1,
    journal: Path | None = None,
    progress: Progress | None = None,
    k3: bool = False,
) -> ContoursCertificate:
    """The certificate of the map of small steps.

    Args:
        question: what is asked; the tolerance is the share of the area in which no single band is told.
        jobs, journal, progress: of the atlas of the exact iteration, from which the cells are taken in which
            it ends elsewhere.
        k3: under KL(pi_ref || pi), the estimator k3 in the loss; nothing is told of the exact iteration.

    Returns:
        The certificate; its ``undecided`` may exceed the tolerance where columns are as thin as can be.

    Raises:
        InputError: alpha = 0, where small steps lead to p = 1 everywhere; with k3 alpha other than 1.
        MissingFact: with k3, a contrast that is not known to make ``p q Omega`` concave.

    Not proved: that the exact iteration ends at the same point where it is not said to end elsewhere.
    """
    if question.law.alpha == 0:
        raise InputError("alpha = 0 has no map of small steps: from everywhere they lead to p = 1")
    if k3 and question.law.alpha != 1:
        raise InputError("k3 in the loss is a KL to the reference alone: alpha must be 1")
    levels, (across, up), grid = levels_of(question), question.rectangle, list[Fraction]()
    found: ContourBounds
    if k3:
        found = K3Contours(question.contrast, question.law.eps, levels, up)
    else:
        found = Contours(question.contrast, question.law.eps, question.law.alpha, levels, up)
        grid = found.grid
    left, right = (int(end * GRAIN) for end in across)
    columns = found.columns(left, right, question.enough)
    parting = NOTHING
    if question.contrast.knows(*NEEDS) and not k3:
        atlas = draw_up(question, jobs=jobs, journal=journal, progress=progress)
        parting = parting_tree(question.law, atlas)
    share = open_share(columns, found.top - found.bottom)
    return contours_certificate(
        question.contrast, question.box, question.rectangle, levels, columns, share, grid, parting, k3=k3
    )
