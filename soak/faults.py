"""Faults planted in the prover, one at a time, in a copy of the package: who notices?

First the checker: the battery proves and re-checks its statements in the copy. Where every certificate is
accepted with the statement that the sound prover gives, the suite's tests are asked.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue
from typing import Any

from . import environments, fault_list, later_faults, step_faults
from .battery import REFUSED
from .fault_list import Fault
from .ledger import ROOT, Entry

FAULTS = (*fault_list.FAULTS, *later_faults.FAULTS, *step_faults.FAULTS)

FILES = ("verified_grpo/*/*.py", "soak/*fault*.py", "soak/battery*.py", "soak/environments.py")
ROOMS = ("verified_grpo", "proofs", "tests", "soak")
JOBS = 3
BATTERY_SECONDS, TESTS_SECONDS = 300, 1200
STALE = "the edit does not fit the code"
UNFINISHED = "a run of the tests"


def run(entry: Entry, faults: Sequence[Fault] = FAULTS) -> Iterator[str]:
    """Every fault whose outcome the ledger does not hold yet, each in a copy that no other one is using."""
    rows: dict[str, Any] = entry.setdefault("rows", {})
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(JOBS) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(JOBS):
            copies.put(_copy(Path(folder) / str(number)))
        first = copies.get()
        sound = entry["sound"] = entry.get("sound") or battery(first)
        copies.put(first)

        def judged(fault: Fault) -> dict[str, str]:
            copy = copies.get()
            try:
                return noticed(fault, copy, sound)
            finally:
                copies.put(copy)

        waiting = {pool.submit(judged, fault): fault for fault in faults if fault.what not in rows}
        for done in as_completed(waiting):
            fault = waiting[done]
            rows[fault.what] = {"file": fault.file, **done.result()}
            yield f"faults: {fault.what}: {rows[fault.what]['by']}"
    for name, row in environments.planted():
        rows[name] = row
        yield f"faults: {name}: {row['by']}"


def noticed(fault: Fault, copy: Path, sound: dict[str, str]) -> dict[str, str]:
    """Who notices a fault (`by`, "nobody" for an escape) and what he says."""
    path = copy / "verified_grpo" / fault.file
    original = path.read_text()
    if fault.old and original.count(fault.old) != 1:
        return {"by": "nobody", "says": STALE}
    faulty = original.replace(fault.old, fault.new) if fault.old else original + fault.new
    try:
        path.write_text(faulty)
        found = _by_battery(battery(copy, "--to-refusal"), sound)
        red: list[str] = []
        while found is None:
            path.write_text(faulty)
            failed = failures(copy, fault.tests, "-x", *(f"--deselect={test}" for test in red))
            if not failed:
                return {"by": "nobody", "says": ""}
            path.write_text(original)
            if failed[0].startswith(UNFINISHED) or not failures(copy, failed[:1]):
                found = {"by": "the suite", "says": failed[0].partition("[")[0]}
            red += failed[:1]  # it fails without the fault too
        return found
    finally:
        path.write_text(original)


def _by_battery(found: dict[str, str], sound: dict[str, str]) -> dict[str, str] | None:
    """The checker where it refuses a certificate, else the prover where a statement changed or is gone."""
    changed = {name: word for name, word in found.items() if word != sound.get(name)}
    refused = {name: word for name, word in changed.items() if word.startswith(REFUSED)}
    for by, which in (("the checker", refused), ("the prover itself", changed)):
        for name, word in which.items():
            kept = "another statement" if word.startswith("accepted") else word
            return {"by": by, "says": f"{name}: {kept}"}
    return None


def failures(copy: Path, tests: Sequence[str], *options: str) -> list[str]:
    """The names of the tests that fail in the copy; a run that does not end counts as one."""
    done = _python(copy, ["-m", "pytest", "-q", "-p", "no:cacheprovider", *options, *tests], TESTS_SECONDS)
    lines = [line.split(" ")[1] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines if lines or done.returncode == 0 else [f"{UNFINISHED}: exit {done.returncode}"]


def battery(copy: Path, *options: str) -> dict[str, str]:
    """What comes of the battery in a copy; an import that fails is one more finding. `--to-refusal` ends it
    with the first refused certificate, which tells who noticed: the sound prover's are all accepted."""
    done = _python(copy, ["-m", "soak.battery", *options], BATTERY_SECONDS)
    if done.returncode != 0:
        return {"the battery": f"stopped: {(done.stderr.strip().splitlines() or ['timeout'])[-1][:80]}"}
    found: dict[str, str] = json.loads(done.stdout)
    return found


def _python(copy: Path, arguments: Sequence[str], seconds: int) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    try:
        return subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, -1, "", "timeout")


def _copy(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
        _compile(folder / room)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _compile(room: Path) -> None:
    """Compiled once for all faults; each file goes by its hash, so that an edit within a second is seen."""
    compile_dir(room, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
