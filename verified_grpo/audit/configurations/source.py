"""A configuration file as flat text: dotted keys, and values exactly as they are written.

Numbers are never turned into binary floating point on the way: ``1e-5`` in a YAML file stays the text
``1e-5``. Nothing in a file is executed: YAML is read node by node with its tags refused, OmegaConf resolves
references between keys (``${gconfig.n_samples}``), and a value that asks for a resolver (``${oc.env:HOME}``)
is refused when it is needed.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML ships no types
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from ...errors import InputError

SIZE_LIMIT = 4 * 2**20
KEY_LIMIT = 20_000
NULLS = ("null", "Null", "NULL", "~", "")
_RESOLVER = re.compile(r"\$\{[^}]*:")
_REFUSED = "<a value that only a resolver can give>"
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "map", "seq", "merge", "timestamp")
}

Flat = dict[str, str | None]


def read_source(path: Path) -> Flat:
    """The keys and values of a file: YAML, JSON or the text of a command line, told apart by name and
    content.

    Raises:
        InputError: unreadable, empty, too large, not of its format, a tag, a key given twice.
    """
    text = _read(path)
    if path.suffix.lower() == ".json" or text.lstrip().startswith("{"):
        return _flat_json(path, text)
    if path.suffix.lower() in (".yaml", ".yml"):
        return _flat_yaml(path, text)
    return _flat_command(path, text)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; expected a configuration file") from None
    if len(data) > SIZE_LIMIT:
        raise InputError(f"{path}: larger than {SIZE_LIMIT} bytes: not a configuration")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not text in UTF-8") from None
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    return text


def _flat_json(path: Path, text: str) -> Flat:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise InputError(f"{path}: the key {twice[0]!r} is given twice")
        return dict(pairs)

    try:
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({error})") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: a JSON object of settings is expected")
    return dict(_flatten(path, value))


def _flat_yaml(path: Path, text: str) -> Flat:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or type(error).__name__
        raise InputError(f"{path}: not YAML{where}: {problem}") from None
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{path}: a YAML mapping of settings is expected")
    plain = _Reader(path).value(node)
    return dict(_resolved(path, plain))


class _Reader:
    """YAML nodes as mappings, lists and text; every node visited counts, so that aliases cannot multiply."""

    def __init__(self, path: Path) -> None:
        self.path, self.visited = path, 0

    def value(self, node: yaml.Node, depth: int = 0) -> Any:
        self.visited += 1
        if self.visited > KEY_LIMIT or depth > 100:
            raise InputError(f"{self.path}: more than {KEY_LIMIT} values, or nested too deeply")
        if node.tag not in _PLAIN_TAGS:
            line = node.start_mark.line + 1
            raise InputError(
                f"{self.path}: line {line}: the tag {node.tag!r} is not allowed (nothing was executed)"
            )
        if isinstance(node, yaml.ScalarNode):
            return None if node.style is None and node.value in NULLS else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.value(key_node, depth + 1)
            if not isinstance(key, str):
                raise InputError(
                    f"{self.path}: line {key_node.start_mark.line + 1}: a key must be plain text"
                )
            value = self.value(value_node, depth + 1)
            if key == "<<" and key_node.tag == "tag:yaml.org,2002:merge":
                for parent in value if isinstance(value, list) else [value]:
                    if isinstance(parent, dict):
                        merged = {**parent, **merged}
            elif key in result:
                line = key_node.start_mark.line + 1
                raise InputError(f"{self.path}: line {line}: the key {key!r} is given twice")
            else:
                result[key] = value
        return {**merged, **result}


def _resolved(path: Path, plain: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """References between keys put in by OmegaConf; one that cannot be resolved stays as it is written."""
    try:
        config = OmegaConf.create(_without_resolvers(plain))
    except (OmegaConfBaseException, ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}") from None
    assert isinstance(config, DictConfig)
    for key, value in _flatten(path, plain):
        if value is None or "${" not in value:
            yield key, value
            continue
        try:
            found = OmegaConf.select(config, key)
        except (OmegaConfBaseException, RecursionError, ValueError):
            found = None
        yield key, str(found) if isinstance(found, str | int) and _REFUSED not in str(found) else value


def _without_resolvers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_resolvers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_resolvers(item) for item in value]
    return _REFUSED if isinstance(value, str) and _RESOLVER.search(value) else value


def _flatten(path: Path, value: Any, prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Dotted keys in the order of the file; an empty mapping has none."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flatten(path, item, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _flatten(path, item, f"{prefix}.{number}")
    elif isinstance(value, bool):
        yield prefix, "true" if value else "false"
    else:
        yield prefix, None if value is None else str(value)


def _flat_command(path: Path, text: str) -> Flat:
    """``--key value``, ``--flag``, ``--key=value`` and Hydra's ``key=value`` from a command line's text."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    try:
        words = shlex.split("\n".join(lines).replace("\\\n", " "))
    except ValueError as error:
        raise InputError(f"{path}: not a command line: {error}") from None
    flat: Flat = {}
    place = 0
    while place < len(words):
        word, place = words[place], place + 1
        key, equals, value = word.lstrip("-+").partition("=")
        if word.startswith("--"):
            if not equals and place < len(words) and not _is_option(words[place]):
                value, place = words[place], place + 1
            elif not equals:
                value = "true"
        elif not equals or not re.fullmatch(r"[A-Za-z_][\w.]*", key):
            continue
        if key in flat and flat[key] != value:
            raise InputError(f"{path}: the option {key!r} is given twice, as {flat[key]} and as {value}")
        flat[key] = value
    if not flat:
        raise InputError(f"{path}: neither YAML (.yaml), JSON (.json) nor a command line with options")
    return flat


def _is_option(word: str) -> bool:
    return word.startswith("--") or bool(re.fullmatch(r"\+{0,2}[A-Za-z_]+(\.\w+)+=.*", word))
