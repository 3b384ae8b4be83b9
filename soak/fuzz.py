"""Coverage-guided fuzzing (atheris) of everything that reads foreign bytes.

    python -m soak.fuzz TARGET [options of libFuzzer]     one target, until it is stopped or something breaks

`run` starts each target in a process of its own for its share of the budget and reads what it reports.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from .ledger import ROOT, Entry

FILES = (
    "verified_grpo/checker/*.py",
    "verified_grpo/intervals/exact.py",
    "verified_grpo/audit/*.py",
    "soak/fuzz.py",
)
LONGEST = 1 << 14
READERS = "verified_grpo.audit.configurations"


def certificate(data: bytes) -> None:
    """Whatever the bytes are, the answer is a verdict; as they are, and sealed anew where they are JSON."""
    check_bytes, reading = _checker()
    check_bytes(data)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(document, dict):
        try:
            document["digest"] = reading.digest(document)
            data = reading.canonical_bytes(document)
        except (ValueError, RecursionError):  # what JSON cannot say again
            return
        one, other = check_bytes(data), check_bytes(data, "rational")
        if one.outcome is not other.outcome:
            raise AssertionError(f"the arithmetics disagree: {one.code.value}, {other.code.value}")


def number(data: bytes) -> None:
    """Where the certificate's grammar takes a text, the suite's reads the same number from it."""
    from verified_grpo.checker.diagnostics import Fault
    from verified_grpo.checker.numbers import exact as strict
    from verified_grpo.errors import InputError
    from verified_grpo.intervals import canonical, exact

    text = data.decode("utf-8", "replace")
    try:
        lenient = exact(text)
    except InputError:
        lenient = None
    try:
        value = strict(text, "")
    except Fault:
        value = None
    if value is not None and lenient is not None and value != lenient:
        raise AssertionError(f"{text!r} is {value} and {lenient}")
    if lenient is not None and strict(canonical(lenient), "") != lenient:
        raise AssertionError(f"{text!r} is written as another number")


def configuration(data: bytes) -> None:
    """A configuration is read, or refused by the suite's own error."""
    from verified_grpo.errors import VerifiedGrpoError

    module = importlib.import_module(READERS)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".yaml", ".json"):
            path = Path(folder) / f"config{suffix}"
            path.write_bytes(data)
            try:
                module.read_configuration(path)
            except VerifiedGrpoError:
                continue


TARGETS: dict[str, Callable[[bytes], None]] = {
    "certificate": certificate,
    "number": number,
    "configuration": configuration,
}
SEEDS = {
    "certificate": ("tests/certificates/*/*.json", "reports/certificates/[!.]*.json"),
    "number": (),
    "configuration": ("tests/audit/**/*.yaml", "tests/audit/**/*.json", "tests/audit/**/*.yml"),
}
NUMBERS = ("0", "-1", "3/10", "0.04", "1e-5", "1.5e-10000", "-7/3", "12e20000", "1e5", " 2 ", "+.5", "-0")


def _checker() -> tuple[Callable[..., Any], ModuleType]:
    from verified_grpo.checker import check_bytes, reading

    return check_bytes, reading


def targets() -> tuple[str, ...]:
    """Those that exist: the configuration readers live in a room that may not be there."""
    try:
        present = hasattr(importlib.import_module(READERS), "read_configuration")
    except ImportError:
        present = False
    return tuple(name for name in TARGETS if name != "configuration" or present)


def run(entry: Entry, seed: int, budget: float) -> Iterator[str]:
    """Each target for its share of the budget, with a seed of its own each time."""
    rows = entry.setdefault("rows", {})
    names = targets()
    for name in names:
        row = rows.setdefault(name, {"turns": 0, "inputs": 0, "findings": []})
        done = _turn(name, seed + row["turns"], max(1, int(budget / len(names))))
        row["turns"] += 1
        row["inputs"] += _read(done, r"stat::number_of_executed_units:\s*(\d+)")
        row["branches"] = max(row.get("branches", 0), _read(done, r" cov: (\d+)"))
        if done.returncode:
            row["findings"].append((done.stdout + done.stderr)[-2000:])
        yield f"fuzz: {name}: {row['inputs']:,} inputs, {len(row['findings'])} findings"


def _turn(name: str, seed: int, seconds: int) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for k, data in enumerate(_seeds(name)):
            (corpus / str(k)).write_bytes(data)
        options = [f"-seed={seed + 1}", f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60"]
        command = [sys.executable, "-m", "soak.fuzz", name, *options, "-print_final_stats=1", str(corpus)]
        return subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds + 300,
            check=False,
            errors="replace",
        )


def _seeds(name: str) -> Iterator[bytes]:
    if name == "number":
        yield from (text.encode() for text in NUMBERS)
    for pattern in SEEDS[name]:
        yield from (path.read_bytes() for path in sorted(ROOT.glob(pattern)) if path.stat().st_size < LONGEST)


def _read(done: subprocess.CompletedProcess[str], pattern: str) -> int:
    found = re.findall(pattern, done.stdout + done.stderr)
    return int(found[-1]) if found else 0


def main(arguments: list[str]) -> None:
    """Hand over to libFuzzer, which does not come back."""
    atheris = importlib.import_module("atheris")  # an extra of its own, without types
    with atheris.instrument_imports(include=["verified_grpo"]):
        import verified_grpo.checker
        import verified_grpo.intervals  # noqa: F401
    atheris.Setup([sys.argv[0], *arguments[1:]], TARGETS[arguments[0]])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
