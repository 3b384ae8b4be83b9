from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.report.dialects import Latex, Plain, TypstMath
from verified_grpo.report.document import Code, Math, prose
from verified_grpo.report.formula import Formula, Tree, show
from verified_grpo.report.html.mathml import inline_math
from verified_grpo.report.reading import read_formula

CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"


def snippets() -> list[str]:
    """Everything between backquotes in the certificates of the paper."""
    found = set()
    for path in CERTIFICATES.glob("[a-z]*.json"):
        statement = json.loads(path.read_text())["statement"]
        if statement["kind"] == "paper-statement":
            texts = [statement[key] for key in ("paper", "suite", "not_proved")]
            texts += [step["text"] for step in (*statement["steps"], *statement["conclusions"])]
            texts += [part["text"] for part in statement["parts"]]
            found |= {quoted for text in texts for quoted in re.findall(r"`([^`]*)`", text)}
    return sorted(found)


def words(text: str) -> list[str]:
    """Names and numbers; `Bmax` is B_max, `exp` may be a power of e, and 1e-5 is a power of ten."""
    text = re.sub(r"\b1e-(\d+)", r"10^-\1", text.replace("Bmax", "B_max"))
    text = re.sub(r"(\d)e-(\d+)", r"\1 10^-\2", text)
    return sorted(re.findall(r"\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9]*", re.sub(r"\bexp\b", "e", text)))


READ: list[tuple[str, Tree]] = [
    ("h(p) >= p_ref", ("rel", ("h", "p"), ">=", "p_ref")),
    ("p(1-p)", ("*", "p", ("-", "1", "p"))),
    ("p* (1-p*)", ("*", "p*", ("-", "1", "p*"))),
    ("p*(1-p*)", ("*", "p*", ("-", "1", "p*"))),
    ("a - (b - c)", ("-", "a", ("-", "b", "c"))),
    ("a - b - c", ("-", ("-", "a", "b"), "c")),
    ("a/b c", ("*", ("/", "a", "b"), "c")),
    ("a b/c", ("/", ("*", "a", "b"), "c")),
    ("a/b/c", ("/", ("/", "a", "b"), "c")),
    ("-x^2", ("neg", ("^", "x", "2"))),
    ("e^-z", ("^", "e", ("neg", "z"))),
    ("(p+eps)^(3/2)", ("^", ("+", "p", "eps"), ("/", "3", "2"))),
    ("cosh^2(x/2)", ("^", ("cosh", ("/", "x", "2")), "2")),
    ("sigma (1 - sigma)", ("*", "sigma", ("-", "1", "sigma"))),
    ("|h'(p*)| < 1", ("rel", ("abs", ("h'", "p*")), "<", "1")),
    ("L_{n-1}", ("index", "L", ("-", "n", "1"))),
    ("[1e-5, 1]", ("interval", "1e-5", "1")),
    ("[0, 1/2)", ("between", "[", ")", "0", ("/", "1", "2"))),
    ("Bmax(eps)", ("B_max", "eps")),
    ("min(x, 1+e)", ("min", "x", ("+", "1", "e"))),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=[text for text, _ in READ])
def test_a_formula_is_read_as_it_is_meant(text: str, tree: Tree) -> None:
    assert read_formula(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "beta 0.04", "p*(1-p)", "2*b*c", "proofs/by_z3.py", "<= 0", "p_n -> p*", "KL(pi || q)", "1_{r=0}",
        "(1/2, 1) up", "[0, 1] x [2, 3]", "a +", "(a", "a)", "|a", "python -m proofs", "p~_n", "", " ",
        "a = (b = c)", "J(p)", "p_{n-1}(1)", "omega+(p)", "omega- > 0",
        "omega+", "$x$", "\\frac{1}{2}", "a^", "a,b", "L_{n", "1.2.3", "T_{L", "...",
    ],
)  # fmt: skip
def test_what_is_no_formula_or_not_certainly_is_left_as_it_stands(text: str) -> None:
    assert read_formula(text) is None


def test_most_of_the_papers_formulas_are_read() -> None:
    texts = snippets()
    assert sum(read_formula(text) is not None for text in texts) > 0.75 * len(texts) > 500


def test_every_formula_that_is_read_becomes_mathml() -> None:
    for text in snippets():
        tree = read_formula(text)
        assert tree is None or "<math" in inline_math(Formula(tree))


def test_nothing_is_lost_added_or_moved() -> None:
    for text in snippets():
        tree = read_formula(text)
        if tree is not None:
            plain = show(Formula(tree), Plain())
            assert words(plain) == words(text), text
            again = read_formula(plain)
            if "/" not in text:  # read aloud, a fraction among factors has no parentheses
                assert again is None or show(Formula(again), Plain()) == plain, text


@given(st.text(alphabet="abpLh12()[]|+-/^*_'{}<>=., \\$#~", max_size=25) | st.text(max_size=20))
def test_any_text_is_read_or_refused_and_can_be_printed(text: str) -> None:
    tree = read_formula(text)
    if tree is not None:
        for dialect in (Latex(), TypstMath(), Plain()):
            assert show(Formula(tree), dialect)
        assert "<math" in inline_math(Formula(tree))


def test_a_word_stands_off_what_it_multiplies() -> None:
    tree = read_formula("odds x")
    assert tree is not None
    assert show(Formula(tree), Latex()) == r"\mathrm{odds} \thinspace x"
    assert 'width="0.1667em"' in inline_math(Formula(tree))


def test_prose_has_formulas_and_code() -> None:
    parts = prose("with `a/b` run `make test`")
    assert [type(part) for part in parts[1::2]] == [Math, Code]
