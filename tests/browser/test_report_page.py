from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.page import DESKTOP, PHONE, Window
from tests.report.samples import ACCEPTED, CORPUS, HOSTILE, REJECTED, hostile_statement, written
from tests.shared import reports_check_once
from verified_grpo.report import write_report

ROOT = Path(__file__).parents[2]
PAPER = sorted(
    p for p in (ROOT / "reports" / "certificates").glob("[a-z]*.json") if "fixed-points" not in p.stem
)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the paper's report, with every verdict in it."""
    chosen = [
        p
        for p in PAPER
        if p.stem.startswith(("abstract", "equation", "theorem", "lemma", "v1", "s1", "remark"))
    ]
    with reports_check_once(tmp_path_factory):
        return write_report(
            [*chosen, REJECTED], "html", tmp_path_factory.mktemp("paper"), name="paper", title="The paper"
        )[0]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_a_report_opens_without_complaint_or_request(
    window: Window, paper: Path, pictures: Path, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    window.open(paper, size=size, dark=dark)
    kept = pictures if not dark else tmp_path
    assert len(window.picture(kept / f"report-{size[0]}.png")) > 10_000
    assert window.complaints() == []
    assert window.requests() == []
    # Nothing is wider than the window.
    assert window.run("return document.documentElement.scrollWidth") <= size[0]


def test_the_table_is_filtered_by_verdict_and_by_text(window: Window, paper: Path) -> None:
    window.open(paper)
    shown = (
        "return [...document.querySelectorAll('form.sieve ~ .scroll tbody tr')].filter(r => !r.hidden).length"
    )
    total = window.run(shown)
    assert total >= 15
    select = "const s = document.querySelector('form.sieve select'); s.value = arguments[0]; "
    window.run(select + "s.dispatchEvent(new Event('input', {bubbles: true}))", "fails")
    verdicts = window.run(
        "return [...document.querySelectorAll('form.sieve ~ .scroll tbody tr')].filter(r => !r.hidden)"
        ".map(r => r.querySelector('td.verdict').textContent)"
    )
    assert verdicts
    assert set(verdicts) == {"fails"}
    assert window.text("form.sieve output") == f"{len(verdicts)} of {total}"
    window.driver.find_element("css selector", "form.sieve button").click()
    window.wait_for(f"document.querySelector('form.sieve output').textContent === '{total} of {total}'")
    window.driver.switch_to.active_element.send_keys("/")
    window.driver.switch_to.active_element.send_keys("Lemma 4")
    assert window.run(shown) == 1


def test_the_map_leads_by_keyboard_to_a_statement_and_its_carriers(window: Window, paper: Path) -> None:
    """The lines of what has the focus stand out; Enter leads to the page by its permanent link."""
    window.open(paper)
    node = "document.querySelector('.graph a[href=\"#statement-theorem-5\"]')"
    faint = window.run(f"return getComputedStyle({node}.querySelector('path')).strokeOpacity")
    window.run(f"{node}.focus()")
    assert window.run(f"return getComputedStyle({node}.querySelector('path')).strokeOpacity") != faint
    window.driver.switch_to.active_element.send_keys("\n")
    window.wait_for("location.hash === '#statement-theorem-5'")
    top = "document.getElementById('statement-theorem-5').getBoundingClientRect().top"
    window.wait_for(f"{top} >= 0 && {top} < innerHeight")
    columns = "[...document.querySelectorAll('section:has(> h2:target) .beside > div')]"
    tops = window.run(f"return {columns}.map(c => c.getBoundingClientRect().top)")  # at once: it may scroll
    assert tops[0] == tops[1]
    window.run("document.querySelector('.graph a.carrier').focus()")
    window.driver.switch_to.active_element.send_keys("\n")
    window.wait_for("document.querySelector('tr:target') !== null")


def test_on_a_telephone_the_long_table_is_a_list_that_fits(window: Window, paper: Path) -> None:
    window.open(paper, size=PHONE)
    fits = (
        "const t = document.querySelector('table.stack'); return t.scrollWidth <= t.parentElement.clientWidth"
    )
    assert window.run(fits)
    window.driver.find_element("css selector", "form.sieve input").send_keys("Lemma 4")
    heights = window.run(
        "return [...document.querySelectorAll('table.stack tbody tr')].map(r => r.offsetHeight)"
    )
    assert sum(height > 0 for height in heights) == 1


def test_the_table_is_filtered_by_what_carries_a_statement(window: Window, paper: Path) -> None:
    window.open(paper)
    script = "const s = document.querySelector('form.sieve select[name=route]'); s.value = arguments[0]; "
    script += "s.dispatchEvent(new Event('input', {bubbles: true})); return [...s.options].map(o => o.value)"
    routes = window.run(script, "contraction")
    assert {"", "identity", "inequality", "contraction"} <= set(routes)
    shown = "return [...document.querySelectorAll('tr[data-routes]')].filter(r => !r.hidden)"
    kinds = window.run(f"{shown}.map(r => r.dataset.routes)")
    assert kinds
    assert all("contraction" in kind.split() for kind in kinds)
    assert len(kinds) < window.run("return document.querySelectorAll('tr[data-routes]').length")


def test_contents_lead_to_the_page_and_a_rejected_certificate_is_red(window: Window, paper: Path) -> None:
    window.open(paper)
    links = window.driver.find_elements("css selector", "nav a")
    links[-1].click()
    banner = "document.querySelector('section:target .banner')"
    assert window.run(f"return {banner}.className") == "banner rejected"
    red, green, blue = window.run(
        f"return getComputedStyle({banner}.querySelector('strong')).color.match(/\\d+/g).map(Number)"
    )
    assert red > 2 * max(green, blue)
    top = window.run("return document.querySelector('section:target').getBoundingClientRect().top")
    assert 0 <= top < 900


def test_formulas_are_set_as_mathematics(window: Window, paper: Path) -> None:
    window.open(paper)
    kinds = window.run("return [...document.querySelectorAll('math')].map(m => m.constructor.name)")
    assert set(kinds) == {"MathMLElement"}
    heights = window.run(
        "return [...document.querySelectorAll('.display math')].map(m => m.offsetHeight ?? 1)"
    )
    assert len(heights) > 10


def test_print_shows_the_whole_report(window: Window, paper: Path) -> None:
    window.open(paper)
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert window.run("return getComputedStyle(document.querySelector('nav')).display") == "none"
        overflow = window.run("return getComputedStyle(document.querySelector('.scroll')).overflowX")
        assert overflow == "visible"
    finally:
        window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_hostile_certificates_run_nothing_and_ask_for_nothing(window: Window, tmp_path: Path) -> None:
    files = [written(tmp_path, f"h{k}.json", hostile_statement(text)) for k, text in enumerate(HOSTILE)]
    (page,) = write_report([*files, ACCEPTED[0]], "html", tmp_path, title="<script>hacked=1</script>")
    window.open(page)
    assert window.complaints() == []
    assert window.requests() == []
    assert window.run("return typeof hacked") == "undefined"
    assert window.run("return document.scripts.length") == 1
    assert (
        window.run("return document.images.length + document.querySelectorAll('iframe,object,embed').length")
        == 0
    )
    outside = window.run(
        "return [...document.links].filter(a => !a.getAttribute('href').startsWith('#')).length"
    )
    assert outside == 0


def test_figures_are_drawn(window: Window, tmp_path: Path) -> None:
    (page,) = write_report([CORPUS / "accepted" / "fixed-points-beta-5.json"], "html", tmp_path)
    window.open(page)
    width, height = window.run(
        "const r = document.querySelector('svg').getBoundingClientRect(); return [r.width, r.height]"
    )
    assert width > 400
    assert 0.3 < height / width < 1
    assert window.run(
        "return [...document.querySelectorAll('svg use')]"
        ".every(u => document.querySelector(u.getAttribute('href')))"
    )
    assert window.complaints() == []
