"""``pytest proofs`` certifies every statement: derivations re-checked, parts proved, the whole accepted."""

from __future__ import annotations

import pytest

from . import MODULES, all_statements, names
from .framework import Certified, PaperStatement, Undecided, certify


@pytest.mark.parametrize("statement", all_statements(), ids=names())
def test_statement_is_certified(statement: PaperStatement) -> None:
    outcome = certify(statement)
    assert not isinstance(outcome, Undecided), f"{outcome.where}: {outcome.reason}"
    assert isinstance(outcome, Certified)


def test_each_module_is_named_after_its_statement() -> None:
    assert [name.replace("-", "_") for name in names()] == list(MODULES)
