"""Kinds "amplification", "contraction", "uniqueness", "convergence", "no-cycles": a property over a box,
proved or refuted.

Lemma 35 (no cycles). Let Omega be bounded, even and rising in |L|, alpha > 0 and A = L_ref + c Omega(0).
Every point of a cycle of T is >= A. If T' > -1 on [A, 0], or A >= 0, T has no cycle but fixed points, and
every orbit converges to one of them.
  Let m be the least point of a cycle and m = T(l): m >= (1-alpha) m + alpha L_ref + Omega(0)/beta, so m >=
  A. For L >= 0, b >= 0 and T' >= 1 - alpha >= 0 (lemma 2). If T exchanged a < b, both >= A, T' would be -1
  at a point between them (mean value theorem). A continuous map of an interval with a cycle of more than
  one point has one of two (Sharkovskii), and where there is none of two, every orbit in a compact interval
  that is mapped into itself converges (Coppel). Such an interval holds each orbit: min(L, L_ref) <= T(L) <=
  max(L, L_ref + c sup Omega).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    log_odds,
    logit_interval,
    precision,
    read_evidence,
)
from verified_grpo.checker.parameters import read_parameters
from verified_grpo.checker.reading import items, record, tag, text
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import leaves

_COMMON = ("kind", "variant", "parameters", "verdict")
_RULES = {
    ("amplification", "proved"): ("closed-form", "tree"),
    ("amplification", "refuted"): ("witness",),
    ("contraction", "proved"): ("closed-form", "tree"),
    ("uniqueness", "proved"): ("closed-form", "tree"),
    ("contraction", "refuted"): ("witness",),
    ("uniqueness", "refuted"): ("witness",),
    ("convergence", "proved"): ("closed-form", "tree"),
    ("no-cycles", "proved"): ("closed-form", "tree"),
}
_CYCLES = ("convergence", "no-cycles")
_DESCENT = (Fact.EVEN_RISING, Fact.BOUNDED)  # of lemma 35


@dataclass(frozen=True)
class Region:
    """A property with its verdict; `bound` is the margin, the target, or the rate (1 where none is
    stated)."""

    kind: str
    verdict: str
    recursion: Recursion
    goal: str
    bound: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Region:
        """The statement, with a margin or a target for amplification and perhaps a rate for contraction."""
        kind = text(statement["kind"], "statement.kind")
        verdicts = [verdict for name, verdict in _RULES if name == kind]
        verdict = tag(statement, "statement", "verdict", verdicts)
        goal = {"amplification": "target" if "target" in statement else "margin"}.get(kind, "rate")
        optional = ("rate",) if (kind, verdict) == ("contraction", "proved") else ()
        fields = record(statement, "statement", (*_COMMON, *((goal,) if goal != "rate" else ())), optional)
        recursion, words = Recursion.read(fields)
        bound = exact(fields[goal], f"statement.{goal}") if goal in fields else Fraction(1)
        if goal in fields:
            inside = bound > 0 and (goal == "margin" or bound < 1)
            limits = "margin > 0" if goal == "margin" else f"0 < {goal} < 1"
            require(inside, Code.OUTSIDE_DOMAIN, f"statement.{goal}: {limits} does not hold")
        return cls(kind, verdict, recursion, goal, bound, words + _claim(kind, verdict, fields))

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        rule = tag(evidence, "evidence", "rule", ("closed-form", "tree", "witness"))
        fits = rule in _RULES[self.kind, self.verdict]
        require(fits, Code.WRONG_RULE, f"the rule {rule!r} is none for {self.kind} {self.verdict}")
        if rule == "witness":
            self._check_witness(evidence)
            return
        self.recursion.box.require_positive_alpha()
        if rule == "tree":
            self.recursion.require(*(_DESCENT if self.kind in _CYCLES else (Fact.BOUNDED,)))
            self._check_tree(evidence)
            return
        _, bits = read_evidence(evidence)
        pay_for_evaluations(4, bits, self.recursion.contrast.cost)
        with precision(bits):
            if self.kind == "amplification":
                self._check_margin()
            elif self.kind in _CYCLES:
                self._check_no_descent()
            else:
                self._check_closed_form()

    def _check_margin(self) -> None:
        """L* - L_ref = c Omega(L*) >= c Omega(0) at every fixed point L* (lemmas 1 and 2)."""
        self.recursion.require(Fact.EVEN_RISING)
        if self.goal == "target":
            reached = self.recursion.lowest_fixed_point() >= log_odds(self.bound)
            require(reached, Code.MARGIN_NOT_PROVED, "the target exceeds the bound L_ref + c Omega(0)")
            return
        box = self.recursion.box
        enough = ball(self.bound * box.alpha[1] * box.beta[1]) <= self.recursion.floor()
        require(enough, Code.MARGIN_NOT_PROVED, "the margin exceeds the bound c Omega(0)")

    def _check_no_descent(self) -> None:
        """A >= 0, or b/beta >= -Bmax/beta > alpha - 2 on the whole line: T' > -1 (lemma 35)."""
        box = self.recursion.box
        self.recursion.require(*_DESCENT)
        if self.recursion.lowest_fixed_point() >= 0:
            return
        gentle = self.recursion.steepest() < ball((2 - box.alpha[1]) * box.beta[0])
        require(gentle, Code.CLOSED_FORM_FAILS, "Bmax(eps) < (2 - alpha) beta does not hold on the whole box")

    def _check_closed_form(self) -> None:
        """|b| <= Bmax < alpha beta: |b|/beta < alpha <= 2 - alpha, so |T'| < 1, uniformly (Banach)."""
        box = self.recursion.box
        steepest = self.recursion.steepest()
        below = steepest < ball(box.alpha[0] * box.beta[0])
        require(below, Code.CLOSED_FORM_FAILS, "Bmax(eps) < alpha beta does not hold on the whole box")
        if self.bound < 1:
            # T' lies within 1-alpha +- Bmax/beta, and 1-alpha >= 0: the upper end is the larger in size
            within = steepest / ball(box.beta[0]) <= ball(self.bound - (1 - box.alpha[0]))
            require(within, Code.CLOSED_FORM_FAILS, "|1-alpha| + Bmax(eps)/beta exceeds the rate somewhere")

    def _check_tree(self, evidence: object) -> None:
        fields, bits = read_evidence(evidence, "logit", "nodes")
        nodes = items(fields["nodes"], "evidence.nodes")
        contrast, box = self.recursion.contrast, self.recursion.box
        pay_for_evaluations(6 * (len(nodes) + 1), bits, contrast.cost)
        line = logit_interval(fields["logit"], "evidence.logit")
        root = {"logit": line, "alpha": box.alpha, "beta": box.beta, "eps": box.eps}
        if self.kind in _CYCLES:
            root["p_ref"] = box.p_ref
        with precision(bits):
            left = ball(line[0]) <= self.recursion.lowest_fixed_point()
            require(left, Code.LOGIT_RANGE_LEFT, "a fixed point below the range of L is not excluded")
            right = line[1] >= 0 if self.kind in _CYCLES else self._is_above(line[1])
            require(right, Code.LOGIT_RANGE_RIGHT, "a fixed point above the range of L is not excluded")
            for kind, leaf, where in leaves(nodes, root, ("excluded", "holds")):
                cell = leaf.pop("logit")
                recursion = Recursion(contrast, replace(box, **leaf))
                if kind == "excluded":
                    outside = self._excluded(recursion, cell)
                    require(outside, Code.LEAF_NOT_EXCLUDED, f"{where}: a fixed point is not excluded")
                else:
                    holds = self._holds(recursion, cell)
                    require(holds, Code.LEAF_NOT_HELD, f"{where}: the property is not proved on the leaf")

    def _is_above(self, end: Fraction) -> bool:
        return bool(ball(end) >= self.recursion.highest_fixed_point())

    def _excluded(self, recursion: Recursion, cell: Interval) -> bool:
        """No fixed point is on the leaf; or no point of a cycle."""
        if self.kind in _CYCLES:
            return bool(ball(cell[1]) < recursion.lowest_fixed_point())
        return recursion.gap_is_positive(cell) or recursion.gap_is_negative(cell)

    def _holds(self, recursion: Recursion, cell: Interval) -> bool:
        if self.kind in _CYCLES:
            return bool(recursion.swing(cell)[0] > ball(recursion.box.alpha[1] - 2))  # T' > -1
        if self.goal == "target":
            return bool(ball(cell[0]) >= log_odds(self.bound))
        if self.goal == "margin":  # L* - L_ref = c Omega(L*), and L* >= cell[0]
            gained = recursion.gain(0) * recursion.least_omega(cell)
            margin = ball(self.bound)
            return bool(gained >= margin or ball(cell[0]) - recursion.anchor(1) >= margin)
        if self.kind == "uniqueness":
            return recursion.gap_rises(cell)
        if self.bound < 1:
            return recursion.multiplier_bounded(recursion.swing(cell), self.bound)
        return recursion.multiplier_inside(recursion.swing(cell))

    def _check_witness(self, evidence: object) -> None:
        """At one point of the box a fixed point that fails the property, or two of them (intermediate
        values)."""
        fields, bits = read_evidence(evidence, "parameters", "brackets")
        point = read_parameters(fields["parameters"], "evidence.parameters")
        inside = point.is_point and point in self.recursion.box
        require(inside, Code.WITNESS_OUTSIDE_BOX, "the witness is not a point of the statement's box")
        point.require_positive_alpha()
        listed = items(fields["brackets"], "evidence.brackets")
        brackets = [logit_interval(item, f"evidence.brackets[{i}]") for i, item in enumerate(listed)]
        wanted = 2 if self.kind == "uniqueness" else 1
        apart = all(one[1] <= other[0] for one, other in pairwise(brackets))
        shape = len(brackets) == wanted and apart
        require(shape, Code.WITNESS_BRACKETS, f"{wanted} brackets are expected, ascending, without overlap")
        recursion = Recursion(self.recursion.contrast, point)
        pay_for_evaluations(4 * wanted, bits, recursion.contrast.cost)
        with precision(bits):
            for bracket in brackets:
                crossing = recursion.gap_sign(bracket[0]) * recursion.gap_sign(bracket[1]) == -1
                require(crossing, Code.WITNESS_SIGN, "the gap does not change sign over a bracket")
            if self.kind == "contraction":
                large = recursion.multiplier_outside(recursion.swing(brackets[0]))
                require(large, Code.WITNESS_MULTIPLIER, "|T'| > 1 is not proved on the witness's bracket")
            if self.kind == "amplification":
                goal = (
                    log_odds(self.bound) if self.goal == "target" else recursion.anchor(0) + ball(self.bound)
                )
                short = ball(brackets[0][1]) < goal
                require(short, Code.MARGIN_NOT_PROVED, f"the witness is not proved to miss the {self.goal}")


def _claim(kind: str, verdict: str, fields: dict[str, object]) -> str:
    bound = f"|T'(L*)| <= {fields['rate']} < 1" if "rate" in fields else "|T'(L*)| < 1"
    if kind == "amplification":
        bound = f"L* - log(p_ref/(1-p_ref)) >= {fields.get('margin')} > 0"
        if "target" in fields:
            bound = f"p* = 1/(1+exp(-L*)) >= {fields['target']}"
    every = f"For all these parameters every fixed point L* of T satisfies {bound}."
    some = "For some of these parameters T has a fixed point L* with"
    sequence = "L_0 = log(p_ref/(1-p_ref)), L_n = T(L_(n-1))"
    return {
        ("amplification", "proved"): every,
        ("amplification", "refuted"): f"{some} {bound.replace('>=', '<').removesuffix(' > 0')}.",
        ("contraction", "proved"): every,
        ("contraction", "refuted"): f"{some} |T'(L*)| >= 1.",
        ("uniqueness", "proved"): "For all these parameters T has exactly one fixed point.",
        ("uniqueness", "refuted"): "For some of these parameters T has two fixed points or more.",
        ("convergence", "proved"): f"For all these parameters {sequence} converges to a fixed point of T.",
        ("no-cycles", "proved"): "For all these parameters T has no periodic point but fixed points.",
    }[kind, verdict]
