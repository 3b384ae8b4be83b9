"""Figure 2 and its text: is p* = 1 a fixed point?"""

from __future__ import annotations

from .claims import AllFixedPoints, Identity
from .framework import FAILS, PaperStatement, Part, against, by, claims, refutes, restates, supports
from .symbols import h_free, odds, x

COUNTS = {  # fixed points at p_ref, for each of the betas
    "0.001": {"0.5": 3, "1": 3, "3": 3, "5": 3, "100": 1},
    "0.3": {"0.5": 1, "1": 1, "3": 3, "5": 3, "100": 1},
    "0.9": {"0.5": 1, "1": 1, "3": 1, "5": 3, "100": 1},
}


def curve(p_ref: str, beta: str, count: int) -> Part:
    """All fixed points of one curve of the figure."""
    name = f"curve-{p_ref}-{beta}".replace(".", "-")
    return supports(name, f"`beta = {beta}`, `p_ref = {p_ref}`.", AllFixedPoints(count, beta, "1e-5", p_ref))


CURVES = [curve(p_ref, beta, n) for p_ref, counts in COUNTS.items() for beta, n in counts.items()]

STATEMENT = PaperStatement(
    item="figure-2",
    title="fixed points for several beta and p_ref, eps = 1e-5",
    paper="The fixed points are not unique in general, and `p* = 1` is almost always a fixed point.",
    suite="They are not unique in general. But for all `0 < p_ref < 1`, `beta > 0` and `eps > 0`, `h(1) < "
    "1`: `p* = 1` is never a fixed point. The largest one can be very near 1, and `1 - p*` is "
    "enclosed: about `8e-28` at beta 5 and `p_ref 0.3`, below `1e-3000` at `beta 0.04`.",
    hypotheses="`0 < p_ref < 1`, `beta > 0`, `eps > 0`.",
    not_proved="The curves of the figure for other parameters than those listed.",
    verdict=FAILS,
    parts=(
        refutes(
            "below-one",
            "`1 - h(p) = odds x/(1 + odds x)` with `odds > 0` and `x > 0`, also at `p = 1`.",
            Identity(1 - h_free, odds * x / (1 + odds * x)),
        ),
        refutes(
            "beta-5",
            "`beta = 5`, `p_ref = 0.3`: three, the largest within `1e-27` of 1.",
            AllFixedPoints(3, 5, "1e-5", "0.3"),
        ),
        refutes(
            "beta-tiny",
            "`beta = 0.04`, `p_ref = 0.3`: one, at `1 - p*` below `1e-3000`.",
            AllFixedPoints(1, "0.04", "1e-5", "0.3"),
        ),
        refutes(
            "beta-100",
            "`beta = 100`, `p_ref = 0.3`: one, nowhere near 1.",
            AllFixedPoints(1, 100, "1e-5", "0.3"),
        ),
        *CURVES,
    ),
    steps=(
        by(
            "`odds = (1-p_ref)/p_ref > 0` and `x = exp(-1/(beta sqrt(p(1-p) + eps))) > 0` in [below-one], "
            "so `h(1) < 1`.",
            "PaperFixedPoints.figure_2",
        ),
        restates(
            "Non-uniqueness: [beta-5] has three. How near the largest is to 1 depends on `beta`: "
            "[beta-5], [beta-tiny]; at [beta-100] none is near 1."
        ),
        restates(
            f"Every curve of the figure, with all its fixed points: [{CURVES[0].name} to {CURVES[-1].name}]."
        ),
    ),
    conclusions=(
        claims("the fixed points are not unique in general", 2).at_these_numbers(),
        against("p* = 1 is never a fixed point", 1),
    ),
)
