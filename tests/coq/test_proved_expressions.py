"""What the checker proved in Coq accepts of inequalities and identities, and what it declines at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.export import proved

Json = dict[str, Any]
Ask = Callable[[Json], str]
MIXED: Any = {"x": ["-1", "1"]}
LEAF: Any = [["leaf"]]
HALVES: Any = [["split", "x", "1/2"], *LEAF, *LEAF]


def inequality(expression: Any, relation: str = ">", box: Any = None, nodes: Any = None) -> Json:
    """Over [1, 2] and on one leaf unless said otherwise."""
    statement = {
        "kind": "inequality",
        "box": {"x": ["1", "2"]} if box is None else box,
        "expression": expression,
        "relation": relation,
    }
    return {"statement": statement, "evidence": {"rule": "tree", "bits": 64, "nodes": nodes or LEAF}}


def identity(left: Any, right: Any, *variables: str) -> Json:
    """By the grid."""
    statement = {"kind": "identity", "variables": list(variables), "left": left, "right": right}
    return {"statement": statement, "evidence": {"rule": "grid"}}


def repeated(operator: str, times: int, *others: str) -> Any:
    """An expression of so many levels."""
    expression: Any = "x"
    for _ in range(times):
        expression = [operator, expression, *others]
    return expression


@pytest.fixture
def outcome(vcheck: Path, tmp_path: Path) -> Ask:
    """Asks the program, with ten seconds for it."""

    def ask(document: Json) -> str:
        (tmp_path / "asked.json").write_text(json.dumps(document))
        answer = proved.check(tmp_path / "asked.json", vcheck, seconds=10)
        assert "within" not in answer.message
        assert answer.outcome != "proved" or answer.statement == document["statement"]
        return answer.outcome

    return ask


@pytest.mark.parametrize(
    "document",
    [
        inequality(["sqrt", "x"], ">=", {"x": ["0", "1"]}),
        inequality(["abs", "x"], ">=", MIXED),
        inequality(["-", ["^", "x", "0"], "1"], ">=", MIXED),
        inequality(["-", ["*", "x", "x"], "1"], "<=", MIXED),
        inequality(["-", ["cosh", "x"], "1"], ">=", MIXED),
        inequality(["-", ["tanh", "x"], "1"], "<", MIXED),
        inequality(["-", ["sinh", "x"], "1.1753"], "<=", {"x": ["-1", "1.00001"]}),
        inequality(["log", "x"], ">=", {"x": "1"}),
        inequality(["^", "x", "-3"], "<", {"x": ["-2", "-1"]}),
        inequality(["sigma", "x"], ">", {"x": ["-1000", "1000"]}),
        inequality("1", ">", {}),
        inequality(["-", ["*", "x", ["-", "1", "x"]], "0.6"], "<", {"x": ["0", "1"]}, HALVES),
    ],
    ids=lambda document: str(document["statement"]["expression"])[:40],
)
def test_true_inequalities_are_proved_at_their_edges(outcome: Ask, document: Json) -> None:
    assert outcome(document) == "proved"


@pytest.mark.parametrize(
    "document",
    [
        inequality(["sqrt", "x"], ">=", MIXED),
        inequality(["log", "x"], "<=", {"x": ["0", "1"]}),
        inequality(["*", "0", ["/", "1", "x"]], ">=", MIXED),
        inequality(["*", "0", ["^", "x", "-2"]], ">=", MIXED),
        inequality(["^", ["/", "1", "x"], "0"], ">", MIXED),
        inequality("x", ">", {"x": ["0", "1"]}),
        inequality("x", "<"),
        inequality("y", ">"),
        inequality("x", ">", {"x": ["2", "1"]}),
        inequality("x", ">", {"x": ["1", "1"]}),
        inequality("x", ">", {"X": ["1", "2"], "x": ["1", "2"]}),
        inequality("x", "="),
        inequality(["+", "x"]),
        inequality(["-", "x", "0", "0"]),
        inequality(["cos", "x"]),
        inequality(["^", "x", "02"]),
        inequality("x", nodes=[["leaf"], ["leaf"]]),
        inequality("x", nodes=[["split", "x", "3/2"], ["leaf"]]),
        inequality("x", nodes=[["split", "x", "2"], ["leaf"], ["leaf"]]),
        inequality("x", nodes=[["split", "y", "3/2"], ["leaf"], ["leaf"]]),
    ],
)
def test_what_is_undefined_false_or_ill_formed_is_not_proved(outcome: Ask, document: Json) -> None:
    assert outcome(document) == "not proved"


def test_a_box_that_names_a_variable_twice_is_not_read(vcheck: Path, tmp_path: Path) -> None:
    twice = json.dumps(inequality("x")).replace('"x": ["1", "2"]', '"x": ["1", "2"], "x": ["-1", "2"]')
    (tmp_path / "twice.json").write_text(twice)
    assert proved.check(tmp_path / "twice.json", vcheck).outcome == "not proved"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (identity(["/", ["-", ["^", "x", "2"], "1"], ["-", "x", "1"]], ["+", "x", "1"], "x"), "proved"),
        (identity(["^", "x", "-2"], ["/", "1", ["*", "x", "x"]], "x"), "proved"),
        (identity(["^", "x", "0"], "1", "x"), "proved"),
        (identity(["-", "0.5", "1/2"], ["neg", "0"]), "proved"),
        (identity(["/", "x", "y"], ["/", "y", "x"], "x", "y"), "not proved"),
        (identity(["/", "1", ["-", "x", "x"]], ["/", "1", ["-", "x", "x"]], "x"), "not proved"),
        (identity(["^", ["-", "x", "x"], "-1"], "0", "x"), "not proved"),
        (identity(["abs", "x"], ["abs", "x"], "x"), "not proved"),
        (identity("x", "x"), "not proved"),
        (identity("x", "x", "x", "x"), "not proved"),
        ({**identity("x", "x", "x"), "evidence": {"rule": "tree"}}, "not proved"),
        ({**identity("x", "x", "x"), "evidence": {"rule": "grid", "bits": 64}}, "not proved"),
    ],
)
def test_identities(outcome: Ask, document: Json, expected: str) -> None:
    assert outcome(document) == expected


SUM = ["+", *(f"x{k}" for k in range(10))]


@pytest.mark.parametrize(
    "document",
    [
        inequality(repeated("abs", 201)),
        inequality(["+", *["x"] * 65]),
        inequality(["^", "x", "65"]),
        inequality("1e4001"),
        inequality(["+", "1", ["exp", "x"]], box={"x": ["1e3999", "1e4000"]}),
        inequality(["+", "1", repeated("^", 100, "64")], box={"x": ["2", "3"]}),
        {**inequality(repeated("tanh", 20)), "evidence": {"rule": "tree", "bits": 99999, "nodes": LEAF}},
        identity(["^", SUM, "64"], ["^", SUM, "64"], *SUM[1:]),
        identity(repeated("^", 100, "64"), repeated("^", 100, "64"), "x"),
    ],
    ids=["deep", "wide", "power", "scale", "exp", "powers", "bits", "terms", "degree"],
)
def test_what_is_too_large_is_declined_before_the_work(outcome: Ask, document: Json) -> None:
    assert outcome(document) == "not proved"
