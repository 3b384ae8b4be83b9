"""YAML, read node by node: every value is the text that stands there, every key keeps its line.

Tags are refused, so nothing is executed. OmegaConf resolves references between keys
(``${gconfig.n_samples}``); a value that asks for a resolver (``${oc.env:HOME}``) is refused when it is
needed. Parents that a file names are in :mod:`.inherited`; dumps that wrap each value in :mod:`.dumps`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML ships no types
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from ...errors import InputError
from .source import KEY_LIMIT, flatten

DEPTH_LIMIT = 100
NULL = "tag:yaml.org,2002:null"
_RESOLVER = re.compile(r"\$\{[^}]*:")
_REFUSED = "<a value that only a resolver can give>"
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "map", "seq", "merge", "timestamp")
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def plain_yaml(path: Path, text: str) -> tuple[Any, dict[str, int]]:
    """Mappings, lists and text (None for null) of a YAML text, and the line of each dotted key.

    Raises:
        InputError: not YAML, a tag, a key given twice, too many values or too deep.
    """
    try:
        _look_at_size(path, text)
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or type(error).__name__
        raise InputError(f"{path}: not YAML{where}: {problem}") from None
    reader = _Reader(path)
    return (None if node is None else reader.value(node, "")), reader.lines


def _look_at_size(path: Path, text: str) -> None:
    """Before a tree is built: a parser's events come one by one, however deep the text nests."""
    depth = count = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        count += isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        if depth > DEPTH_LIMIT or count > 2 * KEY_LIMIT:
            raise InputError(f"{path}: more than {KEY_LIMIT} values, or nested too deeply")


class _Reader:
    """YAML nodes as mappings, lists and text; every node visited counts, so that aliases cannot multiply."""

    def __init__(self, path: Path) -> None:
        self.path, self.visited = path, 0
        self.lines: dict[str, int] = {}

    def value(self, node: yaml.Node, name: str, depth: int = 0) -> Any:
        self.visited += 1
        if self.visited > 2 * KEY_LIMIT or depth > DEPTH_LIMIT:
            raise InputError(f"{self.path}: more than {KEY_LIMIT} values, or nested too deeply")
        line = node.start_mark.line + 1
        if node.tag not in _PLAIN_TAGS:
            raise InputError(
                f"{self.path}: line {line}: the tag {node.tag!r} is not allowed (nothing was executed)"
            )
        self.lines[name] = line
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == NULL else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, f"{name}.{k}", depth + 1) for k, item in enumerate(node.value)]
        return self._mapping(node, name, depth)

    def _mapping(self, node: yaml.Node, name: str, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self.value(key_node, "", depth + 1)
            if not isinstance(key, str):
                raise InputError(f"{self.path}: line {line}: a key must be plain text")
            merging = key == "<<" and key_node.tag == "tag:yaml.org,2002:merge"
            inner = name if merging else f"{name}.{key}" if name else key
            value = self.value(value_node, inner, depth + 1)
            if merging:
                for parent in value if isinstance(value, list) else [value]:
                    if isinstance(parent, dict):
                        merged = {**parent, **merged}
            elif key in result:
                raise InputError(f"{self.path}: line {line}: the key {key!r} is given twice")
            else:
                result[key] = value
        return {**merged, **result}


def resolved(path: Path, plain: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """References between keys put in by OmegaConf; one that cannot be resolved stays as it is written.

    Raises:
        InputError: keys that OmegaConf has no place for.
    """
    pairs = list(flatten(plain))
    if not any(value is not None and "${" in value for _, value in pairs):
        yield from pairs
        return
    try:
        config = OmegaConf.create(_without_resolvers(plain))
    except (OmegaConfBaseException, ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}") from None
    assert isinstance(config, DictConfig)
    for key, value in pairs:
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
