"""The laboratory as a reader uses it: asked by its address, by typing, wrongly; a certificate in hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.page import PHONE, Window
from tests.shared import page_library
from verified_grpo.laboratory.page import write_laboratory
from verified_grpo.laboratory.serving import served

STATUS = "document.getElementById('status')"
TYPE = (
    "const field = document.querySelector(`[name=${arguments[0]}]`); field.value = arguments[1];"
    "field.dispatchEvent(new Event('input', { bubbles: true }))"
)
SAVED = (
    "const made = URL.createObjectURL;"
    "URL.createObjectURL = (blob) => (blob.text().then((t) => saved = t), made(blob));"
    "addEventListener('click', (e) => e.target.download && e.preventDefault()); saved = '';"
    "document.querySelector('#answer button').click()"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page_library(prover=True)
    out = tmp_path_factory.mktemp("laboratory")
    write_laboratory(out)
    return out


def answered(window: Window, kind: str = "done") -> str:
    window.wait_for(f"{STATUS}.className === '{kind}'", 120)
    return window.text("#status")


def test_a_question_is_proved_and_checked_in_the_page(window: Window, folder: Path, pictures: Path) -> None:
    with served(folder) as address:
        window.visit(f"{address}#beta=5&eps=1e-5&p_ref=0.001")
        assert answered(window).startswith("proved in ")
        banners = window.run("return [...document.querySelectorAll('#answer .banner')].map(b => b.className)")
        assert banners == ["banner proved"] * 4
        said = window.text("#answer")
        assert "tends to a cycle of exactly 2 points" in said
        assert "accepted by the checker in" in said
        assert "[0.00862203288, 0.00862203289]" in said
        assert window.run("return document.querySelectorAll('svg.plot polyline').length") == 4
        window.picture(pictures / "laboratory-1280.png")
        window.run(SAVED)
        window.wait_for('saved.includes(\'"kind": "small-steps"\')')
        # While something is typed the old answer does not stand, and what is wrong gets a line, as text.
        window.run(TYPE, "beta", "<img src=x onerror=hacked=1>")
        assert window.text("#answer") == ""
        assert "allowed are an integer" in answered(window, "fault")
        assert window.text("#answer") == ""
        assert window.run("return typeof hacked") == "undefined"
        # Another question, by keyboard: the address follows.
        field = window.driver.find_element("css selector", "[name=beta]")
        field.clear()
        field.send_keys("4\ue007")
        answered(window)
        assert "beta=4" in window.run("return location.hash")
        window.run("location.hash = 'beta=0.04&eps=1e-5&p_ref=0.3&kl=k3'")
        window.wait_for("document.querySelector('.same code')?.textContent.includes('k3')", 60)
        assert "the only fixed point attracts" in window.text("#answer")
        window.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": PHONE[0], "height": PHONE[1], "deviceScaleFactor": 1, "mobile": True},
        )
        assert window.run("return document.documentElement.scrollWidth") <= PHONE[0]
        window.picture(pictures / "laboratory-390.png")
        assert window.complaints() == []
        assert all(url.startswith((address, "blob:")) for url in window.requests())


@pytest.mark.soak
def test_formulas_that_are_not_written_down_are_derived_in_the_page(window: Window, folder: Path) -> None:
    """SymPy alone takes 20 seconds to be imported there."""
    with served(folder) as address:
        window.visit(f"{address}#contrast=expression&omega=1%2F(p%2Beps)&beta=0.04&eps=1e-4&p_ref=0.3")
        window.wait_for(f"{STATUS}.textContent.includes('SymPy')", 120)
        window.wait_for(f"{STATUS}.className === 'done'", 300)
        assert "verified-grpo limit --omega '1/(p+eps)'" in window.text("#answer")
        assert "0.421624508259" in window.text("#answer .banner.proved")
        assert window.complaints() == []


def test_opened_as_a_file_it_says_how_it_is_opened(window: Window, folder: Path) -> None:
    window.open(folder / "index.html")
    assert "was opened as a file" in answered(window, "fault")
    assert "verified-grpo serve FOLDER" in window.text("#status")
    assert window.complaints() == []
