"""A browser for the tests that open pages: Debian's chromium, driven by its chromedriver.

Where it is missing the tests are skipped, but not where CI=true, which is to have it (`make browser`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.page import Window, start


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    driver = start()
    if driver is None:
        missing = "no chromium with chromedriver here: make browser installs them"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    yield driver
    driver.quit()


@pytest.fixture
def window(chromium: webdriver.Chrome) -> Window:
    return Window(chromium)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: `docs/pictures` when they are to be kept (KEEP_PICTURES=1)."""
    if os.environ.get("KEEP_PICTURES") == "1":
        return Path(__file__).parents[2] / "docs" / "pictures"
    return tmp_path_factory.mktemp("pictures")
