"""Whatever the bytes are, the answer is a verdict and never an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.checker import Code, Outcome, Verdict, check_bytes
from verified_grpo.checker.check import _FORMAL

from .builder import certificate, encode, seal
from .corpus import FOLDER, accepted
from .mutations import NUMBER, WORDS, spots

ACCEPTED = accepted()
WORDS_OF_THE_FORMAT = sorted(
    {word for words in WORDS for word in words} | set(_FORMAL) | {"split", "leaf", "grid"}
)
KEYS_OF_THE_FORMAT = sorted(
    {
        key
        for document in ACCEPTED.values()
        for path, _ in spots(document)
        for key in path
        if isinstance(key, str)
    }
)

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(WORDS_OF_THE_FORMAT),
    st.from_regex(NUMBER, fullmatch=True),
    st.sampled_from(["0", "1", "1/3", "-1", "2.5", "1e-5", "1e-9999999999", "9e99", "-0", "nan", "1e400000"]),
)
keys = st.one_of(st.sampled_from(KEYS_OF_THE_FORMAT), st.text(max_size=4))
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=30,
)


def verdict_on(data: bytes) -> Verdict:
    verdict = check_bytes(data)
    assert isinstance(verdict, Verdict)
    assert verdict.message
    assert verdict.code is not Code.CHECKER_FAULT, verdict.message
    return verdict


@given(st.binary(max_size=200))
def test_arbitrary_bytes(data: bytes) -> None:
    assert verdict_on(data).outcome is not Outcome.ACCEPTED


@given(trees)
def test_arbitrary_json(value: Any) -> None:
    assert verdict_on(json.dumps(value).encode()).outcome is not Outcome.ACCEPTED


@given(trees, trees)
@examples(300)
def test_arbitrary_statement_and_evidence(statement: Any, evidence: Any) -> None:
    verdict_on(seal(certificate(statement, evidence)))


@given(st.sampled_from(sorted(ACCEPTED)), st.data())
@examples(800)
def test_arbitrary_value_at_any_place(name: str, data: st.DataObject) -> None:
    document = json.loads(encode(ACCEPTED[name]))
    path, _ = data.draw(st.sampled_from(list(spots(document))[1:]))
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(trees)
    verdict_on(seal(document))


@given(st.data())
@examples(300)
def test_spliced_files(data: st.DataObject) -> None:
    one, other = (data.draw(st.sampled_from(FILES)) for _ in range(2))
    i, j = data.draw(st.integers(0, len(one))), data.draw(st.integers(0, len(other)))
    if one[:i] + other[j:] != one:
        verdict_on(one[:i] + other[j:])


FILES = [path.read_bytes() for path in sorted((FOLDER / "accepted").glob("*.json"))]


@pytest.mark.parametrize("depth", [201, 900, 5_000, 1_000_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_a_diagnostic(depth: int, opening: str, closing: str) -> None:
    verdict = verdict_on((opening * depth + "1" + closing * depth).encode())
    assert verdict.outcome is not Outcome.ACCEPTED
    if depth > 2000:
        assert verdict.code is Code.TOO_DEEP


@pytest.mark.parametrize("depth", [100, 190])
def test_depth_within_the_bound_is_checked(depth: int) -> None:
    expression: Any = "x"
    for _ in range(depth):
        expression = ["neg", expression]
    statement = {"kind": "identity", "variables": ["x"], "left": expression, "right": "x"}
    assert verdict_on(seal(certificate(statement, {"rule": "grid"}))).code is Code.ACCEPTED
