"""The picture of where a property holds, in the plane of two parameters: parts on which it is proved, parts
on which it is proved to fail for all parameters, and what is undecided.

The three differ in lightness and in hatching, so that the picture can be read without colour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch
from matplotlib.ticker import FixedLocator, NullLocator

from verified_grpo.errors import InputError
from verified_grpo.model.approximate import approx_log
from verified_grpo.report.drawing.atlas import FORMS, joined, merged, saved
from verified_grpo.report.drawing.style import INK, canvas
from verified_grpo.rigor.properties.where_it_holds import Part, Side

LOOKS = {
    "inner": ("#cfe5d6", "", "proved"),
    "outer": ("#e0a25f", "////", "proved to fail"),
    "undecided": (INK, "", "undecided"),
}
NAMES = {"beta": r"$\beta$", "eps": r"$\varepsilon$", "alpha": r"$\alpha$", "p_ref": r"$p_{\mathrm{ref}}$"}
ODDS = (*(10.0**-k for k in range(30, 1, -1)), 0.1, 0.5, 0.9, *(1 - 10.0**-k for k in range(2, 16)))
STEPS = tuple(m * 10.0**k for k in range(-30, 13) for m in (1, 2, 5))
MOST = 8

Rectangle = tuple[float, float, float, float]


def parts_picture(parts: Sequence[Part], title: str, form: str = "svg") -> bytes:
    """The picture as a file.

    Args:
        parts: with two sides each, all of them.
        title: a line above.
        form: ``svg``, ``png`` or ``pdf``.

    Raises:
        InputError: another form, or parts with more or fewer sides than two.
    """
    if form not in FORMS:
        raise InputError(f"a picture is one of {', '.join(FORMS)}, not {form!r}")
    if not parts or len(parts[0].sides) != 2:
        raise InputError("a picture needs exactly two parameters with ranges")
    with canvas(13.5, 11) as drawing:
        axes = drawing.figure.add_subplot()
        shapes = {look: [_rectangle(part) for part in parts if part.verdict == look] for look in LOOKS}
        for look, (colour, hatch, _) in LOOKS.items():
            if shapes[look]:
                shape = PathPatch(joined(merged(shapes[look])), facecolor=colour)
                shape.set(edgecolor=INK if hatch else colour, linewidth=0.0 if hatch else 0.15, hatch=hatch)
                axes.add_patch(shape)
        _label(axes, parts)
        axes.set_title(title)
        entries = [
            Patch(facecolor=colour, edgecolor=INK, linewidth=0.4, hatch=hatch, label=words)
            for look, (colour, hatch, words) in LOOKS.items()
            if shapes[look]
        ]
        axes.legend(handles=entries, loc="upper center", bbox_to_anchor=(0.5, -0.11), ncols=3)
        data = b"" if form == "svg" else saved(drawing, form)
    return data or drawing.svg


def _rectangle(part: Part) -> Rectangle:
    (a, b), (c, d) = (_ends(side) for side in part.sides)
    return a, b, c, d


def _ends(side: Side) -> tuple[float, float]:
    """Both ends on the scale of the picture: log-odds of p_ref, natural logarithms of the others."""
    axis, low, high = side
    if axis.startswith("log"):
        return float(low), float(high)
    if axis == "p_ref":
        low, high = low / (1 - low), high / (1 - high)
    return approx_log(low), approx_log(high)


def _label(axes: Axes, parts: Sequence[Part]) -> None:
    rectangles = [_rectangle(part) for part in parts]
    for k, scale in enumerate((axes.xaxis, axes.yaxis)):
        name = parts[0].sides[k][0].removeprefix("log_").removeprefix("logit_")
        low = min(rectangle[2 * k] for rectangle in rectangles)
        high = max(rectangle[2 * k + 1] for rectangle in rectangles)
        places, words = _marks(name, low, high)
        scale.set_major_locator(FixedLocator(places))
        scale.set_minor_locator(NullLocator())
        (axes.set_xticklabels if k == 0 else axes.set_yticklabels)(words)
        (axes.set_xlim if k == 0 else axes.set_ylim)(low, high)
        scale.set_label_text(NAMES[name])


def _marks(name: str, low: float, high: float) -> tuple[list[float], list[str]]:
    """Round values of the parameter, where they are on the scale, and how they are written."""
    if name == "p_ref":
        found = [(math.log(p / (1 - p)), f"{p:.15g}") for p in ODDS]
    else:
        found = [(math.log(x), f"{x:g}") for x in STEPS]
    inside = [(place, words) for place, words in found if low - 1e-9 <= place <= high + 1e-9]
    if len(inside) < 2:
        values = [1 / (1 + math.exp(-x)) if name == "p_ref" else math.exp(x) for x in (low, high)]
        inside = [(place, f"{value:.4g}") for place, value in zip((low, high), values, strict=True)]
    inside = inside[:: -(-len(inside) // MOST)]
    return [place for place, _ in inside], [f"${words}$" for _, words in inside]
