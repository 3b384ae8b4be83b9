"""Kinds "erring-verifier", "verifier-ceiling": what a verifier that errs makes of the rate of right answers.

It passes a right answer with probability t, a wrong one with probability f; p is the rate of right answers
and m = f + (t-f) p that of passing.

Lemma 61 (errors drawn anew at each look). Let T(L) = (1-alpha) L + alpha L_ref + (t-f) Omega(m)/beta with
Omega > 0. If t > f, then L_n > L_ref for all n >= 1 where L_0 = L_ref and L_n = (1-a_n) L_(n-1) + a_n
T(L_(n-1)), 0 < a_n <= 1; if t < f, L_n < L_ref; if t = f, L_n = L_ref. A fixed point L* of T, alpha > 0, has
|L* - L_ref| = |t-f| Omega(m*)/(alpha beta), on the same side.
  For t != f, m lies strictly between t and f, hence in (0, 1). With t > f and L >= L_ref, T(L) > (1-alpha) L
  + alpha L_ref >= L_ref, and a mean of L and T(L) that has a share of the latter is > L_ref, too: induction.

Lemma 62 (the steepest slope). For Omega = 1/sqrt(v+eps) let |2t-1| <= w, |2f-1| <= w <= 1 and c = 1+4 eps.
Then |d((t-f) Omega(m))/dL| <= B = 2 w^3/(3 sqrt(3) c sqrt(c-w^2)); B rises in w and falls in eps. If B <
alpha beta, |T'| is below 1, uniformly: there is one fixed point, and every start leads there (Banach).
  With x = 2m-1 the slope is (m-f)(t-m) 4 x/(c-x^2)^(3/2), where |(m-f)(t-m)| <= (w^2-x^2)/4, for t and f lie
  within (1-w)/2 and (1+w)/2. With s = x^2 and K = w^2, 4 K^3 (c-s)^3 - 27 c^2 (c-K) s (K-s)^2 =
  ((3c-2K) s - K c)^2 (4 K c - (3c+K) s) >= 0 for 0 <= s <= K < c. |T'| <= 1-alpha + B/beta or < 1.

Lemma 63 (errors that belong to the answer). Let R(y) in {0, 1} be what the verifier says of the answer y, t
and f the shares of right and of wrong answers of the reference that pass, and pi ~ pi_ref exp(theta R) for a
real theta. With P = t p_ref/(t p_ref + f (1-p_ref)) and Q = (1-t) p_ref/((1-t) p_ref + (1-f)(1-p_ref)), p = P
m + Q (1-m). If t > f, p < P; if t < f, p > P; if t = f, p = p_ref. P rises in t and p_ref and falls in f; Q
falls in t and rises in f and p_ref.
  A tilt by R keeps the shares of right answers among those that pass, P, and among those that fail, Q; m < 1.
  P - Q has the sign of t - f. The odds P/(1-P) are t p_ref/(f (1-p_ref)), those of Q (1-t) p_ref/((1-f)
  (1-p_ref)). Updates of every contrast here, and steps of the natural gradient, are such tilts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    number_or_interval,
    precision,
    read_evidence,
)
from verified_grpo.checker.parameters import AXES
from verified_grpo.checker.reading import choice, describe_range, items, mapping, pair, record, tag
from verified_grpo.checker.recursion import Recursion

_RATES = ("true_positive", "false_positive")
_EFFECTS = {
    "amplifies": "> L_ref for all n >= 1, and every fixed point L* of T is > L_ref",
    "harms": "< L_ref for all n >= 1, and every fixed point L* of T is < L_ref",
    "stands-still": "= L_ref for all n, and L_ref is the only fixed point of T if alpha > 0",
}
_SIGNS = {"amplifies": 1, "harms": -1, "stands-still": 0}  # of t - f
_SIDES = {"below": "p < {bound}", "above": "p > {bound}", "at": "p = p_ref"}
_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Rates:
    """Ranges of t and f, and how far they are apart at least, where that is stated."""

    t: Interval
    f: Interval
    apart: Fraction

    @classmethod
    def read(cls, fields: dict[str, object]) -> Rates:
        """From a statement."""
        t, f = (number_or_interval(fields[key], f"statement.{key}") for key in _RATES)
        inside = min(t[0], f[0]) >= 0 and max(t[1], f[1]) <= 1
        require(inside, Code.OUTSIDE_DOMAIN, "statement: rates in [0, 1] are expected")
        apart = exact(fields["apart"], "statement.apart") if "apart" in fields else _ZERO
        require(apart >= 0, Code.OUTSIDE_DOMAIN, "statement.apart: a number of 0 or more is expected")
        return cls(t, f, apart)

    def require_some(self, sign: int) -> None:
        """A fault where no t exceeds an f (1), or no f a t (-1), by as much as is stated."""
        most = self.t[1] - self.f[0] if sign > 0 else self.f[1] - self.t[0]
        some = self.apart == 0 or self.apart <= most
        require(some, Code.OUTSIDE_DOMAIN, "statement.apart: no rates of these ranges are so far apart")

    def difference(self, sign: int) -> Fraction:
        """How much t exceeds f at least (1), or f exceeds t (-1)."""
        given = self.t[0] - self.f[1] if sign > 0 else self.f[0] - self.t[1]
        return max(given, self.apart)

    @property
    def width(self) -> Fraction:
        """w of lemma 62."""
        return max(abs(2 * end - 1) for end in (*self.t, *self.f))

    @property
    def are_one(self) -> bool:
        """Whether t = f."""
        return self.t[0] == self.t[1] == self.f[0] == self.f[1]


@dataclass(frozen=True)
class ErringVerifier:
    """Which way updates move p, how far fixed points are from p_ref, from which alpha beta on T contracts."""

    recursion: Recursion
    rates: Rates
    effect: str
    margin: Fraction | None
    threshold: Fraction | None
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> ErringVerifier:
        """The statement; margin and threshold may be left out."""
        keys = ("kind", "variant", "parameters", *_RATES, "effect")
        fields = record(statement, "statement", keys, ("apart", "margin", "threshold"))
        recursion, _ = Recursion.read(fields)
        effect = choice(fields["effect"], "statement.effect", tuple(_EFFECTS))
        bounds = {}
        for key in ("margin", "threshold"):
            bounds[key] = exact(fields[key], f"statement.{key}") if key in fields else None
            positive = key not in fields or exact(fields[key], "") > 0
            require(positive, Code.OUTSIDE_DOMAIN, f"statement.{key}: a number above 0 is expected")
        still = effect == "stands-still" and bool({"apart", "margin", "threshold"} & set(fields))
        require(not still, Code.OUTSIDE_DOMAIN, "statement: where t = f there is nothing to bound")
        named = "threshold" not in fields or fields["variant"] == {"contrast": "mean-var"}
        require(named, Code.WRONG_RULE, "a threshold is stated of the contrast mean-var alone")
        words = _hypotheses(fields, recursion.contrast.formula) + _effect_said(fields, effect)
        rates = Rates.read(fields)
        rates.require_some(_SIGNS[effect])
        return cls(recursion, rates, effect, **bounds, words=words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("sign",))
        _, bits = read_evidence(evidence)
        pay_for_evaluations(4, bits, self.recursion.contrast.cost)
        with precision(bits):
            least = self._least_difference()
            if self.margin is not None:
                self._check_margin(self.margin, least)
            if self.threshold is not None:
                self._check_threshold(self.threshold)

    def _least_difference(self) -> Fraction:
        """|t - f|, where it has the sign that is stated."""
        if self.effect == "stands-still":
            require(self.rates.are_one, Code.SIGN_NOT_PROVED, "t and f are not one number")
            return _ZERO
        least = self.rates.difference(_SIGNS[self.effect])
        require(least > 0, Code.SIGN_NOT_PROVED, "t - f does not have this sign for all rates")
        return least

    def _check_margin(self, margin: Fraction, least: Fraction) -> None:
        """|t-f| Omega/(alpha beta) is at least that of the least Omega and the largest alpha beta."""
        box = self.recursion.box
        self.recursion.require(Fact.EVEN_RISING)
        enough = ball(margin * box.alpha[1] * box.beta[1]) <= ball(least) * self.recursion.floor()
        require(enough, Code.MARGIN_NOT_PROVED, "the margin exceeds |t-f| Omega(1/2)/(alpha beta)")

    def _check_threshold(self, threshold: Fraction) -> None:
        """B at the largest w and the least eps."""
        c, w = 1 + 4 * self.recursion.box.eps[0], self.rates.width
        steepest = ball(2 * w**3) / ball(27 * c**2 * (c - w**2)).sqrt()
        require(bool(steepest <= ball(threshold)), Code.CLOSED_FORM_FAILS, "B exceeds the threshold")


@dataclass(frozen=True)
class VerifierCeiling:
    """A bound of p that no tilt by what passes crosses, and p where the rate of passing is known."""

    p_ref: Interval
    rates: Rates
    side: str
    bound: Fraction
    pairs: list[tuple[Interval, Interval]]
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> VerifierCeiling:
        """The statement."""
        side = tag(statement, "statement", "side", tuple(_SIDES))
        keys = ("kind", "p_ref", *_RATES, "side", "rates", *(("bound",) if side != "at" else ()))
        fields = record(statement, "statement", keys)
        p_ref = number_or_interval(fields["p_ref"], "statement.p_ref")
        bound = exact(fields["bound"], "statement.bound") if side != "at" else _ZERO
        inside = p_ref[0] > 0 and p_ref[1] < 1 and 0 <= bound <= 1
        require(inside, Code.OUTSIDE_DOMAIN, "statement: 0 < p_ref < 1 and a bound in [0, 1] are expected")
        pairs = []
        for k, item in enumerate(items(fields["rates"], "statement.rates")):
            where = f"statement.rates[{k}]"
            given = record(item, where, ("passed", "right"))
            pairs.append((_share(given["passed"], where), _share(given["right"], where)))
        words = _ceiling_said(fields, side)
        return cls(p_ref, Rates.read(fields), side, bound, pairs, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it; all is exact."""
        tag(record(evidence, "evidence", ("rule",)), "evidence", "rule", ("shares",))
        pay_for_evaluations(4 + 4 * len(self.pairs), 64)
        t, f = self.rates.t, self.rates.f
        if self.side == "at":
            constant = self.rates.are_one and 0 < t[0] < 1
            require(constant, Code.SIGN_NOT_PROVED, "t and f are not one number in (0, 1)")
            among_passed = among_failed = self.p_ref
        else:
            sign = 1 if self.side == "below" else -1
            require(
                self.rates.difference(sign) > 0,
                Code.SIGN_NOT_PROVED,
                "t - f does not have this sign for all rates",
            )
            among_passed = _share_right((t[0], f[1], self.p_ref[0]), (t[1], f[0], self.p_ref[1]))
            failed = (1 - t[1], 1 - f[0], self.p_ref[0]), (1 - t[0], 1 - f[1], self.p_ref[1])
            among_failed = _share_right(*failed)
            holds = among_passed[1] <= self.bound if sign > 0 else among_passed[0] >= self.bound
            require(holds, Code.VALUE_NOT_ENCLOSED, "the share among what passes lies beyond the bound")
        for passed, right in self.pairs:
            low, high = ([among_passed[k] * m + among_failed[k] * (1 - m) for m in passed] for k in (0, 1))
            inside = right[0] <= min(low) and max(high) <= right[1]
            require(inside, Code.VALUE_NOT_ENCLOSED, "the rate of right answers is not enclosed")


def _share_right(least: tuple[Fraction, ...], most: tuple[Fraction, ...]) -> Interval:
    """a p/(a p + b (1-p)) at two (a, b, p), between which it rises."""
    low, high = (a * p / (a * p + b * (1 - p)) for a, b, p in (least, most))
    return low, high


def _share(value: object, where: str) -> Interval:
    """A pair [lower, upper] in [0, 1], which may be one number twice."""
    low, high = (exact(end, where) for end in pair(value, where))
    require(low <= high, Code.EMPTY_RANGE, f"{where}: the lower end is above the upper end")
    require(low >= 0 and high <= _ONE, Code.OUTSIDE_DOMAIN, f"{where}: shares in [0, 1] are expected")
    return low, high


def _hypotheses(fields: dict[str, object], formula: str) -> str:
    given = mapping(fields["parameters"], "parameters")
    ranges = [describe_range(axis, given[axis]) for axis in AXES]
    apart = ""
    if "apart" in fields:
        order = "t - f" if fields["effect"] == "amplifies" else "f - t"
        apart = f", {order} >= {fields['apart']}"
    return (
        f"Parameters: {', '.join(ranges)}, {_rates_said(fields)}{apart}.\n"
        "Map: T(L) = (1-alpha) L + alpha L_ref + (t-f) Omega(log(m/(1-m)))/beta on the real line of "
        "log-odds L "
        f"(0 for t = f\n  in the place of the last term), L_ref = log(p_ref/(1-p_ref)), m = f + (t-f)/(1+"
        f"exp(-L)),\n  with {formula}, p = 1/(1+exp(-L)).\n"
    )


def _rates_said(fields: dict[str, object]) -> str:
    names = zip(("t", "f"), _RATES, strict=True)
    return ", ".join(describe_range(name, fields[key]) for name, key in names)


def _effect_said(fields: dict[str, object], effect: str) -> str:
    said = (
        "For all these parameters and all shares 0 < a_n <= 1, L_0 = L_ref, L_n = (1-a_n) L_(n-1) + a_n "
        f"T(L_(n-1)) is {_EFFECTS[effect]}."
    )
    if "margin" in fields:
        said += f"\nAt every fixed point |L* - L_ref| >= {fields['margin']}."
    if "threshold" in fields:
        said += f"\nWhere alpha beta > {fields['threshold']}, |T'(L)| < 1 for all L, uniformly."
    return said


def _ceiling_said(fields: dict[str, object], side: str) -> str:
    bound = _SIDES[side].format(bound=fields.get("bound"))
    said = (
        f"Parameters: {describe_range('p_ref', fields['p_ref'])}, {_rates_said(fields)}.\n"
        "Policies: pi = pi_ref exp(theta R)/Z for a real theta, R(y) = 1 if the verifier passes the "
        "answer y, "
        "else 0;\n  p_ref is the rate of right answers of pi_ref, t and f the shares of its right and of its "
        "wrong ones with R = 1.\n"
        f"For all these parameters and every theta the rate p of right answers of pi satisfies {bound}."
    )
    listed = [mapping(item, "rates") for item in items(fields["rates"], "rates")]
    for item in listed:
        passed = describe_range("", item["passed"]).removeprefix(" in ")
        right = describe_range("", item["right"]).removeprefix(" in ")
        said += f"\nWhere E_pi R lies in {passed}, p lies in {right}."
    return said
