"""Python programs: the keywords of the one ``GRPOConfig(...)`` call. The program is parsed and never run.

A keyword's value is known where it is a literal, or a name that is bound once in the whole file, to a
literal; ``**settings`` is taken apart where it is a dictionary of such. ``arguments.beta = 0.1`` below the
call goes over the keyword. Everything else (``args.beta``, a function's result) only a run knows: the key is
marked so, with its line. A ``**`` that cannot be taken apart may set any key and is refused.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import InputError
from .arguments import ABSENT, default_of
from .source import Flat, Source
from .written import Names, Unknown, Written

CALLED = "GRPOConfig"
PARSERS = ("TrlParser", "HfArgumentParser", "H4ArgumentParser", "ArgumentParser")
TRAINERS = re.compile(r"\w*GRPOTrainer")
Place = Callable[[int], str]


def read_program(
    path: Path, text: str, place: Place | None = None, assumed: list[str] | None = None
) -> Source:
    """The settings that a program's call of ``GRPOConfig`` has.

    Args:
        place: the words for a line of the text.
        assumed: sentences to begin with.

    Raises:
        InputError: not Python, no such call or several, a ``**`` that only a run knows, a class of a library
            that is not TRL's.
    """
    place = place or (lambda line: f"line {line}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a program's own escapes are none of ours
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = f" at {place(error.lineno)}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(f"{path}: not Python{at}: {str(error).splitlines()[0]}") from None
    nodes = list(ast.walk(tree))
    calls = [node for node in nodes if isinstance(node, ast.Call) and _name(node.func) == CALLED]
    if len(calls) != 1:
        raise InputError(f"{path}: {_how_many(calls, nodes, place)}")
    program = _Program(path, text, place, Names(nodes, text), nodes)
    program.call(calls[0])
    program.changed_later(nodes, calls[0])
    program.rewards(nodes)
    told, said = _library(path, nodes, calls[0], place)
    return Source(
        program.values,
        program.origins,
        program.unsure,
        program.supposed,
        {},
        (*(assumed or ()), *said, *program.said),
        told,
        whole=bool(calls[0].keywords),
    )


def _name(node: ast.AST) -> str:
    """``GRPOConfig`` or ``trl.GRPOConfig``."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _how_many(calls: list[ast.Call], nodes: list[ast.AST], place: Place) -> str:
    """Why there is not one call to read."""
    if calls:
        lines = ", ".join(place(call.lineno) for call in sorted(calls, key=lambda call: call.lineno)[:5])
        return f"{len(calls)} calls of GRPOConfig(...) ({lines}): keep the one that is asked about"
    for node in nodes:
        if isinstance(node, ast.Call) and _name(node.func).endswith(CALLED):
            return f"{place(node.lineno)}: {_name(node.func)} is not GRPOConfig, and is not read"
        if isinstance(node, ast.Call) and _name(node.func) in PARSERS:
            return (
                f"a Python program whose settings come from a command line ({place(node.lineno)}: "
                f"{_name(node.func)}): {ELSEWHERE}"
            )
    return f"a Python program without a call of GRPOConfig(...): {ELSEWHERE}"


@dataclass
class _Program:
    """What is found in one program."""

    path: Path
    text: str
    place: Place
    names: Names
    nodes: list[ast.AST] = field(default_factory=list)
    supposed: dict[str, str] = field(default_factory=dict)
    values: Flat = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def call(self, call: ast.Call) -> None:
        """The keywords of the call, in their order."""
        for keyword in call.keywords:
            where = self.place(keyword.value.lineno)
            inside = self.names.written(keyword.value)
            if keyword.arg is not None:
                self.put(keyword.arg, inside, where)
                continue
            if not isinstance(inside, dict):
                raise InputError(
                    f"{self.path}: {where}: **{ast.unparse(keyword.value)[:40]} is not a dictionary that the "
                    "file writes out, and may set any key: write its settings into the call"
                )
            for key, value in inside.items():
                self.put(key, value, where)

    def put(self, key: str, value: Written, where: str) -> None:
        """One setting, with those inside it."""
        for old in [old for old in self.values if old == key or old.startswith(f"{key}.")]:
            del self.values[old]
            self.unsure.pop(old, None)
            self.supposed.pop(old, None)
        for name, inner in _leaves(key, value):
            self.origins[name] = where
            argument = inner.node if isinstance(inner, Unknown) else None
            default = None if argument is None else default_of(argument, self.names, self.nodes)
            if argument is not None and default is not None:
                self.put(name, self.names.written(default), where)
                self.supposed[name] = ABSENT.format(ast.unparse(argument))
            elif isinstance(inner, Unknown):
                self.values[name] = inner.text
                self.unsure[name] = f"{where}: {inner.text} is known only when the program runs"
            else:
                self.values[name] = inner

    def changed_later(self, nodes: list[ast.AST], call: ast.Call) -> None:
        """``arguments.beta = 0.1``, where ``arguments`` is what the call made."""
        made = {name for name, value in self.names.assigned() if value is call}
        stores: list[tuple[ast.Attribute, ast.expr | None]] = []
        for node in nodes:
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AugAssign | ast.AnnAssign):
                targets = [node.target]
            value = getattr(node, "value", None) if not isinstance(node, ast.AugAssign) else None
            stores += [(target, value) for target in targets if isinstance(target, ast.Attribute)]
            changes = isinstance(node, ast.Call) and _name(node.func) in ("setattr", "replace")
            first = node.args[:1] if isinstance(node, ast.Call) and changes else []
            if any(isinstance(word, ast.Name) and word.id in made for word in first):
                where = self.place(getattr(node, "lineno", 1))
                raise InputError(
                    f"{self.path}: {where}: the settings of the call are changed: write them into it"
                )
        for target, value in sorted(stores, key=lambda store: store[0].lineno):
            if isinstance(target.value, ast.Name) and target.value.id in made:
                sure = value is not None and self.names.is_plain(target)
                known = self.names.written(value) if sure and value else Unknown(ast.unparse(target))
                self.put(target.attr, known, self.place(target.lineno))
            elif target.attr in self.values and ast.unparse(target.value) != "self":
                where = self.place(target.lineno)
                self.unsure[target.attr] = f"{where}: {ast.unparse(target)[:40]} is set, too"

    def rewards(self, nodes: list[ast.AST]) -> None:
        """How many reward functions the trainer is given: several are summed."""
        for node in nodes:
            if not isinstance(node, ast.Call) or not TRAINERS.fullmatch(_name(node.func)):
                continue
            for keyword in node.keywords:
                if keyword.arg == "reward_funcs" and "reward_funcs" not in self.values:
                    self._reward(keyword.value)

    def _reward(self, node: ast.expr) -> None:
        where = self.place(node.lineno)
        found = self.names.written(node)
        if isinstance(found, list):
            for number, item in enumerate(found):
                self.values[f"reward_funcs.{number}"] = str(getattr(item, "text", item))
                self.origins[f"reward_funcs.{number}"] = where
        elif isinstance(found, Unknown) and not self.names.is_function(node):
            self.said.append(f"reward_funcs {found.text} ({where}) is taken to be one 0/1 reward.")


def _leaves(key: str, value: Written) -> Iterator[tuple[str, str | Unknown | None]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(f"{key}.{name}", item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(f"{key}.{number}", item)
    else:
        yield key, value


def _library(path: Path, nodes: list[ast.AST], call: ast.Call, place: Place) -> tuple[str, list[str]]:
    """Whose class it is, by the file's own imports."""
    name, roots = _name(call.func), set()
    for node in nodes:
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        roots |= {module.partition(".")[0] for module in modules}
        if isinstance(node, ast.ImportFrom) and name in [alias.asname or alias.name for alias in node.names]:
            origin = "." * node.level + (node.module or "")
            if origin.partition(".")[0] in OTHERS:
                raise InputError(
                    f"{path}: {place(node.lineno)}: {name} of {origin} is not TRL's: {ELSEWHERE}"
                )
            if origin.partition(".")[0] not in ("trl", "unsloth"):
                return _told(roots), [f"{name} of {origin} is taken to have TRL's keys and defaults."]
    return _told(roots), []


OTHERS = ("nemo_rl", "areal", "verl", "skyrl", "swift", "roll")
ELSEWHERE = "give the configuration file or the script that starts the run"


def _told(roots: set[str]) -> str:
    """The framework that a program trains with: those that build on TRL have defaults of their own."""
    return next((name for name in ("unsloth", "open_r1") if name in roots), "trl")
