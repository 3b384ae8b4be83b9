"""A window of the browser: opening a page, what it asked for, what it complained of, a picture of it."""

from __future__ import annotations

import base64
import json
import shutil
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

DESKTOP, PHONE = (1280, 900), (390, 844)
DRIVER = shutil.which("chromedriver")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def start(*own: str) -> webdriver.Chrome | None:
    """A browser without a window, with arguments of one's own; None where it is not installed."""
    if not (DRIVER and BROWSER):
        return None
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", *own):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(120)
    return driver


class Window:
    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(
        self, page: Path, address: str = "", size: tuple[int, int] = DESKTOP, *, dark: bool = False
    ) -> None:
        """Open a file in a window of this size, with nothing left of the one before."""
        self.visit(page.as_uri() + address, size, dark=dark)

    def visit(self, address: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> None:
        """The same with an address."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.get("about:blank")
        self.log("browser")
        self.log("performance")
        self.driver.get(address)

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait_for(self, condition: str, seconds: float = 30) -> None:
        """Until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self.run(f"return !!({condition})"):
            assert time.monotonic() < end, f"never true: {condition}"
            time.sleep(0.02)

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.log("browser") if entry["level"] != "INFO"]

    def requests(self) -> list[str]:
        """The addresses that the page asked for, beside itself and what it carries."""
        found = []
        for entry in self.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        own = self.driver.current_url.partition("#")[0]
        return [url for url in found if url.partition("#")[0] != own and not url.startswith("data:")]

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def move_to(self, x: float, y: float, *, click: bool = False) -> None:
        """The pointer to a place in the window."""
        at = {"x": round(x), "y": round(y)}
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", **at})
        for kind in ("mousePressed", "mouseReleased") if click else ():
            button = {"type": kind, "button": "left", "clickCount": 1, **at}
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", button)

    def log(self, kind: str) -> list[dict[str, Any]]:
        """What was logged since the last look."""
        return list(self.driver.get_log(kind))  # type: ignore[no-untyped-call]  # selenium has no type for it

    def picture(self, path: Path) -> bytes:
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        data = base64.b64decode(shot["data"])
        path.parent.mkdir(parents=True, exist_ok=True)
        # So many colours are enough for a page, red words among black ones too, and make a small file.
        Image.open(BytesIO(data)).convert("RGB").quantize(256).save(path, optimize=True)
        return data
