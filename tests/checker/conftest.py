"""A test of one fixture is found by the kind of its statement, too: `pytest tests/checker -k small-steps`."""

from __future__ import annotations

import pytest

from . import corpus


def pytest_itemcollected(item: pytest.Item) -> None:
    """Where a test's parameter is the name of a fixture."""
    name = item.callspec.params.get("name") if hasattr(item, "callspec") else None
    if isinstance(name, str) and (kind := corpus.kind_of(name)):
        item.extra_keyword_matches.add(kind)
