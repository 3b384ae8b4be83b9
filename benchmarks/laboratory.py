"""The laboratory: how long until the first answer, proofs and checks beside native ones, and sizes.

    python -m benchmarks.laboratory [--out FILE]

The browser is headless. A cold start is one with a new profile; a warm one has the files in the browser's
cache. Throttling is Chromium's own, which slows the page's thread, not that of its worker, where Python runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from tests.browser.page import DESKTOP, PHONE, Window, start
from verified_grpo.laboratory.answering import answer, judged
from verified_grpo.laboratory.page import write_laboratory
from verified_grpo.laboratory.serving import served
from verified_grpo.work.files import write_bytes

from . import machine
from .timing import rounded

OUT = Path(__file__).parent / "laboratory.json"
ROUNDS = 3
THROTTLED = 4
LATER = ("sympy", "readers")
"""Files that are loaded for some questions alone."""
README = {"contrast": "mean-var", "beta": "5", "eps": "1e-5", "p_ref": "0.001"}
OMEGA = {"contrast": "expression", "omega": "1/(p + eps)", "beta": "0.04", "eps": "1e-4", "p_ref": "0.3"}
"""Its formulas are derived, which needs SymPy."""
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "mean-var, beta 5": README,
    "mean-std, beta 0.04": {"contrast": "mean-std", "beta": "0.04", "eps": "1e-4", "p_ref": "0.3"},
    "a group of 8, beta 0.04": {
        "contrast": "group", "group_size": "8", "beta": "0.04", "eps": "1e-4", "p_ref": "0.3",
    },
    "k3, a group of 8, beta 0.04": {
        "contrast": "group", "group_size": "8", "beta": "0.04", "eps": "1e-4", "p_ref": "0.3", "kl": "k3",
    },
    "a step of 0.05": {**README, "eps": "1e-4", "p_ref": "0.3", "step_size": "0.05"},
    "a verifier, systematic": {
        **README, "true_positive": "0.9", "false_positive": "0.1", "errors": "systematic",
    },
}  # fmt: skip
ANSWERED = "document.getElementById('status').className"
Timed = tuple[float, float, list[str]]
"""Seconds to prove, seconds to check, and what the checker said."""
IN_PAGE = """
const [question, done] = arguments, { python } = Laboratory;
(async () => {
  const { text, milliseconds } = await python.ask("answer", [question]);
  let checking = 0;
  const outcomes = [];
  for (const certificate of Object.values(JSON.parse(text).certificates)) {
    const said = await python.ask("judged", ["certificate.json"], new TextEncoder().encode(certificate));
    checking += said.milliseconds;
    outcomes.push(JSON.parse(said.text).outcome);
  }
  done([milliseconds / 1000, checking / 1000, outcomes]);
})();
"""
MAPPED = """
const question = arguments[0], begun = performance.now(), found = Shipped.answers(question);
const told = performance.now();
found.forEach(Shipped.picture);
return [told - begun, performance.now() - told];
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write one JSON; without a browser, only what needs none."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.laboratory", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args(arguments)
    before = round(os.getloadavg()[0], 1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_laboratory(folder)
        results: dict[str, Any] = {
            "command": "python -m benchmarks.laboratory",
            "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "machine": machine.facts(),
            "bytes": sizes(folder),
            "in the browser": _browsed(folder),
        }
    results["load before and after"] = [before, round(os.getloadavg()[0], 1)]
    write_bytes(asked.out, (json.dumps(results, indent=1) + "\n").encode())
    print(json.dumps(results, indent=1), file=sys.stderr)
    return 0


def sizes(folder: Path) -> dict[str, int]:
    """Of the whole folder, of what a first answer loads of it, and of this compressed."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    loaded = [data for path, data in files.items() if not path.name.startswith(LATER)]
    return {
        "on disk": sum(map(len, files.values())),
        "for a first answer": sum(map(len, loaded)),
        "the same, compressed": sum(len(gzip.compress(data, 6)) for data in loaded),
    }


def _browsed(folder: Path) -> dict[str, Any] | str:
    driver = start()
    if driver is None:
        return "no browser"
    window = Window(driver)
    try:
        with served(folder) as address:
            first = {name: _first(window, f"{address}#{urlencode(README)}") for name in ("cold", "warm")}
            mapped = [window.run(MAPPED, README) for _ in range(ROUNDS)]
            words, pictures = (rounded(min(times)) for times in zip(*mapped, strict=True))
            beside = {name: _beside(window, asked, folder) for name, asked in QUESTIONS.items()}
            first["an Omega of one's own"] = _first(window, f"{address}#{urlencode(OMEGA)}", mapped=False)
            driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": THROTTLED})
            throttled = _first(window, f"{address}#{urlencode(README)}", PHONE)
            first[f"telephone's size, throttled {THROTTLED} times"] = throttled
        return {
            "version": driver.capabilities["browserVersion"],
            "first answer, seconds": first,
            "from the maps, milliseconds": {"words": words, "pictures": pictures},
            "seconds": beside,
        }
    finally:
        driver.quit()


def _first(
    window: Window, place: str, size: tuple[int, int] = DESKTOP, *, mapped: bool = True
) -> dict[str, float]:
    """From the address to the maps' words, where they have some, and to the checker's."""
    begun = time.perf_counter()
    window.visit(place, size)
    found = {}
    if mapped:
        window.wait_for("document.querySelector('.mapped .banner')")
        found["from the maps"] = rounded(time.perf_counter() - begun)
    window.wait_for(f"{ANSWERED} === 'done'", 300)
    return {**found, "proved and checked": rounded(time.perf_counter() - begun)}


def _beside(window: Window, asked: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """One question in the page and natively by turns: the least of some."""
    turns = [(_in_page(window, asked), _natively(asked, folder / "c.json")) for _ in range(ROUNDS)]
    found: dict[str, Any] = {}
    for where, place in enumerate(("page", "native")):
        times = [turn[where] for turn in turns]
        found[place] = {
            "prove": rounded(min(one[0] for one in times)),
            "check": rounded(min(one[1] for one in times)),
        }
    outcomes = {outcome for turn in turns for where in turn for outcome in where[2]}
    return {**found, "outcomes": sorted(outcomes)}


def _in_page(window: Window, asked: Mapping[str, str]) -> Timed:
    proving, checking, outcomes = window.driver.execute_async_script(IN_PAGE, json.dumps(asked))
    return proving, checking, outcomes


def _natively(asked: Mapping[str, str], file: Path) -> Timed:
    begun = time.perf_counter()
    made = json.loads(answer(json.dumps(asked)))["certificates"]
    proving, checking, outcomes = time.perf_counter() - begun, 0.0, []
    for text in made.values():
        file.write_text(text)
        begun = time.perf_counter()
        outcomes.append(json.loads(judged(str(file)))["outcome"])
        checking += time.perf_counter() - begun
    return proving, checking, outcomes


if __name__ == "__main__":
    sys.exit(main())
