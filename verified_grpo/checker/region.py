"""Kinds "amplification", "contraction", "uniqueness": a property over a box, proved or refuted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.limits import require_work
from verified_grpo.checker.numbers import Interval, ball, exact, logit_interval, precision, precision_bits
from verified_grpo.checker.parameters import describe, read_contrast, read_parameters
from verified_grpo.checker.reading import items, record, tag, text
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import leaves

_COMMON = ("kind", "variant", "parameters", "verdict")
_RULES = {
    ("amplification", "proved"): ("closed-form",),
    ("contraction", "proved"): ("closed-form", "tree"),
    ("uniqueness", "proved"): ("closed-form", "tree"),
    ("contraction", "refuted"): ("witness",),
    ("uniqueness", "refuted"): ("witness",),
}


@dataclass(frozen=True)
class Region:
    """A property with its verdict; `bound` is the margin, or the rate (1 where none is stated)."""

    kind: str
    verdict: str
    recursion: Recursion
    bound: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Region:
        """The statement, with a margin for amplification and perhaps a rate for contraction."""
        kind = text(statement["kind"], "statement.kind")
        verdicts = [verdict for name, verdict in _RULES if name == kind]
        verdict = tag(statement, "statement", "verdict", verdicts)
        margin, rate = kind == "amplification", (kind, verdict) == ("contraction", "proved")
        extra = ("margin",) if margin else ()
        fields = record(statement, "statement", (*_COMMON, *extra), ("rate",) if rate else ())
        contrast = read_contrast(fields["variant"], "statement.variant")
        box = read_parameters(fields["parameters"], "statement.parameters")
        key = "margin" if margin else "rate"
        bound = exact(fields[key], f"statement.{key}") if key in fields else Fraction(1)
        if key in fields:
            inside = bound > 0 and (margin or bound < 1)
            limits = "margin > 0" if margin else "0 < rate < 1"
            require(inside, Code.OUTSIDE_DOMAIN, f"statement.{key}: {limits} does not hold")
        words = describe(fields["parameters"], contrast) + _claim(kind, verdict, fields)
        return cls(kind, verdict, Recursion(contrast, box), bound, words)

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
            self._check_tree(evidence)
            return
        fields = record(evidence, "evidence", ("rule", "bits"))
        with precision(precision_bits(fields["bits"], "evidence.bits")):
            if self.kind == "amplification":
                self._check_margin()
            else:
                self._check_closed_form()

    def _check_margin(self) -> None:
        """L* - L_ref = c Omega(L*) >= c Omega(0) at every fixed point L* (lemma 1)."""
        box, zero = self.recursion.box, Fraction(0)
        enough = ball(self.bound * box.alpha[1] * box.beta[1]) <= self.recursion.least_omega((zero, zero))
        require(enough, Code.MARGIN_NOT_PROVED, "the margin exceeds the bound c Omega(0)")

    def _check_closed_form(self) -> None:
        """|b| <= Bmax < alpha beta: so c b < 1 (lemma 6) and |b|/beta < alpha <= 2 - alpha: |T'| < 1."""
        box = self.recursion.box
        steepest = self.recursion.contrast.steepest(box.eps[0])
        below = steepest < ball(box.alpha[0] * box.beta[0])
        require(below, Code.CLOSED_FORM_FAILS, "Bmax(eps) < alpha beta does not hold on the whole box")
        if self.bound < 1:
            # T' lies within 1-alpha +- Bmax/beta, and 1-alpha >= 0: the upper end is the larger in size
            within = steepest / ball(box.beta[0]) <= ball(self.bound - (1 - box.alpha[0]))
            require(within, Code.CLOSED_FORM_FAILS, "|1-alpha| + Bmax(eps)/beta exceeds the rate somewhere")

    def _check_tree(self, evidence: object) -> None:
        fields = record(evidence, "evidence", ("rule", "bits", "logit", "nodes"))
        bits = precision_bits(fields["bits"], "evidence.bits")
        nodes = items(fields["nodes"], "evidence.nodes")
        contrast, box = self.recursion.contrast, self.recursion.box
        require_work(bits * len(nodes) * contrast.cost)
        line = logit_interval(fields["logit"], "evidence.logit")
        root = {"logit": line, "alpha": box.alpha, "beta": box.beta, "eps": box.eps}
        with precision(bits):
            left = ball(line[0]) <= self.recursion.lowest_fixed_point()
            require(left, Code.LOGIT_RANGE_LEFT, "a fixed point below the range of L is not excluded")
            right = ball(line[1]) >= self.recursion.highest_fixed_point()
            require(right, Code.LOGIT_RANGE_RIGHT, "a fixed point above the range of L is not excluded")
            for kind, leaf, where in leaves(nodes, root, ("excluded", "holds")):
                cell = leaf.pop("logit")
                recursion = Recursion(contrast, replace(box, **leaf))
                if kind == "excluded":
                    outside = recursion.gap_is_positive(cell) or recursion.gap_is_negative(cell)
                    require(outside, Code.LEAF_NOT_EXCLUDED, f"{where}: a fixed point is not excluded")
                else:
                    holds = self._holds(recursion, cell)
                    require(holds, Code.LEAF_NOT_HELD, f"{where}: the property is not proved on the leaf")

    def _holds(self, recursion: Recursion, cell: Interval) -> bool:
        if self.kind == "uniqueness":
            return recursion.gap_rises(cell)
        if self.bound < 1:
            return recursion.multiplier_bounded(cell, self.bound)
        return recursion.multiplier_inside(cell)

    def _check_witness(self, evidence: object) -> None:
        """At one point of the box a fixed point with |T'| >= 1, or two of them (intermediate values)."""
        fields = record(evidence, "evidence", ("rule", "bits", "parameters", "brackets"))
        point = read_parameters(fields["parameters"], "evidence.parameters")
        inside = point.is_point and point in self.recursion.box
        require(inside, Code.WITNESS_OUTSIDE_BOX, "the witness is not a point of the statement's box")
        point.require_positive_alpha()
        listed = items(fields["brackets"], "evidence.brackets")
        brackets = [logit_interval(item, f"evidence.brackets[{i}]") for i, item in enumerate(listed)]
        wanted = 1 if self.kind == "contraction" else 2
        apart = all(one[1] <= other[0] for one, other in pairwise(brackets))
        shape = len(brackets) == wanted and apart
        require(shape, Code.WITNESS_BRACKETS, f"{wanted} brackets are expected, ascending, without overlap")
        recursion = Recursion(self.recursion.contrast, point)
        with precision(precision_bits(fields["bits"], "evidence.bits")):
            for bracket in brackets:
                crossing = recursion.gap_sign(bracket[0]) * recursion.gap_sign(bracket[1]) == -1
                require(crossing, Code.WITNESS_SIGN, "the gap does not change sign over a bracket")
            if self.kind == "contraction":
                large = recursion.multiplier_outside(brackets[0])
                require(large, Code.WITNESS_MULTIPLIER, "|T'| > 1 is not proved on the witness's bracket")


def _claim(kind: str, verdict: str, fields: dict[str, object]) -> str:
    if kind == "amplification":
        shown = f"L* - log(p_ref/(1-p_ref)) >= {fields['margin']} > 0"
        return f"For all these parameters every fixed point L* of T satisfies {shown}."
    bound = f"|T'(L*)| <= {fields['rate']} < 1" if "rate" in fields else "|T'(L*)| < 1"
    return {
        ("contraction", "proved"): f"For all these parameters every fixed point L* of T satisfies {bound}.",
        ("uniqueness", "proved"): "For all these parameters T has exactly one fixed point.",
        ("contraction", "refuted"): "For some of these parameters T has a fixed point L* with |T'(L*)| >= 1.",
        ("uniqueness", "refuted"): "For some of these parameters T has two fixed points or more.",
    }[kind, verdict]
