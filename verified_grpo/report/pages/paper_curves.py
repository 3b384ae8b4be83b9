"""Figures 1, 3 and 4 of the paper, drawn from the formal parts of their certificates alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from verified_grpo.certificates.curves import CONDITION, LOG_BARRIER, LOG_WEIGHT, strip_of
from verified_grpo.certificates.grammar.paper import PaperStatement, Part
from verified_grpo.model import MEAN_VAR
from verified_grpo.report.document import Block, Emphasis, Figure
from verified_grpo.report.drawing.bands import steepest
from verified_grpo.report.drawing.lens import Slab, lens_picture
from verified_grpo.report.drawing.strips import Strip, barrier_picture, weights_picture
from verified_grpo.report.numerals import as_float
from verified_grpo.report.pages.page import said
from verified_grpo.rigor.properties.inequalities import Expression

EPS = "1e-5"


def weights_figure(claim: PaperStatement, name: str) -> tuple[Block, ...]:
    """Figure 1: the two weights."""
    strips = strips_of(claim["parts"], LOG_WEIGHT)
    if not strips or strips[0].left != -strips[-1].right:
        return ()
    svg = weights_picture(strips, as_float(EPS) ** -0.5)
    caption = said(
        "{figure} The weights at {eps}: {left}, in the probability of success; {right}, in log-odds, up to "
        "where the stabiliser holds them. Each curve is the union of {count} strips, and each strip is a "
        "formal part below: {log} lies between two parallel lines {thick} apart, proved, so nothing is "
        "interpolated. The other curve is the mirror image. {differs} The paper's figure names no {eps_} "
        "and shows no scale for the ends; at {zero} both curves would leave every bound, here they end at "
        "{ceiling}.",
        figure=Emphasis("Figure 1, certified."),
        left=Emphasis("left"),
        right=Emphasis("right"),
        eps=("rel", "eps", "=", EPS),
        eps_="stabiliser",
        count=str(len(strips)),
        log=("log", ("words", "omega-")),
        thick=f"{2 * strips[0].half:g}",
        differs=Emphasis("What differs:"),
        zero=("rel", "eps", "=", "0"),
        ceiling=("/", "1", ("sqrt", "eps")),
    )
    words = "The weights of successes and failures against the probability of success and its log-odds."
    return (Figure(f"{name}-weights", svg, caption, words),)


def barrier_figure(claim: PaperStatement, name: str) -> tuple[Block, ...]:
    """Figure 4: the lower bound on beta."""
    strips = strips_of(claim["parts"], LOG_BARRIER)
    if not strips:
        return ()
    svg = barrier_picture(strips, steepest(MEAN_VAR, Fraction(EPS)))
    caption = said(
        "{figure} {B} at {eps}, {left} against the fixed point, {right} against its log-odds, above {half}. "
        "The curve is the union of {count} strips, each a formal part below: its logarithm lies between two "
        "parallel lines {thick} apart. Shaded: {above}, where a fixed point attracts; below the curve it "
        "repels. The horizontal line is {peak}, the largest value. {differs} The paper's figure shows the "
        "curve over {p}, where the peak, at {place} from 1, cannot be told from the edge; in log-odds it is "
        "in plain sight, and so is the fall to 0 behind it.",
        figure=Emphasis("Figure 4, certified."),
        B=("B", "p*"),
        left=Emphasis("left"),
        right=Emphasis("right"),
        eps=("rel", "eps", "=", EPS),
        half="1/2",
        count=str(len(strips)),
        thick=f"{2 * strips[0].half:g}",
        above=("rel", "beta", ">", ("B", "p*")),
        peak=("B_max", "eps"),
        differs=Emphasis("What differs:"),
        p="p*",
        place="2e-5",
    )
    words = "The barrier B against the fixed point; above it a fixed point attracts."
    return (Figure(f"{name}-barrier", svg, caption, words),)


def lens_figure(claim: PaperStatement, name: str) -> tuple[Block, ...]:
    """Figure 3: where the condition fails."""
    slabs = slabs_of(claim["parts"])
    if not slabs:
        return ()
    svg = lens_picture(slabs)
    caption = said(
        "{figure} Where the condition of Theorem 3 (2) holds and fails at {eps}, {left} in the plane of the "
        "paper, {right} with both axes logarithmic. {count} slabs of {p_ref}, for each up to four certified "
        "numbers: the condition holds at the outer two, fails at the inner two, for every {p_ref} of the "
        "slab; between them it holds or fails because its left side falls in {beta} and then rises (steps "
        "below). White boxes are undecided. Beyond the first and the last of them it holds for every "
        "{beta}. {differs} The failing set is a lens bounded on all sides: small {beta} always satisfies "
        "the condition, so it does not say that {beta} must not be too small.",
        figure=Emphasis("Figure 3, certified."),
        eps=("rel", "eps", "=", EPS),
        left=Emphasis("left"),
        right=Emphasis("right"),
        count=str(len(slabs)),
        differs=Emphasis("What differs:"),
    )
    words = "A paving of the plane of beta and p_ref: the condition fails in a lens near p_ref = 1."
    return (Figure(f"{name}-lens", svg, caption, words),)


def strips_of(parts: Sequence[Part], curve: Expression) -> list[Strip]:
    """The strips of a curve, from left to right; empty unless they join without a gap."""
    found = []
    for part in parts:
        claim = part["claim"]
        line = strip_of(claim, curve, "l")
        if line and claim["kind"] == "inequality" and claim["box"]["eps"] == EPS:
            ends = (as_float(x) for x in claim["box"]["l"])
            found.append(Strip(*ends, *map(as_float, (line.intercept, line.slope, line.half))))
    joined = all(first.right == second.left for first, second in pairwise(found))
    return found if joined else []


def slabs_of(parts: Sequence[Part]) -> list[Slab]:
    """The slabs of the paving, in ascending order of 1 - p_ref; empty unless they join without a gap."""
    sides: dict[tuple[str, str], dict[str, list[float]]] = {}
    for part in parts:
        claim = part["claim"]
        if claim["kind"] == "inequality" and claim["expression"] == CONDITION and claim["box"]["eps"] == EPS:
            span, beta = claim["box"]["q"], claim["box"]["beta"]
            if isinstance(span, str):
                return []
            slab = sides.setdefault((span[0], span[1]), {">": [], "<": []})
            # Where the condition holds on the range in which its left side turns, it holds for every weight.
            slab[claim["relation"]] += [as_float(beta)] if isinstance(beta, str) else [as_float(beta[0])] * 2
    found = []
    for (low, high), at in sides.items():
        outer, inner = sorted(at[">"]), sorted(at["<"])
        if len(outer) != 2 or len(inner) not in (0, 2):
            return []
        pair = (inner[0], inner[1]) if inner else None
        found.append(Slab(as_float(low), as_float(high), (outer[0], outer[1]), pair))
    found.sort(key=lambda slab: slab.low)
    joined = all(first.high == second.low for first, second in pairwise(found))
    return found if joined else []
