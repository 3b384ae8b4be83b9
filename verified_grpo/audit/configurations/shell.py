"""The commands of a shell script as words: quotes, comments, lines that go on, and the plain assignments of
the script itself.

Nothing is run. A variable stands for what the script assigns to it at the top level, once; whatever else a
word refers to (an environment variable, a default ``${X:-1}``, a substitution ``$(...)``, an assignment
inside ``if`` or ``for``) stays in the word as it is written, with its ``$``, and is refused where that word
is needed. A here document is refused at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...errors import InputError

ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
OPENING, CLOSING = ("if", "for", "while", "until", "case", "select"), ("fi", "done", "esac")
LEADING = ("then", "else", "do", "elif", "!", "{", *OPENING)
DECLARING = ("export", "local", "readonly", "declare", "typeset")


@dataclass
class _Script:
    """The state of one reading of a script."""

    text: str
    place: int = 0
    depth: int = 0
    known: dict[str, str | None] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    commands: list[list[str]] = field(default_factory=list)
    word: str | None = None
    drop: bool = False


def commands(text: str) -> list[list[str]]:
    """The words of each command, in the order of the script; assignments are taken out.

    Raises:
        InputError: a quote or substitution that is not closed, or a here document.
    """
    script = _Script(text.replace("\\\r\n", "\\\n").replace("\r\n", "\n"))
    while script.place < len(script.text):
        _read(script)
    _end_command(script)
    return script.commands


def _read(script: _Script) -> None:
    """One character, or what it opens."""
    text, char = script.text, script.text[script.place]
    script.place += 1
    if char == "\\":
        if script.place < len(text) and text[script.place] != "\n":
            script.word = (script.word or "") + text[script.place]
        script.place += 1
    elif char == "'":
        script.word = (script.word or "") + _until(script, "'")
    elif char == '"':
        _quoted(script)
    elif char == "$":
        _expand(script, quoted=False)
    elif char == "`":
        script.word = (script.word or "") + f"`{_until(script, '`')}`"
    elif char == "#" and script.word is None:
        _to_end_of_line(script)
    elif char in " \t":
        _end_word(script)
    elif char in "<>":
        _redirect(script)
    elif char == "(" and script.word is not None and script.word.endswith("="):
        script.word += f"$({_balanced(script)})"  # an array: its words are not taken apart
    elif char in "\n;&|()":
        _end_command(script)
    else:
        script.word = (script.word or "") + char


def _until(script: _Script, end: str) -> str:
    close = script.text.find(end, script.place)
    if close < 0:
        raise InputError(f"not a command line: {end} is not closed")
    found, script.place = script.text[script.place : close], close + 1
    return found


def _to_end_of_line(script: _Script) -> None:
    end = script.text.find("\n", script.place)
    script.place = len(script.text) if end < 0 else end


def _balanced(script: _Script, pair: str = "()") -> str:
    """Up to the parenthesis or brace that closes one that was opened."""
    start, depth = script.place, 1
    while depth:
        if script.place >= len(script.text):
            raise InputError(f"not a command line: {pair[0]} is not closed")
        depth += {pair[0]: 1, pair[1]: -1}.get(script.text[script.place], 0)
        script.place += 1
    return script.text[start : script.place - 1]


def _quoted(script: _Script) -> None:
    script.word = script.word or ""
    while True:
        if script.place >= len(script.text):
            raise InputError('not a command line: " is not closed')
        char = script.text[script.place]
        script.place += 1
        if char == '"':
            return
        if char == "$":
            _expand(script, quoted=True)
        elif char == "\\" and script.text[script.place : script.place + 1] in ('"', "\\", "$", "`", "\n"):
            script.word += script.text[script.place].strip("\n")
            script.place += 1
        else:
            script.word += char


def _expand(script: _Script, *, quoted: bool) -> None:
    """What stands after ``$``: put in if the script itself says what it is, else left as it is written."""
    rest = script.text[script.place :]
    name = re.match(r"([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}", rest)
    if name is not None:
        script.place += name.end()
        value = script.known.get(name[1] or name[2])
        if value is None:
            script.word = (script.word or "") + "$" + name[0]
        elif quoted or not value.split():
            script.word = (script.word or "") + value
        else:
            _split(script, value)
    elif rest.startswith("("):
        script.place += 1
        script.word = (script.word or "") + f"$({_balanced(script)})"
    elif rest.startswith("{"):
        script.place += 1
        script.word = (script.word or "") + "${" + _balanced(script, "{}") + "}"
    else:
        script.word = (script.word or "") + "$"


def _split(script: _Script, value: str) -> None:
    """A value outside quotes falls apart at its blanks."""
    first, *others = value.split()
    script.word = (script.word or "") + first
    for other in others:
        _end_word(script)
        script.word = other


def _redirect(script: _Script) -> None:
    """``> file``, ``2>&1``, ``< file``: what follows is no word of the command."""
    if re.match(r"<<(?!<)", script.text[script.place - 1 :]):
        raise InputError("a here document (<<) is not read: write the options of the command")
    if script.word is not None and script.word.isdigit():
        script.word = None
    _end_word(script)
    while script.text[script.place : script.place + 1] in ("<", ">", "&"):
        script.place += 1
    script.drop = True


def _end_word(script: _Script) -> None:
    if script.word is None:
        return
    if not script.drop:
        script.words.append(script.word)
    script.word, script.drop = None, False


def _end_command(script: _Script) -> None:
    _end_word(script)
    words, script.words, script.drop = script.words, [], False
    while words and words[0] in (*LEADING, *CLOSING, "}"):
        script.depth += (words[0] in OPENING) - (words[0] in CLOSING)
        if words[0] == "for":
            script.known[words[1] if len(words) > 1 else ""] = None
            return
        words = words[1:]
    bare = words[1:] if words and words[0] in DECLARING else words
    assigned = [ASSIGNMENT.fullmatch(word) for word in bare]
    if bare and all(assigned):
        for found in assigned:
            assert found is not None
            _assign(script, found[1], found[2])
    elif words:
        start = next((k for k, found in enumerate(assigned) if found is None), 0)
        script.commands.append(bare[start:])  # without the environment that stands before a command


def _assign(script: _Script, name: str, value: str) -> None:
    """Remember a value that is certain: assigned at the top level, and to this value only."""
    again = name in script.known and script.known[name] != value
    script.known[name] = None if again or script.depth or "$" in value or "`" in value else value
