"""A map as a page explores it: its certificate's own texts as data, and the scripts that draw it.

Bokeh draws axes, curves and marks; its script is a part of the page. The rectangles are drawn by `cells.js`,
of the exact iteration, and `contours.js`, of small steps; `atlas.js` is what both have in common.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import isfinite

from markupsafe import Markup

from verified_grpo.certificates.atlas_cells import NODE, PROOF
from verified_grpo.certificates.contours import PART
from verified_grpo.report.document import CellExplorer, ContourExplorer, Explorer
from verified_grpo.rigor.cells.contours import GRAIN


def explorer_data(explorer: Explorer) -> Markup:
    """What the script reads; `<` stands for nothing in it, so that no text of it can end the element."""
    data = {
        "x": explorer.log_beta,
        "y": explorer.logit_p_ref,
        "contrast": explorer.contrast,
        "group": explorer.group,
        "alpha": explorer.alpha,
        "eps": explorer.eps,
        "digest": explorer.digest,
        "curves": [
            # Where a curve leaves the window its points are no numbers.
            {"name": curve.name, "points": [_drawn(point) for point in curve.points]}
            for curve in explorer.curves
        ],
        **_own(explorer),
    }
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _own(explorer: Explorer) -> dict[str, object]:
    """What each kind of map has besides. In certificates `<` cuts log beta; in a page that would look like a
    tag."""
    match explorer:
        case CellExplorer():
            return {
                "map": "cells",
                "node": NODE.pattern.replace("<", "|"),
                "nodes": explorer.nodes.replace("<", "|"),
                "proof": PROOF.pattern,
                "proofs": explorer.proofs,
                "rules": explorer.rules,
            }
        case ContourExplorer():
            return {
                "map": "contours",
                "levels": explorer.levels,
                "colours": explorer.colours,
                "columns": explorer.columns,
                "grain": GRAIN,
                "part": PART.pattern.replace("<", "|"),
                "parting": explorer.parting.replace("<", "|"),
            }
    raise TypeError(f"no map is drawn of {type(explorer).__name__}")


def _drawn(point: tuple[float, float]) -> list[float] | None:
    """A point as fine as a screen shows it."""
    return [round(value, 4) for value in point] if all(map(isfinite, point)) else None


@lru_cache
def bokeh_scripts() -> tuple[str, ...]:
    """Bokeh's script and its plotting interface, as they stand in the installed package.

    Raises:
        ValueError: a script that could end its element too early.
    """
    from bokeh.resources import Resources  # for pages with a map only

    resources = Resources(mode="inline", minified=True)
    resources.components = ["bokeh", "bokeh-api"]
    scripts = tuple(str(script) for script in resources.js_raw if not script.startswith("Bokeh.set"))
    if any("</script" in script for script in scripts):
        raise ValueError("Bokeh's script cannot stand in a page")
    return scripts
