"""Every sentence is read back and evaluated; sentences that are planted false are caught."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from verified_grpo.checker import Outcome, check_bytes

from . import corpus
from .builder import Json, seal
from .formulas import expression
from .oracle import KINDS
from .sentence_oracle import contradicted_words

PLAIN = sorted(
    name for name, document in corpus.accepted().items() if document["statement"]["kind"] != "paper-statement"
)
OTHERWISE = {
    "exactly": "at least",
    "at least": "at most",
    "at most": "at least",
    "least": "greatest",
    "greatest": "least",
    "rises": "falls",
    "never falls": "never rises",
    "does not fall": "does not rise",
    "attracting": "repelling",
    "repelling": "attracting",
    "attracts": "repels",
    "For all these": "For some of these",
    "For some of these": "For all these",
    "For all rational": "For some rational",
    "every": "some",
    "Every": "Some",
    "No point": "One point",
    "no periodic": "one periodic",
    "at most the share": "exactly the share",
    "in undecided cells": "in decided cells",
    ">=": "<=",
    "<=": ">=",
    "< 1": "> 1",
    "> 0": "< 0",
    "(1-p)": "(1+p)",
    "alpha": "beta",
    "p_ref": "p",
    "nothing is claimed": "rises to the least fixed point",
    "at least one of them": "each of them",
    "is NOT established": "is established",
}


def words(name: str) -> tuple[str, Json]:
    document = corpus.accepted()[name]
    verdict = check_bytes(seal(document))
    assert verdict.outcome is Outcome.ACCEPTED
    return verdict.statement_text, document["statement"]


def planted(text: str) -> Iterator[str]:
    """The words with one phrase turned round, one number changed, one sentence gone or said twice."""
    for phrase, other in OTHERWISE.items():
        if phrase in text:
            yield text.replace(phrase, other, 1)
    numbers = list(re.finditer(r"(?<![\w.])-?[0-9]+(?![\w]*[:(^])", text))
    for match in random.Random(text).sample(numbers, min(12, len(numbers))):
        yield f"{text[: match.start()]}{match[0]}7{text[match.end() :]}"
    sentences = re.split(r"\n(?! )", text)
    for k in range(len(sentences)):
        yield "\n".join(sentences[:k] + sentences[k + 1 :])
    yield "\n".join([*sentences, sentences[-1]])
    yield f"{text}\nThe sequence from p_ref converges for every eps."


def test_every_kind_but_the_papers_is_read() -> None:
    kinds = {corpus.accepted()[name]["statement"]["kind"] for name in PLAIN}
    assert kinds == {*KINDS} - {"paper-statement"}


@pytest.mark.parametrize("name", PLAIN)
def test_every_sentence_is_true_and_says_what_was_checked(name: str) -> None:
    assert contradicted_words(*words(name)) is None


# Sentences that may be left out, for they are said beside the statement; what is left is true.
BESIDE = ("Of the ranges of beta", "At least", "So the curve is outside")


@pytest.mark.parametrize("name", PLAIN)
def test_a_planted_sentence_is_caught(name: str) -> None:
    text, statement = words(name)
    count = 0
    for false in planted(text):
        gone = [s for s in re.split(r"\n(?! )", text) if s not in false and s.startswith(BESIDE)]
        if false == text or (gone and len(false) < len(text) and false in text):
            continue
        count += 1
        assert contradicted_words(false, statement) is not None, false
    assert count >= 5


def test_a_share_that_is_understated_is_false_not_only_unread() -> None:
    text, statement = words("atlas-flip")
    (share,) = re.findall(r"share (\S+) is\n  in undecided", text)
    found = contradicted_words(text.replace(share, "0.48"), statement)
    assert found == "more of the ranges asked about is undecided"
    found = contradicted_words(text.replace(share, "0.9"), statement)
    assert found == "not the share of the ranges asked about, rounded up"


def test_a_count_in_the_window_that_is_too_large_is_false() -> None:
    text, statement = words("curve-fold")
    (count,) = re.findall(r"At least ([0-9]+) of the boxes", text)
    false = text.replace(f"At least {count} of", f"At least {len(statement['pieces'])} of")
    assert contradicted_words(false, statement) == "fewer boxes hold a point in the window"


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("((-x) + exp((x^-2)))", ["+", ["neg", "x"], ["exp", ["^", "x", "-2"]]]),
        ("((1/3) - (-2))", ["-", "1/3", "-2"]),
        ("(-sqrt((x * y)))", ["neg", ["sqrt", ["*", "x", "y"]]]),
        ("(-(x + y))", ["neg", ["+", "x", "y"]]),
    ],
)
def test_formulas_are_read_back(formula: str, tree: list[object]) -> None:
    assert expression(formula) == tree
