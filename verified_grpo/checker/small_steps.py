"""Kind "small-steps": where the log-odds go if every update is a small step, whatever the steps are.

L_0 = L_ref and L_n = L_{n-1} + eta_n F(L_{n-1}), with the drive F(L) = Omega(L) - alpha beta (L - L_ref).
The steps eta_n > 0 are any numbers: a schedule, or chosen on the way. beta may be 0. For alpha beta > 0, F =
-alpha beta g: the zeros of F are those of the gap g, the fixed points of T, and L + F(L)/beta = T(L).

Lemma 36 (small steps). Let L* be the least zero of F above L_ref, or oo where there is none, s the supremum
of max(0, -b) on L_ref <= L <= L*, and 0 < eta_n <= X with X (alpha beta + s) <= 1. Then L_{n-1} <= L_n <= L*
for every n, and L_n tends to L* if the sum of the steps diverges. L* is the least of all fixed points.
  F(L) >= Omega(L) > 0 for L <= L_ref: no zero lies there, and F > 0 on [L_ref, L*) by continuity. There
  L + eta F(L) has the slope 1 + eta (b - alpha beta) >= 1 - eta (s + alpha beta) >= 0 for 0 < eta <= X, so
  it keeps order: L_ref <= L_{n-1} <= L* gives L_n <= L* + eta_n F(L*) = L* (L* = oo bounds anyway), and L_n
  >= L_{n-1} since F >= 0. By induction L_n rises in [L_ref, L*]. If it stayed below some M < L*, then F >= m
  > 0 on [L_ref, M], and L_n - L_0 >= m (eta_1 + ... + eta_n) has no bound.

Lemma 37 (no pull). If alpha beta = 0, F = Omega >= m > 0, m = Omega(0) where Omega is even and rises in |L|
(lemma 2), else the bound that is known of it on the line: any step eta_n > 0 adds at least m eta_n to L; p_n
rises, and tends to 1 if the sum of the steps diverges.

Lemma 64 (no pull, any contrast). If alpha beta = 0, p_n rises, and tends to 1 if the sum of the steps
diverges, whatever the shape of Omega.
  F = Omega > 0, so L_n rises. If it stayed below some M, Omega, which is continuous, would be >= m > 0 on
  [L_0, M], and L_n - L_0 >= m (eta_1 + ... + eta_n) has no bound.

Over a box: at every L and eps the gap is highest at one corner (recursion.py), so where it is negative there,
F > 0 for all the box (for alpha beta = 0 since Omega > 0). On a cell g < 0 by a strict sign, or because g is
monotone on it and negative at the end where it is highest; left of the cells g < 0 by lemma 1. Where g > 0 at
the other corner, F < 0 for all the box: a zero lies between. Where Omega is known to be even and to rise in
|L|, b >= 0 for L >= 0 (lemma 2), so s is looked for below 0; else up to L*.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.brackets import Bracket, describe_point, read_cells
from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.falls import least_fall, reaches_limit, read_points, steepest_fall
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval, ball, exact, logit, precision, read_evidence
from verified_grpo.checker.parameters import AXES, Parameters, read_contrast, read_parameters
from verified_grpo.checker.reading import describe_range, items, mapping, pair, record, tag
from verified_grpo.checker.recursion import Recursion

_FIELDS: dict[str, tuple[str, ...]] = {
    "rises": ("limit", "largest_step"),
    "rises-beyond": ("beyond", "largest_step"),
    "rises-to-one": (),
}
_RULES = ("negative", "increasing", "decreasing")
_ZERO = Fraction(0)


@dataclass(frozen=True)
class SmallSteps:
    """For every parameter of the box and any steps up to `step`: the sequence from p_ref rises to the least
    fixed point, which lies in `limit` or, where there is none, beyond `beyond`."""

    verdict: str
    recursion: Recursion
    limit: Bracket | None
    beyond: Fraction
    step: tuple[Fraction, Fraction | None]  # X, and a bound from above of 1/(alpha beta + s)
    gain: Fraction | None
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> SmallSteps:
        """The statement; which keys it has depends on its verdict."""
        verdict = tag(statement, "statement", "verdict", tuple(_FIELDS))
        optional = ("gain",) if verdict == "rises-to-one" else ()
        keys = ("kind", "variant", "parameters", "verdict", *_FIELDS[verdict])
        fields = record(statement, "statement", keys, optional)
        contrast = read_contrast(fields["variant"], "statement.variant")
        box = read_parameters(fields["parameters"], "statement.parameters", beta_may_be_0=True)
        contrast.require_defined(box.eps)
        limit, beyond, gain = None, _ZERO, None
        step: tuple[Fraction, Fraction | None] = (Fraction(1), None)
        if verdict == "rises":
            limit = Bracket.read(fields["limit"], "statement.limit")
            ends = pair(fields["largest_step"], "statement.largest_step")
            lower, upper = (exact(end, "statement.largest_step") for end in ends)
            step = lower, upper
        elif verdict == "rises-beyond":
            beyond = logit(fields["beyond"], "statement.beyond")
            step = exact(fields["largest_step"], "statement.largest_step"), None
        elif "gain" in fields:
            gain = exact(fields["gain"], "statement.gain")
        positive = step[0] > 0 and (gain is None or gain > 0)
        require(positive, Code.OUTSIDE_DOMAIN, "statement: steps and gains > 0 do not hold")
        words = _hypotheses(fields, contrast) + _claim(verdict, fields)
        return cls(verdict, Recursion(contrast, box), limit, beyond, step, gain, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        allowed = "no-pull" if self.verdict == "rises-to-one" else "least-zero"
        rule = tag(evidence, "evidence", "rule", ("no-pull", "least-zero"))
        require(rule == allowed, Code.WRONG_RULE, f"the rule {rule!r} proves no verdict {self.verdict!r}")
        if self.verdict == "rises-to-one":
            self._check_no_pull(read_evidence(evidence)[1])
            return
        fields, bits = read_evidence(evidence, "start", "cells", "slopes", "steepest")
        cells = read_cells(fields["start"], fields["cells"], _RULES)
        slopes = read_points(fields["slopes"], "evidence.slopes")
        steepest = read_points(fields["steepest"], "evidence.steepest")
        count = len(cells) + len(slopes) + len(steepest) + 1
        pay_for_evaluations(6 * count, bits, self.recursion.contrast.cost)
        with precision(bits):
            end = None if self.limit is None else self.limit.logit[1]
            reach_limit = reaches_limit(self.recursion, slopes, end)
            self._check_drive(logit(fields["start"], "evidence.start"), cells)
            self._check_steps(slopes, reach_limit)
            if self.limit is not None:
                self._check_bracket(self.limit)
                self._check_largest_step(steepest)

    def _check_no_pull(self, bits: int) -> None:
        """Lemma 64, and with a gain lemma 37."""
        box = self.recursion.box
        require(_pull(box)[1] == 0, Code.WRONG_RULE, "the rule 'no-pull' is for alpha beta = 0 alone")
        if self.gain is None:
            return
        pay_for_evaluations(2, bits, self.recursion.contrast.cost)
        with precision(bits):
            enough = ball(self.gain) <= self.recursion.least_on_line()
            require(enough, Code.GAIN_NOT_PROVED, "the gain exceeds Omega(0)")

    def _check_drive(self, start: Fraction, cells: list[tuple[str, Interval]]) -> None:
        """F > 0 from L_ref to the lower end of the limit, at the corner where it is least."""
        require(_pull(self.recursion.box)[1] > 0, Code.WRONG_RULE, "without a pull F has no zero")
        corner = self.recursion.corner(1)
        left = ball(start) < corner.lowest_fixed_point()
        require(left, Code.LEFT_TAIL, "a fixed point left of the first cell is not excluded")
        for rule, cell in cells:
            if rule == "negative":
                require(corner.gap_is_negative(cell), Code.CELL_SIGN, "the gap is not negative on a cell")
                continue
            rises = rule == "increasing"
            monotone = corner.gap_rises(cell) if rises else corner.gap_falls(cell)
            require(monotone, Code.CELL_SLOPE, f"the gap is not proved {rule} on a cell")
            empty = corner.gap_sign(cell[1] if rises else cell[0]) == -1
            require(empty, Code.CELL_NOT_EMPTY, "a fixed point in a cell is not excluded")
        reached = cells[-1][1][1] if cells else start
        low = self.beyond if self.limit is None else self.limit.logit[0]
        require(low <= reached, Code.LIMIT_NOT_ENCLOSED, "F > 0 is not proved up to the limit")

    def _check_bracket(self, limit: Bracket) -> None:
        """F < 0 at its upper end, at the corner where F is largest."""
        box = self.recursion.box
        require(_pull(box)[0] > 0, Code.ALPHA_REACHES_ZERO, "alpha beta reaches 0, where F has no zero")
        corner = self.recursion.corner(0)
        above = corner.gap_sign(limit.logit[1]) == 1
        require(above, Code.BRACKET_SIGN, "F is not proved negative at the upper end of the limit")
        limit.check_probabilities()

    def _check_steps(self, slopes: list[Fraction], reach_limit: bool) -> None:
        """X (alpha beta + s) <= 1 by bounds of -b over cells from L_ref to L*, or to 0, over the box."""
        steepest = steepest_fall(self.recursion, slopes, reach_limit=reach_limit)
        # X alpha beta - 1 is exact, so that a bound is met exactly where s = 0
        enough = ball(self.step[0] * _pull(self.recursion.box)[1] - 1) + ball(self.step[0]) * steepest <= 0
        require(bool(enough), Code.STEP_NOT_PROVED, "the step exceeds the bound 1/(alpha beta + s)")

    def _check_largest_step(self, points: list[Fraction]) -> None:
        """1/(alpha beta + s) <= Y: for all parameters s is at least -b at points between L_ref and L*."""
        assert self.limit is not None
        assert self.step[1] is not None
        steepest = least_fall(self.recursion, points, self.limit.logit[0])
        known = ball(self.step[1] * _pull(self.recursion.box)[0] - 1) + ball(self.step[1]) * steepest >= 0
        require(bool(known), Code.STEP_NOT_PROVED, "1/(alpha beta + s) may exceed its upper bound")


def _pull(box: Parameters) -> Interval:
    """The range of alpha beta."""
    return box.alpha[0] * box.beta[0], box.alpha[1] * box.beta[1]


def _hypotheses(fields: dict[str, object], contrast: Contrast) -> str:
    given = mapping(fields["parameters"], "statement.parameters")
    ranges = [describe_range(axis, given[axis]) for axis in AXES]
    return (
        f"Parameters: {', '.join(ranges)}.\n"
        "Steps: L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L,\n"
        f"  F(L) = Omega(L) - alpha beta (L - L_0), {contrast.formula}, p = 1/(1+exp(-L)).\n"
    )


def _claim(verdict: str, fields: dict[str, object]) -> str:
    """The conclusion in words; every text in it has been read as a number before."""
    if verdict == "rises-to-one":
        gained = (
            f"any step eta_n > 0 adds {fields['gain']} eta_n or more to L;\n "
            if "gain" in fields
            else "with any steps eta_n > 0"
        )
        return (
            f"For all these parameters {gained} p_n rises, and tends to 1 if the sum of the steps diverges."
        )
    largest = fields["largest_step"]
    step = items(largest, "largest_step")[0] if verdict == "rises" else largest
    words = (
        f"For all these parameters and any steps 0 < eta_n <= {step} the sequence L_n never falls and never\n"
        "  exceeds the least fixed point, and tends to it if the sum of the steps diverges"
    )
    if verdict == "rises":
        where = describe_range("1/(alpha beta + max(0, -Omega') from L_0 to the limit)", largest)
        return f"{words}:\n  {describe_point(fields['limit'])}; {where}"
    return f"{words} (to p = 1 where there is none):\n  the limit has L >= {fields['beyond']}"
