"""The words of a shell script while they are read: quotes, variables, defaults; see :mod:`.shell`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import InputError
from .blocks import Blocks
from .words import (
    OF_FUNCTION,
    POSITIONAL,
    Command,
    Hidden,
    Known,
    Word,
    joined,
    merged,
    silent,
    source_of,
    uncertain,
)

QUOTED = re.compile(r'[^"\\$`]+')
NAME = re.compile(r"([A-Za-z_]\w*|[0-9@*#?!$-])|\{([A-Za-z_]\w*|[0-9@*#])(\[[@*]\])?\}")
DEFAULT = re.compile(r"\{([A-Za-z_]\w*|[0-9])(:?[-=+])")
ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?)=(.*)", re.DOTALL)
DECLARING = ("export", "local", "readonly", "declare", "typeset")
NESTED = 8


@dataclass
class Draft:
    """A word while it is read."""

    line: int
    text: str = ""
    supposed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    maybe: str = ""
    piece: str = ""
    spread: bool = False
    quoted: bool = False
    array: tuple[Word, ...] | None = None

    def take(self, word: Word) -> None:
        """Put another word's text at the end."""
        self.text += word.text
        self.supposed += word.supposed
        self.unknown += word.unknown
        self.maybe = self.maybe or word.maybe

    @property
    def done(self) -> Word:
        free = self.spread or (not self.quoted and self.text == self.piece != "")
        return Word(
            self.text,
            self.line,
            merged([tuple(self.supposed)]),
            merged([tuple(self.unknown)]),
            self.maybe,
            free,
        )


class Reader:
    """A script, the place in it, and the word that is open there."""

    def __init__(self, text: str, blocks: Blocks, nested: int = 0, folder: Path | None = None) -> None:
        self.text, self.blocks, self.nested, self.folder = text, blocks, nested, folder
        self.place = 0
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.words: list[Word] = []
        self.arrays: dict[int, tuple[Word, ...]] = {}
        self.commands: list[Command] = []
        self.assumed: list[str] = []
        self.word: Draft | None = None
        self.drop = False
        self.before = ""

    @property
    def line(self) -> int:
        return bisect_left(self.breaks, self.place) + 1

    def _open(self) -> Draft:
        if self.word is None:
            self.word = Draft(self.line)
        return self.word

    def _until(self, end: str) -> str:
        close = self.text.find(end, self.place)
        if close < 0:
            raise InputError(f"line {self.line}: not a command line: {end} is not closed")
        found, self.place = self.text[self.place : close], close + 1
        return found

    def _balanced(self, pair: str) -> str:
        """Up to the parenthesis or brace that closes one that was opened; quoted ones do not count."""
        start, line, depth = self.place, self.line, 1
        while depth:
            if self.place >= len(self.text):
                raise InputError(f"line {line}: not a command line: {pair[0]} is not closed")
            char = self.text[self.place]
            self.place += 1
            if char == "\\":
                self.place += 1
            elif char == "'" and pair == "()":
                self._until("'")
            else:
                depth += {pair[0]: 1, pair[1]: -1}.get(char, 0)
        return self.text[start : self.place - 1]

    def _quoted(self, quote: str) -> None:
        word, line = self._open(), self.line
        word.quoted = True
        self.place += 1
        if quote == "'":
            word.text += self._until("'")
            return
        while True:
            run = QUOTED.match(self.text, self.place)
            if run is not None:
                word.text += run[0]
                self.place = run.end()
            if self.place >= len(self.text):
                raise InputError(f'line {line}: not a command line: " is not closed')
            char = self.text[self.place]
            if char == '"':
                self.place += 1
                return
            if char == "\\":
                following = self.text[self.place + 1 : self.place + 2]
                word.text += (
                    {"\n": ""}.get(following, following) if following in '"\\$`\n' else char + following
                )
                self.place += 2
            else:
                self._expand(quoted=True)
                word = self._open()

    def _expand(self, *, quoted: bool) -> None:
        """What stands after ``$``: put in if the script says what it is, else left as it is written."""
        if self.text[self.place] == "`":
            self.place += 1
            self._unknown(f"`{self._until('`')}`", "the output of a command")
            return
        self.place += 1
        rest = self.text[self.place : self.place + 80]
        default, name = DEFAULT.match(rest), NAME.match(rest)
        if rest.startswith("("):
            self.place += 1
            self._unknown(f"$({self._balanced('()')})", "the output of a command")
        elif default is not None:
            self.place += default.end()
            self._with_default(default[1], default[2], self._balanced("{}"), quoted=quoted)
        elif name is not None:
            self.place += name.end()
            self._variable(name[1] or name[2], name[0], name[3], quoted=quoted)
        elif rest.startswith("{"):
            self.place += 1
            self._unknown("${" + self._balanced("{}") + "}", "what is made of a variable")
        else:
            self._open().text += "$"

    def _unknown(self, text: str, reason: str) -> None:
        word = self._open()
        word.text += text
        word.unknown.append(reason)
        word.piece = text

    def _variable(self, name: str, written: str, all_of: str | None, *, quoted: bool) -> None:
        value = self.blocks.variables.get(name)
        either = value.either if isinstance(value, Hidden) else None
        if isinstance(value, Hidden) and either is not None and self._are_options(either, all_of, quoted):
            self._spread(uncertain(either, value.reason))
        elif not isinstance(value, Known):
            of_function = self.blocks.in_function and POSITIONAL.fullmatch(name)
            reason = OF_FUNCTION if of_function else source_of(name)
            self._unknown(f"${written}", value.reason if value else reason)
            self._open().spread |= bool(all_of) or name == "@"
        elif (value.array and all_of == "[@]") or (value.array and all_of and not quoted):
            self._spread(value.words)
        elif value.array:
            words = value.words if all_of else value.words[:1]
            self._open().take(joined(words, self.line))
        else:
            self._put(value, quoted=quoted)

    def _are_options(self, words: tuple[Word, ...], all_of: str | None, quoted: bool) -> bool:
        """Whether a variable is all of a word of a command, and stands for options, any number of them."""
        several = all_of == "[@]" or not quoted
        alone = bool(self.words) and (self.word is None or not self.word.text)
        end = self.text[self.place + quoted : self.place + quoted + 1]
        options = not words or any(word.text.startswith("-") or "=" in word.text for word in words)
        return several and alone and options and (not end or end.isspace() or end == ")")

    def _put(self, value: Known, *, quoted: bool) -> None:
        """A known value; outside quotes it falls apart at its blanks."""
        whole = joined(value.words, self.line)
        parts = whole.text.split()
        quoted = quoted or self._assigning
        if quoted:
            self._open().take(whole)
            return
        if whole.text[:1].isspace():
            self._end_word()
        if parts or self.word is not None:
            self._spread(tuple(Word(part, *_rest(whole)) for part in parts or [""]))
        if parts and whole.text[-1:].isspace():
            self._end_word()

    @property
    def _assigning(self) -> bool:
        """Whether the word is an assignment, whose value does not fall apart."""
        before = self.words[1:] if self.words and self.words[0].text in DECLARING else self.words
        return (
            self.word is not None
            and ASSIGNMENT.match(self.word.text) is not None
            and all(ASSIGNMENT.match(word.text) for word in before)
        )

    def _spread(self, words: tuple[Word, ...]) -> None:
        """Several words in the place of one."""
        for number, word in enumerate(words):
            if number:
                self._end_word()
            self._open().take(word)
        if self.word is not None and not self.word.text and not words:
            self.word = None

    def _with_default(self, name: str, how: str, fallback: str, *, quoted: bool) -> None:
        """``${X:-1}``, ``${X:=1}``, ``${X:+1}``."""
        value = self.blocks.variables.get(name)
        of_function = self.blocks.in_function and POSITIONAL.fullmatch(name)
        if isinstance(value, Hidden) or of_function:
            reason = value.reason if isinstance(value, Hidden) else OF_FUNCTION
            self._unknown("${" + name + how + fallback + "}", reason)
            return
        has = value is not None and (not how.startswith(":") or any(word.text for word in value.words))
        supposed = () if value is not None else (silent(name),)
        if has is how.endswith("+"):
            taken = Known((self._inner(fallback, supposed),))
        else:
            taken = value if has and value is not None else Known((Word("", self.line, supposed),))
        if how.endswith("=") and not has:
            self.blocks.assign(name, taken, self.line)
        self._put(taken, quoted=quoted)

    def _inner(self, text: str, supposed: tuple[str, ...]) -> Word:
        """The text of a default, with what it refers to itself."""
        if self.nested > NESTED:
            raise InputError(f"line {self.line}: not a command line: defaults nested too deeply")
        inner = type(self)(text.replace('"', ""), self.blocks, self.nested + 1)
        inner.place, inner.word = 0, Draft(1)
        while inner.place < len(inner.text):
            if inner.text[inner.place] in "$`":
                inner._expand(quoted=True)
            else:
                inner._open().text += inner.text[inner.place]
                inner.place += 1
        found = inner._open()
        return Word(found.text, self.line, (*supposed, *found.supposed), tuple(found.unknown), found.maybe)

    def _end_word(self) -> None:
        if self.word is None:
            return
        if not self.drop:
            if self.word.array is not None:
                self.arrays[len(self.words)] = self.word.array
            self.words.append(self.word.done)
        self.word, self.drop = None, False


def _rest(word: Word) -> tuple[int, tuple[str, ...], tuple[str, ...], str]:
    return word.line, word.supposed, word.unknown, word.maybe
