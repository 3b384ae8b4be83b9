"""The font of formulas, embedded in each page: browsers without a font for mathematics set MathML badly.

It is cut out of STIX Two Math (SIL Open Font License), which the package ziamath carries, when a page is
written; nothing of it is kept here.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Report Math"
RANGES = (
    (0x20, 0x7E), (0xA0, 0xA0), (0xAC, 0xAC), (0xB1, 0xB1), (0xB7, 0xB7), (0xD7, 0xD7), (0xF7, 0xF7),
    (0x391, 0x3A9), (0x3B1, 0x3C9), (0x3D1, 0x3D1), (0x3D5, 0x3D5), (0x3F5, 0x3F5),  # Greek
    (0x2016, 0x2016), (0x2026, 0x2026), (0x2032, 0x2034), (0x2044, 0x2044), (0x2061, 0x2064),
    (0x210E, 0x210E), (0x2145, 0x2146), (0x2190, 0x2194), (0x21A6, 0x21A6), (0x21D0, 0x21D4),  # arrows
    (0x2200, 0x22A5), (0x22C5, 0x22C5), (0x2308, 0x230B), (0x27E8, 0x27E9),  # operators, brackets
    (0x1D434, 0x1D467), (0x1D6A4, 0x1D6A4), (0x1D6E2, 0x1D71B),  # italics
)  # fmt: skip
"""Characters that a formula of the suite may be made of, first and last of each run."""


@lru_cache
def math_font() -> bytes:
    """The part of the font for :data:`RANGES`, as WOFF: the same bytes each time."""
    options = Options()
    options.hinting = False
    options.layout_features = ["ssty", "flac", "kern", "dtls"]
    with TTFont(_carried(), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[sign for first, last in RANGES for sign in range(first, last + 1)])
        subsetter.subset(font)
        font.flavor = "woff"
        written = BytesIO()
        font.save(written)
    return written.getvalue()


def _carried() -> Path:
    """Where ziamath keeps its font; the package itself is not imported."""
    package = find_spec("ziamath")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"


def font_face() -> str:
    """The style rule that brings the font into a page."""
    data = base64.b64encode(math_font()).decode()
    source = f'url(data:font/woff;base64,{data}) format("woff")'
    return f'@font-face {{ font-family: "{FAMILY}"; src: {source}; }}\n'
