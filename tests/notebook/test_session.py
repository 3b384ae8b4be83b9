"""A session of fifteen calls, as one would type it, and that each answer is the command line's."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

import verified_grpo
from verified_grpo import Enclosure, Variant
from verified_grpo.cli import main
from verified_grpo.errors import CertificateError, InputError, NotExactError
from verified_grpo.notebook.outcome import Outcome
from verified_grpo.notebook.points import FixedPointsOutcome
from verified_grpo.notebook.sequences import LimitOutcome

from . import program

mpl.use("Agg")
GROUP = ["--contrast", "group", "--group-size", "16", "--ddof", "1", "--eps", "1e-4"]
AT = [*GROUP, "--beta", "0.6", "--p-ref", "0.001"]


def test_fifteen_calls(tmp_path: Path) -> None:
    variant = Variant("group", size=16, ddof=1)
    prompt = variant.at(beta=Decimal("0.6"), eps="1e-4", p_ref="0.001")
    points = prompt.fixed_points()
    assert isinstance(points, FixedPointsOutcome)
    assert points.count == 1
    assert "0.0949" in repr(points)
    limit = prompt.limit()
    assert isinstance(limit, LimitOutcome)
    assert limit.differs
    assert limit.p is not None
    assert Fraction("0.0949") < limit.p.lower < limit.p.upper < Fraction("0.0950")
    assert limit.check()[0].outcome.value == "accepted"
    assert limit.save(tmp_path / "limit.json")
    assert limit.to_frame()["solved exactly"].to_list() == ["cycle", "cycle"]
    slow = variant.at(beta="0.6", eps="1e-4", p_ref="0.001", step_size="0.01")
    passage = slow.passage("0.05")
    assert passage.steps is not None
    rise = slow.trajectory(passage.steps[1])
    assert rise.plot().lines
    assert variant.at(beta="0.1:1", eps="1e-4", p_ref="0.01:0.9").certify("amplification").verdict == "proved"
    assert variant.sweep(beta=["0.5", "1"], eps="1e-4", p_ref=["0.1", "0.2"], grid=True).height == 4
    forward = Variant("group", size=8, ddof=1, kl="k3").at(beta=np.int64(2), eps="1e-4", p_ref="0.1")
    assert forward.limit().verdict == "proved"
    own = Variant(omega="1/(p + eps)").at(beta=1, eps="0.1", p_ref="0.1")
    assert own.fixed_points().verdict == "proved"


def test_a_user_s_program_runs(tmp_path: Path) -> None:
    told = program.sentences(tmp_path)
    assert told[0].startswith("24358370442122623/50000000000000000 to ")
    assert told[2:] == ["accepted", "accepted", "141 to 141 updates", "proved", "2 rows"]
    assert program.functions() == ["FixedPoints", "proved", "ConvergesToFixedPoint", "Views"]


def test_a_limit_has_its_p_whatever_was_asked() -> None:
    at = {"beta": "0.6", "eps": "1e-4", "p_ref": "0.05"}
    slow = Variant("group", size=8, ddof=1).at(**at, step_size="0.1")  # type: ignore[arg-type]
    for outcome in (slow.limit(), slow.limit(start="0.3")):
        assert outcome.p is not None
        assert Fraction("0.4871") < outcome.p.lower < outcome.p.upper < Fraction("0.4872")
    cycle = Variant("group", size=16, ddof=1).at(beta="0.6", eps="1e-4", p_ref="0.001").limit(start="0.1")
    assert cycle.p is None


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    with pytest.raises(SystemExit):
        main([*words, "--json"])
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


QUESTIONS: dict[str, tuple[Callable[[Any], Any], list[str]]] = {
    "fixed points": (lambda p: p.fixed_points(), ["fixed-points", *AT]),
    "both views": (lambda p: p.limit(), ["limit", *AT]),
    "another start": (lambda p: p.limit(start="0.5"), ["limit", *AT, "--start", "0.5"]),
    "passage": (lambda p: p.passage("0.05"), ["limit", *AT, "--reach", "0.05"]),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_command_lines(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ask, words = QUESTIONS[name]
    outcome = ask(Variant("group", size=16, ddof=1).at(beta="0.6", eps="1e-4", p_ref="0.001"))
    assert json.loads(json.dumps(outcome.to_dict())) == printed(capsys, *words)


STEPS = ["--step-size", "0.01", "--inner-steps", "2"]


@pytest.mark.parametrize("name", ["limit", "passage", "trajectory"])
def test_a_step_size_is_asked_about_alike(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prompt = Variant().at(beta=1, eps="1e-2", p_ref="0.1", step_size="0.01", inner_steps=2)
    words = ["limit", "--beta", "1", "--eps", "1e-2", "--p-ref", "0.1", *STEPS]
    more = {
        "limit": [],
        "passage": ["--reach", "0.3"],
        "trajectory": ["--trajectory", str(tmp_path / "way.csv"), "--updates", "20"],
    }
    asked: dict[str, Outcome] = {
        "limit": prompt.limit(),
        "passage": prompt.passage("0.3"),
        "trajectory": prompt.trajectory(20),
    }
    assert json.loads(json.dumps(asked[name].to_dict())) == printed(capsys, *words, *more[name])


def test_a_property_and_a_map_are_answered_alike(capsys: pytest.CaptureFixture[str]) -> None:
    box = ["--beta", "1:10", "--eps", "1e-2", "--p-ref", "0.01:0.5"]
    prompt = Variant().at(beta="1:10", eps="1e-2", p_ref=("0.01", "0.5"))
    outcome = prompt.certify("uniqueness")
    assert outcome.to_dict() == printed(capsys, "audit", "--property", "uniqueness", *box)
    shares = [row["share of the volume"] for row in outcome.rows()]
    assert all(isinstance(share, Enclosure) for share in shares)
    assert sum(float(share) for share in shares if isinstance(share, Enclosure)) == pytest.approx(1)
    for view in ("maximiser", "small-steps"):
        told = prompt.atlas(view=view, tolerance="0.2")
        assert told.to_dict() == printed(capsys, "atlas", *box, "--view", view, "--tolerance", "0.2")
        assert told.verdict == "proved"
        assert told.plot().get_xlabel()
        assert told.rows()


def test_maps_of_one_size_and_under_k3_are_answered_alike(capsys: pytest.CaptureFixture[str]) -> None:
    box = ["atlas", "--beta", "1:10", "--eps", "1e-2", "--p-ref", "0.01:0.5", "--tolerance", "0.2"]
    prompt = Variant().at(beta="1:10", eps="1e-2", p_ref="0.01:0.5", step_size="0.05")
    told = prompt.atlas(tolerance="0.2")
    assert told.to_dict() == printed(capsys, *box, "--step-size", "0.05")
    prompt = Variant(kl="k3").at(beta="1:10", eps="1e-2", p_ref="0.01:0.5")
    told = prompt.atlas(view="small-steps", tolerance="0.2")
    assert told.to_dict() == printed(capsys, *box, "--view", "small-steps", "--kl", "k3")


def test_k3_is_answered_alike(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["limit", "--beta", "2", "--eps", "1e-4", "--p-ref", "0.1", "--kl", "k3"]
    prompt = Variant(kl="k3").at(beta=2, eps="1e-4", p_ref="0.1")
    assert prompt.limit().to_dict() == printed(capsys, *words)
    point = prompt.fixed_points()
    assert point.count == 1
    assert point.to_dict() == printed(capsys, "fixed-points", *words[1:])
    assert [verdict.outcome.value for verdict in point.check()] == ["accepted"]
    assert prompt.limit().check()


@pytest.mark.parametrize(
    "ask",
    [
        lambda p: p.passage("0.5"),
        lambda p: p.trajectory(5),
        lambda p: p.certify("contraction"),
        lambda p: p.atlas(),
        lambda p: p.limit(start="0.5"),
    ],
)
def test_what_k3_has_no_answer_to_is_refused(ask: object) -> None:
    with pytest.raises(InputError, match="not for k3"):
        ask(Variant(kl="k3").at(beta=2, eps="1e-4", p_ref="0.1"))  # type: ignore[operator]


def test_an_undecided_answer_has_neither_certificate_nor_picture(tmp_path: Path) -> None:
    outcome = Variant().at(beta="1:100", eps="1e-5", p_ref="0.3").fixed_points()
    assert outcome.verdict == "undecided"
    assert outcome.count is None
    for fails in (outcome.certificate, lambda: outcome.save(tmp_path / "a.json"), outcome.check):
        with pytest.raises(CertificateError, match="no certificate"):
            fails()
    with pytest.raises(TypeError, match="no picture"):
        outcome.plot()
    assert not list(tmp_path.iterdir())


def test_a_sequence_is_drawn_with_what_it_tends_to() -> None:
    """The README's point by whole updates: 31 terms, and two points of a cycle at the edge."""
    at = Variant().at(beta="5", eps="1e-5", p_ref="0.001")
    axes = at.limit(start="0.001").plot()
    terms = np.asarray(axes.lines[0].get_ydata(), dtype=float)
    assert len(terms) == 31
    first = np.log(0.001 / 0.999) + 1 / np.sqrt(0.001 * 0.999 + 1e-5) / 5  # by the definition
    assert terms[:2] == pytest.approx([0.001, 1 / (1 + np.exp(-first))])
    assert len([band for band in axes.collections if band.get_alpha() is None]) >= 2
    again = at.limit(start="0.5").plot(axes)
    assert again is axes
    assert axes.lines[1].get_color() != axes.lines[0].get_color()


def test_both_views_are_drawn_with_the_cobweb_of_whole_updates() -> None:
    """Up to the map, across to the diagonal: each corner shares a coordinate with the one before."""
    axes = Variant().at(beta=1, eps="1e-2", p_ref="0.05").limit().plot()
    across, up = (np.asarray(side, dtype=float) for side in axes.lines[-1].get_data())
    assert (across[0], up[0]) == (pytest.approx(0.05), pytest.approx(0.05))
    steps = list(zip(across, up, strict=True))
    assert len(steps) == 61
    assert all(a == c or b == d for (a, b), (c, d) in pairwise(steps))
    at_rest = Variant().at(beta=1, eps="1e-2", p_ref="0.05").limit().p
    assert at_rest is not None
    assert across[-1] == pytest.approx(float(at_rest), abs=1e-3)


def test_an_outcome_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="verdict"):
        bool(Variant().at(beta=5, eps="1e-5", p_ref="0.3").fixed_points())


def test_in_html_texts_are_escaped() -> None:
    outcome = Variant(omega="1/(p + eps)").at(beta=1, eps="0.1", p_ref="0.1").fixed_points()
    shown = outcome._repr_html_()
    assert "<table>" in shown
    assert "exactly" in shown


def test_floats_are_refused_with_the_text_to_type() -> None:
    with pytest.raises(NotExactError, match=r'write "0\.04"'):
        Variant().at(beta=0.04, eps="1e-5", p_ref="0.3")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "given", "match"),
    [
        ("unknown", {}, "unknown contrast"),
        ("mean-var", {"kl": "k4"}, "kl is reverse or k3"),
        ("group", {}, "size"),
    ],
)
def test_variants_that_are_not_known_are_refused(name: str, given: dict[str, str], match: str) -> None:
    with pytest.raises(InputError, match=match):
        Variant(name, **given)  # type: ignore[arg-type]


def test_inner_steps_without_a_size_are_refused() -> None:
    with pytest.raises(InputError, match="belongs to step_size"):
        Variant().at(beta=1, eps="1e-5", p_ref="0.3", inner_steps=2)


def test_names_complete() -> None:
    assert set(verified_grpo.__all__) <= set(dir(verified_grpo))
    for name in verified_grpo.__all__:
        assert getattr(verified_grpo, name) is not None


@pytest.mark.parametrize("name", ["contraction", "convergence"])
def test_steps_over_ranges_are_not_refuted_for_others(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of ranges of beta the recursion has combinations of alpha and beta that no step has."""
    box = ["--beta", "0.5:1", "--eps", "1e-5", "--p-ref", "0.001", "--step-size", "0.1:0.9"]
    prompt = Variant().at(beta="0.5:1", eps="1e-5", p_ref="0.001", step_size="0.1:0.9")
    outcome = prompt.certify(name)
    assert outcome.to_dict() == printed(capsys, "audit", "--property", name, *box)
    assert outcome.verdict == "undecided"


def test_fixed_points_of_a_step_name_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["fixed-points", "--beta", "1", "--eps", "1e-2", "--p-ref", "0.1", *STEPS]
    prompt = Variant().at(beta=1, eps="1e-2", p_ref="0.1", step_size="0.01", inner_steps=2)
    assert prompt.fixed_points().to_dict() == printed(capsys, *words)
    with pytest.raises(InputError, match="not for k3"):
        Variant(kl="k3").at(beta=1, eps="1e-2", p_ref="0.1", step_size="0.01").fixed_points()


def test_a_sentence_says_no_more_than_is_proved() -> None:
    open_ended = Variant().at(beta=1, eps="0.1", p_ref="0.1", alpha="0:1/2").limit()
    assert isinstance(open_ended, LimitOutcome)
    assert open_ended.p is None
    assert "or to 1 where there is none" in open_ended.sentence
    jumps = Variant().at(beta=1, eps="1e-5", p_ref="0.001").limit(start="0.001")
    assert "from some step on" in jumps.sentence or "fixed point" in jumps.sentence
    assert "above the start" not in jumps.sentence


def test_a_table_is_audited_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, out = tmp_path / "rates.csv", tmp_path / "audited.csv"
    table.write_text("prompt,k,n\neasy,7,8\nhard,1,8\nnever,0,8\n")
    found = Variant("group", size=8).audit(table, out=out, beta="0.04", eps=Decimal("1e-4"))
    assert found.verdict == "proved"
    assert "2 of 3 prompts end at a success rate of 1/2 or above" in found.sentence
    assert found.to_frame()["prompt"].to_list() == ["easy", "hard", "never"]
    assert found.check().outcome.value == "accepted"
    asked = ["--pass-rates", str(table), "--contrast", "group", "--group-size", "8", "--beta", "0.04"]
    assert found.to_dict() == printed(capsys, "audit", *asked, "--eps", "1e-4")
    with pytest.raises(InputError, match="inner_steps belongs to step_size"):
        Variant().audit(table, out=out, beta=1, eps="1e-4", inner_steps=2)
