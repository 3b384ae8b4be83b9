"""The blocks of a shell script (conditions, loops, functions, subshells), and what they leave certain.

Inside a block a variable stands for what the block assigned to it. Once the block, or the branch, is over,
nobody knows whether it ran: what it assigned is hidden, and what it added to an array may be absent. Where
the words that it may stand for are all known, they are kept: each may be absent, too. In a loop a variable
that its body assigns is hidden from the loop's first line on, since a later round sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ...errors import InputError
from .words import ABSENT, ARGUMENT, Hidden, Known, Value, alternatives, joined, uncertain

WORD_LIMIT = 5000
OPENING = ("if", "for", "while", "until", "case", "select")
LOOPS = ("for", "while", "until", "select")
BRANCHING = ("else", "elif")
CLOSING = {"fi": ("if",), "done": LOOPS, "esac": ("case",), "}": ("function", "{")}
LEADING = ("then", "do", "!", "time", *BRANCHING)


@dataclass
class _Block:
    kind: str
    number: int
    assigned: dict[str, int] = field(default_factory=dict)
    before: dict[str, Value | None] = field(default_factory=dict)


@dataclass
class Blocks:
    """The open blocks and the variables.

    Attributes:
        loops: the names that each loop assigns, by its number; known from a first reading.
        variables: what each assigned name stands for.
    """

    loops: dict[int, set[str]] = field(default_factory=dict)
    variables: dict[str, Value] = field(default_factory=dict)
    _stack: list[_Block] = field(default_factory=list)
    _count: int = 0
    _pending: bool = False

    @property
    def is_case(self) -> bool:
        return bool(self._stack) and self._stack[-1].kind == "case"

    @property
    def in_function(self) -> bool:
        """Whether ``$1`` and ``$@`` are a function's arguments here, not the script's."""
        return any(block.kind == "function" for block in self._stack)

    def function(self) -> None:
        """The next brace opens a function's body."""
        self._pending = True

    def open(self, kind: str) -> None:
        """A block begins."""
        self._count += 1
        self._stack.append(_Block(kind, self._count))
        if kind in LOOPS:
            for name in self.loops.get(self._count, ()):
                self.variables[name] = Hidden(f"${name} is assigned in a loop")

    def close(self, *kinds: str) -> None:
        """The innermost block ends, if it is of such a kind."""
        if self._stack and self._stack[-1].kind in kinds:
            block = self._stack.pop()
            if block.kind in LOOPS:
                self.loops.setdefault(block.number, set()).update(block.assigned)
            if block.kind != "{":
                self._hide(block)
            elif self._stack:
                self._stack[-1].assigned |= block.assigned
                self._stack[-1].before = {**block.before, **self._stack[-1].before}

    def next_branch(self) -> None:
        """``else``, ``;;``: what the branch before assigned is not certain any more."""
        if self._stack:
            self._hide(self._stack[-1])

    def _hide(self, block: _Block) -> None:
        what = {"function": "in a function", "(": "in a subshell", "if": "under a condition"}
        where = what.get(block.kind, "in a loop" if block.kind in LOOPS else "under a condition")
        branches = block.kind in ("if", "case")
        for name, line in block.assigned.items():
            old, new = block.before.get(name), self.variables.get(name)
            either = alternatives(old, new) if branches else None
            self.variables[name] = Hidden(f"${name} is assigned {where} (line {line})", either)
        outer = next((other for other in reversed(self._stack) if other is not block), None)
        if outer is not None:
            outer.assigned |= block.assigned
            outer.before = {**block.before, **outer.before}
        if self._stack and self._stack[-1] is block:
            block.assigned = dict(block.assigned) if block.kind in LOOPS else {}
            block.before = {}

    def keywords(self, words: Sequence[str]) -> int:
        """Follow the keywords that lead a command; how many words they are."""
        start = 0
        while start < len(words):
            word = words[start]
            if word in CLOSING:
                self.close(*CLOSING[word])
            elif word in OPENING:
                self.open(word)
                if word in ("for", "select") and start + 1 < len(words):
                    self.variables[words[start + 1]] = Hidden(f"${words[start + 1]} runs through a loop")
                if word in ("for", "select", "case"):
                    return len(words)
            elif word == "function":
                self.function()
                if "{" in words[start:]:
                    self.open("function")
                    self._pending = False
                return len(words)
            elif word == "{":
                self.open("function" if self._pending else "{")
                self._pending = False
            elif word in BRANCHING:
                self.next_branch()
            elif word not in LEADING:
                return start
            start += 1
        return start

    def assign(
        self, name: str, value: Value, line: int, *, adds: bool = False, conditional: bool = False
    ) -> None:
        """A variable is assigned, or added to."""
        before = self.variables.get(name)
        certain = not conditional and all(block.kind == "{" for block in self._stack)
        if isinstance(value, Known) and adds:
            value = self._added(name, before, value, line, certain=certain)
            if certain or isinstance(value, Known):
                self.variables[name] = value
                if isinstance(value, Known) and value.array:
                    return
        elif conditional and isinstance(value, Known):
            if self._by_arguments(name, value):
                return
            said = f"${name} is assigned under a condition (line {line})"
            value = Hidden(said, alternatives(before, value))
        elif self._stack and isinstance(value, Known) and self._by_arguments(name, value):
            return
        self.variables[name] = value
        if self._stack:
            self._stack[-1].assigned[name] = line
            self._stack[-1].before.setdefault(name, before)

    def _by_arguments(self, name: str, value: Known) -> bool:
        """A script's own arguments go over a default that it has; they are taken to be absent."""
        before = self.variables.get(name)
        if not isinstance(before, Known) or self.in_function:
            return False
        if not any(reason.endswith(ARGUMENT) for word in value.words for reason in word.unknown):
            return False
        words = (replace(word, supposed=(*word.supposed, ABSENT)) for word in before.words)
        self.variables[name] = Known(tuple(words), before.array)
        return True

    @staticmethod
    def _added(name: str, before: Value | None, value: Known, line: int, *, certain: bool) -> Value:
        if isinstance(before, Hidden):
            either = alternatives(before, value)
            return replace(before, either=either if value.array else None)
        old = () if before is None else before.words
        if value.array or (before is not None and before.array):
            new = (
                value.words if certain else uncertain(value.words, f"added at line {line} only in some runs")
            )
            if len(old) + len(new) > WORD_LIMIT:
                words = f"more than {WORD_LIMIT} words"
                raise InputError(f"line {line}: an array of {words}: not a configuration")
            return Known((*old, *new), array=True)
        if not certain:
            return Hidden(f"${name} is added to at line {line} only in some runs")
        whole = joined((*old, *value.words), line)
        text = "".join(word.text for word in (*old, *value.words))
        return Known((replace(whole, text=text),))
