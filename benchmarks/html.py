"""HTML and PDF: how large, how fast to make, how fast to open, how smooth.

    python -m benchmarks.html [--out FILE]

Atlases of 2,000, 20,000 and 200,000 cells are made up for the purpose (their cells are cut along curves, as
the real one's are); reports are those of the certificates in `reports/`. The browser is headless and draws
without a graphics card, so a desk's machine is faster.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser.atlases import atlas, page
from tests.browser.page import Window, start
from verified_grpo.answers.statements.cases import main_cases
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import Document
from verified_grpo.report.html import html
from verified_grpo.report.markdown import markdown
from verified_grpo.report.typesetting import pdf
from verified_grpo.work.files import write_bytes

from . import machine

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).parent / "results-html.json"
CELLS = (2_000, 20_000, 200_000)
READY = "document.querySelector('.atlas')?.dataset.ready === 'yes'"
FRAMES = """
const done = arguments[1], {x, y} = document.querySelector(".atlas").explorer, times = [];
const [a, b, c, d] = [x.start, x.end, y.start, y.end], w = b - a, h = d - c;
function frame() {
  times.push(performance.now());
  const n = times.length, s = 0.97 ** n;
  if (n > 90) {
    const gaps = times.slice(1).map((t, k) => t - times[k]).sort((p, q) => p - q);
    x.setv({start: a, end: b}); y.setv({start: c, end: d});
    done([1000 * gaps.length / (times.at(-1) - times[0]), gaps[Math.floor(0.95 * gaps.length)]]);
  } else {
    if (arguments[0] === "pan") x.setv({start: a + w * n / 90, end: b + w * n / 90});
    else { x.setv({start: a + 0.4 * w * (1 - s), end: a + 0.4 * w * (1 - s) + w * s});
           y.setv({start: c + 0.4 * h * (1 - s), end: c + 0.4 * h * (1 - s) + h * s}); }
    requestAnimationFrame(frame);
  }
}
frame();
""".replace("arguments[0]", "kind").replace("const done", "const kind = arguments[0], done", 1)

SAYING = """
const {tree, describe} = document.querySelector('.atlas').explorer, times = [];
for (let n = 0; n < 300; n++) {
  const k = tree.leaves[Math.floor((n + 0.5) / 300 * tree.leaves.length)], t = performance.now();
  describe(k);
  times.push(performance.now() - t);
}
return times.sort((a, b) => a - b)[284];
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write one JSON; without a browser, only what needs none."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.html", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cells", type=int, nargs="+", default=CELLS)
    asked = parser.parse_args(arguments)
    before = round(os.getloadavg()[0], 1)
    results: dict[str, Any] = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": machine.facts(),
        "reports": {name: _report(name) for name in ("report", "paper")},
        "atlases": _atlases(asked.cells),
    }
    results["load before and after"] = [before, round(os.getloadavg()[0], 1)]
    write_bytes(asked.out, (json.dumps(results, indent=1) + "\n").encode())
    print(json.dumps(results["atlases"], indent=1), file=sys.stderr)
    return 0


def _report(name: str) -> dict[str, Any]:
    """Seconds to read and check, to lay out with figures, and to write each format."""
    own = set(main_cases())
    files = [
        file
        for file in sorted((ROOT / "reports" / "certificates").glob("[a-z]*.json"))
        if (file.stem in own) == (name == "report")
    ]
    checking, certificates = _timed(lambda: [read_certificate(file) for file in files])
    layout, document = _timed(lambda: report_document(certificates, name))
    writers: dict[str, Callable[[Document], bytes]] = {
        "md": lambda d: markdown(d, "figures").encode(),
        "html": lambda d: html(d).encode(),
        "pdf": pdf,
    }
    found: dict[str, Any] = {"certificates": len(files), "check": checking, "lay out and draw": layout}
    for form, write in writers.items():
        seconds, data = _timed(lambda write=write: write(document))  # type: ignore[misc]
        found[form] = {"seconds": seconds, "bytes": len(data)}
    return found


def _atlases(cells: Sequence[int]) -> dict[str, Any] | str:
    driver = start()
    if driver is None:
        return "no browser"
    window = Window(driver)
    try:
        with TemporaryDirectory() as folder:
            return {str(count): _atlas(window, Path(folder) / f"{count}.html", count) for count in cells}
    finally:
        driver.quit()


def _atlas(window: Window, path: Path, count: int) -> dict[str, Any]:
    certificate = atlas(count)
    seconds, text = _timed(lambda: page(certificate))
    path.write_text(text)
    begun = time.perf_counter()
    window.open(path)
    window.wait_for(READY, 60)
    opened = time.perf_counter() - begun
    time.sleep(0.5)
    draw = "const e = document.querySelector('.atlas').explorer, t = performance.now(); e.draw();"
    found: dict[str, Any] = {
        "bytes": len(text),
        "seconds to make the page": seconds,
        "seconds to open": round(opened, 3),
        "milliseconds to draw all": round(window.run(f"{draw} return performance.now() - t"), 1),
    }
    found["milliseconds to say what a cell proves (95 %)"] = round(window.run(SAYING), 2)
    for kind in ("pan", "zoom"):
        rate, slow = window.driver.execute_async_script(FRAMES, kind)
        found[kind] = {"frames a second": round(rate, 1), "slow frame, ms (95 %)": round(slow, 1)}
    return found


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = work()
    return round(time.perf_counter() - begun, 3), result


if __name__ == "__main__":
    sys.exit(main())
