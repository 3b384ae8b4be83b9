from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import pytest

from tests.browser.atlases import atlas, page
from tests.browser.page import DESKTOP, PHONE, Window
from tests.report.samples import CORPUS
from tests.shared import reports_check_once
from verified_grpo.certificates.atlas_cells import Cell, cells
from verified_grpo.report import write_report

ROOT = Path(__file__).parents[2]
STANDARD = [ROOT / "atlases" / f"{name}.json" for name in ("eps-1e-5", "eps-1e-3")]
READY = "document.querySelector('.atlas')?.dataset.ready === 'yes'"
WORDS = {
    "rises": "R: rises to the least fixed point",
    "fixed-point": "F: tends to a fixed point",
    "cycle": "C{period}: caught by a cycle of {period} points",
    "undecided": "?: undecided",
}


@pytest.fixture(scope="session")
def certificate() -> dict[str, Any]:
    return atlas(3000)


@pytest.fixture(scope="session")
def explored(certificate: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("atlas") / "atlas.html"
    path.write_text(page(certificate))
    return path


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a small atlas that the checker accepts."""
    certificate = Path(__file__).parent / "atlas-beta-1-10.json"
    return write_report([certificate], "html", tmp_path_factory.mktemp("real"))[0]


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the paper's variant, as `make certify` writes it."""
    with reports_check_once(tmp_path_factory):
        return write_report([STANDARD[0]], "html", tmp_path_factory.mktemp("standard"))[0]


@pytest.fixture(scope="session")
def two_maps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of two atlases that differ in eps."""
    with reports_check_once(tmp_path_factory):
        return write_report(STANDARD, "html", tmp_path_factory.mktemp("two-maps"))[0]


def opened(window: Window, path: Path, address: str = "", size: tuple[int, int] = DESKTOP) -> Window:
    window.open(path, address, size)
    window.wait_for(READY)
    return window


def cell_at(certificate: dict[str, Any], x: float, y: float) -> Cell:
    (found,) = (
        c for c in cells(certificate)
        if c.log_beta[0] <= x < c.log_beta[1] and c.logit_p_ref[0] <= y < c.logit_p_ref[1]
    )  # fmt: skip
    return found


def place(window: Window, x: float, y: float) -> tuple[float, float]:
    """Where in the window a point of the plane is."""
    left, top = window.run(
        "const e = document.querySelector('.atlas').explorer, f = e.view.frame;"
        "const r = document.querySelector('.plane > *').getBoundingClientRect();"
        "return [r.left + f.x_scale.compute(arguments[0]), r.top + f.y_scale.compute(arguments[1])]",
        x, y,
    )  # fmt: skip
    return float(left), float(top)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_report_of_an_atlas_is_explored(
    window: Window, standard: Path, pictures: Path, size: tuple[int, int]
) -> None:
    opened(window, standard, "#beta=5&p_ref=0.001&eps=1e-5", size)
    said, note = window.text(".reading"), window.text(".note")
    assert said.startswith("C2: caught by a cycle of 2 points")
    assert "Each of its points: p in [" in said
    assert json.loads((ROOT / "atlases" / "eps-1e-5.json").read_text())["digest"] in said
    assert note.count("; p in [") == 2  # three fixed points, none of which the sequence tends to
    assert window.run("return document.querySelector('.banner').className") == "banner proved"
    window.run("document.querySelector('.atlas').scrollIntoView()")
    window.picture(pictures / f"atlas-{size[0]}.png")
    assert window.complaints() == []
    assert window.requests() == []


def test_enter_draws_the_sequence_from_the_cursor(window: Window, real: Path) -> None:
    opened(window, real)
    plane = window.driver.find_element("css selector", ".plane")
    window.run("document.querySelector('.plane').focus()")
    plane.send_keys("\ue012\ue007")  # an arrow, Enter
    assert window.text(".note").startswith("Cobweb of the sequence")
    assert window.run("return location.hash").startswith("#beta=")


def test_atlases_of_every_contrast_share_a_page(window: Window, tmp_path: Path) -> None:
    names = ("mirror", "group-8", "mean-std", "mean")
    files = [CORPUS / "accepted" / f"atlas-{name}.json" for name in names]
    window.open(write_report(files, "html", tmp_path)[0], "#beta=2&p_ref=0.3")
    window.wait_for("[...document.querySelectorAll('.atlas')].every(a => a.dataset.ready === 'yes')")
    notes = window.run("return [...document.querySelectorAll('.note')].map(n => n.textContent)")
    drawn = [note.startswith("Cobweb of the sequence") for note in notes]
    assert drawn == [True, True, True, True]
    assert window.complaints() == []
    assert window.requests() == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_atlas_opens_without_complaint_or_request(
    window: Window, explored: Path, size: tuple[int, int]
) -> None:
    opened(window, explored, "#beta=5&p_ref=0.001&eps=1e-5", size)
    assert window.complaints() == []
    assert window.requests() == []
    assert window.run("return document.documentElement.scrollWidth") <= size[0]
    assert window.text(".legend").count("%") == 5


def settled(beta: float, eps: float, start: float) -> list[float]:
    """The last terms of a long orbit of the paper's recursion, in plain floating point."""
    terms = [start]
    for _ in range(4000):
        v = 1 / (2 + 2 * math.cosh(terms[-1])) if abs(terms[-1]) < 700 else 0.0
        terms.append(start + 1 / (beta * math.sqrt(v + eps)))
    return terms[-4:]


def test_the_brackets_of_a_cell_hold_the_ends_of_its_sequences(window: Window, real: Path) -> None:
    opened(window, real)
    cells_said = window.run(
        "const {tree, brackets} = document.querySelector('.atlas').explorer;"
        "return [...tree.leaves].map(k => [tree.box.map(b => b[k]), tree.nodes[k], brackets(k)])"
    )
    generator = random.Random(3)
    held = {"f": 0, "c": 0}
    for (left, right, low, high), node, brackets in generator.sample(cells_said, 150):
        if node == "u":
            assert brackets == []
            continue
        assert brackets
        for _ in range(3):
            x, y = generator.uniform(left, right), generator.uniform(low, high)
            for end in settled(math.exp(x), 1e-3, y):
                assert any(a - 1e-6 <= end <= b + 1e-6 for a, b in brackets), (node, x, y, end, brackets)
        held[node[0]] = held.get(node[0], 0) + 1
    assert min(held["f"], held["c"]) > 5


def test_hovering_a_cell_reads_the_verdict_of_the_certificate(
    window: Window, explored: Path, certificate: dict[str, Any]
) -> None:
    opened(window, explored)
    generator = random.Random(1)
    seen = set()
    for _ in range(25):
        x, y = generator.uniform(-1, 3), generator.uniform(-8, 3)
        left, top = place(window, x, y)
        window.move_to(left, top)
        # The pointer stands on whole pixels.
        at = window.run(
            "const f = document.querySelector('.atlas').explorer.view.frame;"
            "const r = document.querySelector('.plane > *').getBoundingClientRect();"
            "return [f.x_scale.invert(arguments[0] - r.left), f.y_scale.invert(arguments[1] - r.top)]",
            round(left), round(top),
        )  # fmt: skip
        cell = cell_at(certificate, *at)
        said = window.text(".reading")
        assert said.startswith(WORDS[cell.verdict].format(period=cell.period)), (x, y)
        assert f"Proved by: {cell.rule}." in said or not cell.rule
        assert "sha256:abab" in said
        assert ("p in [" in said) == (cell.verdict != "undecided")
        seen.add(cell.verdict)
    assert len(seen) >= 3


def test_every_cell_of_the_page_is_a_cell_of_the_certificate(
    window: Window, explored: Path, certificate: dict[str, Any]
) -> None:
    opened(window, explored)
    boxes = window.run(
        "const t = document.querySelector('.atlas').explorer.tree;"
        "return [...t.leaves].map(k => [...t.box.map(b => b[k]), t.nodes[k]])"
    )
    exact = list(cells(certificate))
    assert len(boxes) == len(exact)
    for (left, right, low, high, node), cell in zip(boxes, exact, strict=True):
        sides = (*cell.log_beta, *cell.logit_p_ref)
        assert all(
            math.isclose(a, b, abs_tol=1e-12) for a, b in zip((left, right, low, high), sides, strict=True)
        )
        letter = {"rises": "r", "fixed-point": "f", "undecided": "u"}.get(cell.verdict, f"c{cell.period}")
        assert node == letter


def test_the_box_that_is_printed_lies_inside_the_cell(window: Window, explored: Path) -> None:
    opened(window, explored)
    found = window.run(
        "const e = document.querySelector('.atlas').explorer, t = e.tree;"
        "const words = /beta from (\\S+) to (\\S+) and p_ref from ((?:1 - )?\\S+) to ((?:1 - )?\\S+) \\(/;"
        "return [...t.leaves].filter((_, n) => n % 7 === 0)"
        ".map(k => [t.box.map(b => b[k]), e.describe(k).match(words).slice(1)])"
    )
    for (left, right, low, high), texts in found:
        beta0, beta1, p0, p1 = (
            (1 - float(text[4:])) if text.startswith("1 - ") else float(text) for text in texts
        )
        assert math.exp(left) < beta0 < beta1 < math.exp(right)
        sigma = [1 / (1 + math.exp(-x)) for x in (low, high)]
        assert sigma[0] < p0 < p1 < sigma[1]


def test_an_address_with_parameters_is_followed(
    window: Window, explored: Path, certificate: dict[str, Any]
) -> None:
    opened(window, explored, "#beta=0.25&p_ref=3/10&eps=1e-5")
    cell = cell_at(certificate, math.log(0.25), math.log(3 / 7))
    assert window.text(".reading").startswith(WORDS[cell.verdict].format(period=cell.period))
    assert "p_ref = 3/10" in window.text(".note")
    window.run("location.hash = 'beta=5&p_ref=0.001'")
    window.wait_for("document.querySelector('.note').textContent.includes('p_ref = 0.001')")
    # The 2-cycle near {0.002338, 0.058716}: an enclosure after an even or an odd number of steps.
    assert "[0.0023377" in window.text(".note") or "[0.058716" in window.text(".note")


@pytest.mark.parametrize(
    ("address", "first"), [("#beta=5&p_ref=0.01", 0), ("#beta=5&p_ref=0.01&eps=0.001", 1)]
)
def test_an_address_leads_to_the_map_that_is_about_it(
    window: Window, two_maps: Path, address: str, first: int
) -> None:
    opened(window, two_maps, address)
    top = f"document.querySelectorAll('.atlas')[{first}].getBoundingClientRect().top"
    window.wait_for(f"Math.abs({top}) < 100")
    assert window.run("return location.hash") == address
    said = window.run("return [...document.querySelectorAll('.reading')].map(r => r.textContent)")
    # Without an eps in the address each map answers for its own.
    silent = [
        f"of eps {text} it says nothing" in words
        for text, words in zip(("0.001", "0.001"), said, strict=True)
    ]
    assert silent == [first == 1, False]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("#beta=-1&p_ref=0.5", "positive"),
        ("#beta=1&p_ref=2", "between 0 and 1"),
        ("#beta=%3Cimg%20src=x%20onerror=hacked=1%3E&p_ref=0.5", "positive"),
    ],
)
def test_an_address_that_says_nothing_gets_one_line(
    window: Window, explored: Path, address: str, said: str
) -> None:
    opened(window, explored, address)
    assert said in window.text(".note")
    assert window.complaints() == []
    assert window.run("return typeof hacked") == "undefined"


def test_an_atlas_says_nothing_of_another_eps(window: Window, explored: Path) -> None:
    opened(window, explored, "#beta=5&p_ref=0.001&eps=1e-3")
    assert "of eps 1e-3 it says nothing" in window.text(".reading")


def test_wheel_and_keys_zoom_and_move(window: Window, explored: Path) -> None:
    opened(window, explored)
    width = "const {x} = document.querySelector('.atlas').explorer; return x.end - x.start"
    whole = window.run(width)
    left, top = place(window, 0, -5)
    window.move_to(left, top)
    window.driver.execute_cdp_cmd(
        "Input.dispatchMouseEvent", {"type": "mouseWheel", "x": left, "y": top, "deltaX": 0, "deltaY": -400}
    )
    window.wait_for(f"(() => {{ {width} }})() < {0.95 * whole}")
    plane = window.driver.find_element("css selector", ".plane")
    window.run("document.querySelector('.plane').focus()")
    zoomed = window.run(width)
    plane.send_keys("+")
    assert window.run(width) == pytest.approx(zoomed / 2)
    plane.send_keys("0")
    assert window.run(width) == pytest.approx(whole)
    before = window.text(".reading")
    plane.send_keys("\ue012" * 3)
    plane.send_keys("\ue013" * 4)
    assert window.text(".reading") != before
    assert window.complaints() == []


def test_a_tap_asks_about_that_point(window: Window, explored: Path) -> None:
    opened(window, explored, size=PHONE)
    window.run("document.querySelector('.plane').scrollIntoView({block: 'center'})")
    left, top = place(window, 1.0, -4.0)
    window.move_to(left, top, click=True)
    window.wait_for("location.hash.includes('beta=')")
    assert "Cobweb of the sequence" in window.text(".note")


def test_a_large_atlas_is_drawn_in_the_time_of_a_blink(window: Window, tmp_path: Path) -> None:
    (tmp_path / "large.html").write_text(page(atlas(60_000)))
    opened(window, tmp_path / "large.html")
    drawn = window.run(
        "const e = document.querySelector('.atlas').explorer, t = performance.now();"
        "e.draw(); return performance.now() - t"
    )
    assert drawn < 2000  # about 30 on an idle machine; this one may be busy
    assert (tmp_path / "large.html").stat().st_size < 2_000_000
