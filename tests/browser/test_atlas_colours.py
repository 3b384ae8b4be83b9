"""The atlas page in dark mode and on paper: the legend shows what the map shows, and not by colour alone."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.atlases import atlas, page
from tests.browser.page import DESKTOP, PHONE, Window
from tests.browser.test_atlas_answers import READY

SWATCHES = (
    "return [...document.querySelectorAll('.legend li')].map(item => {"
    " const c = item.querySelector('canvas'); if (!c) return [item.textContent, []];"
    " const copy = document.createElement('canvas').getContext('2d', {willReadFrequently: true});"
    " copy.drawImage(c, 0, 0); const d = copy.getImageData(0, 0, c.width, c.height).data;"
    " const pixels = Array.from({length: d.length / 4}, (_, k) => [...d.slice(4 * k, 4 * k + 3)].join());"
    " return [item.textContent, pixels]})"
)
"""The words of each entry of the legend, and its sign's pixels."""
STROKES = {"fold": "91,42,134", "flip": "11,110,79", "settling bound": "179,18,59"}


def legend(window: Window) -> dict[str, list[str]]:
    return {words.split(" (")[0].strip(): pixels for words, pixels in window.run(SWATCHES)}


@pytest.fixture(scope="session")
def coloured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map with the three named curves."""
    path = tmp_path_factory.mktemp("colours") / "atlas.html"
    path.write_text(page(atlas(3000), curves=tuple(STROKES)))
    return path


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_legend_has_the_map_s_colours_in_the_dark_and_on_paper(
    window: Window, coloured: Path, size: tuple[int, int]
) -> None:
    window.open(coloured, size=size)
    window.wait_for(READY)
    light = legend(window)
    for name, colour in STROKES.items():
        assert colour in light[name]
    window.open(coloured, size=size, dark=True)
    window.wait_for(READY)
    assert legend(window) == light
    window.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]},
    )
    try:
        assert legend(window) == light
        wait_for_ground(window, "#ffffff")
    finally:
        window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert window.complaints() == []


def wait_for_ground(window: Window, colour: str) -> None:
    """Until all plots stand on this colour; a change of the scheme is told to the page a little later."""
    window.wait_for(
        "Bokeh.documents.flatMap(d => d.roots())"
        f".every(f => f.background_fill_color === '{colour}' && f.border_fill_color === '{colour}')",
        seconds=10,
    )


def test_plots_follow_the_scheme_when_it_changes(window: Window, coloured: Path) -> None:
    window.open(coloured)
    window.wait_for(READY)
    wait_for_ground(window, "#ffffff")
    window.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    wait_for_ground(window, "#16181b")


def test_no_sign_of_the_legend_rests_on_colour_alone(window: Window, coloured: Path) -> None:
    window.open(coloured)
    window.wait_for(READY)
    signs = legend(window)
    # Without colours: which pixels differ from the commonest one of the sign, and whether that one is dark.
    looks = {words: (marks(pixels), lightness(commonest(pixels)) < 0.3) for words, pixels in signs.items()}
    assert len(set(looks.values())) == len(signs) == 8
    # Each kind of cell has its letter in the words, as in the cells and in what is read aloud.
    assert [words.split(":")[0] for words in signs if ":" in words] == ["R", "F", "C2", "C", "?"]


def commonest(pixels: list[str]) -> str:
    return max(set(pixels), key=pixels.count)


def marks(pixels: list[str]) -> tuple[bool, ...]:
    ground = commonest(pixels)
    return tuple(pixel != ground for pixel in pixels)


def lightness(pixel: str) -> float:
    red, green, blue = (int(part) / 255 for part in pixel.split(","))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_printed_from_a_dark_page_stands_on_white(window: Window, coloured: Path) -> None:
    window.open(coloured, dark=True)
    window.wait_for(READY)
    wait_for_ground(window, "#16181b")
    printed = window.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    plots = [found for size, found in pictures_of(base64.b64decode(printed["data"])) if min(size) > 100]
    assert plots
    assert not any(b"\x16\x18\x1b" * 30 in pixels for pixels in plots)


def pictures_of(pdf: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Size and bytes of the pictures of a PDF that are compressed without loss."""
    for found in re.finditer(rb"<<([^>]*?/Subtype /Image.*?)>>\s*stream\r?\n", pdf, re.DOTALL):
        width, height, length = (
            int(re.search(rb"/%s (\d+)" % key, found[1])[1])  # type: ignore[index]  # each has all three
            for key in (b"Width", b"Height", b"Length")
        )
        if b"/FlateDecode" in found[1]:
            yield (width, height), zlib.decompress(pdf[found.end() : found.end() + length])
