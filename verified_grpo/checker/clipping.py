"""Kind "clipped-trajectory": where the exact iteration is after n updates if the ratio of policies is
clipped.

An update from p = 1/(1+exp(-L)) maximises over p' in (0, 1), with q = 1-p, q' = 1-p' and caps of size low and
high,
    q Omega min(p', (1+high) p) - p Omega max(q', (1-low) q)
      - beta (alpha KL(p', p_ref) + (1-alpha) KL(p', p)),
KL(x, y) = x log(x/y) + (1-x) log((1-x)/(1-y)): the clipped surrogate for advantages q Omega of successes
and -p Omega of failures, whose mean is 0. (Within a class outcomes keep their proportions: the surrogate is
concave in their ratios, and KL is least so.)

Lemma 48 (clipping). Let A = alpha L_ref + (1-alpha) L, C = log((1+high) p/(1-(1+high) p)), or oo where
(1+high) p >= 1, D = log((p + low q)/((1-low) q)), and w = p Omega if C <= D, else q Omega. The maximiser has
the log-odds
    T(L) = max(min(A + Omega/beta, min(C, D)), min(A + w/beta, max(C, D)), A).
  The objective is concave in p'; its derivative is S(L') - beta (L' - A), L' the log-odds of p', with S =
  Omega below both C and D (q' > (1-low) q says p' < p + low q), w between them, 0 above both. It falls
  strictly and is zero, or jumps over zero, at one L'. If A + Omega/beta <= min(C, D), that is A +
  Omega/beta; else, if A + w/beta <= min(C, D), it is min(C, D) (A < A + w/beta); else, if A + w/beta <=
  max(C, D), it is A + w/beta; else the larger of A and max(C, D). Each time the formula says the same, for
  Omega >= w > 0.
T rises in A, Omega, w, C and D; C, D, A and p rise in L.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.arithmetic import sigma
from verified_grpo.checker.brackets import KEYS, Bracket, describe_point
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval, ball, exact, precision, read_evidence
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.parameters import AXES, describe_range
from verified_grpo.checker.reading import fingerprint, items, mapping, record, tag
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trajectory import read_value


@dataclass(frozen=True)
class ClippedTrajectory:
    """L_n lies in the bracket of each of these n."""

    recursion: Recursion
    clip: Interval
    values: tuple[tuple[int, Bracket], ...]
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> ClippedTrajectory:
        fields = record(statement, "statement", ("kind", "variant", "parameters", "clip", "values"))
        recursion, _ = Recursion.read(fields)
        fixed = recursion.box.is_exact(*AXES)
        require(fixed, Code.OUTSIDE_DOMAIN, "statement.parameters: numbers are expected, not ranges")
        given = record(fields["clip"], "statement.clip", ("low", "high"))
        low, high = (exact(given[key], f"statement.clip.{key}") for key in ("low", "high"))
        require(0 < low < 1 and high > 0, Code.OUTSIDE_DOMAIN, "statement.clip: 0 < low < 1, high > 0 fail")
        listed = items(fields["values"], "statement.values")
        values = [read_value(item, f"statement.values[{k}]") for k, item in enumerate(listed)]
        ascending = len(values) > 0 and all(a[0] < b[0] for a, b in pairwise(values))
        require(ascending, Code.UNORDERED_CELLS, "statement.values: the numbers n do not ascend")
        last = mapping(listed[-1], "statement.values")
        point = describe_point({key: last[key] for key in KEYS})
        numbers = mapping(fields["parameters"], "statement.parameters")
        ranges = ", ".join(describe_range(axis, numbers[axis]) for axis in AXES)
        where = f"for {len(values)} numbers n from {values[0][0]} to {values[-1][0]}"
        words = (
            f"Parameters: {ranges}.\n"
            "Clipped updates: p_n maximises over x in (0, 1)\n"
            f"  q Omega min(x, (1 + {given['high']}) p) - p Omega max(1-x, (1 - {given['low']}) q)\n"
            "  - beta (alpha KL(x, p_ref) + (1-alpha) KL(x, p)),\n"
            "  KL(x, y) = x log(x/y) + (1-x) log((1-x)/(1-y)),\n"
            "  p = p_{n-1}, q = 1-p, "
            f"{recursion.contrast.formula}, L = log(p/(1-p)).\n"
            f"L_n = log(p_n/(1-p_n)) from p_0 = p_ref lies in the brackets listed, {where};\n"
            f"  at the last: {point}.\n"
            f"All brackets, as listed, have the {fingerprint(fields['values'])}."
        )
        return cls(recursion, (low, high), tuple(values), words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("orbit",))
        bits = read_evidence(evidence)[1]
        pay_for_evaluations(8 * (self.values[-1][0] + len(self.values)), bits, self.recursion.contrast.cost)
        with precision(bits):
            here, n = ends(self.recursion.anchor(0)), 0
            for wanted, bracket in self.values:
                for _ in range(n, wanted):
                    here = self._next(here)
                n = wanted
                inside = bracket.logit[0] <= here[0] and here[1] <= bracket.logit[1]
                require(inside, Code.IMAGE_NOT_ENCLOSED, f"L_{n} may lie outside its bracket")
                bracket.check_probabilities()

    def _next(self, cell: Interval) -> Interval:
        """Between which numbers T is on a cell, by lemma 48."""
        box, recursion = self.recursion.box, self.recursion
        alpha, beta = ball(box.alpha[0]), ball(box.beta[0])
        rest, held = ball(1 - box.alpha[0]), alpha * recursion.anchor(0)
        omega = recursion.least_omega(cell), recursion.largest_omega(cell)
        found = []
        for side, weight in enumerate(self._weights(cell, omega)):
            at = held + rest * ball(cell[side])
            success, failure = self._caps(cell[side])
            least = failure if success is None else success.min(failure)
            whole, part = at + omega[side] / beta, at + weight / beta
            part = part if success is None else part.min(success.max(failure))
            found.append(whole.min(least).max(part).max(at))
        return ends(found[0])[0], ends(found[1])[1]

    def _caps(self, point: Fraction) -> tuple[Ball | None, Ball]:
        """C, or None where there is none, and D."""
        odds, (low, high) = ball(point).exp(), self.clip
        left = 1 - ball(high) * odds  # (1 - (1+high) p)/q
        failure = ((odds + ball(low)) / ball(1 - low)).log()
        if left <= 0:
            return None, failure
        require(bool(left > 0), Code.IMAGE_NOT_ENCLOSED, "whether successes have a cap is open: too few bits")
        return (ball(1 + high) * odds / left).log(), failure

    def _weights(self, cell: Interval, omega: Balls) -> Balls:
        """Bounds of w: C < D where high p < low q, that is below one L."""
        turn = (ball(self.clip[0]) / ball(self.clip[1])).log()
        p = sigma(ball(cell[0])), sigma(ball(cell[1]))
        q = sigma(ball(-cell[1])), sigma(ball(-cell[0]))
        if ball(cell[1]) < turn:
            share = p
        elif ball(cell[0]) > turn:
            share = q
        else:
            share = p[0].min(q[0]), p[1].max(q[1])
        return omega[0] * share[0], omega[1] * share[1]
