"""The page of a certificate of a limit: what the sequence from the reference policy does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from verified_grpo.certificates.grammar.sequences import AttractingLimit, Limit, LimitEvidence, MonotoneLimit
from verified_grpo.certificates.grammar.values import Place, Range
from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.model.approximate import approx_log_odds
from verified_grpo.report.document import (
    Block,
    Content,
    Display,
    Emphasis,
    Figure,
    Paragraph,
    Row,
    Strong,
    Table,
    content,
)
from verified_grpo.report.drawing.bands import orbit_enclosures
from verified_grpo.report.drawing.log_odds import window
from verified_grpo.report.drawing.orbit import Spot, orbit_picture
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import as_floats, bounds
from verified_grpo.report.pages.fixed_points import bracket, counted
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import (
    OTHER_STEPS,
    Page,
    is_point,
    judged,
    math,
    not_claimed,
    parameters,
    said,
    titled,
)
from verified_grpo.report.pages.pictures import contrast_of, curve, ends, model_parameters

# The terms that a figure shows, unless their enclosures get too wide before.
TERMS = 30
WIDEST = 3.0

RECURSION: Tree = ("rel", ("index", "L", ("+", "n", "1")), "=", ("T", "L_n"))
CLOSED_FORMS = {
    "order": said(
        "{T} does not fall from the start and from the log-odds of {p_ref} on, and carries nothing below "
        "them: the sequence is monotone and bounded."
    ),
    "lift": said(
        "{T} lifts even odds, so it carries what is above them upwards and in order: there the sequence is "
        "monotone and bounded. Below, every step rises."
    ),
    "contraction": said(
        "The largest slope of {Omega} in log-odds is so small that {T} contracts everywhere."
    ),
}


def limit_page(claim: Limit, evidence: LimitEvidence, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    return judged(
        titled("Limit", claim),
        result(claim),
        statement=statement(claim),
        figures=orbit_figure(claim, name),
        proof=method(claim, evidence),
        limits=limits(claim),
    )


def limit_points(claim: Limit) -> Sequence[Place]:
    """The points that the sequence approaches, in the order in which it visits them."""
    if claim["verdict"] == "rises" or claim["verdict"] == "falls":
        return [claim["limit"]]
    return claim["points"] if is_caught(claim) else []


def is_caught(claim: Limit) -> TypeGuard[AttractingLimit]:
    """Whether the sequence is caught by points that attract."""
    return claim["verdict"] == "fixed-point" or claim["verdict"] == "cycle"


def result(claim: Limit) -> Content:
    """The verdict in one line."""
    where = "" if is_point(claim) else ", for all parameters of the box"
    if claim["verdict"] == "cycle":
        return content(f"caught by an attracting cycle of {counted(claim['period'], 'point')}{where}")
    words = {
        "rises-to-one": "rises to 1 without a fixed point",
        "rises": "rises to a fixed point",
        "falls": "falls to a fixed point",
        "fixed-point": "caught by an attracting fixed point",
        "settles": "rises to the least fixed point" if rising(claim) else "tends to a fixed point",
    }[claim["verdict"]]
    return content(f"{words}{where}")


def rising(claim: Limit) -> bool:
    """Whether a closed form says that the sequence rises."""
    return claim["verdict"] == "settles" and claim["manner"] == "rises"


def statement(claim: Limit) -> tuple[Block, ...]:
    """The claim in words and formulas, with the table of brackets."""
    opening = (
        "Let {parameters} and {contrast}. The sequence"
        if is_point(claim)
        else "For every choice of {parameters}, with {contrast}, the sequence"
    )
    words = said(
        opening + " {recursion} from {start} ",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
        recursion=RECURSION,
        start=("rel", "p_0", "=", claim["start"]),
    )
    return (Paragraph((*words, *conclusion(claim))), *rate(claim), *table(claim))


def conclusion(claim: Limit) -> Content:
    """What the sequence does."""
    if claim["verdict"] == "rises-to-one":
        return said(
            "{rises} in every step by at least {gain}, so {p_n} rises to 1.",
            rises=Strong("increases"),
            gain=math(claim["gain"]),
        )
    if claim["verdict"] == "rises" or claim["verdict"] == "falls":
        return said(
            "{moves} from {n} = {step} on, and tends to {limit}, which lies in this bracket.",
            moves=Strong("never falls" if claim["verdict"] == "rises" else "never rises"),
            step=math(str(claim["step"])),
            limit=monotone_limit(claim),
        )
    if rising(claim):
        return said("{never}, and tends to the least of all fixed points.", never=Strong("never falls"))
    if claim["verdict"] == "settles":
        return said(
            "tends to {what}; to which one may depend on the parameters.", what=Strong("a fixed point")
        )
    single = claim["verdict"] == "fixed-point"
    return said(
        "tends to {what}, and so does every sequence from a point of the {basin}{from_start}:",
        what=Strong("a fixed point" if single else f"a cycle of exactly {counted(claim['period'], 'point')}"),
        basin="basin" if single else "first basin",
        from_start=f" (with 0 in place of {claim['step']})" if claim["step"] else "",
    )


def monotone_limit(claim: MonotoneLimit) -> Content:
    """Which fixed point a monotone sequence tends to."""
    here = ("index", "L", str(claim["step"]))
    if claim["verdict"] == "falls":
        return said("the greatest fixed point that is at most {here}", here=here)
    if claim["step"] == 0 and claim["start"] == "p_ref":
        return content("the least of all fixed points")
    return said("the least fixed point that is at least {here}", here=here)


def rate(claim: Limit) -> tuple[Block, ...]:
    """The contraction, where one is claimed."""
    if not is_caught(claim):
        return ()
    period, step = claim["period"], claim["step"]
    point = "L*" if period == 1 else "L*_i"
    which = "" if period == 1 else f" and i = m - {step} modulo {period}"
    shown: Tree = (
        "rel",
        ("abs", ("-", ("index", "L", ("+", "m", str(period))), point)),
        "<=",
        ("*", claim["rate"], ("abs", ("-", "L_m", point))),
        "for",
        ("words", f"for all m from {step} on{which}"),
    )
    return (Display(Formula(shown)),)


def table(claim: Limit) -> tuple[Block, ...]:
    """The limit points: log-odds, probability, its distance from 1, basin; and the multiplier of a turn."""
    rows: list[Row] = []
    for number, (point, basin) in enumerate(zip(limit_points(claim), basins_of(claim), strict=True)):
        cycle = claim["verdict"] == "cycle"
        named, shown = (f"_{number}", content(math(str(number)))) if cycle else ("", ())
        rows += [
            bracket(shown, math(f"L*{named}"), bounds(point["logit"])),
            bracket((), math(f"p*{named}"), bounds(point["p"])),
            bracket((), math("-", "1", f"p*{named}"), bounds(point["one_minus_p"]), last=basin is None),
        ]
        if basin:
            rows.append(bracket((), math("words", "basin in L"), bounds(basin), last=True))
    if is_caught(claim):
        rows.append(bracket((), math("words", "multiplier"), bounds(claim["multiplier"])))
    header = (content("point"), content("quantity"), content("lower bound"), content("upper bound"))
    return (Table(header, tuple(rows), widths=(2, 4, 7, 7)),) if rows else ()


def orbit_figure(claim: Limit, name: str) -> tuple[Block, ...]:
    """The cobweb of the sequence, and its terms."""
    box = model_parameters(claim["parameters"])
    start = box.p_ref if claim["start"] == "p_ref" else ends(claim["start"])
    try:
        orbit = orbit_enclosures(contrast_of(claim), box, start, max(TERMS, first_step(claim) + 8), WIDEST)
    except NotEnoughPrecision:
        return ()
    if not orbit:
        return ()
    spots = spots_of(claim)
    reference = (approx_log_odds(box.p_ref[0]), approx_log_odds(box.p_ref[1]))
    shown = [*reference, *(x for term in orbit for x in term)]
    view = window([*shown, *(x for spot in spots for x in (*spot.at, *(spot.basin or ())))])
    svg = orbit_picture(view, curve(claim, box, view), orbit, spots, reference)
    caption = said(
        "{left}: {T} against the diagonal and the cobweb of the sequence; {right}: its terms. Shown are "
        "the first {count} terms{narrow}, computed for the drawing as enclosures. {squares}",
        left=Emphasis("Left"),
        right=Emphasis("right"),
        count=str(len(orbit)),
        narrow="" if len(orbit) > TERMS else ", as long as they are known well",
        squares="Squares and lines mark the limit" + (", shading its basin." if basins(claim) else ".")
        if spots
        else "",
    )
    return (Figure(name, svg, caption, "The map T with the cobweb of the sequence, and its terms."),)


def basins(claim: Limit) -> bool:
    """Whether basins are claimed."""
    return is_caught(claim)


def basins_of(claim: Limit) -> Sequence[Range | None]:
    """The basin of each point, where one is claimed."""
    if is_caught(claim):
        return [point["basin"] for point in claim["points"]]
    return [None for _ in limit_points(claim)]


def first_step(claim: Limit) -> int:
    """From where on the sequence does what is claimed."""
    return 0 if claim["verdict"] == "settles" or claim["verdict"] == "rises-to-one" else claim["step"]


def spots_of(claim: Limit) -> list[Spot]:
    """The limit points as they are drawn: each over its own bracket, as high as the next."""
    points = limit_points(claim)
    brackets = [as_floats(point["logit"]) for point in points]
    basin = [None if around is None else as_floats(around) for around in basins_of(claim)]
    following = [*brackets[1:], *brackets[:1]]
    return [Spot(at, image, around) for at, image, around in zip(brackets, following, basin, strict=True)]


def method(claim: Limit, evidence: LimitEvidence) -> Content:
    """What carries the claim, in words."""
    checked = content(f" Checked with Arb at {evidence['bits']} bits.")
    if evidence["rule"] == "mirror":
        argument = said(
            "With {mirror} a step adds {gain}, and {Omega} is least at {middle}.",
            mirror=("rel", "alpha", "=", "0"),
            gain=("/", ("Omega", "L"), "beta"),
            middle=("rel", "L", "=", "0"),
        )
    elif evidence["rule"] == "closed-form":
        argument = CLOSED_FORMS[evidence["form"]]
    elif evidence["rule"] == "monotone":
        argument = said(
            "{T} does not fall between the sequence and the far end of the bracket, and does not carry "
            "that end outward; the first step of the run goes the right way. So the sequence is monotone "
            "and bounded, and its limit is a fixed point. {steps} steps, enclosed one by one, bring it to "
            "the near end of the bracket.",
            steps=str(evidence["steps"]),
        )
    else:
        argument = said(
            "{T} maps each basin into the next, and so the brackets; the product of the largest values of "
            "{slope} over the basins is at most the rate, which is below 1: a contraction, with one fixed "
            "point of the whole turn in each basin. The first {steps} terms, enclosed one by one, lead "
            "into the first basin.",
            slope=("abs", "T'"),
            steps=str(first_step(claim)),
        )
    return (*argument, *checked)


def limits(claim: Limit) -> tuple[Block, ...]:
    """What the certificate does not say."""
    start = "the reference policy" if claim["start"] == "p_ref" else "the start"
    items = [
        content("Anything about finite samples, inexact maximisation, or prompts that share parameters.")
    ]
    if claim["verdict"] != "rises-to-one":
        outside = ", outside the basin" if basins(claim) else ""
        items.insert(0, content(OTHER_STEPS))
        items.insert(0, content(f"Where sequences from other starts than {start} go{outside}."))
    return not_claimed(*items)
