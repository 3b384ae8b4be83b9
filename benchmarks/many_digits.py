"""One triple at 1,000 and 10,000 digits: the cost against one exponential of Arb at that precision."""

from __future__ import annotations

from functools import partial
from typing import Any

from flint import arb, ctx
from mpmath import iv

from .cases import THREE_ROOTS
from .peers import mpmath_iv
from .suite import forget, solver
from .timing import rounded, seconds, summary, take_turns

BISECTION_LIMIT = 1_000
"""Beyond this many digits the yardstick is not run but estimated: one evaluation of the gap for each step."""


def measure(digits: int, rounds: int) -> dict[str, Any]:
    """Seconds of the whole triple (three fixed points), in exponentials and against the yardstick."""
    bits = digits * 10 // 3 + 64
    one = min(exponential(bits) for _ in range(5))
    names = {engine: f"verified-grpo, {engine}" for engine in ("arb", "mpmath")}
    times, found = take_turns(
        {names[engine]: partial(solver(engine, digits), THREE_ROOTS) for engine in names},
        rounds,
        dict.fromkeys(names.values(), forget),
    )
    measured = digits <= BISECTION_LIMIT
    yardstick = seconds(partial(mpmath_iv.solve, THREE_ROOTS, digits))[0] if measured else _estimate(digits)
    return {
        "digits": digits,
        "fixed_points": found[names["arb"]].count,
        "one_exponential_seconds": rounded(one),
        "mpmath.iv bisection": {"seconds": rounded(yardstick), "measured": measured},
        **{
            name: {**summary(spent, [yardstick]), "exponentials": rounded(min(spent) / one)}
            for name, spent in times.items()
        },
    }


def exponential(bits: int) -> float:
    """Seconds of one exp of a full-length argument, constants cached."""
    before = ctx.prec
    ctx.prec = bits
    try:
        argument = arb(10) / 7
        argument.exp()
        number = max(20, 200_000 // bits)  # the clock is coarse
        return seconds(lambda: [argument.exp() for _ in range(number)])[0] / number
    finally:
        ctx.prec = before


def _estimate(digits: int) -> float:
    """Steps of bisection for three brackets, times one evaluation of the gap."""
    before = iv.prec
    iv.prec = 30 + digits * 10 // 3
    try:
        gap = mpmath_iv.Gap.of(THREE_ROOTS)
        point = iv.mpf(10) / 7
        gap.value(point)
        return seconds(lambda: gap.value(point))[0] * 3 * digits * 10 / 3
    finally:
        iv.prec = before
