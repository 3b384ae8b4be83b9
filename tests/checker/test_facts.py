"""What is not proved of a contrast is not used: each rule that needs a fact declines without it.

The accepted certificates show every rule there is; here they are read with the contrast's own definition, but
with some of its facts, or all, taken away.
"""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

import pytest

from verified_grpo.checker import (
    Code,
    Outcome,
    Verdict,
    check_bytes,
    check_file,
    curves,
    flow,
    k3,
    recursion,
    small_steps,
)
from verified_grpo.checker.atlas_rules import _PROOF
from verified_grpo.checker.atlas_rules import NEEDS as LETTERS
from verified_grpo.checker.chaos import _RULES as CHAOS
from verified_grpo.checker.check import _FORMAL
from verified_grpo.checker.contrasts import CONTRASTS, Contrast, Fact, Jet, MeanStd, MeanVar, Peaked, Place
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Facts
from verified_grpo.checker.contrasts.written import Written
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, precision
from verified_grpo.checker.parameters import Parameters, read_contrast
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.region import _RULES as REGIONS
from verified_grpo.checker.sequences import _FIELDS as LIMITS
from verified_grpo.checker.settling import FORMS

from .builder import certificate, seal
from .corpus import FOLDER

Rule = tuple[str, ...]
ORDER = {Fact.EVEN_RISING, Fact.BOUNDED}
NONE: set[Fact] = set()
NEEDED: dict[Rule, set[Fact]] = {
    ("fixed-points", "mirror"): NONE,
    ("fixed-points", "line-partition"): {Fact.BOUNDED},
    ("amplification", "proved", "closed-form"): {Fact.EVEN_RISING},
    ("amplification", "proved", "tree"): {Fact.BOUNDED},
    ("amplification", "refuted", "witness"): NONE,
    ("contraction", "proved", "closed-form"): {Fact.STEEPEST},
    ("contraction", "proved", "tree"): {Fact.BOUNDED},
    ("contraction", "refuted", "witness"): NONE,
    ("uniqueness", "proved", "closed-form"): {Fact.STEEPEST},
    ("uniqueness", "proved", "tree"): {Fact.BOUNDED},
    ("uniqueness", "refuted", "witness"): NONE,
    ("convergence", "proved", "closed-form"): ORDER,
    ("convergence", "proved", "tree"): ORDER,
    ("no-cycles", "proved", "closed-form"): ORDER,
    ("no-cycles", "proved", "tree"): ORDER,
    ("limit", "rises-to-one"): {Fact.EVEN_RISING},
    ("limit", "rises"): NONE,
    ("limit", "falls"): NONE,
    ("limit", "fixed-point"): NONE,
    ("limit", "cycle"): NONE,
    ("limit", "settles", "order"): ORDER,
    ("limit", "settles", "lift"): ORDER,
    ("limit", "settles", "contraction"): {Fact.STEEPEST},
    ("small-steps", "least-zero"): NONE,
    ("small-steps", "least-zero", "slopes to 0"): {Fact.EVEN_RISING},
    ("small-steps", "no-pull", "no gain"): NONE,
    ("small-steps", "no-pull"): {Fact.EVEN_RISING},
    ("small-steps", "no-pull", "known bound"): {Fact.AT_LEAST},
    ("passage", "corners"): NONE,
    ("passage", "corners", "cuts to 0"): {Fact.EVEN_RISING},
    ("passage", "barrier"): NONE,
    ("passage", "barrier", "cuts to 0"): {Fact.EVEN_RISING},
    ("trajectory", "corners"): {Fact.EVEN_RISING},
    ("flow-time", "cells"): NONE,
    ("flow-time", "barrier"): NONE,
    ("cycles", "mirror"): NONE,
    ("cycles", "cells"): {Fact.BOUNDED},
    ("curve", "fold"): ORDER,
    ("curve", "flip"): ORDER,
    ("curve", "settling"): ORDER,
    ("curve", "cusp"): NONE,
    ("chaos", "li-yorke"): NONE,
    ("chaos", "period-three"): NONE,
    ("chaos", "entropy"): NONE,
    ("chaos-region", "witnesses"): NONE,
    ("erring-verifier", "sign"): NONE,
    ("erring-verifier", "sign", "margin"): {Fact.EVEN_RISING},
    ("k3-fixed-point", "concave"): {Fact.CONCAVE},
    ("k3-small-steps", "concave"): {Fact.CONCAVE, Fact.EVEN_RISING},
    ("clipped-trajectory", "orbit"): NONE,
    ("pull-small-steps", "least-zero"): NONE,
    ("pull-small-steps", "no-stop"): {Fact.EVEN_RISING},
    ("pull-small-steps", "no-stop", "known bound"): {Fact.AT_LEAST},
    ("k3-amplification", "closed-form"): {Fact.CONCAVE, Fact.EVEN_RISING},
    ("k3-convergence", "half"): {Fact.CONCAVE, *ORDER},
    ("k3-convergence", "nested"): {Fact.CONCAVE, Fact.BOUNDED},
    ("k3-convergence", "witness"): {Fact.CONCAVE},
    **{("atlas", letter): ORDER for letter in "hvse"},
    ("atlas", "g"): {Fact.STEEPEST},
    ("atlas", "w"): {Fact.EVEN_RISING},
    ("atlas", "z"): {Fact.EVEN_RISING},
    ("atlas", "q"): {Fact.EVEN_RISING, Fact.NEGATIVE_SCHWARZIAN},
    **{("atlas", letter): NONE for letter in "mtdn"},
    ("contours", "columns"): NONE,
    ("contours", "k3"): {Fact.CONCAVE},
    ("contours", "e"): ORDER,
    ("contours", "z"): {Fact.EVEN_RISING},
    **{("contours", letter): NONE for letter in "tdn"},
}
"""Each rule of the checker that speaks of a contrast, and the facts that its lemma needs."""

WITHOUT_CONTRAST = {"identity", "inequality", "kl-budget", "answer-classes", "verifier-ceiling"}
ACCEPTED = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("accepted/*.json"))}
CASES = {name: document for name, document in ACCEPTED.items() if "variant" in document["statement"]}


def rules(document: Any) -> set[Rule]:
    """The rules by which a certificate is checked."""
    statement, evidence = document["statement"], document["evidence"]
    kind, rule = statement["kind"], evidence["rule"]
    if kind == "atlas":
        return {(kind, letter) for letter in re.findall("[a-z](?=[0-9a-z.]*)", _letters(evidence["proofs"]))}
    if kind == "contours" and "kl" in statement:
        return {(kind, statement["kl"])}
    if kind == "contours":
        return {(kind, rule), *((kind, letter) for letter in _letters(evidence["proofs"]))}
    if (kind, statement.get("verdict")) in REGIONS:
        return {(kind, statement["verdict"], rule)}
    if kind == "limit":
        return {(kind, statement["verdict"], *([evidence["form"]] if "form" in evidence else []))}
    if kind == "curve":
        return {(kind, statement["curve"])}
    if (kind, rule) == ("small-steps", "least-zero"):
        slopes, limit = evidence["slopes"], statement.get("limit")
        whole = bool(slopes) and limit is not None and Fraction(slopes[-1]) >= Fraction(limit["logit"][1])
        return {(kind, rule, *([] if whole else ["slopes to 0"]))}
    if (kind, rule) == ("small-steps", "no-pull") and "gain" not in statement:
        return {(kind, rule, "no gain")}
    if (kind, rule) in (("pull-small-steps", "no-stop"), ("small-steps", "no-pull")):
        bounded = Fact.AT_LEAST in read_contrast(statement["variant"], "variant").facts
        return {(kind, rule, *(["known bound"] if bounded else []))}
    if kind == "passage":
        return {(kind, rule, *([] if _reaches(statement, evidence) else ["cuts to 0"]))}
    if kind == "erring-verifier":
        return {(kind, rule, *(["margin"] if "margin" in statement else []))}
    if (kind, rule) == ("k3-convergence", "tree"):
        return {(kind, node[0]) for node in evidence["nodes"] if node[0] != "split"}
    return {(kind, statement["verdict"] if kind == "chaos" else rule)}


def _reaches(statement: Any, evidence: Any) -> bool:
    """Whether the cuts of a passage reach as far as p does."""
    if statement.get("steps", [0, 1])[1] == 0:
        return True
    if not evidence["cuts"]:
        return False
    last = Fraction(evidence["cuts"][-1])
    if "barrier" in evidence:
        return last >= Fraction(evidence["barrier"])
    target = Fraction(statement["reach"])
    return last >= math.log(target / (1 - target)) - 1e-12


def _letters(proofs: str) -> str:
    return "".join(match[0][0] for match in _PROOF.finditer(proofs))


def needed(document: Any) -> set[Fact]:
    return set().union(*(NEEDED[rule] for rule in rules(document)))


class Partly(Contrast):
    """A contrast of which some facts are known; its enclosures use no others."""

    def __init__(self, known: Contrast, facts: set[Fact]) -> None:
        self.known = known
        self.facts = {fact: why for fact, why in known.facts.items() if fact in facts}  # type: ignore[misc]

    @property
    def label(self) -> str:
        return self.known.label

    @property
    def formula(self) -> str:
        return self.known.formula

    def omega(self, at: Place) -> Jet:
        return self.known.omega(at)

    def bound(self, eps: Interval) -> Ball:
        return self.known.bound(eps) if isinstance(self.known, Written) else super().bound(eps)

    def supremum(self, eps: Fraction) -> Ball:
        return self.known.supremum(eps)

    def infimum(self, eps: Interval) -> Ball:
        return self.known.infimum(eps)

    def steepest(self, eps: Fraction) -> Ball:
        return self.known.steepest(eps)


class Sharp(Partly):
    """The same, but with the enclosures of the contrast itself: nothing fails but for a fact."""

    def least(self, cell: Interval, eps: Interval) -> Ball:
        return self.known.least(cell, eps)

    def largest(self, cell: Interval, eps: Interval) -> Ball:
        return self.known.largest(cell, eps)

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        one = (Fraction(1), Fraction(1))
        return Recursion(self.known, Parameters(one, one, eps, one)).slope(cell)


def checked(
    document: Any, facts: set[Fact], monkeypatch: pytest.MonkeyPatch, kind: type[Partly] = Sharp
) -> Verdict:
    """The verdict where no more than these facts are known of any contrast."""

    def read(value: object, where: str) -> Contrast:
        return kind(read_contrast(value, where), facts)

    for module in (recursion, k3, small_steps, flow):
        monkeypatch.setattr(module, "read_contrast", read)
    return check_bytes(seal(document))


def test_every_rule_has_its_line() -> None:
    """By the corpus, which shows each rule, and by the checker's own tables."""
    assert set().union(*map(rules, CASES.values())) == set(NEEDED)
    assert {rule[0] for rule in NEEDED} | WITHOUT_CONTRAST == set(_FORMAL)
    assert {rule[:2] for rule in NEEDED if rule[0] in {kind for kind, _ in REGIONS}} == set(REGIONS)
    assert {rule[2] for rule in NEEDED if rule[:2] == ("limit", "settles")} == set(FORMS)
    assert {rule[1] for rule in NEEDED if rule[0] == "limit"} == set(LIMITS)
    assert {rule[1] for rule in NEEDED if rule[0] == "curve"} == {*curves._WORDS, "cusp"}
    assert {rule[1] for rule in NEEDED if rule[0] == "chaos"} == set(CHAOS)
    letters = {rule[1]: facts for rule, facts in NEEDED.items() if rule[0] == "atlas"}
    assert letters == {letter: set(facts) for letter, facts in LETTERS.items()}


def test_every_rule_of_the_source_has_its_line() -> None:
    """The words that the checker reads as rules of evidence, wherever it reads one."""
    read = set()
    for path in (FOLDER.parents[1] / "verified_grpo/checker").glob("*.py"):
        for words in re.findall(r'"evidence", "rule", \(([^()]*)\)', path.read_text()):
            read |= set(re.findall(r'"([^"]+)"', words))
    known = {document["evidence"]["rule"] for document in ACCEPTED.values()}
    assert read
    assert read <= known


@pytest.mark.parametrize("name", CASES)
def test_with_no_facts_a_rule_that_needs_one_declines(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = checked(CASES[name], set(), monkeypatch, Partly)
    if needed(CASES[name]):
        assert verdict.code is Code.MISSING_FACT, verdict.message
        assert verdict.outcome is Outcome.DECLINED
        assert "is not known to" in verdict.message
    else:
        assert verdict.code is not Code.MISSING_FACT


@pytest.mark.parametrize("name", CASES)
def test_each_fact_is_asked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for fact in needed(CASES[name]):
        verdict = checked(CASES[name], set(Fact) - {fact}, monkeypatch)
        assert verdict.code is Code.MISSING_FACT, (fact, verdict.message)
        asked = Fact.EVEN_RISING if fact is Fact.AT_LEAST else fact  # either gives a bound
        assert asked.value in verdict.message


FROM_BELOW = (Code.LEFT_TAIL, Code.LOGIT_RANGE_LEFT)
"""Where cells begin above L_ref: that Omega(0) is the least tells that no fixed point is left of them."""


@pytest.mark.parametrize("name", CASES)
def test_no_other_fact_is_asked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """But that Omega falls in eps, for bounds over a range of eps, and Bmax, where nothing else helps."""
    facts = needed(CASES[name]) | {Fact.FALLS_IN_EPS}
    if CASES[name]["statement"]["kind"] in ("convergence", "no-cycles"):
        facts.add(Fact.STEEPEST)
    verdict = checked(CASES[name], facts, monkeypatch)
    assert verdict.code in (Code.ACCEPTED, *FROM_BELOW), verdict.message


STILL_PROVED = (
    "limit-upper-fixed-point",
    "cycles-mirror",
    "fixed-points-mirror",
    "contraction-witness",
    "amplification-witness",
    "uniqueness-witness",
    "chaos-li-yorke",
    "chaos-period-three",
    "chaos-region",
    "atlas-mirror",
    "curve-cusp",
)
"""Of a contrast of which nothing is known but its definition."""


@pytest.mark.parametrize("name", STILL_PROVED)
def test_what_needs_enclosures_only_is_still_proved(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = checked(CASES[name], set(), monkeypatch, Partly)
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message


def test_a_closed_form_over_a_range_of_eps_needs_that_it_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = set(Fact) - {Fact.FALLS_IN_EPS}
    verdict = checked(CASES["contraction-closed-form"], facts, monkeypatch)
    assert verdict.code is Code.MISSING_FACT
    assert Fact.FALLS_IN_EPS.value in verdict.message


def test_the_only_cusp_is_one_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = "its only one in the whole plane"
    assert alone in check_file(FOLDER / "accepted/curve-cusp.json").statement_text
    shown = checked(CASES["curve-cusp"], set(Fact) - {Fact.ONE_PEAK}, monkeypatch)
    assert alone not in shown.statement_text
    assert shown.outcome is Outcome.ACCEPTED


class SquareOfVariance(Peaked):
    """Omega = 1/(v + eps)^2, with what is true of it: b = 2 d v/(v+eps)^3 has its peak where 6 v^2 - (2 + 6
    eps) v + eps = 0. p q Omega is not concave: it falls in v from v = eps on."""

    name = "square"
    formula = "Omega(L) = 1/(p(1-p) + eps)^2"
    facts = dict.fromkeys(
        (Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS, Fact.ONE_PEAK, Fact.STEEPEST), "by inspection"
    )

    def omega(self, at: Place) -> Jet:
        return 1 / (at.v + at.eps) ** 2

    def supremum(self, eps: Fraction) -> Ball:
        return 1 / ball(eps) ** 2

    def spread(self, logit: Fraction) -> Ball:
        x = (-ball(logit)).exp()
        return x / (1 + x) ** 2

    def peak(self, eps: Fraction) -> Ball:
        s = ball(1 + 3 * eps)
        return ball(eps) / (s + (s * s - ball(6 * eps)).sqrt())

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        v = self.spread(logit)
        return 2 * ball(logit / 2).tanh() * v / (v + ball(eps)) ** 3

    def steepest(self, eps: Fraction) -> Ball:
        v = self.peak(eps)
        return 2 * (1 - 4 * v).sqrt() * v / (v + ball(eps)) ** 3


class Claimed(SquareOfVariance):
    """The same with a fact that is false."""

    facts: ClassVar[Facts] = {**SquareOfVariance.facts, Fact.CONCAVE: "it is not"}


def k3_certificate() -> bytes:
    """ "Exactly one fixed point" at beta 20, eps 0.01, p_ref 0.05, where there are three."""
    statement = {
        "kind": "k3-fixed-point",
        "variant": {"contrast": "square"},
        "parameters": {"beta": "20", "eps": "0.01", "p_ref": "0.05"},
        "fixed_point": {
            "logit": ["4", "8"],
            "p": ["0.98", "1"],
            "one_minus_p": ["0.0003", "0.018"],
            "multiplier": ["0", "1"],
            "stability": "attracting",
        },
    }
    return seal(certificate(statement, {"rule": "concave", "bits": 120}))


def gap(p: Fraction) -> Fraction:
    """p q Omega - beta (p - p_ref), whose zeros are the fixed points under k3."""
    v = p * (1 - p)
    return v / (v + Fraction("0.01")) ** 2 - 20 * (p - Fraction("0.05"))


def test_one_fixed_point_under_k3_is_not_claimed_of_what_is_not_concave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signs = [gap(Fraction(k, 1000)) > 0 for k in range(1, 1000)]
    assert sum(a != b for a, b in pairwise(signs)) == 3
    monkeypatch.setitem(CONTRASTS, "square", SquareOfVariance)
    verdict = check_bytes(k3_certificate())
    assert verdict.code is Code.MISSING_FACT, verdict.message
    assert Fact.CONCAVE.value in verdict.message
    monkeypatch.setitem(CONTRASTS, "square", Claimed)
    assert check_bytes(k3_certificate()).outcome is Outcome.ACCEPTED  # the requirement alone keeps it out


@pytest.mark.parametrize("contrast", [SquareOfVariance(), MeanVar(), MeanStd()])
@pytest.mark.parametrize("cell", [("0.5", "0.75"), ("3", "3.25"), ("-2", "-1.75"), ("-0.125", "0.125")])
def test_jets_agree_with_the_forms_typed_by_hand(contrast: Peaked, cell: tuple[str, str]) -> None:
    span: Interval = (Fraction(cell[0]), Fraction(cell[1]))
    eps = Fraction("0.01"), Fraction("0.011")
    plain = Partly(contrast, set())
    with precision(80):
        for part in (span, (span[0], span[0])):
            wide: Balls = plain.slope(part, eps)
            values = plain.least(part, eps), plain.largest(part, eps)
            for share in range(5):
                x = part[0] + (part[1] - part[0]) * share / 4
                b = contrast.slope_at(abs(x), eps[0]) * (1 if x >= 0 else -1)
                assert not b < wide[0]
                assert not b > wide[1]
                assert not contrast.value(abs(x), eps[1]) < values[0]
                assert not contrast.value(abs(x), eps[0]) > values[1]
