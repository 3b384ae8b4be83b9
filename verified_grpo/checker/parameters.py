"""Which recursion a statement speaks of: the variant, and the box of its parameters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.contrasts.scaled import read_scaled
from verified_grpo.checker.contrasts.table import CONTRASTS
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.numbers import Interval, number_or_interval
from verified_grpo.checker.reading import describe_range as describe_range
from verified_grpo.checker.reading import mapping, record, tag

AXES = ("alpha", "beta", "eps", "p_ref")


@dataclass(frozen=True)
class Parameters:
    """A closed box: alpha in [0, 1], beta > 0, eps > 0, 0 < p_ref < 1, each an interval or a point."""

    alpha: Interval
    beta: Interval
    eps: Interval
    p_ref: Interval

    def __contains__(self, inner: Parameters) -> bool:
        pairs = [(getattr(self, axis), getattr(inner, axis)) for axis in AXES]
        return all(outer[0] <= within[0] and within[1] <= outer[1] for outer, within in pairs)

    @cached_property
    def is_point(self) -> bool:
        """Whether all four are exact numbers."""
        return self.is_exact(*AXES)

    def is_exact(self, *axes: str) -> bool:
        """Whether these are exact numbers."""
        return all(lower == upper for lower, upper in (getattr(self, axis) for axis in axes))

    def require_mirror(self) -> None:
        """T(L) - L = Omega(L)/beta > 0 everywhere."""
        require(self.alpha[1] == 0, Code.WRONG_RULE, "the rule 'mirror' is for alpha = 0 alone")

    def require_positive_alpha(self) -> None:
        """With alpha = 0 there is no fixed point, and 1/(alpha beta) has no bound as alpha nears 0."""
        require(self.alpha[0] > 0, Code.ALPHA_REACHES_ZERO, "alpha reaches 0, where no fixed point exists")

    def corner(self, side: int) -> Parameters:
        """The point of the box where the gap g is lowest (0) or highest (1), at every L."""
        alpha, beta, eps, p_ref = self.alpha[side], self.beta[side], self.eps[side], self.p_ref[1 - side]
        return Parameters((alpha, alpha), (beta, beta), (eps, eps), (p_ref, p_ref))

    @cached_property
    def gain(self) -> Interval:
        """The range of c = 1/(alpha beta); alpha must be positive."""
        return 1 / (self.alpha[1] * self.beta[1]), 1 / (self.alpha[0] * self.beta[0])


def read_parameters(value: object, where: str, *, beta_may_be_0: bool = False) -> Parameters:
    """The box of a statement, or the point of a witness; for small steps alone beta may be 0."""
    fields = record(value, where, AXES)
    box = Parameters(**{axis: number_or_interval(fields[axis], f"{where}.{axis}") for axis in AXES})
    one = Fraction(1)
    for axis, inside in (
        ("alpha in [0, 1]", box.alpha[0] >= 0 and box.alpha[1] <= one),
        (
            "beta >= 0" if beta_may_be_0 else "beta > 0",
            box.beta[0] > 0 or (beta_may_be_0 and box.beta[0] == 0),
        ),
        ("eps > 0", box.eps[0] > 0),
        ("0 < p_ref < 1", box.p_ref[0] > 0 and box.p_ref[1] < one),
    ):
        require(inside, Code.OUTSIDE_DOMAIN, f"{where}: {axis} does not hold")
    return box


def read_contrast(value: object, where: str) -> Contrast:
    """The contrast of a variant."""
    name = tag(value, where, "contrast", CONTRASTS)
    return read_scaled(value, where, CONTRASTS[name].read)


_MAP = "Map: T(L) = (1-alpha) L + alpha log(p_ref/(1-p_ref)) + Omega(L)/beta on the real line of log-odds L"
MAP_OF_STEPS = (
    "Map: T(L) = (1-a alpha) L + a alpha log(p_ref/(1-p_ref)) + (a/beta) Omega(L) on the line of log-odds L"
)


def describe(value: object, contrast: Contrast, law: str = _MAP) -> str:
    """The hypotheses of a statement in words, from the texts of its parameters."""
    parameters = mapping(value, "parameters")
    ranges = [describe_range(axis, parameters[axis]) for axis in AXES]
    return f"Parameters: {', '.join(ranges)}.\n{law},\n  with {contrast.formula}, p = 1/(1+exp(-L)).\n"
