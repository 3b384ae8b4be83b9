"""Wide rows looked at more closely: what is not decided for a whole interval of ``p_ref`` may be for parts.

If at one point of the interval the sequence settles and at another it ends in a cycle, the row *depends* on
the ``p_ref``. Else it is cut: if the sequence tends to a fixed point for every ``p_ref`` of each piece, it
does for every ``p_ref`` of the row, and the limit lies in the hull of the pieces' limits. A row that reaches
down to 0 is not looked at: with ``p_ref`` falling to 0 the recursion passes through all that it can do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...intervals.array_engine import FloatArray
from ...rigor.arrays import Dynamics, References, solve_table
from .records import LIMIT, SETTLED, Answers, IntArray, Verdict, blank_like, fill

ROUNDS = 4
POINTS = 15


def over_pieces(dynamics: Dynamics, answers: Answers) -> None:
    """Decide undecided records of wide rows by points and by pieces, in place.

    Not proved: anything about a row of which one piece stays undecided.
    """
    rows = np.flatnonzero((answers["verdict"] == Verdict.UNDECIDED) & (answers["p_ref_low"] > 0))
    if not len(rows):
        return
    whole = References.of_ranges(answers["p_ref_low"][rows], answers["p_ref_high"][rows])
    mixed = _at_points(dynamics, whole)
    answers["verdict"][rows[mixed]] = Verdict.DEPENDS
    _cut(dynamics, answers, rows[~mixed], whole.low[~mixed], whole.high[~mixed])


def _at_points(dynamics: Dynamics, whole: References) -> NDArray[np.bool_]:
    """Where some point of the row settles and another ends in a cycle."""
    places = np.linspace(0, 1, POINTS + 2)[1:-1]
    high = np.where(np.isposinf(whole.high), whole.low + 1, whole.high)
    x = (whole.low[:, None] * (1 - places) + high[:, None] * places).ravel()
    verdicts = blank_like(len(x))
    fill(verdicts, np.arange(len(x)), solve_table(dynamics, References(x, x)))
    found = verdicts["verdict"].reshape(-1, POINTS)
    return np.asarray(np.isin(found, SETTLED).any(axis=1) & (found == Verdict.CYCLE).any(axis=1))


def _cut(dynamics: Dynamics, answers: Answers, rows: IntArray, low: FloatArray, high: FloatArray) -> None:
    """Halve what is undecided, a few times, and put together the rows of which all pieces settle."""
    row, done = rows, [(rows[:0], answers[:0])]
    for _ in range(ROUNDS):
        if not len(row):
            break
        row, low, high = _halves(row, low, high)
        part = blank_like(len(row))
        fill(part, np.arange(len(row)), solve_table(dynamics, References(low, high)))
        decided = part["verdict"] != Verdict.UNDECIDED
        done.append((row[decided], part[decided]))
        row, low, high = row[~decided], low[~decided], high[~decided]
    of, parts = np.concatenate([r for r, _ in done]), np.concatenate([p for _, p in done])
    for at in np.setdiff1d(rows, row):
        _merge(answers, int(at), parts[of == at])


def _halves(row: IntArray, low: FloatArray, high: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """Each piece cut in the middle, in log-odds; a piece that reaches to 1 some way above its beginning."""
    cut = np.where(np.isposinf(high), 4 * np.maximum(low, 0.5), low + (high - low) / 2)
    return np.repeat(row, 2), np.stack([low, cut], 1).ravel(), np.stack([cut, high], 1).ravel()


def _merge(answers: Answers, at: int, parts: Answers) -> None:
    """The row's record from those of its pieces."""
    verdicts = set(parts["verdict"].tolist())
    if len(verdicts) > 1 and Verdict.CYCLE in verdicts:
        answers["verdict"][at] = Verdict.DEPENDS
        return
    answers["verdict"][at] = verdicts.pop() if len(verdicts) == 1 else Verdict.FIXED_POINT
    for name in LIMIT:
        answers[f"{name}_low"][at] = parts[f"{name}_low"].min()
        answers[f"{name}_high"][at] = parts[f"{name}_high"].max()
    periods, counts = set(parts["period"].tolist()), set(parts["count"].tolist())
    answers["period"][at] = periods.pop() if len(periods) == 1 else 0
    answers["count"][at] = counts.pop() if len(counts) == 1 else -1
    answers["rate"][at] = parts["rate"].max()  # NaN where one piece has none
