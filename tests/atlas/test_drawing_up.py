"""Whole atlases: accepted, the same whatever the jobs, resumed after a kill, and what cannot be asked."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.checker.kinds.atlas import contradicted
from verified_grpo.answers.atlas import State, ask, draw_up
from verified_grpo.answers.atlas.drawing_up import decide_batch
from verified_grpo.certificates.atlas_cells import cells, undecided_fraction
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import Contrast
from verified_grpo.work.journal import Journal

SMALL: dict[str, Any] = {"beta": "1:20", "eps": "1e-3", "p_ref": "0.001:0.6", "tolerance": "0.05"}
TINY: dict[str, Any] = {**SMALL, "tolerance": "0.3"}
KILLED = """
import sys
from pathlib import Path
from verified_grpo.answers.atlas import ask, draw_up, drawing_up
drawing_up.BATCH = 8
draw_up(ask(beta="1:20", eps="1e-3", p_ref="0.001:0.6", tolerance="0.3"), journal=Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def drawn() -> tuple[bytes, list[State]]:
    """An atlas, and what was told while it was drawn up."""
    seen: list[State] = []
    return canonical_bytes(draw_up(ask(**SMALL), progress=seen.append)), seen


@pytest.fixture(scope="module")
def whole(drawn: tuple[bytes, list[State]]) -> bytes:
    return drawn[0]


def test_a_small_atlas_is_accepted_and_true(whole: bytes) -> None:
    certificate = json.loads(whole)
    assert check_bytes(whole).outcome is Outcome.ACCEPTED
    assert undecided_fraction(certificate) <= Fraction("0.05")
    assert contradicted(certificate["statement"]) is None
    found = list(cells(certificate))
    assert {cell.verdict for cell in found} >= {"rises", "fixed-point", "undecided"}
    assert len(whole) < 40 * len(found)
    assert sum((c.log_beta[1] - c.log_beta[0]) * (c.logit_p_ref[1] - c.logit_p_ref[0]) for c in found) == (
        Fraction(certificate["statement"]["log_beta"][1]) - Fraction(certificate["statement"]["log_beta"][0])
    ) * (
        Fraction(certificate["statement"]["logit_p_ref"][1])
        - Fraction(certificate["statement"]["logit_p_ref"][0])
    )


@pytest.mark.parametrize(
    ("contrast", "alpha"),
    [
        (Contrast("mean-std"), "1"),
        (Contrast("mean"), "0.5"),
        (Contrast("group", 4, 1), "1"),
        (None, "0"),
        (None, "0.2"),
    ],
)
def test_every_variant_is_accepted(contrast: Contrast | None, alpha: str) -> None:
    question = ask(
        beta="0.5:5", eps="1e-2", p_ref="0.01:0.7", tolerance="0.1", contrast=contrast, alpha=alpha
    )
    certificate = draw_up(question)
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED
    assert undecided_fraction(certificate) <= Fraction("0.1")


@pytest.mark.parametrize(("text", "verdict"), [("1/(p + eps)", "fixed-point"), ("1/sqrt(v + eps)", "rises")])
def test_a_contrast_of_one_s_own_has_an_atlas(text: str, verdict: str) -> None:
    """By traps alone, or by all that is known where it is made so that it is even and rises."""
    question = ask(beta="8:12", eps="1e-2", p_ref="0.2:0.8", tolerance="0.2", contrast=Contrast.of(text))
    certificate = draw_up(question)
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED
    assert undecided_fraction(certificate) <= Fraction("0.2")
    statement: Any = certificate["statement"]
    assert contradicted(statement) is None
    assert verdict in {cell.verdict for cell in cells(json.loads(canonical_bytes(certificate)))}


def test_the_same_bytes_whatever_the_jobs_and_the_batches_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verified_grpo.answers.atlas.drawing_up.BATCH", 8)
    found = {canonical_bytes(draw_up(ask(**TINY), jobs=jobs)) for jobs in (1, 2)}
    monkeypatch.setattr("verified_grpo.answers.atlas.drawing_up.AT_ONCE", 1)
    assert found == {canonical_bytes(draw_up(ask(**TINY)))}


def test_a_killed_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGKILL after some batches; then a torn last line; nothing is lost, nothing counted twice."""
    journal = tmp_path / "atlas.journal"
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(journal)])
    end = time.monotonic() + 60
    lines_of = journal / "journal"
    while time.monotonic() < end and (not lines_of.exists() or lines_of.read_text().count("\n") < 6):
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    lines = lines_of.read_text().count("\n")
    assert lines >= 6
    with lines_of.open("a") as stream:
        stream.write("0123456789abcdef u= ^ tor")
    decided: list[int] = []

    def counted(*task: Any) -> str:
        decided.append(1)
        return decide_batch(*task)

    monkeypatch.setattr("verified_grpo.answers.atlas.drawing_up.decide_batch", counted)
    monkeypatch.setattr("verified_grpo.answers.atlas.drawing_up.BATCH", 8)
    monkeypatch.setattr("verified_grpo.answers.atlas.drawing_up.AT_ONCE", 1)  # a task a batch, to be counted
    certificate = draw_up(ask(**TINY), journal=journal)
    resumed = len(decided)
    fresh = draw_up(ask(**TINY))
    assert canonical_bytes(certificate) == canonical_bytes(fresh)
    assert len(decided) - resumed == resumed + lines - 1  # the first line is the question
    assert not journal.exists()


def test_a_journal_of_another_question_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    log = Journal(path, {"beta": "1:2"})
    log.add("f=s u=")
    log.close(done=False)
    for beta, lines in (("1:2", ["f=s u="]), ("1:3", [])):
        again = Journal(path, {"beta": beta})
        again.close(done=False)
        assert list(again.past) == lines


def test_progress_tells_the_open_area_and_the_time_left(drawn: tuple[bytes, list[State]]) -> None:
    _, seen = drawn
    shares = [state.open_share for state in seen]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] <= Fraction("0.05")
    assert any(state.left is not None for state in seen)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"p_ref": "0:0.5"}, "p_ref must lie strictly between 0 and 1"),
        ({"p_ref": "0.5:1"}, "p_ref must lie strictly between 0 and 1"),
        ({"p_ref": "0.5"}, "p_ref of an atlas is a range"),
        ({"beta": "3"}, "beta of an atlas is a range"),
        ({"beta": "0:3"}, "beta must be greater than 0"),
        ({"beta": "1e-600:1"}, "reaches to"),
        ({"eps": "1e-5:1e-4"}, "eps of an atlas is one number"),
        ({"alpha": "0.5:1"}, "alpha of an atlas is one number"),
        ({"eps": "1e-101"}, "eps of an atlas is at least"),
        ({"tolerance": "0"}, "tolerance must lie between 0 and 1"),
        ({"tolerance": "1"}, "tolerance must lie between 0 and 1"),
    ],
)
def test_what_cannot_be_asked(changes: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        ask(**{**SMALL, **changes})
    assert "\n" not in str(caught.value)


def test_certificates_that_do_not_fit(whole: bytes) -> None:
    certificate = json.loads(whole)
    for key, value in (("cells", "<f"), ("cells", "ff"), ("cells", "fx")):
        broken = {**certificate, "statement": {**certificate["statement"], key: value}}
        with pytest.raises(CertificateError):
            list(cells(broken))
    with pytest.raises(CertificateError):
        list(cells({**certificate, "evidence": {"proofs": ""}}))
    with pytest.raises(CertificateError):
        undecided_fraction({"statement": {"kind": "limit"}})


def test_what_is_undecided_is_a_share_of_the_ranges_asked_about() -> None:
    statement = {"kind": "atlas", "parameters": {"beta": ["1", "2"], "p_ref": ["0.6", "0.9"]}}

    def share(cells: str, top: str, bottom: str = "0") -> Fraction:
        sides = {"log_beta": ["-1", "1"], "logit_p_ref": [bottom, top], "cells": cells}
        return undecided_fraction({"statement": {**statement, **sides}, "evidence": {"proofs": "h" * 14}})

    above, below = share("^ru", "4"), share("^ur", "4")
    assert float(above) == pytest.approx((math.log(9) - 2) / math.log(6), abs=1e-12)
    assert 1 <= above + below < 1 + Fraction(1, 10**20)
    assert share("^" * 14 + "u" + "r" * 14, "262136", "-8") == 1


def test_the_open_share_of_the_rectangle_is_small_enough_for_the_ranges() -> None:
    question = ask(beta="1:1.001", eps="1e-2", p_ref="0.2:0.3", tolerance="0.1")
    assert 0 < question.enough < question.tolerance / 2
    wide = ask(beta="0.01:100", eps="1e-2", p_ref="0.0001:0.999", tolerance="0.1")
    assert Fraction(99, 100) * wide.tolerance < wide.enough < wide.tolerance
