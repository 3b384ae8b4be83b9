"""The pages of properties over boxes: amplification, contraction at every fixed point, uniqueness."""

from __future__ import annotations

from verified_grpo.report.certificate import Json
from verified_grpo.report.document import (
    Block,
    Content,
    Display,
    Emphasis,
    Paragraph,
    Reference,
    Row,
    Strong,
    Table,
    Tone,
    content,
)
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages import notation
from verified_grpo.report.pages.page import (
    Page,
    contrast_label,
    math,
    not_claimed,
    parameters,
    section,
    titled,
)
from verified_grpo.report.pages.region_pictures import region_figures

TITLES = {
    "amplification": "Amplification",
    "contraction": "Contraction",
    "uniqueness": "One fixed point",
}
AMPLIFIED: Tree = ("-", ("logit", "p*"), ("logit", "p_ref"))
MULTIPLIER: Tree = ("abs", ("T'", "L*"))


def region_page(claim: Json, evidence: Json, name: str) -> Page:
    """The page; `name` is the name of its figures."""
    proved = claim["verdict"] == "proved"
    return Page(
        titled(TITLES[claim["kind"]], claim),
        Tone.PROVED if proved else Tone.REFUTED,
        claim["verdict"],
        result(claim),
        (
            *section("Statement", *statement(claim)),
            *(witness(evidence) if evidence["rule"] == "witness" else ()),
            *region_figures(claim, evidence, name),
            *section("Proof", Paragraph(method(claim, evidence))),
            *limits(claim),
        ),
    )


def property_formula(claim: Json) -> Tree:
    """What holds at every fixed point, or fails at one."""
    if claim["kind"] == "amplification":
        return ("rel", AMPLIFIED, ">=", claim["margin"], ">", "0")
    if "rate" in claim:
        return ("rel", MULTIPLIER, "<=", claim["rate"], "<", "1")
    return ("rel", MULTIPLIER, "<", "1")


def result(claim: Json) -> Content:
    """The verdict in one line."""
    if claim["verdict"] == "refuted":
        found = {
            "contraction": "with a multiplier of at least 1 in absolute value",
            "uniqueness": "beside another one",
        }
        return content(f"somewhere in the box there is a fixed point {found[claim['kind']]}")
    if claim["kind"] == "uniqueness":
        return content("exactly one fixed point for all parameters of the box")
    return content(math(property_formula(claim)), " at every fixed point, for all parameters of the box")


def statement(claim: Json) -> tuple[Block, ...]:
    """The claim in words and formulas."""
    name = claim["variant"]["contrast"]
    size = (f" for {contrast_label(claim)}",) if name == "group" else ()
    box = content(
        parameters(claim), ", with ", math(notation.contrast_formula(name)), *size, " (",
        Reference("notation", notation.LABEL), ")"
    )  # fmt: skip
    if claim["verdict"] == "refuted":
        return (Paragraph((*content("Not for every choice of "), *box, *content(" "), *refuted(claim))),)
    if claim["kind"] == "uniqueness":
        words = content(
            ", the recursion ",
            math("T"),
            " has ",
            Strong("exactly one"),
            " fixed point on the line of log-odds.",
        )
        return (Paragraph((*content("For every choice of "), *box, *words)),)
    words = content(
        ", ", Strong("every"), " fixed point ", math("L*"), " of the recursion ", math("T"), " satisfies"
    )
    blocks: list[Block] = [
        Paragraph((*content("For every choice of "), *box, *words)),
        Display(Formula(property_formula(claim))),
    ]
    if claim["kind"] == "amplification":
        meaning = (
            "where ",
            math("rel", "p*", "=", ("sigma", "L*")),
            "; in particular ",
            math("rel", "p*", ">", "p_ref"),
            ".",
        )
        blocks.append(Paragraph(content(*meaning)))
    return tuple(blocks)


def refuted(claim: Json) -> Content:
    """What fails."""
    if claim["kind"] == "uniqueness":
        return content("is there exactly one fixed point: at the parameters below there are at least two.")
    return content(
        "is ", math(property_formula(claim)), " at every fixed point: at the parameters below there is a "
        "fixed point with ",
        math("rel", MULTIPLIER, ">=", "1"), ".",
    )  # fmt: skip


def witness(evidence: Json) -> tuple[Block, ...]:
    """The parameters and brackets that refute."""
    rows = tuple(
        Row((content(math(f"L*_{number}")), *(content(math(end)) for end in bounds(bracket))))
        for number, bracket in enumerate(evidence["brackets"], start=1)
    )
    at = Paragraph(content(parameters(evidence), ", all exact."))
    return section(
        "Witness",
        at,
        Table(
            (content("fixed point"), content("lower bound"), content("upper bound")), rows, widths=(3, 5, 5)
        ),
    )


def method(claim: Json, evidence: Json) -> Content:
    """What carries the claim, in words."""
    checked = f" Checked with Arb at {evidence['bits']} bits."
    if evidence["rule"] == "witness":
        rest = (
            ", and the multiplier is at least 1 in absolute value on the whole "
            "bracket." if claim["kind"] == "contraction"
            else "; the brackets have no point in common but an end."
        )  # fmt: skip
        return content(
            "The gap ",
            math("g"),
            " has strictly opposite signs at the ends of each bracket, so it holds a fixed point",
            rest,
            checked,
        )
    if evidence["rule"] == "tree":
        return (*tree_words(claim, evidence), *content(checked))
    if claim["kind"] == "amplification":
        return content(
            "At a fixed point ", math("rel", AMPLIFIED, "=", ("/", ("Omega", "L*"), ("*", "alpha", "beta"))),
            ", and ", math("Omega"),
            " is least at ", math("rel", "L", "=", "0"), " and decreases in ", math("eps"),
            ": the margin is at most this quotient at the largest ", math("alpha"), ", ", math("beta"),
            " and ", math("eps"), ".", checked,
        )  # fmt: skip
    return content(
        "The slope of ", math("Omega"), " in log-odds is at most ", math("B_max", "eps"),
        " in absolute value for every prompt, and ",
        math("B_max"), " decreases in ", math("eps"), ". At the corner with the smallest ", math("alpha"),
        ", ", math("beta"), " and ",
        math("eps"), " it is smaller than ", math("*", "alpha", "beta"), ", hence so in the whole box; then ",
        math("rel", ("abs", "T'"), "<", "1"), " everywhere.", checked,
    )  # fmt: skip


def tree_words(claim: Json, evidence: Json) -> Content:
    """A proof by covering."""
    rules = [node[0] for node in evidence["nodes"]]
    held = {
        "contraction": ("the multiplier satisfies the bound",),
        "uniqueness": (math("g"), " increases, so that every zero is crossed upwards"),
    }[claim["kind"]]
    return content(
        "Every fixed point lies in ", math("interval", *bounds(evidence["logit"], 6)),
        ". This range times the box of parameters is covered by ",
        f"{len(rules) - rules.count('split')} closed boxes: on {rules.count('excluded')} there is no fixed "
        f"point, on {rules.count('holds')} ",
        *held, ".",
    )  # fmt: skip


def limits(claim: Json) -> tuple[Block, ...]:
    """What the certificate does not say."""
    if claim["verdict"] == "refuted":
        return not_claimed(
            content("That the property fails everywhere in the box: it fails at the witness."),
            content("What the sequence started at ", math("L_ref"), " does there."),
        )
    first = {
        "amplification": content(
            "That the sequence started at ", math("L_ref"), " converges, or to which fixed point."
        ),
        "contraction": content("That a fixed point attracts every start: contraction is local."),
        "uniqueness": content("That the one fixed point attracts: there may be cycles around it."),
    }[claim["kind"]]
    return not_claimed(
        first,
        content(
            "That ",
            Emphasis("no"),
            " larger box would do." if claim["kind"] != "amplification" else " larger margin would do.",
        ),
        content(
            "Anything about finite samples, inexact maximisation, or several prompts that share parameters."
        ),
    )
