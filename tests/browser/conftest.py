"""A browser for the tests that open pages: Debian's chromium, driven by its chromedriver.

Where it is missing the tests are skipped, but not where CI=true, which is to have it (`make browser`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.browser.page import Window

DRIVER = shutil.which("chromedriver")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    if not (DRIVER and BROWSER):
        missing = "no chromium with chromedriver here: make browser installs them"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(60)
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
