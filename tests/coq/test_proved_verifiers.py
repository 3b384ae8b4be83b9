"""The checker that is proved in Coq, on verifiers that err: margins, slopes and shares to their last digits,
and that each key of a statement counts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.checker.builder import Json
from tests.checker.edits import MEAN, MEAN_STD, MEAN_VAR, at, edited, group
from tests.checker.kinds.verifiers import bounded, stated
from tests.checker.truth import mp, omega
from verified_grpo.export import proved

from .changes import Change, asked, undone_by

GROUP = group(4, 1)
BOX = at(["1", "3"], ["1e-3", "1e-2"], ["0.1", "0.3"], ["0.5", "1"])
UP, DOWN = ("0.9", ["0.1", "0.2"], "amplifies"), ("0.2", "0.9", "harms")


def outcome(vcheck: Path, folder: Path, document: Json) -> str:
    path = folder / "one.json"
    path.write_text(json.dumps(document))
    return proved.check(path, vcheck).outcome


def digits(value: Any, away: int) -> str:
    """A number to twelve digits, a unit of the eleventh away."""
    return str(mp.nstr(value + away * mp.mpf(10) ** -11, 13))


@pytest.mark.parametrize("variant", [MEAN_VAR, MEAN_STD, MEAN, GROUP], ids=str)
@pytest.mark.parametrize(
    ("t", "f", "effect"), [("0.9", ["0.1", "0.2"], "amplifies"), ("0.2", "0.9", "harms")]
)
def test_margins_are_proved_to_their_last_digits(
    vcheck: Path, tmp_path: Path, variant: Json, t: Any, f: Any, effect: str
) -> None:
    least = mp.mpf("0.7") * omega(variant, mp.mpf(0), mp.mpf("0.01")) / 3
    below, above = (stated(t, f, effect, variant, BOX, margin=digits(least, away)) for away in (-1, 1))
    assert outcome(vcheck, tmp_path, below) == "proved"
    assert outcome(vcheck, tmp_path, above) == "not proved"


@pytest.mark.parametrize(("threshold", "expected"), [("1/2", "proved"), ("0.4999999999999999", "not proved")])
def test_the_steepest_slope_is_compared_exactly(
    vcheck: Path, tmp_path: Path, threshold: str, expected: str
) -> None:
    box = {**BOX, "eps": "1/12"}  # of a perfect verifier 2/(3 sqrt(3) (4/3) sqrt(1/3)) = 1/2
    document = stated("1", "0", "amplifies", MEAN_VAR, box, threshold=threshold)
    assert outcome(vcheck, tmp_path, document) == expected


@pytest.mark.parametrize("alpha", ["0", ["0", "1"]], ids=str)
def test_where_alpha_reaches_0_it_holds_all_the_same(vcheck: Path, tmp_path: Path, alpha: Any) -> None:
    box = {**BOX, "alpha": alpha}
    for t, f, effect in (
        ("0.9", "0.2", "amplifies"),
        ("0.2", "0.9", "harms"),
        ("0.3", "0.3", "stands-still"),
    ):
        assert outcome(vcheck, tmp_path, stated(t, f, effect, GROUP, box)) == "proved"


def test_rates_that_are_never_so_far_apart_that_way_prove_nothing(vcheck: Path, tmp_path: Path) -> None:
    empty = stated(["0", "0.1"], ["0.5", "1"], "amplifies", apart="0.6")
    assert outcome(vcheck, tmp_path, empty) == "not proved"
    assert outcome(vcheck, tmp_path, edited(empty, "statement", "effect", value="harms")) == "proved"


def test_a_statement_that_is_long_to_print_keeps_no_other_from_its_answer(
    vcheck: Path, tmp_path: Path
) -> None:
    pairs = [(["0", "1"], ["0", "1"])] * 40_000
    paths = [tmp_path / "long.json", tmp_path / "short.json"]
    for path, given in zip(paths, (pairs, pairs[:1]), strict=True):
        path.write_text(json.dumps(bounded("1/100", "9/10", "1/5", "below", *given, bound="1/23")))
    ran = subprocess.run([vcheck, *paths], capture_output=True, text=True, check=False)
    _, short = ran.stdout.splitlines()
    assert short.startswith("proved ")


# of the reference 1/23 of what passes is right, 1/793 of what fails; of half and half 408/18239
SHARES = ("1/100", "9/10", "1/5")


@pytest.mark.parametrize(
    ("bound", "right", "expected"),
    [
        ("1/23", ["408/18239", "408/18239"], "proved"),
        ("0.0434782608695652", ["408/18239", "408/18239"], "not proved"),
        ("1/23", ["0", "0.0223696474"], "not proved"),
        ("1/23", ["0.0223696475", "1"], "not proved"),
    ],
)
def test_shares_are_exact(vcheck: Path, tmp_path: Path, bound: str, right: list[str], expected: str) -> None:
    document = bounded(*SHARES, "below", (["1/2", "1/2"], right), bound=bound)
    assert outcome(vcheck, tmp_path, document) == expected


def test_shares_of_none_and_of_all_are_those_of_what_fails_and_passes(vcheck: Path, tmp_path: Path) -> None:
    none, all_ = (["0", "0"], ["1/793", "1/793"]), (["1", "1"], ["1/23", "1/23"])
    between = ["0", "1"], ["1/793", "1/23"]
    document = bounded(*SHARES, "below", none, all_, between, bound="1")
    assert outcome(vcheck, tmp_path, document) == "proved"


@pytest.mark.parametrize(("bound", "expected"), [("2/893", "proved"), ("0.0022396417", "not proved")])
def test_a_floor_is_exact(vcheck: Path, tmp_path: Path, bound: str, expected: str) -> None:
    assert outcome(vcheck, tmp_path, bounded("1/100", "1/5", "9/10", "above", bound=bound)) == expected


CHANGES: list[tuple[str, Change]] = [
    ("verifier-amplifies", lambda stated, _: stated.update(effect="harms")),
    ("verifier-amplifies", lambda stated, _: stated.update(effect="stands-still")),
    ("verifier-amplifies", lambda stated, _: stated.update(effect="helps")),
    ("verifier-amplifies", lambda stated, _: stated.update(margin="0.281")),
    ("verifier-amplifies", lambda stated, _: stated.update(margin="0")),
    ("verifier-amplifies", lambda stated, _: stated.update(margin="1e20000")),
    ("verifier-amplifies", lambda stated, _: stated.update(margin="1e-20001")),
    ("verifier-amplifies", lambda stated, _: stated.update(threshold="0.643")),
    ("verifier-amplifies", lambda stated, _: stated.update(threshold="-0.6437")),
    ("verifier-amplifies", lambda stated, _: stated.update(variant={"contrast": "mean-std"})),
    ("verifier-amplifies", lambda stated, _: stated.update(true_positive=["0.8", "1.1"])),
    ("verifier-amplifies", lambda stated, _: stated.update(true_positive=["0.95", "0.8"])),
    ("verifier-amplifies", lambda stated, _: stated.update(false_positive=["0.05", "0.8"])),
    ("verifier-amplifies", lambda stated, _: stated.update(false_positive=["-0.05", "0.1"])),
    ("verifier-amplifies", lambda stated, _: stated["parameters"].update(beta=["1", "5.1"])),
    ("verifier-amplifies", lambda stated, _: stated["parameters"].update(beta=["0", "5"])),
    ("verifier-amplifies", lambda stated, _: stated["parameters"].update(eps="1e-7")),
    ("verifier-amplifies", lambda stated, _: stated["parameters"].update(p_ref=["0.001", "1"])),
    ("verifier-amplifies", lambda stated, _: stated.update(beside="1")),
    ("verifier-amplifies", lambda _, offered: offered.update(rule="shares")),
    ("verifier-apart", lambda stated, _: stated.pop("apart")),
    ("verifier-apart", lambda stated, _: stated.update(apart="0.5")),
    ("verifier-apart", lambda stated, _: stated.update(apart="1.1")),
    ("verifier-apart", lambda stated, _: stated.update(effect="harms")),
    ("verifier-harms", lambda stated, _: stated.update(margin="0.081")),
    ("verifier-stands-still", lambda stated, _: stated.update(false_positive="0.31")),
    ("verifier-stands-still", lambda stated, _: stated.update(margin="0.1")),
    ("ceiling", lambda stated, _: stated.update(side="above")),
    ("ceiling", lambda stated, _: stated.update(bound="0.0434")),
    ("ceiling", lambda stated, _: stated.update(p_ref="0.02")),
    ("ceiling", lambda stated, _: stated.update(p_ref="0")),
    ("ceiling", lambda stated, _: stated["rates"][0].update(passed=["0.5", "0.7"])),
    ("ceiling", lambda stated, _: stated["rates"][0].update(passed=["0.6", "0.5"])),
    ("ceiling", lambda stated, _: stated["rates"][0].update(right=["0.022", "0.0265"])),
    ("ceiling", lambda stated, _: stated["rates"][0].update(right=["0.0224", "0.027"])),
    ("ceiling", lambda _, offered: offered.update(rule="sign")),
    ("ceiling-floor", lambda stated, _: stated.update(bound="0.13")),
    ("ceiling-floor", lambda stated, _: stated["rates"][0].update(right=["0.32", "0.41"])),
    ("ceiling-constant", lambda stated, _: stated.update(false_positive="0.4")),
    ("ceiling-constant", lambda stated, _: stated["rates"][0].update(right=["0.11", "0.2"])),
    ("ceiling-constant", lambda stated, _: stated.update(true_positive="1", false_positive="1")),
]


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_what_is_false_or_not_shown_is_not_proved(
    vcheck: Path, tmp_path: Path, name: str, change: Change
) -> None:
    undone_by(vcheck, tmp_path, name, change)


@pytest.mark.parametrize("name", ["verifier-group", "verifier-sign-alone"])
def test_multiples_and_other_contrasts_are_declined_by_name(vcheck: Path, tmp_path: Path, name: str) -> None:
    assert asked(vcheck, tmp_path / "one.json", name, lambda *_: None) == "declined"
