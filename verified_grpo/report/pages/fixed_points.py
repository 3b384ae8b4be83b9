"""The page of a certificate of fixed points: how many there are, where, and of which kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verified_grpo.report.certificate import Json
from verified_grpo.report.document import (
    Block,
    Content,
    Emphasis,
    Math,
    Paragraph,
    Reference,
    Row,
    Strong,
    Table,
    Tone,
    content,
)
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages import notation
from verified_grpo.report.pages.page import (
    Page,
    contrast_label,
    is_point,
    math,
    not_claimed,
    parameters,
    section,
    titled,
)
from verified_grpo.report.pages.pictures import recursion_figure

LOCATED = {0: ".", 1: ", in this bracket."}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def fixed_points_page(claim: Json, evidence: Json, name: str) -> Page:
    """The page; `name` is the name of its figure."""
    return Page(
        titled("Fixed points", claim),
        Tone.PROVED,
        "proved",
        result(claim),
        (
            *section("Statement", *statement(claim)),
            *recursion_figure(claim, evidence, name),
            *method(claim, evidence),
            *limits(claim),
        ),
    )


def result(claim: Json) -> Content:
    """`exactly three fixed points: 1 attracting, 2 repelling`."""
    count = claim["count"]
    kinds = Counter(point["stability"] for point in claim["fixed_points"])
    where = "" if is_point(claim) else " for all parameters of the box"
    if count == 1:
        return content(f"exactly one fixed point{where}: {claim['fixed_points'][0]['stability']}")
    listed = ", ".join(
        f"{kinds[kind]} {kind}" for kind in ("attracting", "repelling", "undecided") if kinds[kind]
    )
    return content(f"exactly {counted(count, 'fixed point')}{where}" + (f": {listed}" if listed else ""))


def counted(count: int, thing: str) -> str:
    """`three fixed points`."""
    return f"{numeral(count)} {thing}{'' if count == 1 else 's'}"


def numeral(count: int) -> str:
    """`three`, `12`."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def statement(claim: Json) -> tuple[Block, ...]:
    """The claim in words and formulas, with the table of brackets."""
    name = claim["variant"]["contrast"]
    size = (f" for {contrast_label(claim)}",) if name == "group" else ()
    before, after = ("Let ", ". The") if is_point(claim) else ("For every choice of ", ", the")
    said = content(
        before, parameters(claim), " and ", math(notation.contrast_formula(name)), *size, " (",
        Reference("notation", notation.LABEL), f"){after} recursion ", math("T"), " has exactly ",
        Strong(counted(claim["count"], "fixed point")), " on the whole line of log-odds",
        LOCATED.get(claim["count"], ", each in its bracket."),
    )  # fmt: skip
    return (Paragraph(said), *enclosures(claim))


def enclosures(claim: Json) -> tuple[Block, ...]:
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


def method(claim: Json, evidence: Json) -> tuple[Block, ...]:
    """What carries the claim, in words."""
    if evidence["rule"] == "mirror":
        text = content(
            "With ", math("rel", "alpha", "=", "0"), " the recursion is ",
            math("rel", ("-", ("T", "L"), "L"), "=", ("/", ("Omega", "L"), "beta"), ">", "0"),
            ": it has no fixed point, whatever the other parameters.",
        )  # fmt: skip
        return section("Proof", Paragraph(text))
    rules = Counter(cell["rule"] for cell in evidence["cells"])
    signs = rules["positive"] + rules["negative"]
    on_box = "" if is_point(claim) else ", for all parameters of the box at once"
    text = content(
        "The line is cut into two tails, where ", math("rel", "g", "<", "0"), " on the left and ",
        math("rel", "g", ">", "0"),
        f" on the right, and {counted(len(evidence['cells']), 'cell')}{on_box}. ",
        *((f"In {numeral(signs)} of them ", math("g"), " has one sign. ") if signs else ()),
        "In each of the others " if signs else "In each ", math("g"),
        " is strictly monotone, and changes sign between the ends of a bracket or is proved to have no "
        "zero. So every bracket "
        f"holds exactly one zero, and there is no other. Checked with Arb at {evidence['bits']} bits.",
    )  # fmt: skip
    return section("Proof", Paragraph(text))


def limits(claim: Json) -> tuple[Block, ...]:
    """What the certificate does not say."""
    items = [
        content("Which fixed point, or which cycle, the sequence started at ", math("L_ref"), " approaches."),
        content("Anything about finite samples, inexact maximisation, or other prompts."),
    ]
    if any(point["stability"] == "undecided" for point in claim["fixed_points"]):
        items.append(content("Whether a fixed point marked undecided attracts."))
    if not is_point(claim):
        items.append(
            content("That a bracket is the smallest one: it holds the fixed points of the whole box.")
        )
    return not_claimed(*items)
