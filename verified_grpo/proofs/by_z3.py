"""A second route: algebraic claims over unbounded domains, decided by z3 for all parameters at once.

z3 knows nothing of grids, intervals or the checker. Each claim is refuted in its negation (unsat); beside it
a claim that is a little too strong gets its counterexample (sat), which shows that the question can fail.
"""

from __future__ import annotations

from typing import Any

import z3

TIMEOUT = 60_000  # milliseconds

e, s, t, x, y = z3.Reals("e s t x y")
half = z3.Q(1, 2)


def has_no_solution(*constraints: Any) -> bool:
    """Whether no real point satisfies all constraints; ValueError if z3 does not know."""
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT)
    solver.add(*constraints)
    answer = solver.check()
    if answer == z3.unknown:
        raise ValueError(f"z3 does not know: {solver.reason_unknown()}")
    return bool(answer == z3.unsat)


def exceeds_bmax(share: Any) -> tuple[Any, ...]:
    """B^2 > (share Bmax)^2 somewhere, denominators cleared: s = (2p-1)^2, e = eps."""
    return (
        e > 0,
        s >= 0,
        s <= 1,
        27 * e * (1 + 4 * e) ** 2 * s * (1 - s) ** 2 > share**2 * (1 - s + 4 * e) ** 3,
    )


def test_bmax_bounds_the_slope_for_all_eps() -> None:
    assert has_no_solution(*exceeds_bmax(z3.Q(1, 1)))


def test_a_threshold_one_percent_below_bmax_has_a_counterexample() -> None:
    assert not has_no_solution(*exceeds_bmax(z3.Q(99, 100)))


def test_the_maximum_is_attained_at_the_stated_point_only() -> None:
    peak = s * (1 + 12 * e) == 1 + 4 * e
    equal = 27 * e * (1 + 4 * e) ** 2 * s * (1 - s) ** 2 == (1 - s + 4 * e) ** 3
    assert has_no_solution(e > 0, s >= 0, s <= 1, equal, z3.Not(peak))
    assert has_no_solution(e > 0, peak, z3.Not(equal))


def mean_std_exceeds(share: Any) -> tuple[Any, ...]:
    """The same for std + eps: s = sqrt(p(1-p)), t the peak, 8 eps t^2 + t = eps."""
    peak = (t > 0, 8 * e * t * t + t == e)
    larger = s * s * (1 - 4 * s * s) * (t + e) ** 4 > share**2 * t * t * (1 - 4 * t * t) * (s + e) ** 4
    return (e > 0, s > 0, s <= half, *peak, larger)


def test_bmax_of_mean_std_for_all_eps() -> None:
    assert has_no_solution(*mean_std_exceeds(z3.Q(1, 1)))


def test_a_lower_threshold_of_mean_std_has_a_counterexample() -> None:
    assert not has_no_solution(*mean_std_exceeds(z3.Q(99, 100)), e == z3.Q(1, 4))


def clipped(clip_low: Any) -> Any:
    """The clipped objective equals its piecewise form."""
    low, high = clip_low, 1 + e
    clip = z3.If(x < low, low, z3.If(x > high, high, x))
    smaller = z3.If(x * y < clip * y, x * y, clip * y)
    form = z3.If(y >= 0, y * z3.If(x < 1 + e, x, 1 + e), y * z3.If(x > 1 - e, x, 1 - e))
    return smaller == form


def test_the_clipped_form_holds_for_all_ratios_advantages_and_widths() -> None:
    assert has_no_solution(e >= 0, z3.Not(clipped(1 - e)))


def test_a_clip_from_the_wrong_side_has_a_counterexample() -> None:
    assert not has_no_solution(e >= 0, z3.Not(clipped(1 + e)))


def test_lemma_3_part_2_and_its_hypothesis() -> None:
    """x = exp(z/2), y = exp(a/2): cosh of the sum against the product of cosh."""
    fails = (x * y + 1 / (x * y)) / 2 < (x + 1 / x) * (y + 1 / y) / 4
    assert has_no_solution(x >= 1, y >= 1, fails)
    assert not has_no_solution(x >= 1, y > 0, fails)


def test_amplification_for_all_parameters() -> None:
    """h > p_ref: x = p_ref, y = exp(-Omega/beta)."""
    value = 1 / (1 + (1 - x) / x * y)
    assert has_no_solution(x > 0, x < 1, y > 0, y < 1, value <= x)
    assert not has_no_solution(x > 0, x < 1, y > 0, value <= x)
