"""Which certificates become files, and what is said of the others."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from verified_grpo.certificates.canonical import read, write
from verified_grpo.cli import main
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.export import EXPORTED, export, theorem

CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"
FIXED = CERTIFICATES / "fixed-points-beta-5-p_ref-0.3.json"


def test_a_theorem_named_after_its_file(tmp_path: Path) -> None:
    written = export(FIXED, tmp_path)
    assert written.name == "fixed_points_beta_5_p_ref_0_3.v"
    text = written.read_text()
    assert "\nTheorem fixed_points_beta_5_p_ref_0_3 :" in text
    assert "Admitted" not in text
    assert "Axiom" not in text


@pytest.mark.parametrize("kind", ["amplification-proved", "contraction-proved", "contraction-refuted"])
def test_boxes_are_exported(kind: str, tmp_path: Path) -> None:
    assert "Theorem" in export(CERTIFICATES / f"{kind}.json", tmp_path).read_text()


def test_a_rejected_certificate_is_not_exported(tmp_path: Path) -> None:
    altered = read(FIXED)
    altered["statement"]["fixed_points"][0]["multiplier"][0] = "-1"
    file = write(tmp_path / "altered.json", altered)
    with pytest.raises(CertificateError, match="not exported, the checker says rejected"):
        export(file, tmp_path)
    assert not list(tmp_path.glob("*.v"))


@pytest.mark.parametrize(
    "name",
    [
        "x *) Axiom false : False. (* y",
        'x " y',
        "x (* y",
        "caf\u00e9",
        "x\ny",
        os.fsdecode(b"\xff"),
        "x**) y",
    ],
)
def test_a_name_cannot_leave_its_comment(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.json"
    file.write_bytes(FIXED.read_bytes())
    text = export(file, tmp_path / "out").read_text(encoding="ascii")
    first, _, rest = text.partition("\n")
    assert first.startswith("(** ")
    assert first.endswith(" *)")
    assert not set('*"') & set(first[4:-3])
    assert rest.startswith("\nFrom VerifiedGRPO Require Import Export.\n")


def test_a_kind_without_export_lists_those_that_have(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        export(CERTIFICATES / "lemma-1.json", tmp_path)
    assert "paper-statement" in str(caught.value)
    assert all(kind in str(caught.value) for kind in EXPORTED)


def test_another_contrast_is_declined() -> None:
    certificate = json.loads(FIXED.read_text())
    certificate["statement"]["variant"] = {"contrast": "mean-std"}
    with pytest.raises(InputError, match="contrast mean-std has no export"):
        theorem("t", certificate["statement"], certificate["evidence"])


def test_a_bracket_at_the_steepest_slope_is_declined() -> None:
    certificate = json.loads(FIXED.read_text())
    certificate["statement"]["fixed_points"][1]["logit"] = ["10.8", "10.83"]
    with pytest.raises(InputError, match="steepest slope"):
        theorem("t", certificate["statement"], certificate["evidence"])


def test_the_command_writes_and_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", "--coq", str(FIXED), "--out", str(tmp_path)])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"{tmp_path / 'fixed_points_beta_5_p_ref_0_3.v'}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["export", str(FIXED)], 64, "--coq"),
        (["export", "--coq", str(CERTIFICATES / "lemma-1.json")], 64, "these have"),
        (["export", "--coq", "nowhere.json"], 1, "not exported"),
    ],
)
def test_the_command_says_in_one_line_why_not(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == code
    line = capsys.readouterr().err
    assert words in line
    assert line.count("\n") == 1
