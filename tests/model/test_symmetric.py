"""Evenness and trends of expressions in p and q: what both rooms show, and that nothing false is shown."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contrasts.counterexamples import counterexample
from tests.shared import examples
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.canonical import digest
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.checker.contrasts.facts import Fact as Checked
from verified_grpo.checker.contrasts.written import Written
from verified_grpo.checker.diagnostics import Code, Fault
from verified_grpo.checker.fuel import fuelled
from verified_grpo.model import Contrast, Fact
from verified_grpo.model.contrasts.reading import Tree, read_omega
from verified_grpo.model.contrasts.trends import falls_in_v
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor.sequences.small_steps import small_steps

EVEN_RISING = (
    "1/(p*q + eps)",
    "1/sqrt(p*q + eps)",
    "1/(sqrt(p*q) + eps)",
    "1/(1 - p^2 - q^2 + eps)",
    "p^2 + eps + q^2",
    "p^2 + q",
    "1/(p + eps) + 1/(q + eps)",
    "p/(q + eps) + q/(p + eps)",
    "(1 - q^4)/p + (1 - p^4)/q",
    "sqrt(p^2 + q^2)",
    "exp((p - q)^2) + log(2 - p*q)",
    "(v - 1)^2",
    "1/(v - v^2 + eps)",
    "1/(1 - p^16 - q^16 + eps)",
    "1 + 0*p",
    "-2/(-p*q - eps)",
    "(2*p*q/3 + eps)^-2",
)
LOPSIDED = ("1/(p + eps)", "p^2 + q^3", "2 + p - q", "1 + p^2*q", "2 + (p - q)^3", "1/(p*q + eps) + p/1000")
EVEN_BUT_NOT_RISING = (
    "1 + p*q",
    "1/(p^2 + q^2)",
    "1/((p - q)^2 + eps)",
    "1/(v^2 - v + 1)",
    "1/(v + eps) + 20*v",
    "1 + (p*q - 1/8)^2",
)
UNDEFINED = (
    "(p - q)^2/(p - q)^2",
    "1/(p - q)^2",
    "0/(p - 1/2) + 1",
    "1/(p - p)",
    "0*(1/(p - q))",
    "1/(eps - v)",
)
BEYOND = (
    "log(p) + log(q) + 1/v^2",
    "sqrt(p)*sqrt(p) + q^1",
    "p^17 + q^17",
    "p*1:2 + q*1:2",
    "(1:2*p - 1:2*p) + 1",
)
"""True of some, and not shown."""


def listed(tree: Tree) -> Any:
    return tree if isinstance(tree, str) else [listed(part) for part in tree]


def written(tree: Tree) -> Written:
    return Written.read({"contrast": "expression", "omega": listed(tree)}, "variant")


def tree_with_ranges(text: str) -> Tree:
    """Of a text in which 1:2 stands for a number; it is typed nowhere."""
    tree = read_omega(text.replace("1:2", "77"))
    return _with_ranges(tree)


def _with_ranges(tree: Tree) -> Tree:
    return tuple(map(_with_ranges, tree)) if not isinstance(tree, str) else "1:2" if tree == "77" else tree


@pytest.mark.parametrize("text", EVEN_RISING)
def test_what_is_even_and_rises_is_known_to_in_both_rooms(text: str) -> None:
    contrast = Contrast.of(text)
    assert contrast.knows(Fact.EVEN_RISING)
    assert Checked.EVEN_RISING in written(read_omega(text)).facts
    assert counterexample(contrast, Fact.EVEN_RISING) is None


@pytest.mark.parametrize("text", LOPSIDED + EVEN_BUT_NOT_RISING + UNDEFINED + BEYOND)
def test_nothing_else_is(text: str) -> None:
    tree = tree_with_ranges(text)
    assert not falls_in_v(tree)
    assert Checked.EVEN_RISING not in written(tree).facts


leaves = st.sampled_from(["p", "q", "v", "eps", "1", "2", "1/2", "-3", "0"])
ratios = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*/"), inner, inner),
        st.tuples(st.just("neg"), inner),
        st.tuples(st.just("^"), inner, st.sampled_from(["-2", "-1", "2", "3"])),
    ),
    max_leaves=6,
)


def exchanged(tree: Any) -> Any:
    """p and q exchanged."""
    if isinstance(tree, str):
        return {"p": "q", "q": "p"}.get(tree, tree)
    return tuple(exchanged(part) for part in tree)


def value(tree: Any, letters: dict[str, Fraction]) -> Fraction:
    if isinstance(tree, str):
        return letters[tree] if tree in letters else Fraction(tree)
    x = value(tree[1], letters)
    if tree[0] == "^":
        return x ** int(tree[2])
    if tree[0] == "neg":
        return -x
    y = value(tree[2], letters)
    return {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y}[tree[0]]()


shapes = st.one_of(
    ratios,
    st.tuples(st.sampled_from("+*-/"), ratios, ratios),
    st.tuples(st.sampled_from("+*"), ratios).map(lambda x: (x[0], x[1], exchanged(x[1]))),
    st.tuples(st.sampled_from("+*"), ratios).map(lambda x: ("/", "1", (x[0], x[1], exchanged(x[1])))),
)
PLACES = [Fraction(k, 40) for k in range(1, 21)]


@given(shapes, st.sampled_from(["1/1000", "1/7", "3"]).map(Fraction))
@examples(800)
def test_what_is_shown_of_a_ratio_holds_exactly(tree: Tree, eps: Fraction) -> None:
    """No sample can be undefined, uneven, or above one that is nearer to 0."""
    shown = Checked.EVEN_RISING in written(tree).facts
    assert shown == falls_in_v(tree)
    if shown:
        values = [value(tree, {"p": p, "q": 1 - p, "v": p * (1 - p), "eps": eps}) for p in PLACES]
        others = [value(tree, {"p": 1 - p, "q": p, "v": p * (1 - p), "eps": eps}) for p in PLACES]
        assert values == others
        assert all(near >= far for near, far in pairwise(values))


def without_pull(text: str) -> Any:
    """No KL, and how much each step adds at least, which needs that Omega is even and rises."""
    parameters = StepParameters.of(beta=0, eps="1e-3", p_ref=("0.05", "0.5"))
    return json.loads(canonical_bytes(small_steps_certificate(small_steps(Contrast.of(text), parameters))))


@pytest.mark.parametrize("text", EVEN_RISING[:4])
def test_the_rules_that_need_it_are_open_and_checked(text: str) -> None:
    made = without_pull(text)
    assert made["statement"]["gain"] is not None
    verdict = check_bytes(canonical_bytes(made))
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message


@pytest.mark.parametrize("text", LOPSIDED + EVEN_BUT_NOT_RISING)
def test_a_certificate_that_claims_it_of_another_expression_is_not_accepted(text: str) -> None:
    assert without_pull(text)["statement"].get("gain") is None
    forged = without_pull("1/(p*q + eps)")
    forged["statement"]["gain"] = "1e-9"
    forged["statement"]["variant"]["omega"] = listed(read_omega(text))
    forged["digest"] = digest(forged)
    assert check_bytes(canonical_bytes(forged)).code is Code.MISSING_FACT


def test_a_long_expression_costs_fuel_before_it_costs_time() -> None:
    part = "(p + eps + 1/3)^8"
    tree = read_omega("*".join([part] * 2))
    for _ in range(4):
        tree = ("+", tree, tree)
    with fuelled(10**6), pytest.raises(Fault) as caught:
        written(tree)
    assert caught.value.code is Code.TOO_MUCH_WORK
