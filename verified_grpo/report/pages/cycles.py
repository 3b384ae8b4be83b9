"""The page of a certificate of cycles: all cycles of one period."""

from __future__ import annotations

from verified_grpo.certificates.grammar.chaos import Cycles, CyclesEvidence
from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.model.approximate import approx_log_odds
from verified_grpo.report.document import Block, Content, Figure, Paragraph, Row, Strong, Table, content
from verified_grpo.report.drawing.covering import steps_picture
from verified_grpo.report.drawing.log_odds import window
from verified_grpo.report.numerals import as_floats, bounds
from verified_grpo.report.pages.fixed_points import bracket, counted
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import (
    OTHER_STEPS,
    Page,
    judged,
    math,
    not_claimed,
    parameters,
    said,
    titled,
)
from verified_grpo.report.pages.pictures import curve, model_parameters

SHOWN = 8


def cycles_page(claim: Cycles, evidence: CyclesEvidence, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    return judged(
        titled(f"Cycles of period {claim['period']}", claim),
        content(f"exactly {counted(claim['count'], 'cycle')} of period {claim['period']}"),
        statement=cycles_statement(claim),
        figures=figure(claim, name),
        proof=method(claim, evidence),
        limits=not_claimed(
            content(
                "Which sequences tend to which cycle, and whether the one from the reference policy does."
            ),
            content(OTHER_STEPS),
            content("Anything about finite samples, inexact maximisation, or prompts that share parameters."),
        ),
    )


def cycles_statement(claim: Cycles) -> tuple[Block, ...]:
    """The claim in words, with the table of brackets of the first few cycles."""
    words = said(
        "Let {parameters} and {contrast}. {T} has {count} of exact period {period}{end}",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
        count=Strong(f"exactly {counted(claim['count'], 'cycle')}"),
        period=math(str(claim["period"])),
        end=":" if claim["count"] else ".",
    )
    return (Paragraph(words), *table(claim))


def table(claim: Cycles) -> tuple[Block, ...]:
    """Log-odds and probabilities of the points, in the order of T, and the multiplier of each cycle."""
    rows: list[Row] = []
    for number, cycle in enumerate(claim["cycles"][:SHOWN], 1):
        for k, point in enumerate(cycle["points"]):
            shown = content(math(str(number))) if k == 0 else ()
            rows.append(bracket(shown, math("L"), bounds(point["logit"])))
            rows.append(bracket((), math("p"), bounds(point["p"])))
        multiplier = math("words", f"multiplier ({cycle['stability']})")
        rows.append(bracket((), multiplier, bounds(cycle["multiplier"]), last=True))
    header = (content("cycle"), content("quantity"), content("lower bound"), content("upper bound"))
    many = len(claim["cycles"]) > SHOWN
    note = content(f"The first {SHOWN} of {len(claim['cycles'])} cycles.") if many else ()
    return (Table(header, tuple(rows), note, widths=(2, 5, 7, 7)),) if rows else ()


def figure(claim: Cycles, name: str) -> tuple[Block, ...]:
    """The first cycle as a closed cobweb on the map."""
    if not claim["cycles"]:
        return ()
    box = model_parameters(claim["parameters"])
    reference = (approx_log_odds(box.p_ref[0]), approx_log_odds(box.p_ref[1]))
    points = [as_floats(point["logit"]) for point in claim["cycles"][0]["points"]]
    view = window([*reference, *(x for pair in points for x in pair)])
    try:
        band = curve(claim, box, view)
    except NotEnoughPrecision:
        return ()
    if not band:
        return ()
    svg = steps_picture(view, band, [*points, points[0]], reference)
    caption = said(
        "{T} against the diagonal in log-odds (above, the same in {p}), with the first cycle as a closed "
        "cobweb; the square marks its first point. The curve is a band of enclosures."
    )
    return (Figure(name, svg, caption, "The map T with a cycle as a closed cobweb."),)


def method(claim: Cycles, evidence: CyclesEvidence) -> Content:
    """What carries the claim, in words."""
    if evidence["rule"] == "mirror":
        return content("Every step raises the log-odds, so nothing returns.")
    tree = evidence["tree"]
    return said(
        "All points of cycles lie in a range that is cut into {count}. On each the iterate of order {period} "
        "minus the identity has no zero, or is strictly monotone; signs at the ends of cells and brackets "
        "count its zeros, those of smaller period are told apart, and {T} leads from each bracket to the "
        "next. Checked with Arb at {bits} bits.",
        count=counted(len(tree) - tree.count("s"), "cell"),
        period=str(claim["period"]),
        bits=str(evidence["bits"]),
    )
