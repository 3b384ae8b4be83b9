"""A 2-cycle enclosed: the suite's answer, which proves that the sequence from p_ref ends there, and what a
peer's user would write, interval Newton on ``T(T(L)) - L`` from a guess in floats (an enclosure of one point,
and that no other is near).

mean-var, beta 5, eps 1e-5, p_ref 212/1000000, alpha 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from mpmath import iv

from verified_grpo.model import MEAN_VAR, Parameters
from verified_grpo.rigor import limit
from verified_grpo.rigor.sequences.outcomes import ConvergesToCycle

from .contestant import optional
from .peers.upward import codac, rounding_its_way
from .suite import forget
from .timing import rounded, summary, take_turns

BETA, EPS, P_REF = 5.0, 1e-5, Fraction(212, 10**6)
GUESS, RADIUS = -7.8933115, 1e-5
OURS, YARDSTICK = "verified-grpo, arb", "mpmath.iv Newton"
Bracket = tuple[float, float]


def ours() -> Bracket:
    """The lower point of the cycle to which the sequence tends, and all that the answer proves."""
    found = limit(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref=P_REF))
    if not isinstance(found, ConvergesToCycle):
        raise AssertionError(f"the benchmark's cycle was not found: {found}")
    low, high = found.points[0].logit
    return float(low), float(high)


def newton(
    interval: Callable[[float, float], Any], functions: Any, ends: Callable[[Any], Bracket]
) -> Bracket:
    """With any package's intervals; eps is enclosed by the doubles next to its own."""
    one, beta = interval(1.0, 1.0), interval(BETA, BETA)
    eps = interval(math.nextafter(EPS, 0), math.nextafter(EPS, 1))
    successes, failures = float(P_REF.numerator), float(P_REF.denominator - P_REF.numerator)
    log_odds_ref = functions.log(interval(successes, successes) / interval(failures, failures))

    def step(x: Any) -> tuple[Any, Any]:
        """``T`` and its slope."""
        growth = functions.exp(x)
        p, q = growth / (one + growth), one / (one + growth)
        shifted = p * q + eps
        root = functions.sqrt(shifted)
        return log_odds_ref + one / (beta * root), (p - q) * p * q / (2 * beta * shifted * root)

    low, high = GUESS - RADIUS, GUESS + RADIUS
    for _ in range(20):
        middle = (low + high) / 2
        second = step(step(interval(middle, middle))[0])[0]
        once, slope = step(interval(low, high))
        change = slope * step(once)[1] - one
        left, right = ends(interval(middle, middle) - (second - interval(middle, middle)) / change)
        inside = max(left, low), min(right, high)
        if inside[1] - inside[0] > 0.9 * (high - low):
            break
        low, high = inside
    return low, high


def contestants() -> dict[str, Callable[[], Bracket] | None]:
    """By name; None where a peer is not installed."""
    pyintval, crival = optional("pyintval"), optional("ival")

    def of_iv(x: Any) -> Bracket:
        return float(x.a.a), float(x.b.b)

    def of_ends(x: Any) -> Bracket:
        return float(x.lo), float(x.hi)

    return {
        OURS: ours,
        YARDSTICK: partial(newton, lambda low, high: iv.mpf([low, high]), iv, of_iv),
        "pyintval Newton": partial(newton, pyintval.Interval, pyintval, of_ends) if pyintval else None,
        "crival Newton": partial(newton, crival.Interval, crival, of_ends) if crival else None,
        "codac Newton": rounding_its_way(
            partial(newton, codac.Interval, codac, lambda x: (x.lb(), x.ub()))
        ) if codac else None,
    }  # fmt: skip


def measure(rounds: int) -> dict[str, Any]:
    """Seconds, widths, and whether all enclosures meet."""
    entered = contestants()
    racing = {name: work for name, work in entered.items() if work is not None}
    times, found = take_turns(racing, rounds, dict.fromkeys(racing, forget))
    report: dict[str, Any] = dict.fromkeys(entered, "not installed")
    for name, (low, high) in found.items():
        report[name] = {**summary(times[name], times[YARDSTICK]), "width": rounded(high - low)}
    mine = found[OURS]
    apart = [name for name, (low, high) in found.items() if low > mine[1] or high < mine[0]]
    return {"contestants": report, "disagreements": apart}
