"""A rectangle of the plane of (log beta, log-odds of p_ref), and trees that halve it, written as texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.findings import Findings
from verified_grpo.checker.fuel import pay_for_reading
from verified_grpo.checker.numbers import Interval, ball, log_odds, logit_interval, precision
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.parameters import Parameters
from verified_grpo.checker.reading import text

_MAX_CUTS = 60
_AREA_BITS = 96
_MAX_LOG_BETA = 10**6
_TOKEN_COST = 250  # operations; a character may ask for a cell and its proof, some hundred bytes

Place = tuple[Interval, Interval, int]


@dataclass(frozen=True)
class Rectangle:
    """Ranges of log beta and of the log-odds of p_ref with exact ends."""

    across: Interval
    up: Interval

    @classmethod
    def read(cls, fields: dict[str, object]) -> Rectangle:
        """From a statement's `log_beta` and `logit_p_ref`."""
        across, up = (
            logit_interval(fields[axis], f"statement.{axis}") for axis in ("log_beta", "logit_p_ref")
        )
        small = max(map(abs, across)) <= _MAX_LOG_BETA
        require(small, Code.HUGE_NUMBER, f"statement.log_beta: beyond {_MAX_LOG_BETA}")
        return cls(across, up)

    @property
    def place(self) -> Place:
        """The root of a tree."""
        return self.across, self.up, 0

    def require_holds(self, box: Parameters) -> None:
        """Go on only if all (beta, p_ref) of the parameters lie in the rectangle."""
        for side, order in ((0, 1), (1, -1)):
            corners = (
                (self.across[side], ball(box.beta[side]).log()),
                (self.up[side], log_odds(box.p_ref[side])),
            )
            inside = all(bool(order * (value - ball(end)) >= 0) for end, value in corners)
            require(inside, Code.OUTSIDE_DOMAIN, "the rectangle does not hold the ranges of beta and p_ref")

    @staticmethod
    def findings(parts: Iterable[tuple[Interval, Interval]], box: Parameters, where: str) -> Findings:
        """How much of the box of beta and p_ref may lie in parts of the plane, to a millionth."""
        with precision(_AREA_BITS):
            sides = [ends(ball(x).log()) for x in box.beta], [ends(log_odds(x)) for x in box.p_ref]
        share = sum(_covered(across, sides[0]) * _covered(up, sides[1]) for across, up in parts)
        millionths = min(ceil(share * 10**6), 10**6)
        said = "Of the ranges of beta and p_ref above, by area in these axes, at most the share "
        share_said = f"{millionths / 10**6:.6f}"
        numbers = (("undecided_share", share_said),)
        return Findings(f"{said}{share_said} is\n  in {where}.", millionths < 10**6, numbers)


def _covered(cell: Interval, side: list[Interval]) -> Fraction:
    """An upper bound of the share that a cell covers of a range with enclosed ends; all of one number."""
    common, width = min(cell[1], side[1][1]) - max(cell[0], side[0][0]), side[1][0] - side[0][1]
    return min(common / width, Fraction(1)) if common >= 0 < width else Fraction(common >= 0)


def halves(number: int, node: str, place: Place) -> tuple[Place, Place] | None:
    """The halves of a cell, the lower one first: `<` cuts log beta, `^` the log-odds of p_ref, other nodes
    are leaves; how often a cell was cut goes with it."""
    if node not in "<^":
        return None
    across, up, cuts = place
    require(cuts < _MAX_CUTS, Code.TREE_CUT, f"a cell is cut more than {_MAX_CUTS} times")
    low, high = across if node == "<" else up
    halves = (low, (low + high) / 2), ((low + high) / 2, high)
    lower, upper = ((half, up, cuts + 1) if node == "<" else (across, half, cuts + 1) for half in halves)
    return lower, upper


def tokens(pattern: re.Pattern[str], value: object, where: str) -> Iterator[re.Match[str]]:
    """The tokens that the whole text is made of."""
    string, at = text(value, where), 0
    pay_for_reading(_TOKEN_COST * len(string))
    while at < len(string):
        match = pattern.match(string, at)
        if match is None:
            raise Fault(Code.TREE_NODE, f"{where}: no token at character {at}: {string[at : at + 20]!r}")
        yield match
        at = match.end()
