"""Sentences as they are printed, with places for what differs from one to the next."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from .builder import Json, encode

NUMBER = r"-?[0-9][0-9./]*(?:e-?[0-9]+)?"
_KINDS = {None: r"\S+", "n": "[0-9]+", "x": ".*?"}
_PLACE = re.compile(r"<(\w+)(?::([nrpx]))?>")


class Unread(Exception):
    """A sentence that says something else than the known forms do."""


def form(text: str) -> str:
    """The pattern of a sentence that holds places, all else being as it stands: `<a>` is a word, `<a:n>` a
    natural number, `<a:r>` a range, `<a:p>` the ranges of a point's log-odds, p and 1-p, `<a:x>` anything.
    """
    parts = _PLACE.split(text)
    pattern = re.escape(parts[0])
    for name, kind, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pattern += _place(name, kind) + re.escape(rest)
    return pattern


def _place(name: str, kind: str | None) -> str:
    if kind == "r":
        return rf"\[(?P<{name}_0>{NUMBER}), (?P<{name}_1>{NUMBER})\]"
    if kind == "p":
        return ", ".join(f"{shown} in " + _place(f"{name}_{key}", "r") for key, shown in POINT.items())
    return f"(?P<{name}>{_KINDS[kind]})"


POINT = {"logit": "L", "p": "p", "one_minus_p": "1-p"}


def range_in(match: re.Match[str], name: str) -> list[str]:
    """The range in a place."""
    return [match[f"{name}_0"], match[f"{name}_1"]]


def point_in(match: re.Match[str], name: str) -> Json:
    """The point in a place."""
    return {key: range_in(match, f"{name}_{key}") for key in POINT}


def read(text: str, shape: str) -> re.Match[str]:
    """The whole text in this form."""
    match = re.fullmatch(form(shape), text)
    if match is None:
        raise Unread(text or f"nothing, where it should say: {shape}")
    return match


def listed(text: str, shape: str, first: int = 1) -> list[re.Match[str]]:
    """The numbered parts of a text, each of the form, nothing between them."""
    parts = re.split(r"(?:^| )([0-9]+)\. (?=\S)", text)
    numbers = [str(first + i) for i in range(len(parts) // 2)]
    if parts[0] or parts[1::2] != numbers:
        raise Unread(text)
    return [read(body, shape) for body in parts[2::2]]


def sentences(words: str) -> list[str]:
    """The checker's words, cut where a line begins without a blank."""
    return [" ".join(lines.split()) for lines in re.split(r"\n(?! )", words)]


class Reader:
    """The sentences still to be read, and the statement whose long parts they name by digest."""

    def __init__(self, words: str, statement: Json) -> None:
        self.words = words
        self.sentences = sentences(words)
        self.given = statement
        self.extra: Json = {}  # what is said beside the statement

    def take(self, shape: str) -> re.Match[str]:
        """The next sentence, which has this form."""
        return read(self.sentences.pop(0) if self.sentences else "", shape)

    def take_one(self, shapes: dict[str, Any]) -> tuple[re.Match[str], Any]:
        """The next sentence, which has one of these forms, and what goes with the form."""
        sentence = self.sentences.pop(0) if self.sentences else ""
        for shape, meaning in shapes.items():
            if match := re.fullmatch(form(shape), sentence):
                return match, meaning
        raise Unread(sentence or "nothing, where a conclusion is expected")

    def named(self, shape: str, value: Any) -> Any:
        """A part that the next sentence names by its SHA-256."""
        if self.take(f"{shape} sha256:<digest>.")["digest"] != hashlib.sha256(encode(value)).hexdigest():
            raise Unread("the digest of another part")
        return value

    def is_next(self, start: str) -> bool:
        """Whether the next sentence begins so."""
        return bool(self.sentences) and self.sentences[0].startswith(start)
