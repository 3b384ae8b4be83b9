"""What the audit of a table says, in sentences: for the terminal and for the report."""

from __future__ import annotations

import math

from ...intervals import canonical
from .auditing import Audited
from .certified import AT_RISK, LOW, MAYBE_LOW, NO_FAILURE, NO_SUCCESS

MEANINGS = {
    "cycle": "end in a swing between several success rates for ever (proved)",
    "depends": "settle for some p_ref of their interval, and end in a cycle for others (proved)",
    "undecided": "are undecided: nothing is proved of where they go",
    LOW: "settle below 1/2",
    MAYBE_LOW: "settle, perhaps below 1/2: their interval of p_ref is too wide to tell",
    NO_SUCCESS: "show no success at all: with p_ref = 0 nothing can change, no reward differs",
    NO_FAILURE: "show no failure at all: nothing left to gain, no reward differs",
    "": "settle at 1/2 or above",
}


def answered(audited: Audited) -> str:
    """The answer in one sentence."""
    tally = audited.tally
    if not tally.at_risk:
        return f"All {tally.prompts:,} prompts settle at a success rate of 1/2 or above, proved one by one."
    safe = tally.prompts - tally.at_risk
    return (
        f"{safe:,} of {tally.prompts:,} prompts settle at a success rate of 1/2 or above, proved one by one; "
        f"{tally.at_risk:,} {'is' if tally.at_risk == 1 else 'are'} at risk."
    )


def asked_of(audited: Audited) -> str:
    """The variant and what a rate is taken for, in a line."""
    question = audited.question
    alpha = "" if question.alpha == 1 else f", alpha {canonical(question.alpha)}"
    rates = (
        f"p_ref anywhere in its Clopper-Pearson interval at confidence {canonical(question.confidence)}"
        if question.confidence
        else "each measured rate taken as the exact p_ref"
    )
    return (
        f"contrast {question.contrast.label}, beta {canonical(question.beta)}, eps {canonical(question.eps)}"
        f"{alpha}, regulariser {question.regulariser}; {rates}."
    )


def read_from(audited: Audited) -> str:
    """Which columns were read, and how many rates differ."""
    tally = audited.tally
    return (
        f"{audited.path.name}: {audited.columns.sentence}; {tally.prompts:,} prompts, "
        f"{len(tally.rates):,} different rates."
    )


def counted(audited: Audited) -> list[tuple[str, int]]:
    """Meanings and numbers of prompts: those that are well first, then the risks, the worst first."""
    notes, plain = audited.tally.notes, audited.tally.prompts - sum(audited.tally.notes.values())
    rows = [(MEANINGS[""], plain), *((MEANINGS[note], notes[note]) for note in (*AT_RISK, NO_FAILURE))]
    return [row for row in rows if row[1]]


def means(audited: Audited) -> str:
    """The mean rate before and after, over the prompts that have a limit."""
    tally = audited.tally
    if not tally.settled:
        return "No prompt has a proved limit."
    names = ("ref_low", "ref_high"), ("certified_p_low", "certified_p_high")
    before, after = (_range(tally.mean(low), tally.mean(high)) for low, high in names)
    return (
        f"Over the {tally.settled:,} prompts with a limit the mean rate is {before} now and {after} in the "
        "limit."
    )


def _range(low: float, high: float) -> str:
    down, up = math.floor(low * 1e4) / 1e4, math.ceil(high * 1e4) / 1e4
    if down < 1 <= up and up - down <= 1.01e-4:
        return f"above {down:.4f}"
    near = up - down <= 1.01e-4
    return f"about {round((low + high) / 2, 4):.4f}" if near else f"between {down:.4f} and {up:.4f}"
