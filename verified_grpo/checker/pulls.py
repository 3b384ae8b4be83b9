"""What holds the policy: pulls R of the drive F = Omega - beta R, by kernels of the ratio to the reference.

A penalty of an outcome is a function k of r = pi_ref/pi, with k(1) = 0: the policy's gradient of the KL is
the mean of k(r) grad log pi. On successes r = p_ref/p, on failures r = (1-p_ref)/(1-p), and one
natural-gradient step of size eta at frozen advantages moves the log-odds by eta times the difference of
successes and failures, eta F(L), with

    R(L) = w(p) k(p_ref/p) - w(1-p) k((1-p_ref)/(1-p)).

Kernels: "reverse", k = -log r, is KL(pi || pi_ref): R = L - L_ref; "k3", k = 1 - r, is the gradient of the
estimator r - 1 - log r; "weighted", k = -log r, is that of the estimator times the likelihood ratio pi/pi_old
= 1. Clamped at c > 0, k is 0 where r - 1 - log r > c: the estimator, or the product, is c there.
Weights: w = 1; where groups of G answers with one reward are dropped, w(v) = 1 - v^(G-1), the probability
that the other answers of a group are not all of this class. (Where the loss is a mean over kept
answers, F is divided by 1 - p^G - (1-p)^G: another size of the steps.)

With v the probability of a class, o = 1 - v, du/dL = o (w g - (G-1) v^(G-1) k) for successes, u = w k, and
minus that for failures: dr/dL = -r o, dv/dL = v o (failures: both with the other sign); g = r for "k3", else
g = 1. So R' is the sum of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import least, most, sigma
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, exact
from verified_grpo.checker.reading import choice, mapping, natural, record

KERNELS = ("reverse", "k3", "weighted")
LARGEST_GROUP = 1024
_TIGHTENINGS = 8
_ZERO = Fraction(0)


@dataclass(frozen=True)
class _Class:
    """One class of outcomes over a cell and all p_ref: bounds of the ratio and its logarithm; at both ends of
    the cell the probability of the class, and of the other."""

    ratios: Balls
    logs: Balls
    shares: Balls
    others: Balls

    def is_cut(self, clamp: Fraction) -> bool:
        """Whether the estimator exceeds the clamp on all of the cell: it does at the end nearer to r = 1."""
        near = 0 if self.logs[0] > 0 else 1 if self.logs[1] < 0 else None
        return near is not None and bool(self._estimator(near) > ball(clamp))

    def is_free(self, clamp: Fraction) -> bool:
        """Whether it is below the clamp on all of the cell: the estimator is convex in r."""
        return all(self._estimator(end) < ball(clamp) for end in (0, 1))

    def _estimator(self, end: int) -> Ball:
        return self.ratios[end] - 1 - self.logs[end]


@dataclass(frozen=True)
class Pull:
    """A kernel, where it is clamped, and the size of groups that are dropped where all rewards are alike."""

    kernel: str
    clamp: Fraction | None
    group: int | None

    @classmethod
    def read(cls, value: object, where: str) -> tuple[Pull, str]:
        """The pull of a statement, and its formula in words."""
        given = mapping(value, where)
        optional = tuple(key for key in ("clamp", "dead_groups") if key in given)
        fields = record(value, where, ("kernel", *optional))
        kernel = choice(fields["kernel"], f"{where}.kernel", KERNELS)
        clamp = exact(fields["clamp"], f"{where}.clamp") if "clamp" in fields else None
        group = natural(fields["dead_groups"], f"{where}.dead_groups") if "dead_groups" in fields else None
        known = clamp is None or (kernel != "reverse" and clamp > 0)
        require(known, Code.OUTSIDE_DOMAIN, f"{where}: clamp > 0 of the kernel 'k3' does not hold")
        sized = group is None or 2 <= group <= LARGEST_GROUP
        require(sized, Code.OUTSIDE_DOMAIN, f"{where}: 2 <= dead_groups <= {LARGEST_GROUP} does not hold")
        return cls(kernel, clamp, group), _words(kernel, fields.get("clamp"), group)

    def over(self, cell: Interval, p_ref: Interval) -> Balls:
        """Bounds of R over a cell of L and all p_ref."""
        success, failure = (_product(self._weight(x), self._value(x)) for x in _classes(cell, p_ref))
        return success[0] - failure[1], success[1] - failure[0]

    def slope_over(self, cell: Interval, p_ref: Interval) -> Balls:
        """Bounds of R' over a cell and all p_ref, wherever the clamp does not set in."""
        success, failure = (self._slope(x) for x in _classes(cell, p_ref))
        return success[0] + failure[0], success[1] + failure[1]

    def is_smooth(self, cell: Interval, p_ref: Interval) -> bool:
        """Whether the clamp sets in nowhere inside of the cell, for no p_ref."""
        clamp = self.clamp
        return clamp is None or all(x.is_free(clamp) or x.is_cut(clamp) for x in _classes(cell, p_ref))

    def ceiling(self, start: Fraction, p_ref: Interval) -> Ball | None:
        """An upper bound of R at and above a point, or None: where failures are clamped they stay so, and k
        of successes, whose r exceeds p_ref, is 0 or less than 1 - p_ref, or -log p_ref; their weight falls
        in L."""
        success, failure = _classes((start, start), p_ref)
        if self.clamp is None or failure.logs[0] <= 0 or not failure.is_cut(self.clamp):
            return None
        most = ball(1 - p_ref[0]) if self.kernel == "k3" else -ball(p_ref[0]).log()
        return self._weight(success)[1] * most

    def _weight(self, part: _Class) -> Balls:
        """1 - v^(G-1)."""
        fewest, all_of = self._alike(part)
        return (ball(1), ball(1)) if self.group is None else (1 - all_of, 1 - fewest)

    def _alike(self, part: _Class) -> Balls:
        """v^(G-1)."""
        return _ordered(*(v ** ((self.group or 1) - 1) for v in part.shares))

    def _value(self, part: _Class) -> Balls:
        """k over the class."""
        if self.kernel != "k3":
            return self._unless_clamped((-part.logs[1], -part.logs[0]), part)
        low, high = self._ratio(part)
        return self._unless_clamped((1 - high, 1 - low), part)

    def _ratio(self, part: _Class) -> Balls:
        """r over the class as far as it is not clamped: there r <= 1 + c + log r, which rises in r."""
        low, high = part.ratios
        if self.clamp is not None and part.logs[1] > 0 and not part.is_free(self.clamp):
            for _ in range(_TIGHTENINGS):
                high = ball(1 + self.clamp) + high.log()
        return low, high

    def _slope(self, part: _Class) -> Balls:
        """o (w g - (G-1) v^(G-1) k)."""
        steep = self._ratio(part) if self.kernel == "k3" else (ball(1), ball(1))
        low, high = _product(self._weight(part), steep)
        if self.group is not None:
            k = _product(self._alike(part), self._value(part))
            low, high = low - (self.group - 1) * k[1], high - (self.group - 1) * k[0]
        return self._unless_clamped(_product(_ordered(*part.others), (low, high)), part)

    def _unless_clamped(self, value: Balls, part: _Class) -> Balls:
        """The value, or 0, or anything between."""
        if self.clamp is None or part.is_free(self.clamp):
            return value
        if part.is_cut(self.clamp):
            return ball(0), ball(0)
        return value[0].min(ball(0)), value[1].max(ball(0))


def _product(x: Balls, y: Balls) -> Balls:
    corners = [a * b for a in x for b in y]
    return least(*corners), most(*corners)


def _ordered(x: Ball, y: Ball) -> Balls:
    return x.min(y), x.max(y)


def _classes(cell: Interval, p_ref: Interval) -> Iterator[_Class]:
    """Successes, whose ratio falls in L, then failures, whose ratio rises; it rises in the class's share of
    the reference."""
    for (near, far), (fewest, all_of) in (
        ((ball(cell[1]), ball(cell[0])), p_ref),
        ((ball(-cell[0]), ball(-cell[1])), (1 - p_ref[1], 1 - p_ref[0])),
    ):
        ratios = tuple(ball(ref) * (1 + (-x).exp()) for ref, x in ((fewest, near), (all_of, far)))
        low, high = ratios
        shares, others = ((sigma(s * near), sigma(s * far)) for s in (1, -1))
        yield _Class((low, high), (low.log(), high.log()), shares, others)


def _words(kernel: str, clamp: object, group: int | None) -> str:
    weights = "" if group is None else f", w(v) = 1 - v^{group - 1}"
    first, second = ("", "") if group is None else ("w(p) ", "w(1-p) ")
    k = "1 - r" if kernel == "k3" else "-log r"
    if clamp is not None:
        k += f" where r - 1 - log r <= {clamp}, else 0"
    return f"R(L) = {first}k(p_ref/p) - {second}k((1-p_ref)/(1-p)){weights}, k(r) = {k}"
