"""What a numerical experiment hands to a report: runs of Algorithm 1 and what was measured on them.

No certificate stands behind any of it; the page made from it says so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """A measured number and the bound that it is expected to keep."""

    text: str
    measured: float
    bound: float

    @property
    def kept(self) -> bool:
        return self.measured <= self.bound


@dataclass(frozen=True)
class Runs:
    """Probabilities of success, term by term, of several runs of Algorithm 1, in floating point.

    Attributes:
        exact: the recursion.
        solved: each objective maximised to the solver's tolerance.
        sampled: advantages of sampled groups, gradient ascent until converged; one run a seed.
        practised, noisy: a few steps of gradient ascent, with expected advantages and with those of sampled
            groups.
        bars: six standard errors of the sampled runs, in log-odds.
        variation: total variation between the policies of `practised` and the exact ones.
        fixed, bound: the fixed point, and d/(1-k), with d the largest error of the first noisy run from step
            `settled` on.
        checks: what was measured.
    """

    exact: tuple[float, ...]
    solved: tuple[float, ...]
    sampled: tuple[tuple[float, ...], ...]
    practised: tuple[float, ...]
    noisy: tuple[tuple[float, ...], ...]
    bars: tuple[float, ...]
    variation: tuple[float, ...]
    fixed: float
    bound: float
    settled: int
    checks: tuple[Check, ...]
