"""The same tests on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from verified_grpo.intervals import ENGINES, Engine, make_engine


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def engine(engine_name: str) -> Engine[Any]:
    return make_engine(engine_name, 80)
