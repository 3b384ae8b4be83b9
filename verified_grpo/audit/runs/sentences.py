"""What is said of a run, in sentences: for the terminal, and for whatever else prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor, log10

from ...intervals import canonical, decimal_down, decimal_up
from .answer import Answered, Constant, Passage
from .fitting import Fitted
from .movement import Movement
from .scalars import LoggedKL

IDLE, RESTING = 0.05, 3.0
"""Time constants up to which the KL holds nothing back, and from which on a prompt is at rest."""
DIGITS = 3


def opening(found: Answered) -> str:
    """How much there is."""
    log = found.log
    first, last = log.steps
    visits = sum(map(len, log.prompts.values()))
    much = f"{len(log.prompts):,} prompts, {visits:,} visits, {log.samples:,} samples"
    return f"{much}, steps {first:,} to {last:,}."


def read_from(found: Answered) -> str:
    """Files, columns, and what was supposed."""
    return "; ".join(found.log.read) + "."


def references(found: Answered) -> str:
    """Which prompts have a p_ref."""
    log, first = found.log, found.log.steps[0]
    known = sum(log.p_ref(prompt) is not None for prompt in log.prompts)
    rest = len(log.prompts) - known
    if log.reference:
        others = f" {_have(rest)} none, and are held against their own first visit." if rest else ""
        return f"{_have(known)} a p_ref, from the table of the reference.{others}"
    if not log.starts_at_the_reference:
        return (
            f"The log begins at step {first:,}: no sample is known to be from before the first update, and "
            "no prompt has a p_ref (--reference gives a table of it). Each is held against its own first "
            "visit."
        )
    others = f" {_have(rest)} none, first seen later and held against their own first visit." if rest else ""
    return (
        f"{_have(known)} a p_ref: step {first}, the first, is taken to have drawn its samples before "
        f"the first update.{others}"
    )


def _have(count: int) -> str:
    return "1 prompt has" if count == 1 else f"{count:,} prompts have"


def pulled(found: Answered) -> str:
    """From where the KL is taken to pull, where that is not the reference."""
    log, variant = found.log, found.question.variant
    if variant is None or not variant.beta:
        return ""
    late = sum(visits[0].step != log.steps[0] for visits in log.prompts.values())
    if log.starts_at_the_reference and not late:
        return ""
    return "(In the fit the KL pulls to a prompt's first visit where that is not the reference's.)"


def moved(found: Answered) -> str:
    """What rose or fell beyond doubt."""
    if not found.movements:
        return "No prompt has a start and a later visit: whether one moved is not known."
    sure = canonical(found.question.confidence)
    parts = [
        _counted(list(group), words)
        for of_reference, words in ((True, "against p_ref"), (False, "against their own first visit"))
        if (group := [one for one in found.movements if one.of_reference is of_reference])
    ]
    return f"Beyond doubt (all at once with confidence {sure}): {'; '.join(parts)}."


def means(found: Answered) -> str:
    """The mean rate over the prompts, at the start and at the end."""
    rates = found.mean_rates
    if rates is None:
        return ""
    start, end = (f"{decimal_down(low, DIGITS)} to {decimal_up(high, DIGITS)}" for low, high in rates)
    word = "rose" if rates[1][0] > rates[0][1] else "fell" if rates[1][1] < rates[0][0] else "is open"
    return f"The mean rate over these prompts {word}: {start} at the start, {end} in the last quarter."


def bounded(found: Answered) -> str:
    """Where small steps would lead."""
    if found.limits is None:
        return ""
    low, high = found.limits.mean
    ends = f"{decimal_down(low, DIGITS)} to {decimal_up(high, DIGITS)}"
    return f"Certified limit of small steps, in the mean over the prompts with a p_ref: {ends}."


def _counted(group: Sequence[Movement], words: str) -> str:
    up, down, rest = (sum(one.moved == word for one in group) for word in ("rose", "fell", "open"))
    return f"{words}, {up:,} rose, {down:,} fell, {rest:,} are open"


def furthest(found: Answered, most: int) -> list[Movement]:
    """The prompts that moved beyond doubt, those whose intervals are furthest apart first."""
    sure = [one for one in found.movements if one.moved != "open"]
    return sorted(sure, key=lambda one: one.gap, reverse=True)[:most]


def spending(found: Answered) -> str:
    """The KL that the run has spent at least."""
    costs = [one.spent.kl for one in found.movements if one.spent is not None]
    if not costs:
        return "What KL was spent is not known: no prompt has both a p_ref and a later visit."
    mean = sum(costs, Fraction(0)) / len(costs)
    if not mean:
        return "No prompt is known to have left its p_ref, and a KL of 0 is not ruled out."
    least, most = decimal_down(mean, DIGITS), decimal_down(max(costs), DIGITS)
    return (
        f"KL spent, whatever the optimiser: at least {least} nats of whole answers in the mean over the "
        f"{len(costs):,} prompts with a p_ref, at least {most} on one. {_beside(found.log.logged, mean)}"
    )


def _beside(logged: LoggedKL | None, least: Fraction) -> str:
    """The KL that was logged, where it can be that of whole answers; how much of it the rates need."""
    if logged is None:
        return "A logged KL is a mean over tokens or an estimate, and is not compared."
    if logged.whole is None:
        return (
            f"The logged KL, {logged.by_token:.3g} in the mean over its last quarter, is one over tokens, "
            "and cannot be converted to whole answers: their lengths (completions/min_length and max_length) "
            "are not logged."
        )
    low, high = (f"{end:.3g}" for end in logged.whole)
    size = low if low == high else f"{low} to {high}"
    words = f"Logged are {size} nats of whole answers (about: an estimate, times the answers' lengths)"
    if logged.whole[1] < least:
        return f"{words}, less than that: it is not the KL of these prompts, or the estimate is far off."
    return f"{words}: at least about {float(least) / logged.whole[1]:.0%} of it was needed for these rates."


def stepping(found: Answered) -> str:
    """The step size, and whether there is one."""
    if found.fitted is None:
        why = found.question.refusal or "no prompt is visited at two steps"
        return f"The step size is not known: {why}."
    return stepping_of(found.fitted, found.question.confidence)


def stepping_of(one: Fitted, confidence: Fraction) -> str:
    """The step size that was fitted."""
    sure = canonical(confidence)
    if not one.low:
        top = "" if one.high is None else f": it is at most {_up(one.high)}"
        return f"No rise is seen that small steps would explain{top} (confidence about {sure})."
    low = _down(one.low)
    size = f"{low} at least" if one.high is None else f"{low} to {_up(one.high)}"
    some = len(one.samples.drawn)
    of = (
        f"{some:,} prompts" if some == one.samples.prompts else f"{some:,} of {one.samples.prompts:,} prompts"
    )
    return f"Step size: {size} per optimiser step (confidence about {sure}, by the likelihood of {of})."


def explained(found: Answered) -> str:
    """Whether one step size does."""
    assert found.fit is not None
    p = f"p = {found.fit.p_value:.2g}"
    if found.fit.refused(float(found.question.confidence)):
        return (
            f"One step size does not explain this run ({p}): {found.fit.reason}. What follows is of an "
            "average run that this one is not."
        )
    return f"One step size explains the run as far as its samples can tell ({p})."


def holding(constant: Constant) -> str:
    """Where the run stands on the KL's time scale."""
    low = _down(constant.low)
    if constant.high is None:
        steps = f"{low} steps at least"
    else:
        high = _up(constant.high)
        steps = f"between {low} and {high} steps" if constant.low else f"{high} steps at most"
    scale = f"The KL's time constant, 1/(step size x beta), is {steps}; the run has {constant.length:,}"
    least, most = constant.gone
    if most <= IDLE:
        return (
            f"{scale}: the KL term does not hold this run back; at this rate its limit is about {low} steps "
            "away."
        )
    if least >= RESTING:
        return f"{scale}: what the KL term allows is reached, as far as one step size tells."
    if most < RESTING:
        return f"{scale}: the KL term holds it back in part, and its limit is not reached yet."
    return f"{scale}: how far the KL term holds it back is not known."


def passages(found: Answered) -> Iterator[str]:
    """Steps to the target; the time is certified, the step size is not."""
    target = canonical(found.question.target)
    for one in found.passages:
        yield f"from {canonical(one.start)} to {target}: {_passage(one)}"


def _passage(one: Passage) -> str:
    if one.never:
        return "never (proved: the KL stops it before)"
    if one.steps is None:
        return "not known"
    least, most = one.steps
    return f"more than {_down(least)} steps" if most is None else f"{_down(least)} to {_up(most)} steps"


def silence(found: Answered) -> str:
    """Groups that taught nothing."""
    if not found.silent:
        sizes = sorted(found.log.sizes)
        shown = f"{sizes[0]} to {sizes[-1]}" if len(sizes) > 1 else str(sizes[0])
        return (
            f"Groups without signal: not known, as a visit has {shown} samples and its groups are not told "
            "apart."
        )
    shares = ", ".join(f"{one.share:.0%}" for one in found.silent)
    size = found.question.group_size
    words = f"Groups of {size} with one reward, and so without signal: {shares} by thirds of the run"
    if found.silent_exactly is None:
        return f"{words}."
    low, high = (
        f(end * 100, DIGITS) for f, end in zip((decimal_down, decimal_up), found.silent_exactly, strict=True)
    )
    return f"{words}; at the reference, by p^G + (1-p)^G over the intervals of p_ref, {low} to {high} %."


def _down(number: float) -> str:
    return _shown(number, floor)


def _up(number: float) -> str:
    return _shown(number, lambda x: -floor(-x))


def _shown(number: float, rounded: object) -> str:
    """Three digits, thousands set apart."""
    if not number:
        return "0"
    places = DIGITS - 1 - floor(log10(abs(number)))
    scale = 10.0**places
    value = rounded(number * scale) / scale  # type: ignore[operator]
    return f"{value:,.0f}" if places <= 0 else f"{value:.{places}f}".rstrip("0").rstrip(".")
