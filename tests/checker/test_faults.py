"""Faults planted in the checker: each is seen by the corpora, so none of its checks and formulas is idle."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from verified_grpo.checker import Code, Outcome, check_bytes, diagnostics, identities, ranges
from verified_grpo.checker.contrasts import Group, MeanStd, MeanVar, group
from verified_grpo.checker.parameters import Parameters
from verified_grpo.checker.recursion import Recursion

from .corpus import files

FILES = sorted(files().items(), key=lambda entry: len(entry[1][1]))  # what is small is checked soon


def surprises() -> Iterator[str]:
    """The fixtures that get another code than is expected of them, as far as somebody asks."""
    group._heights.cache_clear()
    group._drops.cache_clear()
    for name, (code, data) in FILES:
        if check_bytes(data).code.value != code:
            yield name


NEEDED = [
    Code.WRONG_DIGEST,
    Code.NOT_CANONICAL,
    Code.UNKNOWN_KEY,
    Code.BAD_VALUE,
    Code.BAD_NUMBER,
    Code.EMPTY_RANGE,
    Code.OUTSIDE_DOMAIN,
    Code.ALPHA_REACHES_ZERO,
    Code.WRONG_RULE,
    Code.UNORDERED_CELLS,
    Code.COUNT_MISMATCH,
    Code.LEFT_TAIL,
    Code.RIGHT_TAIL,
    Code.CELL_SIGN,
    Code.CELL_SLOPE,
    Code.CELL_NOT_EMPTY,
    Code.BRACKET_OUTSIDE_CELLS,
    Code.BRACKET_SIGN,
    Code.P_NOT_ENCLOSED,
    Code.COMPLEMENT_NOT_ENCLOSED,
    Code.MULTIPLIER_NOT_ENCLOSED,
    Code.STABILITY_NOT_PROVED,
    Code.TREE_NODE,
    Code.TREE_UNFINISHED,
    Code.MARGIN_NOT_PROVED,
    Code.CLOSED_FORM_FAILS,
    Code.LOGIT_RANGE_LEFT,
    Code.LOGIT_RANGE_RIGHT,
    Code.LEAF_NOT_EXCLUDED,
    Code.LEAF_NOT_HELD,
    Code.WITNESS_OUTSIDE_BOX,
    Code.WITNESS_BRACKETS,
    Code.WITNESS_SIGN,
    Code.WITNESS_MULTIPLIER,
    Code.GAIN_NOT_PROVED,
    Code.ORBIT_NOT_CAUGHT,
    Code.NOT_TRAPPED,
    Code.RATE_NOT_PROVED,
    Code.POINTS_NOT_APART,
    Code.NOT_MONOTONE,
    Code.LIMIT_NOT_ENCLOSED,
    Code.IMAGE_NOT_ENCLOSED,
    Code.ORDER_NOT_PROVED,
    Code.ENTROPY_NOT_PROVED,
    Code.AREA_NOT_PROVED,
    Code.CURVE_NOT_ENCLOSED,
    Code.CUSP_NOT_PROVED,
    Code.NOT_IDENTICAL,
    Code.NOWHERE_DEFINED,
    Code.LEAF_NOT_PROVED,
    Code.PARTS_MISMATCH,
    Code.VERDICT_MISMATCH,
]


@pytest.mark.parametrize("code", NEEDED, ids=lambda code: str(code.value))
def test_without_this_check_something_wrong_is_accepted(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check by itself keeps a fixture out: no other one would."""

    def lenient(holds: bool, reason: Code, message: str) -> None:
        if reason is not code:
            diagnostics.require(holds, reason, message)

    for name, module in list(sys.modules.items()):
        if (
            name.startswith("verified_grpo.checker.")
            and hasattr(module, "require")
            and module is not diagnostics
        ):
            monkeypatch.setattr(module, "require", lenient)
    assert any(accepts(data) for _, (expected, data) in FILES if expected == code.value)


def accepts(data: bytes) -> bool:
    try:
        return check_bytes(data).outcome is Outcome.ACCEPTED
    except Exception:  # a missing check may let nonsense through that then stumbles
        return False


def scaled_by(factor: str) -> Callable[[Callable[..., arb]], Callable[..., arb]]:
    return lambda method: lambda *arguments: method(*arguments) * arb(factor)


def other_corner(method: Callable[[Parameters, int], Parameters]) -> Callable[[Parameters, int], Parameters]:
    return lambda self, side: method(self, 1 - side)


def gap_sign_of_the_middle(self: Recursion, cell: tuple[Fraction, Fraction]) -> int:
    return self.gap_sign((cell[0] + cell[1]) / 2)


def always(answer: Any) -> Callable[[Any], Callable[..., Any]]:
    return lambda _: lambda *arguments: answer


def reversed_pair(method: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments: method(*arguments)[::-1]


FAULTS: list[tuple[str, Any, str, Callable[[Any], Any]]] = [
    ("Bmax too small", MeanVar, "steepest", scaled_by("0.98")),
    ("Bmax too large", MeanVar, "steepest", scaled_by("1.5")),
    ("Bmax of mean-std too small", MeanStd, "steepest", scaled_by("0.5")),
    ("Omega too small", MeanVar, "value", scaled_by("0.999")),
    ("Omega too large", MeanVar, "value", scaled_by("1.001")),
    ("Omega of mean-std off", MeanStd, "value", scaled_by("1.01")),
    ("Omega of groups off", Group, "value", scaled_by("0.99")),
    ("supremum too small", MeanVar, "supremum", scaled_by("0.99")),
    ("sign of the slope", MeanVar, "slope_at", scaled_by("-1")),
    ("slope of mean-std off", MeanStd, "slope_at", scaled_by("1.1")),
    ("slope of groups the wrong way round", Group, "slope", reversed_pair),
    ("peak elsewhere", MeanVar, "peak", scaled_by("1000")),
    ("gain the wrong way round", Parameters, "gain", reversed_pair),
    ("slope ends exchanged", Recursion, "slope", reversed_pair),
    ("swing ends exchanged", Recursion, "swing", reversed_pair),
    ("gap always rises", Recursion, "gap_rises", always(True)),
    ("gap always falls", Recursion, "gap_falls", always(True)),
    ("gap always positive", Recursion, "gap_is_positive", always(True)),
    ("gap always negative", Recursion, "gap_is_negative", always(True)),
    ("gap never falls", Recursion, "gap_falls", always(False)),
    ("multiplier always inside", Recursion, "multiplier_inside", always(True)),
    ("multiplier always outside", Recursion, "multiplier_outside", always(True)),
    (
        "reference ends exchanged",
        Recursion,
        "anchor",
        lambda method: lambda self, side: method(self, 1 - side),
    ),
    ("other corner", Parameters, "corner", other_corner),
    ("mean-value form without a swing", Recursion, "_keeps_sign", lambda _: gap_sign_of_the_middle),
    ("least Omega at the far end", Recursion, "least_omega", lambda _: Recursion.largest_omega),
    ("largest Omega at the near end", Recursion, "largest_omega", lambda _: Recursion.least_omega),
    ("divisors forgotten", identities.Quotients, "_inverse", lambda _: lambda self, value: value[::-1]),
    (
        "one degree too few",
        identities.Identity,
        "_degrees",
        lambda m: lambda self: tuple(d - 1 for d in m(self)),
    ),
    ("NaN let through", ranges.Range, "__post_init__", always(None)),
]


@pytest.mark.parametrize(("what", "holder", "name", "fault"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_planted_fault_is_seen(
    what: str, holder: Any, name: str, fault: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, name, fault(getattr(holder, name)))
    assert any(surprises())


def test_without_a_fault_nothing_is_seen() -> None:
    assert not list(surprises())
