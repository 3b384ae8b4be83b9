"""Kinds "k3-fixed-point", "k3-amplification", "k3-convergence": the recursion under KL(pi_ref || pi).

One step maximises E_pi[A] - beta KL(pi_ref || pi), A the advantage of the policy before, a function of the
0/1 reward alone; p is the mass of success, q = 1-p. Omega = A(1) - A(0) > 0.

Lemma 25 (one step). The maximiser is unique and its p solves K(p) = Omega/beta with K(p) = q_ref/q -
p_ref/p = (p - p_ref)/(pq), which has exactly one root in (0, 1); it rises in Omega/beta and in p_ref. With
odds x = p/q and B = Omega/beta - (q_ref - p_ref), q_ref x^2 - B x - p_ref = 0.
  The objective is strictly concave in pi where pi_ref > 0 and falls to -infinity at its edge; the
  multiplier rule A_i + beta ref_i/pi_i = lam makes pi/pi_ref one number on successes and one on failures:
  subtract lam - A(1) = beta p_ref/p from lam - A(0) = beta q_ref/q. K' = q_ref/q^2 + p_ref/p^2 > 0, K goes
  from -infinity to infinity; K falls in p_ref. Multiply K = Omega/beta by x: p = x/(1+x), q = 1/(1+x). In
  L = log x, dK/dL = pq K' = q_ref x + p_ref/x >= 2 sqrt(p_ref q_ref).

Lemma 26 (one fixed point). Let D(p) = p q Omega(p) be continuous and concave on [0, 1], 0 at its ends. Then
the recursion has exactly one fixed point in (0, 1), and it exceeds p_ref. With G(L) = K(L) - Omega(L)/beta,
G < 0 before it and G > 0 after it.
  Fixed points solve D(p) = beta (p - p_ref), and D > 0 on (0, 1), so p > p_ref. The concave function D(p) -
  beta (p - p_ref) is > 0 at p_ref and < 0 at 1: one zero between, crossed downwards; pq G is its opposite.

Lemma 27 (multiplier). At the fixed point the derivative of the step in log-odds is m = b/(beta dK/dL), and
dK/dL = 1 + d Omega/beta, d = p-q. If Omega is even and rises in |L| and the fixed point has L >= 0, then 0
<= m < 1.
  K(L_n) = Omega(L_{n-1})/beta. pq K' = 1 + K(p-q) by differentiating (p-p_ref)/(pq). b >= 0 for L >= 0
  (lemma 2). D' = b - d Omega (as a derivative in p), and D' < beta at the zero of lemma 26 (the chord from
  p_ref falls): b < beta + d Omega = beta dK/dL.

Lemma 28 (margin; Omega even and rising in |L|). p_ref (e^m - 1) + q_ref (1 - e^-m) <= Omega(0)/beta for the
largest p_ref, beta and eps implies log-odds of the fixed point >= L_ref + m, m > 0, for all of the box.
  The left side is K(L_ref + m); K(L*) = Omega(L*)/beta >= Omega(0)/beta (lemma 2), K rises. Its derivative
  in p_ref is e^m + e^-m - 2 >= 0.

Lemma 29 (half; Omega bounded, even and rising in |L|). If beta (2 - 4 p_ref) <= Omega(0) then L_n >= 0 for
n >= 1, from n = 1 on the sequence is monotone, and it tends to the fixed point, which attracts.
  K(1/2) = 2 - 4 p_ref <= Omega(L)/beta for every L. On L >= 0 the step rises (Omega does, lemma 2, and so
  does the inverse of K) and is bounded, so a sequence in it is monotone and tends to a fixed point, the
  only one. Lemma 27.

Lemma 30 (nested intervals; Omega bounded). Let I_0 hold L_ref and all values of the step, and I_{k+1} be
I_k without what no value of the step on I_k reaches. Then L_n lies in I_k for n >= k, and so does the fixed
point. If |b| < beta dK/dL for all arguments in I_k, the step contracts there: the sequence tends to the
fixed point, |m| < 1.
  By induction; the derivative of the step at L is b(L)/(beta dK/dL at the value), both in I_k.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from fractions import Fraction

from verified_grpo.checker.brackets import (
    KEYS,
    STABILITIES,
    Bracket,
    describe_point,
    require_multiplier,
    require_stability,
)
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations
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
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.parameters import (
    Parameters,
    describe_range,
    read_contrast,
    read_parameters,
)
from verified_grpo.checker.reading import choice, items, mapping, natural, record, tag
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import leaves

AXES = ("beta", "eps", "p_ref")
MAX_STEPS = 1000
STEP_LAW = (
    "Step under KL(pi_ref || pi): (p_n - p_ref)/(p_n (1-p_n)) = Omega(L_{n-1})/beta, L = log(p/(1-p)),\n"
    "  with "
)
_EVALUATIONS = 8  # of a contrast, at one box of parameters or one step


@dataclass(frozen=True)
class K3:
    """The recursion under k3 on a box; `alpha` of the box is 1 and plays no part."""

    recursion: Recursion

    def require_one_fixed_point(self) -> None:
        """Go on only if lemma 26 applies."""
        self.recursion.require(Fact.CONCAVE)

    def answer(self, omega: Ball, beta: Fraction, reference: Fraction) -> Ball:
        """The log-odds of lemma 25: log of the positive root x, in the form that loses no digits."""
        b = omega / ball(beta) - ball(1 - 2 * reference)
        root = (b * b + ball(4 * reference * (1 - reference))).sqrt()
        if b < 0:
            return (ball(2 * reference) / (root - b)).log()
        return ((b + root) / ball(2 * (1 - reference))).log()

    def sign(self, point: Fraction) -> int:
        """1 or -1 where G has this strict sign for the whole box, else 0; G rises in beta and eps."""
        box, cell = self.recursion.box, (point, point)
        lower = self._pull(point, 1) - self.recursion.largest_omega(cell) / ball(box.beta[0])
        if lower > 0:
            return 1
        upper = self._pull(point, 0) - self.recursion.least_omega(cell) / ball(box.beta[1])
        return -1 if upper < 0 else 0

    def _pull(self, point: Fraction, side: int) -> Ball:
        """K at one end of p_ref, in which it falls."""
        p, x = self.recursion.box.p_ref[side], ball(point).exp()
        return ball(1 - p) * x - ball(p) / x + ball(1 - 2 * p)

    def stiffness(self, cell: Interval) -> tuple[Ball, Ball]:
        """Bounds of dK/dL over a cell of L and all p_ref."""
        low, high = (ball(end).exp() for end in cell)
        p = self.recursion.box.p_ref
        return ball(1 - p[1]) * low + ball(p[0]) / high, ball(1 - p[0]) * high + ball(p[1]) / low

    def multiplier(self, cell: Interval) -> tuple[Ball, Ball]:
        """Bounds of m over a bracket of the fixed point."""
        beta = self.recursion.box.beta
        weights = [ball(b) * k for b, k in zip(beta, self.stiffness(cell), strict=True)]
        least, largest = self.recursion.slope(cell)
        low, high = [least / w for w in weights], [largest / w for w in weights]
        return low[0].min(low[1]), high[0].max(high[1])

    def above_half(self) -> bool:
        """Lemma 29's condition on the whole box."""
        box = self.recursion.box
        self.recursion.require(Fact.BOUNDED)
        needed = max(box.beta[1] * (2 - 4 * box.p_ref[0]), Fraction(0))
        return bool(ball(needed) <= self.recursion.floor())

    def nests(self, steps: int) -> bool:
        """Lemma 30 within so many intervals."""
        box = self.recursion.box
        reach = self.answer(self.recursion.ceiling(), box.beta[0], box.p_ref[1])
        cell = ends(self.recursion.anchor(0))[0], ends(reach)[1]
        for _ in range(steps):
            least = self.answer(self.recursion.least_omega(cell), box.beta[1], box.p_ref[0])
            largest = self.answer(self.recursion.largest_omega(cell), box.beta[0], box.p_ref[1])
            cell = max(cell[0], ends(least)[0]), min(cell[1], ends(largest)[1])
            if self._contracts(cell):
                return True
        return False

    def _contracts(self, cell: Interval) -> bool:
        box = self.recursion.box
        floor = 2 * ball(min(p * (1 - p) for p in box.p_ref)).sqrt()  # p q is least at an end
        stiff = ball(box.beta[0]) * floor.max(self.stiffness(cell)[0])
        least, largest = self.recursion.slope(cell)
        return bool(largest < stiff and -least < stiff)


@dataclass(frozen=True)
class K3FixedPoint:
    """For every parameter there is exactly one fixed point, and it lies in this bracket."""

    system: K3
    point: Bracket
    multiplier: Pair
    stability: str
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> K3FixedPoint:
        fields = record(statement, "statement", ("kind", "variant", "parameters", "fixed_point"))
        system, words = read_k3_system(fields, STEP_LAW)
        where = "statement.fixed_point"
        given = record(fields["fixed_point"], where, (*KEYS, "multiplier", "stability"))
        multiplier = read_pair(given["multiplier"], f"{where}.multiplier")
        stability = choice(given["stability"], f"{where}.stability", STABILITIES)
        words += f"For all these parameters there is exactly one fixed point, {stability}:"
        words += f"\n  {describe_point(given)}"
        return cls(system, Bracket.of(given, where), multiplier, stability, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        self.system.require_one_fixed_point()
        with _precision(self.system, evidence, "concave", ()):
            bracket = self.point.logit
            crossing = self.system.sign(bracket[0]) == -1 and self.system.sign(bracket[1]) == 1
            require(crossing, Code.BRACKET_SIGN, "the gap does not change sign over the bracket")
            self.point.check_probabilities()
            least, largest = self.system.multiplier(bracket)
            upper_half = bracket[0] >= 0 and self.system.recursion.knows(Fact.EVEN_RISING)
            if upper_half:  # lemma 27
                least, largest = least.max(ball(0)), largest.min(ball(1))
            require_multiplier(self.multiplier, least, largest)
            attracting = upper_half or (least > -1 and largest < 1)
            require_stability(self.stability, attracting, largest < -1 or least > 1)


@dataclass(frozen=True)
class K3Amplification:
    """The fixed point exceeds p_ref by a margin in log-odds."""

    system: K3
    margin: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> K3Amplification:
        fields = record(statement, "statement", ("kind", "variant", "parameters", "margin"))
        system, words = read_k3_system(fields, STEP_LAW)
        margin = exact(fields["margin"], "statement.margin")
        require(margin > 0, Code.OUTSIDE_DOMAIN, "statement.margin: margin > 0 does not hold")
        words += f"For all these parameters the only fixed point has L* - L_ref >= {fields['margin']} > 0."
        return cls(system, margin, words)

    def check(self, evidence: object) -> None:
        """Lemma 28."""
        self.system.require_one_fixed_point()
        with _precision(self.system, evidence, "closed-form", ()):
            box = self.system.recursion.box
            p, growth = box.p_ref[1], ball(self.margin).exp()
            needed = ball(p) * (growth - 1) + ball(1 - p) * (1 - 1 / growth)
            enough = needed * ball(box.beta[1]) <= self.system.recursion.floor()
            require(bool(enough), Code.MARGIN_NOT_PROVED, "the margin exceeds what lemma 28 gives")


@dataclass(frozen=True)
class K3Convergence:
    """The only fixed point attracts and the sequence from p_ref tends to it; or, refuted, it repels
    somewhere."""

    system: K3
    verdict: str
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> K3Convergence:
        fields = record(statement, "statement", ("kind", "variant", "parameters", "verdict"))
        system, words = read_k3_system(fields, STEP_LAW)
        verdict = choice(fields["verdict"], "statement.verdict", ("proved", "refuted"))
        words += {
            "proved": "For all these parameters the only fixed point attracts (|m| < 1) and the sequence "
            "from p_ref tends to it.",
            "refuted": "For some of these parameters the only fixed point repels (|m| > 1).",
        }[verdict]
        return cls(system, verdict, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        self.system.require_one_fixed_point()
        allowed = ("witness",) if self.verdict == "refuted" else ("half", "tree")
        rule = tag(evidence, "evidence", "rule", allowed)
        if rule == "half":
            with _precision(self.system, evidence, "half", ()):
                holds = self.system.above_half()
                require(
                    holds, Code.CLOSED_FORM_FAILS, "beta (2 - 4 p_ref) <= Omega(0) does not hold everywhere"
                )
        elif rule == "tree":
            self._check_tree(evidence)
        else:
            self._check_witness(evidence)

    def _check_tree(self, evidence: object) -> None:
        tag(evidence, "evidence", "rule", ("tree",))
        fields, bits = read_evidence(evidence, "steps", "nodes")
        steps, nodes = natural(fields["steps"], "evidence.steps"), items(fields["nodes"], "evidence.nodes")
        require(steps <= MAX_STEPS, Code.TOO_MUCH_WORK, f"evidence.steps: more than {MAX_STEPS}")
        recursion = self.system.recursion
        pay_for_evaluations(_EVALUATIONS * len(nodes) * (steps + 1), bits, recursion.contrast.cost)
        with precision(bits):
            root = {axis: getattr(recursion.box, axis) for axis in AXES}
            for kind, leaf, where in leaves(nodes, root, ("half", "nested")):
                part = K3(replace(recursion, box=replace(recursion.box, **leaf)))
                holds = part.above_half() if kind == "half" else part.nests(steps)
                require(holds, Code.LEAF_NOT_HELD, f"{where}: convergence is not proved on the leaf")

    def _check_witness(self, evidence: object) -> None:
        fields = mapping(evidence, "evidence")
        with _precision(self.system, evidence, "witness", ("parameters", "bracket")):
            point = _read_box(fields["parameters"], "evidence.parameters")
            inside = point.is_point and point in self.system.recursion.box
            require(inside, Code.WITNESS_OUTSIDE_BOX, "the witness is not a point of the statement's box")
            bracket = logit_interval(fields["bracket"], "evidence.bracket")
            system = K3(replace(self.system.recursion, box=point))
            crossing = system.sign(bracket[0]) == -1 and system.sign(bracket[1]) == 1
            require(crossing, Code.WITNESS_SIGN, "the gap does not change sign over the bracket")
            least, largest = system.multiplier(bracket)
            outside = largest < -1 or least > 1
            require(bool(outside), Code.WITNESS_MULTIPLIER, "|m| > 1 is not proved on the bracket")


def read_k3_system(fields: dict[str, object], law: str) -> tuple[K3, str]:
    """Of a statement: its variant on the box, and both in words, with the law of the steps."""
    contrast = read_contrast(fields["variant"], "statement.variant")
    box = _read_box(fields["parameters"], "statement.parameters")
    contrast.require_defined(box.eps)
    given = mapping(fields["parameters"], "statement.parameters")
    words = f"Parameters: {', '.join(describe_range(axis, given[axis]) for axis in AXES)}.\n"
    return K3(Recursion(contrast, box)), f"{words}{law}{contrast.formula}.\n"


def _read_box(value: object, where: str) -> Parameters:
    """The parameters of k3: no alpha, for there is no second KL term."""
    return read_parameters({**record(value, where, AXES), "alpha": "1"}, where)


def _precision(
    system: K3, evidence: object, rule: str, keys: tuple[str, ...]
) -> AbstractContextManager[object]:
    """The working precision of the evidence, which has this rule and these keys and no others; paid for."""
    tag(evidence, "evidence", "rule", (rule,))
    bits = read_evidence(evidence, *keys)[1]
    pay_for_evaluations(_EVALUATIONS, bits, system.recursion.contrast.cost)
    return precision(bits)
