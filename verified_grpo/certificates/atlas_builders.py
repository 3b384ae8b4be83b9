"""Atlases written down: the tree and its proofs as two texts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..intervals import canonical, decimal_up
from ..model import Contrast, Parameters, Range
from ..model.steps import Update
from .builders import plane_box, variant
from .canonical import seal
from .grammar.plane import Atlas, AtlasCells
from .grammar.values import Certificate

BITS = 64
"""The checker's bits; the search works in doubles."""


def atlas_certificate(
    contrast: Contrast,
    box: Parameters,
    rectangle: tuple[Range, Range],
    nodes: Mapping[str, tuple[str, str]],
    undecided: Fraction,
    update: Update | None = None,
) -> Certificate[Atlas, AtlasCells]:
    """The certificate of an atlas.

    Args:
        contrast, box: alpha and eps exact.
        rectangle: ranges of log beta and of the log-odds of p_ref that hold the box's.
        nodes: by path (``0`` for the lower half, ``1`` for the upper, from the root) the token of each node
            of the tree and the token of its proof (empty for cuts and undecided leaves).
        undecided: the share of the area in leaves ``u``.
        update: of steps of one size; None: updates solved exactly.
    """
    ordered = [nodes[path] for path in sorted(nodes)]  # a path sorts before those that it begins: preorder
    statement: Atlas = {
        "kind": "atlas",
        "variant": variant(contrast),
        "parameters": plane_box(box),
        "log_beta": [canonical(x) for x in rectangle[0]],
        "logit_p_ref": [canonical(x) for x in rectangle[1]],
        "cells": "".join(token for token, _ in ordered),
        "undecided": decimal_up(undecided, 6),
    }
    if update is not None:
        statement["step_size"] = canonical(update.step_size[0])
        if update.inner_steps > 1:
            statement["inner_steps"] = update.inner_steps
    evidence: AtlasCells = {"rule": "cells", "bits": BITS, "proofs": "".join(proof for _, proof in ordered)}
    return seal(statement, evidence, "array", 53)
