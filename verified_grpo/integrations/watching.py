"""What the samples of a run say while they come: certified limits, groups without signal, the step size.

It knows no trainer: it is handed each batch's prompts and rewards, and gives numbers to be logged and
sentences to be said once. Limits are found once for each count, and the fit of the step size waits until it
has become cheap beside the training, so that a step costs next to nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..audit.pass_rates.question import Question
from ..audit.runs.changes import Counts
from ..audit.runs.fitting import Fitted, fit, samples_of
from ..audit.runs.limits import asked_of, solved
from ..audit.runs.log import Log, Visit
from ..audit.runs.paths import Paths
from ..audit.runs.question import Variant
from ..errors import InputError
from ..intervals import canonical
from ..model import Range

NAMES = "certified/"
HALF = 0.5
FIRST_FIT = 0.2
"""Seconds that the first fit is taken to need."""


@dataclass(frozen=True)
class Watch:
    """What is asked while a run trains.

    Attributes:
        variant: of GRPO; None where the model has none, for the reason in ``refusal``.
        group_size: G.
        confidence: of each prompt's interval for p_ref, and of the step size's.
        target: a warning is given of prompts whose limit lies below.
        success: a reward from this number on is a success.
        share: of the time of training that the fit of the step size may take.
    """

    variant: Variant | None
    refusal: str
    group_size: int
    confidence: Fraction
    target: Fraction
    success: float = 1.0
    share: float = 0.005


class Watched:
    """The samples so far.

    Args:
        watch: what is asked.
        reference: counts of the reference's samples by prompt; without them those of step 0 are taken.
    """

    def __init__(self, watch: Watch, reference: Mapping[str, Counts] | None = None) -> None:
        self.watch = watch
        self.reference = dict(reference or {})
        self.fitted: Fitted | None = None
        self._visits: dict[str, dict[int, list[int]]] = {}
        self._limits: dict[Counts, Range] = {}
        self._values: set[float] = set()
        self._said: set[str] = set()
        self._begun, self._next = time.monotonic(), FIRST_FIT / watch.share
        self._paths: Paths | None = None
        variant = watch.variant
        known = variant is not None and variant.beta is not None
        self._asked: Question | None = asked_of(variant, watch.confidence) if variant and known else None

    @property
    def log(self) -> Log:
        """What was sampled, as ``run`` reads it from files."""
        visits = {
            prompt: tuple(Visit(step, Counts(k, n)) for step, (k, n) in sorted(steps.items()))
            for prompt, steps in self._visits.items()
        }
        return Log(visits, self.reference)

    def add(
        self, step: int, prompts: Sequence[object], rewards: Sequence[float | None]
    ) -> tuple[dict[str, float], list[str]]:
        """One batch, drawn before the optimiser's step ``step + 1``: numbers to log, and sentences that were
        not said before.

        Raises:
            InputError: not as many rewards as prompts.
        """
        if len(prompts) != len(rewards):
            raise InputError(f"{len(rewards)} rewards of {len(prompts)} prompts")
        names = [name if isinstance(name, str) else json.dumps(name, default=str) for name in prompts]
        hits = [None if reward is None else reward >= self.watch.success for reward in rewards]
        self._values |= {float(reward) for reward in rewards if reward is not None}
        for name, hit in zip(names, hits, strict=True):
            if hit is not None:
                counts = self._visits.setdefault(name, {}).setdefault(step, [0, 0])
                counts[0] += hit
                counts[1] += 1
        seen = [hit for hit in hits if hit is not None]
        if not seen:
            return {}, []
        numbers = {"pass_rate": sum(seen) / len(seen)}
        sentences = self._about_rewards()
        for part in (self._silent(names, hits), self._bounded(step, names), self._sized()):
            numbers |= part[0]
            sentences += part[1]
        new = [words for words in sentences if words.partition(":")[0] not in self._said]
        self._said |= {words.partition(":")[0] for words in new}
        return {f"{NAMES}{name}": value for name, value in numbers.items()}, new

    def _about_rewards(self) -> list[str]:
        if self._values <= {0.0, 1.0}:
            return []
        limit = canonical(Fraction(self.watch.success))
        return [
            f"rewards other than 0 and 1: a success is a reward of {limit} or more, and what is certified is "
            "for training on 1 for a success and 0 for a failure"
        ]

    def _silent(
        self, names: Sequence[str], hits: Sequence[bool | None]
    ) -> tuple[dict[str, float], list[str]]:
        """Groups with one outcome: rows in a row, where they are as many as a group has and of one prompt."""
        size = self.watch.group_size
        starts = range(0, len(names), size)
        if len(names) % size or any(len(set(names[i : i + size])) > 1 for i in starts):
            return {}, []
        silent = sum(len(set(hits[i : i + size])) == 1 for i in starts) / len(starts)
        words = f"most groups have one reward: {silent:.0%} of this batch taught nothing"
        return {"without_signal": silent}, [words] if silent > HALF else []

    def _p_ref(self, name: str) -> Counts | None:
        """Of the reference's table, else the samples of step 0."""
        if self.reference:
            return self.reference.get(name)
        first = self._visits.get(name, {}).get(0)
        return None if first is None else Counts(*first)

    def _bounded(self, step: int, names: Sequence[str]) -> tuple[dict[str, float], list[str]]:
        """The certified limits of the batch's prompts that have a p_ref."""
        if self.watch.refusal:
            return {}, [f"no limit is certified: {self.watch.refusal}"]
        if self._asked is None:
            return {}, []
        known = {name: p for name in dict.fromkeys(names) if (p := self._p_ref(name)) is not None}
        if not known:
            return {}, [
                "no prompt of this batch has a p_ref: its samples from before the first update were not "
                "seen; give their counts as the reference"
            ]
        new = [(p.k, p.n) for p in dict.fromkeys(known.values()) if p not in self._limits]
        if new:
            self._limits |= {Counts(*rate): ends for rate, ends in solved(self._asked, new).items()}
        ends = [self._limits[p] for p in known.values()]
        low, high = (float(sum(pair[k] for pair in ends)) / len(ends) for k in (0, 1))
        held = sum(pair[1] < self.watch.target for pair in ends)
        target, sure = canonical(self.watch.target), canonical(self.watch.confidence)
        words = (
            f"the KL holds prompts below {target}: of {held} of {len(ends)} in the batch of step {step} the "
            f"certified limit of small steps is less (p_ref within its interval, confidence {sure} each)"
        )
        return {"limit_low": low, "limit_high": high}, [words] if held else []

    def _sized(self) -> tuple[dict[str, float], list[str]]:
        """The step size so far, fitted anew when the last fit has become cheap."""
        now = time.monotonic() - self._begun
        if now >= self._next:
            self.fit()
            cost = time.monotonic() - self._begun - now
            self._next = now + max(cost, 1e-3) / self.watch.share
        found = self.fitted
        if found is None:
            return {}, []
        ends = {"step_size_low": found.low} | ({} if found.high is None else {"step_size_high": found.high})
        return ends, []

    def fit(self) -> Fitted | None:
        """The step size by the samples so far; None where it is not known."""
        variant = self.watch.variant
        samples = None if variant is None else samples_of(self.log)
        if samples is None or variant is None:
            return self.fitted
        if self._paths is None:
            beta = variant.beta or Fraction(0)
            self._paths = Paths(variant.contrast, variant.eps, beta, forward=variant.forward)
        self.fitted = fit(samples, self._paths, float(self.watch.confidence))
        return self.fitted
