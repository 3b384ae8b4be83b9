"""The commands of a shell script as words: quotes, comments, lines that go on, arrays, defaults, and the
plain assignments of the script itself. Nothing is run.

A variable stands for what the script last assigned to it where no condition, loop or function stands between
(:mod:`.blocks`); ``${X:-1}`` is 1 where the script does not assign X, and that is said. Whatever else a word
refers to (the environment, the script's arguments, ``$(...)``) stays in the word with its ``$`` and the
reason, and is refused where that word is needed. A here document and ``eval`` are refused by their line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from ...errors import InputError
from .blocks import Blocks
from .words import Command, Hidden, Known, Word, joined, merged, silent, source_of

PLAIN = re.compile(r"[^\\'\"$`#\s<>();&|]+")
QUOTED = re.compile(r'[^"\\$`]+')
NAME = re.compile(r"([A-Za-z_]\w*|[0-9@*#?!$-])|\{([A-Za-z_]\w*|[0-9@*#])(\[[@*]\])?\}")
DEFAULT = re.compile(r"\{([A-Za-z_]\w*|[0-9])(:?[-=+])")
ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?)=(.*)", re.DOTALL)
ARRAY = re.compile(r"([A-Za-z_]\w*)\+?=")
FUNCTION = re.compile(r"\(\s*\)\s*")
SEPARATOR = re.compile(r"&&|\|\||;;&?|;&|\|&|[;&|\n)]")
LOOP = re.compile(r"\b(for|while|until|select)\b")
DECLARING = ("export", "local", "readonly", "declare", "typeset")
READING = ("read", "mapfile", "readarray", "getopts")
NESTED = 8


@dataclass
class _Word:
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


def commands(text: str) -> tuple[list[Command], tuple[str, ...]]:
    """The commands in the order of the script, and what was taken for granted; assignments are taken out.

    Raises:
        InputError: a quote or substitution that is not closed, a here document, an ``eval``, by the line.
    """
    text = text.replace("\\\r\n", "\\\n").replace("\r\n", "\n")
    loops = Blocks()
    if LOOP.search(text):
        _Script(text, loops).read()
    script = _Script(text, Blocks(loops.loops))
    script.read()
    return script.commands, tuple(script.assumed)


class _Script:
    """One reading of a script."""

    def __init__(self, text: str, blocks: Blocks, nested: int = 0) -> None:
        self.text, self.blocks, self.nested = text, blocks, nested
        self.place = 0
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.words: list[Word] = []
        self.arrays: dict[int, tuple[Word, ...]] = {}
        self.commands: list[Command] = []
        self.assumed: list[str] = []
        self.word: _Word | None = None
        self.drop = False
        self.before = ""

    @property
    def line(self) -> int:
        return bisect_left(self.breaks, self.place) + 1

    def read(self) -> None:
        while self.place < len(self.text):
            self._step()
        self._end_command("\n")

    def _open(self) -> _Word:
        if self.word is None:
            self.word = _Word(self.line)
        return self.word

    def _step(self, *, inside: bool = False) -> bool:
        """One piece of the text; whether it was the end of an array that is being read."""
        plain = PLAIN.match(self.text, self.place)
        if plain is not None:
            self._open().text += plain[0]
            self.place = plain.end()
            return False
        char = self.text[self.place]
        if char == "#" and self.word is None:
            end = self.text.find("\n", self.place)
            self.place = len(self.text) if end < 0 else end
        elif char == "\\":
            if self.text[self.place + 1 : self.place + 2] not in ("\n", ""):
                self._open().text += self.text[self.place + 1]
            self.place += 2
        elif char in "'\"":
            self._quoted(char)
        elif char in "$`":
            self._expand(quoted=False)
        elif char in " \t" or (inside and char == "\n"):
            self.place += 1
            self._end_word()
        elif inside and char == ")":
            self._end_word()
            self.place += 1
            return True
        elif char in "<>" or self.text.startswith("&>", self.place):
            self._redirect()
        elif char == "(":
            self._parenthesis()
        elif char in "\n;&|)":
            found = SEPARATOR.match(self.text, self.place)
            assert found is not None
            self._end_command(found[0])
            self.place = found.end()
        else:
            self._open().text += char
            self.place += 1
        return False

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

    # --- variables

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
        if not isinstance(value, Known):
            self._unknown(f"${written}", value.reason if value else source_of(name))
            self._open().spread |= bool(all_of) or name == "@"
        elif (value.array and all_of == "[@]") or (value.array and all_of and not quoted):
            self._spread(value.words)
        elif value.array:
            words = value.words if all_of else value.words[:1]
            self._open().take(joined(words, self.line))
        else:
            self._put(value, quoted=quoted)

    def _put(self, value: Known, *, quoted: bool) -> None:
        """A known value; outside quotes it falls apart at its blanks."""
        whole = joined(value.words, self.line)
        parts = whole.text.split()
        quoted = quoted or self._assigning
        if quoted or len(parts) < 2:
            if quoted or parts or self.word is not None:
                self._open().take(whole if quoted else Word("".join(parts), *_rest(whole)))
            return
        self._spread(tuple(Word(part, *_rest(whole)) for part in parts))

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
        if isinstance(value, Hidden):
            self._unknown("${" + name + how + fallback + "}", value.reason)
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
        inner = _Script(text.replace('"', ""), self.blocks, self.nested + 1)
        inner.place, inner.word = 0, _Word(1)
        while inner.place < len(inner.text):
            if inner.text[inner.place] in "$`":
                inner._expand(quoted=True)
            else:
                inner._open().text += inner.text[inner.place]
                inner.place += 1
        found = inner._open()
        return Word(found.text, self.line, (*supposed, *found.supposed), tuple(found.unknown), found.maybe)

    # --- words and commands

    def _parenthesis(self) -> None:
        """An array that is assigned, the head of a function, or a subshell."""
        if self.word is not None and ARRAY.fullmatch(self.word.text) and not self.word.quoted:
            self._array(self.word)
            return
        head = FUNCTION.match(self.text, self.place)
        if self.word is not None and head is not None:
            self.place = head.end()
            self.word = None
            self.words = []
            self.blocks.function()
            return
        self._end_command("(")
        self.place += 1

    def _array(self, word: _Word) -> None:
        outer, self.words, self.word = self.words, [], None
        dropped, self.drop = self.drop, False
        line = self.line
        self.place += 1
        while True:
            if self.place >= len(self.text):
                raise InputError(f"line {line}: not a command line: ( is not closed")
            if self._step(inside=True):
                break
        found, self.words, self.drop = tuple(self.words), outer, dropped
        self.word = word
        self.word.array = found

    def _redirect(self) -> None:
        """``> file``, ``2>&1``, ``< file``: what follows is no word of the command."""
        if re.compile(r"<<(?!<)").match(self.text, self.place):
            raise InputError(
                f"line {self.line}: a here document (<<) is not read: write the options of the command"
            )
        if self.text[self.place + 1 : self.place + 2] == "(":
            self.place += 2
            self._unknown(f"({self._balanced('()')})", "the output of a command")
            return
        if self.word is not None and self.word.text.isdigit():
            self.word = None
        self._end_word()
        while self.text[self.place : self.place + 1] in ("<", ">", "&"):
            self.place += 1
        self.drop = True

    def _end_word(self) -> None:
        if self.word is None:
            return
        if not self.drop:
            if self.word.array is not None:
                self.arrays[len(self.words)] = self.word.array
            self.words.append(self.word.done)
        self.word, self.drop = None, False

    def _end_command(self, separator: str) -> None:
        self._end_word()
        words, arrays = self.words, self.arrays
        self.words, self.arrays, self.drop = [], {}, False
        before, self.before = self.before, separator
        if separator == ")" and self.blocks.is_case and not _opens_case(words):
            return  # a pattern
        start = self.blocks.keywords([word.text for word in words])
        if start < len(words):
            conditional = before in ("&&", "||")
            self._command(words[start:], {k - start: a for k, a in arrays.items()}, conditional=conditional)
        if separator.startswith(";;") or separator == ";&":
            self.blocks.next_branch()
        if separator == "(":
            self.blocks.open("(")
        elif separator == ")":
            self.blocks.close("(")

    def _command(self, words: list[Word], arrays: dict[int, tuple[Word, ...]], *, conditional: bool) -> None:
        first = words[0]
        if first.text == "eval":
            raise InputError(f"line {first.line}: eval is not run: write the command out")
        if first.text in ("source", "."):
            what = words[1].text if len(words) > 1 else ""
            self.assumed.append(
                f"{what} (line {first.line}) is not read, and taken to set none of the settings."
            )
        skipped = 1 if first.text in DECLARING else 0
        while skipped and skipped < len(words) and words[skipped].text.startswith("-"):
            skipped += 1
        bare = words[skipped:]
        assigned = [ASSIGNMENT.fullmatch(word.text) for word in bare]
        if bare and (all(assigned) or skipped):
            for number, (word, found) in enumerate(zip(bare, assigned, strict=True)):
                if found is not None:
                    self._assign(word, found, arrays.get(number + skipped), conditional=conditional)
        elif first.text in READING:
            for word in words[1:]:
                self.blocks.assign(word.text, Hidden(f"${word.text} is read when the script runs"), word.line)
        elif first.text == "unset":
            for word in words[1:]:
                self.blocks.assign(word.text, Hidden(f"${word.text} is unset at line {word.line}"), word.line)
        else:
            at = next((k for k, found in enumerate(assigned) if found is None), len(words))
            self._keep(words[at:])  # without the environment that stands before a command

    def _keep(self, words: list[Word]) -> None:
        """A command; that of ``bash -c '...'`` is read as a script."""
        self.commands.append(Command(tuple(words), words[0].line))
        for shell, option, inner in zip(words, words[1:], words[2:], strict=False):
            if shell.text.rpartition("/")[2] in ("bash", "sh") and re.fullmatch(r"-\w*c", option.text):
                if self.nested > NESTED:
                    raise InputError(f"line {inner.line}: not a command line: nested too deeply")
                script = _Script(inner.text, Blocks(variables=dict(self.blocks.variables)), self.nested + 1)
                script.read()
                self.commands += [_moved(command, inner) for command in script.commands]

    def _assign(
        self, word: Word, found: re.Match[str], array: tuple[Word, ...] | None, *, conditional: bool
    ) -> None:
        name, adds = found[1], bool(found[2])
        if array is not None:
            new = Known(array, array=True)
        else:
            new = Known((Word(found[3], word.line, word.supposed, word.unknown, word.maybe),))
        self.blocks.assign(name, new, word.line, adds=adds, conditional=conditional)


def _rest(word: Word) -> tuple[int, tuple[str, ...], tuple[str, ...], str]:
    return word.line, word.supposed, word.unknown, word.maybe


def _opens_case(words: list[Word]) -> bool:
    return bool(words) and words[0].text == "case"


def _moved(command: Command, outer: Word) -> Command:
    """A command of an inner script, at the outer one's line."""
    words = tuple(
        Word(w.text, outer.line + w.line - 1, w.supposed, merged([w.unknown, outer.unknown]), w.maybe, w.free)
        for w in command.words
    )
    return Command(words, outer.line + command.line - 1)
