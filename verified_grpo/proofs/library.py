"""The statements of ``proofs/coq``, as text: what a theorem says, with the section it stands in and the
definitions it is made of, and the digest by which the checker knows it.

Comments and layout do not count. A changed hypothesis, conclusion, section variable or definition gives
another digest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LIBRARY = Path(__file__).parent / "coq"

_PROVED = re.compile(r"(?:Theorem|Lemma|Corollary) ([\w']+)")
_DEFINED = re.compile(r"(?:Definition|Fixpoint|Inductive|Record) ([\w']+)")
_CONTEXT = re.compile(r"(?:Variables?|Hypothes[ie]s|Context|Let|(?:Local )?Notation)\b")
_COMMENT = re.compile(r"\(\*|\*\)")
_WORD = re.compile(r"[A-Za-z_][\w']*")


@dataclass(frozen=True)
class Stated:
    """A theorem: its file, its name, and its statement with all that gives it meaning."""

    file: str
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest of the statement."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def sentences(source: str) -> Iterator[str]:
    """The sentences of a Coq file without comments, blanks made one.

    >>> list(sentences("Lemma a (* b. *) : 1 = 1.  Proof. easy. Qed."))
    ['Lemma a : 1 = 1', 'Proof', 'easy', 'Qed']
    """
    kept, depth, last = [], 0, 0
    for mark in _COMMENT.finditer(source):
        if depth == 0:
            kept.append(source[last : mark.start()])
        depth += 1 if mark[0] == "(*" else -1
        last = mark.end()
    kept.append(source[last:])
    for sentence in re.split(r"\.(?=\s|$)", " ".join(kept)):
        if words := " ".join(sentence.split()):
            yield words


@lru_cache(maxsize=1)
def statements() -> dict[tuple[str, str], Stated]:
    """Every theorem of the library by file and name."""
    theorems: dict[tuple[str, str], list[str]] = {}
    definitions: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(LIBRARY.glob("*.v")):
        sections: list[list[str]] = []
        for sentence in sentences(path.read_text()):
            context = [line for section in sections for line in section]
            if sentence.startswith("Section "):
                sections.append([])
            elif sentence.startswith("End ") and sections:
                sections.pop()
            elif sections and _CONTEXT.match(sentence):
                sections[-1].append(sentence)
            elif proved := _PROVED.match(sentence):
                theorems[path.name, proved[1]] = [*context, sentence]
            elif defined := _DEFINED.match(sentence):
                definitions.setdefault(defined[1], []).append((path.name, "\n".join([*context, sentence])))
    return {
        key: Stated(*key, "\n".join([*lines, *_meaning(key[0], lines, definitions)]))
        for key, lines in theorems.items()
    }


def _meaning(file: str, lines: list[str], definitions: dict[str, list[tuple[str, str]]]) -> list[str]:
    """The definitions that these lines rest on, and so on down; of two of one name the file's own."""
    found: dict[str, list[str]] = {}
    waiting = set(_WORD.findall(" ".join(lines)))
    while waiting:
        name = waiting.pop()
        known = definitions.get(name, [])
        own = [text for place, text in known if place == file] or [text for _, text in known]
        if own and name not in found:
            found[name] = own
            waiting |= set(_WORD.findall(" ".join(own))) - set(found)
    return [text for name in sorted(found) for text in found[name]]
