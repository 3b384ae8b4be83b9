"""Kind "pull-small-steps": where small steps lead under any of the pulls of pulls.py, whatever the steps are.

L_0 = L_ref and L_n = L_{n-1} + eta_n F(L_{n-1}), F = Omega - beta R, beta > 0, eta_n > 0. For L >= L_ref, r
<= 1 on successes, where k >= 0, and r >= 1 on failures, where k <= 0. F is continuous but where a clamp sets
in, at two points at the most: there a part of R that is >= 0 becomes 0 as L rises, so F jumps upwards, and it
has its value from the left.

Lemma 46 (small steps under any pull). Let F(y) < 0 for some y > L_ref. Then F has a zero between; let L* be
the least zero at or above L_ref, s the supremum of max(0, -F') on L_ref <= L <= L* without the jumps, and 0
< eta_n <= X with X s <= 1. Then L_{n-1} <= L_n <= L* for every n, and L_n tends to L* if the sum of the
steps diverges.
  F(L_ref) = Omega > 0. Let L* be the supremum of the x with F > 0 on [L_ref, x]. F(L*) >= 0 from the left; if
  F(L*) > 0, F > 0 to the right of it, too, since jumps lead upwards: so F(L*) = 0, and L* is the least zero.
  On [L_ref, L*] L + eta F(L) has a slope of at least 1 - eta s >= 0 between the jumps, which lead upwards: it
  keeps order. L_ref <= L_{n-1} <= L* gives L_{n-1} <= L_n <= L* + eta F(L*) = L*. If L_n stayed below M < L*
  for ever, F >= m > 0 on [L_ref, M] (from the left F has its own value, from the right a larger one), and L_n
  - L_0 >= m (eta_1 + ... + eta_n) has no bound.

Lemma 47 (no stop). Let F >= m > 0 on [L_ref, oo). Then any step eta_n > 0 adds m eta_n or more; p_n rises,
and tends to 1 if the sum of the steps diverges. Where failures are clamped at some L > L_ref, they are
clamped above it, and R(L) <= w(p) (1 - p_ref) from there on, w at that L, for "weighted" w(p) (-log p_ref);
where Omega is even and rises in |L| it is at least its value there, or at 0 (lemma 2), else the bound that is
known of it on the line.
  r of failures rises in L, and the estimator in r > 1. r = p_ref/p > p_ref of successes, so k < 1 - p_ref, or
  k < -log p_ref, or k = 0; w falls. By induction L_n >= L_ref.

Over a box every enclosure is one for all of its parameters. F > 0 on a cell by a strict sign; or because F is
monotone on it, where no clamp sets in, and > 0 at the end where it is least.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.brackets import Bracket, describe_point, read_cells
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.falls import read_points
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.k3 import read_k3_system
from verified_grpo.checker.numbers import Interval, ball, exact, logit, precision, read_evidence
from verified_grpo.checker.pulls import Pull
from verified_grpo.checker.reading import describe_range, pair, record, tag
from verified_grpo.checker.recursion import Recursion

_FIELDS: dict[str, tuple[str, ...]] = {"rises": ("limit", "largest_step"), "rises-to-one": ("gain",)}
_RULES = ("positive", "increasing", "decreasing")
_EVALUATIONS = 12  # of a contrast, at one cell
_POINTS = ("slopes", "steepest")

Step = tuple[Fraction, Fraction | None]
"""X, and an upper bound of 1/s or nothing."""
_NO_STEP: Step = (Fraction(1), None)


@dataclass(frozen=True)
class Drive:
    """F on a box of parameters."""

    recursion: Recursion
    pull: Pull

    def least(self, cell: Interval) -> Ball:
        """A lower bound over a cell and the box."""
        return self.recursion.least_omega(cell) - self._held(cell)[1]

    def largest(self, cell: Interval) -> Ball:
        """An upper bound over a cell and the box."""
        return self.recursion.largest_omega(cell) - self._held(cell)[0]

    def slope(self, cell: Interval) -> Balls:
        """Bounds of F' over a cell and the box, wherever no clamp sets in."""
        rise = self.recursion.slope(cell)
        pull = self._weighed(self.pull.slope_over(cell, self.recursion.box.p_ref))
        return rise[0] - pull[1], rise[1] - pull[0]

    def least_by(self, rule: str, cell: Interval) -> Ball:
        """A lower bound over a cell by one of the rules."""
        if rule == "positive":
            return self.least(cell)
        smooth = self.pull.is_smooth(cell, self.recursion.box.p_ref)
        slope = self.slope(cell)
        monotone = smooth and (slope[0] > 0 if rule == "increasing" else slope[1] < 0)
        require(bool(monotone), Code.CELL_SLOPE, f"F is not proved {rule} on a cell")
        end = cell[0] if rule == "increasing" else cell[1]
        return self.least((end, end))

    def least_beyond(self, start: Fraction) -> Ball:
        """A lower bound at and above a point where failures are clamped (lemma 47)."""
        most = self.pull.ceiling(start, self.recursion.box.p_ref)
        if most is None:
            require(False, Code.RIGHT_TAIL, "failures are not clamped right of the last cell")
        assert most is not None
        return self.recursion.least_beyond(start) - ball(self.recursion.box.beta[1]) * most

    def _held(self, cell: Interval) -> Balls:
        """Bounds of beta R."""
        return self._weighed(self.pull.over(cell, self.recursion.box.p_ref))

    def _weighed(self, pull: Balls) -> Balls:
        """Times beta."""
        few, many = (ball(beta) for beta in self.recursion.box.beta)
        return (few * pull[0]).min(many * pull[0]), (few * pull[1]).max(many * pull[1])


@dataclass(frozen=True)
class PullSmallSteps:
    """For every parameter the sequence from p_ref rises, for any steps up to `step[0]` to the least zero of F
    above L_ref, which lies in `limit`, or for any steps by `gain` times the step or more to p = 1."""

    drive: Drive
    limit: Bracket | None
    step: Step
    gain: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> PullSmallSteps:
        """The statement; which keys it has depends on its verdict."""
        verdict = tag(statement, "statement", "verdict", tuple(_FIELDS))
        keys = ("kind", "variant", "parameters", "pull", "verdict", *_FIELDS[verdict])
        fields = record(statement, "statement", keys)
        pull, formula = Pull.read(fields["pull"], "statement.pull")
        system, words = read_k3_system(fields, _LAW.format(formula))
        limit, step, gain = None, _NO_STEP, Fraction(1)
        if verdict == "rises":
            limit = Bracket.read(fields["limit"], "statement.limit")
            step = _read_step(fields["largest_step"], "statement.largest_step")
        else:
            gain = exact(fields["gain"], "statement.gain")
        positive = step[0] > 0 and gain > 0
        require(positive, Code.OUTSIDE_DOMAIN, "statement: steps and gains > 0 do not hold")
        drive = Drive(system.recursion, pull)
        return cls(drive, limit, step, gain, words + _claim(verdict, fields))

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        allowed = "no-stop" if self.limit is None else "least-zero"
        rule = tag(evidence, "evidence", "rule", ("no-stop", "least-zero"))
        require(rule == allowed, Code.WRONG_RULE, f"the rule {rule!r} does not prove this verdict")
        more = () if self.limit is None else ("slopes", "steepest")
        fields, bits = read_evidence(evidence, "start", "cells", *more)
        start = logit(fields["start"], "evidence.start")
        cells = read_cells(fields["start"], fields["cells"], _RULES)
        slopes, met = ([] if not more else read_points(fields[key], f"evidence.{key}") for key in _POINTS)
        count, cost = len(cells) + len(slopes) + len(met) + 2, self.drive.recursion.contrast.cost
        pay_for_evaluations(_EVALUATIONS * count, bits, cost)
        with precision(bits):
            begun = bool(ball(start) <= self.drive.recursion.anchor(0))
            require(begun, Code.LEFT_TAIL, "the first cell begins right of L_ref")
            if self.limit is None:
                self._check_no_stop(start, cells)
                return
            for rule, cell in cells:
                positive = bool(self.drive.least_by(rule, cell) > 0)
                require(positive, Code.CELL_SIGN, "F > 0 is not proved on a cell")
            reached = cells[-1][1][1] if cells else start
            require(self.limit.logit[0] <= reached, Code.LIMIT_NOT_ENCLOSED, "F > 0 is not proved so far")
            self._check_limit(self.limit)
            self._check_steps(slopes, met, self.limit)

    def _check_no_stop(self, start: Fraction, cells: list[tuple[str, Interval]]) -> None:
        """Lemma 47."""
        gain, end = ball(self.gain), cells[-1][1][1] if cells else start
        for rule, cell in cells:
            enough = bool(self.drive.least_by(rule, cell) >= gain)
            require(enough, Code.GAIN_NOT_PROVED, "the gain is not proved on a cell")
        enough = bool(self.drive.least_beyond(end) >= gain)
        require(enough, Code.GAIN_NOT_PROVED, "the gain is not proved right of the last cell")

    def _check_limit(self, limit: Bracket) -> None:
        """F < 0 at its upper end."""
        end = limit.logit[1]
        below = bool(self.drive.largest((end, end)) < 0)
        above = bool(ball(end) > self.drive.recursion.anchor(1))
        require(below and above, Code.BRACKET_SIGN, "F < 0 is not proved at the upper end of the limit")
        limit.check_probabilities()

    def _check_steps(self, slopes: list[Fraction], met: list[Fraction], limit: Bracket) -> None:
        """X s <= 1 by bounds of -F' over cells from L_ref to L*; Y s >= 1 by -F' at points between."""
        anchors = [self.drive.recursion.anchor(side) for side in (0, 1)]
        covered = bool(slopes) and ball(slopes[0]) <= anchors[0] and slopes[-1] >= limit.logit[1]
        require(bool(covered), Code.STEP_NOT_PROVED, "the slopes' cells do not reach from L_ref to the limit")
        for cell in pairwise(slopes):
            enough = -self.drive.slope(cell)[0] * ball(self.step[0]) <= 1
            require(bool(enough), Code.STEP_NOT_PROVED, "the step exceeds the bound 1/s")
        known = self.step[1] is None
        for point in met:
            inside = anchors[1] <= ball(point) and point <= limit.logit[0]
            require(bool(inside), Code.STEP_NOT_PROVED, "a steep point may lie outside of [L_ref, L*]")
            known = known or self._is_steep_at(point)
        require(known, Code.STEP_NOT_PROVED, "1/s may exceed its upper bound")

    def _is_steep_at(self, point: Fraction) -> bool:
        """Whether -F' >= 1/Y there for all parameters, and no clamp sets in."""
        assert self.step[1] is not None
        cell = point, point
        smooth = self.drive.pull.is_smooth(cell, self.drive.recursion.box.p_ref)
        return smooth and bool(-self.drive.slope(cell)[1] * ball(self.step[1]) >= 1)


_LAW = (
    "Steps: L_n = L_{{n-1}} + eta_n F(L_{{n-1}}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L,\n"
    "  F(L) = Omega(L) - beta R(L), p = 1/(1+exp(-L)),\n  {},\n  "
)


def _read_step(value: object, where: str) -> Step:
    if not isinstance(value, list):
        return exact(value, where), None
    low, high = (exact(end, where) for end in pair(value, where))
    return low, high


def _claim(verdict: str, fields: dict[str, object]) -> str:
    """The conclusion in words; every text in it has been read as a number before."""
    if verdict == "rises-to-one":
        return (
            "For all these parameters F has no zero above L_0: any step eta_n > 0 adds "
            f"{fields['gain']} eta_n or more to L;\n  p_n rises, and tends to 1 if the sum of the steps "
            "diverges."
        )
    ends = fields["largest_step"]
    step, known = ends, ""
    if isinstance(ends, list):
        step = ends[0]
        known = "; " + describe_range("1/(max(0, -F') from L_0 to the limit)", ends)
    return (
        f"For all these parameters and any steps 0 < eta_n <= {step} the sequence L_n never falls and never\n"
        "  exceeds the least zero of F above L_0, and tends to it if the sum of the steps diverges:\n"
        f"  {describe_point(fields['limit'])}{known}"
    )
