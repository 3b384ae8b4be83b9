"""The table of kinds: whole, and its rows fit their builders, pages, exporters and the checker."""

from __future__ import annotations

from typing import Any, get_args, get_origin, get_type_hints

import pytest

from verified_grpo.certificates.grammar.values import AnyCertificate, Certificate
from verified_grpo.checker.check import _KINDS as CHECKED
from verified_grpo.export import EXPORTED
from verified_grpo.report.kinds import Kind
from verified_grpo.report.pages.paper import KINDS


def members(type_: Any) -> set[Any]:
    """The types of a union, or the one type."""
    return set(get_args(type_)) or {type_}


def makes(builder: Any) -> set[Any]:
    """The claims and the evidence of the certificates that a builder is annotated to return."""
    returned = get_type_hints(builder)["return"]
    assert get_origin(returned) is Certificate, builder
    return set().union(*(members(part) for part in get_args(returned)))


def test_every_kind_of_the_checker_has_its_row_and_no_other() -> None:
    assert set(KINDS) == set(CHECKED)
    assert all(name == kind.name for name, kind in KINDS.items())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: str(kind.name))
def test_a_page_reads_what_its_kind_says(kind: Kind) -> None:
    """Each claim and each evidence of the row is one that the page's own types name."""
    claim, evidence, _ = list(get_type_hints(kind.page).values())[:3]
    assert members(kind.claim) <= members(claim)
    assert members(kind.evidence) <= members(evidence)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: str(kind.name))
def test_the_kind_is_the_one_word_of_its_claims(kind: Kind) -> None:
    for claim in members(kind.claim):
        assert get_args(get_type_hints(claim, include_extras=False)["kind"]) == (kind.name,)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.builder is not None], ids=lambda kind: str(kind.name)
)
def test_a_builder_makes_the_claims_of_its_kind(kind: Kind) -> None:
    if get_type_hints(kind.builder)["return"] == AnyCertificate:
        return  # of several kinds: what it makes is held against the schemas
    made = makes(kind.builder)
    assert members(kind.claim) & made
    assert members(kind.evidence) & made


def test_an_exporter_reads_what_its_kind_says() -> None:
    assert set(EXPORTED) <= set(KINDS)
    for name, exporter in EXPORTED.items():
        _, claim, evidence = list(get_type_hints(exporter).values())[:3]
        assert members(KINDS[name].claim) <= members(claim)
        assert members(KINDS[name].evidence) <= members(evidence)
