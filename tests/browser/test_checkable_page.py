"""A report that checks itself, as a reader sees it: served, checked, altered, checked again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.page import PHONE, Window, start
from tests.report.samples import CORPUS
from tests.shared import page_library
from verified_grpo.laboratory.checkable import write_checkable
from verified_grpo.laboratory.serving import served
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate

FILES = [CORPUS / "accepted" / f"{name}.json" for name in ("fixed-points-beta-5", "amplification")]
ALTER = (
    "const field = document.querySelector('.alter textarea');"
    "field.value = field.value.replace(...arguments);"
    "document.querySelector('.alter button').click()"
)
SAID = "document.querySelector('.check output')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("checkable")
    certificates = [read_certificate(path) for path in FILES]
    document = report_document(certificates, "A report")
    write_checkable(document, list(zip(FILES, certificates, strict=True)), page_library(prover=False), out)
    return out


def test_a_report_checks_itself_and_finds_what_was_altered(
    chromium: webdriver.Chrome, folder: Path, pictures: Path, tmp_path: Path
) -> None:
    """In a browser of its own, which writes down every request, of workers, too."""
    log = tmp_path / "net-log.json"
    driver = start(f"--log-net-log={log}")
    assert driver is not None
    with served(folder) as address, closing(driver):
        window = Window(driver)
        window.visit(f"{address}report.html")
        window.driver.find_element("css selector", ".check button").click()
        window.wait_for(f"{SAID}.className", 120)
        assert re.fullmatch(r"accepted in (less than )?\d+\.\d+ s", window.text(".check output"))
        printed = window.text(".check pre")
        assert printed.startswith("c1-fixed-points-beta-5.json: ACCEPTED [accepted]")
        assert "T has exactly 3 fixed point(s)" in printed
        assert window.text(".alter textarea") == ""
        window.run("document.querySelector('.alter').open = true")
        window.run(ALTER, '"count": 3', '"count": 2')
        window.wait_for(f"{SAID}.className === 'rejected'")
        assert "REJECTED [wrong-digest]" in window.text(".check pre")
        # With the right digest it is the mathematics that does not fit.
        window.run("document.querySelector('.alter input').click()")
        window.run(ALTER, '"count": 2', '"count": 2')
        window.wait_for("document.querySelector('.check pre').textContent.includes('count-mismatch')")
        window.run("document.querySelector('.check').scrollIntoView()")
        window.picture(pictures / "checked-1280.png")
        # What is typed is text, whatever it is.
        window.run(ALTER, "{", "<img src=x onerror=hacked=1>{")
        window.wait_for("document.querySelector('.check pre').textContent.includes('not-json')")
        assert window.run("return typeof hacked") == "undefined"
        window.driver.find_element("css selector", ".check-all button").click()
        window.wait_for("document.querySelector('.check-all output').textContent.includes('2 accepted')")
        assert window.complaints() == []
    asked = requests(log, address)
    assert f"{address}python/pyodide.asm.wasm" in asked
    assert all(url.startswith(address) for url in asked)


def requests(log: Path, address: str) -> set[str]:
    """What pages and workers of this address asked the browser's network for."""
    events = json.loads(log.read_text())["events"]
    told = (event["params"] for event in events if "url" in event.get("params", {}))
    return {params["url"] for params in told if params.get("initiator") == address.rstrip("/")}


@contextmanager
def closing(driver: webdriver.Chrome) -> Iterator[None]:
    """A browser that ends with the block; its log is whole then."""
    try:
        yield
    finally:
        driver.quit()


@pytest.mark.parametrize("size", [PHONE])
def test_opened_as_a_file_it_says_how_it_is_opened(
    window: Window, folder: Path, size: tuple[int, int]
) -> None:
    window.open(folder / "report.html", size=size)
    assert "verified-grpo serve FOLDER" in window.text(".check-all .note")
    window.driver.find_element("css selector", ".check button").click()
    window.wait_for(f"{SAID}.className === 'fault'")
    assert "opened as a file" in window.text(".check output")
    assert window.run("return document.documentElement.scrollWidth") <= size[0]
    assert window.complaints() == []
    assert window.requests() == []
