"""Kind "contours": where small steps lead, for all (beta, p_ref) of a rectangle, by contours of p*.

The axes are x = log beta and y = L_ref. For each level of p the statement encloses the contour on which the
least fixed point L* has it: in a column of x the contour lies in one strip of y. Above the strip p* is at
least the level, below it at most that; where strips lie on one another, p* may jump over their levels (a
fold). Over the same rectangle a tree holds cells in which the exact iteration ends elsewhere (parting.py).
With `kl` "k3" the contours are those under KL(pi_ref || pi) (k3_contours.py), and no such cells are told.

Lemma 44 (contours). Let alpha > 0 and eps be exact, c = 1/(alpha beta), f(L) = L - c Omega(L). f rises in
beta. If f(m) > y, then L* < m for this and every larger beta and L_ref <= y. If f(L) < y for y < L <= l, then
L* > l for this and every smaller beta and L_ref >= y. If s0 <= b <= s1 on [a, a+h], then there f <= max(f(a),
f(a+h)) + c (s1-s0) h/4.
  F(L) = alpha beta (L_ref - f(L)), and F > 0 for L <= L_ref (lemma 36). F(m) < 0: so L_ref < m, and a zero
  lies between. For the second F > 0 also on L_ref < L <= l, as y <= L_ref there. For the third f' lies
  between q = 1 - c s1 and p = 1 - c s0. If q < 0 < p then f is at most f(a) + p t and f(a+h) - q (h-t), t =
  L - a, and the smaller of the two at most max(f(a), f(a+h)) + p(-q)h/(p-q), where 4 p(-q) <= (p-q)^2; else f
  is monotone.
So at the right side of a column, from whose left the grid of L begins, bounds at the points of the grid up
to a level bound f up to there; at its left side, f at any point up to the level will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.findings import Findings
from verified_grpo.checker.fuel import pay_for_evaluations, pay_for_reading
from verified_grpo.checker.k3_contours import LAW, STEPS, K3Levels
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    log_odds,
    logit,
    precision,
    read_evidence,
)
from verified_grpo.checker.parting import Parting
from verified_grpo.checker.plane import Rectangle
from verified_grpo.checker.reading import choice, fingerprint, items, range_text, record, tag, text
from verified_grpo.checker.recursion import Recursion

_KEYS = (
    "kind",
    "variant",
    "parameters",
    "log_beta",
    "logit_p_ref",
    "levels",
    "columns",
    "undecided",
    "parting",
)
_GRAIN = 1024
_COLUMN = re.compile(r"(-?[0-9]{1,9}):([0-9]{1,3})((?:,-?[0-9]{1,9}/[0-9]{1,9})*);")
_TOKEN_COST = 60  # operations a character of the columns
_MAX_LEVELS = 200
_LINES = 6  # bounds of f at a point, at sides of columns, that cost less than one value of Omega

Strip = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Column:
    """A range of log beta, and of each level the strip of L_ref that its contour lies in, within the bottom
    and the top of the rectangle; an upper end at the top claims nothing, nor a lower one at the bottom."""

    x: Interval
    up: Interval
    strips: tuple[Strip, ...]

    def band(self, low: Fraction, high: Fraction) -> tuple[int, int]:
        """For L_ref between two numbers: how many levels p* is at least, and the first it is at most."""
        bottom, top = self.up
        passed = sum(upper <= low and upper < top for _, upper in self.strips)
        below = [lower >= high and lower > bottom for lower, _ in self.strips]
        return passed, (*below, True).index(True)

    def undecided(self) -> Iterator[Strip]:
        """The union of the strips, in parts that share only ends."""
        reached = self.strips[0][0]
        for lower, upper in self.strips:  # both ends ascend
            if upper > reached:
                yield max(lower, reached), upper
                reached = upper


@dataclass(frozen=True)
class Contours:
    """Contours of the least fixed point over a rectangle of (log beta, log-odds of p_ref)."""

    recursion: Recursion
    rectangle: Rectangle
    levels: tuple[Fraction, ...]
    columns: tuple[Column, ...]
    undecided: Fraction
    parting: Parting
    words: str
    k3: bool = False

    @classmethod
    def read(cls, statement: dict[str, object]) -> Contours:
        """The statement: parameters, rectangle, levels and columns; and where the two views part."""
        fields = record(statement, "statement", _KEYS, ("kl",))
        k3 = "kl" in fields and choice(fields["kl"], "statement.kl", ("k3",)) == "k3"
        recursion, words = Recursion.read(fields, *([LAW] if k3 else []))
        fixed = recursion.box.is_exact("alpha", "eps")
        require(fixed, Code.OUTSIDE_DOMAIN, "statement.parameters: alpha and eps of contours are numbers")
        recursion.box.require_positive_alpha()
        alone = not k3 or (recursion.box.alpha[0] == 1 and fields["parting"] == "u")
        require(alone, Code.OUTSIDE_DOMAIN, "statement: with k3 alpha is 1, and nothing is told to part")
        rectangle = Rectangle.read(fields)
        levels = tuple(exact(x, "statement.levels") for x in items(fields["levels"], "statement.levels"))
        inside = (
            bool(levels) and all(0 < x < y for x, y in pairwise((*levels, Fraction(1)))) and levels[0] > 0
        )
        require(inside, Code.OUTSIDE_DOMAIN, "statement.levels: 0 < levels < 1, ascending, does not hold")
        require(len(levels) <= _MAX_LEVELS, Code.TOO_MUCH_WORK, "statement.levels: too many")
        columns = tuple(_columns(text(fields["columns"], "statement.columns"), rectangle, len(levels)))
        parting = Parting.read(text(fields["parting"], "statement.parting"))
        undecided = exact(fields["undecided"], "statement.undecided")
        words += _claim(fields, levels, len(columns), k3) + ("" if k3 else parting.words)
        return cls(recursion, rectangle, levels, columns, undecided, parting, words, k3)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("levels" if self.k3 else "columns",))
        if self.k3:
            self._check_k3(evidence)
            return
        fields, bits = read_evidence(evidence, "grid", "proofs")
        grid = [logit(item, "evidence.grid") for item in items(fields["grid"], "evidence.grid")]
        ascending = all(x < y for x, y in pairwise(grid))
        require(ascending and len(grid) > 1, Code.UNORDERED_CELLS, "evidence.grid: the points do not ascend")
        proofs = self.parting.proofs(self.recursion, text(fields["proofs"], "evidence.proofs"))
        self._check_undecided()
        count = len(grid) * (4 + (len(self.columns) + len(self.levels)) // _LINES) + self.parting.cost(proofs)
        pay_for_evaluations(count, bits, self.recursion.contrast.cost)
        with precision(bits):
            self.rectangle.require_holds(self.recursion.box)
            self._check_columns(Lines.over(self.recursion, grid, self.levels, self.rectangle.up[0]))
            self.parting.check(self.recursion, self.rectangle, proofs)

    def _check_k3(self, evidence: object) -> None:
        _, bits = read_evidence(evidence)
        self._check_undecided()
        count = len(self.levels) * (4 + len(self.columns) // _LINES)
        pay_for_evaluations(count, bits, self.recursion.contrast.cost)
        with precision(bits):
            self.rectangle.require_holds(self.recursion.box)
            self._check_columns(K3Levels.over(self.recursion, self.levels))

    def _check_columns(self, lines: Lines | K3Levels) -> None:
        """Each by what bounds its strips at its sides."""
        edges = [self.columns[0].x[0], *(column.x[1] for column in self.columns)]
        bounds = [lines.bounds(edge) for edge in edges]
        for column, (left, right) in zip(self.columns, pairwise(bounds), strict=True):
            self._check_column(column, left[0], right[1])

    def findings(self) -> Findings:
        """How much of the box of beta and p_ref may lie in strips, to a millionth."""
        parts = ((column.x, strip) for column in self.columns for strip in column.undecided())
        return self.rectangle.findings(parts, self.recursion.box, "strips")

    def _check_column(self, column: Column, reached: list[Ball | None], bounded: list[Ball | None]) -> None:
        """Each strip holds its contour: f reaches above its lower end on the left side, and stays below its
        upper end on the right side."""
        bottom, top = self.rectangle.up
        for (lower, upper), most, bound in zip(column.strips, reached, bounded, strict=True):
            below = lower == bottom or (most is not None and most > ball(lower))
            require(below, Code.CONTOUR_NOT_PROVED, "p* is not proved to be at most a level below its strip")
            above = upper == top or bound is None or bound < ball(upper)
            require(above, Code.CONTOUR_NOT_PROVED, "p* is not proved to be at least a level above its strip")

    def _check_undecided(self) -> None:
        """The share of the rectangle's area in strips."""
        (left, right), (bottom, top) = self.rectangle.across, self.rectangle.up
        area = sum((c.x[1] - c.x[0]) * (high - low) for c in self.columns for low, high in c.undecided())
        stated = area <= self.undecided * (right - left) * (top - bottom)
        require(stated, Code.COUNT_MISMATCH, "more than the stated area is in strips")


@dataclass(frozen=True)
class Lines:
    """Of each point of a grid: f there as a line in c, from below; and one that bounds f around it."""

    recursion: Recursion
    grid: list[Fraction]
    values: list[Ball]
    lowered: list[Ball]
    places: list[tuple[int, int]]
    """Of each level: how many points are certainly at most it, and how many lead up to it and beyond."""

    @classmethod
    def over(
        cls, recursion: Recursion, grid: list[Fraction], levels: tuple[Fraction, ...], bottom: Fraction
    ) -> Lines:
        """From the values and slopes of Omega on a grid from the rectangle's bottom on."""
        require(grid[0] <= bottom, Code.LEFT_TAIL, "evidence.grid: begins above the rectangle's bottom")
        spare = [ball(0)]
        for low, high in pairwise(grid):
            least, most = recursion.slope((low, high))
            spare.append((most - least) * ball((high - low) / 4))
        spare.append(ball(0))
        cells = [(point, point) for point in grid]
        values = [recursion.largest_omega(cell) for cell in cells]
        lowered = [
            recursion.least_omega(cell) - before.max(after)
            for cell, (before, after) in zip(cells, pairwise(spare), strict=True)
        ]
        logits, balls = [log_odds(level) for level in levels], [ball(point) for point in grid]
        places = [(sum(p <= at for p in balls), 1 + sum(not p >= at for p in balls)) for at in logits]
        return cls(recursion, grid, values, lowered, places)

    def bounds(self, x: Fraction) -> tuple[list[Ball | None], list[Ball | None]]:
        """At one x, for each level: what f certainly reaches up to it (None: there is no point), and what it
        certainly does not exceed there (None: the level is at or below the grid's first point)."""
        gain = 1 / (ball(self.recursion.box.alpha[0]) * ball(x).exp())
        reached = _running([ball(p) - gain * value for p, value in zip(self.grid, self.values, strict=True)])
        bounded = _running([ball(p) - gain * value for p, value in zip(self.grid, self.lowered, strict=True)])
        lower: list[Ball | None] = [reached[at - 1] if at else None for at, _ in self.places]
        upper: list[Ball | None] = []
        for _, beyond in self.places:
            require(beyond <= len(self.grid), Code.LIMIT_NOT_ENCLOSED, "evidence.grid: ends below a level")
            upper.append(bounded[beyond - 1] if beyond > 1 else None)
        return lower, upper


def _running(values: list[Ball]) -> list[Ball]:
    """The greatest of the first ones."""
    found = [values[0]]
    for value in values[1:]:
        found.append(found[-1].max(value))
    return found


def _columns(words: str, rectangle: Rectangle, count: int) -> Iterator[Column]:
    """``x:k,v/d,v/d;``: the column's right side x; k levels whose strips lie at or below the rectangle; then
    strips from v to v + d; those of all other levels lie above. Numbers are in units of 1/1024."""
    pay_for_reading(_TOKEN_COST * len(words))
    (left, right), (bottom, top), at = rectangle.across, rectangle.up, 0
    while at < len(words):
        match = _COLUMN.match(words, at)
        if match is None:
            raise Fault(
                Code.TREE_NODE, f"statement.columns: no column at character {at}: {words[at : at + 20]!r}"
            )
        end, below, own = Fraction(int(match[1]), _GRAIN), int(match[2]), match[3].split(",")[1:]
        strips = [(bottom, bottom)] * below + [_strip(part) for part in own]
        fits = left < end <= right and len(strips) <= count
        require(fits, Code.COUNT_MISMATCH, f"statement.columns: a column out of place at character {at}")
        strips += [(top, top)] * (count - len(strips))
        ordered = all(bottom <= a <= b <= top for a, b in strips)
        ordered = ordered and all(a <= c and b <= d for (a, b), (c, d) in pairwise(strips))
        require(ordered, Code.UNORDERED_CELLS, f"statement.columns: strips out of order at character {at}")
        yield Column((left, end), rectangle.up, tuple(strips))
        left, at = end, match.end()
    require(left == right, Code.TREE_UNFINISHED, "statement.columns: they do not reach across the rectangle")


def _strip(part: str) -> Strip:
    low, width = part.split("/")
    return Fraction(int(low), _GRAIN), Fraction(int(low) + int(width), _GRAIN)


_STEPS = (
    "For all (beta, p_ref) of it let p* be the least fixed point (1 where there is none). Small steps\n"
    "  L_n = L_{n-1} + eta_n F(L_{n-1}) from L_0 = log(p_ref/(1-p_ref)), F(L) = Omega(L) - alpha beta\n"
    "  (L - L_0), rise to it if 0 < eta_n <= 1/(alpha beta + sup of -Omega' from L_0 to the limit) and\n"
    "  the sum of the eta_n diverges."
)


def _claim(fields: dict[str, object], levels: tuple[Fraction, ...], count: int, k3: bool) -> str:
    """The conclusion in words; every text in it has been read before."""
    across, up = (range_text(fields[axis]) for axis in ("log_beta", "logit_p_ref"))
    given = ", ".join(text(x, "") for x in items(fields["levels"], "statement.levels"))
    return (
        f"Rectangle: log(beta) in {across}, log(p_ref/(1-p_ref)) in {up}, which holds the\n  ranges above, "
        f"cut into {count} columns of log(beta).\n"
        f"{STEPS if k3 else _STEPS} Levels of p: {given}.\n"
        "In each column each level has a strip of L_0: from its upper end on p* is at least the level, up\n"
        "  to its lower end at most. (An upper end at the rectangle's top says nothing, nor does a lower\n"
        "  end at its bottom.)\n"
        f"Which strip is where: the columns, as a text, have the {fingerprint(fields['columns'])}.\n"
        f"Of the rectangle's area at most the share {fields['undecided']} is in strips: no band is told."
    )
