"""The report of a configuration's audit: the answer first, then what it rests on; readable in two minutes."""

from __future__ import annotations

import math
from fractions import Fraction

from verified_grpo.audit.configurations import K3
from verified_grpo.audit.configurations.answer import Answer
from verified_grpo.errors import VerifiedGrpoError
from verified_grpo.intervals import canonical, exact
from verified_grpo.model import Parameters
from verified_grpo.report.document import (
    Banner,
    Block,
    Code,
    Document,
    Facts,
    Figure,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    content,
    prose,
)
from verified_grpo.report.drawing.style import CURVE, PALE, canvas
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.k3 import k3_fixed_point

TONES = {"proved": Tone.PROVED, "refuted": Tone.REFUTED, "undecided": Tone.DECLINED}
PROMPTS = 31


def configuration_document(answer: Answer, file: str) -> Document:
    """The report of one configuration; `file` is the name of the file it was read from."""
    configuration = answer.configuration
    ends = " to ".join(canonical(end) for end in answer.p_ref)
    front: list[Block] = [
        Banner(TONES[answer.verdict], answer.verdict, content(answer.sentence)),
        Facts(
            (
                ("Configuration", content(Code(file), f", {configuration.framework}")),
                ("Mapping made from", content(f"its source at {configuration.commit}")),
                ("Contrast", content(configuration.contrast.label if configuration.contrast else "none")),
                ("beta, eps", content(f"{canonical(configuration.beta)}, {canonical(configuration.eps)}")),
                ("Regulariser", content(configuration.regulariser)),
                ("Prompts", content(f"every p_ref from {ends}")),
            )
        ),
    ]
    if answer.findings:
        rows = tuple(
            Row((content(found.name), content(found.verdict), prose(found.sentence)), closing=True)
            for found in answer.findings
        )
        header = (content("question"), content("verdict"), content("answer"))
        front += [Table(header, rows, widths=(3, 2, 9)), Paragraph(content(answer.guarantee), "Which beta?")]
        front += _picture(answer)
    return Document(f"Audit of {file}", "Certified dynamics of GRPO", tuple(front), _grounds(answer))


def _grounds(answer: Answer) -> tuple[Block, ...]:
    """What the answer rests on and what it leaves out."""
    configuration = answer.configuration
    rows = tuple(
        Row(
            (content(Code(item.key)), content(Code(item.value)), content("file" if item.given else "default"))
        )
        for item in configuration.read
    )
    header = (content("key"), content("value"), content("from"))
    blocks: list[Block] = [
        Heading(1, content("What this rests on"), "assumptions"),
        Items(tuple(prose(line) for line in configuration.assumptions)),
        Heading(2, content("Not covered"), "not-covered"),
        Items(tuple(prose(line) for line in configuration.not_covered)),
        Heading(2, content("Settings read"), "settings"),
        Table(header, rows, widths=(6, 3, 2)),
    ]
    if configuration.ignored:
        blocks.append(
            Paragraph(content(f"{len(configuration.ignored)} other keys of the file play no part."))
        )
    return tuple(blocks)


def _picture(answer: Answer) -> tuple[Block, ...]:
    """The fixed points over the prompts, in log-odds, from enclosures at some of them."""
    low, high = (math.log(p / (1 - p)) for p in answer.p_ref)
    if low == high:
        return ()
    drawn: list[tuple[float, float]] = []
    for k in range(1, PROMPTS - 1):
        x = low + (high - low) * k / (PROMPTS - 1)
        try:
            drawn += [(x, height) for height in _heights(answer, exact(f"{1 / (1 + math.exp(-x)):.9f}"))]
        except VerifiedGrpoError:
            continue
    if not drawn:
        return ()
    with canvas(12, 6.2) as drawing:
        axes = drawing.figure.subplots()
        axes.plot([low, high], [low, high], color=PALE, linewidth=0.8)
        axes.plot(*zip(*drawn, strict=True), "o", color=CURVE, markersize=2.6)
        axes.set(xlabel=r"log-odds of $p_{\mathrm{ref}}$", ylabel=r"log-odds of $p^*$")
    caption = (
        "Fixed points (dots, each enclosed to 12 digits) against p_ref in log-odds; the line is no gain."
    )
    words = "Fixed points of some prompts against their p_ref; all lie above the diagonal."
    return (Figure("fixed-points", drawing.svg, content(caption), words),)


def _heights(answer: Answer, p: Fraction) -> list[float]:
    configuration = answer.configuration
    assert configuration.contrast is not None
    box = Parameters.of(beta=configuration.beta, eps=configuration.eps, p_ref=p)
    if configuration.regulariser == K3:
        return [float(k3_fixed_point(configuration.contrast, box, digits=12).logit[0])]
    found = fixed_points(configuration.contrast, box, digits=12, engine="arb")
    return [float(point.logit[0]) for point in found.points] if isinstance(found, FixedPoints) else []
