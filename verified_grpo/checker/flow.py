"""Kind "flow-time": when the flow of infinitely small steps is at a target, for every parameter of a box.

dL/dt = w(L) F(L), L(0) = L_ref, with the drive F(L) = Omega(L) - alpha beta (L - L_ref) of small_steps.py and
the metric w = 1 or w = p(1-p) = v; t = log(P/(1-P)). beta may be 0.

Lemma 41 (time). If F > 0 on [L_ref, t], p is first P at the time integral dL/(w F) from L_ref to t; it is 0
if P <= p_ref. If F(x) <= 0 for some x in [L_ref, t), then p < P for ever. Over a box, let F_s and F_f be the
drives at the corners where F is least (alpha, beta, eps largest, p_ref least) and largest: the time is at
most that of F_s from the least L_ref, at least the integral of 1/(w F_f) over any part of [the largest L_ref,
t].
  L' = w F with smooth w and F > 0 rises, so time is a function of L with the derivative 1/(w F). At the least
  zero of F the constant is a solution, which no other crosses. For L >= L_ref, alpha beta (L - L_ref) is
  largest at the one corner and least at the other, and Omega > 0 falls in eps (else all eps are meant): F_s
  <= F <= F_f.

Lemma 56 (a plateau). At exact parameters let F > 0 on [L_ref, t] and the integral of 1/(w F) over some part
of [x, y] that lies in [L_ref, t] be at least half of a bound of the whole time. Then the flow spends at least
half of the time until p = P with its log-odds in [x, y].
  By lemma 41 the time on a part is the integral over it.

Lemma 43 (a cell). Let y = 1/(w F) on [a, b] with b - a = h, middle c, and d_1 <= y' <= d_2. Then the integral
of y differs from h y(c) by at most (d_2 - d_1) h^2/8.
  y(x) - y(c) lies between d_1 (x-c) and d_2 (x-c), in one order or the other (mean value theorem); on both
  sides of c together these integrate to (d_2 - d_1) h^2/8 and its opposite.
y' = -(w' F + w F')/(w F)^2 with F' = b - alpha beta and v' = -v d. On a cell F is F(c) up to h/2 times F'.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.contrasts.jets import Span, exactly
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.falls import read_points
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    log_odds,
    logit,
    logit_interval,
    precision,
    read_evidence,
)
from verified_grpo.checker.parameters import AXES, read_contrast, read_parameters
from verified_grpo.checker.reading import choice, describe_range, mapping, pair, record, tag
from verified_grpo.checker.recursion import Recursion

METRICS = ("1", "p(1-p)")
_FIELDS: dict[str, tuple[str, ...]] = {"reached": ("time",), "never": ()}
_ZERO = Fraction(0)


@dataclass(frozen=True)
class FlowTime:
    """For every parameter of the box the flow is at `reach` at a time in `time`; None: never."""

    recursion: Recursion
    metric: str
    reach: Fraction
    time: Interval | None
    words: str
    plateau: Interval | None = None

    @classmethod
    def read(cls, statement: dict[str, object]) -> FlowTime:
        """The statement; where it is reached it says when."""
        verdict = tag(statement, "statement", "verdict", tuple(_FIELDS))
        keys = ("kind", "variant", "parameters", "metric", "reach", "verdict", *_FIELDS[verdict])
        fields = record(statement, "statement", keys, ("plateau",) if verdict == "reached" else ())
        contrast = read_contrast(fields["variant"], "statement.variant")
        box = read_parameters(fields["parameters"], "statement.parameters", beta_may_be_0=True)
        contrast.require_defined(box.eps)
        metric = choice(fields["metric"], "statement.metric", METRICS)
        reach = exact(fields["reach"], "statement.reach")
        require(0 < reach < 1, Code.OUTSIDE_DOMAIN, "statement.reach: 0 < reach < 1 does not hold")
        given = mapping(fields["parameters"], "statement.parameters")
        speed = "F(L)" if metric == "1" else "p (1-p) F(L)"
        words = (
            f"Parameters: {', '.join(describe_range(axis, given[axis]) for axis in AXES)}.\n"
            f"Flow: dL/dt = {speed}, L(0) = log(p_ref/(1-p_ref)), on the line of log-odds L,\n"
            f"  F(L) = Omega(L) - alpha beta (L - L(0)), {contrast.formula}, p = 1/(1+exp(-L)).\n"
        )
        if verdict == "never":
            words += f"For all these parameters and all times t >= 0: p(t) < {fields['reach']}."
            return cls(Recursion(contrast, box), metric, reach, None, words)
        ends = pair(fields["time"], "statement.time")
        low, high = (exact(end, "statement.time") for end in ends)
        words += (
            f"For all these parameters p(t) >= {fields['reach']} first at a time t with "
            f"{describe_range('t', fields['time'])}."
        )
        if "plateau" not in fields:
            return cls(Recursion(contrast, box), metric, reach, (low, high), words)
        plateau = logit_interval(fields["plateau"], "statement.plateau")
        require(box.is_point, Code.OUTSIDE_DOMAIN, "statement.plateau: one is told at exact parameters alone")
        words += f"\nAt least half of this time {describe_range('L', fields['plateau'])}."
        return cls(Recursion(contrast, box), metric, reach, (low, high), words, plateau)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        rule = "barrier" if self.time is None else "cells"
        tag(evidence, "evidence", "rule", (rule,))
        slow, fast = (self.recursion.corner(k) for k in (1, 0))
        cost = self.recursion.contrast.cost
        if self.time is None:
            fields, bits = read_evidence(evidence, "barrier")
            pay_for_evaluations(6, bits, cost)
            with precision(bits):
                self._check_barrier(fast, logit(fields["barrier"], "evidence.barrier"))
            return
        fields, bits = read_evidence(evidence, "slow", "fast")
        covering, inside = (read_points(fields[key], f"evidence.{key}") for key in ("slow", "fast"))
        pay_for_evaluations(8 * (len(covering) + len(inside) + 1), bits, cost)
        with precision(bits):
            self._check_at_most(slow, covering, self.time[1])
            self._check_at_least(fast, inside, self.time[0])

    def _check_at_most(self, slow: Recursion, cuts: list[Fraction], time: Fraction) -> None:
        if self.reach > self.recursion.box.p_ref[0]:  # else it is there at once
            covered = len(cuts) > 1 and bool(ball(cuts[0]) <= slow.anchor(0))
            covered = covered and bool(ball(cuts[-1]) >= log_odds(self.reach))
            require(covered, Code.PASSAGE_NOT_PROVED, "the slow cells do not reach from L_ref to the target")
        total = ball(0)
        for cell in pairwise(cuts):
            total = total + self._over(slow, cell).upper
        require(bool(total <= ball(time)), Code.PASSAGE_NOT_PROVED, "the time may be longer")

    def _check_at_least(self, fast: Recursion, cuts: list[Fraction], time: Fraction) -> None:
        total, spent = ball(0), ball(0)
        if cuts:
            inside = fast.anchor(0) <= ball(cuts[0]) and ball(cuts[-1]) <= log_odds(self.reach)
            require(bool(inside), Code.PASSAGE_NOT_PROVED, "the fast cells lead out of L_ref and the target")
        for cell in pairwise(cuts):
            least = self._over(fast, cell).lower
            total = total + least
            if self.plateau is not None and self.plateau[0] <= cell[0] and cell[1] <= self.plateau[1]:
                spent = spent + least
        require(bool(total >= ball(time)), Code.PASSAGE_NOT_PROVED, "the time may be shorter")
        if self.plateau is not None and self.time is not None:
            half = bool(spent * 2 >= ball(self.time[1]))
            require(half, Code.PASSAGE_NOT_PROVED, "less than half of the time may be spent on the plateau")

    def _check_barrier(self, fast: Recursion, barrier: Fraction) -> None:
        held = fast.anchor(0) <= ball(barrier) and ball(barrier) < log_odds(self.reach)
        require(bool(held), Code.PASSAGE_NOT_PROVED, "the barrier is not between p_ref and the target")
        turned = self._drive(fast, barrier).upper <= 0
        require(bool(turned), Code.PASSAGE_NOT_PROVED, "the barrier is not proved to hold")

    def _drive(self, corner: Recursion, point: Fraction) -> Span:
        cell, box = (point, point), corner.box
        pull = ball(box.alpha[0] * box.beta[0]) * (ball(point) - corner.anchor(0))
        return Span(corner.least_omega(cell) - pull, corner.largest_omega(cell) - pull)

    def _over(self, corner: Recursion, cell: Interval) -> Span:
        """The integral of 1/(w F) over a cell, by lemma 43."""
        middle, width = (cell[0] + cell[1]) / 2, ball(cell[1] - cell[0])
        low, high = corner.slope(cell)
        pull = ball(corner.box.alpha[0] * corner.box.beta[0])
        falls = Span(low - pull, high - pull)
        here, half = self._drive(corner, middle), width / 2
        drive = here + falls * Span(-half, half)
        metric, bends = self._metric(cell)
        speed = metric * drive
        require(bool(speed.lower > 0), Code.PASSAGE_NOT_PROVED, "F > 0 is not proved on a cell")
        once = (self._metric((middle, middle))[0] * here).inverse()
        inverse = speed.inverse()
        slope = -((bends * drive + metric * falls) * (inverse * inverse))
        swing = (slope.upper - slope.lower) * width * width / 8
        return Span(once.lower * width - swing, once.upper * width + swing)

    def _metric(self, cell: Interval) -> tuple[Span, Span]:
        """w and w' over a cell."""
        if self.metric == "1":
            return exactly(ball(1)), exactly(ball(0))
        ends = [_spread(end) for end in cell]
        top = ball(Fraction(1, 4)) if cell[0] < 0 < cell[1] else ends[0].max(ends[1])
        tilt = [ball(end / 2).tanh() for end in cell]
        metric = Span(ends[0].min(ends[1]), top)
        return metric, -(metric * Span(*tilt))


def _spread(point: Fraction) -> Ball:
    """v = p(1-p), which is even in L."""
    x = (-ball(abs(point))).exp()
    return x / (1 + x) ** 2
