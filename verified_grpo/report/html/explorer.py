"""The atlas as a page explores it: its tree as data, and the scripts that draw it.

Bokeh draws axes, curves and marks; its script is a part of the page. The cells are drawn by `atlas.js` from
the certificate's own tree.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import isfinite

from markupsafe import Markup

from verified_grpo.certificates.atlas_cells import NODE, PROOF
from verified_grpo.report.document import Explorer


def explorer_data(explorer: Explorer) -> Markup:
    """What the script reads; `<` stands for nothing in it, so that no text of it can end the element."""
    data = {
        "x": explorer.log_beta,
        "y": explorer.logit_p_ref,
        # In the certificate, `<` cuts log beta; in a page that would look like a tag.
        "node": NODE.pattern.replace("<", "|"),
        "nodes": explorer.nodes.replace("<", "|"),
        "proof": PROOF.pattern,
        "proofs": explorer.proofs,
        "rules": explorer.rules,
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
    }
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


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
