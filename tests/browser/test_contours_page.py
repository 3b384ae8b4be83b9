"""The map of small steps in the browser: what it draws and says, on screens, in the dark, and by keyboard."""

from __future__ import annotations

import json
import math
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.browser.page import DESKTOP, PHONE, Window
from tests.shared import reports_check_once
from verified_grpo.certificates.contours import bands, parting_cells
from verified_grpo.report import write_report

ROOT = Path(__file__).parents[2]
NAME = "small-steps-eps-1e-5"
READY = "[...document.querySelectorAll('.atlas')].every(a => a.dataset.ready === 'yes')"
EXPLORER = "const e = document.querySelectorAll('.atlas')[1].explorer;"


@pytest.fixture(scope="module")
def certificate() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "atlases" / f"{NAME}.json").read_text())
    return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with the map of the exact iteration and that of small steps."""
    files = [ROOT / "atlases" / f"{name}.json" for name in ("eps-1e-5", NAME)]
    with reports_check_once(tmp_path_factory):
        return write_report(files, "html", tmp_path_factory.mktemp("both"))[0]


def opened(
    window: Window, path: Path, address: str = "", size: tuple[int, int] = DESKTOP, *, dark: bool = False
) -> Window:
    window.open(path, address, size, dark=dark)
    window.wait_for(READY)
    return window


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (DESKTOP, True), (PHONE, False)])
def test_both_maps_answer_for_the_same_numbers(
    window: Window, both: Path, pictures: Path, size: tuple[int, int], dark: bool
) -> None:
    opened(window, both, "#beta=1&p_ref=0.001", size, dark=dark)
    said = window.run("return [...document.querySelectorAll('.reading')].map(r => r.textContent)")
    notes = window.run("return [...document.querySelectorAll('.note')].map(n => n.textContent)")
    assert said[0].startswith("F: tends to a fixed point")
    assert said[1].startswith("p* from 0.05 to 0.1: small steps rise to it, the least fixed point")
    assert "ends elsewhere here, at a higher fixed point" in said[1]
    assert notes[1].startswith("Small steps from p_ref = 0.001 for beta = 1 and eps = 1e-5 rise along")
    assert "p in [0.061" in notes[1]
    window.run("document.querySelectorAll('.atlas')[1].scrollIntoView()")
    window.picture(pictures / f"small-steps-{size[0]}{'-dark' if dark else ''}.png")
    assert window.complaints() == []
    assert window.requests() == []
    assert window.run("return document.documentElement.scrollWidth") <= size[0]


def test_every_rectangle_of_the_page_is_one_of_the_certificate(
    window: Window, both: Path, certificate: dict[str, Any]
) -> None:
    opened(window, both)
    shown = window.run(
        f"{EXPLORER} const t = e.tree;"
        "return [...t.leaves].map(k => [...t.box.map(b => b[k]), t.low[k], t.high[k]])"
    )
    exact = [[*map(float, (*b.log_beta, *b.logit_p_ref)), b.low, b.high] for b in bands(certificate)]
    assert shown == exact


def test_points_find_their_rectangle_and_are_told_where_the_views_part(
    window: Window, both: Path, certificate: dict[str, Any]
) -> None:
    opened(window, both)
    source, statement = random.Random(4), certificate["statement"]
    parts = [tuple(map(float, (*across, *up))) for across, up in parting_cells(certificate)]
    ends, found = ["0", *statement["levels"], "1"], list(bands(certificate))
    inside = [(source.uniform(a, b), source.uniform(c, d)) for a, b, c, d in source.sample(parts, 10)]
    anywhere = [
        tuple(source.uniform(*map(float, map(Fraction, statement[a]))) for a in ("log_beta", "logit_p_ref"))
        for _ in range(40)
    ]
    for x, y in [*inside, *anywhere]:
        band = next(
            b
            for b in found
            if b.log_beta[0] <= x < b.log_beta[1] and b.logit_p_ref[0] <= y < b.logit_p_ref[1]
        )
        said = window.run(
            "const f = document.querySelectorAll('.atlas')[1].querySelector('form');"
            "f.elements.beta.value = arguments[0]; f.elements.p_ref.value = arguments[1];"
            "f.dispatchEvent(new Event('input', {bubbles: true}));"
            "return document.querySelectorAll('.reading')[1].textContent",
            repr(math.exp(x)), repr(1 / (1 + math.exp(-y))),
        )  # fmt: skip
        assert said.startswith(f"p* from {ends[band.low]} to {ends[band.high + 1]}"), (x, y)
        assert ("band is undecided" in said) == (band.low != band.high)
        parted = any(a < x < b and c < y < d for a, b, c, d in parts)
        assert ("ends elsewhere here" in said) == parted, (x, y)


def test_the_legend_names_what_is_on_the_map(window: Window, both: Path, certificate: dict[str, Any]) -> None:
    opened(window, both)
    entries = window.run(
        "const items = document.querySelectorAll('.atlas')[1].querySelectorAll('.legend li');"
        "return [...items].map(l => l.textContent.trim())"
    )
    assert entries[0].startswith(f"p* {certificate['statement']['levels'][0]} to ")
    assert any(entry.startswith("contours:") for entry in entries)
    assert "solved exactly, the iteration is proved to end elsewhere" in entries
    assert entries[-1] == "fold"


def test_keys_move_and_ask(window: Window, both: Path) -> None:
    opened(window, both)
    plane = window.driver.find_elements("css selector", ".plane")[1]
    window.run("document.querySelectorAll('.plane')[1].focus()")
    plane.send_keys("\ue014" * 3 + "\ue015" * 3)
    assert window.run("return document.querySelectorAll('.reading')[1].textContent").startswith("p* from")
    plane.send_keys("\ue007")
    assert window.run("return document.querySelectorAll('.note')[1].textContent").startswith(
        "Small steps from"
    )
    assert window.complaints() == []


@pytest.mark.parametrize(
    ("beta", "p_ref", "said"),
    [("-1", "0.5", "positive"), ("1", "2", "between 0 and 1"), ("1000", "0.5", "Outside the atlas")],
)
def test_what_it_cannot_answer_is_one_line(
    window: Window, both: Path, beta: str, p_ref: str, said: str
) -> None:
    opened(window, both, f"#beta={beta}&p_ref={p_ref}")
    shown = window.run(
        "const a = document.querySelectorAll('.atlas')[1];"
        "return a.querySelector('.reading').textContent + a.querySelector('.note').textContent"
    )
    assert said in shown
    assert window.complaints() == []
