"""Kind "chaos": a point, a cycle or intervals that force T to be chaotic, for every parameter of the box.

Lemma 20 (period 3 on the line; cited, not proved here: Li and Yorke, Period three implies chaos, American
Mathematical Monthly 82, 1975, Theorem 1, with Sharkovskii's theorem for its first part). Let f be a
continuous map of an interval into itself and x a point with f^3(x) <= x < f(x) < f^2(x), or f^3(x) >= x >
f(x) > f^2(x). Then f has a cycle of every period, and an uncountable set of points any two of which come
arbitrarily near each other again and again without staying near. A point of period 3 is a special case: the
least of its orbit, or the largest, satisfies one of the two.
  What is checked here is the hypothesis, for T on the real line.

Lemma 21 (period 3 in a bracket). If T^3(L) - L has strict opposite signs at the ends of an interval J, and
T(J) does not meet J, then J holds a point of exact period 3.
  There is L in J with T^3(L) = L; T(L) is outside J, so it is no fixed point, and 3 is prime.

Lemma 22 (coverings). Let J_1, ..., J_k be pairwise disjoint closed intervals, f = T^n, and A the matrix with
A_ij = 1 where f at the two ends of J_i takes values on either side of J_j, beyond it or at its ends, and 0
elsewhere. If all w_i > 0 and A w >= r w with r > 0, then f of each J_i contains some J_j, and T has a compact
set K with T(K) inside K on which its topological entropy is at least log(r)/n.
  By the intermediate value theorem f of J_i contains J_j where A_ij = 1, and every row has a 1, for (A w)_i >
  0. So each word i_0 ... i_m with all A_{i_s i_{s+1}} = 1 goes on for ever, and there are at least r^m
  |w|/max w of them (|w| the sum; the sum of all (A^m w)_i is at least r^m |w|). For each infinite word
  there is a point y with f^s(y) in J_{i_s} for all s: closed intervals are pulled back from
  the end of each finite word, and the J_i are compact. The set K_0 of all points whose f-orbit stays in the
  union of the J_i is compact, and f(K_0) lies in it; points with different words of length m are, at some
  step s < m, in different J_i, so as far apart as the nearest two of these: the entropy of f on K_0 is at
  least log(r). With K the union of T^s(K_0), 0 <= s < n, T(K) lies in K, and n times the entropy of T on K is
  that of T^n on K, which is no less than that of f on K_0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations, pay_for_number
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
from verified_grpo.checker.orbits import Orbits, ends, side
from verified_grpo.checker.reading import choice, items, natural, range_text, record, tag
from verified_grpo.checker.recursion import Recursion

MAX_TURNS = 64
MAX_INTERVALS = 4096
_COMMON = ("kind", "variant", "parameters", "verdict")
_FIELDS = {
    "li-yorke": ("start", "order", "images"),
    "period-three": ("logit",),
    "entropy": ("turns", "intervals", "entropy"),
}
_RULES = {"li-yorke": "orbit", "period-three": "return", "entropy": "covering"}


@dataclass(frozen=True)
class Start:
    """A point of the line, given as log-odds or as a probability."""

    logit: Fraction | None
    probability: Fraction | None
    words: str

    @classmethod
    def read(cls, value: object, where: str) -> Start:
        """{"logit": L} or {"p": p} with 0 < p < 1."""
        if isinstance(value, dict) and "p" in value:
            p = exact(record(value, where, ("p",))["p"], f"{where}.p")
            require(0 < p < 1, Code.OUTSIDE_DOMAIN, f"{where}.p: 0 < p < 1 does not hold")
            return cls(None, p, f"p = {value['p']}")
        given = record(value, where, ("logit",))["logit"]
        return cls(logit(given, f"{where}.logit"), None, f"L = {given}")

    def enclosed(self) -> Ball:
        """Its log-odds."""
        if self.probability is None:
            assert self.logit is not None
            return ball(self.logit)
        return log_odds(self.probability)


@dataclass(frozen=True)
class Chaos:
    """What T has for every parameter of the box; which fields are used depends on the verdict."""

    verdict: str
    recursion: Recursion
    start: Start | None
    falls: bool
    intervals: tuple[Interval, ...]
    turns: int
    entropy: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Chaos:
        """The statement; which keys it has depends on its verdict."""
        verdict = tag(statement, "statement", "verdict", tuple(_FIELDS))
        fields = record(statement, "statement", (*_COMMON, *_FIELDS[verdict]))
        recursion, words = Recursion.read(fields)
        start, falls, turns, entropy = None, True, 3, Fraction(0)
        if verdict == "li-yorke":
            start = Start.read(fields["start"], "statement.start")
            falls = choice(fields["order"], "statement.order", ("falls", "rises")) == "falls"
            intervals = _read_intervals(fields["images"], "statement.images")
            require(len(intervals) == 3, Code.COUNT_MISMATCH, "statement.images: three are expected")
        elif verdict == "period-three":
            intervals = (logit_interval(fields["logit"], "statement.logit"),)
        else:
            turns = natural(fields["turns"], "statement.turns")
            require(1 <= turns <= MAX_TURNS, Code.OUTSIDE_DOMAIN, f"statement.turns: 1 to {MAX_TURNS}")
            intervals = _read_intervals(fields["intervals"], "statement.intervals")
            entropy = exact(fields["entropy"], "statement.entropy")
            require(entropy > 0, Code.OUTSIDE_DOMAIN, "statement.entropy: entropy > 0 does not hold")
        words += _claim(verdict, fields, start)
        return cls(verdict, recursion, start, falls, intervals, turns, entropy, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        rule = tag(evidence, "evidence", "rule", tuple(_RULES.values()))
        fits = rule == _RULES[self.verdict]
        require(fits, Code.WRONG_RULE, f"the rule {rule!r} proves no verdict {self.verdict!r}")
        extra = ("weights",) if rule == "covering" else ()
        fields, bits = read_evidence(evidence, *extra)
        weights = _read_weights(fields["weights"]) if extra else []
        count = 4 * self.turns * (len(self.intervals) + 1) + len(self.intervals) ** 2 // 16
        pay_for_evaluations(count, bits, self.recursion.contrast.cost)
        with precision(bits):
            if rule == "orbit":
                self._check_order()
            elif rule == "return":
                self._check_return()
            else:
                self._check_covering(weights)

    def _check_order(self) -> None:
        """The hypothesis of lemma 20."""
        assert self.start is not None
        orbits, x = Orbits(self.recursion), self.start.enclosed()
        here = x
        for number, image in enumerate(self.intervals, 1):
            here = orbits.image(here)
            low, high = ends(here)
            inside = image[0] <= low and high <= image[1]
            require(inside, Code.IMAGE_NOT_ENCLOSED, f"T^{number}(x) may lie outside the stated interval")
        least, most = ([ball(image[end]) for image in self.intervals] for end in (0, 1))
        ordered = ordered_points(x, least, most, falls=self.falls)
        require(ordered, Code.ORDER_NOT_PROVED, "the four points are not proved to be in this order")

    def _check_return(self) -> None:
        """Lemma 21."""
        orbits, (low, high) = Orbits(self.recursion), self.intervals[0]
        signs = [side(orbits.after(3, ball(end)), end) for end in (low, high)]
        require(sorted(signs) == [-1, 1], Code.BRACKET_SIGN, "T^3(L) - L is not proved to change sign")
        first, last = ends(orbits.image(ball(low).union(ball(high))))
        apart = last < low or first > high
        require(apart, Code.POINTS_NOT_APART, "the bracket's image is not proved to lie outside of it")

    def _check_covering(self, weights: list[int]) -> None:
        """Lemma 22."""
        orbits, count = Orbits(self.recursion), len(self.intervals)
        apart = all(a[1] < b[0] for a, b in pairwise(self.intervals))
        require(apart, Code.POINTS_NOT_APART, "the intervals are not in ascending order, disjoint")
        known = len(weights) == count and all(w > 0 for w in weights)
        require(known, Code.COUNT_MISMATCH, "evidence.weights: a number > 0 for each interval")
        ratios = []
        for interval, weight in zip(self.intervals, weights, strict=True):
            one, other = (ends(orbits.after(self.turns, ball(end))) for end in interval)
            low, high = min(one[1], other[1]), max(one[0], other[0])
            covered = (
                w for j, w in zip(self.intervals, weights, strict=True) if low <= j[0] and j[1] <= high
            )
            ratios.append(Fraction(sum(covered), weight))
        growth = min(ratios)
        enough = growth > 1 and ball(self.entropy * self.turns) <= ball(growth).log()
        require(bool(enough), Code.ENTROPY_NOT_PROVED, "the coverings do not give that much entropy")


def ordered_points(x: Ball, least: Sequence[Ball], most: Sequence[Ball], *, falls: bool) -> bool:
    """Lemma 20's order for certain, given bounds of the three images of x."""
    if falls:
        return bool(least[2] >= x and x > most[0] and least[0] > most[1])
    return bool(most[2] <= x and x < least[0] and most[0] < least[1])


def _read_weights(value: object) -> list[int]:
    """The weights times their common denominator: A w >= r w holds for all multiples of w or for none."""
    weights = [exact(w, "evidence.weights") for w in items(value, "evidence.weights")]
    whole = 1
    for weight in weights:
        whole = lcm(whole, weight.denominator)
        pay_for_number(whole.bit_length())
    return [int(weight * whole) for weight in weights]


def _read_intervals(value: object, where: str) -> tuple[Interval, ...]:
    listed = items(value, where)
    require(len(listed) <= MAX_INTERVALS, Code.TOO_MUCH_WORK, f"{where}: more than {MAX_INTERVALS}")
    require(bool(listed), Code.BAD_VALUE, f"{where}: at least one interval is expected")
    return tuple(logit_interval(item, f"{where}[{i}]") for i, item in enumerate(listed))


def _claim(verdict: str, fields: dict[str, object], start: Start | None) -> str:
    """The conclusion in words; every text in it has been read as a number before."""
    if verdict == "li-yorke":
        assert start is not None
        chain = "T^3(x) >= x > T(x) > T^2(x)" if fields["order"] == "falls" else "T^3(x) <= x < T(x) < T^2(x)"
        images = items(fields["images"], "images")
        shown = "".join(f"\n  T^{i}(x) in {range_text(image)}" for i, image in enumerate(images, 1))
        return (
            f"For all these parameters the point x at {start.words} has {chain}:{shown}\n"
            "So T has cycles of every period and is chaotic in the sense of Li and Yorke (their theorem is "
            "cited,\n  not checked)."
        )
    if verdict == "period-three":
        return (
            "For all these parameters T has a point of exact period 3 with L in "
            f"{range_text(fields['logit'])}.\n"
            "So T has cycles of every period and is chaotic in the sense of Li and Yorke (their theorem is "
            "cited,\n  not checked)."
        )
    intervals = items(fields["intervals"], "intervals")
    listed = "".join(f"\n  {i}. {range_text(interval)}" for i, interval in enumerate(intervals, 1))
    return (
        f"For all these parameters T has a compact invariant set on which its topological entropy is at "
        f"least {fields['entropy']} > 0\n  (natural logarithm); T^{fields['turns']} carries each of these "
        f"{len(intervals)} disjoint intervals of L over at least one of them:{listed}"
    )
