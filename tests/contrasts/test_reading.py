"""Contrasts as people type them: what is read, what is refused, and what is known of them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.checker.contrasts.written import Written
from verified_grpo.checker.diagnostics import Fault
from verified_grpo.errors import InputError, MissingFact
from verified_grpo.model import Contrast, Fact
from verified_grpo.model.contrasts.reading import LONGEST, infix, parts, read_omega
from verified_grpo.model.contrasts.trends import falls_in_v

READ = {
    "1/(p + eps)": ("/", "1", ("+", "p", "eps")),
    " -p*q^-2 ": ("*", ("neg", "p"), ("^", "q", "-2")),
    "sqrt(v)+1e-3": ("+", ("sqrt", "v"), "0.001"),
    "2 - 3 - 0.1000": ("-", ("-", "2", "3"), "0.1"),
    "p**2": ("^", "p", "2"),
    "+exp(-v)": ("exp", ("neg", "v")),
}


@pytest.mark.parametrize("text", READ)
def test_an_expression_is_read_exactly(text: str) -> None:
    assert read_omega(text) == READ[text]


REFUSED = {
    "__import__('os')": "__import__('os')",
    "p**0.5": "an exponent is an integer",
    "p^65": "an exponent is an integer",
    "p^q": "an exponent is an integer",
    "x + 1": "'x' in an expression",
    "p if p else q": "in an expression",
    "lambda: 1": "in an expression",
    "sqrt(p, q)": "in an expression",
    "sqrt(*p)": "in an expression",
    "sqrt(p=1)": "in an expression",
    "p.real": "in an expression",
    "p[0]": "in an expression",
    "'1'": "is not a number",
    "True": "is not a number",
    "1j": "is not a number",
    "1_000": "is not a number",
    "p // q": "in an expression",
    "p < q": "in an expression",
    "((((": "is not an expression",
    "": "is not an expression",
    "p\n+": "is not an expression",
    "Ω": "plain characters",
    "p+" * 1500 + "p": "plain characters",
    "+".join(["p"] * (LONGEST + 1)): "letters, numbers and operators",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_everything_else_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Contrast.of(text)
    assert REFUSED[text] in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["(" * 900 + "p" + ")" * 900, "-" * 1990 + "p", "sqrt(" * 390 + "p" + ")" * 390]
)
def test_depth_is_no_crash(text: str) -> None:
    try:
        read_omega(text)
    except InputError:
        return


leaves = st.sampled_from(["p", "q", "v", "eps", "1", "2", "1/2", "0.25", "10"])
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*/"), inner, inner),
        st.tuples(st.sampled_from(["sqrt", "exp", "log", "neg"]), inner),
        st.tuples(st.just("^"), inner, st.sampled_from(["-2", "1", "2", "3"])),
    ),
    max_leaves=12,
)


@given(trees)
def test_what_is_written_is_read_again(tree: object) -> None:
    """But that 1/2 is a quotient to whoever reads it."""
    first = read_omega(infix(tree))  # type: ignore[arg-type]
    assert read_omega(infix(first)) == first
    assert parts(first) >= parts(tree)  # type: ignore[arg-type]


FALL = (
    "1/sqrt(v + eps)",
    "1/(sqrt(v) + eps)",
    "3",
    "exp(-v)",
    "2 - v",
    "(v + eps)^-3 * exp(1/v)",
    "1/(p*q + eps)",
    "p - p + 1",
    "(v - 1)^2",
)
DO_NOT = (
    "v",
    "1/(v + eps) + v",
    "1/(p*q + eps) + p",
    "log(1/v)*(1/2 - v)",
    "(v - 1/8)^2",
    "1/(eps - v)",
)


@pytest.mark.parametrize("text", FALL)
def test_what_is_built_to_fall_in_v_is_known_to(text: str) -> None:
    assert falls_in_v(read_omega(text))


@pytest.mark.parametrize("text", DO_NOT)
def test_nothing_else_is(text: str) -> None:
    assert not falls_in_v(read_omega(text))


@pytest.mark.parametrize("operator", ["+", "*"])
def test_no_part_of_a_longer_sum_or_product_is_passed_over(operator: str) -> None:
    """Certificates write them; nobody can type them."""
    assert falls_in_v((operator, "2", "eps", ("/", "1", "v")))
    assert not falls_in_v((operator, "2", "eps", "v"))
    assert not falls_in_v((operator, "2", "eps", "p"))


@given(trees)
def test_both_rooms_know_the_same_of_it(tree: object) -> None:
    def listed(part: object) -> object:
        return part if isinstance(part, str) else [listed(item) for item in part]  # type: ignore[attr-defined]

    checked = Written.read({"contrast": "expression", "omega": listed(tree)}, "variant")
    contrast = Contrast("expression", omega=tree)  # type: ignore[arg-type]
    known = {fact.name for fact in contrast.definition.facts(contrast)}
    assert known == {fact.name for fact in checked.facts}
    answers = []
    for ask in (partial(contrast.definition.require_defined, contrast), checked.require_defined):
        try:
            ask(EPS)
            answers.append(True)
        except (InputError, Fault):
            answers.append(False)
    assert answers[1] or not answers[0]  # what the prover takes up the checker follows


EPS = (Fraction(1, 1000), Fraction(1, 100))
NOT_POSITIVE = ("p - 1/2", "sqrt(p - 1/2)", "1/(p - 1/3)^2", "log(p)", "v - v", "log(1 + p)", "1/(1/4 - v)")


@pytest.mark.parametrize("text", NOT_POSITIVE)
def test_what_may_not_be_positive_or_smooth_is_refused_with_its_place(text: str) -> None:
    contrast = Contrast.of(text)
    with pytest.raises(InputError, match="is not known to be > 0 for p from"):
        contrast.definition.require_defined(contrast, EPS)


@pytest.mark.parametrize("text", ["1/p", "1/sqrt(v)", "exp(1/q)"])
def test_what_has_no_bound_is_missing_a_fact(text: str) -> None:
    contrast = Contrast.of(text)
    contrast.definition.require_defined(contrast, EPS)
    with pytest.raises(MissingFact, match="bounded"):
        contrast.definition.bound(contrast, EPS)


def test_a_bound_is_above_every_sample() -> None:
    contrast = Contrast.of("1/(p + eps) + q^2")
    bound = contrast.definition.bound(contrast, EPS)
    assert bound is not None
    assert all(1 / (Fraction(k, 999) + EPS[0]) + (1 - Fraction(k, 999)) ** 2 <= bound for k in range(1000))
    assert bound < 1002


def test_a_name_and_an_expression_are_not_mixed() -> None:
    assert Contrast.asked(None).name == "mean-var"
    assert Contrast.asked(None, 0, 0, "1/(p + eps)") == Contrast.of("1/(p+eps)")
    with pytest.raises(InputError, match="leave --contrast"):
        Contrast.asked("mean", 0, 0, "1/(p + eps)")
    with pytest.raises(InputError, match="--omega"):
        Contrast("expression")
    with pytest.raises(InputError, match="contrast of its own"):
        Contrast("mean", omega="p")
    assert not Contrast.of("1/(p + eps)").knows(Fact.EVEN_RISING)
