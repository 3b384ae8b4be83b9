"""Kind "limit": where the sequence L_n = T(L_{n-1}) from a given start goes.

Lemma 9 (traps). Let J_0, ..., J_{n-1} be closed intervals, T(J_i) inside J_{i+1} (J_0 after the last), and
k < 1 the product of the largest |T'| on each. Then T^n maps every J_i into itself and has exactly one fixed
point x_i in it; T(x_i) = x_{i+1}; and |T^n(L) - x_i| <= k |L - x_i| for L in J_i. If intervals B_i inside J_i
form a trap too, x_i lies in B_i; if the B_i are pairwise disjoint, the period of the cycle is exactly n.
  |(T^n)'| <= k on J_i by the chain rule, since T^j(J_i) stays in J_{i+j}: Banach's fixed point theorem.
  T(x_i) is a fixed point of T^n in J_{i+1}, hence x_{i+1}. The trap B has a fixed point of T^n in B_i,
  inside J_i.

Lemma 10 (monotone sequences). Let L_s <= U, T' >= 0 on [L_s, U], T(L_s) >= L_s and T(U) <= U. Then L_n does
not fall from n = s on and tends to the least fixed point L* >= L_s, and L_N <= L* <= U for every N >= s. With
all inequalities turned round, L_n does not rise and tends to the greatest fixed point <= L_s.
  T maps [L_s, U] into itself and keeps order, so L_s <= L_{s+1} <= ... <= U: the limit exists and is a fixed
  point by continuity. A fixed point y >= L_s that is <= U bounds L_s and so, by order, all L_n.
From p_ref with s = 0, T(L_ref) - L_ref = Omega/beta > 0, and by lemma 1 no fixed point lies below L_ref.

Lemma 11 (mirror). For alpha = 0, T(L) - L = Omega(L)/beta > 0: L_n grows without bound, p_n rises to 1. Where
Omega is even and rises in |L| each step gains at least Omega(0)/beta.
  A rising sequence with a bound has a limit, which is a fixed point by continuity: there is none. Lemma 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from verified_grpo.checker.brackets import KEYS, Bracket, describe_point, require_multiplier
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.limits import MAX_PERIOD
from verified_grpo.checker.numbers import (
    Interval,
    Pair,
    ball,
    exact,
    logit_interval,
    precision,
    read_evidence,
    read_pair,
)
from verified_grpo.checker.orbits import Orbits, ends, product
from verified_grpo.checker.reading import choice, describe_range, items, natural, record, tag
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.settling import MANNERS, Settles

_COMMON = ("kind", "variant", "parameters", "start", "verdict")
_FIELDS: dict[str, tuple[str, ...]] = {
    "rises-to-one": ("gain",),
    "rises": ("step", "limit"),
    "falls": ("step", "limit"),
    "fixed-point": ("step", "period", "points", "rate", "multiplier"),
    "cycle": ("step", "period", "points", "rate", "multiplier"),
    "settles": ("manner",),
}
_RULES = {"rises-to-one": "mirror", "rises": "monotone", "falls": "monotone"}


@dataclass(frozen=True)
class Limit:
    """What the sequence from `start` (p_ref where None) does for every parameter of the box."""

    verdict: str
    recursion: Recursion
    start: Fraction | None
    step: int
    points: tuple[Bracket, ...]
    basins: tuple[Interval, ...]
    bound: Fraction  # the gain or the rate
    multiplier: Pair | None
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Limit | Settles:
        """The statement; which keys it has depends on its verdict."""
        verdict = tag(statement, "statement", "verdict", tuple(_FIELDS))
        fields = record(statement, "statement", (*_COMMON, *_FIELDS[verdict]))
        recursion, words = Recursion.read(fields)
        start = _read_start(fields["start"])
        if verdict == "settles":
            manner = choice(fields["manner"], "statement.manner", MANNERS)
            return Settles(manner, recursion, start, words + _claim(verdict, fields))
        step = natural(fields.get("step", 0), "statement.step")
        bound, multiplier, points, basins = Fraction(0), None, [], []
        if verdict == "rises-to-one":
            bound = exact(fields["gain"], "statement.gain")
            require(bound > 0, Code.OUTSIDE_DOMAIN, "statement.gain: gain > 0 does not hold")
        elif verdict in ("rises", "falls"):
            points = [Bracket.read(fields["limit"], "statement.limit")]
        else:
            period = natural(fields["period"], "statement.period")
            fits = period == 1 if verdict == "fixed-point" else 2 <= period <= MAX_PERIOD
            require(fits, Code.OUTSIDE_DOMAIN, f"statement.period: 1, or for a cycle 2 to {MAX_PERIOD}")
            listed = items(fields["points"], "statement.points")
            require(len(listed) == period, Code.COUNT_MISMATCH, f"period {period}, {len(listed)} points")
            for i, item in enumerate(listed):
                where = f"statement.points[{i}]"
                point = record(item, where, (*KEYS, "basin"))
                points.append(Bracket.of(point, where))
                basins.append(logit_interval(point["basin"], f"{where}.basin"))
            bound = exact(fields["rate"], "statement.rate")
            require(0 <= bound < 1, Code.OUTSIDE_DOMAIN, "statement.rate: 0 <= rate < 1 does not hold")
            multiplier = read_pair(fields["multiplier"], "statement.multiplier")
        words += _claim(verdict, fields)
        return cls(verdict, recursion, start, step, tuple(points), tuple(basins), bound, multiplier, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        rule = tag(evidence, "evidence", "rule", ("mirror", "monotone", "trap"))
        fits = rule == _RULES.get(self.verdict, "trap")
        require(fits, Code.WRONG_RULE, f"the rule {rule!r} proves no verdict {self.verdict!r}")
        extra = ("steps", "cells") if rule == "monotone" else ()
        fields, bits = read_evidence(evidence, *extra)
        steps = natural(fields["steps"], "evidence.steps") if extra else self.step
        cells = natural(fields["cells"], "evidence.cells") if extra else 1
        require(cells >= 1, Code.BAD_VALUE, "evidence.cells: at least one cell is expected")
        count = steps + cells + 4 * len(self.points) + 4
        pay_for_evaluations(4 * count, bits, self.recursion.contrast.cost)
        with precision(bits):
            if rule == "mirror":
                self._check_mirror()
            elif rule == "monotone":
                self._check_monotone(steps, cells)
            else:
                self._check_trap()
            for point in self.points:
                point.check_probabilities()

    def _check_mirror(self) -> None:
        """Lemma 11."""
        box = self.recursion.box
        box.require_mirror()
        enough = ball(self.bound * box.beta[1]) <= self.recursion.floor()
        require(enough, Code.GAIN_NOT_PROVED, "the gain exceeds the bound Omega(0)/beta")

    def _check_monotone(self, steps: int, cells: int) -> None:
        """Lemma 10; for a fall everything is turned round."""
        orbits, rising = Orbits(self.recursion), self.verdict == "rises"
        require(steps >= self.step, Code.BAD_VALUE, "evidence.steps: not before statement.step")
        here = orbits.after(self.step, orbits.start(self.start))
        low, high = ends(here)
        least, most = self.points[0].logit
        outer = most if rising else least  # the end that T must not carry outward
        beyond = high <= outer if rising else outer <= low
        require(
            beyond, Code.NOT_MONOTONE, "the sequence is not proved to be on the inner side of the bracket"
        )
        span = (low, outer) if rising else (outer, high)
        width = (span[1] - span[0]) / cells
        parts = [(span[0] + i * width, span[0] + (i + 1) * width) for i in range(cells)]
        require(all(map(orbits.rises, parts)), Code.NOT_MONOTONE, "T' >= 0 is not proved on the way")
        sign = 1 if rising else -1
        least_image, most_image = orbits.bounds(outer)
        held = most_image <= ball(outer) if rising else least_image >= ball(outer)
        require(bool(held), Code.NOT_MONOTONE, "the far end of the bracket may be carried outward")
        if not (rising and self.step == 0 and self.start is None):
            turned = orbits.image(here) - here
            forward = sign * turned >= 0
            require(bool(forward), Code.NOT_MONOTONE, "the first step of the run may go the other way")
        reached = ends(orbits.after(steps - self.step, here))
        inside = least <= reached[0] if rising else reached[1] <= most
        require(
            inside, Code.LIMIT_NOT_ENCLOSED, "the sequence is not proved to reach the near end of the bracket"
        )

    def _check_trap(self) -> None:
        """Lemma 9."""
        orbits = Orbits(self.recursion)
        brackets = [point.logit for point in self.points]
        for inner, outer in zip(brackets, self.basins, strict=True):
            inside = outer[0] <= inner[0] and inner[1] <= outer[1]
            require(inside, Code.LIMIT_NOT_ENCLOSED, "a bracket is not inside its basin")
        apart = all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(brackets, 2))
        require(apart, Code.POINTS_NOT_APART, "two points of the cycle are not proved to be different")
        for intervals in (list(self.basins), brackets):
            following = [*intervals[1:], intervals[0]]
            trapped = all(map(orbits.maps_into, intervals, following))
            require(trapped, Code.NOT_TRAPPED, "T is not proved to map the intervals into one another")
        rate = ball(1)
        for basin in self.basins:
            rate = rate * orbits.steepest(basin)
        require(rate <= ball(self.bound), Code.RATE_NOT_PROVED, "the product of max |T'| may exceed the rate")
        assert self.multiplier is not None
        require_multiplier(self.multiplier, *product([orbits.slope(bracket) for bracket in brackets]))
        low, high = ends(orbits.after(self.step, orbits.start(self.start)))
        caught = self.basins[0][0] <= low and high <= self.basins[0][1]
        require(caught, Code.ORBIT_NOT_CAUGHT, f"L_{self.step} is not proved to lie in the first basin")


def _read_start(value: object) -> Fraction | None:
    if value == "p_ref":
        return None
    start = exact(value, "statement.start")
    require(0 < start < 1, Code.OUTSIDE_DOMAIN, "statement.start: 0 < p_0 < 1 does not hold")
    return start


def _claim(verdict: str, fields: dict[str, object]) -> str:
    """The conclusion in words; every text in it has been read as a number before."""
    start, step = fields["start"], fields.get("step")
    words = f"For all these parameters the sequence L_n = T(L_{{n-1}}) from p_0 = {start} "
    match verdict:
        case "rises-to-one":
            return words + f"rises without bound, by at least {fields['gain']} a step; p_n rises to 1."
        case "settles":
            return words + f"{MANNERS[str(fields['manner'])]}."
        case "rises" | "falls":
            order, extreme = (
                ("fall", "least fixed point >=")
                if verdict == "rises"
                else ("rise", "greatest fixed point <=")
            )
            words += f"does not {order} from n = {step} on\n  and tends to the {extreme} L_{step}"
            if verdict == "rises" and step == 0 and start == "p_ref":
                words += ", the least of all fixed points"
            return words + f":\n  {describe_point(fields['limit'])}"
    points = items(fields["points"], "points")
    if verdict == "fixed-point":
        words += f"tends to a fixed point, with |L_{{m+1}} - L*| <= {fields['rate']} |L_m - L*|"
    else:
        words += f"tends to a cycle of exactly {len(points)} points x_0, x_1, ...: T(x_i) = x_{{i+1}},"
        turn = f"|L_{{m+{len(points)}}} - x_i| <= {fields['rate']} |L_m - x_i|"
        words += f"\n  with {turn} for i = m - {step} modulo {len(points)}"
    words += (
        f" for all m >= {step},\n  and so does every sequence from a point of the first basin (0 for {step});"
    )
    words += f" {describe_range('multiplier', fields['multiplier'])}:"
    return words + "".join(f"\n  {i}. {describe_point(point)}" for i, point in enumerate(points))
