"""Brackets and cells on the line of log-odds, as statements and evidence give them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import sigma
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import (
    Interval,
    Pair,
    ball,
    ball_minus,
    logit,
    logit_interval,
    read_pair,
)
from verified_grpo.checker.reading import choice, describe_range, items, mapping, record

KEYS = ("logit", "p", "one_minus_p")
STABILITIES = ("attracting", "repelling", "undecided")
_SHOWN = {"logit": "L", "p": "p", "one_minus_p": "1-p", "multiplier": "T'(L)", "basin": "basin"}
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Bracket:
    """A closed interval of L, and what is claimed of p = 1/(1+exp(-L)) and 1-p on it."""

    logit: Interval
    p: Pair
    one_minus_p: Pair

    @classmethod
    def of(cls, fields: dict[str, object], where: str) -> Bracket:
        """From the three of KEYS among some fields."""
        return cls(
            logit_interval(fields["logit"], f"{where}.logit"),
            read_pair(fields["p"], f"{where}.p"),
            read_pair(fields["one_minus_p"], f"{where}.one_minus_p"),
        )

    @classmethod
    def read(cls, value: object, where: str) -> Bracket:
        """An object with these three keys alone."""
        return cls.of(record(value, where, KEYS), where)

    def check_probabilities(self) -> None:
        """p and 1-p of the whole bracket lie in the stated intervals; they lie in (0, 1) anyway."""
        low, high = (ball(end) for end in self.logit)
        for name, stated, least, most, code in (
            ("p", self.p, sigma(low), sigma(high), Code.P_NOT_ENCLOSED),
            ("1-p", self.one_minus_p, sigma(-high), sigma(-low), Code.COMPLEMENT_NOT_ENCLOSED),
        ):
            below, above = (ball(end) for end in stated)
            inside = (below <= 0 or below <= least) and (above >= 1 or most <= above)
            require(inside, code, f"{name} of the bracket {shown(self.logit)} may lie outside its interval")


def require_multiplier(stated: Pair, least: Ball, most: Ball, shares: Interval = (_ZERO, _ZERO)) -> None:
    """The bounds of a multiplier, each less its share, lie in the stated interval."""
    lower, upper = (ball_minus(end, share) for end, share in zip(stated, shares, strict=True))
    enclosed = lower <= least and most <= upper
    require(enclosed, Code.MULTIPLIER_NOT_ENCLOSED, "a multiplier may lie outside its stated interval")


def require_stability(stated: str, attracting: bool, repelling: bool) -> None:
    """What is stated of |multiplier| and 1 is proved; "undecided" states nothing."""
    proved = {"attracting": attracting, "repelling": repelling, "undecided": True}[stated]
    require(proved, Code.STABILITY_NOT_PROVED, f"a point is not proved {stated}")


def read_cells(start: object, value: object, rules: Collection[str]) -> list[tuple[str, Interval]]:
    """Cells of the line with their rules; each begins where the one before it ends."""
    left, cells = logit(start, "evidence.start"), []
    for i, item in enumerate(items(value, "evidence.cells")):
        where = f"evidence.cells[{i}]"
        fields = record(item, where, ("end", "rule"))
        right = logit(fields["end"], f"{where}.end")
        require(left < right, Code.UNORDERED_CELLS, f"{where}: its end is not right of its start")
        cells.append((choice(fields["rule"], f"{where}.rule", rules), (left, right)))
        left = right
    return cells


def describe_point(value: object) -> str:
    """What is stated of a point, as it is written."""
    fields = mapping(value, "point")
    return ", ".join(describe_range(name, fields[key]) for key, name in _SHOWN.items() if key in fields)


def shown(cell: Interval) -> str:
    """A cell in six digits, for messages."""
    return f"[{float(cell[0]):.6g}, {float(cell[1]):.6g}]"
