"""The page of a certificate of fixed points: how many there are, where, and of which kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verified_grpo.certificates.grammar.points import FixedPoints, FixedPointsEvidence
from verified_grpo.report.document import (
    Block,
    Content,
    Emphasis,
    Math,
    Paragraph,
    Row,
    Strong,
    Table,
    content,
)
from verified_grpo.report.numerals import bounds
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
from verified_grpo.report.pages.pictures import recursion_figure

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LOCATED = {0: ".", 1: ", in this bracket."}


def fixed_points_page(claim: FixedPoints, evidence: FixedPointsEvidence, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    return judged(
        titled("Fixed points", claim),
        result(claim),
        statement=statement(claim),
        figures=recursion_figure(claim, evidence, name),
        proof=method(claim, evidence),
        limits=limits(claim),
    )


def result(claim: FixedPoints) -> Content:
    """`exactly three fixed points: 1 attracting, 2 repelling`."""
    count = claim["count"]
    kinds = Counter(point["stability"] for point in claim["fixed_points"])
    where = "" if is_point(claim) else " for all parameters of the box"
    if count == 0:
        return content(f"no fixed point{where}")
    if count == 1:
        return content(f"exactly one fixed point{where}: {claim['fixed_points'][0]['stability']}")
    listed = ", ".join(
        f"{kinds[kind]} {kind}" for kind in ("attracting", "repelling", "undecided") if kinds[kind]
    )
    return content(f"exactly {counted(count, 'fixed point')}{where}: {listed}")


def counted(count: int, thing: str) -> str:
    """`three fixed points`, `no fixed point`."""
    return f"{numeral(count)} {thing}{'' if count <= 1 else 's'}"


def numeral(count: int) -> str:
    """`three`, `12`."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def statement(claim: FixedPoints) -> tuple[Block, ...]:
    """The claim in words and formulas, with the table of brackets."""
    count = claim["count"]
    opening = (
        "Let {parameters} and {contrast}. The recursion" if is_point(claim)
        else "For every choice of {parameters}, with {contrast}, the recursion"
    )  # fmt: skip
    words = said(
        opening + " {T} has {exactly}{count} on the whole line of log-odds{located}",
        parameters=parameters(claim),
        contrast=contrast_words(claim),
        exactly="exactly " if count else "",
        count=Strong(counted(count, "fixed point")),
        located=LOCATED.get(count, ", each in its bracket."),
    )
    return (Paragraph(words), *enclosures(claim))


def enclosures(claim: FixedPoints) -> tuple[Block, ...]:
    """The table of brackets: log-odds, probability, its distance from 1, multiplier."""
    rows: list[Row] = []
    for number, point in enumerate(claim["fixed_points"], start=1):
        kind = content(Emphasis(point["stability"]))
        rows += [
            bracket(content(math(str(number))), math(f"L*_{number}"), bounds(point["logit"])),
            bracket(kind, math(f"p*_{number}"), bounds(point["p"])),
            bracket((), math("-", "1", f"p*_{number}"), bounds(point["one_minus_p"])),
            bracket((), math("T'", f"L*_{number}"), bounds(point["multiplier"]), last=True),
        ]
    header = (content("fixed point"), content("quantity"), content("lower bound"), content("upper bound"))
    return (Table(header, tuple(rows), widths=(3, 3, 7, 7)),) if rows else ()


def bracket(point: Content, name: Math, ends: Sequence[str], *, last: bool = False) -> Row:
    """One quantity of a fixed point and its two bounds."""
    return Row((point, content(name), *(content(math(end)) for end in ends)), closing=last)


def method(claim: FixedPoints, evidence: FixedPointsEvidence) -> Content:
    """What carries the claim, in words."""
    if evidence["rule"] == "mirror":
        return said(
            "With {mirror} the recursion satisfies {step}, so nothing is fixed, whatever the other "
            "parameters.",
            mirror=("rel", "alpha", "=", "0"),
            step=("rel", ("-", ("T", "L"), "L"), "=", ("/", ("Omega", "L"), "beta"), ">", "0"),
        )
    rules = Counter(cell["rule"] for cell in evidence["cells"])
    signs = rules["positive"] + rules["negative"]
    return said(
        "The line is cut into two tails, where {below} on the left and {above} on the right, and "
        "{cells}{box}. {signs}On each {other} {g} is strictly monotone, and changes sign between the ends "
        "of a bracket or is proved to have no zero. So every bracket holds exactly one zero, and there is "
        "no other. Checked with Arb at {bits} bits.",
        below=("rel", "g", "<", "0"),
        above=("rel", "g", ">", "0"),
        cells=counted(len(evidence["cells"]), "cell"),
        box="" if is_point(claim) else ", for all parameters of the box at once",
        signs=said("On {count} of them {g} has one sign. ", count=numeral(signs)) if signs else "",
        other="of the others" if signs else "cell",
        bits=str(evidence["bits"]),
    )


def limits(claim: FixedPoints) -> tuple[Block, ...]:
    """What the certificate does not say."""
    if claim["count"] == 0:
        return not_claimed(
            said("How fast the sequence started at {L_ref} grows, and what finite samples do.")
        )
    items = [
        said("Which fixed point, or which cycle, the sequence started at {L_ref} approaches."),
        content(OTHER_STEPS),
        content("Anything about finite samples, inexact maximisation, or prompts that share parameters."),
    ]
    if any(point["stability"] == "undecided" for point in claim["fixed_points"]):
        items.append(content("Whether a fixed point marked undecided attracts."))
    if not is_point(claim):
        items.append(
            content("That a bracket is as small as can be: it holds the fixed points of the whole box.")
        )
    return not_claimed(*items)
