"""A configuration asked about one's own prompts, rate by rate: which are lifted, which are held back, up to
which KL weight they get to a target, and what larger groups buy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from ...certificates.grammar.values import AnyCertificate
from ...errors import InputError, MissingFact
from ...intervals import decimal_down, exact
from ...model import Parameters
from ...rigor.points.fixed_points import FixedPoints, fixed_points
from ...rigor.verdicts import PROVED, UNDECIDED, Answer
from ..configurations import K3, REVERSE, Configuration
from ..configurations.comparison import At, at_prompt
from ..configurations.largest_beta import NEEDS, backed, largest_beta
from ..pass_rates.confidence import clopper_pearson
from ..pass_rates.rates import Rate
from .groups import samples_for_a_success, without_signal
from .reading import Prompts

Outcome = Literal["arrives", "held back", "below", "undecided", "no success", "no failure"]
SIZES = (4, 8, 16, 32)
"""Groups that are shown beside the configuration's own."""
SEEN = tuple(Fraction(1, x) for x in (10, 100, 1000))
"""Success rates for which samples are counted."""
SHARES = (Fraction(1), Fraction(9, 10), Fraction(1, 2))
"""Of the prompts that are to get to the target."""
DIGITS = 4


@dataclass(frozen=True)
class OfRate:
    """The prompts of one rate: how many, and where small steps lead them."""

    rate: Rate
    prompts: int
    outcome: Outcome
    at: At | None = None


@dataclass(frozen=True)
class UpTo:
    """The KL weight up to which at least ``share`` of the prompts with a success get to the target: that of
    the prompts of ``p_ref``, rounded down. ``idle_from``: from there on a clamp is shown to be idle."""

    share: Fraction
    p_ref: Fraction
    beta: Fraction
    idle_from: Fraction
    certificate: AnyCertificate | None

    @property
    def is_shown(self) -> bool:
        """Whether there is such a weight."""
        return self.beta >= self.idle_from


@dataclass(frozen=True)
class OfSize:
    """Groups of a size: the exact share that teaches nothing, and the weight for all prompts, where known."""

    size: int
    share: Fraction
    beta: Fraction | None


@dataclass(frozen=True)
class Unseen:
    """Prompts without a success among ``n``: how many, and the largest success rate that they may have."""

    n: int
    prompts: int
    most: Fraction


@dataclass(frozen=True)
class Advice:
    """All of it. ``no_weight``: why no largest weight is said, empty where one is."""

    prompts: Prompts
    configuration: Configuration
    target: Fraction
    confidence: Fraction
    rates: tuple[OfRate, ...]
    weights: tuple[UpTo, ...]
    no_weight: str
    sizes: tuple[OfSize, ...]
    unseen: tuple[Unseen, ...]
    samples: tuple[tuple[Fraction, int], ...]

    @property
    def verdict(self) -> Answer:
        """Proved where nothing is undecided."""
        return UNDECIDED if self.count("undecided") else PROVED

    def count(self, outcome: Outcome) -> int:
        """How many prompts."""
        return sum(one.prompts for one in self.rates if one.outcome == outcome)


def advise(
    prompts: Prompts, configuration: Configuration, *, target: Fraction, confidence: Fraction
) -> Advice:
    """Ask a configuration about every rate of a table.

    Args:
        prompts: by their rates, each taken as the exact ``p_ref``.
        configuration: as it was read, or made of options.
        target: the success rate at which prompts are to end, in (0, 1).
        confidence: of what is said about prompts without a success, in (0, 1).

    Raises:
        InputError: the target or the confidence outside (0, 1).
        MissingFact: the configuration is refused by the name of a key.

    Not proved: that a measured rate is the prompt's; anything in ``configuration.not_covered``.
    """
    if not (0 < target < 1 and 0 < confidence < 1):
        raise InputError("a target and a confidence strictly between 0 and 1 are expected")
    if not configuration.computable or configuration.contrast is None:
        raise MissingFact(f"nothing is computed: {configuration.verdict}")
    rates = tuple(_of_rate(rate, n, configuration, target) for rate, n in prompts.rates.items())
    open_rates = [(Fraction(*one.rate), one.prompts) for one in rates if 0 < Fraction(*one.rate) < target]
    reason = _no_weight(configuration, open_rates)
    weights = () if reason else tuple(_up_to(share, open_rates, configuration, target) for share in SHARES)
    counted = prompts.columns.has_counts
    none = [one for one in rates if one.outcome == "no success"] if counted else []
    return Advice(
        prompts,
        configuration,
        target,
        confidence,
        rates,
        weights,
        reason,
        tuple(_sizes(prompts, configuration, weights, target)),
        tuple(_unseen(one, confidence) for one in none),
        tuple((p, samples_for_a_success(p, confidence)) for p in SEEN),
    )


def _of_rate(rate: Rate, prompts: int, configuration: Configuration, target: Fraction) -> OfRate:
    k, n = rate
    if k in (0, n):
        return OfRate(rate, prompts, "no success" if k == 0 else "no failure")
    at = at_prompt(configuration, Fraction(k, n))
    return OfRate(rate, prompts, _outcome(at, configuration, target), at)


def _outcome(at: At, configuration: Configuration, target: Fraction) -> Outcome:
    if at.stepping is None or at.verdict != PROVED:
        return "undecided"
    limit = at.stepping.limit
    if at.p_ref >= target or limit is None or exact(limit.p[0]) >= target:
        return "arrives"
    if exact(limit.p[1]) >= target:
        return "undecided"
    return "held back" if _higher(at, configuration, target) else "below"


def _higher(at: At, configuration: Configuration, target: Fraction) -> bool:
    """Whether a fixed point at the target or above exists, too: a fold lies between. Under k3 there is one
    fixed point; with a clamp or dropped groups others are not looked for."""
    plain = configuration.under_its_kl(at.p_ref).computable
    if not plain or configuration.regulariser != REVERSE or configuration.contrast is None:
        return False
    beta, eps = configuration.beta, configuration.eps
    found = fixed_points(configuration.contrast, Parameters.of(beta=beta, eps=eps, p_ref=at.p_ref))
    return isinstance(found, FixedPoints) and exact(found.points[-1].p[0]) >= target


def _no_weight(configuration: Configuration, prompts: list[tuple[Fraction, int]]) -> str:
    """Why there is no largest weight to say."""
    assert configuration.contrast is not None
    if not prompts:
        return "every prompt with a success is at the target already, or there is none"
    if configuration.dropped:
        return configuration.dropped.words
    if configuration.kernel not in (REVERSE, K3):
        return "the configuration's KL is none of the model's, whatever its weight"
    return configuration.contrast.lacks(*NEEDS)


def _up_to(
    share: Fraction, prompts: list[tuple[Fraction, int]], configuration: Configuration, target: Fraction
) -> UpTo:
    """The weight of the prompts that decide: it grows with p_ref."""
    p_ref = _deciding(share, prompts)
    assert configuration.contrast is not None
    forward = configuration.kernel == K3
    found = largest_beta(configuration.contrast, configuration.eps, p_ref, target, forward=forward)
    beta = exact(decimal_down(found, DIGITS))
    idle = configuration.least_weight(p_ref) if configuration.clamps else Fraction(0)
    proof = (
        None if forward else backed(configuration.contrast, configuration.eps, (p_ref, p_ref), beta, target)
    )
    return UpTo(share, p_ref, beta, idle, proof)


def _deciding(share: Fraction, prompts: list[tuple[Fraction, int]]) -> Fraction:
    """The largest rate at and above which that share of the prompts lies."""
    needed = share * sum(count for _, count in prompts)
    have = 0
    for p, count in sorted(prompts, reverse=True):
        have += count
        if have >= needed:
            return p
    raise AssertionError("a share of at most 1")


def _sizes(
    prompts: Prompts, configuration: Configuration, weights: tuple[UpTo, ...], target: Fraction
) -> list[OfSize]:
    own = configuration.group_size
    contrast, found = configuration.contrast, []
    for size in sorted({*SIZES, *([own] if own else [])}):
        beta = None
        if weights and contrast is not None and contrast.name == "group":
            resized = replace(configuration, contrast=replace(contrast, group_size=size))
            weight = _up_to(Fraction(1), [(weights[0].p_ref, 1)], resized, target)
            beta = weight.beta if weight.is_shown else None
        found.append(OfSize(size, without_signal(prompts.rates, size), beta))
    return found


def _unseen(one: OfRate, confidence: Fraction) -> Unseen:
    n = one.rate[1]
    return Unseen(n, one.prompts, Fraction(clopper_pearson(0, n, confidence)[1]))
