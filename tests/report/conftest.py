"""Reports here take the checker's verdict on the same bytes once for all tests: the verdicts themselves are
what tests/checker is about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.shared import reports_check_once


@pytest.fixture(scope="module", autouse=True)
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with reports_check_once(tmp_path_factory):
        yield
