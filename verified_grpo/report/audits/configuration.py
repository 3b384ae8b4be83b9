"""The report of a configuration's audit: the answer first, then what it rests on; readable in two minutes."""

from __future__ import annotations

import re
from fractions import Fraction
from math import exp, log

from verified_grpo.audit.assumed import ASSUMED
from verified_grpo.audit.configurations import K3
from verified_grpo.audit.configurations.answer import Answer
from verified_grpo.audit.configurations.findings import MAXIMISER
from verified_grpo.audit.configurations.words import other_keys, place, scaled
from verified_grpo.errors import VerifiedGrpoError
from verified_grpo.intervals import canonical, exact
from verified_grpo.model import Parameters
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Content,
    Document,
    Facts,
    Figure,
    Heading,
    Items,
    Paragraph,
    Row,
    Strong,
    Table,
    Tone,
    content,
    prose,
)
from verified_grpo.report.drawing.style import CURVE, PALE, canvas
from verified_grpo.report.pages.page import math
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.k3 import k3_fixed_point

TONES = {
    "proved": Tone.PROVED,
    "refuted": Tone.REFUTED,
    "undecided": Tone.DECLINED,
    "conditional": Tone.QUALIFIED,
}
PROMPTS = 31


def configuration_document(answer: Answer, file: str) -> Document:
    """The report of one configuration; `file` is the name of the file it was read from.

    The first page says what was asked, the answer, what it assumes and what it leaves out; then come the
    picture, the findings, and the settings that were read.
    """
    configuration = answer.configuration
    front: list[Block] = [
        Paragraph(_asked(answer, file), "Asked."),
        Banner(TONES[answer.word], answer.word, spoken(answer.sentence)),
    ]
    if answer.conditions:
        front += [
            Paragraph(content("The answer holds if, which the file does not tell:"), "Conditions."),
            Items(tuple(prose(line) for line in answer.conditions)),
        ]
    if answer.guarantee:
        front.append(Paragraph(spoken(answer.guarantee), "Which beta?"))
    if answer.exactly:
        front.append(Paragraph(spoken(answer.exactly), "And the paper's iteration?"))
    if answer.findings:
        front.append(Paragraph(content(" ".join(ASSUMED)), "How to read it."))
    front += [
        Heading(2, content("What this assumes"), "assumptions"),
        Items(tuple(prose(line) for line in configuration.assumptions)),
        Heading(2, content("What it does not cover"), "not-covered"),
        Items(tuple(prose(line) for line in configuration.not_covered)),
        *_picture(answer),
        *_findings(answer),
    ]
    return Document(f"Audit of {file}", "Certified dynamics of GRPO", tuple(front), _grounds(answer, file))


def _asked(answer: Answer, file: str) -> Content:
    """The question, with the numbers that it is about."""
    configuration = answer.configuration
    low, high = map(canonical, answer.p_ref)
    if configuration.contrast is None:
        return content("What does ", Code(file), f" ({configuration.framework}) ask for, and what follows?")
    return content(
        "Trained as ",
        Code(file),
        f" ({configuration.framework}) says, does every prompt on which the reference policy "
        f"{f'has {answer.judged} at a rate' if answer.judged else 'succeeds with'} ",
        math("rel", "p_ref", "in", ("interval", low, high)),
        " gain, and where does its probability of success go? The variant: contrast ",
        Code(scaled(configuration)),
        ", ",
        math("rel", "beta", "=", canonical(configuration.beta)),
        ", ",
        math("rel", "eps", "=", canonical(configuration.eps)),
        ", regulariser ",
        Code(configuration.regulariser),
        f". {place(configuration)}".rstrip(),
    )


def _findings(answer: Answer) -> tuple[Block, ...]:
    """What was proved, question by question."""
    if not answer.findings:
        return ()
    rows = tuple(
        Row(
            (
                content(found.name),
                content(found.view),
                content(Strong(found.verdict)),
                spoken(found.sentence),
            ),
            closing=True,
        )
        for found in answer.findings
    )
    header = (content("question"), content("updates"), content("verdict"), content("answer"))
    return (Heading(2, content("What is proved")), Table(header, rows, widths=(3, 3, 2, 9)))


def spoken(text: str) -> Content:
    """A sentence of an answer; the probabilities in it are set as formulas.

    >>> [type(part).__name__ for part in spoken("above p_ref.")]
    ['Text', 'Math', 'Text']
    """
    pieces = re.split(r"\b(p_ref\b|p\*)", text)
    parts = (math(piece) if k % 2 else piece for k, piece in enumerate(pieces) if piece)
    return content(*parts)


def _grounds(answer: Answer, file: str) -> tuple[Block, ...]:
    """Where the variant comes from, key by key."""
    configuration = answer.configuration
    rows = tuple(
        Row((content(Code(item.key)), content(Code(item.value)), content(item.origin or _origin(item.given))))
        for item in configuration.read
    )
    header = (content("key"), content("value"), content("from"))
    blocks: list[Block] = [
        Heading(1, content("Settings read"), "settings"),
        Table(header, rows, widths=(6, 3, 2)),
    ]
    blocks += [Paragraph(content(line)) for line in other_keys(configuration)]
    blocks.append(
        Facts(
            (
                ("configuration", content(Code(file), f", {configuration.framework}")),
                ("mapping made from", content(f"the framework's source at {configuration.commit}")),
                ("defaults of", content(configuration.version)),
            )
        )
    )
    return tuple(blocks)


def _origin(given: bool) -> str:
    return "file" if given else "default"


def _picture(answer: Answer) -> tuple[Block, ...]:
    """The fixed points over the prompts, in log-odds, from enclosures at some of them."""
    low, high = (log(p / (1 - p)) for p in answer.p_ref)
    if low == high or not answer.of(MAXIMISER):  # without KL, or outside the model, there are none
        return ()
    drawn: list[tuple[float, float]] = []
    for k in range(1, PROMPTS - 1):
        x = low + (high - low) * k / (PROMPTS - 1)
        try:
            drawn += [(x, height) for height in _heights(answer, exact(f"{1 / (1 + exp(-x)):.9f}"))]
        except VerifiedGrpoError:
            continue
    if not drawn:
        return ()
    with canvas(12, 6.2) as drawing:
        axes = drawing.figure.subplots()
        axes.plot([low, high], [low, high], color=PALE, linewidth=0.8)
        axes.plot(*zip(*drawn, strict=True), "o", color=CURVE, markersize=2.6)
        axes.set(xlabel=r"log-odds of $p_{\mathrm{ref}}$", ylabel=r"log-odds of $p^*$")
    caption = spoken(
        "Fixed points (dots, each enclosed to 12 digits) against p_ref, both in log-odds; on the line "
        "nothing is gained. The dots are some prompts; the table is about all of them."
    )
    words = "Fixed points of some prompts against their p_ref; all lie above the diagonal."
    return (Figure("fixed-points", drawing.svg, caption, words),)


def _heights(answer: Answer, p: Fraction) -> list[float]:
    configuration = answer.configuration
    assert configuration.contrast is not None
    box = Parameters.of(beta=configuration.beta, eps=configuration.eps, p_ref=p)
    if configuration.regulariser == K3:
        return [float(k3_fixed_point(configuration.contrast, box, digits=12).logit[0])]
    found = fixed_points(configuration.contrast, box, digits=12, engine="arb")
    return [float(point.logit[0]) for point in found.points] if isinstance(found, FixedPoints) else []
