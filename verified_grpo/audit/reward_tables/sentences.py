"""What the audit of a table of rewards says, in sentences: for the terminal and for the report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...intervals import canonical, decimal_down, decimal_up
from ..assumed import ASSUMED
from .auditing import AuditedRewards
from .solving import CONSTANT, CYCLE, GAINS, LOSES, OPEN, STAYS, UNDECIDED

PLUG_IN = "The shares are those of the samples, whose error is not carried."
ASSUMPTIONS = (*ASSUMED, PLUG_IN)
DIGITS = 4
WORSE = "end with fewer correct answers than they began"


def answered(audited: AuditedRewards) -> str:
    """The answer in one sentence."""
    total, lead = audited.prompts, "With small steps,"
    if not audited.correct:
        known = total - audited.verdicts[UNDECIDED]
        if known == total:
            return f"{lead} the limits of {_all(total)} are proved, one by one."
        return (
            f"{lead} the limits of {known:,} of {total:,} prompts are proved, one by one; the rest is open."
        )
    gains, loses, stays, undecided = (audited.changes[word] for word in (GAINS, LOSES, STAYS, OPEN))
    if gains == total:
        return f"{lead} {_all(total)} {_end(total)} with more correct answers than before, proved one by one."
    rest = [f"{loses:,} {_end(loses)} with fewer"] if loses else []
    rest += [f"{stays:,} {'stays as it is' if stays == 1 else 'stay as they are'}"] if stays else []
    undecided += audited.verdicts[UNDECIDED]
    rest += [f"{undecided:,} {'is' if undecided == 1 else 'are'} undecided"] if undecided else []
    more = f"{gains:,} of {total:,} prompts {_end(gains)} with more correct answers than before"
    others = "the others are proved one by one" if undecided else "each is proved"
    return f"{lead} {more}, {', '.join(rest)}; {others}."


def _all(total: int) -> str:
    return "the only prompt" if total == 1 else f"all {total:,} prompts"


def _end(count: int) -> str:
    return "ends" if count == 1 else "end"


def asked_of(audited: AuditedRewards) -> str:
    """The variant in a line."""
    question = audited.question
    beta, eps, alpha = (canonical(x) for x in (question.beta, question.eps, question.alpha))
    updates = "small steps, and each update solved exactly beside them"
    if question.update is not None:
        inner = question.update.inner_steps
        size = canonical(question.update.step_size[0])
        updates = f"small steps, and beside them steps of size {size}"
        updates += f", {inner} to an update" if inner > 1 else ""
    return f"{question.contrast} (population model), beta {beta}, eps {eps}, alpha {alpha}; {updates}."


def read_from(audited: AuditedRewards) -> str:
    """Which columns were read, how, and how many tables of classes differ."""
    correct = f"correctness from column {audited.correct[:60]}" if audited.correct else "no correctness"
    correct += " (guessed from its name)" if audited.guessed else ""
    counts = f"{audited.prompts:,} prompts, {audited.distinct:,} different tables of classes"
    said = (audited.columns.sentence, correct, *audited.remarks, counts)
    return f"{audited.path.name}: {'; '.join(said)}."


def counted(audited: AuditedRewards) -> Iterator[tuple[str, int]]:
    """What happens to how many prompts; nothing of what happens to none."""
    courses, changes = audited.courses, audited.changes
    rows = [
        ("learn nothing: all of their answers have one reward", audited.verdicts[CONSTANT]),
        ("are undecided: nothing is proved of where they go", audited.verdicts[UNDECIDED]),
        ("have correctness that rises all the way", courses["rises"]),
        ("have correctness that falls all the way", courses["falls"]),
        ("have correctness that turns on the way", courses["turns"]),
        ("have correctness that does not move", courses["stays"]),
        ("have a course of correctness that is undecided", courses[OPEN]),
        ("end with more correct answers than they began", changes[GAINS]),
        (WORSE, changes[LOSES]),
    ]
    whole, swing = "updates of that size end", "by updates of that size"
    if audited.question.update is None:
        whole, swing = "the exact iteration ends", "if each update is solved exactly"
    rows += [
        (f"end where {whole}, too", audited.exactly["same"]),
        (f"end below the place where {whole}", audited.exactly["another fixed point"]),
        (f"swing for ever {swing}", audited.exactly[CYCLE]),
        (f"are not told where {whole}", audited.exactly[UNDECIDED]),
    ]
    return ((words, count) for words, count in rows if count)


def means(audited: AuditedRewards) -> str:
    """Mean reward and correctness before and after, over the prompts that have a limit."""
    if not audited.settled:
        return "No prompt has a proved limit."
    over = (
        f"Over the {audited.settled:,} prompts with a limit"
        if audited.settled > 1
        else "Of the one prompt with a limit"
    )
    said = f"{over} the mean reward is {_moves(audited.rewards)}"
    if audited.shares is not None:
        said += f", and the share of correct answers {_moves(audited.shares)}"
    return said + "."


def _moves(ends: tuple[Fraction, ...]) -> str:
    """From one number to an enclosure of another."""
    low, high = decimal_down(ends[1], DIGITS), decimal_up(ends[2], DIGITS)
    after = low if low == high else f"{low} to {high}"
    first, last = decimal_down(ends[0], DIGITS), decimal_up(ends[0], DIGITS)
    before = first if first == last else f"{first} to {last}"
    return f"{before} now and {after} in the limit"
