"""The report of a run: what happened, what is proved of it, and how sure each statement is."""

from __future__ import annotations

from collections.abc import Sequence

from verified_grpo.audit.runs import sentences as say
from verified_grpo.audit.runs.answer import Answered
from verified_grpo.characters import shortened
from verified_grpo.intervals import canonical, decimal_down
from verified_grpo.report.audits.run_picture import described, has_scales, on_the_scale, rise, scales
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
)

LISTED = 12
SHORT = 80
RISE = (
    "Left: the mean pass rate observed in the course of the run (dots), the rise that one step size makes "
    "(line), and the certified limit of small steps, in the mean over the prompts with a p_ref (green; as "
    "wide as the samples of the reference leave it open; parts of the run with few samples are not drawn). "
    "Right: each prompt, its start against its last "
    "quarter of visits; bars are intervals that hold all at once. Above the diagonal is a rise."
)
SCALES = "The interval of the effective step size, by likelihood (floating point, not certified){beside}."
BESIDE = "; below it how long the run is beside the time that its KL term takes to act"
LEFT_OUT = (
    "That samples of one prompt are independent, given the policies that drew them, is taken for granted.",
    "The step size is effective: clipping, momentum, the share of steps that visit a prompt, and other "
    "prompts are in it. Nothing about it is certified.",
    "The limit is that of one prompt by itself under small steps: a ceiling, not a forecast.",
)


def run_document(found: Answered, certified: Sequence[tuple[str, str]]) -> Document:
    """The report; ``certified`` are the files beside it that carry a proof, each with what it is about."""
    front: list[Block] = [
        _banner(found),
        Paragraph(content(say.moved(found)), "Which prompts."),
        *_paragraphs(found),
        Figure("rise", rise(found), content(RISE), described(found)),
    ]
    if has_scales(found):
        beside = "" if found.constant is None else BESIDE
        caption = content(SCALES.format(beside=beside))
        front.append(Figure("scales", scales(found), caption, on_the_scale(found)))
    sure: tuple[Block, ...] = (
        Heading(1, content("How sure each statement is"), "sure"),
        _grounds(found, dict(certified)),
    )
    body = (*sure, *_furthest(found), *_rest(found, certified))
    return Document("The log of a run", "Certified dynamics of GRPO", tuple(front), body)


def _banner(found: Answered) -> Banner:
    """Rose, fell, or nothing is sure; what the step size says beside it."""
    up, down = (sum(one.moved == word for one in found.movements) for word in ("rose", "fell"))
    tone = Tone.REFUTED if down > up else Tone.PROVED if up else Tone.DECLINED
    word = {Tone.REFUTED: "fell", Tone.PROVED: "rose", Tone.DECLINED: "nothing is sure"}[tone]
    return Banner(
        tone, word, content(" ".join(words for words in (say.opening(found), say.means(found)) if words))
    )


def _paragraphs(found: Answered) -> list[Block]:
    pairs = [
        ("The KL.", [say.spending(found)]),
        ("How fast.", [say.stepping(found), _explained(found)]),
        ("The KL's pull.", [say.holding(found.constant) if found.constant is not None else ""]),
        ("Where it leads.", [say.bounded(found)]),
        ("Without signal.", [say.silence(found)]),
    ]
    return [
        Paragraph(content(" ".join(filter(None, sentences))), lead)
        for lead, sentences in pairs
        if any(sentences)
    ]


def _explained(found: Answered) -> str:
    return say.explained(found) if found.fit is not None and found.fitted and found.fitted.low else ""


def _grounds(found: Answered, certified: dict[str, str]) -> Table:
    """Each statement, how sure it is, and what proves it."""
    sure = canonical(found.question.confidence)
    at_once = f"{sure}, all intervals at once"
    rows = [
        (
            "which prompts rose or fell; the mean rates",
            at_once,
            "none: counts, by Clopper-Pearson and Hoeffding",
        )
    ]
    if any(one.spent is not None for one in found.movements):
        rows.append(
            (
                "KL spent at least",
                f"{sure} for the intervals; from these it is proved",
                _files(certified, "KL"),
            )
        )
    if found.limits is not None:
        words = f"{sure} for the intervals; for every p_ref in them it is proved"
        rows.append(("certified limits", words, _files(certified, "limits")))
    if found.fitted is not None:
        rows.append(("step size, time constant", f"about {sure}", "none: an estimate in floating point"))
    if found.fit is not None:
        rows.append(("one step size explains the run", f"p = {found.fit.p_value:.2g}", "none: 99 runs drawn"))
    if any(one.steps is not None or one.never for one in found.passages):
        rows.append(
            ("steps to a target", "the time is proved, the step size is measured", _files(certified, "time"))
        )
    header = (content("statement"), content("how sure"), content("certificate"))
    return Table(header, tuple(Row(tuple(map(content, row))) for row in rows), widths=(5, 6, 5))


def _files(certified: dict[str, str], about: str) -> str:
    names = [name for name, what in certified.items() if what == about]
    if not names:
        return "none written"
    return names[0] if len(names) == 1 else f"{len(names)} files, from {names[0]} on"


def _furthest(found: Answered) -> tuple[Block, ...]:
    """The prompts that moved most."""
    rows = [
        Row(
            (
                content(Code(shortened(one.prompt, SHORT))),
                content(one.moved),
                content(f"{one.start.k}/{one.start.n}"),
                content(f"{one.end.k}/{one.end.n}"),
                content("" if one.spent is None else decimal_down(one.spent.kl, say.DIGITS)),
            )
        )
        for one in say.furthest(found, LISTED)
    ]
    if not rows:
        return ()
    header = tuple(map(content, ("prompt", "moved", "start", "last quarter", "KL at least")))
    return (
        Heading(2, content("The prompts that moved most"), "furthest"),
        Paragraph(content("All prompts stand in ", Code("prompts.csv"), " beside this page.")),
        Table(header, tuple(rows), widths=(8, 2, 2, 3, 3)),
    )


def _rest(found: Answered, certified: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    variant, ways = found.question.variant, list(say.passages(found))
    blocks: list[Block] = []
    if ways:
        blocks += [
            Heading(2, content("Steps at this rate"), "steps"),
            Paragraph(content("Were this rate to last, which is no forecast; the times are certified:")),
            Items(tuple(content(way) for way in ways)),
        ]
    facts = [("Read", content(say.read_from(found))), ("Reference", content(say.references(found)))]
    if variant is not None:
        facts.append(("Held against", content(f"{variant.words}.")))
        facts += [("Supposed", content(f"{sentence}.")) for sentence in variant.supposed]
        facts += [("Supposed", content(words))] if (words := say.pulled(found).strip("()")) else []
    names = [name for name, _ in certified]
    if names:
        facts.append(
            ("Checked by", content(Code(f"verified-grpo check {names[0]}"), f", and {len(names) - 1} others"))
        )
    blocks += [
        Heading(2, content("What is left open"), "open"),
        Items(tuple(map(content, LEFT_OUT))),
        Facts(tuple(facts)),
    ]
    return tuple(blocks)
