"""What opens a report on the paper: which paper it is, a tally of the verdicts, and what they suppose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verified_grpo.certificates.grammar.paper import PaperStatement
from verified_grpo.checker.textbook import ASSUMPTIONS
from verified_grpo.report.document import Block, Content, Emphasis, Items, Listing, Paragraph, Strong, content
from verified_grpo.report.pages.citation import AUTHOR, PAPER, TITLE
from verified_grpo.report.pages.paper_argument import class_of
from verified_grpo.report.pages.summary import Entry
from verified_grpo.report.routes import by_proved_checker

VERSIONS = (
    "arXiv 2503.06639. Version 1 is judged by its text, as far as formulas in the text at hand are not "
    "damaged; of version 4 the abstract and the statements that the suite lists (V1 to V7)."
)
WORDS = (
    ("holds", "as printed; where the paper is silent, the suite's own statement"),
    ("holds, sharper", "and more is shown"),
    ("misprint", "it holds, and a formula in the text at hand is misprinted"),
    ("holds, proof flawed", "it holds, and a step of its printed proof does not"),
    ("loose", "it is contradicted as it stands, and true in another form"),
    ("fails", "it is contradicted"),
    ("instances only", "no more than cases are shown"),
    ("formal part established; verdict not carried", "what is shown is not tied to the statement"),
)


def opening(entries: Sequence[Entry]) -> list[Block]:
    """The paper and the tally of the verdicts on its statements; nothing where there is none."""
    claims: list[PaperStatement] = [entry[0].claim for entry in entries if entry[0].kind == "paper-statement"]
    if not claims:
        return []
    return [
        Paragraph(content(f"{AUTHOR}, ", Emphasis(TITLE), f". {VERSIONS}"), "The paper."),
        Listing(PAPER),
        Paragraph(
            content(
                "Each verdict is computed by the checker from the statement's steps; that the formal parts "
                "say what the sentence of the paper says is a matter of reading, and no program's."
            ),
            "Verdicts.",
        ),
        Items(tuple(_tally(claims))),
        Paragraph(content(_classes(claims)), "Steps."),
        Paragraph(content(_proved_in_coq(claims)), "Proved checker."),
        *_assumptions(claims),
    ]


def _tally(claims: Sequence[PaperStatement]) -> list[Content]:
    """A line a verdict: how many, and how many of them suppose nothing."""
    lines = []
    for word, meaning in WORDS:
        found = [claim for claim in claims if claim["verdict"] == word]
        if found:
            free = sum(not claim["given"] for claim in found)
            lines.append(
                content(Strong(f"{len(found)} {word}"), f": {meaning}; {free} of them given nothing.")
            )
    return lines


def _classes(claims: Sequence[PaperStatement]) -> str:
    """How many steps there are of each class."""
    counts = Counter(class_of(step) for claim in claims for step in claim["steps"])
    return (
        f"By a rule of the checker: {counts['rule']}; by theorems that Coq's kernel has checked: "
        f"{counts['theorem']}; assumed: {counts['assumption']}."
    )


def _proved_in_coq(claims: Sequence[PaperStatement]) -> str:
    """How many formal parts that checker accepts, and of how many statements all."""
    accepted = [[by_proved_checker(part["claim"]) for part in claim["parts"]] for claim in claims]
    whole = sum(map(all, filter(None, accepted)))
    return (
        f"The checker that is proved in Coq accepts {sum(map(sum, accepted))} of {sum(map(len, accepted))} "
        f"formal parts, and of {whole} of the {len(claims)} statements all."
    )


def _assumptions(claims: Sequence[PaperStatement]) -> list[Block]:
    """What verdicts are given, and how many."""
    counts = Counter(name for claim in claims for name in claim["given"])
    if not counts:
        return []
    lines = [
        content(f"{name}: {words}: {counts[name]}.") for name, words in ASSUMPTIONS.items() if counts[name]
    ]
    lead = Paragraph(
        content(
            "Named, and by how many verdicts each is used. Which sentence is assumed stands on the page."
        ),
        "Assumptions.",
    )
    return [lead, Items(tuple(lines))]
