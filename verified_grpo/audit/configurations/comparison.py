"""Two configurations side by side: where small steps lead a few prompts under each, which settings differ,
and what each difference does by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from ...errors import InputError
from ...intervals import canonical, exact
from ...model import Range
from ...model.steps import StepParameters, Update
from ...rigor.verdicts import PROVED, UNDECIDED, Answer
from ..targets import HALF
from .arrival import Arrival, arrival
from .configuration import K3, Configuration
from .pulled import under_its_pull
from .stepping import Stepping, by_small_steps
from .words import scaled

Order = Literal["first", "second", "same", "undecided"]
ABSENT = "not a key of it"


@dataclass(frozen=True)
class At:
    """One configuration for one prompt: what small steps do, or why nothing is computed."""

    p_ref: Fraction
    stepping: Stepping | None
    reason: str = ""

    @property
    def verdict(self) -> Answer:
        """That of small steps."""
        return UNDECIDED if self.stepping is None else self.stepping.finding.verdict


@dataclass(frozen=True)
class Difference:
    """What the two say otherwise, and the first with that alone taken from the second, prompt by prompt."""

    what: str
    first: str
    second: str
    alone: tuple[At, ...]


@dataclass(frozen=True)
class Comparison:
    """Two configurations at some prompts.

    Attributes:
        points: of the first and of the second, one a prompt.
        keys: settings with other values, as (key, first, second).
        differences: of advantage, KL weight and KL, each with what it does alone.
        target, arrivals: when prompts get there under the first and the second, one a prompt.
    """

    configurations: tuple[Configuration, Configuration]
    p_refs: tuple[Fraction, ...]
    points: tuple[tuple[At, ...], tuple[At, ...]]
    keys: tuple[tuple[str, str, str], ...]
    differences: tuple[Difference, ...]
    target: Fraction
    arrivals: tuple[tuple[Arrival, ...], tuple[Arrival, ...]]

    @property
    def verdict(self) -> Answer:
        """Proved where both have an answer for every prompt."""
        every = all(at.verdict == PROVED for side in self.points for at in side)
        return PROVED if every else UNDECIDED

    @property
    def order(self) -> tuple[Order, ...]:
        """Under which of the two each prompt is proved to end higher."""
        computable = all(side.computable for side in self.configurations)
        if computable and not self.differences:
            return tuple("same" for _ in self.p_refs)
        return tuple(_order(a, b) for a, b in zip(*self.points, strict=True))

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        order = self.order
        refused = [side.verdict for side in self.configurations if not side.computable]
        if refused:
            return f"Nothing is compared: {refused[0]}."
        if set(order) == {"same"} and not self.differences:
            return "Both ask for the same variant: every answer about one is an answer about the other."
        for name in ("first", "second"):
            if set(order) == {name}:
                return f"Small steps lead each of these prompts higher under the {name}."
        counts = [f"{order.count(n)} under the {n}" for n in ("first", "second") if n in order]
        counts += [f"{order.count('same')} end alike"] if "same" in order else []
        counts += [f"{order.count('undecided')} not decided"] if "undecided" in order else []
        return f"Of {len(order)} prompts end higher: {', '.join(counts)}."


def compare(
    first: Configuration,
    second: Configuration,
    p_refs: Sequence[Fraction],
    *,
    target: Fraction = HALF,
    update: Update | None = None,
) -> Comparison:
    """Certify where small steps lead each prompt under both, and when they get to a target.

    Args:
        first, second: as they were read.
        p_refs: the prompts, each inside (0, 1).
        target: a success rate, inside (0, 1).
        update: the steps that are counted; None: the time of infinitely small ones.

    Raises:
        InputError: no prompt, or one or the target outside (0, 1).

    Not proved: anything in ``not_covered`` of either; the order of two limits whose enclosures overlap.
    """
    if not p_refs or not all(0 < p < 1 for p in p_refs):
        raise InputError("p_ref: success rates strictly between 0 and 1 are expected, such as 0.01,0.1,0.5")
    sides = tuple(tuple(at_prompt(side, p) for p in p_refs) for side in (first, second))
    differences = tuple(
        Difference(what, *said, tuple(at_prompt(mixed, p) for p in p_refs))
        for what, said, mixed in _differing(first, second)
    )
    times = tuple(tuple(arrival(side, p, target, update) for p in p_refs) for side in (first, second))
    return Comparison(
        (first, second),
        tuple(p_refs),
        (sides[0], sides[1]),
        _keys(first, second),
        differences,
        target,
        (times[0], times[1]),
    )


def at_prompt(configuration: Configuration, p_ref: Fraction) -> At:
    """Where small steps lead one prompt, under the KL with its clamp and its dropped groups."""
    return under(configuration, (p_ref, p_ref))


def under(configuration: Configuration, prompts: Range) -> At:
    """The same for every prompt of a range; ``p_ref`` is then the least."""
    p_ref = prompts[0]
    cut = configuration.under_its_kl(p_ref)
    if configuration.computable and not cut.computable:
        pulled = under_its_pull(configuration, prompts)
        if pulled is not None:
            return At(p_ref, pulled, "")
    if cut.contrast is None or not cut.computable:
        return At(p_ref, None, cut.verdict)
    box = StepParameters.of(beta=cut.beta, eps=cut.eps, p_ref=prompts)
    found = by_small_steps(cut.contrast, box, forward=cut.regulariser == K3)
    return At(p_ref, found, "" if found.finding.verdict == PROVED else found.finding.sentence)


def _differing(
    first: Configuration, second: Configuration
) -> list[tuple[str, tuple[str, str], Configuration]]:
    """Advantage, KL weight and KL where they differ, each with the first as it would be with that alone."""
    found = []
    advantage = (first.contrast, first.eps) != (second.contrast, second.eps)
    if advantage:
        mixed = replace(
            first,
            contrast=second.contrast,
            eps=second.eps,
            refusals=_both(first, second),
        )
        found.append(("advantage", (_advantage(first), _advantage(second)), mixed))
    if first.beta != second.beta:
        mixed = replace(first, beta=second.beta)
        found.append(("KL weight", (canonical(first.beta), canonical(second.beta)), mixed))
    if _pull(first) != _pull(second):
        mixed = replace(
            first,
            kernel=second.kernel,
            clamps=second.clamps,
            dropped=second.dropped,
            refusals=_both(first, second),
        )
        found.append(("KL", (_kl(first), _kl(second)), mixed))
    return found


def _pull(configuration: Configuration) -> tuple[object, ...]:
    return configuration.kernel, configuration.clamps, configuration.dropped


def _both(first: Configuration, second: Configuration) -> tuple[str, ...]:
    return (*first.refusals, *(words for words in second.refusals if words not in first.refusals))


def _advantage(configuration: Configuration) -> str:
    return f"{scaled(configuration)}, eps {canonical(configuration.eps)}"


def _kl(configuration: Configuration) -> str:
    cut = ", ".join(f"{clamp.estimator} clamped at {canonical(clamp.at)}" for clamp in configuration.clamps)
    parts = [cut] if cut else []
    parts += (
        [f"groups of {configuration.dropped.size} without signal dropped"] if configuration.dropped else []
    )
    return f"{configuration.kernel} ({', '.join(parts)})" if parts else configuration.kernel


def _keys(first: Configuration, second: Configuration) -> tuple[tuple[str, str, str], ...]:
    """Settings that were read with other values; a key that only one framework has is named so."""
    values = [{item.key: item.value for item in side.read} for side in (first, second)]
    keys = dict.fromkeys((*values[0], *values[1]))
    pairs = [(key, values[0].get(key, ABSENT), values[1].get(key, ABSENT)) for key in keys]
    return tuple((key, a, b) for key, a, b in pairs if not _alike(a, b))


def _alike(first: str, second: str) -> bool:
    """0.10 and 0.1 are one value, and so are True and true."""
    try:
        return exact(first) == exact(second)
    except InputError:
        return first.lower() == second.lower()


def _order(first: At, second: At) -> Order:
    if (
        first.verdict != PROVED
        or second.verdict != PROVED
        or first.stepping is None
        or second.stepping is None
    ):
        return "undecided"
    a, b = first.stepping.limit, second.stepping.limit
    if a is None or b is None:  # without KL p rises to 1
        return "same" if a is b else "first" if a is None else "second"
    if a.logit[0] > b.logit[1]:
        return "first"
    return "second" if b.logit[0] > a.logit[1] else "undecided"
