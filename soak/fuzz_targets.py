"""What the fuzzer calls, one function for each reader; each raises where a reader breaks its promise.

    python -m soak.fuzz_targets TARGET [options of libFuzzer]     until it is stopped or something breaks

Nothing of the package is imported before atheris has its hooks in the imports: so every function here brings
what it needs.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

READERS = "verified_grpo.audit.configurations"


def certificate(data: bytes) -> None:
    """Whatever the bytes are, the answer is a verdict; as they are, and sealed anew where they are JSON."""
    check_bytes, reading = _checker()
    _no_fault(check_bytes(data))
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
        _no_fault(one)
        _no_fault(other)
        if one.outcome is not other.outcome:
            raise AssertionError(f"the arithmetics disagree: {one.code.value}, {other.code.value}")


def _no_fault(verdict: Any) -> None:
    """What the checker turns into a verdict of its own is a finding all the same."""
    if verdict.code.value == "checker-fault":
        raise AssertionError(verdict.message)


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
        for suffix in (".yaml", ".json", ".sh"):
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


def _checker() -> tuple[Callable[..., Any], ModuleType]:
    from verified_grpo.checker import check_bytes, reading

    return check_bytes, reading


def main(arguments: list[str]) -> None:
    """Hand over to libFuzzer, which does not come back."""
    atheris = importlib.import_module("atheris")  # an extra of its own, without types
    with atheris.instrument_imports(include=["verified_grpo"]):
        for module in (
            "verified_grpo.checker",
            "verified_grpo.checker.rational",
            "verified_grpo.intervals",
            READERS,
        ):
            importlib.import_module(module)
    atheris.Setup([sys.argv[0], *arguments[1:]], TARGETS[arguments[0]])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
