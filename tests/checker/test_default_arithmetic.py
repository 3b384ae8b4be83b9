"""A certificate is checked with the arithmetic that did not find it, and the answer names both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo import MEAN_VAR, FixedPoints, Parameters, fixed_points, fixed_points_certificate
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.checker import Outcome, check_bytes, main
from verified_grpo.checker.command import arithmetics
from verified_grpo.cli import main as suite

from .builder import seal
from .corpus import accepted
from .edits import edited

FOUND = {"arb": "rational", "mpmath": "arb", "array": "arb", "by hand": "arb", "ARB\n": "arb"}


def found_with(engine: str) -> bytes:
    return seal(edited(accepted()["amplification"], "provenance", "engine", value=engine))


@pytest.mark.parametrize(("engine", "arithmetic"), FOUND.items())
def test_another_than_what_found_it(engine: str, arithmetic: str) -> None:
    verdict = check_bytes(found_with(engine))
    assert (verdict.engine, verdict.arithmetic) == (engine, arithmetic)
    assert verdict.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("arithmetic", ["arb", "rational"])
def test_what_is_asked_for_is_used(arithmetic: str) -> None:
    assert check_bytes(found_with("arb"), arithmetic).arithmetic == arithmetic


@pytest.mark.parametrize(("engine", "arithmetic"), [("arb", "rational"), ("mpmath", "arb")])
def test_what_the_suite_finds_is_checked_with_another(engine: str, arithmetic: str) -> None:
    found = fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3"), engine=engine)
    assert isinstance(found, FixedPoints)
    made = fixed_points_certificate(found)
    verdict = check_bytes(canonical_bytes(made))
    assert verdict.outcome is Outcome.ACCEPTED
    assert (verdict.engine, verdict.arithmetic) == (engine, arithmetic)


def test_nothing_is_named_where_nothing_was_used() -> None:
    verdict = check_bytes(b"{}")
    assert (verdict.engine, verdict.arithmetic, arithmetics(verdict)) == ("", "", "")


def test_both_command_lines_name_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "found.json"
    path.write_bytes(found_with("arb"))
    assert main([str(path)]) == 0
    assert "(found with arb, checked with rational)" in capsys.readouterr().out
    assert main(["--arithmetic", "arb", str(path)]) == 0
    assert "(found with arb, checked with arb: the same arithmetic)" in capsys.readouterr().out
    assert main(["--json", str(path)]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert (shown["engine"], shown["arithmetic"]) == ("arb", "rational")
    for arguments, sentence in (
        ([], "(found with arb, checked with rational)"),
        (["--arithmetic", "arb"], "checked with arb: the same arithmetic)"),
    ):
        with pytest.raises(SystemExit) as ended:
            suite(["check", *arguments, str(path)])
        assert not ended.value.code
        assert sentence in capsys.readouterr().out
    with pytest.raises(SystemExit):
        suite(["check", "--json", str(path)])
    (shown,) = json.loads(capsys.readouterr().out)["files"]
    assert (shown["engine"], shown["arithmetic"]) == ("arb", "rational")


def test_the_name_of_an_engine_is_foreign_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "evil.json"
    path.write_bytes(found_with("arb)\n/tmp/other.json: ACCEPTED [accepted] \x1b[2J" + "x" * 100))
    assert main([str(path)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert sum("ACCEPTED [" in line for line in shown.splitlines()) == 1
    assert "x" * 50 not in shown


@pytest.fixture
def without_flint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verified_grpo.checker.arithmetic.find_spec", lambda name: None)


@pytest.mark.usefixtures("without_flint")
@pytest.mark.parametrize("engine", FOUND)
def test_without_arb_the_standard_library_checks_what_anything_found(engine: str) -> None:
    verdict = check_bytes(found_with(engine))
    assert verdict.arithmetic == "rational"
    assert verdict.outcome is Outcome.ACCEPTED


@pytest.mark.usefixtures("without_flint")
def test_arb_is_refused_in_one_line_where_it_is_not_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.json"
    file.write_bytes(found_with("mpmath"))
    assert main(["--arithmetic", "arb", str(file)]) == 64
    assert capsys.readouterr().err == "arithmetic arb needs python-flint, which is not installed\n"
    assert main(["--arithmetic", "rational", str(file)]) == 0
