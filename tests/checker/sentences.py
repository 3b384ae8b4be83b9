"""The checker's words read back, sentence by sentence: what they say, as a statement.

A sentence of no known form raises `Unread`, and so does one that is missing. What stands there by its SHA-256
alone (the tree of an atlas, the boxes of a curve) is taken from the statement given, if the digest is right.
"""

from __future__ import annotations

from .builder import Json
from .forms import Reader, Unread
from .kinds.table import KINDS


def read_words(words: str, statement: Json) -> tuple[Json, Json]:
    """The statement that the words make, and what is said beside it.

    Raises:
        Unread: a sentence is of no known form, missing, or one too many.
    """
    reader, kind = Reader(words, statement), statement["kind"]
    made = {"kind": kind, **KINDS[kind].sentences(reader)}
    if reader.sentences:
        raise Unread(reader.sentences[0])
    return made, reader.extra
