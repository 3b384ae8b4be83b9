"""What the atlas page says of one's numbers: wrong ones leave nothing standing, none leaves its domain."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from tests.browser.atlases import atlas, page
from tests.browser.page import Window

READY = "document.querySelector('.atlas')?.dataset.ready === 'yes'"
RIGHT = {"beta": "1.3", "p_ref": "0.12", "eps": "1e-5"}
WRONG = [
    ("beta", "-1"),
    ("beta", "0"),
    ("beta", ""),
    ("beta", "five"),
    ("beta", "1/0"),
    ("beta", "1e999"),
    ("p_ref", "0"),
    ("p_ref", "1"),
    ("p_ref", "1.5"),
    ("p_ref", "3/2"),
    ("p_ref", "1e-400"),
    ("eps", "0"),
    ("eps", "-1e-5"),
    ("eps", ""),
    ("eps", "NaN"),
    ("eps", "1e-305"),
    ("p_ref", "0.99999999999999999"),
    ("beta", "5." + "0" * 60),
]
MARKS = 7
"""The point and its cell; diagonal, map, orbit, its enclosures and the fixed points."""


@pytest.fixture(scope="session")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answers") / "atlas.html"
    path.write_text(page(atlas(3000)))
    return path


@pytest.fixture
def answered(window: Window, explored: Path) -> Window:
    """A page that has answered right numbers."""
    window.open(explored, "#" + "&".join(f"{name}={text}" for name, text in RIGHT.items()))
    window.wait_for(READY)
    assert window.text(".reading").startswith("C2: caught by a cycle of 2 points")
    return window


def typed(window: Window, name: str, text: str, *, sent: bool = True) -> None:
    """A field filled as by hand; the button pressed, too."""
    window.run(
        "const f = document.querySelector('.atlas form'), e = f.elements[arguments[0]];"
        "e.value = arguments[1]; e.dispatchEvent(new Event('input', {bubbles: true}));"
        "if (arguments[2]) f.requestSubmit()",
        name, text, sent,
    )  # fmt: skip


def drawn(window: Window) -> list[int]:
    """How much each mark and curve of one's own has to draw, and the frame of a cell, in both pictures."""
    return list(
        window.run(
            "return Bokeh.documents.flatMap(d => d.roots()).flatMap(({renderers}) =>"
            " renderers[0].glyph.type === 'ImageRGBA' ? renderers.slice(-2) : renderers)"
            ".map(r => Math.max(...Object.values(r.data_source.data).map(column => column.length)))"
        )
    )


def standing(window: Window) -> tuple[str, str, list[int]]:
    return window.text(".reading"), window.text(".note"), drawn(window)


@pytest.mark.parametrize("sent", [True, False])
def test_wrong_numbers_leave_no_answer_standing(answered: Window, sent: bool) -> None:
    before = standing(answered)
    assert len(before[2]) == MARKS
    assert min(before[2]) > 0
    for name, text in WRONG:
        typed(answered, name, text, sent=sent)
        reading, note, left = standing(answered)
        assert not any(left), (name, text)
        assert "beta and eps are positive" in note
        assert "p_ref is between 0 and 1" in note
        assert not re.search(r"C2|caught|sha256|p in \[", reading + note)
        assert not sent or answered.run("return location.hash") == ""
        typed(answered, name, RIGHT[name], sent=sent)
        assert standing(answered) == before
    assert answered.complaints() == []


@pytest.mark.parametrize("address", ["#beta=-5&p_ref=0.12", "#beta=1.3", "#p_ref=0.12&eps=1e-5"])
def test_an_address_without_right_numbers_leaves_no_answer_standing(answered: Window, address: str) -> None:
    answered.run("location.hash = arguments[0]", address)
    answered.wait_for("document.querySelector('.note').textContent.includes('positive')")
    assert not any(drawn(answered))
    assert "C2" not in answered.text(".reading")


def test_an_address_without_an_eps_asks_for_the_map_s_own(answered: Window) -> None:
    typed(answered, "eps", "1e-3")
    assert "of eps 1e-3 it says nothing" in answered.text(".reading")
    answered.run("location.hash = '#beta=1.3&p_ref=0.12'")
    answered.wait_for("document.querySelector('.reading').textContent.startsWith('C2')")


def test_an_eps_is_the_map_s_own_if_it_is_the_same_number(answered: Window) -> None:
    for eps in ("1/100000", "0.00001", "10e-6", "2e-5/2"):
        typed(answered, "eps", eps)
        assert answered.text(".reading").startswith("C2"), eps
    typed(answered, "eps", "0.0000100000000000000000000001")
    assert answered.text(".reading").startswith("The atlas is for eps 1e-5")


def test_no_probability_is_printed_outside_its_domain(answered: Window) -> None:
    betas, references = ("1e-300", "1e-9", "0.04", "5", "1e300"), ("1e-300", "1e-9", "0.5", "0.9999999999")
    for beta, p_ref in product(betas, references):
        typed(answered, "beta", beta, sent=False)
        typed(answered, "p_ref", p_ref)
        said = answered.text(".note")
        brackets = re.findall(r"p (?:lies )?in \[([^\]]*)\]", said)
        assert brackets or "cannot be enclosed" in said, (beta, p_ref)
        for bracket in brackets:
            low, high = bracket.split(", ")
            assert 0 <= value(low) <= value(high) <= 1, (beta, p_ref, bracket)
            assert "e0" not in bracket
    assert answered.complaints() == []


def value(text: str) -> float:
    """A printed probability; from one downwards where it says `1 - q`."""
    return 1 - float(text[4:]) if text.startswith("1 - ") else float(text)


def test_no_cell_has_a_probability_outside_its_domain(answered: Window) -> None:
    said = answered.run(
        "const e = document.querySelector('.atlas').explorer;"
        "return [...e.tree.leaves].map(k => e.describe(k))"
    )
    brackets = [b for words in said for b in re.findall(r"p in \[([^\]]*)\]", words)]
    assert brackets
    for bracket in brackets:
        low, high = bracket.split(", ")
        assert 0 <= value(low) <= value(high) <= 1
    # High brackets are those that rounding outward used to carry over 1.
    assert any(bracket.endswith("1") or "1 - " in bracket for bracket in brackets)


def test_a_tap_near_the_map_s_upper_edge_asks_about_that_place(answered: Window) -> None:
    answered.run("document.querySelector('.plane').focus()")
    plane = answered.driver.find_element("css selector", ".plane")
    plane.send_keys("\ue013" * 40 + "\ue007")  # up to the edge, Enter
    assert "Cobweb of the sequence" in answered.text(".note")
    typed_in = answered.run("return document.querySelector('.atlas form').elements.p_ref.value")
    assert typed_in.startswith("0.9999")


def test_a_map_with_an_undecided_rest_is_not_decided_as_a_whole(window: Window, tmp_path: Path) -> None:
    certificate = {
        "statement": {"cells": "^" * 11 + "u" + "r" * 11},  # the rest is a 2048th of the area
        "evidence": {"proofs": "h" * 11},
    }
    (tmp_path / "atlas.html").write_text(page(certificate))
    window.open(tmp_path / "atlas.html")
    window.wait_for(READY)
    assert "(above 99.9 %)" in window.text(".legend")
    assert "100.0" not in window.text(".legend")
