"""The pages of certificates of chaos: a witness, a point of period 3, an entropy, a set of parameters."""

from __future__ import annotations

from verified_grpo.certificates.grammar.chaos import (
    Chaos,
    ChaosEvidence,
    ChaosRegion,
    EntropyClaim,
    LiYorkeClaim,
    Witnesses,
)
from verified_grpo.model.approximate import approx_log_odds
from verified_grpo.report.document import (
    Block,
    Content,
    Display,
    Figure,
    Paragraph,
    Row,
    Strong,
    Table,
    content,
)
from verified_grpo.report.drawing.covering import covering_picture, steps_picture
from verified_grpo.report.drawing.log_odds import window
from verified_grpo.report.drawing.parameter_cells import ParameterCell, cells_picture
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import as_float, as_floats, bounds
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
from verified_grpo.report.pages.pictures import curve, ends, model_parameters

FIRST: Tree = ("T", "x")
SECOND: Tree = ("T", FIRST)
THIRD: Tree = ("T", SECOND)
SHOWN = 12
CITED = (
    "By the theorem of Li and Yorke (1975) there are then cycles of every period, and an uncountable set of "
    "points any two of which come near each other again and again without staying near. The theorem is "
    "cited; its hypothesis is what is checked."
)


def chaos_page(claim: Chaos, evidence: ChaosEvidence, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    return judged(
        titled("Chaos", claim),
        result(claim),
        statement=chaos_statement(claim),
        figures=figure(claim, name),
        proof=method(evidence),
        limits=limits(),
    )


def result(claim: Chaos) -> Content:
    """The verdict in one line."""
    if claim["verdict"] == "entropy":
        return content(f"topological entropy at least {claim['entropy']}")
    found = "a witness" if claim["verdict"] == "li-yorke" else "a point of period 3"
    return content(f"chaotic in the sense of Li and Yorke: {found}")


def opening(claim: Chaos) -> Content:
    """The parameters."""
    words = "Let {parameters} and {contrast}. " if is_point(claim) else "For every {parameters}, {contrast}: "
    return said(words, parameters=parameters(claim), contrast=contrast_words(claim))


def chaos_statement(claim: Chaos) -> tuple[Block, ...]:
    """The claim in words and formulas."""
    if claim["verdict"] == "li-yorke":
        return (
            Paragraph((*opening(claim), *starting(claim))),
            order(claim),
            images(claim),
            Paragraph(content(CITED)),
        )
    if claim["verdict"] == "period-three":
        low, high = bounds(claim["logit"])
        there = said(
            "{T} has a point of exact period 3 with log-odds {where}. ",
            where=("rel", "L", "in", ("interval", low, high)),
        )
        return (Paragraph((*opening(claim), *there)), Paragraph(content(CITED)))
    words = said(
        "{T} has a compact invariant set on which its {entropy} is at least {bound} (natural logarithm). "
        "{turns} carries each of {count} over at least one of them:",
        entropy=Strong("topological entropy"),
        bound=math(claim["entropy"]),
        turns="The map" if claim["turns"] == 1 else f"Its iterate of order {claim['turns']}",
        count="these " + counted(len(claim["intervals"]), "disjoint interval"),
    )
    return (Paragraph((*opening(claim), *words)), intervals(claim))


def starting(claim: LiYorkeClaim) -> Content:
    """The point x."""
    start = claim["start"]
    where: Tree = ("rel", "p", "=", start["p"]) if "p" in start else ("rel", "L", "=", start["logit"])
    return said("The point {x} at {where} and its images are in this order:", where=where)


def order(claim: LiYorkeClaim) -> Display:
    """The four points."""
    if claim["order"] == "falls":
        return Display(Formula(("rel", THIRD, ">=", "x", ">", FIRST, ">", SECOND)))
    return Display(Formula(("rel", THIRD, "<=", "x", "<", FIRST, "<", SECOND)))


def images(claim: LiYorkeClaim) -> Table:
    """Enclosures of the images."""
    rows = [
        bracket((), math(*tree), bounds(image))
        for tree, image in zip((FIRST, SECOND, THIRD), claim["images"], strict=True)
    ]
    header = (content(""), content("log-odds of"), content("lower bound"), content("upper bound"))
    return Table(header, tuple(rows), widths=(1, 5, 7, 7))


def intervals(claim: EntropyClaim) -> Table:
    """The intervals, the first few where they are many."""
    listed = claim["intervals"]
    rows: list[Row] = [
        bracket(content(math(str(k))), math("L"), bounds(pair)) for k, pair in enumerate(listed[:SHOWN], 1)
    ]
    header = (content("interval"), content("quantity"), content("lower end"), content("upper end"))
    note = content(f"The first {SHOWN} of {len(listed)}.") if len(listed) > SHOWN else ()
    return Table(header, tuple(rows), note, widths=(2, 4, 7, 7))


def figure(claim: Chaos, name: str) -> tuple[Block, ...]:
    """The map with the intervals, or with the steps of the witness."""
    box = model_parameters(claim["parameters"])
    reference = (approx_log_odds(box.p_ref[0]), approx_log_odds(box.p_ref[1]))
    if claim["verdict"] == "entropy":
        shown = [as_floats(pair) for pair in claim["intervals"]]
    elif claim["verdict"] == "period-three":
        shown = [as_floats(claim["logit"])]
    else:
        shown = [starting_logit(claim), *(as_floats(pair) for pair in claim["images"])]
    view = window([*reference, *(x for pair in shown for x in pair)])
    band = curve(claim, box, view)
    if not band:
        return ()
    if claim["verdict"] == "li-yorke":
        svg = steps_picture(view, band, shown, reference)
        words = "the square marks x, the dots its images; boxes are the certified enclosures"
    else:
        svg = covering_picture(view, band, shown, reference)
        words = (
            "shaded are the certified intervals, framed is what they span"
            if claim["verdict"] == "entropy"
            else "the square marks the bracket of the point"
        )
    caption = said(
        f"{{T}} against the diagonal in log-odds (above, the same in {{p}}); {words}. The dotted line is at "
        "the reference policy. The curve is a band of enclosures."
    )
    return (Figure(name, svg, caption, "The map T against the diagonal with what proves chaos."),)


def starting_logit(claim: LiYorkeClaim) -> tuple[float, float]:
    """x, for drawing."""
    start = claim["start"]
    x = as_float(start["logit"]) if "logit" in start else approx_log_odds(ends(start["p"])[0])
    return x, x


def method(evidence: ChaosEvidence) -> Content:
    """What carries the claim, in words."""
    words = {
        "orbit": "Three steps from the point are enclosed one by one, and the enclosures are in order.",
        "return": "The third iterate minus the identity changes sign on the bracket, so it has a zero there; "
        "T leads out of the bracket, so the zero is no fixed point, and 3 is prime.",
        "covering": "The images of the two ends of each interval lie on either side of every interval "
        "as covered; by the intermediate value theorem the interval's image contains it. A vector w > 0 "
        "with A w >= r w for the matrix A of coverings bounds the number of itineraries, and so the entropy.",
    }[evidence["rule"]]
    return content(f"{words} Checked with Arb at {evidence['bits']} bits.")


def limits() -> tuple[Block, ...]:
    """What the certificate does not say."""
    return not_claimed(
        content(
            "That the sequence from the reference policy is chaotic: it may tend to an attracting cycle."
        ),
        content("That more than a set of measure zero of starts is; Lyapunov exponents are numerical only."),
        content(OTHER_STEPS),
        content("Anything about finite samples, inexact maximisation, or prompts that share parameters."),
    )


def chaos_region_page(claim: ChaosRegion, evidence: Witnesses, name: str) -> Page:
    """The page of a set of parameters."""
    return judged(
        titled("Chaos", claim),
        content(f"a witness of chaos on each of {len(claim['cells'])} cells of (beta, p_ref)"),
        statement=chaos_region_statement(claim),
        figures=region_figure(claim, name),
        proof=content(
            "On each cell one point is a witness of the condition for all its parameters: three "
            f"steps are enclosed over the cell. Checked with Arb at {evidence['bits']} bits."
        ),
        limits=limits(),
    )


def chaos_region_statement(claim: ChaosRegion) -> tuple[Block, ...]:
    """The claim in words."""
    words = said(
        "For all parameters in each of {count} of a grid over {parameters}, with {contrast}, some point {x} "
        "its first three images in one of the two orders that Li and Yorke ask for. The area of the cells, "
        "in the logarithm of {beta} times the log-odds of {p_ref}, is at least {area}.",
        count=counted(len(claim["cells"]), "cell"),
        parameters=parameters(claim),
        contrast=contrast_words(claim),
        area=math(claim["area"]),
    )
    return (Paragraph(words), Paragraph(content(CITED)))


def region_figure(claim: ChaosRegion, name: str) -> tuple[Block, ...]:
    """The cells."""
    box = model_parameters(claim["parameters"])
    beta = [as_float(x) for x in claim["beta_cuts"]]
    odds = [approx_log_odds(ends(x)[0]) for x in claim["p_ref_cuts"]]
    cells = [ParameterCell((beta[i], beta[i + 1]), (odds[j], odds[j + 1])) for i, j in claim["cells"]]
    window_of = (float(box.beta[0]), float(box.beta[1])), (odds[0], odds[-1])
    caption = said(
        "The cells of {beta} and {p_ref} on which a witness of chaos is certified. Of the rest "
        "nothing is claimed."
    )
    return (Figure(name, cells_picture(cells, *window_of), caption, "Certified cells of beta and p_ref."),)
