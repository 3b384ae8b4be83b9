"""Kind "passage": how many steps a rising sequence needs until p_n >= P, for every parameter of a box.

Lemma 38 (passage). Let t = log(P/(1-P)), T_s the map at the corner of the box where T is least (alpha, beta
and eps largest, p_ref least), T_f that at the opposite corner, S_n and F_n their sequences, each from its
own L_ref, and m the least L_ref. Let T_s and T_f not fall on [m, t]. Then for every parameter: L_n < t if
F_0, ..., F_n < t; and some L_n >= t with n <= N if S_N >= t. If T_f(x) <= x for some x in [F_0, t), and T_f
does not fall on [m, x], then all L_n < t.
  L_n >= L_ref throughout: T(L) - L_ref = (1-alpha)(L - L_ref) + Omega/beta > 0 for L >= L_ref. For such L,
  alpha (L - L_ref) is largest at T_s's alpha and p_ref, and least at T_f's, where L - L_ref may even be < 0;
  Omega/beta > 0 falls in beta and eps: T_s(L) <= T(L) <= T_f(L). As long as L_n < t (else n is found) and
  S_n <= L_n, order gives S_{n+1} = T_s(S_n) <= T_s(L_n) <= L_{n+1}; as long as L_n <= F_n < t, it gives
  L_{n+1} <= T_f(L_n) <= F_{n+1}. With such an x, L_n <= F_n <= x gives F_{n+1} <= T_f(x) <= x: for all n.

Since T_s and T_f keep order, a lower bound of S_n and an upper one of F_n are carried on by themselves: only
the rounding of each step is added, and nothing widens. Where Omega is not known to fall in eps all this is
meant at each eps. Where Omega is known to be even and to rise in |L|, T' >= 0 on L >= 0 (b >= 0, lemma 2).

A plateau: if F_0, ..., F_j < t, S_i >= x and F_j <= y with i <= j, then x <= L_n <= y for i <= n <= j.
  F_1 > F_0 and S_1 > S_0, as Omega > 0; both sequences rise up to j by order: x <= S_i <= S_n <= L_n <= F_n.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
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
from verified_grpo.checker.orbits import Orbits, Walk, ends
from verified_grpo.checker.reading import describe_range, items, mapping, natural, pair, record, tag
from verified_grpo.checker.recursion import Recursion

_FIELDS: dict[str, tuple[str, ...]] = {"reached": ("steps",), "never": ()}


@dataclass(frozen=True)
class Plateau:
    """From one n to another L_n lies in a range."""

    updates: tuple[int, int]
    logit: Interval

    @classmethod
    def read(cls, value: object, least: int) -> Plateau:
        """Of a statement that counts at least so many steps."""
        fields = record(value, "statement.plateau", ("updates", "logit"))
        where = "statement.plateau.updates"
        first, last = (natural(end, where) for end in pair(fields["updates"], where))
        require(first < last < least, Code.OUTSIDE_DOMAIN, f"{where}: not in order, or not before the target")
        return cls((first, last), logit_interval(fields["logit"], "statement.plateau.logit"))


@dataclass(frozen=True)
class Passage:
    """For every parameter of the box the first n with p_n >= reach lies in `steps`; None: there is none."""

    recursion: Recursion
    reach: Fraction
    steps: tuple[int, int] | None
    words: str
    plateau: Plateau | None = None

    @classmethod
    def read(cls, statement: dict[str, object]) -> Passage:
        """The statement; where it is reached it says within which steps."""
        verdict = tag(statement, "statement", "verdict", tuple(_FIELDS))
        keys = ("kind", "variant", "parameters", "reach", "verdict", *_FIELDS[verdict])
        fields = record(statement, "statement", keys, ("plateau",) if verdict == "reached" else ())
        recursion, words = Recursion.read(fields)
        reach = exact(fields["reach"], "statement.reach")
        require(0 < reach < 1, Code.OUTSIDE_DOMAIN, "statement.reach: 0 < reach < 1 does not hold")
        if verdict == "never":
            words += (
                f"For all these parameters and all n, L_0 = log(p_ref/(1-p_ref)): p_n < {fields['reach']}."
            )
            return cls(recursion, reach, None, words)
        least, most = (natural(end, "statement.steps") for end in pair(fields["steps"], "statement.steps"))
        require(least <= most, Code.EMPTY_RANGE, "statement.steps: the least exceeds the most")
        words += (
            "For all these parameters L_n = T(L_{n-1}) from L_0 = log(p_ref/(1-p_ref)) first has\n"
            f"  p_n >= {fields['reach']} at some n from {least} to {most}."
        )
        if "plateau" not in fields:
            return cls(recursion, reach, (least, most), words)
        plateau = Plateau.read(fields["plateau"], least)
        words += f"\nFor n from {plateau.updates[0]} to {plateau.updates[1]} {_between(fields['plateau'])}."
        return cls(recursion, reach, (least, most), words, plateau)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("barrier" if self.steps is None else "corners",))
        extra = ("cuts", "barrier") if self.steps is None else ("cuts",)
        fields, bits = read_evidence(evidence, *extra)
        cuts = [logit(item, "evidence.cuts") for item in items(fields["cuts"], "evidence.cuts")]
        require(all(x < y for x, y in pairwise(cuts)), Code.UNORDERED_CELLS, "the cuts do not ascend")
        count = 4 * len(cuts) + sum(self.steps or (0, 0)) + 4
        pay_for_evaluations(count, bits, self.recursion.contrast.cost)
        with precision(bits):
            slow, fast = (self.recursion.corner(k) for k in (1, 0))
            if self.steps is None:
                self._check_barrier(fast, logit(fields["barrier"], "evidence.barrier"), cuts)
                return
            if self.steps[1]:
                reaches = bool(cuts) and bool(ball(cuts[-1]) >= log_odds(self.reach))
                self._check_order((slow, fast), cuts, reaches)
            self._check_not_before(Walk(fast), self.steps[0])
            self._check_reached(Walk(slow), self.steps[1], cuts)

    def _check_order(self, maps: tuple[Recursion, ...], cuts: list[Fraction], reaches: bool) -> None:
        """No map falls from the least L_ref to where the cuts are to reach, or to 0, from where none does
        where Omega is known to rise."""
        covered = bool(cuts) and bool(ball(cuts[0]) <= self.recursion.anchor(0))
        if not reaches:
            self.recursion.require(Fact.EVEN_RISING)
            covered = covered and cuts[-1] >= 0
        require(covered, Code.NOT_MONOTONE, "the cuts do not cover the way")
        kept = all(Orbits(corner).rises(cell) for corner in maps for cell in pairwise(cuts))
        require(kept, Code.NOT_MONOTONE, "T' >= 0 is not proved on the way")

    def _check_not_before(self, fast: Walk, least: int) -> None:
        """F_n < t for n < least."""
        target, here = log_odds(self.reach), fast.first
        for n in range(least):
            top = ends(here)[1]
            before = ball(top) < target
            require(bool(before), Code.PASSAGE_NOT_PROVED, "the target may be reached before")
            if self.plateau is not None and n == self.plateau.updates[1]:
                within = top <= self.plateau.logit[1]
                require(within, Code.IMAGE_NOT_ENCLOSED, "the plateau may end higher")
            here = fast.largest(top)

    def _check_reached(self, slow: Walk, most: int, cuts: list[Fraction]) -> None:
        """S_n >= t for some n <= most; p_ref >= P is exact."""
        if self.reach <= self.recursion.box.p_ref[0]:
            return
        target, here = log_odds(self.reach), slow.first
        for n in range(most):
            bottom = ends(here)[0]
            if self.plateau is not None and n == self.plateau.updates[0]:
                within = bottom >= self.plateau.logit[0]
                require(within, Code.IMAGE_NOT_ENCLOSED, "the plateau may begin lower")
            require(bottom >= cuts[0], Code.NOT_MONOTONE, "rounding leads out of the cuts: too few bits")
            here = slow.least(bottom)
            if here >= target:
                return
        require(False, Code.PASSAGE_NOT_PROVED, "the target is not proved to be reached")

    def _check_barrier(self, fast: Recursion, barrier: Fraction, cuts: list[Fraction]) -> None:
        """T_f(x) <= x, below the target and not below F_0; order on the way to x."""
        self._check_order((fast,), cuts, bool(cuts) and cuts[-1] >= barrier)
        start: Ball = fast.anchor(0)
        held = start <= ball(barrier) and ball(barrier) < log_odds(self.reach)
        require(bool(held), Code.PASSAGE_NOT_PROVED, "the barrier is not between p_ref and the target")
        turned = Walk(fast).largest(barrier) <= ball(barrier)
        require(bool(turned), Code.PASSAGE_NOT_PROVED, "the barrier is not proved to hold")


def _between(value: object) -> str:
    """The range of a plateau in words; it has been read before."""
    return describe_range("L_n", mapping(value, "plateau")["logit"])
