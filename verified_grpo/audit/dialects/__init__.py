"""How configuration files are read: each dialect in a file of its own, and nothing in a file is ever run.

YAML with its parents and dumps of it, JSON, TOML, Python programs and notebooks, shell scripts. Each gives
a :class:`Source`: dotted keys, values exactly as they are written (``1e-5`` stays the text ``1e-5``), where
each stands, and which of them only a run knows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ...errors import InputError
from .files import read_text
from .source import Flat, Source, Telling

__all__ = ["Flat", "Source", "Telling", "read_file"]

_CALL = re.compile(r"^[ \t]*(?:\w+\s*=\s*)?(?:\w+\.)?GRPOConfig\s*\(", re.MULTILINE)


def read_file(path: Path, telling: Telling) -> Source:
    """The settings of a file; the dialect is told by its name, and by its content.

    Args:
        telling: whether the options of a command are those of a training; a script may hold other commands.

    Raises:
        FileError: it could not be read.
        InputError: not a regular file, empty, too large, not of its dialect, and what each dialect refuses.
    """
    text = read_text(path)
    found = _read(path, text, telling)
    return found if found.text else replace(found, text=text)


def _read(path: Path, text: str, telling: Telling) -> Source:
    suffix = path.suffix.lower()
    if suffix == ".ipynb":
        from .notebooks import read_notebook

        return read_notebook(path, text)
    if suffix == ".py" or (suffix not in (".yaml", ".yml", ".sh", ".toml", ".json") and _CALL.search(text)):
        from .python_files import read_program

        return read_program(path, text)
    if suffix == ".toml":
        from .toml_files import read_toml

        return read_toml(path, text)
    if suffix == ".json" or text.lstrip().startswith("{"):
        from .json_files import read_json

        return read_json(path, text)
    if suffix in (".yaml", ".yml"):
        return _yaml(path, text)
    from .options import read_script

    return read_script(path, text, telling)


def _yaml(path: Path, text: str) -> Source:
    """A mapping with its parents, a dump of W&B, or a list of Hydra's overrides."""
    from .dumps import is_overrides, unwrapped
    from .inherited import with_parents
    from .options import read_overrides
    from .source import once
    from .yaml_files import resolved

    tree, lines, parents = with_parents(path, text)
    if is_overrides(tree):
        return read_overrides(path, tree, lines)
    if not isinstance(tree, dict):
        raise InputError(f"{path}: a YAML mapping of settings is expected")
    assumed = [f"Read with the files it begins from: {', '.join(parents)}."] if parents else []
    plain = unwrapped(tree)
    if plain is not None:
        assumed.append("A dump of W&B: each setting is what stands under its value.")
    flat = once(path, resolved(path, tree if plain is None else plain))
    places = {key: place for key in flat if (place := _place(lines, key, dumped=plain is not None))}
    return Source(flat, places, assumed=tuple(assumed))


def _place(lines: dict[str, str], key: str, *, dumped: bool) -> str:
    head, dot, rest = key.partition(".")
    return lines.get(f"{head}.value{dot}{rest}" if dumped else key, "")
