"""The picture of a binary tree over a box: its leaves in the plane of two axes, amid all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.collections import PatchCollection
from matplotlib.patches import Patch, Rectangle

from verified_grpo.report.drawing.log_odds import LINEAR_WIDTH
from verified_grpo.report.drawing.style import INK, canvas

Interval = tuple[Fraction, Fraction]
Sides = dict[str, Interval]

COLOURS = {"excluded": "#e8eaed", "holds": "#a9d5b8", "leaf": "#a9d5b8"}
WORDS = {"excluded": "no fixed point", "holds": "holds", "leaf": "holds"}

# More leaves than this are drawn as an image inside the SVG, so that a page stays small.
MOST_SHAPES = 3000


@dataclass(frozen=True)
class Leaf:
    """A leaf of the tree: its rule and its box."""

    rule: str
    sides: Sides


def leaves(nodes: Sequence[Sequence[str]], root: Sides) -> list[Leaf]:
    """The leaves of a tree in preorder; the tree was accepted by the checker, so it is complete."""
    found: list[Leaf] = []
    waiting = [root]
    for node in nodes:
        box = waiting.pop()
        if node[0] != "split":
            found.append(Leaf(node[0], box))
            continue
        _, axis, cut = node
        at, (low, high) = Fraction(cut), box[axis]
        waiting += [{**box, axis: (at, high)}, {**box, axis: (low, at)}]
    return found


def axes_to_draw(found: Sequence[Leaf], root: Sides) -> list[str]:
    """The one or two axes that the tree cuts most finely."""
    pieces = {axis: len({leaf.sides[axis] for leaf in found}) for axis in root}
    finest = sorted((axis for axis in root if pieces[axis] > 1), key=lambda axis: -pieces[axis])[:2]
    return [axis for axis in root if axis in finest]


def slice_of(found: Sequence[Leaf], root: Sides, drawn: Sequence[str]) -> list[Leaf]:
    """The leaves that meet the middle of the box in every axis that is not drawn."""
    hidden = {axis: sum(side) / 2 for axis, side in root.items() if axis not in drawn}
    return [
        leaf for leaf in found if all(leaf.sides[a][0] <= x <= leaf.sides[a][1] for a, x in hidden.items())
    ]


def paving_picture(found: Sequence[Leaf], root: Sides, drawn: Sequence[str], names: dict[str, str]) -> bytes:
    """The paving; with one axis it is a strip."""
    with canvas(10.5, 6 if len(drawn) == 2 else 2.6) as drawing:
        axes = drawing.figure.add_subplot()
        shown = slice_of(found, root, drawn)
        for rule in sorted({leaf.rule for leaf in shown}):
            patches = [_rectangle(leaf, drawn) for leaf in shown if leaf.rule == rule]
            collection = PatchCollection(patches, facecolor=COLOURS[rule], edgecolor=INK, linewidth=0.25)
            collection.set_rasterized(len(shown) > MOST_SHAPES)
            axes.add_collection(collection)
        if drawn[0] == "logit":
            axes.set_xscale("asinh", linear_width=LINEAR_WIDTH)
        axes.set_xlim(*map(float, root[drawn[0]]))
        axes.set_xlabel(names[drawn[0]])
        if len(drawn) == 2:
            axes.set_ylim(*map(float, root[drawn[1]]))
            axes.set_ylabel(names[drawn[1]])
        else:
            axes.set_ylim(0, 1)
            axes.yaxis.set_visible(False)
        entries = [
            Patch(facecolor=COLOURS[rule], edgecolor=INK, linewidth=0.25, label=WORDS[rule])
            for rule in sorted({leaf.rule for leaf in shown})
        ]
        axes.legend(handles=entries, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return drawing.svg


def _rectangle(leaf: Leaf, drawn: Sequence[str]) -> Rectangle:
    left, right = map(float, leaf.sides[drawn[0]])
    low, high = map(float, leaf.sides[drawn[1]]) if len(drawn) == 2 else (0.0, 1.0)
    return Rectangle((left, low), right - left, high - low)
