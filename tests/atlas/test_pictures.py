"""The picture, the page and the command, from one small atlas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.answers.atlas import ask, draw_up
from verified_grpo.certificates.atlas_cells import cells
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.report.drawing.atlas import LOOKS, atlas_picture, look_of
from verified_grpo.report.markdown import markdown
from verified_grpo.report.pages.atlas import atlas_page, map_curves

BOX = ["--beta", "2:9", "--eps", "1e-5", "--p-ref", "0.0005:0.3"]


@pytest.fixture(scope="module")
def small() -> AnyCertificate:
    return draw_up(ask(beta="2:9", eps="1e-5", p_ref="0.0005:0.3", tolerance="0.15"))


@pytest.mark.parametrize(("form", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_are_made_and_made_again(small: AnyCertificate, form: str, start: bytes) -> None:
    found, curves = list(cells(small)), map_curves(small["statement"])
    picture = atlas_picture(found, curves, form)
    assert picture.startswith(start)
    assert atlas_picture(found, curves, form) == picture


def test_other_forms_are_refused(small: AnyCertificate) -> None:
    with pytest.raises(InputError, match="svg, png, pdf"):
        atlas_picture(list(cells(small)), [], "gif")


def test_verdicts_differ_without_colour() -> None:
    """By lightness or by hatch."""

    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    looks = [LOOKS[name] for name in ("rises", "fixed-point", "cycle-2", "cycle", "undecided")]
    for k, (one, hatch, _) in enumerate(looks):
        for other, another, _ in looks[:k]:
            assert hatch != another or abs(lightness(one) - lightness(other)) > 0.12


def test_curves_lie_where_verdicts_change(small: AnyCertificate) -> None:
    """To the right of the flip, below the settling bound, cells settle; a 2-cycle is to its left."""
    flip = next(curve for curve in map_curves(small["statement"]) if curve.name == "flip")
    found = list(cells(small))
    assert {look_of(cell) for cell in found} >= {"fixed-point", "cycle-2"}
    for x, y in flip.points:
        for cell in found:
            inside = float(cell.log_beta[0]) < x < float(cell.log_beta[1])
            inside = inside and float(cell.logit_p_ref[0]) < y < float(cell.logit_p_ref[1])
            if inside and x > 1.6:  # further left the lower fixed point is not where sequences go
                assert cell.verdict == "undecided"


def test_the_page_says_what_is_undecided(small: AnyCertificate) -> None:
    page = atlas_page(small["statement"], small["evidence"], "c1")
    assert "of the area undecided" in repr(page.result)
    assert any(type(block).__name__ == "CellExplorer" for block in page.blocks)
    assert markdown is not None


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, picture = tmp_path / "a.json", tmp_path / "a.png"
    asked = ["atlas", *BOX, "--tolerance", "0.2", "--out", str(out), "--picture", str(picture), "--json"]
    with pytest.raises(SystemExit) as end:
        main(asked)
    assert end.value.code == 0
    answer = json.loads(capsys.readouterr().out)
    assert float(answer["undecided"]) <= 0.2
    assert answer["verdicts"]["tends to a cycle of 2"] > 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(SystemExit) as end:
        main(["check", str(out)])
    assert end.value.code == 0
    assert not list(tmp_path.glob(".*.unfinished"))


@pytest.mark.parametrize(
    "wrong",
    [
        ["--beta", "2:9", "--eps", "1e-5", "--p-ref", "0:0.3"],
        ["--beta", "2", "--eps", "1e-5", "--p-ref", "0.1:0.3"],
        [*BOX, "--picture", "a.gif"],
        [*BOX, "--tolerance", "2"],
        [*BOX, "--jobs", "0"],
    ],
)
def test_bad_input_is_one_line(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["atlas", *wrong])
    assert end.value.code == 64
    assert capsys.readouterr().err.count("\n") == 1
