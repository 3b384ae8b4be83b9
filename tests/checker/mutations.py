"""Mutants of valid certificates: a word, a number, an interval, a branch changed, or statements exchanged."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .builder import Json, decimal
from .truth import mp

Path = tuple[Any, ...]

WORDS = (
    ("increasing", "decreasing", "positive", "negative"),
    ("attracting", "repelling", "undecided"),
    ("mean-var", "mean-std", "mean"),
    ("proved", "refuted"),
    ("amplification", "contraction", "uniqueness", "convergence", "no-cycles"),
    ("excluded", "holds"),
    ("supports", "refutes"),
    ("holds, sharper", "fails", "loose"),
    (">", "<", ">=", "<="),
    ("+", "*", "-", "/"),
    ("x", "y"),
    ("s", "eps"),
    ("sqrt", "exp", "log", "cosh", "abs"),
    ("alpha", "beta", "eps", "logit"),
    ("rises", "falls"),
    ("k3-fixed-point", "k3-amplification", "k3-convergence"),
    ("half", "nested"),
    ("rises", "rises-beyond", "rises-to-one"),
    ("least-zero", "no-pull"),
    ("reached", "never"),
    ("corners", "barrier"),
    ("fold", "flip", "settling", "cusp"),
    ("piece", "outside"),
    ("fixed-point", "cycle"),
    ("trap", "monotone"),
    ("order", "lift", "contraction"),
    ("rises", "tends"),
    ("closed-form", "tree", "witness", "mirror", "line-partition"),
)
LETTERS = {
    "tree": "sem",
    "cells": "<^rfuc234",
    "proofs": "hsvgwetdnqzabc.0123456789",
    "columns": "0123456789,:;/-",
    "parting": "<^duc234",
}
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?|-?\d+/\d+")


def spots(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value inside statement and evidence with its path."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from spots(child, (*path, key))


def mutant(document: Json, donors: list[Json], source: random.Random) -> tuple[Json, str]:
    """A mutant and what was done to it."""
    document = copy.deepcopy(document)
    if source.random() < 0.04:
        part = source.choice(("statement", "evidence"))
        document[part] = copy.deepcopy(source.choice(donors)[part])
        return document, f"{part} exchanged"
    for _ in range(source.choice((1, 1, 1, 1, 2))):
        root = source.choice(("statement", "evidence"))
        path, value = source.choice(list(spots(document[root], (root,)))[1:] or [((root, "rule"), "grid")])
        holder: Any = document
        for key in path[:-1]:
            holder = holder[key]
        what = _mutate(holder, path[-1], value, source)
    return document, what


def _mutate(holder: Any, key: Any, value: Any, source: random.Random) -> str:
    if isinstance(value, str):
        choices = next((words for words in WORDS if value in words and source.random() < 0.9), None)
        if choices:
            holder[key] = source.choice([word for word in choices if word != value])
            return "word"
        if NUMBER.fullmatch(value):
            holder[key] = _nudged(value, source)
            return "number"
        if key in LETTERS:
            holder[key] = _respelled(value, LETTERS[key], source)
            return "letters"
        return "nothing"
    if isinstance(value, int):
        holder[key] = max(0, value + source.choice((-1, 1, 7)))
        return "count"
    if (
        isinstance(value, list)
        and value
        and all(isinstance(end, str) and NUMBER.fullmatch(end) for end in value)
    ):
        return _interval(holder, key, value, source)
    if isinstance(holder, list):
        return _branch(holder, key, value, source)
    if isinstance(value, list) and value:
        return _branch(value, source.randrange(len(value)), value[0], source)
    return "nothing"


def _nudged(digits: str, source: random.Random) -> str:
    """A number changed in its last place, a little, a lot, or in sign."""
    value = Fraction(digits)
    match source.randrange(6):
        case 0 | 1:
            mantissa, _, exponent = digits.partition("e")
            if "/" in digits:
                return text(value + Fraction(source.choice((-1, 1)), value.denominator))
            places = len(mantissa.partition(".")[2])
            unit = Fraction(10) ** (int(exponent or 0) - places)
            return text(value + source.choice((-1, 1)) * unit)
        case 2:
            return text(value * (1 + Fraction(source.choice((-1, 1)), 10 ** source.randrange(1, 12))))
        case 3:
            return text(value * source.choice((2, 10, Fraction(1, 2), Fraction(1, 10))))
        case 4:
            return text(-value)
        case _:
            return text(value + source.choice((-1, 1)))


def text(value: Fraction) -> str:
    """A fraction as the format writes it; one of thousands of digits as a decimal of forty."""
    if value.denominator > 10**400:
        return decimal(mp.mpf(value.numerator) / value.denominator, 40)
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _respelled(word: str, letters: str, source: random.Random) -> str:
    """A letter of a text of letters left out, doubled, or another one."""
    k = source.randrange(len(word) + 1)
    put = source.choice(("", word[k : k + 1] * 2, source.choice(letters)))
    return word[:k] + put + word[k + 1 :]


def _interval(holder: Any, key: Any, ends: list[str], source: random.Random) -> str:
    """An interval narrowed, widened, shifted, reversed, or made a point."""
    values = [Fraction(end) for end in ends]
    low, high = min(values), max(values)
    width = high - low or abs(low) / 1000
    part = Fraction(source.randrange(1, 1000), 1000)
    holder[key] = [
        text(x)
        for x in source.choice(
            (
                (low + width * part, high),
                (low, high - width * part),
                (low - width * part, high + width * part),
                (low - 10 * width, high),
                (low, high + 10 * width),
                (low + width * part, high + width * part),
                (low - width * part, high - width * part),
                (high, low),
                (low, high * 2),
            )
        )
    ]
    return "interval"


def _branch(holder: list[Any], key: int, value: Any, source: random.Random) -> str:
    """A branch dropped, doubled, or moved."""
    match source.randrange(3):
        case 0:
            del holder[key]
            return "dropped"
        case 1:
            holder.insert(key, copy.deepcopy(value))
            return "doubled"
        case _:
            other = source.randrange(len(holder))
            holder[key], holder[other] = holder[other], holder[key]
            return "moved"
