"""What the audit of a table says, in sentences: for the terminal and for the report."""

from __future__ import annotations

import math

from ...intervals import canonical
from ..targets import written
from .auditing import Audited
from .certified import AT_RISK, NO_FAILURE, NO_SUCCESS
from .question import Question

EXACT_MEANINGS = {
    "same": "end at the same place",
    "another fixed point": "jump to a higher fixed point",
    "cycle": "end in a swing between several success rates",
    "depends": "settle or swing, depending on where in their interval p_ref is",
    "undecided": "are undecided",
}


def meanings(question: Question) -> dict[str, str]:
    """What the notes mean, said of prompts."""
    held, low, maybe_low = question.behind
    target = target_of(question)
    return {
        "cycle": "end in a swing between several success rates for ever (proved)",
        "depends": "settle for some p_ref of their interval, and end in a cycle for others (proved)",
        "undecided": "are undecided: nothing is proved of where they go",
        held: f"are held back below {target} by a fold: a fixed point at {target} or above exists, too",
        low: f"end below {target}",
        maybe_low: f"end, perhaps, below {target}: their interval of p_ref is too wide to tell",
        NO_SUCCESS: "show no success at all: with p_ref = 0 nothing can change, no reward differs",
        NO_FAILURE: "show no failure at all: nothing left to gain, no reward differs",
        "": f"end at {target} or above",
    }


def target_of(question: Question) -> str:
    """The target as a person writes it."""
    return written(question.target)


def steps_of(question: Question) -> str:
    """Which steps an answer is about."""
    if question.update is None:
        return "small steps"
    inner = question.update.inner_steps
    size = f"steps of size {canonical(question.update.step_size[0])}"
    return size if inner == 1 else f"{size}, {inner} to an update"


def answered(audited: Audited) -> str:
    """The answer in one sentence."""
    tally, where = audited.tally, f"end at a success rate of {target_of(audited.question)} or above"
    safe = tally.prompts - tally.at_risk - tally.held_back
    with_steps = f"With {steps_of(audited.question)},"
    if safe == tally.prompts:
        return f"{with_steps} all {tally.prompts:,} prompts {where}, proved one by one."
    rest = []
    if tally.held_back:
        rest.append(f"{tally.held_back:,} {_stay(tally.held_back, perhaps=_perhaps(audited))}")
    if tally.at_risk:
        rest.append(f"{tally.at_risk:,} {'is' if tally.at_risk == 1 else 'are'} at risk")
    done = f"{safe:,} of {tally.prompts:,} prompts {where}, proved one by one"
    return f"{with_steps} {done}; {', '.join(rest)}."


def _perhaps(audited: Audited) -> bool:
    return bool(audited.tally.notes[audited.question.behind[2]])


def _stay(count: int, *, perhaps: bool) -> str:
    verb = "stays" if count == 1 else "stay"
    return f"{verb} below it or may" if perhaps else f"{verb} below it"


def asked_of(audited: Audited) -> str:
    """The variant and what a rate is taken for, in a line."""
    question = audited.question
    alpha = "" if question.alpha == 1 else f", alpha {canonical(question.alpha)}"
    rates = (
        f"p_ref anywhere in its Clopper-Pearson interval at confidence {canonical(question.confidence)}"
        if question.confidence
        else "each measured rate taken as the exact p_ref"
    )
    pull = f"regulariser {question.regulariser}" if question.beta else "no KL"
    steps = steps_of(question)
    if question.update is None and question.beta:
        steps += " (any up to the row's certified_largest_step)"
    beta, eps = canonical(question.beta), canonical(question.eps)
    return f"contrast {question.contrast.label}, beta {beta}, eps {eps}{alpha}, {pull}, {steps}; {rates}."


def read_from(audited: Audited) -> str:
    """Which columns were read, and how many rates differ."""
    tally = audited.tally
    counts = f"{tally.prompts:,} prompts, {len(tally.rates):,} different rates"
    return f"{audited.path.name}: {'; '.join((audited.columns.sentence, *audited.remarks, counts))}."


def counted(audited: Audited) -> list[tuple[str, int]]:
    """Meanings and numbers of prompts: those that are well first, then those behind, then the risks."""
    notes, plain = audited.tally.notes, audited.tally.prompts - sum(audited.tally.notes.values())
    said, order = meanings(audited.question), (*audited.question.behind, *AT_RISK, NO_FAILURE)
    rows = [(said[""], plain), *((said[note], notes[note]) for note in order)]
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


def beside(audited: Audited) -> str:
    """How the exact iteration differs, or how many steps there are: whichever was looked for."""
    tally, question = audited.tally, audited.question
    if question.update is not None:
        return _passage(audited)
    if question.beta == 0:
        return (
            "Without KL nothing holds a prompt back: each with 0 < p_ref < 1 tends to 1. How many steps it "
            "takes is asked with a step size."
        )
    found = [(word, tally.exactly[word]) for word in EXACT_MEANINGS if tally.exactly[word]]
    if [word for word, _ in found] == ["same"]:
        return "Solved exactly at every step, as in the paper, every prompt ends at the same place."
    parts = ", ".join(f"{count:,} {EXACT_MEANINGS[word]}" for word, count in found)
    return f"Solved exactly at every step, as in the paper: {parts}."


def _passage(audited: Audited) -> str:
    tally, target = audited.tally, target_of(audited.question)
    if not tally.arrived:
        return f"For no prompt is it proved that it gets to {target}."
    subject = f"{tally.arrived:,} {'prompt is' if tally.arrived == 1 else 'prompts are'} proved"
    between = f"{tally.fewest:,}" if tally.fewest == tally.most else f"{tally.fewest:,} to {tally.most:,}"
    return (
        f"{subject} to get to {target}: the first update at which each is there is number {between} "
        "(certified_steps_low, _high)."
    )


def _range(low: float, high: float) -> str:
    down, up = math.floor(low * 1e4) / 1e4, math.ceil(high * 1e4) / 1e4
    if down == up:
        return f"{down:g}"
    if down < 1 <= up and up - down <= 1.01e-4:
        return f"above {down:.4f}"
    near = up - down <= 1.01e-4
    return f"about {round((low + high) / 2, 4):.4f}" if near else f"between {down:.4f} and {up:.4f}"
