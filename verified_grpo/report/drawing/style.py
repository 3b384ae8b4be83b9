"""The look of all figures, and their bytes.

Nothing in a file depends on the time, the machine's fonts or a random number: glyphs are drawn as paths out
of the fonts that matplotlib carries, and the names inside the file come from a fixed salt. The state of
matplotlib is left as it was found: settings hold inside `canvas` only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#1a1a1a"
PALE = "#9aa0a6"
CURVE = "#1f4e8c"
PROVED = "#1b6e3c"
REFUTED = "#b45309"

_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "verified-grpo",
    "svg.fonttype": "path",
    "font.family": "serif",
    "font.serif": ["cmr10", "DejaVu Serif"],
    "mathtext.fontset": "cm",
    "axes.formatter.use_mathtext": True,
    "axes.unicode_minus": False,
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.labelsize": 9,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "axes.linewidth": 0.6,
    "axes.edgecolor": INK,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "hatch.linewidth": 0.4,
    "path.simplify": False,
}


@dataclass
class Drawing:
    """A figure under construction; `svg` holds the file when its canvas is closed."""

    figure: Figure
    svg: bytes = field(default=b"")


@contextmanager
def canvas(width: float, height: float) -> Iterator[Drawing]:
    """A figure of so many centimetres; on leaving, it is written out as SVG."""
    with mpl.rc_context(_SETTINGS):  # type: ignore[arg-type]
        drawing = Drawing(Figure(figsize=(width / 2.54, height / 2.54), layout="constrained"))
        yield drawing
        file = io.BytesIO()
        # Laid out and drawn at once; `savefig` would draw all of it once more before, for the layout alone.
        figure: Any = FigureCanvasSVG(drawing.figure)
        figure.print_svg(file, metadata={"Date": None, "Creator": None})
        drawing.svg = _compact(file.getvalue())


_HASHED = re.compile(rb' id="([mhp][0-9a-f]{10,}|C[0-9a-f]+_[0-9a-f]+_[0-9a-f]{10,})"')
_NAMED = re.compile(rb'(?<=["#])[mhpC][0-9a-f_]+(?=[")])')
_PLACES = re.compile(rb' [xy]="[^"]*"|translate\([^)]*\)')


def _compact(svg: bytes) -> bytes:
    """The file without the document type, which names another site. Paths are rounded to a tenth of a point,
    other places to a hundredth, and what matplotlib names by a hash of coordinates is named by its number:
    numbers that differ in the last place, as they do from one processor to the next, give the same figure.
    """
    svg = re.sub(rb"<!DOCTYPE.*?>\n", b"", svg, flags=re.DOTALL)
    svg = re.sub(rb' d="[^"]*"', lambda path: re.sub(rb"\d+\.\d{2,}", _tenths, path.group()), svg)
    svg = _PLACES.sub(lambda place: re.sub(rb"\d+\.\d{3,}", _hundredths, place.group()), svg)
    hashed = dict.fromkeys(_HASHED.findall(svg))
    names = {name: name[:1] + b"_%d" % number for number, name in enumerate(hashed, 1)}
    return _NAMED.sub(lambda name: names.get(name.group(), name.group()), svg)


def _tenths(number: re.Match[bytes]) -> bytes:
    return f"{float(number.group()):.1f}".encode()


def _hundredths(number: re.Match[bytes]) -> bytes:
    return f"{float(number.group()):.2f}".encode()
