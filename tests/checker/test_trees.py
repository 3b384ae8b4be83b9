"""Trees: leaves cover the box exactly, whatever the tree."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.checker.diagnostics import Code, Fault
from verified_grpo.checker.trees import leaves

Box = dict[str, tuple[Fraction, Fraction]]
ROOT: Box = {
    "x": (Fraction(0), Fraction(1)),
    "y": (Fraction(-1, 3), Fraction(2)),
    "z": (Fraction(5), Fraction(5)),
}


@st.composite
def trees(draw: st.DrawFn, box: Box, depth: int = 5) -> list[list[str]]:
    if depth == 0 or draw(st.booleans()):
        return [["leaf"]]
    axis = draw(st.sampled_from(["x", "y"]))
    low, high = box[axis]
    at = low + (high - low) * draw(st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=10))
    lower, upper = {**box, axis: (low, at)}, {**box, axis: (at, high)}
    return [["split", axis, str(at)], *draw(trees(lower, depth - 1)), *draw(trees(upper, depth - 1))]


def volume(box: Box) -> Fraction:
    return prod((high - low for low, high in (box["x"], box["y"])), start=Fraction(1))


def overlap(one: Box, other: Box) -> bool:
    return all(max(one[a][0], other[a][0]) < min(one[a][1], other[a][1]) for a in ("x", "y"))


@given(trees(ROOT))
def test_leaves_tile_the_box(nodes: list[Any]) -> None:
    found = [box for _, box, _ in leaves(nodes, ROOT, ("leaf",))]
    assert sum(map(volume, found)) == volume(ROOT)
    assert not any(overlap(one, other) for i, one in enumerate(found) for other in found[:i])
    assert all(box["z"] == ROOT["z"] for box in found)
    assert len(found) == nodes.count(["leaf"])


@given(trees(ROOT), st.data())
def test_a_tree_with_a_node_too_few_or_too_many(nodes: list[Any], data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(nodes) - 1))
    for changed in (nodes[:i] + nodes[i + 1 :], [*nodes[: i + 1], ["leaf"], *nodes[i + 1 :]]):
        with pytest.raises(Fault):
            list(leaves(changed, ROOT, ("leaf",)))


def test_a_deep_tree_needs_no_recursion() -> None:
    depth = 20_000
    nodes = [node for i in range(depth) for node in (["split", "y", f"1/{i + 2}"], ["leaf"])]
    # each cut leaves the lower part as a leaf only where cuts ascend: descending cuts are refused
    with pytest.raises(Fault) as caught:
        list(leaves([*nodes, ["leaf"]], ROOT, ("leaf",)))
    assert caught.value.code is Code.TREE_CUT
    ascending = [node for i in range(depth) for node in (["split", "x", f"{i + 1}/{depth + 7}"], ["leaf"])]
    ascending = [[n[0], n[1], str(Fraction(n[2]))] if len(n) == 3 else n for n in ascending]
    assert sum(1 for _ in leaves([*ascending, ["leaf"]], ROOT, ("leaf",))) == depth + 1


def test_lower_part_first() -> None:
    nodes = [["split", "x", "1/4"], ["low"], ["high"]]
    found = {kind: box["x"] for kind, box, _ in leaves(nodes, ROOT, ("low", "high"))}
    assert found == {"low": (Fraction(0), Fraction(1, 4)), "high": (Fraction(1, 4), Fraction(1))}
