"""A configuration file as flat text: dotted keys, and values exactly as they are written. A regular file
only: a pipe or a device is refused, not waited for.

Numbers are never turned into binary floating point on the way: ``1e-5`` in a YAML file stays the text
``1e-5``. Nothing in a file is executed: YAML is read node by node with its tags refused, OmegaConf resolves
references between keys (``${gconfig.n_samples}``), and a value that asks for a resolver (``${oc.env:HOME}``)
is refused when it is needed.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML ships no types
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from ...errors import FileError, InputError
from .shell import commands

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
Telling = Callable[[Flat], bool]


@dataclass(frozen=True)
class Source:
    """What a file says.

    Attributes:
        values: the last value of each key.
        twice: options of a command that are given twice, with both values.
        assumed: what was taken for granted in reading, as sentences.
    """

    values: Flat
    twice: dict[str, tuple[str, str]] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()


def read_source(path: Path, text: str, telling: Telling) -> Source:
    """The keys and values of a file's text: YAML, JSON or commands, told apart by name and content.

    Args:
        telling: whether the options of a command are those of a training; a script may hold other commands.

    Raises:
        InputError: empty, not of its format, a tag, a key given twice, a script with several trainings.
    """
    if path.suffix.lower() == ".json" or text.lstrip().startswith("{"):
        return Source(_flat_json(path, text))
    if path.suffix.lower() in (".yaml", ".yml"):
        return Source(_flat_yaml(path, text))
    return _script(path, text, telling)


def _at_once(name: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def read_text(path: Path) -> str:
    """The text of a regular file.

    Raises:
        FileError: it could not be read.
        InputError: a pipe or a device, too large, not UTF-8, empty.
    """
    try:
        with open(path, "rb", opener=_at_once) as stream:
            regular = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
            data = stream.read(SIZE_LIMIT + 1) if regular else b""
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; expected a configuration file") from None
    except ValueError as error:
        raise InputError(f"{path}: {error}; expected a configuration file") from None
    if not regular:
        raise InputError(f"{path}: not a regular file; expected a configuration file")
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
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise InputError(f"{path}: the key {key!r} is given twice")
            found[key] = value
        return found

    try:
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({error})") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: a JSON object of settings is expected")
    return _once(path, _flatten(path, value))


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
    return _once(path, _resolved(path, plain))


def _once(path: Path, pairs: Iterator[tuple[str, str | None]]) -> Flat:
    """Nested and dotted spellings of one key must not stand side by side."""
    flat: Flat = {}
    for key, value in pairs:
        if key in flat:
            raise InputError(f"{path}: the key {key!r} is given twice")
        flat[key] = value
        if len(flat) > KEY_LIMIT:
            raise InputError(f"{path}: more than {KEY_LIMIT} values: not a configuration")
    return flat


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


def _script(path: Path, text: str, telling: Telling) -> Source:
    """The one command of a script that trains."""
    try:
        found = [_options(words) for words in commands(text)]
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    found = [source for source in found if source.values]
    if not found and "[@]}" in text:
        raise InputError(
            f"{path}: options that a script keeps in arrays (${{NAME[@]}}) are not read: write them out"
        )
    if not found:
        raise InputError(f"{path}: neither YAML (.yaml), JSON (.json) nor a command line with options")
    training = [source for source in found if telling(source.values)]
    if len(training) > 1:
        raise InputError(
            f"{path}: {len(training)} commands with options of a training: keep the one that is asked about"
        )
    chosen = training[0] if training else found[0]
    lost = [word for word in chosen.values if word.startswith("$")]
    if training and lost:
        raise InputError(
            f"{path}: the command takes {lost[0]}, which the file does not say: write its options"
        )
    return chosen


def _options(words: list[str]) -> Source:
    """``--key value ...``, ``--flag``, ``--key=value`` and Hydra's ``key=value`` of one command; a hyphen
    in an option's name is an underscore."""
    flat: Flat = {}
    twice: dict[str, tuple[str, str]] = {}
    assumed: list[str] = []
    place = 0
    while place < len(words):
        word, place = words[place], place + 1
        key, equals, value = word.lstrip("-+").partition("=")
        if re.fullmatch(r"\$(@|\*|\{@.*\})", word):
            assumed.append(f"The script's own arguments ({word}) are taken to be empty.")
            continue
        if word == "--":
            continue
        if word.startswith("--"):
            key = key.replace("-", "_")
            following = []
            while not equals and place < len(words) and not _is_option(words[place]):
                following.append(words[place])
                place += 1
            value = value if equals else " ".join(following) or "true"
        elif word.startswith("$") and flat:
            value = ""
        elif not equals or not re.fullmatch(r"~?[A-Za-z_][\w.]*", key):
            continue
        if key in flat and str(flat[key]).lower() != value.lower():
            twice[key] = (str(flat[key]), value)
        flat[key] = None if value in ("null", "~") else value
    return Source(flat, twice, tuple(assumed))


def _is_option(word: str) -> bool:
    return word.startswith(("--", "$@", "$*", "${@")) or bool(
        re.fullmatch(r"[~+]{0,2}[A-Za-z_]+(\.\w+)+=.*", word)
    )
