"""The commands of a shell script as words: quotes, comments, lines that go on, arrays, defaults, and the
plain assignments of the script itself. Nothing is run.

A variable stands for what the script last assigned to it where no condition, loop or function stands between
(:mod:`.blocks`); ``${X:-1}`` is 1 where the script does not assign X, and that is said. Whatever else a word
refers to (the environment, the script's arguments, ``$(...)``) stays in the word with its ``$`` and the
reason, and is refused where that word is needed. A here document and ``eval`` are refused by their line.
"""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import InputError
from .blocks import Blocks
from .files import sourced
from .reader import ASSIGNMENT, DECLARING, NESTED, Draft, Reader
from .words import Command, Hidden, Known, Word, merged

PLAIN = re.compile(r"[^\\'\"$`#\s<>();&|]+")
ARRAY = re.compile(r"([A-Za-z_]\w*)\+?=")
FUNCTION = re.compile(r"\(\s*\)\s*")
SEPARATOR = re.compile(r"&&|\|\||;;&?|;&|\|&|[;&|\n)]")
HERE = re.compile(r"<<(?!<)")
TWICE = re.compile(r"\b(for|while|until|select|source)\b|^\s*\.\s", re.MULTILINE)
"""Where there may be a loop: what its body assigns is known from a first reading."""
READING = ("read", "mapfile", "readarray", "getopts")


def commands(text: str, folder: Path | None = None) -> tuple[list[Command], tuple[str, ...]]:
    """The commands in the order of the script, and what was taken for granted; assignments are taken out.

    Args:
        folder: where files that the script sources are looked for.

    Raises:
        InputError: a quote or substitution that is not closed, a here document, an ``eval``, by the line.
    """
    text = text.replace("\\\r\n", "\\\n").replace("\r\n", "\n")
    loops = Blocks()
    if TWICE.search(text):
        _Script(text, loops, folder=folder).read()
    script = _Script(text, Blocks(loops.loops), folder=folder)
    script.read()
    return script.commands, tuple(script.assumed)


class _Script(Reader):
    """One reading of a script."""

    def read(self) -> None:
        while self.place < len(self.text):
            self._step()
        self._end_command("\n")

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

    def _array(self, word: Draft) -> None:
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
        if HERE.match(self.text, self.place):
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

    def _end_command(self, separator: str) -> None:
        self._end_word()
        words, arrays = self.words, self.arrays
        self.words, self.arrays, self.drop = [], {}, False
        before = self.before
        if words or separator != "\n":  # && goes on in the next line
            self.before = separator
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
            self._source(words[1].text if len(words) > 1 else "", first.line)
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
        elif first.text == "let" or [word.text for word in words[:2]] == ["printf", "-v"]:
            for word in words[1:]:
                name = word.text.partition("=")[0].rstrip("+-*/%")
                if name in self.blocks.variables:
                    self.blocks.assign(name, Hidden(f"${name} is computed at line {word.line}"), word.line)
        elif first.text == "set" and any(word.text == "--" for word in words):
            raise InputError(f"line {first.line}: set -- is not followed: write the options of the command")
        elif first.text == "unset":
            for word in words[1:]:
                self.blocks.assign(word.text, Hidden(f"${word.text} is unset at line {word.line}"), word.line)
        else:
            at = next((k for k, found in enumerate(assigned) if found is None), len(words))
            self._keep(words[at:])  # without the environment that stands before a command

    def _source(self, what: str, line: int) -> None:
        """A file that is found by the script is read as if it stood here; of another nothing is known."""
        found = sourced(self.folder, what) if self.nested <= NESTED else None
        if found is None:
            self.assumed.append(f"{what} (line {line}) is not read, and taken to set none of the settings.")
            return
        name, text = found
        self.assumed.append(f"{what} (line {line}) is taken to be {name}, as it was found by the script.")
        script = _Script(text, self.blocks, self.nested + 1, self.folder)
        script.read()
        self.assumed += script.assumed
        self.commands += [Command(command.words, line) for command in script.commands]

    def _keep(self, words: list[Word]) -> None:
        """A command; that of ``bash -c '...'`` is read as a script."""
        self.commands.append(Command(tuple(words), words[0].line))
        for shell, option, inner in zip(words, words[1:], words[2:], strict=False):
            if shell.text.rpartition("/")[2] in ("bash", "sh") and re.fullmatch(r"-\w*c", option.text):
                if self.nested > NESTED:
                    raise InputError(f"line {inner.line}: not a command line: nested too deeply")
                blocks = Blocks(variables=dict(self.blocks.variables))
                script = _Script(inner.text, blocks, self.nested + 1, self.folder)
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


def _opens_case(words: list[Word]) -> bool:
    return bool(words) and words[0].text == "case"


def _moved(command: Command, outer: Word) -> Command:
    """A command of an inner script, at the outer one's line."""
    words = tuple(
        Word(w.text, outer.line + w.line - 1, w.supposed, merged([w.unknown, outer.unknown]), w.maybe, w.free)
        for w in command.words
    )
    return Command(words, outer.line + command.line - 1)
