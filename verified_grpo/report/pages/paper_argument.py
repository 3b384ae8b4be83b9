"""How a statement of the paper is argued: its conclusions, and the steps that they rest on."""

from __future__ import annotations

from collections import Counter

from verified_grpo.certificates.grammar.paper import Conclusion, PaperStatement, Step
from verified_grpo.checker.textbook import ASSUMPTIONS
from verified_grpo.report.document import (
    Block,
    Code,
    Content,
    Emphasis,
    Items,
    Paragraph,
    content,
    prose,
)
from verified_grpo.report.pages.page import section

KINDS = {
    "claim": "the claim",
    "beyond": "more than the claim",
    "amended": "the claim in a form that is true",
    "against": "against the claim",
    "flaw": "against the printed proof",
    "misprint": "against a formula in print",
}


def class_of(step: Step) -> str:
    """`rule`, `theorem` or `assumption`."""
    because = step["because"]
    return "theorem" if "theorems" in because else "assumption" if "assumptions" in because else "rule"


def conclusions(claim: PaperStatement) -> tuple[Block, ...]:
    """What is concluded, from which steps; the verdict follows from it."""
    lines = [
        (
            *content(Emphasis(KINDS[item["of"]]), ": "),
            *prose(item["text"]),
            *content(f" (step {', '.join(map(str, item['steps']))}; {_range(item)})"),
        )
        for item in claim["conclusions"]
    ]
    return section("Conclusions", Items(tuple(lines))) if lines else ()


def _range(item: Conclusion) -> str:
    return "for all parameters" if item["range"] == "all" else "at the numbers of its parts"


def argument(claim: PaperStatement) -> tuple[Block, ...]:
    """The steps, each with what justifies it."""
    if not claim["steps"]:
        return ()
    counts = Counter(map(class_of, claim["steps"]))
    warning = Paragraph(
        content(
            f"Steps by a rule of the checker: {counts['rule']}; by a theorem of Coq's kernel: "
            f"{counts['theorem']}; assumed: {counts['assumption']}. The sentences are explanation, and not "
            "checked; what a rule yields is printed by the checker, and of an assumed step the sentence "
            "is what is assumed."
        )
    )
    lines = tuple((*prose(step["text"]), *_because(step)) for step in claim["steps"])
    return section("Argument", warning, Items(lines, numbered=True))


def _because(step: Step) -> Content:
    """`By theorem_3.`, `Assumed: A4, mean value theorem.`, or the rule."""
    because = step["because"]
    if "theorems" in because:
        names = [part for given in because["theorems"] for part in (Code(given["name"]), ", ")][:-1]
        return content(" ", Emphasis("Coq:"), " ", *names, ".")
    if "assumptions" in because:
        said = "; ".join(f"{name}, {ASSUMPTIONS[name]}" for name in because["assumptions"])
        return content(" ", Emphasis("Assumed:"), f" {said}.")
    return content(" ", Emphasis("Rule:"), f" {because['rule']}.")
