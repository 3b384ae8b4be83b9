"""An atlas to explore in the tests: a certificate in form, its cells exact; nothing in it is proved."""

from __future__ import annotations

import heapq
import math
from typing import Any

from verified_grpo.certificates.atlas_cells import RULES
from verified_grpo.report.document import CellExplorer, Curve, Document, Figure, Heading, Text
from verified_grpo.report.html import html

LOG_BETA, LOGIT = ("-4", "5.5"), ("-11.5", "11.5")
PROOFS = {"r": "h", "f": "s", "c2": "t12ab", "c4": "d9bc", "u": ""}
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 8"></svg>'
Box = tuple[float, float, float, float]


def verdict(x: float, y: float) -> str:
    """Something like the real atlas, cut along curves."""
    if y >= 0:
        return "r"
    over = x - math.log(2 / max(-y, 1e-9))
    return "f" if over <= 0 or over > 0.72 else "c2" if over < 0.6 else "c4" if over < 0.7 else "u"


def atlas(count: int) -> dict[str, Any]:
    """A certificate's object of about so many cells, finest along the curves."""
    root: Box = (float(LOG_BETA[0]), float(LOG_BETA[1]), float(LOGIT[0]), float(LOGIT[1]))
    cuts: dict[Box, str] = {}
    waiting = [(-1.0, root)]
    while len(waiting) < count:
        _, box = heapq.heappop(waiting)
        halves = _halves(box, "<" if (box[1] - box[0]) / 9.5 >= (box[3] - box[2]) / 23 else "^")
        cuts[box] = "<" if halves[0][1] < box[1] else "^"
        for half in halves:
            corners = {verdict(x, y) for x in half[:2] for y in half[2:]}
            area = (half[1] - half[0]) * (half[3] - half[2])
            heapq.heappush(waiting, (-area * (50 if len(corners) > 1 else 1), half))
    nodes, proofs = [], []
    left = [root]
    while left:
        box = left.pop()
        if box in cuts:
            nodes.append(cuts[box])
            left += reversed(_halves(box, cuts[box]))
        else:
            nodes.append(verdict((box[0] + box[1]) / 2, (box[2] + box[3]) / 2))
            proofs.append(PROOFS[nodes[-1]])
    statement = {
        "kind": "atlas",
        "log_beta": list(LOG_BETA),
        "logit_p_ref": list(LOGIT),
        "cells": "".join(nodes),
    }
    return {"statement": statement, "evidence": {"rule": "atlas", "proofs": "".join(proofs)}}


def _halves(box: Box, cut: str) -> tuple[Box, Box]:
    a, b, c, d = box
    x, y = (a + b) / 2, (c + d) / 2
    return ((a, x, c, d), (x, b, c, d)) if cut == "<" else ((a, b, c, y), (a, b, y, d))


def page(certificate: dict[str, Any], eps: str = "1e-5", curves: tuple[str, ...] = ("beta_c",)) -> str:
    """The page that explores it, with one curve under each of these names."""
    statement = certificate["statement"]
    points = tuple((math.log(2 / -y), y) for y in (-11.5 + k / 10 for k in range(112)))
    explorer = CellExplorer(
        figure=Figure("c1-atlas", SVG, (Text("An atlas made up for tests."),), "atlas"),
        log_beta=(float(LOG_BETA[0]), float(LOG_BETA[1])),
        logit_p_ref=(float(LOGIT[0]), float(LOGIT[1])),
        nodes=statement["cells"],
        proofs=certificate["evidence"]["proofs"],
        rules=RULES,
        contrast="mean-var",
        alpha="1",
        eps=eps,
        digest="sha256:" + "ab" * 32,
        curves=tuple(Curve(name, points) for name in curves),
    )
    return html(Document("Atlas", "for tests", (explorer,), (Heading(1, (Text("One"),), "c1"),)))
