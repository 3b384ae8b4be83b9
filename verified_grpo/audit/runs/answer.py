"""A run held against what is certified: what is known of it, and with which confidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf

from ...intervals import exact
from ...model import Range
from ...model.steps import StepParameters
from ...model.visits import no_signal_over
from ...rigor.sequences.flow import FlowTime, UndecidedFlow, flow_time
from .fitting import Fitted, fit, samples_of
from .goodness import Fit, goodness
from .limits import Limits, limits
from .log import Log
from .movement import Movement, movements
from .paths import Paths
from .question import Question, Variant

STARTS = ("0.01", "0.05", "0.2", "0.5")
PARTS = 3


@dataclass(frozen=True)
class Silent:
    """Groups with one reward only, among all of a part of the run."""

    silent: int
    groups: int

    @property
    def share(self) -> float:
        return self.silent / self.groups


@dataclass(frozen=True)
class Passage:
    """From a start to the target: the certified time, in sums of step sizes, and the steps that this is.

    ``steps``: least and most at the step sizes of the interval, None for no bound; None as a whole: never,
    or (where ``time`` is None, too) undecided.
    """

    start: Fraction
    found: FlowTime | UndecidedFlow
    steps: tuple[int, int | None] | None

    @property
    def never(self) -> bool:
        """Whether it is proved that the target is not reached."""
        return isinstance(self.found, FlowTime) and self.found.time is None


@dataclass(frozen=True)
class Constant:
    """The KL's time constant ``1/(eta beta)`` in steps, ``high`` None for no bound; the run's length."""

    low: float
    high: float | None
    length: int

    @property
    def gone(self) -> tuple[float, float]:
        """How many time constants the run is long, at least and at most."""
        return (
            0.0 if self.high is None else self.length / self.high,
            self.length / self.low if self.low else inf,
        )


@dataclass(frozen=True)
class Answered:
    """All that is said of a run. What is None is not known, and the sentences say why."""

    log: Log
    question: Question
    movements: list[Movement]
    mean_rates: tuple[Range, Range] | None
    limits: Limits | None
    fitted: Fitted | None
    fit: Fit | None
    constant: Constant | None
    passages: tuple[Passage, ...]
    silent: tuple[Silent, ...]
    silent_exactly: Range | None


def answered(log: Log, question: Question) -> Answered:
    """The run's answers."""
    moved, means = movements(log, question.confidence)
    variant = question.variant
    ceilings = None if variant is None else limits(log, moved, variant, question.confidence)
    found = _fitted(log, question)
    tested = None if found is None else goodness(found)
    constant: Constant | None = None
    passages: tuple[Passage, ...] = ()
    if found is not None and variant is not None:
        constant = _constant(log, variant, found)
        passages = tuple(_passages(question, variant, found))
    return Answered(
        log,
        question,
        moved,
        means,
        ceilings,
        found,
        tested,
        constant,
        passages,
        tuple(silent_groups(log, question.group_size)),
        _silent_exactly(moved, question.group_size),
    )


def _fitted(log: Log, question: Question) -> Fitted | None:
    samples = samples_of(log)
    if samples is None or question.variant is None:
        return None
    variant = question.variant
    paths = Paths(variant.contrast, variant.eps, variant.beta or Fraction(0), forward=variant.forward)
    return fit(samples, paths, float(question.confidence))


def _constant(log: Log, variant: Variant, found: Fitted) -> Constant | None:
    """None without KL, and where no step size above 0 is known."""
    if not variant.beta or not found.best:
        return None
    first, last = log.steps
    beta = float(variant.beta)
    low = 0.0 if found.high is None else 1 / (found.high * beta)
    return Constant(low, 1 / (found.low * beta) if found.low else None, last - first)


def _passages(question: Question, variant: Variant, found: Fitted) -> Iterator[Passage]:
    """From some starts below the target, where the pull is that of the flow whose time is certified."""
    if variant.forward and variant.beta:
        return
    for start in map(exact, STARTS):
        if start < question.target:
            box = StepParameters.of(beta=variant.beta or 0, eps=variant.eps, p_ref=start)
            time = flow_time(variant.contrast, box, question.target)
            yield Passage(start, time, _steps(time, found))


def _steps(time: FlowTime | UndecidedFlow, found: Fitted) -> tuple[int, int | None] | None:
    """The steps that a time takes at the step sizes of the interval."""
    if isinstance(time, UndecidedFlow) or time.time is None:
        return None
    least = 0 if found.high is None else floor(float(time.time[0]) / found.high)
    return least, ceil(float(time.time[1]) / found.low) if found.low else None


def silent_groups(log: Log, group_size: int | None) -> Iterator[Silent]:
    """Groups with one reward in each third of the run; nothing where a visit is not one group."""
    if group_size is None or set(log.sizes) != {group_size}:
        return
    first, last = log.steps
    counts = [[0, 0] for _ in range(PARTS)]
    for visits in log.prompts.values():
        for visit in visits:
            part = min(PARTS - 1, (visit.step - first) * PARTS // max(1, last - first))
            counts[part][0] += visit.counts.k in (0, group_size)
            counts[part][1] += 1
    yield from (Silent(*pair) for pair in counts if pair[1])


def _silent_exactly(moved: list[Movement], group_size: int | None) -> Range | None:
    """Of the reference: the mean over its prompts of ``p^G + (1-p)^G``, each over its interval."""
    known = [one.p_start for one in moved if one.of_reference]
    if not known or group_size is None:
        return None
    ends = [no_signal_over(p, group_size) for p in known]
    return (
        sum((end[0] for end in ends), Fraction(0)) / len(ends),
        sum((end[1] for end in ends), Fraction(0)) / len(ends),
    )
