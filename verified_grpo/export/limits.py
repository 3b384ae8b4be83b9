"""Kind "limit": where the sequence from a start goes, by a trap, by a monotone run, or by the mirror."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from ..certificates.grammar.sequences import (
    AttractingLimit,
    Limit,
    LimitEvidence,
    LimitToOne,
    MonotoneLimit,
    MonotoneRun,
)
from ..certificates.grammar.values import Bits, Place
from ..errors import InputError
from .orbits import Orbit, Start
from .point import Point
from .text import all_of, bound, real, working_bits

GIVEN = "alpha Lref beta eps B E"
CONTINUOUS = "(T2_continuous alpha Lref beta eps B E)"

Pair = tuple[Fraction, Fraction]


def limit(name: str, statement: Limit, evidence: LimitEvidence) -> str:
    """Statement and proof.

    Raises:
        InputError: a range of parameters, or a monotone run on which no lemma says that T keeps order.
    """
    point = Point.of(statement["parameters"])
    start = Start(None, point.p_ref if statement["start"] == "p_ref" else Fraction(statement["start"]))
    if statement["verdict"] == "settles":
        raise InputError(
            "limits by closed forms have no export to Coq; those with a bracket of the limit have"
        )
    if statement["verdict"] == "rises-to-one":
        return point.section(name, _mirror(name, start, statement, evidence))
    if statement["verdict"] == "rises" or statement["verdict"] == "falls":
        assert evidence["rule"] == "monotone"
        return point.section(name, _run(name, point, start, statement, evidence))
    return point.section(name, _Trap(name, point, start, statement, evidence).text())


def _mirror(name: str, start: Start, statement: LimitToOne, evidence: Bits) -> str:
    """alpha = 0: the log-odds grow without bound, so p tends to 1."""
    gain, here = bound(statement["gain"]), f"(fun n => iterate step n {start.text})"
    return (
        f"Theorem {name} :\n"
        f"  (forall n, iterate step n {start.text} + {gain} <= iterate step (S n) {start.text}) /\\\n"
        f"  is_lim_seq {here} p_infty.\n"
        f"Proof. apply (rises_to_one Lref beta eps); verify {working_bits(evidence)}%positive. Qed.\n"
    )


def _run(name: str, point: Point, start: Start, statement: MonotoneLimit, evidence: MonotoneRun) -> str:
    """A sequence that never turns back, and the limit that it tends to."""
    n, steps = int(statement["step"]), int(evidence["steps"])
    orbit = Orbit.of(point, start, max(steps, n + 1))
    verify, at = f"verify {max(orbit.bits, working_bits(evidence))}%positive", start.text
    low, high = statement["limit"]["logit"]
    here, before, after = (f"iterate step {k} {at}" for k in (n, f"(i + {n})", f"(S i + {n})"))
    if statement["verdict"] == "rises":
        way, span = "rises", (orbit.enclosures[n][0], Fraction(high))
        onward, extreme = f"{before} <= {after}", f"forall y, {here} <= y -> step y = y -> x <= y"
    else:
        way, span = "falls", (Fraction(low), orbit.enclosures[n][1])
        onward, extreme = f"{after} <= {before}", f"forall y, y <= {here} -> step y = y -> y <= x"
    keeps = f"keeps_order_by_Bmax {GIVEN}"
    if span[0] >= 0:
        keeps = "keeps_order_above_half alpha Lref beta eps ltac:(order) B E"
    facts = ["step x = x", f"is_lim_seq (fun i => {before}) x", f"(forall i, {onward})", f"({extreme})"]
    claim = all_of([located("x", statement["limit"], "<="), *facts], "\n  ")
    given = f"{GIVEN} {at} {n} {steps - n} _ _ _ _ _ _ {bound(low)} {bound(high)}"
    return (
        f"{orbit.lemmas(start)}{place('', statement['limit'], '<=', verify)}"
        f"Lemma order_kept : keeps_order alpha Lref beta eps {real(span[0])} {real(span[1])}.\n"
        f"Proof. apply ({keeps}); {verify}. Qed.\n"
        f"\nTheorem {name} : exists x : R,\n  {claim}.\nProof.\n"
        f"  destruct ({way}_into {given} orbit_{n} orbit_{n + 1} orbit_{steps})\n"
        f"    as [x [I Rest]]; [order .. | exact order_kept | {verify} |].\n"
        "  exists x. split; [exact (place x I) | exact Rest].\nQed.\n"
    )


@dataclass(frozen=True)
class _Trap:
    name: str
    point: Point
    start: Start
    statement: AttractingLimit
    evidence: Bits

    def text(self) -> str:
        n = len(self.statement["points"])
        orbit = Orbit.of(self.point, self.start, int(self.statement["step"]))
        rates = self._rates()
        lemmas = orbit.lemmas(self.start)
        lemmas += "".join(self._carried(i, rates[i]) for i in range(n))
        lemmas += "".join(self._turn(i) for i in range(n))
        lemmas += "".join(self._bracket(i) for i in range(n))
        return lemmas + self._multiplier() + self._theorem(orbit)

    @property
    def _verify(self) -> str:
        return f"verify {working_bits(self.evidence)}%positive"

    def _basin(self, i: int) -> Pair:
        low, high = self.statement["points"][i % len(self.statement["points"])]["basin"]
        return Fraction(low), Fraction(high)

    def _rates(self) -> list[Fraction]:
        """Bounds of |T'| on the basins, within what the rate claimed for a whole turn leaves."""
        steepest = [self._approx_steepest(i) for i in range(len(self.statement["points"]))]
        rate, product = float(Fraction(self.statement["rate"])), 1.0
        for value in steepest:
            product *= value
        room = (rate / product) ** (1 / len(steepest)) if product else 1.0
        return [_decimal(value * (1 + 0.9 * (room - 1))) for value in steepest]

    def _approx_steepest(self, i: int) -> float:
        a, b = self._basin(i)
        peak = self.point.approx_peak
        values = [abs(self.point.approx_multiplier(end)) for end in (a, b)]
        if a < peak < b or a < -peak < b:
            values.append(self._approx_most)
        return max(values)

    @property
    def _approx_most(self) -> float:
        eps, alpha, beta = (float(x) for x in (self.point.eps, self.point.alpha, self.point.beta))
        return 1 - alpha + 1 / (3 * math.sqrt(3 * eps) * (1 + 4 * eps)) / beta

    def _carried(self, i: int, rate: Fraction) -> str:
        """T of a basin lies in the next, and contracts by the rate at most."""
        (a, b), (c, d), peak, k = self._basin(i), self._basin(i + 1), self.point.approx_peak, real(rate)
        steep = "steep_by_Bmax"
        if -peak < a and b < peak:
            steep = "steep_between"
        elif a > peak or b < -peak:
            steep = "steep_after_peak" if a > 0 else "steep_before_trough"
        ends = f"{real(a)} {real(b)}"
        return (
            f"Lemma steep_{i + 1} : steep_at_most alpha beta eps {ends} {k}.\n"
            f"Proof. apply ({steep} alpha beta eps B E); {self._verify}. Qed.\n"
            f"Lemma carried_{i + 1} : carried step 1 {ends} {real(c)} {real(d)} {k}.\n"
            f"Proof. apply (carried_by_steepness {GIVEN}); \n"
            f"  [order | exact steep_{i + 1} | {self._verify} ..]. Qed.\n"
        )

    def _turn(self, i: int) -> str:
        """A whole turn from one basin back into it."""
        n, ends = len(self.statement["points"]), " ".join(map(real, self._basin(i)))
        proof = f"exact carried_{i + 1}"
        for k in [(i + j) % n for j in range(1, n)]:
            through = " ".join(map(real, (*self._basin(i), *self._basin(k), *self._basin(k + 1))))
            proof = f"apply (carried_on step _ 1 {through}); [order | {proof} | exact carried_{k + 1}]"
        claim = f"carried step {n} {ends} {ends} {self._product(i)}"
        return f"Lemma turn_{i + 1} : {claim}.\nProof. {proof}. Qed.\n"

    def _product(self, i: int) -> str:
        """The rate of a whole turn from a basin, as the lemma on turns multiplies it."""
        rates = self._rates()
        product = real(rates[i])
        for j in range(1, len(rates)):
            product = f"({real(rates[(i + j) % len(rates)])} * {product})"
        return product

    def _bracket(self, i: int) -> str:
        """The one point of a basin that a whole turn brings back."""
        low, high = (bound(end) for end in self.statement["points"][i]["logit"])
        n, (a, b) = len(self.statement["points"]), map(real, self._basin(i))
        back = f"{a} <= y <= {b} -> iterate step {n} y = y -> y = x"
        return (
            f"Lemma returns_{i + 1} : exists x,\n"
            f"  ({low} < x < {high} /\\ iterate step {n} x = x) /\\ forall y, {back}.\n"
            f"Proof.\n  apply (returning_bracket step {n} {a} {b} {self._product(i)} _ _ {CONTINUOUS});\n"
            f"    [split; order | exact turn_{i + 1} | cbn [iterate]; {self._verify} ..].\nQed.\n"
            f"{place(f'_{i + 1}', self.statement['points'][i], '<', self._verify)}"
        )

    def _theorem(self, orbit: Orbit) -> str:
        """The cycle, and the sequence that tends to it."""
        n, steps, at = len(self.statement["points"]), int(self.statement["step"]), self.start.text
        names = [f"x{i}" for i in range(1, n + 1)]
        rate, (a, b) = bound(self.statement["rate"]), self._basin(0)
        low, high = (bound(end) for end in self.statement["multiplier"])
        product = " * ".join(f"multiplier alpha beta eps {x}" for x in names)
        turns = [f"step {x} = {y}" for x, y in zip(names, [*names[1:], names[0]], strict=True)]
        apart = [f"{x} <> {y}" for i, x in enumerate(names) for y in names[i + 1 :]]
        where = [located(x, item, "<") for x, item in zip(names, self.statement["points"], strict=True)]
        inside = f"{real(a)} <= iterate step {steps} {at} <= {real(b)}"
        width = f"({real(b)} - {real(a)})"
        nearer = f"(forall m, Rabs (iterate step (m * {n} + {steps}) {at} - x1) <= {rate} ^ m * {width})"
        limits = [
            f"is_lim_seq (fun m => iterate step ({i} + (m * {n} + {steps})) {at}) {x}"
            for i, x in enumerate(names)
        ]
        claim = all_of(
            [*turns, *apart, *where, f"{low} <= {product} <= {high}", inside, nearer, *limits], "\n  "
        )
        points, proof = " ".join(names), self._proof(orbit)
        return f"\nTheorem {self.name} : exists {points} : R,\n  {claim}.\nProof.\n{proof}Qed.\n"

    def _proof(self, orbit: Orbit) -> str:
        n, steps = len(self.statement["points"]), int(self.statement["step"])
        numbers, (a, b) = range(1, n + 1), map(real, self._basin(0))
        low, high = map(real, orbit.enclosures[-1])
        lines = [f"destruct returns_{i} as [x{i} [[I{i} P{i}] U{i}]]." for i in numbers]
        for i in numbers:
            known = f"(next_of_cycle step {n} _ _ _ _ _ _ _ carried_{i})"
            lines.append(f"assert (S{i} : step x{i} = x{i % n + 1})")
            lines.append(f"  by (apply {known}; [clear - I{i}; lra | exact P{i} | exact U{i % n + 1}]).")
        lines += [
            f"assert (J : {a} <= iterate step {steps} {self.start.text} <= {b})",
            f"  by (apply (squeezed {a} {low} {high} {b}); [exact orbit_{steps} | order | order]).",
            f"destruct (caught step {n} {a} {b} {self._product(0)} {self.start.text} {steps} x1",
            f"  {bound(self.statement['rate'])} {CONTINUOUS}) as [Near Tends];",
            f"  [split; order | exact turn_1 | exact J | exact U1 | {self._verify} |].",
            f"exists {', '.join(f'x{i}' for i in numbers)}.",
            *(f"split; [exact S{i}|]." for i in numbers),
            *(f"split; [clear - I{i} I{j}; lra|]." for i in numbers for j in range(i + 1, n + 1)),
            *(f"split; [exact (place_{i} x{i} I{i})|]." for i in numbers),
            "split; [apply turn_multiplier; assumption|].",
            "split; [exact J|]. split; [exact Near|].",
        ]
        for i in range(n):
            lines.append(f"pose proof (Tends {i}%nat) as Tends{i}. cbn [iterate] in Tends{i}.")
            lines.append("".join(f"rewrite S{k} in Tends{i}. " for k in range(1, i + 1)).rstrip())
        lines += [f"split; [exact Tends{i}|]." for i in range(n - 1)] + [f"exact Tends{n - 1}."]
        return "".join(f"  {line}\n" for line in lines if line)

    def _multiplier(self) -> str:
        """The derivative of a whole turn, over the brackets."""
        n = len(self.statement["points"])
        names = [f"x{i}" for i in range(1, n + 1)]
        inside = [
            f"{bound(item['logit'][0])} < {x} < {bound(item['logit'][1])}"
            for x, item in zip(names, self.statement["points"], strict=True)
        ]
        low, high = map(bound, self.statement["multiplier"])
        product = " * ".join(f"multiplier alpha beta eps {x}" for x in names)
        bits = f"{working_bits(self.evidence)}%positive"
        return (
            f"Lemma turn_multiplier {' '.join(names)} : {' -> '.join(inside)} ->\n"
            f"  {low} <= {product} <= {high}.\n"
            f"Proof. enclose_within {bits}. Qed.\n"
        )


def located(x: str, item: Place, sign: str) -> str:
    """The bracket of a limit, and its p and 1-p."""
    low, high = map(bound, item["logit"])
    values = ((f"sigma {x}", item["p"]), (f"sigma (- {x})", item["one_minus_p"]))
    bounds = [f"{bound(ends[0])} <= {value} <= {bound(ends[1])}" for value, ends in values]
    return f"({all_of([f'{low} {sign} {x} {sign} {high}', *bounds])})"


def place(label: str, item: Place, sign: str, verify: str) -> str:
    """The lemma that a bracket gives p and 1-p."""
    low, high = map(bound, item["logit"])
    return (
        f"Lemma place{label} x : {low} {sign} x {sign} {high} ->\n  {located('x', item, sign)}.\n"
        f"Proof.\n  intros I. split; [exact I|].\n"
        f"  apply (probabilities {low} {high}); [lra | {verify} ..].\nQed.\n"
    )


def _decimal(value: float) -> Fraction:
    """Ten significant digits."""
    return Fraction(f"{value:.9e}")
