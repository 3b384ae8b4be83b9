"""Kind "trajectory": between which bounds the sequence is after n steps, for every parameter of a box.

Lemma 40 (trajectory). Let T_s, T_f, S_n, F_n and m be as in lemma 38, and let T_s and T_f not fall on [m, M].
If F_0, ..., F_{n-1} <= M, then S_n <= L_n <= F_n for every parameter.
  By induction, as in lemma 38: m <= S_n <= L_n <= F_n <= M gives S_{n+1} = T_s(S_n) <= T_s(L_n) <= L_{n+1}
  and L_{n+1} <= T_f(L_n) <= T_f(F_n) = F_{n+1}; S_0 <= L_0 <= F_0 are the ends of L_ref, and m is S_0.

A lower bound of S_n and an upper one of F_n are carried on by themselves, so that nothing widens but by the
rounding of each step. On L >= 0 T' >= 0 always (b >= 0, lemma 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.brackets import KEYS, Bracket, describe_point
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import ball, logit, precision, read_evidence
from verified_grpo.checker.orbits import Orbits, Walk, ends
from verified_grpo.checker.reading import fingerprint, items, mapping, natural, record, tag
from verified_grpo.checker.recursion import Recursion


@dataclass(frozen=True)
class Trajectory:
    """For every parameter of the box L_n lies in the bracket of each of these n."""

    recursion: Recursion
    values: tuple[tuple[int, Bracket], ...]
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Trajectory:
        fields = record(statement, "statement", ("kind", "variant", "parameters", "values"))
        recursion, words = Recursion.read(fields)
        listed = items(fields["values"], "statement.values")
        values = [read_value(item, f"statement.values[{k}]") for k, item in enumerate(listed)]
        ascending = len(values) > 0 and all(a[0] < b[0] for a, b in pairwise(values))
        require(ascending, Code.UNORDERED_CELLS, "statement.values: the numbers n do not ascend")
        last = mapping(listed[-1], "statement.values")
        point = describe_point({key: last[key] for key in KEYS})
        words += (
            f"For all these parameters L_n = T(L_{{n-1}}) from L_0 = log(p_ref/(1-p_ref)) lies in the "
            f"brackets listed,\n  for {len(values)} numbers n from {values[0][0]} to {values[-1][0]}; at the "
            f"last: {point}.\n"
            f"All brackets, as listed, have the {fingerprint(fields['values'])}."
        )
        return cls(recursion, tuple(values), words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("corners",))
        fields, bits = read_evidence(evidence, "cuts")
        cuts = [logit(item, "evidence.cuts") for item in items(fields["cuts"], "evidence.cuts")]
        require(all(x < y for x, y in pairwise(cuts)), Code.UNORDERED_CELLS, "the cuts do not ascend")
        self.recursion.require(Fact.EVEN_RISING)
        count = 4 * len(cuts) + 2 * self.values[-1][0] + 4 * len(self.values)
        pay_for_evaluations(count, bits, self.recursion.contrast.cost)
        with precision(bits):
            slow, fast = (self.recursion.corner(k) for k in (1, 0))
            covered = bool(cuts) and bool(ball(cuts[0]) <= self.recursion.anchor(0))
            require(covered, Code.NOT_MONOTONE, "the cuts do not begin at the least L_ref")
            kept = all(Orbits(corner).rises(cell) for corner in (slow, fast) for cell in pairwise(cuts))
            require(kept, Code.NOT_MONOTONE, "T' >= 0 is not proved on the way")
            self._check_lower(Walk(slow), cuts[0])
            self._check_upper(Walk(fast), cuts[-1])
            for _, bracket in self.values:
                bracket.check_probabilities()

    def _check_lower(self, slow: Walk, start: Fraction) -> None:
        here, n = ends(slow.first)[0], 0
        for wanted, bracket in self.values:
            for _ in range(n, wanted):
                require(here >= start, Code.NOT_MONOTONE, "rounding leads out of the cuts: too few bits")
                here = ends(slow.least(here))[0]
            n = wanted
            require(bracket.logit[0] <= here, Code.IMAGE_NOT_ENCLOSED, f"L_{n} may lie below its bracket")

    def _check_upper(self, fast: Walk, end: Fraction) -> None:
        here, n = ends(fast.first)[1], 0
        for wanted, bracket in self.values:
            for _ in range(n, wanted):
                require(end >= min(here, Fraction(0)), Code.NOT_MONOTONE, "the way leads out of the cuts")
                here = ends(fast.largest(here))[1]
            n = wanted
            require(here <= bracket.logit[1], Code.IMAGE_NOT_ENCLOSED, f"L_{n} may lie above its bracket")


def read_value(item: object, where: str) -> tuple[int, Bracket]:
    """A number n and the bracket of L_n."""
    fields = record(item, where, ("n", *KEYS))
    return natural(fields["n"], f"{where}.n"), Bracket.of(fields, where)
