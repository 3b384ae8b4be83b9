"""The page on Algorithm 1 run for real: numbers, no proof, and marked so."""

from __future__ import annotations

from verified_grpo.proofs.experiment import Check, Runs
from verified_grpo.report.document import (
    Banner,
    Block,
    Content,
    Emphasis,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
)
from verified_grpo.report.drawing.algorithm import runs_picture
from verified_grpo.report.pages.page import not_claimed, said

NAME = "algorithm-1-runs"


def algorithm_page(runs: Runs) -> tuple[Block, ...]:
    """The appendix: what was run, a figure, what was measured, and what it does not say."""
    opening = said(
        "A tabular softmax policy on six outcomes, three of them rewarded; {start}, {beta}, {eps}; groups "
        "of 40000, three fixed seeds. Each iteration maximises the unclipped objective, in four ways: by a "
        "solver, with expected advantages; by gradient ascent until it has converged, with the advantages "
        "of a sampled group; and by two steps of gradient ascent, as in practice, with either.",
        start=("rel", "p_ref", "=", "0.3"),
        beta=("rel", "beta", "=", "3"),
        eps=("rel", "eps", "=", "0.01"),
    )
    caption = said(
        "{numerical} {left}: the terms of the runs beside the recursion; the band is six standard errors of "
        "the sampled run. {right}: the runs of few steps: with expected advantages, how far the policies "
        "are from the exact ones in total variation, and their probability of success from the exact term "
        "(Theorem 5: the second is at most the first); with sampled groups, the distance from the fixed "
        "point, against the bound of S8 with the largest error {d} from iteration {settled} on. All in "
        "floating point.",
        numerical=Emphasis("Numerical only."),
        left=Emphasis("Left"),
        right=Emphasis("right"),
        d="d",
        settled=str(runs.settled),
    )
    words = "Runs of Algorithm 1 beside the recursion, and the errors of a run of few steps."
    return (
        Heading(1, content("Appendix: Algorithm 1, run"), NAME),
        Banner(
            Tone.DECLINED,
            "numerical only",
            content("floating point at fixed seeds; no certificate, no proof"),
        ),
        Paragraph(opening),
        Figure(NAME, runs_picture(runs), caption, words),
        table(runs.checks),
        *not_claimed(
            content("That another seed, group size or learning rate would do as well."),
            content("That the standard error is a bound: it is the scale of the noise, taken six times."),
            content("That the slope on the interval is at most the one found on its grid."),
        ),
    )


def table(checks: tuple[Check, ...]) -> Table:
    """What was measured, the bound, and whether it was kept."""
    rows = [
        Row(
            (content(c.text), number(c.measured), number(c.bound), content("yes" if c.kept else "no")),
            closing=True,
        )
        for c in checks
    ]
    header = (content("what"), content("measured"), content("bound"), content("kept"))
    return Table(header, tuple(rows), widths=(12, 3, 3, 2))


def number(x: float) -> Content:
    """To two digits; what is below every bound by far is noise of floating point and shown as that."""
    return content(f"{x:.2g}" if abs(x) > 1e-8 else "below 1e-8")
