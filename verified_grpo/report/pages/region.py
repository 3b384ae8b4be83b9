"""The pages of properties over boxes: amplification, contraction at every fixed point, uniqueness,
convergence, no cycles."""

from __future__ import annotations

from verified_grpo.certificates.grammar.regions import (
    Amplification,
    Contraction,
    Paving,
    RegionClaim,
    RegionEvidence,
    Uniqueness,
    Witness,
)
from verified_grpo.certificates.grammar.values import OnVariant
from verified_grpo.report.document import (
    Block,
    Content,
    Display,
    Paragraph,
    Row,
    Strong,
    Table,
    content,
)
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import Page, judged, math, not_claimed, parameters, said, section, titled
from verified_grpo.report.pages.region_pictures import region_figures

TITLES = {
    "amplification": "Amplification",
    "contraction": "Contraction",
    "uniqueness": "One fixed point",
    "convergence": "Convergence",
    "no-cycles": "No cycles",
}
ORBITS = {
    "convergence": "the sequence started at {L_ref} converges to a fixed point of {T}",
    "no-cycles": "the recursion {T} has no periodic point but its fixed points",
}
AMPLIFIED: Tree = ("-", ("logit", "p*"), ("logit", "p_ref"))
ANYWHERE: Tree = ("abs", "T'")
MULTIPLIER: Tree = ("abs", ("T'", "L*"))


def region_page(claim: RegionClaim, evidence: RegionEvidence, name: str) -> Page:
    """The page; `name` is the name of its figures."""
    shown = section("Witness", *witness(evidence)) if evidence["rule"] == "witness" else ()
    return judged(
        titled(TITLES[claim["kind"]], claim),
        result(claim),
        verdict=claim["verdict"],
        statement=statement(claim),
        figures=(*shown, *region_figures(claim, evidence, name)),
        proof=method(claim, evidence),
        limits=limits(claim),
    )


def property_formula(claim: Amplification | Contraction) -> Tree:
    """What holds at every fixed point, or fails at one."""
    if claim["kind"] == "amplification":
        if "target" in claim:
            return ("rel", "p*", ">=", claim["target"])
        return ("rel", AMPLIFIED, ">=", claim["margin"], ">", "0")
    if "rate" in claim:
        return ("rel", MULTIPLIER, "<=", claim["rate"], "<", "1")
    return ("rel", MULTIPLIER, "<", "1")


def result(claim: RegionClaim) -> Content:
    """The verdict in one line."""
    if claim["kind"] == "convergence" or claim["kind"] == "no-cycles":
        return said(f"{ORBITS[claim['kind']]}, for all parameters of the box")
    if claim["kind"] == "uniqueness":
        if claim["verdict"] == "refuted":
            return content("somewhere in the box there are two fixed points or more")
        return content("exactly one fixed point for all parameters of the box")
    if claim["verdict"] == "refuted":
        return said("somewhere in the box a fixed point has {what}", what=failure(claim))
    return said("{what} at every fixed point, for all parameters of the box", what=property_formula(claim))


def statement(claim: RegionClaim) -> tuple[Block, ...]:
    """The claim in words and formulas."""
    box = said("{parameters}, with {contrast},", parameters=parameters(claim), contrast=contrast_words(claim))
    if claim["kind"] == "convergence" or claim["kind"] == "no-cycles":
        return (Paragraph(said(f"For every choice of {{box}} {ORBITS[claim['kind']]}.", box=box)),)
    if claim["verdict"] == "refuted":
        return (Paragraph(said("Not for every choice of {box} {what}", box=box, what=refuted(claim))),)
    if claim["kind"] == "uniqueness":
        one = Strong("exactly one")
        words = "For every choice of {box} the recursion {T} has {one} fixed point on the line of log-odds."
        return (Paragraph(said(words, box=box, one=one)),)
    words = "For every choice of {box} {every} fixed point {L*} of the recursion {T} satisfies"
    shown: tuple[Block, ...] = (
        Paragraph(said(words, box=box, every=Strong("every"))),
        Display(Formula(property_formula(claim))),
    )
    if claim["kind"] != "amplification":
        return shown
    if "target" in claim:
        return (*shown, Paragraph(said("where {point}.", point=("rel", "p*", "=", ("sigma", "L*")))))
    meaning = said(
        "where {point}; in particular {more}.",
        point=("rel", "p*", "=", ("sigma", "L*")),
        more=("rel", "p*", ">", "p_ref"),
    )
    return (*shown, Paragraph(meaning))


def refuted(claim: Amplification | Contraction | Uniqueness) -> Content:
    """What fails."""
    if claim["kind"] == "uniqueness":
        return said("is there exactly one fixed point: at the parameters below there are two or more.")
    return said(
        "is {holds} at every fixed point: at the parameters below there is a fixed point with {fails}.",
        holds=property_formula(claim),
        fails=failure(claim),
    )


def failure(claim: Amplification | Contraction) -> Tree:
    """What a fixed point satisfies that refutes."""
    if claim["kind"] == "amplification":
        if "target" in claim:
            return ("rel", "p*", "<", claim["target"])
        return ("rel", AMPLIFIED, "<", claim["margin"])
    return ("rel", MULTIPLIER, ">=", "1")


def witness(evidence: Witness) -> tuple[Block, ...]:
    """The parameters and brackets that refute."""
    rows = tuple(
        Row((content(math(f"L*_{number}")), *(content(math(end)) for end in bounds(bracket))))
        for number, bracket in enumerate(evidence["brackets"], start=1)
    )
    header = (content("fixed point"), content("lower bound"), content("upper bound"))
    return (
        Paragraph(said("{parameters}, all exact.", parameters=parameters(evidence))),
        Table(header, rows, widths=(3, 5, 5)),
    )


def method(claim: RegionClaim, evidence: RegionEvidence) -> Content:
    """What carries the claim, in words."""
    if evidence["rule"] == "witness":
        argument = witness_argument(claim)
    elif evidence["rule"] == "tree":
        argument = tree_argument(claim, evidence)
    elif claim["kind"] == "amplification":
        argument = margin_argument(claim)
    elif claim["kind"] == "convergence" or claim["kind"] == "no-cycles":
        argument = descent_argument(claim)
    else:
        argument = bound_argument(claim)
    return (*argument, *content(f" Checked with Arb at {evidence['bits']} bits."))


def witness_argument(claim: RegionClaim) -> Content:
    """A sign change is a fixed point."""
    more = content("; the brackets have at most an end in common.")
    if claim["kind"] == "amplification" or claim["kind"] == "contraction":
        fails = failure(claim) if claim["kind"] == "amplification" else ("rel", ANYWHERE, ">=", "1")
        more = said(", and {what} on the whole bracket.", what=fails)
    words = (
        "The gap {g} has strictly opposite signs at the ends of a bracket, so a fixed point lies in it{more}"
    )
    return said(words, more=more)


def descent_argument(claim: OnVariant) -> Content:
    """A map that nowhere falls as steeply as -1 has no cycle of two points."""
    why = said(
        "Every point of a cycle is at least {floor}. Two points that {T} exchanges would have a point with "
        "{slope} between them; where there is none there is no cycle at all (Sharkovskii), and every "
        "sequence converges (Coppel). ",
        floor=("+", "L_ref", ("/", ("Omega", "0"), ("*", "alpha", "beta"))),
        slope=("rel", "T'", "=", "-1"),
    )
    if claim["variant"]["contrast"] == "mean":
        return (*why, *said("{Omega} is constant, so {T} does not fall."))
    how = (
        "Here that floor is not below 0, where {T} does not fall, for all parameters; or {bound} is smaller "
        "than {weight} at the corner with the largest {alpha}, the smallest {beta} and the smallest {eps}, "
        "so that {T} falls less steeply on the whole line."
    )
    weight: Tree = ("*", ("-", "2", "alpha"), "beta")
    return (*why, *said(how, bound=("B_max", "eps"), weight=weight))


def margin_argument(claim: Amplification) -> Content:
    """The contrast is least at even odds."""
    words = "this is at least the margin"
    if "target" in claim:
        words = "with the smallest {p_ref} this is enough for the target"
    return said(
        "At a fixed point {equation}. {Omega} is least at {middle} and decreases in {eps}, so the "
        f"quotient is at least its value there for the largest {{alpha}}, {{beta}} and {{eps}}, and {words}.",
        equation=("rel", AMPLIFIED, "=", ("/", ("Omega", "L*"), ("*", "alpha", "beta"))),
        middle=("rel", "L", "=", "0"),
    )


def bound_argument(claim: Contraction | Uniqueness) -> Content:
    """The slope of the contrast is bounded over all prompts."""
    if claim["variant"]["contrast"] == "mean":
        return said("{Omega} is constant, so the multiplier is {share}.", share=("-", "1", "alpha"))
    return said(
        "The slope of {Omega} in log-odds is at most {bound} in absolute value for every prompt, and {bound} "
        "decreases in {eps}. It is smaller than {weight} at the corner with the smallest {alpha}, {beta} and "
        "{eps}, hence in the whole box; then {what} on the whole line.",
        bound=("B_max", "eps"),
        weight=("*", "alpha", "beta"),
        what=property_formula(claim) if "rate" in claim else ("rel", ANYWHERE, "<", "1"),
    )


def tree_argument(claim: RegionClaim, evidence: Paving) -> Content:
    """A proof by covering."""
    rules = [node[0] for node in evidence["nodes"]]
    excluded, holds = rules.count("excluded"), rules.count("holds")
    held = {
        "contraction": content("the multiplier satisfies the bound"),
        "uniqueness": said("{g} increases, so every zero in them is crossed upwards and there is only one"),
        "amplification": content("every fixed point reaches the goal"),
        "convergence": said("{what}", what=("rel", "T'", ">", "-1")),
        "no-cycles": said("{what}", what=("rel", "T'", ">", "-1")),
    }[claim["kind"]]
    nothing, first, last = "fixed point", "Every fixed point lies in {line}.", ""
    if claim["kind"] in ORBITS:
        nothing = "point of a cycle"
        first = "Every point of a cycle that is below 0 lies in {line}, and {T} does not fall above 0."
        last = (
            " So no two points are exchanged, and there is no cycle at all (Sharkovskii); every sequence "
            "converges (Coppel)."
        )
    covered = "This range times the box of parameters is covered by {count} box{plural}: {none}{some}{held}."
    return said(
        f"{first} {covered}{last}",
        line=("interval", *bounds(evidence["logit"], 6)),
        count=str(excluded + holds),
        plural="" if excluded + holds == 1 else "es",
        none=f"{excluded} without a {nothing}, and " if excluded else "",
        some=f"{holds} where " if excluded else "there ",
        held=held,
    )


def limits(claim: RegionClaim) -> tuple[Block, ...]:
    """What the certificate does not say."""
    if claim["verdict"] == "refuted":
        return not_claimed(
            content("That the property fails everywhere in the box: it fails at the witness."),
            said("What the sequence started at {L_ref} does there."),
        )
    first, larger = {
        "amplification": (
            "That the sequence started at {L_ref} converges, or to which fixed point.",
            "target" if "target" in claim else "margin",
        ),
        "contraction": ("That a fixed point attracts every start: contraction is local.", "box"),
        "uniqueness": ("That the one fixed point attracts: there may be cycles around it.", "box"),
        "convergence": ("To which fixed point a sequence converges, or at which rate.", "box"),
        "no-cycles": ("To which fixed point a sequence converges, or at which rate.", "box"),
    }[claim["kind"]]
    return not_claimed(
        said(first),
        content(f"That no larger {larger} would do."),
        content("Anything about finite samples, inexact maximisation, or prompts that share parameters."),
    )
