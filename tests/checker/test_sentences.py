"""Every sentence is read back and evaluated; sentences that are planted false are caught."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.checker.paper import NOT_CARRIED

from . import corpus
from .builder import Json, seal
from .edits import edited
from .formulas import expression
from .kinds.table import KINDS
from .sentence_oracle import contradicted_words

NAMES = sorted(corpus.accepted())
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


def test_every_kind_is_read() -> None:
    assert {corpus.accepted()[name]["statement"]["kind"] for name in NAMES} == {*KINDS}


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_true_and_says_what_was_checked(name: str) -> None:
    """So the oracle finds no fault with any statement that is valid, either."""
    assert contradicted_words(*words(name)) is None


# Sentences that may be left out, for they are said beside the statement; what is left is true.
BESIDE = ("Of the ranges of beta", "At least", "So the curve is outside")


@pytest.mark.parametrize("name", NAMES)
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


def turned(statement: Json, text: str, said: dict[str, str], *path: Any, value: Any) -> str | None:
    """What the oracle finds where the words and the statement say the same other thing."""
    for phrase, other in said.items():
        assert text.count(phrase) == 1, phrase
        text = text.replace(phrase, other)
    return contradicted_words(text, edited({"s": statement}, "s", *path, value=value)["s"])


def unread(name: str) -> tuple[str, Json]:
    """A statement of the paper that nobody has read: its verdict does not depend on its steps."""
    document = corpus.accepted()[name]
    document = {
        **document,
        "statement": {**document["statement"], "verdict": NOT_CARRIED, "given": [], "item": "x"},
    }
    verdict = check_bytes(seal(document))
    assert verdict.outcome is Outcome.ACCEPTED
    assert contradicted_words(verdict.statement_text, document["statement"]) is None
    return verdict.statement_text, document["statement"]


def test_a_sign_that_no_rule_yields_is_false_not_only_unread() -> None:
    text, statement = unread("paper-statement-assumes")
    was = "s > 0: (1 - (f / (f + (k * s)))) > 0"
    found = turned(statement, text, {was: was[:-3] + "< 0"}, "steps", 2, "because", "relation", value="<")
    assert found is not None
    assert found.startswith("the sign is another at")
    fewer = turned(
        statement, text, {f", and {was}": was[5:]}, "steps", 2, "because", "positive", value=["f", "k"]
    )
    assert fewer is not None
    assert fewer.startswith("the sign is another at")


def test_a_claim_that_is_not_refuted_is_false_not_only_unread() -> None:
    text, statement = unread("paper-statement-misprint")
    (ending,) = re.findall(r"<= 0\.\n    prose, not checked: In numbers", text)
    found = turned(
        statement,
        text,
        {ending: ending.replace("<=", ">")},
        "steps",
        4,
        "because",
        "claim",
        "relation",
        value=">",
    )
    assert found == "at no sample is the claim false that is said not to be true"


def test_a_verdict_that_does_not_follow_is_false_not_only_unread() -> None:
    text, statement = unread("paper-statement")
    found = turned(statement, text, {f"computed: {NOT_CARRIED}": "computed: holds"}, "verdict", value="holds")
    assert found == f"the verdict is {(NOT_CARRIED, [])}"
    text, statement = words("paper-statement-assumes")
    (line,) = re.findall(r"\n  H2: .*", text)
    found = turned(statement, text, {" given H2": "", line: ""}, "given", value=[])
    assert found == f"the verdict is {('holds, sharper', ['H2'])}"


def test_steps_are_counted() -> None:
    text, statement = words("paper-statement-assumes")
    assert "Steps, 2 by rule, 2 by theorem" in text
    text = text.replace("Steps, 2 by rule, 2 by theorem", "Steps, 2 by rule, 3 by theorem")
    assert contradicted_words(text, statement) == "another number of steps of a class"


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
