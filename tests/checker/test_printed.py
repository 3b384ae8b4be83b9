"""What is printed determines the theorem, and says no more than was checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.checker import ARITHMETICS, Code, Outcome, check_bytes, fuel
from verified_grpo.checker.arithmetic import using
from verified_grpo.checker.check import read_statement
from verified_grpo.checker.diagnostics import Fault
from verified_grpo.checker.paper import NOT_CARRIED

from . import corpus
from .builder import Json, certificate, seal
from .committed import committed, of_kinds
from .edits import MEAN_VAR, edited
from .kinds.atlas.corpus import drawn
from .kinds.expressions import identity, inequality

WORDS = (
    ("attracting", "repelling", "undecided"),
    ("proved", "refuted"),
    ("rises", "falls", "tends"),
    ("fold", "flip", "settling"),
    ("holds", "fails", "loose"),
    ("supports", "refutes"),
    ("all", "numbers"),
    ("claim", "beyond", "amended"),
    ("mean-var", "mean-std", "mean"),
    (">", "<", ">=", "<="),
    ("amplification", "uniqueness", "contraction", "convergence", "no-cycles"),
    ("+", "*", "-", "/"),
    ("exp", "log", "sqrt"),
    ("p_ref", "1/2"),
)


def words_of(statement: Json) -> str:
    """The checker's words for a statement, whatever carries it; empty where it is none."""
    try:
        with fuel.fuelled(fuel.DEFAULT), using("arb"):
            return read_statement(statement).words
    except Fault:
        return ""


def test_these_words_are_those_of_a_verdict() -> None:
    for document in corpus.accepted().values():
        statement = document["statement"]
        verdict = check_bytes(seal(certificate(statement, {"rule": "none"})))
        assert verdict.outcome is not Outcome.ACCEPTED
        assert verdict.statement_text == words_of(statement) != ""


def others(value: Any) -> Iterator[Any]:
    """Other values that may stand in the place of one."""
    if isinstance(value, int):
        yield from (other for other in (value + 1, value - 1) if other >= 0)  # no reader sees a sign
    elif isinstance(value, str):
        yield from (f"{value}1", f"1{value}", f"{value[:-1]}7", f"{value}e1", value[::-1])
        for group in WORDS:
            if value in group:
                yield from (word for word in group if word != value)


def changed(value: Any) -> Iterator[Any]:
    """The value with one leaf changed, or with two neighbours exchanged."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from ({**value, key: new} for new in changed(held))
    elif isinstance(value, list):
        for i, held in enumerate(value):
            yield from ([*value[:i], new, *value[i + 1 :]] for new in changed(held))
        for i in range(len(value) - 1):
            yield [*value[:i], value[i + 1], value[i], *value[i + 2 :]]
    else:
        yield from others(value)


@pytest.mark.parametrize("name", sorted(corpus.accepted()))
def test_another_statement_has_other_words(name: str) -> None:
    statement = corpus.accepted()[name]["statement"]
    if statement["kind"] == "paper-statement":  # of those that were read, every other one is refused
        statement = {**statement, "item": "unread", "verdict": NOT_CARRIED, "given": []}
    own, read = words_of(statement), 0
    for other in changed(statement):
        if other != statement and (said := words_of(other)):
            read += 1
            assert said != own, other
    assert read >= 3


def test_no_two_fixtures_with_different_claims_read_alike() -> None:
    folder = Path(__file__).parents[2] / "reports" / "certificates"
    claims = [document["statement"] for document in corpus.accepted().values()]
    for path in folder.glob("*.json"):
        statement = json.loads(path.read_text())["statement"]
        claims += [part["claim"] for part in statement["parts"]] if "parts" in statement else [statement]
    words = [(words_of(claim), claim) for claim in claims]
    for (one, first), (other, second) in combinations(words, 2):
        assert one != other or first == second
    assert set(Counter(claim["kind"] for claim in claims)) >= {"atlas", "curve", "chaos", "k3-convergence"}


def atlas(cells: str, proofs: str, undecided: str, up: tuple[str, str] = ("0", "4")) -> Json:
    document = drawn(MEAN_VAR, "1e-3", (("-1", "1"), up), cells, proofs, undecided)
    ranges = {"alpha": "1", "beta": ["1", "2"], "eps": "1e-3", "p_ref": ["0.6", "0.9"]}
    return edited(document, "statement", "parameters", value=ranges)


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_the_undecided_share_is_of_the_box_that_was_asked_about(arithmetic: str) -> None:
    """Of the log-odds of [0.6, 0.9], from log(3/2) to log 9, the share (log 9 - 2)/log 6 lies above 2."""
    shares = {}
    for cells in ("^ru", "^ur"):
        verdict = check_bytes(seal(atlas(cells, "h", "0.5")), arithmetic)
        assert verdict.code is Code.ACCEPTED
        assert verdict.decided
        shares[cells] = verdict.statement_text.splitlines()[-2:]
    assert "at most the share 0.110074 is" in shares["^ru"][0]
    assert "at most the share 0.889927 is" in shares["^ur"][0]


def test_an_atlas_that_leaves_its_whole_box_open_is_not_decided() -> None:
    far = atlas("^" * 14 + "u" + "r" * 14, "h" * 14, "1e-4", ("-8", "262136"))
    verdict = check_bytes(seal(far))
    assert verdict.code is Code.ACCEPTED
    assert not verdict.decided
    assert verdict.statement_text.endswith("at most the share 1.000000 is\n  in undecided cells.")


def test_a_box_of_one_beta_is_measured_along_p_ref() -> None:
    line = edited(atlas("^ru", "h", "0.5"), "statement", "parameters", "beta", value="1.5")
    assert "at most the share 0.110074 is" in check_bytes(seal(line)).statement_text


def test_a_window_beside_the_curve_is_not_decided() -> None:
    window = {
        **committed()["curve-fold"]["statement"]["parameters"],
        "beta": ["7.9", "8"],
        "p_ref": ["0.89", "0.9"],
    }
    verdict = check_bytes(seal(edited(committed()["curve-fold"], "statement", "parameters", value=window)))
    assert verdict.code is Code.ACCEPTED
    assert not verdict.decided
    assert verdict.statement_text.endswith("in the ranges above is NOT established.")


@pytest.mark.parametrize("name", sorted(of_kinds("curve")))
def test_what_is_said_of_points_in_the_window(name: str) -> None:
    document = committed()[name]
    verdict = check_bytes(seal(document))
    assert verdict.decided
    pieces = document["statement"].get("pieces")
    if pieces is not None:
        said = "boxes hold a point of it" if pieces else "No point of the curve has beta and p_ref in the"
        assert said in verdict.statement_text


def test_boxes_in_the_middle_of_a_curve_are_part_of_what_is_printed() -> None:
    good = committed()["curve-fold"]
    wide = ["-1000000000000", "1000000000000"]
    vague = edited(good, "statement", "pieces", 5, "log_beta", value=wide)
    vague = edited(vague, "statement", "pieces", 5, "logit_p_ref", value=wide)
    one, other = check_bytes(seal(good)), check_bytes(seal(vague))
    assert one.code is other.code is Code.ACCEPTED
    assert one.statement_text != other.statement_text


@pytest.mark.parametrize("weights", [["0", "1", "1"], ["1", "1", "0"], ["1", "1", "-1"]])
def test_intervals_without_weight_are_not_stated(weights: list[str]) -> None:
    """Beside the two that cover each other, one that covers nothing."""
    good = corpus.accepted()["chaos-entropy-full-shift"]
    shift = good["statement"]["intervals"]
    three = [["-999999", "-999998"], *shift] if weights[0] == "0" else [*shift, ["5000", "5000.5"]]
    wider = edited(edited(good, "statement", "intervals", value=three), "evidence", "weights", value=weights)
    assert check_bytes(seal(wider)).code is Code.COUNT_MISMATCH


def test_where_powers_are_defined_is_said() -> None:
    power = inequality({"x": ["-1", "1"]}, ["-", ["^", "x", "0"], "1"], ">=", [["leaf"]])
    verdict = check_bytes(seal(power))
    assert verdict.code is Code.ACCEPTED
    assert verdict.statement_text.endswith(">= 0.\n  (A power 0 is 1, of 0 too.)")
    same = identity(["x"], ["^", "x", "0"], "1")
    assert "(A power 0 is 1, of 0 too.)" in check_bytes(seal(same)).statement_text
    square = identity(["x"], ["^", "x", "2"], ["*", "x", "x"])
    assert "power" not in check_bytes(seal(square)).statement_text


def test_three_fixed_points_meet_at_a_cusp_and_no_word_says_two() -> None:
    for name in ("curve-fold", "curve-cusp"):
        assert "two fixed points" not in check_bytes(seal(committed()[name])).statement_text
