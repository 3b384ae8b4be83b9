"""The table of kinds has all that the checker knows, and a kind's tests are found by its name."""

from __future__ import annotations

import pytest

from verified_grpo.checker.check import _KINDS as CHECKED

from .corpus import kind_of
from .kinds.table import KINDS


def test_the_table_has_the_checker_s_kinds() -> None:
    assert set(KINDS) == set(CHECKED)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("curve-fold", "curve"),
        ("accepted/limit-box.json", "limit"),
        ("rejected/passage-no-cuts.json", "passage"),
        ("rejected/kind-number.json", None),
        ("malformed/empty.json", None),
        ("mean-var", None),
    ],
)
def test_a_fixture_s_test_is_found_by_its_kind(
    name: str, kind: str | None, request: pytest.FixtureRequest
) -> None:
    assert kind_of(name) == kind
    assert request.node.extra_keyword_matches == ({kind} if kind else set())
