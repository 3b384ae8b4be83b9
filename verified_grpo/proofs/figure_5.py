"""Figure 5: orbits of the recursion, and the one called divergent."""

from __future__ import annotations

from .claims import AllFixedPoints, LimitOf
from .framework import LOOSE, PaperStatement, Part, against, amended, by, claims, restates, supports

BETAS = ("0.5", "1", "3", "5", "10", "100")
LIMITS = {  # what the sequence from p_ref does, for each of the betas
    "0.0001": ("fixed-point", "fixed-point", "fixed-point", "fixed-point", "cycle", "fixed-point"),
    "0.001": ("fixed-point", "fixed-point", "cycle", "cycle", "fixed-point", "fixed-point"),
    "0.01": ("fixed-point",) * 6,
    "0.1": ("fixed-point",) * 6,
    "0.3": ("fixed-point",) * 6,
    "0.9": ("rises",) * 6,
}


def curve(p_ref: str, beta: str, verdict: str) -> Part:
    """The limit of one curve of the figure."""
    name = f"curve-{p_ref}-{beta}".replace(".", "-")
    return supports(name, f"`beta = {beta}`, `p_ref = {p_ref}`.", LimitOf(verdict, beta, "1e-5", p_ref))


CURVES = [
    curve(p_ref, beta, verdict)
    for p_ref, verdicts in LIMITS.items()
    for beta, verdict in zip(BETAS, verdicts, strict=True)
]

STATEMENT = PaperStatement(
    item="figure-5",
    title="iterations for several beta and p_ref, eps = 1e-5",
    paper="In most cases there is a sharp transition and fast convergence to 1 or to a fixed point `p*`. "
    "For `beta = 5` and `p_ref = 0.001` we see a divergent behaviour.",
    suite="At `eps = 1e-5`. For `beta = 5` and `p_ref = 0.001` the sequence converges to an attracting "
    "cycle of exactly two points, near `0.002338` and `0.058716`. So it does diverge in the usual sense of "
    "the word: it is bounded and has no limit. Three of the 36 curves listed are caught by such a cycle. "
    "Loose is the convergence to 1: no limit is 1, and what looks like 1 is a fixed point below it, "
    "enclosed.",
    hypotheses="`eps = 1e-5` and the parameters named in each part.",
    not_proved="Sequences at parameters that are not listed; text and figure name different `p_ref` for "
    "the divergent curve, so `0.0001` is here too.",
    verdict=LOOSE,
    parts=(
        supports(
            "cycle",
            "`beta = 5`, `p_ref = 0.001`: a cycle of exactly two points, its basin, rate and multiplier.",
            LimitOf("cycle", 5, "1e-5", "0.001"),
        ),
        supports(
            "not-a-fixed-point",
            "`beta = 5`, `p_ref = 0.001`: all fixed points; the two points of the cycle are none of them.",
            AllFixedPoints(3, 5, "1e-5", "0.001"),
        ),
        supports(
            "second-cycle",
            "`beta = 3`, `p_ref = 0.001`: another cycle of two points, beside fixed points above `1/2`.",
            LimitOf("cycle", 3, "1e-5", "0.001"),
        ),
        *CURVES,
    ),
    steps=(
        restates(
            "[cycle] gives both points, different from each other, and shows that the sequence tends to "
            "them in turn; [not-a-fixed-point] lists the fixed points at the same parameters. "
            "[second-cycle] shows that it is no single case; the panels have a third, at `p_ref = 0.0001` "
            "and `beta = 10`."
        ),
        by(
            "A sequence that tends to two different points in turn has no limit.",
            "Formulas.two_points_no_limit",
        ),
        restates(
            f"Every curve of the figure, with its limit: [{CURVES[0].name} to {CURVES[-1].name}]. Those "
            "that look as if they went to 1 tend to a fixed point below it."
        ),
        by(
            "A limit is a fixed point, and 1 is none.",
            "Judged.limit_of_the_sequence",
            "PaperFixedPoints.figure_2",
        ),
    ),
    conclusions=(
        claims("at beta 5 and p_ref 0.001 the sequence diverges", 1, 2).at_these_numbers(),
        against("no sequence converges to 1", 4),
        amended("in most cases, 33 of these 36, it converges to a fixed point", 3).at_these_numbers(),
    ),
)
