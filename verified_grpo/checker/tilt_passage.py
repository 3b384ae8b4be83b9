"""Part "passage" of kind "answer-classes": after how many exact updates the mean reward, or the share of
correct answers, is at a level.

Lemma 65 (passage of the tilt). Let theta_0 = 0, theta_n = T(theta_{n-1}), X one of M and C. If X(theta_k) < R
for all k < n and X(theta_n) >= R, by enclosures along the sequence, n is the first index with X(theta_n) >=
R. If T is a step of lemma 50 there is none if M(theta*) < R, or the supremum of C on [0, theta*] is below R.
If theta_N is in the trap of lemma 51 there is none if X(theta_k) < R for k < N, and X < R on [a-r, b+r].
  In the one case the sequence stays in [0, theta*], on which M, whose slope is V >= 0, is largest at theta*;
  in the other it comes no farther from x from N on.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.contrasts.jets import Span
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, exact
from verified_grpo.checker.reading import choice, natural, record
from verified_grpo.checker.tilt import Tilt

MAX_STEPS = 10_000
NAMES = {"mean_reward": "M", "correct": "C"}
_ZERO = Fraction(0)


@dataclass(frozen=True)
class TiltPassage:
    """The first n with X(theta_n) >= reach; `steps` None: there is none."""

    of: str
    reach: Fraction
    steps: int | None
    words: str

    @classmethod
    def read(cls, value: object, known: bool) -> TiltPassage:
        """From the statement; `known`: whether the classes say what is correct."""
        where = "statement.passage"
        fields = record(value, where, ("of", "reach", "steps"))
        of = choice(fields["of"], f"{where}.of", tuple(NAMES) if known else ("mean_reward",))
        steps = None if fields["steps"] is None else natural(fields["steps"], f"{where}.steps")
        require((steps or 0) <= MAX_STEPS, Code.TOO_MUCH_WORK, f"{where}: more than {MAX_STEPS} steps")
        level = f"{NAMES[of]} at theta_n >= {fields['reach']}"
        words = f"for no n is {level}." if steps is None else f"the first n with {level} is {steps}."
        reach = exact(fields["reach"], f"{where}.reach")
        law = "theta_n = (1-alpha) theta_(n-1) + Omega(theta_(n-1))/beta"
        return cls(of, reach, steps, f"\nAlong {law},\n  {words}")

    def check_reached(self, tilt: Tilt, alpha: Fraction, beta: Fraction) -> None:
        """The value at each theta_n up to the one that is there."""
        assert self.steps is not None
        theta = self._not_before(tilt, alpha, beta, self.steps)
        there = self._value(tilt, theta).lower >= ball(self.reach)
        require(bool(there), Code.PASSAGE_NOT_PROVED, "the level is not proved to be reached")

    def check_trapped(
        self, tilt: Tilt, alpha: Fraction, beta: Fraction, steps: int, around: Interval
    ) -> None:
        """Never, by a trap that has been proved to catch the sequence after so many steps."""
        self._not_before(tilt, alpha, beta, steps)
        self.check_never((tilt.mean(around) if self.of == "mean_reward" else tilt.correct(around)).upper)

    def _not_before(self, tilt: Tilt, alpha: Fraction, beta: Fraction, steps: int) -> Ball:
        """theta_n for n = steps; the value is below the level before."""
        theta, reach = ball(0), ball(self.reach)
        for _ in range(steps):
            below = self._value(tilt, theta).upper < reach
            require(bool(below), Code.PASSAGE_NOT_PROVED, "the level may be reached before")
            theta = updated(tilt, alpha, beta, theta)
        return theta

    def check_never(self, top: Ball) -> None:
        """`top` bounds the value on the way to the least fixed point."""
        below = top < ball(self.reach)
        require(bool(below), Code.PASSAGE_NOT_PROVED, "the level may be reached on the way")

    def _value(self, tilt: Tilt, theta: Ball) -> Span:
        require(theta.is_finite(), Code.ORBIT_LOST, "the orbit's enclosure is not finite")
        first, last = in_force().ends(theta)
        cell = max(first, _ZERO), last
        return tilt.mean(cell) if self.of == "mean_reward" else tilt.correct(cell)


def updated(tilt: Tilt, alpha: Fraction, beta: Fraction, theta: Ball) -> Ball:
    """T at an enclosure, by its middle and the slope."""
    require(theta.is_finite(), Code.ORBIT_LOST, "the orbit's enclosure is not finite")
    first, last = in_force().ends(theta)
    first = max(first, _ZERO)  # theta >= 0 always
    middle = (first + last) / 2
    rise = tilt.slope((first, last)) * Span(ball(first - middle), ball(last - middle))
    omega = tilt.omega((middle, middle)) + rise
    return ball(1 - alpha) * theta + omega.lower.union(omega.upper) * ball(1 / beta)
