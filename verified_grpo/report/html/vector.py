"""A figure's SVG as a part of a page: without header and metadata, shorter, its names its own.

Two figures of one page may use one name for different things (matplotlib numbers its groups), so every name
gets the figure's in front. Shapes are the same to the tenth of a point.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from verified_grpo.report.document import Figure

_SIZE = re.compile(r'<svg\b[^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')
_NAMES = re.compile(r'(\bid="|\bhref="#|url\(#)')
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_DEFAULTS = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_PATH = re.compile(r' d="([^"]*)"')
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")


def inline_svg(figure: Figure, alt: str) -> Markup:
    """The drawing as an element of the page; `alt` is what a screen reader says of it, already escaped.

    The SVG is the suite's own drawing: numbers and glyphs as paths, no text of a certificate as markup.
    """
    svg = figure.svg.decode()
    svg = _DEFAULTS.sub("", _METADATA.sub("", svg[svg.index("<svg") :]))
    svg = _NAMES.sub(lambda found: f"{found.group(1)}{figure.name}-", svg)
    svg = _PATH.sub(lambda found: f' d="{shorter_path(found.group(1))}"', svg)
    svg = re.sub(r">\s+<", "><", svg).replace("xlink:href", "href").strip()
    head = r'<svg class="drawing" role="img" aria-label="' + alt + r'" viewBox="0 0 \1 \2">'
    return Markup(_SIZE.sub(lambda found: found.expand(head), svg, count=1))


def shorter_path(path: str) -> str:
    """The same path in fewer characters: a run of lines by differences, in tenths.

    >>> shorter_path("M 10 20.0 L 10.5 20 L 11.0 19.5 z")
    'M10 20l.5 0 .5-.5z'
    """
    written: list[str] = []
    last, here = "", (0, 0)
    for name, text in _COMMAND.findall(path):
        values = [round(float(value) * 10) for value in text.split()]
        if name in "ML" and len(values) == 2:
            if name == "L" and last == "l" and (values[0], values[1]) == here:
                continue  # a step of nothing
            command, shown = (
                ("l", (values[0] - here[0], values[1] - here[1])) if name == "L" else ("M", values)
            )
            written += [
                "" if command == last == "l" else command,
                _pair(shown, spaced=command == last == "l"),
            ]
            last, here = command, (values[0], values[1])
            continue
        written += [name, " ".join(map(_tenths, values))]
        last = name
        if values:
            here = (values[-2], values[-1]) if len(values) > 1 else here
    return "".join(written)


def _pair(values: tuple[int, int] | list[int], *, spaced: bool) -> str:
    x, y = map(_tenths, values)
    first = x if x.startswith("-") or not spaced else f" {x}"
    return first + (y if y.startswith("-") else f" {y}")


def _tenths(value: int) -> str:
    text = f"{value / 10:g}" if value % 10 else str(value // 10)
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
