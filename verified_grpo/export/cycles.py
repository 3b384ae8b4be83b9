"""Kind "cycles": all cycles of period 2 or 3, by a partition of the line into cells of T^n(L) - L."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..certificates.grammar.chaos import CycleCells, Cycles, CyclesEvidence
from ..errors import InputError
from .limits import located, place
from .point import Point
from .sweeps import BRACKETS, CELLS, Rounding, Sweep
from .text import all_of, bound, real

Pair = tuple[Fraction, Fraction]

EXACT_PERIOD = {2: "exact_period_two", 3: "exact_period_three"}

CUTS = 16
"""How often the line is cut, one cut inside another, before a cell is given up."""

NOTATIONS = (
    "Local Notation step' := (fun t => 1 - alpha + slope eps t / beta).\n"
    "Lemma A1 : alpha <= 1. Proof. order. Qed.\n"
    "Lemma derivative : forall t, is_derive step t (step' t).\n"
    "Proof. intros t. exact (T2_derivative alpha Lref beta eps t B E). Qed.\n"
)


def cycles(name: str, statement: Cycles, evidence: CyclesEvidence) -> str:
    """Statement and proof.

    Raises:
        InputError: another period, alpha = 0, or a cell that stays undecided.
    """
    n = int(statement["period"])
    if n not in EXACT_PERIOD:
        raise InputError(f"cycles of period {n} have no export to Coq; of periods 2 and 3 they have")
    if evidence["rule"] != "cells":
        raise InputError("cycles for alpha = 0 have no export to Coq: L < T(L), as for fixed points")
    point = Point.of(statement["parameters"])
    return point.section(name, _Cycles(name, point, n, statement, evidence).text())


@dataclass(frozen=True)
class _Cell:
    """A cell and its lemma; a bracket's number where it holds one."""

    ends: Pair
    lemma: str
    bracket: int | None


class _Cycles:
    def __init__(self, name: str, point: Point, n: int, statement: Cycles, evidence: CycleCells) -> None:
        self.name, self.point, self.n, self.statement = name, point, n, statement
        self.items = [item for cycle in statement["cycles"] for item in cycle["points"]]
        self.brackets = [_pair(item["logit"]) for item in (*self.items, *evidence["smaller"])]
        self.moving, self.fixed = range(len(self.items)), range(len(self.items), len(self.brackets))
        self.span = _pair(evidence["logit"])
        self.cells: list[_Cell] = []
        self._cut(self.span, CUTS)

    def text(self) -> str:
        if {cell.bracket for cell in self.cells} - {None} != set(range(len(self.brackets))):
            raise InputError("two points of cycles share a cell, which has no export to Coq")
        verify = f"verify {BRACKETS.bits}%positive"
        lemmas = [cell.lemma for cell in self.cells] + [self._fixed(i) for i in self.fixed]
        lemmas += [place(str(i), item, "<", verify) for i, item in enumerate(self.items)]
        sweeps = (Sweep.of(self.point, self.brackets[i], self.n, BRACKETS) for i in self.moving)
        lemmas += [sweep.lemma(f"around_{i}") for i, sweep in enumerate(sweeps)]
        return f"{NOTATIONS}{''.join(lemmas)}\n{self._statement()}{self._proof()}"

    def _cut(self, cell: Pair, left: int) -> None:
        """Cells from left to right, each decided or cut in two."""
        decided = self._decide(cell)
        if decided is not None:
            self.cells.append(decided)
            return
        if not left:
            raise InputError("a cell stays undecided: near a fold or flip there is no export to Coq")
        middle = cell[0] + (cell[1] - cell[0]) * Fraction(31, 64)
        middle = Fraction(round(middle * 2**12), 2**12) if left > 4 else middle
        self._cut((cell[0], middle), left - 1)
        self._cut((middle, cell[1]), left - 1)

    def _decide(self, cell: Pair) -> _Cell | None:
        sweep = Sweep.of(self.point, cell, self.n)
        (a, b), (lo, hi), number = cell, sweep.turn, len(self.cells)
        inside = [i for i, bracket in enumerate(self.brackets) if a <= bracket[0] and bracket[1] <= b]
        swept = sweep.lemma(f"sweep_{number}")
        head = f"Lemma cell_{number} : empty (returning step {self.n}) {real(a)} {real(b)}.\nProof. "
        if not inside:
            how = self._empty(cell, sweep, f"sweep_{number}")
            if how is not None:
                return _Cell(cell, f"{swept}{head}{how} Qed.\n", None)
        if len(inside) > 1 or not (lo > 1 or hi < 1):
            return None
        way = "rises" if lo > 1 else "falls"
        monotone = f"returning_{way} step step' {self.n} _ _ _ _ _ _ sweep_{number}"
        lemmas = ("rising" if lo > 1 else "falling", f"({monotone} ltac:(order))")
        if inside:
            return _Cell(cell, swept + self._one(number, cell, inside[0], *lemmas), inside[0])
        how = self._one_sided(cell, *lemmas)
        return None if how is None else _Cell(cell, f"{swept}{head}{how} Qed.\n", None)

    def _empty(self, cell: Pair, sweep: Sweep, name: str) -> str | None:
        """The cell is carried off itself, or away from its middle's image by less than needed."""
        (a, b), (c, d), (lo, hi) = cell, sweep.image, sweep.turn
        if b < c or d < a:
            side = "left" if b < c else "right"
            return f"apply (carried_off step step' {self.n} _ _ _ _ _ _ {name}). {side}; order."
        steep = max(hi - 1, 1 - lo)
        value = Sweep.of(self.point, ((a + b) / 2, (a + b) / 2), self.n).image[0] - (a + b) / 2
        if abs(value) <= steep * (b - a) / 2 * Fraction(101, 100):
            return None
        side = "left" if value > 0 else "right"
        return (
            f"apply (kept_away step step' derivative {self.n} _ _ _ _ _ _ {real(steep)} {name}); "
            f"[order .. |]. {side}; {self._value()}."
        )

    def _value(self, rounding: Rounding = CELLS) -> str:
        """A value of T^n(L) - L, enclosed."""
        return f"unfold returning; cbn [iterate]; enclose {rounding.bits}%positive"

    def _sign(self, at: Fraction) -> int:
        value = Sweep.of(self.point, (at, at), self.n).image[0] - at
        return 1 if value > 0 else -1

    def _one_sided(self, cell: Pair, way: str, monotone: str) -> str | None:
        """A monotone cell without a zero: by the sign at an end that excludes it."""
        signs = [self._sign(end) for end in cell]
        if signs[0] != signs[1]:
            return None
        side = "left" if (signs[0] > 0) == (way == "rising") else "right"
        given = f"(returning step {self.n}) (returning_slope step step' {self.n})"
        derive = f"(returning_derivative step step' derivative {self.n})"
        return f"apply (empty_{way}_{side} {given} {derive} _ _ {monotone}). {self._value()}."

    def _one(self, number: int, cell: Pair, index: int, way: str, monotone: str) -> str:
        (a, b), (low, high) = cell, self.brackets[index]
        ends, given = f"{real(a)} {real(b)} {real(low)} {real(high)}", f"(returning step {self.n})"
        derive = (
            f"(returning_slope step step' {self.n}) (returning_derivative step step' derivative {self.n})"
        )
        value = self._value(BRACKETS)
        return (
            f"Lemma cell_{number} : exists x, one_in {given} {ends} x.\n"
            f"Proof. apply (one_{way} {given} {derive} {ends} {monotone}); "
            f"[order | order | order | {value} | {value}]. Qed.\n"
        )

    def _fixed(self, index: int) -> str:
        """A fixed point in a bracket."""
        low, high = self.brackets[index]
        way = "up" if self.point.approx_slope((low + high) / 2) < 1 else "down"
        return (
            f"Lemma fixed_{index} : exists x, {real(low)} < x < {real(high)} /\\ step x = x.\n"
            f"Proof. apply (crosses_{way} alpha Lref beta eps A B E); verify {BRACKETS.bits}%positive. Qed.\n"
        )

    def _next(self, i: int) -> int:
        """The point that follows in its cycle."""
        return i + 1 if (i + 1) % self.n else i + 1 - self.n

    def _statement(self) -> str:
        names = [f"x{i}" for i in range(len(self.items))]
        claims = [located(x, item, "<") for x, item in zip(names, self.items, strict=True)]
        for k, cycle in enumerate(self.statement["cycles"]):
            own = names[k * self.n : (k + 1) * self.n]
            claims += [f"step {x} = x{self._next(k * self.n + i)}" for i, x in enumerate(own)]
            low, high = map(bound, cycle["multiplier"])
            turn = f"turn step step' {self.n} {own[0]}"
            claims.append(f"{low} <= {turn} <= {high}")
            kinds = {"attracting": f"-1 < {turn} < 1", "repelling": f"({turn} < -1 \\/ 1 < {turn})"}
            claims += [kinds[cycle["stability"]]] if cycle["stability"] in kinds else []
        count = f"forall L, has_period step {self.n} L <-> In L [{'; '.join(names)}]"
        some = f"exists {' '.join(names)},\n  " if names else ""
        return f"Theorem {self.name} : {some}{all_of([*claims, f'({count})'], chr(10) + '  ')}.\n"

    def _proof(self) -> str:
        return (
            "\n".join(["Proof.", *self._points(), *self._list(), *self._claims(), *self._count(), "Qed."])
            + "\n"
        )

    def _points(self) -> Iterator[str]:
        """The zeros by name; which are fixed points; that T leads from each of the others to the next."""
        for number, cell in enumerate(self.cells):
            if (i := cell.bracket) is not None:
                yield f"  destruct cell_{number} as [x{i} O{i}]. pose proof O{i} as [[I{i} Z{i}] U{i}]."
        for i in self.fixed:
            yield f"  destruct fixed_{i} as [y{i} [J{i} F{i}]]."
            yield f"  assert (Q{i} : y{i} = x{i}) by (apply U{i}; [lra | now apply returning_fixed])."
            yield f"  rewrite Q{i} in F{i}. clear y{i} J{i} Q{i}."
        for i in self.moving:
            yield f"  assert (S{i} : step x{i} = x{self._next(i)})."
            yield f"  {{ apply U{self._next(i)}; [|now apply returning_next]."
            yield f"    destruct (around_{i}_0 x{i} ltac:(lra)) as [M _]. cbn [iterate] in M. lra. }}"

    def _list(self) -> Iterator[str]:
        """All: what n steps bring back, from the left tail to the right one."""
        given, verify = f"alpha Lref beta eps A1 B E {self.n}", f"ltac:(verify {CELLS.bits}%positive)"
        start, end = (real(side) for side in self.span)
        yield f"  pose proof (no_return_left {given} {start} A ltac:(lia) {verify}) as K."
        for number, cell in enumerate(self.cells):
            rule, fact = ("pass", f"cell_{number}") if cell.bracket is None else ("take", f"O{cell.bracket}")
            holes = "" if cell.bracket is None else "_ _ _ "
            to = real(cell.ends[1])
            yield f"  apply (fun z => {rule} (returning step {self.n}) _ {to} {holes}_ z {fact}) in K."
        yield f"  pose proof (no_return_right {given} {end} _ A ltac:(lia) K {verify}) as All. clear K."

    def _claims(self) -> Iterator[str]:
        """What is said of the points and of each cycle."""
        if self.items:
            yield f"  exists {', '.join(f'x{i}' for i in self.moving)}."
        for i in self.moving:
            yield f"  split; [exact (place{i} x{i} I{i})|]."
        for k, cycle in enumerate(self.statement["cycles"]):
            first = k * self.n
            for i in range(first, first + self.n):
                yield f"  split; [exact S{i}|]."
            yield f"  destruct (around_{first} x{first} ltac:(lra)) as [_ M{k}]. split; [lra|]."
            if cycle["stability"] != "undecided":
                yield "  split; [lra|]."

    def _count(self) -> Iterator[str]:
        """What n steps bring back and is not fixed."""
        yield f"  intros L. rewrite {EXACT_PERIOD[self.n]}, All. cbn [In app]. split.\n  - intros [H N]."
        for i in self.fixed:
            yield f"    assert (L <> x{i}) by (intros ->; apply N; exact F{i})."
        yield "    intuition congruence.\n  - intros H."
        for i in self.moving:
            yield f"    destruct H as [<-|H]; [split; [tauto | rewrite S{i}; lra]|]."
        yield "    destruct H."


def _pair(ends: list[str]) -> Pair:
    return Fraction(ends[0]), Fraction(ends[1])
