"""What every page has: a title, a result in one line, the body, and the small print about the certificate."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from verified_grpo.certificates.grammar.values import Axis, OnBox, OnPlane, OnVariant, Scoped, sides
from verified_grpo.characters import visible
from verified_grpo.checker import Verdict
from verified_grpo.checker.paper import UNCHECKED
from verified_grpo.model import Contrast
from verified_grpo.report.certificate import Certificate
from verified_grpo.report.document import (
    Banner,
    Beside,
    Block,
    Code,
    Content,
    Explorer,
    Facts,
    Heading,
    Inline,
    Items,
    Listing,
    Math,
    Paragraph,
    Text,
    Tone,
    content,
)
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages.citation import bibtex, permalink
from verified_grpo.rigor.verdicts import Decided

OTHER_STEPS = (
    "What other steps do: small ones do not swing, and lead from the reference policy up to the least fixed "
    "point."
)
"""Said where a cycle, a kind of fixed point, or a limit is that of one step: most often the exact update."""
PARAMETERS: tuple[Axis, ...] = ("alpha", "beta", "eps", "p_ref")

# A parameter of more characters is shown by an enclosure.
LONG_PARAMETER = 24
LONGEST_HEADLINE = 240
HYPOTHESES = (
    "Parameters:", "Policies:", "Map:", "Step under", "Steps under", "Steps:", "Rectangle:", "Curve (",
    "Classes of", "Tilt:",
)  # fmt: skip
VERDICT = "Verdict, computed: "
DETAIL = re.compile(r"[.:;](?: |$)|, with \||, in [0-9]+ chain|(?: x_0)?, x_1")
LONGEST_LINE = 700
MOST_LINES = 48


@dataclass(frozen=True)
class Page:
    """A certificate's page.

    Attributes:
        title: what it is about, with the parameters.
        tone: of the verdict.
        word: the verdict.
        result: the verdict in one line.
        blocks: statement, hypotheses, tables, figures, method.
        item: what a statement of the paper is called in its certificate.
    """

    title: Content
    tone: Tone
    word: str
    result: Content
    blocks: tuple[Block, ...]
    item: str = ""


def math(*tree: Tree) -> Math:
    """A formula in the line, from the parts of its tree."""
    return Math(Formula(tree if len(tree) > 1 else tree[0]))


def said(sentence: str, **parts: str | Inline | Content | Tree) -> Content:
    """A sentence with formulas in it: `{name}` is the part of that name, or else the symbol so called.

    >>> said("{L*} attracts")
    (Math(formula=Formula(tree='L*')), Text(text=' attracts'))
    """
    pieces = re.split(r"\{([^{}]+)\}", sentence)
    filled = (_part(piece, parts) if k % 2 else (Text(piece),) for k, piece in enumerate(pieces) if piece)
    return tuple(part for pieces in filled for part in pieces)


def _part(name: str, parts: Mapping[str, str | Inline | Content | Tree]) -> Content:
    value = parts.get(name, Math(Formula(name)))
    if isinstance(value, str):
        return (Text(value),) if value else ()
    if isinstance(value, tuple):
        # A tree starts with the name of its head, content with a piece of text.
        tree = cast(Tree, value)
        return (Math(Formula(tree)),) if value and isinstance(value[0], str) else cast(Content, value)
    return (value,)


def parameter(name: str, value: str | Sequence[str]) -> Tree:
    """`beta = 5` or `beta in [61, 100]`; a number too long to print is shown by bounds."""
    if isinstance(value, str):
        if len(value) <= LONG_PARAMETER:
            return ("rel", name, "=", value)
        return ("rel", name, "in", ("interval", *bounds([value, value], 12)))
    ends = value if max(map(len, value)) <= LONG_PARAMETER else bounds(value, 12)
    return ("rel", name, "in", ("interval", *ends))


def parameters(claim: Scoped, names: Iterable[Axis] = PARAMETERS) -> Math:
    """The parameters of a claim, as far as it has them, as a list of formulas."""
    given = sides(claim["parameters"])
    return math("list", *(parameter(name, given[name]) for name in names if name in given))


def telling_parameters(claim: OnBox | OnPlane) -> Math:
    """The parameters of a claim, without those that have their usual value (alpha = 1)."""
    return parameters(claim, [n for n in PARAMETERS if n != "alpha" or claim["parameters"]["alpha"] != "1"])


def is_point(claim: Scoped) -> bool:
    """Whether every parameter is one number."""
    return all(isinstance(value, str) for value in sides(claim["parameters"]).values())


def contrast_label(claim: OnVariant) -> str:
    """`mean-var`, or `group (G = 8, ddof 1)`, or a multiple."""
    variant = claim["variant"]
    times = f"{variant['scale']} times " if "scale" in variant else ""
    if variant["contrast"] == "expression":
        return f"Omega = {Contrast.read(variant).label}"
    if "group_size" not in variant:
        return times + str(variant["contrast"])
    ddof = f", ddof {variant['ddof']}" if "ddof" in variant else ""
    return f"{times}{variant['contrast']} (G = {variant['group_size']}{ddof})"


def titled(words: str, claim: OnBox | OnPlane) -> Content:
    """A page's title: what is claimed, the parameters, and the contrast where it is not the paper's."""
    usual = claim["variant"] == {"contrast": "mean-var"}
    return content(f"{words}: ", telling_parameters(claim), "" if usual else f" ({contrast_label(claim)})")


def section(name: str, *blocks: Block) -> tuple[Block, ...]:
    """A part of a page."""
    return (Heading(2, content(name)), *blocks)


def judged(
    title: Content,
    result: Content,
    *,
    statement: Sequence[Block],
    proof: Content,
    limits: Sequence[Block],
    figures: Sequence[Block] = (),
    verdict: Decided = "proved",
) -> Page:
    """The skeleton of a page: the statement, figures, how it is proved, and what is not claimed."""
    blocks = (
        *section("Statement", *statement),
        *figures,
        *section("Proof", Paragraph(proof)),
        *limits,
    )
    return Page(title, Tone(verdict), verdict, result, blocks)


def not_claimed(*items: Content) -> tuple[Block, ...]:
    """What a reader might take for proved, and is not."""
    return section("What is not claimed", Items(items))


def assembled(page: Page, certificate: Certificate, label: str) -> list[Block]:
    """The page's blocks under its heading, with its verdict on top and the small print at the end."""
    return [
        Heading(1, page.title, label, permalink=permalink(page.item)),
        Banner(page.tone, page.word, page.result),
        *(_signed(block, certificate) for block in page.blocks),
        small_print(certificate, page.item),
    ]


def as_explained(page: Page, verdict: Verdict) -> Page:
    """A page put together from what the checker returned: its headline and its words, verbatim. All else is
    set apart as explanation. What is established and leaves open all of what was asked reads undecided."""
    tone, word = (page.tone, page.word) if verdict.decided else (Tone.DECLINED, "undecided")
    return Page(
        page.title,
        tone,
        word,
        content(visible(headline(verdict))),
        (
            *section("Statement, as it was checked", Listing(checked_words(verdict.statement_text))),
            Heading(2, content("Explanation (not checked)"), aside=True),
            Paragraph((*page.result, Text(".")), lead="In short."),
            *map(_demoted, page.blocks),
        ),
        item=page.item,
    )


def headline(verdict: Verdict) -> str:
    """The one sentence of the checker's words that stands on top: the last where all is left open, and for an
    atlas, which says there how much is; else the first after the hypotheses, up to where it goes into detail.
    """
    sentences = [" ".join(lines.split()) for lines in re.split(r"\n(?! )", verdict.statement_text)]
    for sentence in sentences:
        if sentence.startswith(VERDICT):  # of a statement of the paper, with what it supposes
            return sentence.partition(". ")[0].removesuffix(".")
    if not sentences[0].startswith("Parameters:"):
        whole = " ".join(sentences)
        return whole if len(whole) <= LONGEST_HEADLINE else "the statement below"
    if not verdict.decided or sentences[2].startswith("Rectangle:"):
        return sentences[-1]
    said = next(sentence for sentence in sentences if not sentence.startswith(HYPOTHESES))
    first = DETAIL.split(said, maxsplit=1)[0]
    return (
        re.sub(r"^For (all|some)", r"for \1", first) if len(first) <= LONGEST_LINE else "the statement below"
    )


def checked_words(words: str) -> tuple[str, ...]:
    """The checker's words line by line, but for lines too long to be read, for more than can be read, and for
    prose: that is no clause of the checker's, and stands in the explanation."""
    lines = [
        line if len(line) <= LONGEST_LINE else f"  ({len(line)} characters; they stand in the certificate)"
        for line in words.splitlines()
        if UNCHECKED not in line
    ]
    left = len(lines) - MOST_LINES
    if left <= 0:
        return tuple(lines)
    half = MOST_LINES // 2
    return (*lines[:half], f"  ({left} lines; they stand in the certificate)", *lines[-half:])


def _demoted(block: Block) -> Block:
    """A part of the explanation under its heading."""
    if isinstance(block, Beside):
        return Beside(tuple(tuple(map(_demoted, column)) for column in block.columns))
    if not isinstance(block, Heading):
        return block
    named = content("Statement, typeset") if block.content == content("Statement") else block.content
    return replace(block, level=3, content=named)


def _signed(block: Block, certificate: Certificate) -> Block:
    """A map that can be explored names the certificate of its cells."""
    if isinstance(block, Explorer) and certificate.content:
        return replace(block, digest=certificate.content["digest"])
    return block


def small_print(certificate: Certificate, item: str = "") -> Facts:
    """Precision, versions, digest, how to check the certificate again, and how to cite a statement."""
    facts: list[tuple[str, Content]] = []
    if certificate.content:
        provenance = certificate.content["provenance"]
        software = ", ".join(f"{name} {version}" for name, version in sorted(provenance["software"].items()))
        found = f"{provenance['engine']}, {provenance['bits']} bits; {software}"
        facts = [
            ("found with", content(found)),
            ("checked with", content(certificate.verdict.arithmetic)),
            ("statement", content(Code(certificate.verdict.claim_digest))),
            ("digest", content(Code(certificate.content["digest"]))),
        ]
    else:
        facts = [("SHA-256 of the file", content(Code(certificate.sha256)))]
    typed = f"verified-grpo check {shlex.quote(certificate.file)}"
    cited = bibtex(item, certificate)
    cite = [("cite", content(Code(cited)))] if cited else []
    return Facts((*facts, ("check again", content(Code(typed))), *cite))


def as_checked(certificate: Certificate) -> Page:
    """The page of an accepted certificate whose kind has no page: the checker's words."""
    return Page(
        content("Statement: ", certificate.kind),
        Tone.PROVED,
        "accepted",
        content("the checker accepts this statement"),
        section(
            "Statement, as the checker reads it",
            Listing(tuple(certificate.verdict.statement_text.splitlines())),
        ),
    )


def rejected(certificate: Certificate) -> Page:
    """The page of a certificate that the checker rejects or declines: the reason, and the statement in the
    checker's words, as far as it could be read, as what is NOT established."""
    verdict, lines = certificate.verdict, checked_words(certificate.verdict.statement_text)
    tone = Tone(verdict.outcome.value)
    consequence = {
        Tone.REJECTED: "The evidence does not carry the statement. That says nothing about whether the "
        "statement is true.",
        Tone.DECLINED: "The checker neither accepts nor rejects it.",
    }[tone]
    return Page(
        content(f"{tone.value.capitalize()}: ", Code(certificate.file)),
        tone,
        tone.value,
        content("This certificate proves nothing. Its statement is NOT established."),
        (
            Paragraph(content(consequence, " What it states is therefore not shown.")),
            Paragraph(content(Code(verdict.code.value), ": ", Text(verdict.message)), lead="Reason."),
            *(section("Statement, NOT established", Listing(lines)) if lines else ()),
        ),
    )
