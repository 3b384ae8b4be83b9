"""The page of a statement of the paper: what is printed, what holds, and what carries the verdict."""

from __future__ import annotations

from verified_grpo.certificates.grammar.paper import FormalClaim, FormalEvidence, PaperStatement, Part, Parts
from verified_grpo.report.document import (
    Beside,
    Block,
    Code,
    Content,
    Heading,
    Paragraph,
    Tone,
    content,
    prose,
)
from verified_grpo.report.kinds import FORMAL, Group, Kind
from verified_grpo.report.pages import region
from verified_grpo.report.pages.citation import named
from verified_grpo.report.pages.page import Page, said, section
from verified_grpo.report.pages.paper_argument import argument, conclusions
from verified_grpo.report.pages.paper_figures import paper_figure
from verified_grpo.report.pages.paper_parts import runs, table_of
from verified_grpo.report.routes import by_proved_checker, statement_route

TONES = {
    "holds": Tone.PROVED,
    "holds, sharper": Tone.PROVED,
    "holds, proof flawed": Tone.QUALIFIED,
    "misprint": Tone.QUALIFIED,
    "loose": Tone.QUALIFIED,
    "instances only": Tone.QUALIFIED,
    "fails": Tone.REFUTED,
}
"""The colour of a verdict; one that is not carried has none of these."""

UNCHECKED = (
    "(Title, quotation and the words of parts, steps and conclusions are prose: they were read, and no "
    "program has checked them.)"
)
ROLES = {"supports": "supports the claim", "refutes": "refutes the claim as printed"}


def paper_page(claim: PaperStatement, evidence: Parts, name: str) -> Page:
    """The page of one statement."""
    parts = [
        block
        for run in runs(list(zip(claim["parts"], evidence["parts"], strict=True)))
        for block in (formal_parts(run) if len(run) > 1 else formal_part(*run[0]))
    ]
    return Page(
        title(claim),
        TONES.get(claim["verdict"], Tone.DECLINED),
        claim["verdict"],
        content(result(claim)),
        (
            printed_beside_certified(claim),
            *conclusions(claim),
            *paper_figure(claim, name),
            *section("What is not proved", Paragraph(prose(claim["not_proved"]))),
            *argument(claim),
            *parts,
        ),
        item=claim["item"],
    )


def printed_beside_certified(claim: PaperStatement) -> Beside:
    """The sentence in print, and the one that the certificate is about."""
    printed = (Paragraph(prose(claim["paper"])), Paragraph(content(UNCHECKED)))
    return Beside(
        (
            section("What the paper says", *printed),
            section(
                "What the suite says", Paragraph(prose(claim["suite"])), *by_kernel(claim), *by_proof(claim)
            ),
        )
    )


def result(claim: PaperStatement) -> str:
    """`given A1, A3; carried by 4 formal parts, each checked`."""
    count = len(claim["parts"])
    given = f"given {', '.join(claim['given'])}" if claim["given"] else "given nothing"
    carried = f"{count} formal part{'' if count == 1 else 's'}, each checked"
    return f"{given}; with {carried}"


def by_kernel(claim: PaperStatement) -> tuple[Block, ...]:
    """The theorems of ``proofs/coq`` that say this, and what they leave out."""
    known = statement_route(claim)
    if not known.theorems:
        return ()
    names = [item for name in known.theorems for item in (Code(name), ", ")][:-1]
    beyond = f"; not checked by it: {known.missing}." if known.missing else "."
    words = f"{known.word[:1].upper()}{known.word[1:]} (make coq): "
    return (Paragraph(content(words, *names, " in ", Code("proofs/coq"), beyond)),)


def by_proof(claim: PaperStatement) -> tuple[Block, ...]:
    """Which of its parts the checker that is proved itself accepts, too."""
    parts = claim["parts"]
    found = [str(k) for k, part in enumerate(parts, 1) if by_proved_checker(part["claim"])]
    if not found:
        return ()
    words = f"The checker that is proved in Coq accepts {len(found)} of {len(parts)} formal parts"
    named = "" if len(found) == len(parts) else f": {', '.join(found)}"
    return (Paragraph(content(f"{words} (make vcheck){named}.")),)


def title(claim: PaperStatement) -> Content:
    """`Theorem 3, case 2: ...`, from the statement's name and its title."""
    return content(f"{named(claim['item'])}: ", *prose(claim["title"]))


def formal_part(number: int, part: Part, proof: FormalEvidence) -> tuple[Block, ...]:
    """One formal part: its role, and its statement as the checker reads it."""
    heading = Heading(2, content(f"Part {number}, {ROLES[part['role']]}"))
    return (
        heading,
        Paragraph(prose(part["text"])),
        *formal_statement(part["claim"]),
        *witness(proof),
    )


def formal_parts(run: list[tuple[int, Part, FormalEvidence]]) -> tuple[Block, ...]:
    """Formal parts that say the same of different numbers, as one table."""
    (first, part, _), (last, _, _) = run[0], run[-1]
    heading = Heading(2, content(f"Parts {first} to {last}, each {ROLES[part['role']]}"))
    return (heading, *table_of([(number, part["claim"]) for number, part, _ in run]))


def formal_statement(claim: FormalClaim) -> tuple[Block, ...]:
    """A statement in words and formulas; of a kind without a page of its own, its name."""
    shown = FORMAL[claim["kind"]].statement
    if shown is None:
        return (Paragraph(said(f"A statement of kind {claim['kind']}; the checker prints it.")),)
    return shown(claim)


def witness(proof: FormalEvidence) -> tuple[Block, ...]:
    """The witness of a refuted property, which is what makes it readable."""
    return region.witness(proof) if proof["rule"] == "witness" and "brackets" in proof else ()


KINDS = {
    **FORMAL,
    "paper-statement": Kind("paper-statement", PaperStatement, Parts, None, paper_page, Group.PAPER),
}
"""Every kind of certificate."""
