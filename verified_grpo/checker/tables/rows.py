"""Rows of a table by the standard library: CSV, or JSON lines. A cell is a text, a number as it is written,
true, false, nothing, or a list or an object of these."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from verified_grpo.checker.check import opened
from verified_grpo.checker.diagnostics import Code, Fault, require

Header = list[str]
Cells = Sequence[object]
MAX_LINE = 1 << 26
"""Bytes of a line."""
MAX_CELL = 1 << 24
"""Characters of a cell of CSV."""
_NUMBER = re.compile(r"([+-]?)([0-9]{0,400})(?:\.([0-9]{0,400}))?(?:[eE]([+-]?[0-9]{1,4}))?")
_RATIO = re.compile(r"([+-]?[0-9]{1,400})/([0-9]{1,400})")


@dataclass(frozen=True)
class Number:
    """A number of JSON, as it is written."""

    text: str


class Unfit(Exception):
    """A cell that does not follow, and why; who knows the row says which."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"column {column}: {why}")


class Beyond(Exception):
    """A claim that no rule of this checker proves or refutes."""


def read_rows(path: str) -> Iterator[Cells]:
    """The names of the columns, and then every row.

    Raises:
        Fault: not readable, not of the format that the name says, or a row that is none.
    """
    try:
        with opened(path) as raw:
            yield from (_json_rows if path.lower().endswith(".jsonl") else _csv_rows)(raw)
    except UnicodeDecodeError:
        raise _unreadable("not text in UTF-8") from None


def encoded(cells: Cells) -> bytes:
    """The bytes of a row: two rows have the same only if all of their cells are the same. A number becomes
    the list of its characters' codes: no other list holds integers, for a number in it is such a list."""
    return json.dumps(cells, default=_codes).encode("ascii")


def _codes(number: object) -> list[int]:
    if not isinstance(number, Number):
        raise TypeError("no cell")
    return list(number.text.encode())


def _lines(raw: io.BufferedReader) -> Iterator[str]:
    first = True
    while line := raw.readline(MAX_LINE + 1):
        require(len(line) <= MAX_LINE, Code.TABLE_UNREADABLE, f"a line is longer than {MAX_LINE} bytes")
        yield line.decode("utf-8-sig" if first else "utf-8")
        first = False


def _csv_rows(raw: io.BufferedReader) -> Iterator[Cells]:
    with _long_cells():
        rows = csv.reader(_lines(raw), strict=True)
        width = -1
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise _unreadable(f"not CSV: {error}") from None
            width = len(row) if width < 0 else width
            require(
                len(row) == width,
                Code.TABLE_UNREADABLE,
                f"line {rows.line_num} has {len(row)} cells, the header has {width}",
            )
            yield row


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _json_rows(raw: io.BufferedReader) -> Iterator[Cells]:
    header: Header = []
    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=_constant
    )
    for number, line in enumerate(_lines(raw), 1):
        try:
            row = decoder.decode(line.strip())
        except RecursionError:
            raise _unreadable(f"line {number} is nested too deeply") from None
        except ValueError as error:
            raise _unreadable(f"line {number} is not JSON: {error}") from None
        if not isinstance(row, dict):
            raise _unreadable(f"line {number} is not an object")
        if number == 1:
            header = list(row)
            yield header
        require(list(row) == header, Code.TABLE_UNREADABLE, f"line {number} has other keys than line 1")
        yield list(row.values())


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _unreadable(why: str) -> Fault:
    return Fault(Code.TABLE_UNREADABLE, f"the table: {why}")


# --- what a cell says


class Row:
    """The cells of a row by their columns."""

    def __init__(self, places: dict[str, int], cells: Cells) -> None:
        self._places, self._cells = places, cells
        self._numbers: dict[str, Fraction | None] = {}

    def word(self, column: str) -> str:
        """A text; empty where there is none, or no such column."""
        place = self._places.get(column)
        cell = None if place is None else self._cells[place]
        if cell is None:
            return ""
        if isinstance(cell, Number):
            return cell.text
        if not isinstance(cell, str):
            raise Unfit(column, "a text or a number is expected")
        return cell

    def number(self, column: str) -> Fraction | None:
        """An exact number; None where the cell is empty."""
        if column not in self._numbers:
            word = self.word(column)
            self._numbers[column] = None if word == "" else number(word, column)
        return self._numbers[column]

    def require_empty(self, column: str) -> None:
        """Raises:
        Unfit: something is claimed where nothing can be.
        """
        if self.word(column) != "":
            raise Unfit(column, "nothing can be claimed there")


def number(word: str, column: str) -> Fraction:
    """The number that a cell writes: an integer, a decimal, with an exponent perhaps, k/n, or one with %."""
    share = Fraction(1, 100) if word.endswith("%") else Fraction(1)
    digits = word if share == 1 else word[:-1].rstrip()
    match = _NUMBER.fullmatch(digits)
    if match and (match[2] or match[3]):
        sign, whole, decimals, exponent = match[1], match[2], match[3] or "", int(match[4] or 0)
        power, mantissa = exponent - len(decimals), int(whole + decimals)
        value = Fraction(mantissa * 10**power) if power >= 0 else Fraction(mantissa, 10**-power)
        return share * (-value if sign == "-" else value)
    if (match := _RATIO.fullmatch(digits)) and int(match[2]):
        return share * Fraction(int(match[1]), int(match[2]))
    raise Unfit(column, f"{word[:40]!r} is no number")
