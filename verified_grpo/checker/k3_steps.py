"""Kind "k3-small-steps": where small steps lead under KL(pi_ref || pi), whatever the steps are.

One natural-gradient step of size eta at frozen advantages moves the log-odds by eta F(L), F = Omega - beta K
with the pull K of lemma 25; L_0 = L_ref. beta > 0.

Lemma 39 (small steps under k3). Let D be as in lemma 26, L* the only zero of F, s the supremum of max(0, -b)
on L_ref <= L <= L*, M = max(1, (1-p_ref) exp(L*) + p_ref exp(-L*)), and 0 < eta_n <= X with X (s + beta M) <=
1. Then L_{n-1} <= L_n <= L* for every n, and L_n tends to L* if the sum of the steps diverges.
  F = -beta G: F > 0 before L* (lemma 26), which exceeds L_ref. dK/dL = (1-p_ref) exp(L) + p_ref exp(-L) > 0
  is convex in L, so on [L_ref, L*] it is at most the larger of its values at the ends, and at L_ref it is
  p_ref + (1-p_ref) = 1: F' = b - beta dK/dL >= -(s + beta M), and L + eta F(L) keeps order for 0 < eta <= X.
  The rest is that of lemma 36.

Over a box L* lies in the statement's bracket; dK/dL is convex in L and linear in p_ref, so its largest value
over the bracket is one at a corner.
"""

from __future__ import annotations

from dataclasses import dataclass

from verified_grpo.checker.brackets import Bracket, describe_point
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.falls import least_fall, reaches_limit, read_points, steepest_fall
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.k3 import K3, read_k3_system
from verified_grpo.checker.numbers import Interval, ball, exact, precision, read_evidence
from verified_grpo.checker.reading import describe_range, items, pair, record, tag


@dataclass(frozen=True)
class K3SmallSteps:
    """For every parameter and any steps up to `step[0]`: the sequence from p_ref rises to the only zero of F,
    which lies in `limit`; `step` encloses 1/(s + beta M)."""

    system: K3
    limit: Bracket
    step: Interval
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> K3SmallSteps:
        fields = record(statement, "statement", ("kind", "variant", "parameters", "limit", "largest_step"))
        system, words = read_k3_system(fields, _LAW)
        limit, ends = Bracket.read(fields["limit"], "statement.limit"), fields["largest_step"]
        low, high = (exact(end, "statement.largest_step") for end in pair(ends, "statement.largest_step"))
        require(low > 0, Code.OUTSIDE_DOMAIN, "statement: steps > 0 do not hold")
        bound = "1/(max(0, -Omega') from L_0 to the limit + beta max(1, slope of the pull at the limit))"
        words += (
            f"For all these parameters and any steps 0 < eta_n <= {items(ends, 'largest_step')[0]} the "
            "sequence L_n never falls and never\n  exceeds the only zero of F, and tends to it if the sum of "
            f"the steps diverges:\n  {describe_point(fields['limit'])}; {describe_range(bound, ends)}"
        )
        return cls(system, limit, (low, high), words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        self.system.require_one_fixed_point()
        recursion = self.system.recursion
        recursion.require(Fact.EVEN_RISING)  # above 0 no fall is looked for
        tag(evidence, "evidence", "rule", ("concave",))
        fields, bits = read_evidence(evidence, "slopes", "steepest")
        slopes = read_points(fields["slopes"], "evidence.slopes")
        met = read_points(fields["steepest"], "evidence.steepest")
        pay_for_evaluations(6 * (len(slopes) + len(met) + 2), bits, recursion.contrast.cost)
        with precision(bits):
            bracket = self.limit.logit
            crossing = self.system.sign(bracket[0]) == -1 and self.system.sign(bracket[1]) == 1
            require(crossing, Code.BRACKET_SIGN, "F does not change sign over the bracket of the limit")
            self.limit.check_probabilities()
            beta = recursion.box.beta
            reach = reaches_limit(recursion, slopes, bracket[1])
            fall = steepest_fall(recursion, slopes, reach_limit=reach) + ball(beta[1]) * self._stiffest()
            enough = ball(self.step[0]) * fall <= 1
            require(bool(enough), Code.STEP_NOT_PROVED, "the step exceeds the bound 1/(s + beta M)")
            least = self.system.stiffness(bracket)[0].max(ball(1))
            fall = least_fall(recursion, met, bracket[0]) + ball(beta[0]) * least
            known = ball(self.step[1]) * fall >= 1
            require(bool(known), Code.STEP_NOT_PROVED, "1/(s + beta M) may exceed its upper bound")

    def _stiffest(self) -> Ball:
        """An upper bound of M over the bracket and all p_ref."""
        largest = ball(1)
        for end in self.limit.logit:
            for p in self.system.recursion.box.p_ref:
                x = ball(end).exp()
                largest = largest.max(ball(1 - p) * x + ball(p) / x)
        return largest


_LAW = (
    "Steps under KL(pi_ref || pi): L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line "
    "of\n  log-odds L, F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)), p = 1/(1+exp(-L)), "
)
