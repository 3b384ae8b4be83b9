"""Kind "fixed-points": a theorem that lists all of them, cell by cell as the certificate does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..certificates.grammar.points import FixedPoint, FixedPoints, FixedPointsEvidence, LinePartition
from ..errors import InputError
from .point import Point
from .text import all_of, bound, real, working_bits

GIVEN = "alpha Lref beta eps A B E"
SLOPE_GIVEN = "alpha beta eps A B E"
TURNS = {"increasing": "rising", "decreasing": "falling"}
MOST_PIECES = 64
GAP = "(gap Lref (alpha * beta) eps)"

Pair = tuple[Fraction, Fraction]


def fixed_points(name: str, statement: FixedPoints, evidence: FixedPointsEvidence) -> str:
    """Statement and proof.

    Raises:
        InputError: a range of parameters, or a bracket that meets the steepest slope, where no lemma fits.
    """
    point = Point.of(statement["parameters"])
    if evidence["rule"] == "mirror":
        body = (
            f"Theorem {name} : forall L, step L <> L.\n"
            "Proof. exact (mirror_has_none Lref beta eps B E). Qed.\n"
        )
        return point.section(name, body)
    return point.section(name, _Listing(point, statement, evidence).theorem(name))


@dataclass(frozen=True)
class _Listing:
    """All fixed points at one choice of parameters."""

    point: Point
    statement: FixedPoints
    evidence: LinePartition

    @property
    def _brackets(self) -> list[Pair]:
        return [_pair(found["logit"]) for found in self.statement["fixed_points"]]

    @property
    def _verify(self) -> str:
        return f"verify {working_bits(self.evidence)}%positive"

    def theorem(self, name: str) -> str:
        """A lemma for each cell and each fixed point, and the theorem that they add up to."""
        found = self.statement["fixed_points"]
        names = [f"x{i}" for i in range(1, len(found) + 1)]
        order = [f"{x} < {y}" for x, y in pairwise(names)]
        described = [_description(x, item) for x, item in zip(names, found, strict=True)]
        kinds = [f"{item['stability']} alpha beta eps {x}" for x, item in zip(names, found, strict=True)]
        kinds = [kind for kind in kinds if not kind.startswith("undecided")]
        listing = f"(forall L, step L = L <-> In L {_listed(len(names))})"
        claim = all_of([listing, *order, *described, *kinds], "\n  ")
        lemmas, proof = self._cells()
        lemmas += "".join(self._describe(number) for number in range(1, len(names) + 1))
        return (
            f"{lemmas}\nTheorem {name} : exists {' '.join(names)},\n  {claim}.\n"
            f"Proof.\n{proof}{''.join(self._facts(names))}Qed.\n"
        )

    def _cells(self) -> tuple[str, str]:
        """A lemma for each cell, and the steps that list the fixed points from left to right."""
        ends = [Fraction(self.evidence["start"]), *(Fraction(cell["end"]) for cell in self.evidence["cells"])]
        rules = [cell["rule"] for cell in self.evidence["cells"]]
        whole = zip(rules, pairwise(ends), strict=True)
        cells = [(rule, piece) for rule, cell in whole for piece in self._pieces(rule, cell)]
        start, brackets = ends[0], self._brackets
        lemmas = (
            f"Lemma before : {self._left(start)}.\nProof. apply (left_tail {GIVEN}); {self._verify}. Qed.\n"
        )
        steps, taken = "  pose proof before as known.\n", 0
        for number, (rule, cell) in enumerate(cells, 1):
            if rule in TURNS:
                lemmas += f"Lemma slope_{number} : {self._monotone(rule, cell)}"
            if taken < len(brackets) and self._holds(rule, cell, brackets[taken]):
                lemmas += f"Lemma cell_{number} : {self._one(number, rule, cell, brackets[taken])}"
                taken += 1
                steps += f"  destruct cell_{number} as [x{taken} in_x{taken}]. "
                steps += f"apply (fun known => take _ _ _ _ _ _ _ known in_x{taken}) in known.\n"
            else:
                lemmas += f"Lemma cell_{number} : {self._none(number, rule, cell)}"
                steps += f"  apply (fun known => pass _ _ _ _ known cell_{number}) in known.\n"
        lemmas += f"Lemma beyond : 0 < {real(ends[-1])} - Lref - / sqrt eps / (alpha * beta).\n"
        lemmas += f"Proof. {self._verify}. Qed.\n"
        return lemmas, steps

    @staticmethod
    def _left(start: Fraction) -> str:
        return f"listed_up_to {GAP} {real(start)} []"

    @staticmethod
    def _holds(rule: str, cell: Pair, bracket: Pair) -> bool:
        return rule in TURNS and cell[0] <= bracket[0] and bracket[1] <= cell[1]

    def _one(self, number: int, rule: str, cell: Pair, bracket: Pair) -> str:
        """A monotone cell with its one fixed point."""
        ends = " ".join(map(real, (*cell, *bracket)))
        return (
            f"exists x, one_in {GAP} {ends} x.\n"
            f"Proof. apply (one_when_{TURNS[rule]} {GIVEN} {ends} slope_{number}); {self._verify}. Qed.\n"
        )

    def _none(self, number: int, rule: str, cell: Pair) -> str:
        """A cell without a fixed point."""
        ends = f"{real(cell[0])} {real(cell[1])}"
        if rule in TURNS:
            leaves = self.point.approx_gap(cell[0]) > 0
            side = "left" if leaves is (rule == "increasing") else "right"
            lemma = f"empty_when_{TURNS[rule]}_{side} {GIVEN} {ends} slope_{number}"
        else:
            lemma = self._signed(rule, cell)
        return f"empty {GAP} {ends}.\nProof. apply ({lemma}); {self._verify}. Qed.\n"

    def _monotone(self, rule: str, cell: Pair) -> str:
        """The sign of the gap's slope over a cell."""
        (a, b), peak, lemma = cell, self.point.approx_peak, "falling_over_peak"
        if rule == "increasing":
            beyond = "rising_after_peak" if a > peak else "rising_above_Bmax"
            lemma = "rising_below_half" if b <= 0 else "rising_before_peak" if b < peak else beyond
        return (
            f"{TURNS[rule]} (gap_slope (alpha * beta) eps) {real(a)} {real(b)}.\n"
            f"Proof. apply ({lemma} {SLOPE_GIVEN}); {self._verify}. Qed.\n"
        )

    def _pieces(self, rule: str, cell: Pair) -> list[Pair]:
        """A cell in pieces so narrow that L and Omega may each be taken at its worst end."""
        (a, b), count = cell, 1
        while count <= MOST_PIECES:
            ends = [a + (b - a) * i / count for i in range(count + 1)]
            pieces = list(pairwise(ends))
            if rule in TURNS or all(self._approx_margin(rule, piece) > 0 for piece in pieces):
                return pieces
            count *= 2
        raise InputError(f"the gap is too near zero on [{a}, {b}], as beside a fold: no export to Coq there")

    def _approx_margin(self, rule: str, cell: Pair) -> float:
        """How far from zero the gap stays on a cell, roughly, by what the lemma asks."""
        (a, b), point = cell, self.point
        if rule == "negative":
            return point.approx_reference + point.approx_rise(max(a, -b, Fraction(0))) - float(b)
        return float(a) - point.approx_reference - max(map(point.approx_rise, cell))

    def _signed(self, rule: str, cell: Pair) -> str:
        """The lemma for the sign of the gap itself over a cell."""
        (a, b), which = cell, "positive"
        if rule == "negative":
            which = "negative_right" if a >= 0 else "negative_left" if b <= 0 else "negative_across"
        return f"gap_{which} {GIVEN} {real(a)} {real(b)}"

    def _describe(self, number: int) -> str:
        """Enclosures of p, 1-p and the multiplier of one fixed point, by the ends of its bracket."""
        found = self.statement["fixed_points"][number - 1]
        (left, right), peak = self._brackets[number - 1], self.point.approx_peak
        if -peak < left and right < peak:
            lemma = "described_by_rise"
        elif left > peak or right < -peak:
            lemma = f"described_by_fall_{'right' if left > 0 else 'left'}"
        else:
            raise InputError(
                f"the bracket [{left}, {right}] meets the steepest slope of Omega: no export to Coq there"
            )
        numbers = " ".join(
            bound(end) for key in ("logit", "p", "one_minus_p", "multiplier") for end in found[key]
        )
        given = f"alpha beta eps {numbers}"
        return (
            f"Lemma point_{number} x : {bound(found['logit'][0])} < x < {bound(found['logit'][1])} ->\n"
            f"  described {given} x.\n"
            f"Proof. intros I. apply ({lemma} {given} x B E I); {self._verify}. Qed.\n"
        )

    def _facts(self, names: list[str]) -> Iterator[str]:
        """The list, the order, the enclosures and the kinds, as the theorem has them."""
        for i, x in enumerate(names, 1):
            yield f"  pose proof (point_{i} {x} (proj1 (proj1 in_{x}))) as D{i}.\n"
        yield f"  exists {', '.join(names)}.\n"
        facts = [f"exact (right_tail {GIVEN} _ _ known beyond)"]
        facts += [
            f"refine (apart _ _ _ _ _ _ (proj1 D{i}) _ (proj1 D{i + 1})); order" for i in range(1, len(names))
        ]
        facts += [f"exact D{i}" for i in range(1, len(names) + 1)]
        for i, found in enumerate(self.statement["fixed_points"], 1):
            way = "upward" if Fraction(found["multiplier"][0]) > 0 else "downward"
            lemma = {"attracting": "attracts", "repelling": f"repels_{way}"}.get(found["stability"])
            if lemma:
                facts.append(f"apply ({lemma} _ _ _ _ _ _ _ _ _ _ _ _ D{i}); {self._verify}")
        yield from (f"  split; [{fact}|].\n" for fact in facts[:-1])
        yield f"  {facts[-1]}.\n"


def _pair(ends: list[str]) -> Pair:
    return Fraction(ends[0]), Fraction(ends[1])


def _listed(count: int) -> str:
    return "[" + "; ".join(f"x{i}" for i in range(1, count + 1)) + "]"


def _description(x: str, found: FixedPoint) -> str:
    """The bracket of one fixed point and its enclosures."""
    low, high = map(bound, found["logit"])
    values = (
        (f"sigma {x}", found["p"]),
        (f"sigma (- {x})", found["one_minus_p"]),
        (f"multiplier alpha beta eps {x}", found["multiplier"]),
    )
    bounds = [f"{bound(ends[0])} <= {value} <= {bound(ends[1])}" for value, ends in values]
    return f"({all_of([f'{low} < {x} < {high}', *bounds])})"
