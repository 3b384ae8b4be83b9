"""The shipped maps as the page asks them: whatever a certificate of an atlas says about a point, at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..atlases import certificates
from ..certificates.atlas_cells import RULES
from ..report.document import CellExplorer, ContourExplorer, Explorer, Figure
from ..report.drawing.contours import band_colours
from ..report.html.explorer import explorer_data
from ..report.pages.atlas import plane_of

SCRIPTS = ("enclosure.js", "brackets.js", "numerals.js", "rectangles.js", "cells.js", "contours.js")
"""Of the reports' pages: each uses those before it."""
UNDRAWN = Figure("", b"", (), "")


def shipped_maps() -> bytes:
    """A script that names what the pages' scripts read of every shipped map, by its name."""
    files = {file.stem: json.loads(file.read_bytes()) for file in certificates()}
    texts = (f"{json.dumps(name)}: {explorer_data(_explorer(one))}" for name, one in files.items())
    return f"const SHIPPED_MAPS = {{{', '.join(texts)}}};\n".encode()


def _explorer(certificate: Mapping[str, Any]) -> Explorer:
    claim, digest = certificate["statement"], certificate["digest"]
    if claim["kind"] == "contours":
        levels = tuple(claim["levels"])
        return ContourExplorer(
            figure=UNDRAWN,
            digest=digest,
            levels=levels,
            columns=claim["columns"],
            parting=claim["parting"],
            colours=tuple(band_colours(len(levels) + 1)),
            **plane_of(claim),
        )
    proofs = certificate["evidence"]["proofs"]
    return CellExplorer(
        figure=UNDRAWN, digest=digest, nodes=claim["cells"], proofs=proofs, rules=RULES, **plane_of(claim)
    )
