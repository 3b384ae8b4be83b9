"""The laboratory as a reader uses it: asked by its address, by typing, by files, wrongly."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.axe import serious
from tests.browser.page import DESKTOP, PHONE, Window
from tests.shared import page_library
from verified_grpo.laboratory.page import write_laboratory
from verified_grpo.laboratory.serving import served

ROOT = Path(__file__).parents[2]
STATUS = "document.getElementById('status')"
README = "contrast=mean-var&beta=5&eps=1e-5&p_ref=0.001"
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
CHOOSE = (
    "const preset = document.getElementById('preset');"
    "preset.value = [...preset.options].find((option) => option.textContent.startsWith(arguments[0])).value;"
    "preset.dispatchEvent(new Event('input', { bubbles: true }))"
)
DROP = (
    "const carried = new DataTransfer(), [name, text, filler] = arguments;"
    "const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));"
    "carried.items.add(new File([bytes, ' '.repeat(filler)], name));"
    "const kind = { dataTransfer: carried, bubbles: true, cancelable: true };"
    "document.dispatchEvent(new DragEvent('drop', kind))"
)


@dataclass
class Page:
    """The page after its first answer: what stood there before Python did; `leave` ends its server."""

    window: Window
    address: str
    first: str
    leave: ExitStack

    def ask(self, question: str, kind: str = "done") -> str:
        """By the address."""
        self.window.run(
            "document.getElementById('status').className = ''; location.hash = arguments[0]", question
        )
        return answered(self.window, kind)

    def drop(self, name: str, data: bytes, kind: str = "done", filler: int = 0) -> str:
        """A file, and so many blanks at its end."""
        self.window.run(DROP, name, base64.b64encode(data).decode(), filler)
        return answered(self.window, kind)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page_library(prover=True)
    out = tmp_path_factory.mktemp("laboratory")
    write_laboratory(out)
    return out


@pytest.fixture(scope="module")
def page(chromium: webdriver.Chrome, folder: Path) -> Iterator[Page]:
    window = Window(chromium)
    with ExitStack() as stack:
        address = stack.enter_context(served(folder))
        window.visit(f"{address}#{README}")
        first = window.text("#status") + window.text("#answer")
        assert answered(window).startswith("proved in ")
        yield Page(window, address, first, stack)


def answered(window: Window, kind: str = "done") -> str:
    window.wait_for(f"{STATUS}.className === '{kind}'", 120)
    return window.text("#status")


def test_the_shipped_maps_answer_before_python_does(page: Page) -> None:
    assert page.first.startswith("starting Python in this page ...")
    assert "C2: caught by a cycle of 2 points, for every beta from 4.87022 to 5.04855" in page.first
    assert "p* from 0.005 to 0.01: small steps rise to it" in page.first
    assert "was checked when the map was made, not here" in page.first
    # What is proved for the very point comes first then.
    said = page.window.text("#answer")
    assert said.index("tends to a cycle of exactly 2 points") < said.index("caught by a cycle")


def test_a_question_is_proved_and_checked_in_the_page(page: Page, pictures: Path) -> None:
    window = page.window
    page.ask(f"{README}&alpha=1")
    banners = window.run("return [...document.querySelectorAll('#answer .banner.proved')].length")
    assert banners == 4
    said = window.text("#answer")
    assert "accepted by the checker in" in said
    assert "[0.00862203288, 0.00862203289]" in said
    assert "tends to a cycle of exactly 2 points" in window.text("#said")  # for who hears the page
    assert window.run("return document.querySelectorAll('svg.plot polyline').length") == 4
    assert window.run("return document.querySelectorAll('.mapped canvas.plot').length") == 2
    window.picture(pictures / "laboratory-1280.png")
    window.run(SAVED)
    window.wait_for('saved.includes(\'"kind": "small-steps"\')')


def test_wrong_input_takes_the_answer_away(page: Page) -> None:
    window = page.window
    window.run(TYPE, "beta", "<img src=x onerror=hacked=1>")
    assert window.text("#answer") == ""
    assert "allowed are an integer" in answered(window, "fault")
    assert window.text("#answer") == ""
    assert window.run("return typeof hacked") == "undefined"


def test_a_question_by_keyboard_goes_into_the_address(page: Page) -> None:
    window = page.window
    window.run("document.activeElement.blur()")
    for _ in range(4):  # preset, contrast, eps, beta
        window.driver.switch_to.active_element.send_keys("\ue004")
    field = window.driver.switch_to.active_element
    assert field.get_attribute("name") == "beta"
    field.clear()
    field.send_keys("4\ue007")
    answered(window)
    assert "beta=4" in window.run("return location.hash")


def test_a_framework_s_defaults_fill_the_form(page: Page) -> None:
    window = page.window
    window.run(CHOOSE, "open_r1")
    answered(window)
    question = window.run("return Object.fromEntries(new URLSearchParams(location.hash.slice(1)))")
    assert {name: question[name] for name in ("contrast", "group_size", "beta", "kl")} == {
        "contrast": "group", "group_size": "8", "beta": "0.04", "kl": "k3",
    }  # fmt: skip
    assert "The defaults of open_r1" in window.text("#note")
    assert "the only zero of F" in window.text("#answer")
    assert window.run("return document.getElementById('preset').value") != ""
    window.run(CHOOSE, "open_instruct")
    assert "the contrast is 7.5 times mean, which the page has no field for" in window.text("#note")
    assert window.text("#answer") == ""
    page.ask(README)  # another question is not said to be a framework's
    assert window.run("return document.getElementById('preset').value") == ""
    assert window.text("#note") == ""


def test_a_verifier_that_errs(page: Page) -> None:
    page.ask(f"{README}&true_positive=0.9&false_positive=0.1&errors=systematic")
    said = page.window.text("#answer")
    assert "the same ones each time; the numbers above are of the rate of passing" in said
    assert "right answers" in page.window.run(
        "return [...document.querySelectorAll('#answer h2')].map(x => x.textContent)"
    )
    assert page.window.run("return document.getElementById('more').open")
    assert "from the map" not in said


def test_a_range_is_answered_without_pictures(page: Page) -> None:
    page.ask("contrast=mean-var&beta=5&eps=1e-4&p_ref=0.3:0.31")
    assert page.window.run("return document.querySelectorAll('#answer svg').length") == 0
    assert "p_ref in [0.3, 0.31]" in page.window.text("#answer")


def test_a_configuration_is_dropped(page: Page) -> None:
    page.drop("trl.yaml", (ROOT / "examples/configurations/trl.yaml").read_bytes())
    assert "num_generations 8 (line 3)" in page.window.text("#note")
    assert "group_size=8" in page.window.run("return location.hash")
    # A program is read, never run, and no file of a reader stands in for a library.
    assert "without a call of GRPOConfig" in page.drop("csv.py", b"raise SystemExit\n", "fault")
    assert page.window.text("#answer") == ""


def test_a_table_is_dropped(page: Page, pictures: Path) -> None:
    table = (ROOT / "examples/pass_rates/counts.csv").read_bytes()
    page.ask(README)
    assert page.drop("counts.csv", table) == "3 of 3 rates proved and checked, in this page"
    rows = page.window.run(
        "const rows = [...document.querySelectorAll('#answer tbody tr')];"
        "return rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert [row[0] for row in rows] == ["0.125", "0.5", "0.875"]
    assert {row[-1] for row in rows} == {"accepted"}
    assert rows[0][1] == "2: b, f"
    page.window.picture(pictures / "laboratory-table-1280.png")
    page.ask(f"{README}&true_positive=0.9&false_positive=0.1&errors=systematic")
    assert "leave the fields of one that errs empty" in page.drop("counts.csv", table, "fault")
    assert "verified-grpo audit --pass-rates reads others" in page.drop("x.parquet", b"PAR1", "fault")


def test_a_certificate_is_dropped_of_any_size(page: Page) -> None:
    data = (ROOT / "tests/certificates/accepted/amplification.json").read_bytes()
    assert page.drop("own.json", data).startswith("accepted in")
    assert "download" not in page.window.text("#answer")
    at = data.index(b"sha256:") + 7
    altered = data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]
    assert page.drop("own.json", altered, "fault").startswith("rejected in")
    # 60 MB are read, and no certificate of it is accepted; what the checker would not read is not sent there.
    assert page.drop("own.json", data, "fault", filler=60 * 2**20).startswith("declined in")
    assert "own.json has more than 64 MB" in page.drop("own.json", data, "fault", filler=65 * 2**20)


def test_nothing_serious_for_those_who_hear_or_type(page: Page) -> None:
    page.ask(f"{README}&alpha=1")
    page.window.run("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for scheme in ("dark", "light"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        page.window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        assert serious(page.window) == [], scheme


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_it_fits_the_window(page: Page, size: tuple[int, int], pictures: Path) -> None:
    width, height = size
    page.ask(f"{README}&kl=reverse")
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    page.window.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert page.window.run("return document.documentElement.scrollWidth") <= width
    if size == PHONE:
        page.window.picture(pictures / "laboratory-390.png")


def test_paper_is_light_in_the_dark(page: Page) -> None:
    """And a statement follows the other, not each on a sheet of its own."""
    page.ask(f"{README}&ddof=0")
    media = {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    page.window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    styles = page.window.run(
        "const [section, button] = ['#answer section', '#answer button'].map((one) =>"
        " getComputedStyle(document.querySelector(one)));"
        "return [getComputedStyle(document.querySelector('.banner.proved')).backgroundColor,"
        " section.breakBefore, button.display]"
    )
    page.window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert styles == ["rgb(238, 246, 240)", "auto", "none"]


def test_nothing_was_complained_of_or_sent(page: Page) -> None:
    assert page.window.complaints() == []
    assert all(url.startswith((page.address, "blob:")) for url in page.window.requests())


def test_it_goes_on_without_its_server_and_stops_when_told(page: Page) -> None:
    """The last test of the shared page: its server is left, and Python stopped."""
    page.leave.close()
    assert page.ask("contrast=mean-std&beta=0.04&eps=1e-4&p_ref=0.3").startswith("proved in")
    page.window.run(
        "location.hash = arguments[0]", "contrast=group&group_size=17&beta=5&eps=1e-5&p_ref=0.001"
    )
    assert "sympy-1.14.0-py3-none-any.whl is not beside this page (no answer)" in answered(
        page.window, "fault"
    )
    page.window.run(
        "location.hash = arguments[0]", "contrast=group&group_size=64&beta=0.5&eps=1e-5&p_ref=0.001"
    )
    page.window.wait_for("!document.getElementById('stop').hidden")
    page.window.driver.find_element("id", "stop").click()
    assert page.window.text("#status") == "stopped; prove begins anew"
    assert page.window.run("return document.getElementById('stop').hidden")


def test_without_webassembly_the_maps_answer(window: Window, folder: Path) -> None:
    """And as a file, too: what works and what does not is said."""
    source = {"source": "delete globalThis.WebAssembly"}
    made = window.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    try:
        with served(folder) as address:
            window.visit(f"{address}#{README}")
            assert "This browser has no WebAssembly" in answered(window, "fault")
            assert "caught by a cycle of 2 points" in window.text("#answer")
            assert window.complaints() == []
    finally:
        window.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)


def test_opened_as_a_file_it_says_how_it_is_opened(window: Window, folder: Path) -> None:
    window.open(folder / "index.html", f"#{README}")
    assert "was opened as a file" in answered(window, "fault")
    assert "verified-grpo serve FOLDER" in window.text("#status")
    assert "caught by a cycle of 2 points" in window.text("#answer")
    assert window.complaints() == []


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


@pytest.mark.soak
def test_two_tabs_do_not_know_of_one_another(window: Window, folder: Path) -> None:
    """Each has a Python of its own: twice the memory, and twice the start."""
    with served(folder) as address:
        window.visit(f"{address}#{README}")
        first = window.driver.current_window_handle
        window.driver.switch_to.new_window("tab")
        window.driver.get(f"{address}#contrast=mean-std&beta=0.04&eps=1e-4&p_ref=0.3")
        assert answered(window).startswith("proved in")
        window.driver.close()
        window.driver.switch_to.window(first)
        assert answered(window).startswith("proved in")
        assert "cycle of exactly 2 points" in window.text("#answer")
