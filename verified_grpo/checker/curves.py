"""Kind "curve": where in the plane of (beta, p_ref) a fixed point has multiplier 1 (fold) or -1 (flip), or is
threefold (cusp), and the bound from which on the sequence is known to settle.

Throughout eps and alpha > 0 are exact, and s = |b|. In lemmas 31 and 32 Omega is bounded, even and rising
in |L|.

Lemma 31 (folds and flips). T(L) = L and T'(L) = 1 if and only if L > 0, s > 0, beta = s/alpha and L_ref = L
- Omega/s. T(L) = L and T'(L) = -1 if and only if L < 0, s > 0, beta = s/(2-alpha) and L_ref = L - k Omega/s
with k = (2-alpha)/alpha. So beta lies between its values at the least and the largest s of a cell of L, and
L_ref between low - k max Omega/min s and high - k min Omega/max s (k = 1 for folds).
  T' = 1 - alpha + b/beta is 1 if b = alpha beta > 0, and -1 if b = -(2-alpha) beta < 0; b has the sign of L
  (lemma 2). At a fixed point L_ref = L - Omega/(alpha beta).
By lemma 1 all L that belong to a window of (beta, p_ref) lie in a bounded range; cells that cover it, each
enclosed in a box or seen to be outside of the window, leave nothing out.

Lemma 32 (settling). L_ref >= -Omega(0)/(alpha beta) if and only if T(0) >= 0; then the sequence from p_ref
tends to a fixed point (lemma 13, s). On the curve itself L_ref < 0 and beta = Omega(0)/(-alpha L_ref),
which rises in L_ref.

Lemma 31, of steps. Let eta > 0 and eta alpha beta < 2 in the window. At a fixed point L of T a step
of size eta, L + eta F(L) with F(L) = Omega(L) - alpha beta (L - L_ref), has the derivative -1 if and only if
L < 0, m = 2/eta + b > 0, beta = m/alpha and L_ref = L - Omega/m. So beta lies between its values at the least
and the largest m of a cell, and L_ref between low - max Omega/min m and high - min Omega/max m.
  1 + eta (b - alpha beta) = -1 is alpha beta = m; then b < 0, so L < 0 (lemma 2). At a fixed point L_ref = L
  - Omega/(alpha beta).

Lemma 33 (cusps). Let 0 <= a < m < c, b(m) > b(a), b(m) > b(c), and b > 0 on [a, c]. At some L between a and
c b has a local maximum, and T(L) = L, T'(L) = 1, T''(L) = 0 for beta = b/alpha, L_ref = L - Omega/b there.
Where Omega is even and rises in |L| and b has one peak, it is the only L with T'' = 0 at a fixed point with
T' = 1.
  b is largest on [a, c] at an inner point, where b' = 0; T'' = b'/beta. T' = 1 is b = alpha beta > 0: L >
  0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.brackets import read_cells, shown
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.findings import Findings
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    logit,
    logit_interval,
    precision,
    read_evidence,
)
from verified_grpo.checker.reading import describe_range, fingerprint, items, range_text, record, tag
from verified_grpo.checker.recursion import Recursion

_COMMON = ("kind", "curve", "variant", "parameters")
_ZERO = Fraction(0)
_STEP_COST = 12
_POINT_BITS = 128
_AXES = {"logit": "L", "log_beta": "log(beta)", "logit_p_ref": "log(p_ref/(1-p_ref))"}
_WORDS = {
    "fold": "T(L) = L and T'(L) = 1 (a fixed point of multiplicity two, or more as at a cusp)",
    "flip": "T(L) = L and T'(L) = -1 (a fixed point with multiplier -1)",
    "settling": "L_ref = -Omega(0)/(alpha beta), L = L_ref; from this L_ref upwards the sequence from p_ref "
    "tends\n  to a fixed point",
}

_OF_A_STEP = (
    "T(L) = L and 1 + {0} (Omega'(L) - alpha beta) = -1\n  (a fixed point at which a step of size {0}, "
    "L + {0} (Omega(L) - alpha beta (L - L_ref)), has multiplier -1)"
)


@dataclass(frozen=True)
class Piece:
    """A cell of L, and the box of (log beta, L_ref) that its part of the curve is claimed to lie in."""

    logit: Interval
    log_beta: Interval
    reference: Interval
    words: str


@dataclass(frozen=True)
class Curve:
    """A fold, flip or settling curve in a window of (beta, p_ref), enclosed piece by piece."""

    name: str
    recursion: Recursion
    pieces: tuple[Piece, ...]
    words: str
    step: Fraction | None = None
    """Of a flip: the size of the step, or the exact iteration."""

    @classmethod
    def read(cls, statement: dict[str, object]) -> Curve | Cusp:
        """The statement; a cusp's has other keys."""
        name = tag(statement, "statement", "curve", (*_WORDS, "cusp"))
        of_a_step = ("step_size",) if name == "flip" and "step_size" in statement else ()
        own = ("logit",) if name == "cusp" else ("pieces", *of_a_step)
        fields = record(statement, "statement", (*_COMMON, *own))
        recursion, head = Recursion.read(fields)
        fixed = recursion.box.is_exact("alpha", "eps")
        require(fixed, Code.OUTSIDE_DOMAIN, "statement.parameters: alpha and eps of a curve are numbers")
        recursion.box.require_positive_alpha()
        if name == "cusp":
            bracket = logit_interval(fields["logit"], "statement.logit")
            return Cusp(recursion, bracket, head + _cusp_words(fields["logit"], recursion))
        pieces = [
            _read_piece(piece, f"statement.pieces[{i}]")
            for i, piece in enumerate(items(fields["pieces"], "statement.pieces"))
        ]
        ordered = all(a.logit[1] <= b.logit[0] for a, b in pairwise(pieces))
        require(
            ordered, Code.UNORDERED_CELLS, "statement.pieces: not in ascending order of L, or overlapping"
        )
        step = exact(fields["step_size"], "statement.step_size") if "step_size" in fields else None
        short = step is None or (step > 0 and step * recursion.box.alpha[1] * recursion.box.beta[1] < 2)
        require(short, Code.OUTSIDE_DOMAIN, "statement.step_size: 0 < eta and eta alpha beta < 2 do not hold")
        words = head + _curve_words(name, pieces, fields["pieces"], fields.get("step_size"))
        return cls(name, recursion, tuple(pieces), words, step)

    def findings(self) -> Findings:
        """Whether the window holds a point of the curve at all: seen at the middle of each cell of L."""
        cells = [piece.logit for piece in self.pieces]
        with precision(_POINT_BITS):
            count = sum(self._is_in_window((low + high) / 2) for low, high in cells)
        if not cells:
            return Findings("So the curve is outside of these ranges.", True)
        if not count:
            return Findings("Whether the curve has a point in the ranges above is NOT established.", False)
        said = f"At least {count} of the boxes hold a point of it in the ranges above."
        return Findings(said, True, (("boxes_with_a_point", str(count)),))

    def _is_in_window(self, point: Fraction) -> bool:
        """Whether the curve's point at a log-odds is certainly in the window."""
        here, box = (point, point), self.recursion.box
        (light, heavy), (low, high) = self._weights(here), self._references(here)
        across = light >= ball(box.beta[0]) and heavy <= ball(box.beta[1])
        return bool(across and low >= self.recursion.anchor(0) and high <= self.recursion.anchor(1))

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("cells",))
        fields, bits = read_evidence(evidence, "start", "cells")
        cells = read_cells(fields["start"], fields["cells"], ("piece", "outside"))
        start = logit(fields["start"], "evidence.start")
        self.recursion.require(Fact.EVEN_RISING, Fact.BOUNDED)
        pay_for_evaluations(
            _STEP_COST * (2 * len(cells) + 1), max(bits, _POINT_BITS), self.recursion.contrast.cost
        )
        inside = [cell for rule, cell in cells if rule == "piece"]
        same = inside == [piece.logit for piece in self.pieces]
        require(same, Code.COUNT_MISMATCH, "the cells of the rule 'piece' are not those of the pieces")
        with precision(bits):
            self._check_range(start, cells[-1][1][1] if cells else start)
            for rule, cell in cells:
                if rule == "outside":
                    missed = self._is_outside(cell)
                    require(missed, Code.CELL_NOT_EMPTY, f"the curve may be in the window for {shown(cell)}")
            for piece in self.pieces:
                held = self._is_in_its_box(piece)
                require(held, Code.CURVE_NOT_ENCLOSED, f"the curve may leave its box: {shown(piece.logit)}")

    def _check_range(self, start: Fraction, end: Fraction) -> None:
        """The cells leave nothing of the window out, and keep to the side of 0 where the curve is."""
        recursion, fold = self.recursion, self.name == "fold"
        right_side = start >= 0 if fold else end <= 0
        require(right_side, Code.OUTSIDE_DOMAIN, "evidence: cells of a fold lie in L >= 0, others in L <= 0")
        settling = self.name == "settling"
        low = recursion.anchor(0) if settling else recursion.lowest_fixed_point()
        high = recursion.anchor(1) if settling else recursion.highest_fixed_point()
        left, right = bool(low >= ball(start)), bool(high <= ball(end))
        left, right = left or (fold and start == 0), right or (not fold and end == 0)
        require(left, Code.LOGIT_RANGE_LEFT, "the curve may go on to the left of the cells")
        require(right, Code.LOGIT_RANGE_RIGHT, "the curve may go on to the right of the cells")

    def _weights(self, cell: Interval) -> Balls:
        """Bounds of beta over a cell; the upper one is infinite where the cell of a settling curve reaches
        0."""
        alpha = self.recursion.box.alpha[0]
        if self.name == "settling":
            least = self.recursion.floor()
            return least / ball(-alpha * cell[0]), least / ball(-alpha * cell[1])
        share = 2 - alpha if self.name == "flip" and self.step is None else alpha
        low, high = self._steepness(cell)
        return low / ball(share), high / ball(share)

    def _steepness(self, cell: Interval) -> Balls:
        """Bounds of s, or of m, over a cell on one side of 0."""
        least, most = self.recursion.slope(cell)
        if self.step is not None:
            return ball(2 / self.step) + least, ball(2 / self.step) + most
        return (least, most) if self.name == "fold" else (-most, -least)

    def _references(self, cell: Interval) -> Balls:
        """Bounds of L_ref over a cell; of the lower one nothing is known where s or m may be 0."""
        if self.name == "settling":
            return ball(cell[0]), ball(cell[1])
        alpha, (least, most) = self.recursion.box.alpha[0], self._steepness(cell)
        share = ball((2 - alpha) / alpha if self.name == "flip" and self.step is None else 1)
        fall = share * self.recursion.largest_omega(cell) / least.max(ball(0))
        return ball(cell[0]) - fall, ball(cell[1]) - share * self.recursion.least_omega(cell) / most

    def _is_outside(self, cell: Interval) -> bool:
        """Whether all of the curve that belongs to a cell is outside of the window."""
        (light, heavy), (low, high), box = self._weights(cell), self._references(cell), self.recursion.box
        beside = light > ball(box.beta[1]) or heavy < ball(box.beta[0])
        return bool(beside or low > self.recursion.anchor(1) or high < self.recursion.anchor(0))

    def _is_in_its_box(self, piece: Piece) -> bool:
        """Whether s > 0, or m, on the cell, and beta and L_ref keep to the box: lemmas 31 and 32."""
        (light, heavy), (low, high) = self._weights(piece.logit), self._references(piece.logit)
        across = (
            light > 0 and light.log() >= ball(piece.log_beta[0]) and heavy.log() <= ball(piece.log_beta[1])
        )
        return bool(across and low >= ball(piece.reference[0]) and high <= ball(piece.reference[1]))


@dataclass(frozen=True)
class Cusp:
    """A cusp of the fold curve, in an interval of L and the ranges of beta and p_ref."""

    recursion: Recursion
    logit: Interval
    words: str

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("peak",))
        fields, bits = read_evidence(evidence, "middle")
        middle = logit(fields["middle"], "evidence.middle")
        (low, high), recursion = self.logit, self.recursion
        pay_for_evaluations(_STEP_COST, bits, recursion.contrast.cost)
        inside = 0 <= low < middle < high
        require(inside, Code.OUTSIDE_DOMAIN, "evidence.middle: 0 <= low < middle < high does not hold")
        fold = Curve("fold", recursion, (), "")
        with precision(bits):
            summit, *ends = (recursion.slope((x, x)) for x in (middle, low, high))
            largest = all(bool(summit[0] > end[1]) for end in ends)
            require(largest, Code.CUSP_NOT_PROVED, "b is not proved to be larger inside than at the ends")
            (light, heavy), (lowest, highest) = fold._weights(self.logit), fold._references(self.logit)
            box = recursion.box
            held = light >= ball(box.beta[0]) and heavy <= ball(box.beta[1])
            held = held and lowest >= recursion.anchor(0) and highest <= recursion.anchor(1)
            require(bool(held), Code.CURVE_NOT_ENCLOSED, "the cusp may lie outside of the stated ranges")


def _read_piece(value: object, where: str) -> Piece:
    fields = record(value, where, tuple(_AXES))
    cell, across, up = (logit_interval(fields[key], f"{where}.{key}") for key in _AXES)
    words = ", ".join(describe_range(_AXES[key], fields[key]) for key in _AXES)
    return Piece(cell, across, up, words)


def _curve_words(name: str, pieces: list[Piece], listed: object, step: object) -> str:
    """The conclusion in words; every number in it has been read before."""
    meaning = _WORDS[name] if step is None else _OF_A_STEP.format(step)
    words = f"Curve ({name}): all (beta, p_ref) for which some L has {meaning}.\n"
    if not pieces:
        return words + "No point of the curve has beta and p_ref in the ranges above."
    arcs = sum(a.logit[1] < b.logit[0] for a, b in pairwise(pieces)) + 1
    words += (
        f"Every point of the curve with beta and p_ref in the ranges above is in one of {len(pieces)} boxes\n"
        f"  of (log(beta), log(p_ref/(1-p_ref))), in {arcs} chain(s); and for every L of a box's interval\n"
        "  the curve has a point in the box, in the ranges above or outside of them."
    )
    shown = {1: pieces[0], len(pieces): pieces[-1]}
    words += "".join(f"\n  {number}. {piece.words}" for number, piece in shown.items())
    return f"{words}\nAll boxes, as listed, have the {fingerprint(listed)}."


def _cusp_words(bracket: object, recursion: Recursion) -> str:
    alone = recursion.knows(Fact.EVEN_RISING, Fact.ONE_PEAK)
    return (
        f"For some beta and p_ref in these ranges some L in {range_text(bracket)} has T(L) = L, "
        "T'(L) = 1, T''(L) = 0\n  and a local maximum of T' there: a cusp of the fold curve"
        + (", its only one in the whole plane of (beta, p_ref)." if alone else ".")
    )
