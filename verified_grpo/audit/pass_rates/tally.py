"""What a whole table says: counts, means and bins, added up window by window from the certified columns."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from .certified import AT_RISK
from .columns import OURS, Columns

BINS = 20
SHOWN = 8
"""Prompts that are listed by name, for each reason to be at risk or behind."""
MOST = 1 << 20
"""Different rates are counted as far as this."""


@dataclass(frozen=True)
class Risky:
    """A prompt at risk or behind: what its row calls it, its rate, its limit if there is one, and why."""

    prompt: str
    p_ref: str
    p: str
    note: str


@dataclass
class Tally:
    """Sums over the rows so far.

    Attributes:
        prompts, verdicts, notes: counts.
        before, after: prompts by twentieths of p_ref and of the limit (of an interval: by its middle; for a
            picture); ``settled`` prompts have a limit.
        behind: the notes of prompts whose limit lies, or may lie, below the target.
        exactly: where the exact iteration ends beside small steps, counts.
        arrived, fewest, most: prompts of which the steps to the target are known, and between which numbers.
        risky: for each reason, the first prompts at risk or behind, in the order of the table.
    """

    behind: tuple[str, ...]
    prompts: int = 0
    settled: int = 0
    exactly: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    before: Counter[tuple[int, bool]] = field(default_factory=Counter)
    after: Counter[int] = field(default_factory=Counter)
    arrived: int = 0
    fewest: int | None = None
    most: int | None = None
    risky: dict[str, list[Risky]] = field(default_factory=dict)
    rates: set[object] = field(default_factory=set)
    sums: dict[str, Fraction] = field(default_factory=dict)

    @property
    def at_risk(self) -> int:
        """How many prompts are at risk."""
        return sum(self.notes[note] for note in AT_RISK)

    @property
    def held_back(self) -> int:
        """How many prompts are behind."""
        return sum(self.notes[note] for note in self.behind)

    @property
    def listed(self) -> list[Risky]:
        """The prompts at risk or behind that are listed, the worst reasons first."""
        return [one for note in (*AT_RISK, *self.behind) for one in self.risky.get(note, [])]

    def mean(self, name: str) -> float:
        """The mean of a column over prompts with a limit, approximately."""
        return float(self.sums.get(name, Fraction(0)) / max(self.settled, 1))

    def add(self, frame: pl.DataFrame, columns: Columns) -> None:
        """Take in a window with its certified columns."""
        first, self.prompts = self.prompts, self.prompts + len(frame)
        # Polars' expressions cost the square of the columns: the table's own may be many, and play no part.
        named = [name for name in frame.columns if name.startswith(OURS) or name == columns.prompt]
        frame = frame[named]
        short = frame.with_columns(_p_ref(frame)).with_columns(
            risk=pl.col(f"{OURS}note").is_in([*AT_RISK, *self.behind]).fill_null(value=False),
            bin_before=_bin("ref_low", "ref_high"),
            bin_after=_bin(f"{OURS}p_low", f"{OURS}p_high"),
        )
        counters = {"verdict": self.verdicts, "note": self.notes, "exact": self.exactly}
        for name in counters.keys() & {name.removeprefix(OURS) for name in named}:
            counters[name].update(dict(short[OURS + name].drop_nulls().value_counts().iter_rows()))
        grouped = short.group_by("bin_before", "risk").len()
        self.before.update({(b, r): n for b, r, n in grouped.iter_rows()})
        settled = short.filter(pl.col(f"{OURS}p_low").is_not_null() & (pl.col(f"{OURS}verdict") != "cycle"))
        self.after.update(dict(settled["bin_after"].value_counts().iter_rows()))
        self.settled += len(settled)
        for name in ("ref_low", "ref_high", f"{OURS}p_low", f"{OURS}p_high"):
            total = Fraction(math.fsum(settled[name].to_list()))
            self.sums[name] = self.sums.get(name, Fraction(0)) + total
        if f"{OURS}steps_high" in frame.columns:
            self._count_steps(frame)
        if len(self.rates) < MOST:
            exact = f"{OURS}p_ref" in frame.columns
            names = [f"{OURS}p_ref"] if exact else [f"{OURS}p_ref_low", f"{OURS}p_ref_high"]
            self.rates.update(frame.select(names).unique().iter_rows())
        self._list(short.with_row_index("row", first + 1).filter("risk"), columns)

    def _count_steps(self, frame: pl.DataFrame) -> None:
        known = frame.filter(pl.col(f"{OURS}steps_high").is_not_null())
        self.arrived += len(known)
        fewest, most = known[f"{OURS}steps_low"].to_list(), known[f"{OURS}steps_high"].to_list()
        self.fewest = min([*fewest, *([] if self.fewest is None else [self.fewest])], default=None)
        self.most = max([*most, *([] if self.most is None else [self.most])], default=None)

    def _list(self, risky: pl.DataFrame, columns: Columns) -> None:
        first = risky.group_by(f"{OURS}note", maintain_order=True).head(SHOWN)
        for row in first.iter_rows(named=True):
            note = row[f"{OURS}note"]
            name = str(row[columns.prompt]) if columns.prompt else f"row {row['row']}"
            p_ref = row.get(f"{OURS}p_ref") or _between(row["ref_low"], row["ref_high"])
            limit = _between(row[f"{OURS}p_low"], row[f"{OURS}p_high"])
            met = self.risky.setdefault(note, [])
            if len(met) < SHOWN:
                met.append(Risky(name, p_ref, limit, note))


def _p_ref(frame: pl.DataFrame) -> list[pl.Expr]:
    """Both ends of p_ref as floats, for sums and bins."""
    if f"{OURS}p_ref" in frame.columns:
        parts = pl.col(f"{OURS}p_ref").str.split_exact("/", 1)
        top, bottom = (parts.struct.field(f"field_{i}").cast(pl.Float64) for i in (0, 1))
        value = top / bottom.fill_null(1.0)
        return [value.alias("ref_low"), value.alias("ref_high")]
    return [pl.col(f"{OURS}p_ref_{end}").alias(f"ref_{end}") for end in ("low", "high")]


def _bin(low: str, high: str) -> pl.Expr:
    """Which twentieth the middle lies in; an exact 1 belongs to the last."""
    middle = (pl.col(low) + pl.col(high)) / 2
    return (middle * BINS).floor().clip(0, BINS - 1).cast(pl.Int64)


def _between(low: float | None, high: float | None) -> str:
    """A bracket to a few digits, rounded outward."""
    if low is None or high is None:
        return "none proved"
    if low == high:
        return f"{low:g}"
    down, up = math.floor(low * 1e4) / 1e4, math.ceil(high * 1e4) / 1e4
    return f"{down:.4f} to {up:.4f}"
