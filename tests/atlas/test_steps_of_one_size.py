"""The atlas of steps of one size: drawn up, checked, and held against sequences followed step by step."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.checker.kinds.atlas.oracle import behaviour, contradicted
from tests.cli.test_cli import run
from verified_grpo.answers.atlas import ask, draw_up
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.atlas_cells import undecided_fraction
from verified_grpo.certificates.builders import variant
from verified_grpo.checker import Outcome, check_bytes, check_file
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN_VAR, Contrast, formulas
from verified_grpo.model.steps import Update
from verified_grpo.rigor.cells.flow import Flow
from verified_grpo.rigor.cells.patches import Law, Patches
from verified_grpo.rigor.cells.rules import decide

ASKED = ("atlas", "--beta", "0.5:6", "--eps", "1e-5", "--p-ref", "0.002:0.6", "--tolerance", "0.1")
GROUP = Contrast("group", 8, 1)


@pytest.mark.parametrize(
    ("contrast", "alpha", "size", "inner"),
    [(MEAN_VAR, "1", "0.1", 1), (MEAN_VAR, "2/5", "0.02", 7), (GROUP, "1", "0.1", 3)],
    ids=["one", "inner", "group"],
)
def test_enclosures_hold_sampled_orbits(contrast: Contrast, alpha: str, size: str, inner: int) -> None:
    law = Law(contrast, Fraction(1, 10**4), Fraction(alpha), Update.of(size, inner))
    source = np.random.default_rng(11)
    x0, y0 = (np.round(source.uniform(a, b, 60) * 1024) / 1024 for a, b in ((-2, 2.1), (-8, 3)))
    cells, profile = Patches(x0, x0 + 1 / 8, y0, y0 + 1 / 8), formulas.approx_profile_over_arrays(contrast)
    samples = [
        (np.exp(source.uniform(cells.x0, cells.x1)), y, y)
        for y in (source.uniform(cells.y0, cells.y1) for _ in range(8))
    ]
    flow, a, eta = Flow.from_reference(law, cells), float(law.alpha), float(Fraction(size))
    for _ in range(8):
        for _, y, here in samples:
            near = 1e-9 * (1 + np.abs(here))
            assert np.all((flow.reach.lo - near <= here) & (here <= flow.reach.hi + near)), y
        flow, moved = flow.step(), []
        for beta, y, here in samples:
            omega, now = profile(np.exp(-np.abs(here)), float(law.eps))[0], here
            for _ in range(inner):
                now = now + eta * (omega - beta * (now - a * y - (1 - a) * here))
            moved.append((beta, y, now))
        samples = moved


@pytest.mark.parametrize(("size", "inner", "alpha"), [("0.1", 4, "1"), ("0.1", 40, "1"), ("0.02", 9, "0.7")])
def test_decided_cells_do_what_is_said(size: str, inner: int, alpha: str) -> None:
    law = Law(MEAN_VAR, Fraction(1, 10**5), Fraction(alpha), Update.of(size, inner))
    source = np.random.default_rng(5)
    x, y = (np.round(source.uniform(a, b, 120) * 1024) / 1024 for a, b in ((-1, 2.2), (-9, -2)))
    cells, told = Patches(x, x + 1 / 256, y, y + 1 / 256), 0
    statement = {
        "variant": variant(MEAN_VAR),
        "parameters": {"alpha": alpha, "eps": "1e-5"},
        "step_size": size,
        "inner_steps": inner,
    }
    verdicts = decide(law, cells).verdicts
    assert sum(token != "u" for token, _ in verdicts) > 80
    for k, (token, proof) in enumerate(verdicts):
        if token != "u":
            place = (
                float(source.uniform(a, b))
                for a, b in ((cells.x0[k], cells.x1[k]), (cells.y0[k], cells.y1[k]))
            )
            seen = behaviour(statement, *place)
            told += bool(seen)
            assert seen in {"r": ("", "r"), "f": ("", "r", "f")}.get(token, ("", token)), (token, proof)
    assert told > 60


def test_small_ones_never_swing_where_exact_updates_do() -> None:
    """At 1/20 every sequence rises or settles, in all of a window in which exact updates swing."""
    asked = ask(beta="0.5:5", eps="1e-5", p_ref="0.001:0.6", update=Update.of("0.05"))
    certificate = draw_up(asked)
    verdict = check_bytes(canonical_bytes(certificate))
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    assert undecided_fraction(certificate) == 0
    assert "c" not in certificate["statement"]["cells"]
    assert contradicted(dict(certificate["statement"])) is None


def test_without_weight_on_the_reference_it_rises_to_one() -> None:
    certificate = draw_up(ask(beta="1:2", eps="1e-5", p_ref="0.1:0.6", alpha="0", update=Update.of("0.1", 3)))
    assert certificate["statement"]["cells"] == "o"
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED


def test_the_command_from_the_question_to_the_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out, picture = tmp_path / "map.json", tmp_path / "map.svg"
    steps = ("--step-size", "0.15")
    code, said, _ = run(capsys, *ASKED, *steps, "--out", str(out), "--picture", str(picture), "--json")
    told = json.loads(said)
    assert (code, told["update"]["step_size"], told["update"]["share"]) == (0, "0.15", ["0.075", "0.9"])
    assert check_file(out).outcome is Outcome.ACCEPTED
    assert run(capsys, "check", str(out), "--at", "beta=1,p_ref=0.3")[0] == 0
    code, said, _ = run(capsys, *ASKED, *steps)
    assert said.startswith("steps of size 0.15: a share in [0.075, 0.9] of the way to the maximiser:")
    assert picture.stat().st_size > 1000
    question = tmp_path / "question.json"
    assert run(capsys, "question", *ASKED, "--out", str(question))[0] == 0
    assert run(capsys, "check", str(out), "--question", str(question))[0] == 1, (
        "of exact updates it is another"
    )


@pytest.mark.parametrize(
    ("size", "inner", "said"),
    [
        ("0.2", 1, "step size times beta must be at most 1 in all the atlas, whose beta reaches 6.0"),
        ("0.1:0.2", 1, "the step size of an atlas is one number"),
    ],
)
def test_what_is_not_answered_is_one_line(size: str, inner: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ask(beta="0.5:6", eps="1e-5", p_ref="0.1:0.6", update=Update.of(size, inner))
