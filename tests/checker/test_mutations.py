"""No mutant that states something false is accepted; and the oracle that says so can tell."""

from __future__ import annotations

import random
from typing import Any

import pytest

from soak.attacks import SLOW, survey
from verified_grpo.checker import Outcome, check_bytes

from .beyond import beyond
from .builder import Json, decimal, seal
from .corpus import accepted, rejected
from .edits import at, edited
from .kinds.expressions import inequality
from .kinds.table import KINDS
from .oracle import contradicted
from .samples import truth_at
from .truth import mp, sigma

MANY = pytest.mark.parametrize("mutants", [400, pytest.param(4000, marks=pytest.mark.soak)])
POINTS = [
    name
    for name, document in accepted().items()
    if document["statement"]["kind"] == "fixed-points"
    and document["statement"]["count"]
    and not any(isinstance(value, list) for value in document["statement"]["parameters"].values())
    and ":" not in str(document["statement"]["variant"].get("omega"))  # ranges have no single truth
]


def test_of_a_formula_with_ranges_a_number_is_moved_past_the_truth_of_a_member() -> None:
    document = accepted()["verifier-ranges-fixed-points"]
    for seed in range(8):
        moved = beyond(document, random.Random(seed))
        assert moved is not None
        assert moved["statement"] != document["statement"]
        assert check_bytes(seal(moved)).outcome is Outcome.REJECTED


@MANY
def test_no_false_mutant_is_accepted(mutants: int) -> None:
    found = survey(mutants, seed="2026")
    assert not found.escapes
    assert not found.disagreements
    assert found.sentences > mutants // 4
    assert found.both > mutants // 20
    assert found.total("rejected") > mutants // 3
    assert found.total("beyond the truth") > mutants // 40  # many kinds, and few mutants of each go beyond
    assert found.total("true") > mutants // 20
    assert set(KINDS) - set(SLOW) <= set(found.tally) <= set(KINDS)  # slow kinds have few mutants


@pytest.mark.parametrize("name", POINTS)
def test_one_unit_beyond_the_truth_is_rejected(name: str) -> None:
    """Each end of each interval moved past the true value by one unit in the fortieth place."""
    document = accepted()[name]
    truth = truth_at(document["statement"], document["statement"]["parameters"])
    tried = 0
    for i, (x, m) in enumerate(truth):
        values = {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x), "multiplier": m}
        for field, value in values.items():
            if field == "multiplier" and abs(value) < mp.mpf(10) ** -25:
                continue  # the oracle's difference quotient does not resolve it
            path = ("statement", "fixed_points", i, field)
            low, high = document["statement"]["fixed_points"][i][field]
            places = 40 if field != "multiplier" else 25
            for ends in ([decimal(value, places, up=True), high], [low, decimal(value, places)]):
                beyond = _beyond(ends, (low, high), places)
                verdict = check_bytes(seal(edited(document, *path, value=beyond)))
                assert verdict.outcome is Outcome.REJECTED, (field, beyond, verdict)
                tried += 1
    assert tried >= 6


def _beyond(ends: list[str], original: tuple[str, str], places: int) -> list[str]:
    """The end that was moved to the truth, moved on by one unit in the last place."""
    moved = 0 if ends[0] != original[0] else 1
    mantissa, _, exponent = ends[moved].partition("e")
    changed = int(mantissa) + (1 if moved == 0 else -1)
    result = list(ends)
    result[moved] = f"{changed}e{exponent}" if exponent else str(changed)
    return result


FALSE = [
    "count",
    "fixed-point-dropped",
    "fixed-point-doubled",
    "fixed-points-swapped",
    "bracket-beside-the-zero",
    "p-beside",
    "complement-beside",
    "multiplier-beside",
    "repelling-called-attracting",
    "attracting-called-repelling",
    "other-contrast",
    "identity-false",
    "identity-true-at-small-integers",
    "inequality-false",
    "first-fixed-point-left-of-the-cells",
    "last-fixed-point-doubled",
    "fixed-point-beside-the-zero",
]


@pytest.mark.parametrize("name", FALSE)
def test_the_oracle_contradicts_what_is_false(name: str) -> None:
    assert contradicted(rejected()[name][1]["statement"]) is not None


def test_the_oracle_contradicts_false_regions() -> None:
    valid = accepted()
    false: list[tuple[Json, tuple[Any, ...], Any]] = [
        (valid["amplification"], ("margin",), "10"),
        (valid["paper-statement"], ("parts", 1, "claim", "margin"), "10"),
        (valid["contraction-closed-form-rate"], ("rate",), "1e-9"),
        (valid["uniqueness-closed-form"], ("parameters",), at("5", "1e-5", "0.3")),
        (valid["contraction-closed-form"], ("parameters",), at("5", "1e-5", "0.3")),
        (valid["contraction-witness"], ("parameters",), at("100", "1e-5", "0.3")),
        (valid["uniqueness-witness"], ("parameters",), at("100", "1e-5", "0.3")),
        (inequality({"x": ["0", "1"]}, ["-", "x", "1/2"], ">", [["leaf"]]), ("relation",), "<"),
    ]
    for document, path, value in false:
        assert contradicted(edited(document, "statement", *path, value=value)["statement"]) is not None


def test_the_oracle_finds_a_witness_inside_a_wide_box() -> None:
    """At both ends of this range of beta there is one fixed point, at beta = 5 there are three."""
    document = edited(
        accepted()["uniqueness-witness"], "statement", "parameters", "beta", value=["2/5", "60"]
    )
    assert check_bytes(seal(document)).outcome is Outcome.ACCEPTED
    assert contradicted(document["statement"]) is None
