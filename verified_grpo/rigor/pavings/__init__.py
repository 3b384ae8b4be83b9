"""Pavings of a window of the plane that a graph divides: boxes below it, boxes above it, a thin rest.

Where a condition on two parameters is monotone in one of them, its boundary is a graph over the other, and a
search in the plane is not needed: the graph is enclosed column by column, over arrays.
"""

from __future__ import annotations

from .attraction import attraction_graph
from .condition import condition_graph
from .graph import Boxes, GraphPaving, pave_graph

__all__ = ["Boxes", "GraphPaving", "attraction_graph", "condition_graph", "pave_graph"]
