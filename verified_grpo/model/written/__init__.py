"""What SymPy derived, written down: no answer waits for SymPy, and none needs it.

A program is found by its contrast and its name. ``python -m verified_grpo.model.deriving`` writes the files;
a contrast or a group size that is not written down is derived when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from ..contrasts import Contrast
from ..program import Instruction, Program

FOLDER = Path(__file__).parent
WITH_CONSTANT = ("const", "power")
PROFILE, OMEGA = "approx_profile", "approx_omega"
"""What a module's guesses begin with: of contrast and slope, and of the contrast alone."""

Guess = Callable[[Any, Any], tuple[Any, Any]]


def program(name: str, contrast: Contrast | None = None) -> Program | None:
    """A program of the recursion, or of one contrast, if it is written down."""
    file, entry = ("recursion", "") if contrast is None else (contrast.name, key(contrast))
    text = _read(file).get(entry, {}).get(name)
    return None if text is None else _program(text)


def guess(contrast: Contrast) -> Guess | None:
    """``(t, eps) -> (Omega, b)`` in floats, if it is written down."""
    found: Guess | None = _guess(contrast, PROFILE)
    return found


def omega_guess(contrast: Contrast) -> Callable[[Any, Any], Any] | None:
    """``(t, eps) -> Omega`` in floats, bit for bit that of :func:`guess`, if it is written down."""
    found: Callable[[Any, Any], Any] | None = _guess(contrast, OMEGA)
    return found


def _guess(contrast: Contrast, of: str) -> Any:
    if not (FOLDER / f"{contrast.name}.json").exists():
        return None
    module = import_module(f".{module_name(contrast.name)}", __name__)
    return getattr(module, guess_name(contrast, of), None)


@cache
def _read(file: str) -> Mapping[str, Mapping[str, Any]]:
    path = FOLDER / f"{file}.json"
    found: dict[str, dict[str, Any]] = json.loads(path.read_bytes()) if path.exists() else {}
    return found


def _program(text: Mapping[str, str]) -> Program:
    instructions = tuple(_instruction(*line.split()) for line in text["instructions"].split(", "))
    return Program(tuple(text["inputs"].split()), instructions, tuple(map(int, text["outputs"].split())))


def _instruction(operation: str, *words: str) -> Instruction:
    if operation not in WITH_CONSTANT:
        return Instruction(operation, tuple(map(int, words)))
    constant = int(words[-1]) if operation == "power" else Fraction(words[-1])
    return Instruction(operation, tuple(map(int, words[:-1])), constant)


def as_text(programs: Mapping[str, Mapping[str, Program]]) -> str:
    """The programs of one file, a line each."""
    entries = []
    for entry, of_one in programs.items():
        lines = [f"  {json.dumps(name)}: {json.dumps(_as_words(made))}" for name, made in of_one.items()]
        entries.append(f" {json.dumps(entry)}: {{\n" + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _as_words(made: Program) -> dict[str, str]:
    instructions = [
        " ".join(
            map(str, (i.operation, *i.arguments, *([i.constant] if i.operation in WITH_CONSTANT else [])))
        )
        for i in made.instructions
    ]
    return {
        "inputs": " ".join(made.inputs),
        "instructions": ", ".join(instructions),
        "outputs": " ".join(map(str, made.outputs)),
    }


def key(contrast: Contrast) -> str:
    """A contrast's own parameters: ``8-1`` of a group, nothing of most."""
    return "-".join(map(str, contrast.own.values()))


def module_name(name: str) -> str:
    """The module of a contrast's guesses."""
    return name.replace("-", "_")


def guess_name(contrast: Contrast, of: str = PROFILE) -> str:
    """The function in it."""
    return "_".join([of, *map(str, contrast.own.values())])
