"""YAML that begins from another file: ``defaults: ../base.yaml`` as NeMo-RL reads it, or ``_base_``.

A parent is looked for beside the file that names it. Later parents go over earlier ones, the file goes over
all, mapping by mapping; a mapping with ``_override_: true`` replaces the parent's as a whole. Entries that
name no YAML file (Hydra's ``ppo_trainer``, ``_self_``) are left where they stand: the framework's table says
what follows from them. References between keys are resolved when all files are put together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...errors import FileError, InputError
from .files import read_text
from .yaml_files import plain_yaml

NAMING = ("defaults", "_base_")
GENERATIONS = 16

Lines = dict[str, str]


def with_parents(path: Path, text: str) -> tuple[Any, Lines, tuple[str, ...]]:
    """The tree of a file with its parents' values under its own; where each key stands; the parents' names.

    Raises:
        InputError: not YAML, a parent that is none, parents in a circle or too many.
    """
    return _read(path, text, (path.resolve(),), "")


def _read(path: Path, text: str, above: tuple[Path, ...], name: str) -> tuple[Any, Lines, tuple[str, ...]]:
    tree, numbers = plain_yaml(path, text)
    lines = {key: f"line {line} of {name}" if name else f"line {line}" for key, line in numbers.items()}
    if not isinstance(tree, dict):
        return tree, lines, ()
    base: dict[str, Any] = {}
    places: Lines = {}
    names: tuple[str, ...] = ()
    for word in [word for key in NAMING for word in _parents(tree, key)]:
        parent, under, further = _parent(path, word, above)
        base, places, names = _over(base, parent), {**places, **under}, (*names, word, *further)
    return _over(base, tree), {**places, **lines}, names


def _parents(tree: dict[str, Any], key: str) -> list[str]:
    """The YAML files that a file names as its parents; where all entries are such, the key is done with."""
    said = tree.get(key)
    words = said if isinstance(said, list) else [said]
    files = [word for word in words if isinstance(word, str) and word.lower().endswith((".yaml", ".yml"))]
    if files and len(files) == len(words):
        del tree[key]
        return files
    return []


def _parent(path: Path, word: str, above: tuple[Path, ...]) -> tuple[dict[str, Any], Lines, tuple[str, ...]]:
    parent = path.parent / word
    if parent.resolve() in above or len(above) > GENERATIONS:
        raise InputError(f"{path}: the parent file {word} leads back to itself, or too far")
    try:
        text = read_text(parent)
    except FileError:
        raise InputError(
            f"{path}: the parent file {word} is not there, and may set any key: put it beside this file"
        ) from None
    tree, lines, further = _read(parent, text, (*above, parent.resolve()), word)
    if not isinstance(tree, dict):
        raise InputError(f"{parent}: a YAML mapping of settings is expected")
    return tree, lines, further


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """One tree over another; lists are replaced as a whole."""
    result = dict(base)
    for key, value in own.items():
        before = result.get(key)
        replaced = isinstance(value, dict) and str(value.get("_override_", "")).lower() == "true"
        if isinstance(value, dict) and replaced:
            result[key] = {inner: item for inner, item in value.items() if inner != "_override_"}
        elif isinstance(value, dict) and isinstance(before, dict):
            result[key] = _over(before, value)
        else:
            result[key] = value
    return result
