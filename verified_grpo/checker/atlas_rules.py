"""The rules that decide one cell of an atlas. alpha > 0 and eps are exact; the sequence starts at L_0 = y.
Of steps of one size A in (0, 1] and w stand for alpha and 1/beta below, at each point of the cell.

As Omega > 0, L_n >= y for all n. Where Omega is even and rises in |L|, T' >= 0 on L >= 0 (lemma 2); where
it is bounded, T is bounded by a line of slope 1 - alpha < 1, so that no sequence grows without bound.

Lemma 13 (climbs; Omega bounded, even and rising in |L|). If A >= 0, T(A) >= A and L_k >= A, then L_n tends
to a fixed point. h: T' >= 0 on L >= y, so L_n rises to the least fixed point. s: T(0) = alpha y + w
Omega(0) >= 0 is enough.
  T maps [A, oo) into itself and keeps order: the sequence is monotone from k on, and bounded. In h, T(y) >
  y and no fixed point is below y (lemma 1). s: for L < 0, T(L) - L >= T(0) - alpha L > 0; so L_n rises
  until it is >= 0, where A = 0 does it, or else for ever, below 0.

Lemma 14 (contractions). g: |b| <= Bmax and w Bmax < alpha give |T'| < 1 on the line, uniformly. w (Omega
even and rising in |L|): with U = y1 + w Omega(y0)/alpha <= |y0|, T maps [y0, U] into itself. Where |T'| <
1, L_n tends to the fixed point.
  On [y0, U] Omega <= Omega(y0), so T(L) <= (1-alpha) U + alpha y + w Omega(y0) <= U. Banach.

Lemma 15 (traps). Let H be an interval, L_k in H, and T^j(H), 0 < j < n, disjoint from H. The sequence tends
to a cycle of exactly n points if (t) T^n maps H into itself with |(T^n)'| < 1; or (d) T^2n does, T^j(H) is
disjoint from H also for n < j < 2n, and T^n(L) - L is > 0 at the lower and < 0 at the upper end of H; or
(n) (T^n)' >= 0 on H, and T^n(L) - L is > 0 at the lower and < 0 at the upper end.
  t: Banach. d: T^n has a fixed point in H (intermediate values), which is the only one of T^2n. n: T^n maps
  H into itself and keeps order, so T^n-orbits in H are monotone and tend to a fixed point of T^n. In each
  case the point's images T^j, 0 < j < n, lie outside of H, so its period is n.

Lemma 16 (below 1/2; alpha = 1, Omega even and rising in |L|). Let A = y0 + w Omega(0) < 0 with the least w
and y1 + w Omega(A) < 0 with the largest; let L_k < 0 for some k >= 1. T does not rise on L < 0 and has one
fixed point x* there; let it lie inside of [a, b]. z: if |T'| > 1 on [a, b] and L_k is not in [a, b], L_n
tends to a cycle of exactly two points. q (b > 0 and the Schwarzian of Omega negative on L > 0): if |T'| <=
1 on [a, b], L_n tends to x*.
  J = [A, 0] holds L_k, and T(J) lies in J, for all T(L) >= A. On J T does not rise, and f = T^2 does not
  fall: f-orbits in J are monotone and tend to a fixed point of f. z: x* repels, and no other point of J is
  mapped to it (T would be constant in between), so L_n is not x* for n >= k: the limit is another fixed
  point of f, of period 2. q: T falls strictly on J, f rises. The Schwarzian S(T) = S(Omega) is negative on
  L < 0 as on L > 0 (Omega is even), so S(f) is. Had f other fixed points s < x* < T(s), f' would be 1
  somewhere in (s, x*) and in (x*, T(s)) and f'(x*) <= 1: it has a minimum > 0 in between, where f'' = 0 and
  f''' >= 0, so S(f) >= 0, a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from verified_grpo.checker.atlas_flow import Cell, Flow
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball
from verified_grpo.checker.plane import tokens

EACH = 6  # evaluations a step
_PROOF = re.compile(
    r"([hvsgwm])|(e)([0-9]{1,4})|([tdn])([0-9]{1,4})([a-t])([a-t])|([qz])([0-9]+)\.([0-9]+)\.([0-9]+)"
)
_FINENESS = 2**11
_UNIT = Fraction(3, 2)
_ZERO = Fraction(0)
_ORDER = (Fact.EVEN_RISING, Fact.BOUNDED)
NEEDS: dict[str, tuple[Fact, ...]] = {
    **dict.fromkeys("hvse", _ORDER),
    "g": (Fact.STEEPEST,),
    **dict.fromkeys("wz", (Fact.EVEN_RISING,)),
    "q": (Fact.EVEN_RISING, Fact.NEGATIVE_SCHWARZIAN),
    **dict.fromkeys("tdnm", ()),
}
"""What each rule needs of the contrast; m is lemma 11."""

Proof = tuple[str, list[int]]


def read_proofs(value: object) -> Iterator[Proof]:
    """The rules and their numbers that the text of the evidence is made of."""
    for match in tokens(_PROOF, value, "evidence.proofs"):
        letter, *rest = (part for part in match.groups() if part is not None)
        fits = all(len(part) <= 9 for part in rest)
        require(fits, Code.HUGE_NUMBER, "evidence.proofs: a number of more than nine digits")
        yield letter, [int(part) if part.isdigit() else ord(part) - ord("a") for part in rest]


def evaluations(proof: Proof, node: str) -> int:
    """How many values and slopes a proof of a leaf asks for by its orbit."""
    letter, numbers = proof
    turn = int(node[1:]) if node[0] == "c" else 1
    return EACH * ((numbers[0] if numbers else 0) + (4 * turn if letter in "tdn" else 0))


def check_cell(cell: Cell, letter: str, numbers: list[int], period: int) -> None:
    """Establish that all sequences of the cell tend to a cycle of exactly so many points (1: a fixed point;
    rules h and v: the least, rising), or raise a fault; what the rule needs of the contrast is known."""
    if letter in "tdn":
        _trap(cell, letter, numbers, period)
    elif letter in "qz":
        _below_half(cell, letter, numbers)
    elif letter == "e":
        _climb(cell, numbers[0])
    else:
        _AT_ONCE[letter](cell)


def _half(cell: Cell) -> None:
    require(cell.y[0] >= 0, Code.CLOSED_FORM_FAILS, "p_ref >= 1/2 does not hold on a cell of rule h")


def _rising(cell: Cell) -> None:
    least, _ = cell.slopes(ball(min(cell.y[0], _ZERO)), ball(0))
    require(bool(least >= 0), Code.NOT_MONOTONE, "T' >= 0 is not proved from L_ref on, on a cell of rule v")


def _s4(cell: Cell) -> None:
    require(
        bool(cell.lowest_move(ball(0)) >= 0), Code.CLOSED_FORM_FAILS, "S4 does not hold on a cell of rule s"
    )


def _s3(cell: Cell) -> None:
    flat = bool(cell.weight[1] * cell.recursion.steepest() < cell.alpha[0])
    require(flat, Code.CLOSED_FORM_FAILS, "S3 does not hold on a cell of rule g")


def _contraction(cell: Cell) -> None:
    start = ball(cell.y[0])
    top = ball(cell.y[1]) + cell.weight[1] * cell.omega(start) / cell.alpha[0]
    least, most = cell.slopes(start, top)
    inside = bool(top <= -start and least > -1 and most < 1)
    require(inside, Code.NOT_TRAPPED, "T is not proved to contract on a cell of rule w")


_AT_ONCE: dict[str, Callable[[Cell], None]] = {
    "h": _half,
    "v": _rising,
    "s": _s4,
    "g": _s3,
    "w": _contraction,
}


def _climb(cell: Cell, steps: int) -> None:
    end = Flow.from_reference(cell).after(steps).reach[0]
    climbs = bool(end >= 0 and cell.lowest_move(end) >= 0)
    require(climbs, Code.NOT_MONOTONE, "the orbit is not proved to stay above its end on a cell of rule e")


def _trap(cell: Cell, letter: str, numbers: list[int], period: int) -> None:
    steps, below, above = numbers
    here = Flow.from_reference(cell).after(steps)
    reach = here.spread * ball(_UNIT)
    low, high = here.center - reach * 2**below, here.center + reach * 2**above
    first = now = here.from_between(low, high)
    for j in range(1, (2 if letter == "d" else 1) * period + 1):
        now = now.step()
        apart = j % period == 0 or now.is_apart_from(first)
        require(apart, Code.POINTS_NOT_APART, "images of a trap may meet it before a whole turn")
    if letter == "n":
        require(bool(now.inside[0] >= 0), Code.NOT_MONOTONE, "T^n is not proved to rise on a trap of rule n")
    else:
        radius, shift = first.inside[1], abs(now.center - first.center)
        held = bool(now.spread + shift <= radius) and all(abs(c) < radius for c in now.inside)
        require(held, Code.NOT_TRAPPED, "a trap is not proved to be mapped into itself and contracted")
    if letter != "t":
        _require_crossing(first, low, high, period)


def _require_crossing(first: Flow, low: Ball, high: Ball, period: int) -> None:
    """T^n(L) - L is > 0 at the lower end and < 0 at the upper one."""
    from_low, from_high = (first.from_between(end, end).after(period).reach for end in (low, high))
    crosses = bool(from_low[0] > low and from_high[1] < high)
    require(crosses, Code.NOT_TRAPPED, "the ends of a trap are not proved to move inward")


def _below_half(cell: Cell, letter: str, numbers: list[int]) -> None:
    allowed = cell.recursion.box.alpha[0] == 1 and cell.update is None and numbers[0] >= 1
    require(allowed, Code.WRONG_RULE, f"the rule {letter} is not for this variant, or not from step 0")
    steps, lower, upper = numbers
    low, high = ball(Fraction(-lower, _FINENESS)), ball(Fraction(-upper, _FINENESS))
    floor = ball(cell.y[0]) + cell.weight[0] * cell.omega(ball(0))
    stays = bool(floor < 0 and ball(cell.y[1]) + cell.weight[1] * cell.omega(floor) < 0)
    require(stays, Code.NOT_TRAPPED, "sequences are not proved to stay below p = 1/2")
    crosses = lower > upper and bool(cell.lowest_move(low) > 0 and cell.highest_move(high) < 0)
    require(crosses, Code.BRACKET_SIGN, "the fixed point below p = 1/2 is not proved to be in its bracket")
    here = Flow.from_reference(cell).after(steps).reach
    require(bool(here[1] < 0), Code.ORBIT_NOT_CAUGHT, "the orbit is not proved to be below p = 1/2")
    least, most = cell.slopes(low, high)
    if letter == "q":
        require(bool(least >= -1), Code.RATE_NOT_PROVED, "|T'| <= 1 is not proved at the fixed point")
    else:
        require(bool(most < -1), Code.RATE_NOT_PROVED, "|T'| > 1 is not proved at the fixed point")
        apart = bool(here[1] < low or here[0] > high)
        require(apart, Code.POINTS_NOT_APART, "the orbit is not told from the repelling fixed point")
