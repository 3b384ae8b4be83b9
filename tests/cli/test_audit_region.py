"""``audit --property`` end to end: verdicts, exit codes, parts, pictures, largest sets, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.certificates import read
from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main
from verified_grpo.intervals import exact

PLANE = ("--beta", "0.5:50", "--eps", "1e-5", "--p-ref", "0.05:0.999")
GAIN = ("--property", "amplification", "--gain", "2", *PLANE)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(("audit", *arguments))
    out = capsys.readouterr()
    return int(end.value.code or 0), out.out, out.err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code, out, _ = run(capsys, *arguments, "--json")
    assert out.count("\n") == 1
    return code, json.loads(out)


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
def test_parts_with_volumes_and_a_certificate_of_the_counterexample(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, engine: str
) -> None:
    file = tmp_path / "gain.json"
    code, found = answer(capsys, *GAIN, "--engine", engine, "--tolerance", "0.1", "--out", str(file))
    parts = found["parts"]
    assert (code, found["verdict"], found["gain"], found["certificate"]) == (
        1,
        "refuted",
        "2",
        "amplification",
    )
    assert parts["coordinates"] == "log beta x log-odds of p_ref"
    assert exact(parts["undecided"]["share"][1]) <= exact("0.1001")
    shares = [[exact(x) for x in parts[name]["share"]] for name in ("inner", "outer", "undecided")]
    assert sum(low for low, _ in shares) <= 1 <= sum(high for _, high in shares)
    assert {*parts["inner"]["boxes"][0]} == {"beta", "p_ref"}
    assert check_file(file).outcome is Outcome.ACCEPTED


def test_the_screen_says_what_has_a_certificate(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *GAIN, "--tolerance", "0.2")
    assert code == 1
    assert out.startswith("refuted: amplification (odds times at least 2) fails at alpha 1, beta ")
    assert "whose volume is 45.3664,\nmeasured in log beta x log-odds of p_ref:" in out
    assert "the parts have no certificate, the counterexample has one" in out
    assert max(map(len, out.splitlines()[2:])) <= 80


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture_of_two_ranges(capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str) -> None:
    file = tmp_path / f"parts.{form}"
    assert run(capsys, *GAIN, "--tolerance", "0.2", "--picture", str(file))[0] == 1
    starts = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
    first = file.read_bytes()
    assert first.startswith(starts[form])
    run(capsys, *GAIN, "--tolerance", "0.2", "--picture", str(file))
    assert file.read_bytes() == first


def test_a_picture_of_other_planes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "plane.svg"
    plane = ("--beta", "1:200", "--eps", "1e-6:1e-2", "--p-ref", "0.3", "--tolerance", "0.3")
    code, _, _ = run(capsys, "--property", "uniqueness", *plane, "--picture", str(file))
    assert code == 1
    assert file.stat().st_size > 2000
    proved = ("--property", "no-cycles", "--beta", "50:99", "--eps", "1e-5", "--p-ref", "0.3")
    assert run(capsys, *proved, "--alpha", "0.1:0.5", "--picture", str(file))[0] == 0


def test_convergence_in_the_plane_is_an_atlas(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file, picture = tmp_path / "atlas.json", tmp_path / "atlas.svg"
    plane = ("--beta", "2:20", "--eps", "1e-3", "--p-ref", "0.001:0.3", "--tolerance", "0.2")
    code, found = answer(
        capsys, "--property", "convergence", *plane, "--out", str(file), "--picture", str(picture)
    )
    assert code in (1, 2)
    assert found["certificate"] == "atlas"
    assert found["parts"]["inner"]["boxes"][0].keys() == {"log_beta", "logit_p_ref"}
    assert read(file)["statement"]["kind"] == "atlas"
    assert check_file(file).outcome is Outcome.ACCEPTED
    assert picture.exists()


def test_an_undecided_box_whose_parts_fail_is_refuted_at_one_of_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "contraction.json"
    plane = ("--beta", "0.1:100", "--eps", "1e-5", "--p-ref", "0.001:0.9999", "--tolerance", "0.3")
    code, found = answer(capsys, "--property", "contraction", *plane, "--out", str(file))
    assert (code, found["verdict"]) == (1, "refuted")
    assert check_file(file).outcome is Outcome.ACCEPTED


def test_a_proof_without_a_certificate_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    box = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.0064:0.0066", "--out", str(file))
    code, out, err = run(capsys, "--property", "no-cycles", *box)
    assert code == 0
    assert "no certificate: no kind of certificate carries this proof (count of the zeros" in out
    assert "no certificate written" in err
    assert not file.exists()


def test_the_largest_set_of_beta(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--property", "contraction", "--largest-set", "beta", "--eps", "1e-5", "--p-ref", "0.1:0.9")
    code, found = answer(capsys, *asked, "--tolerance", "0.05")
    assert code == 0
    low, high = (exact(x) for x in found["inner"][-1])
    assert low < exact("28")
    assert high == 1000
    assert exact(found["outer"][-1][0]) < low
    closed = found["closed_form"]
    assert closed["threshold"] == ["60.8556277199", "60.85562772"]
    assert (closed["holds"], closed["for_every_p_ref"]) == ("above", "necessary and sufficient")
    code, out, _ = run(capsys, *asked, "--tolerance", "0.05")
    assert "proved for beta in [" in out
    assert "refuted at every value in beta in [" in out
    assert "exactly where beta is above\n    Bmax(eps)/alpha, in [60.8556277199, 60.85562772]" in out


def test_the_largest_set_of_beta_where_none_is(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--property", "amplification", "--target", "0.9", "--largest-set", "beta", "--eps", "1e-5")
    code, found = answer(capsys, *asked, "--p-ref", "0.1:0.2", "--beta", "50:100")
    assert (code, found["inner"], found["outer"]) == (1, [], [])


def test_the_largest_set_of_group_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--property", "amplification", "--gain", "2", "--largest-set", "group-size", "--beta", "2.9")
    code, found = answer(capsys, *asked, "--eps", "1e-5", "--p-ref", "0.1:0.9", "--group-size", "6")
    assert sorted(found["inner"] + found["refuted"] + found["undecided"]) == [2, 3, 4, 5, 6]
    assert code == (0 if found["inner"] else 1)
    out = run(capsys, *asked, "--eps", "1e-5", "--p-ref", "0.1:0.9", "--group-size", "6")[1]
    assert "group sizes 2 to 6" in out


BAD = {
    "gain of one": (("--property", "amplification", "--gain", "1"), "greater than 1"),
    "gain in words": (("--property", "amplification", "--gain", "two"), "two"),
    "target of one": (("--property", "amplification", "--target", "1"), "strictly between 0 and 1"),
    "both goals": (("--property", "amplification", "--target", "0.5", "--gain", "2"), "one of them"),
    "gain elsewhere": (("--property", "uniqueness", "--gain", "2"), "goes with amplification"),
    "rate elsewhere": (("--property", "convergence", "--rate", "0.5"), "goes with contraction"),
    "a set from alpha zero": (
        ("--property", "no-cycles", "--largest-set", "alpha", "--alpha", "0:1"),
        "alpha must be above 0",
    ),
    "a picture from alpha zero": (
        ("--property", "no-cycles", "--alpha", "0:1", "--picture", "x.svg"),
        "alpha must be above 0",
    ),
    "tolerance": (("--property", "uniqueness", "--tolerance", "0"), "may stay undecided"),
    "picture's form": (("--property", "uniqueness", "--picture", "x.gif"), "ends in .svg, .png, .pdf"),
    "largest set of what": (("--property", "uniqueness", "--largest-set", "p_ref"), "takes beta, alpha, eps"),
    "largest set of nothing": (
        ("--property", "uniqueness", "--largest-set", "alpha", "--alpha", "1"),
        "range",
    ),
    "largest set and out": (
        ("--property", "uniqueness", "--largest-set", "beta", "--out", "x.json"),
        "cannot be combined",
    ),
    "group sizes elsewhere": (
        ("--property", "uniqueness", "--largest-set", "group-size", "--contrast", "mean"),
        "is about --contrast group",
    ),
    "too many groups": (
        ("--property", "uniqueness", "--largest-set", "group-size", "--group-size", "1000"),
        "at most 512",
    ),
    "largest set without property": (("--largest-set", "beta"), "needs --property"),
    "confidence": (("--property", "uniqueness", "--confidence", "0.9"), "cannot be combined"),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_line_and_64(
    capsys: pytest.CaptureFixture[str], case: tuple[tuple[str, ...], str]
) -> None:
    arguments, says = case
    code, out, err = run(capsys, *PLANE, *arguments)
    assert (code, out) == (64, "")
    assert says in " ".join(err.split())
    assert "Traceback" not in err


def test_a_picture_needs_two_ranges(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    for box in (("--beta", "1", "--eps", "1e-5", "--p-ref", "0.1:0.9"), (*PLANE, "--alpha", "0.5:1")):
        code, _, err = run(capsys, "--property", "uniqueness", *box, "--picture", str(file))
        assert code == 64
        assert "exactly two parameters" in " ".join(err.split())
    assert not file.exists()


@pytest.mark.parametrize("mode", ["--config", "--pass-rates"])
def test_goals_are_refused_in_other_modes(capsys: pytest.CaptureFixture[str], mode: str) -> None:
    code, _, err = run(capsys, mode, "file", "--gain", "2")
    assert code == 64
    assert "--gain cannot be combined with" in " ".join(err.split())
