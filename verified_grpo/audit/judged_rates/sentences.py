"""What the audit of a table of a verifier's rates says, in sentences: for the terminal and for the report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...intervals import canonical, decimal_down, decimal_up
from ...model.erring import Errors
from ..assumed import ASSUMED
from .auditing import AuditedJudged
from .solving import ABSORBING, ANOTHER, CYCLE, GAINS, IMPOSSIBLE, LOSES, SAME, UNDECIDED

OBSERVED = "The rates in the table are those of passing; those of right answers follow."
ASSUMPTIONS = (*ASSUMED, OBSERVED)
DIGITS = 4


def answered(audited: AuditedJudged) -> str:
    """The answer in one sentence."""
    total, verdicts = audited.prompts, audited.verdicts
    moved = LOSES if verdicts[LOSES] else GAINS
    than = "fewer" if moved == LOSES else "more"
    if verdicts[moved] == total:
        every = "the only prompt ends" if total == 1 else f"all {total:,} prompts end"
        return f"With small steps, {every} with {than} right answers than before, proved one by one."
    rest = [
        f"{verdicts[word]:,} {'is' if verdicts[word] == 1 else 'are'} {said}"
        for word, said in (
            (ABSORBING, "all wrong or all right for good"),
            (IMPOSSIBLE, "at a rate that this verifier cannot have"),
            (UNDECIDED, "undecided"),
        )
        if verdicts[word]
    ]
    end = "ends" if verdicts[moved] == 1 else "end"
    head = f"With small steps, {verdicts[moved]:,} of {total:,} prompts {end} with {than} right answers"
    return f"{head} than before, proved one by one; {', '.join(rest)}."


def asked_of(audited: AuditedJudged) -> str:
    """The variant and the verifier in a line."""
    question = audited.question
    clean = question.clean
    beta, eps, alpha = (canonical(x) for x in (clean.beta, clean.eps, clean.alpha))
    rates = (
        f"passing anywhere in its Clopper-Pearson interval at confidence {canonical(clean.confidence)}"
        if clean.confidence
        else "each measured rate taken as that of passing, exactly"
    )
    return (
        f"{clean.contrast.label}, beta {beta}, eps {eps}, alpha {alpha}; {question.verifier.words}, "
        f"{Errors(question.errors).words}; any small steps; {rates}."
    )


def read_from(audited: AuditedJudged) -> str:
    """Which columns were read, and how many rates differ."""
    counts = f"{audited.prompts:,} prompts, {audited.distinct:,} different rates"
    return f"{audited.path.name}: {'; '.join((audited.columns.sentence, *audited.remarks, counts))}."


def counted(audited: AuditedJudged) -> Iterator[tuple[str, int]]:
    """What happens to how many prompts; nothing of what happens to none."""
    verdicts, exactly = audited.verdicts, audited.exactly
    rows = [
        ("end with more right answers than before", verdicts[GAINS]),
        ("end with fewer right answers than before", verdicts[LOSES]),
        ("have no right answer, or no wrong one: nothing moves that", verdicts[ABSORBING]),
        ("pass at rates that this verifier cannot have, whatever the answers are", verdicts[IMPOSSIBLE]),
        ("are undecided: nothing is proved of where they go", verdicts[UNDECIDED]),
        ("end where the exact iteration ends, too", exactly[SAME]),
        ("end short of the place where the exact iteration ends", exactly[ANOTHER]),
        ("swing for ever if each update is solved exactly", exactly[CYCLE]),
        ("are not told where the exact iteration ends", exactly[UNDECIDED]),
    ]
    return ((words, count) for words, count in rows if count)


def means(audited: AuditedJudged) -> str:
    """The mean rate of right answers before and after, over the prompts that have a limit, and its bound."""
    if audited.now is None or audited.after is None:
        return "No prompt has a proved limit."
    over = "the one prompt" if audited.settled == 1 else f"the {audited.settled:,} prompts"
    said = (
        f"Over {over} with a limit the mean rate of right answers is {_range(audited.now)} now and "
        f"{_range(audited.after)} in the limit"
    )
    if audited.bound is None:
        return f"{said}."
    gains = audited.question.verifier.sign == 1
    shown = decimal_up(audited.bound, DIGITS) if gains else decimal_down(audited.bound, DIGITS)
    return f"{said}; whatever beta is, it does not get {'above' if gains else 'below'} {shown}."


def _range(ends: tuple[Fraction, Fraction]) -> str:
    low, high = decimal_down(ends[0], DIGITS), decimal_up(ends[1], DIGITS)
    return low if low == high else f"{low} to {high}"
