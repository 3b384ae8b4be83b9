"""What the runs' logs say: success by prompt, and how well its average over the last half is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from settings import SETTINGS, Setting

LOGS = Path(__file__).parent / "logs"
BATCHES = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """One run. Arrays have a row a block of optimiser steps and a column a prompt.

    Attributes:
        p_ref: the reference's success, as text; ``p_ref_tokens``: token by token along the right answer.
        step: the last step of each block. ``p``: the policy's success, averaged over the block.
        hits, tries: what was sampled for training in the block.
    """

    setting: Setting
    seed: int
    p_ref: tuple[str, ...]
    p_ref_tokens: Floats
    step: NDArray[np.int64]
    p: Floats
    hits: NDArray[np.int64]
    tries: NDArray[np.int64]

    @property
    def half(self) -> int:
        """The block from which on averages are taken."""
        return len(self.step) // 2

    @property
    def mean(self) -> Floats:
        """Success of each prompt, averaged over the last half."""
        return np.asarray(self.p[self.half :].mean(axis=0))

    @property
    def error(self) -> Floats:
        """The standard errors of these averages by batch means: ten batches, taken as independent."""
        batches = np.array([part.mean(axis=0) for part in np.array_split(self.p[self.half :], BATCHES)])
        return np.asarray(batches.std(axis=0, ddof=1) / np.sqrt(BATCHES))

    @property
    def sampled(self) -> Floats:
        """The share of right answers among those sampled in the last half."""
        return np.asarray(self.hits[self.half :].sum(axis=0) / self.tries[self.half :].sum(axis=0))


def read(path: Path) -> Run:
    """A log as ``train.py`` writes it."""
    log: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    named = {setting.name: setting for setting in SETTINGS}
    rows = log["rows"]
    columns = (np.array([row[name] for row in rows]) for name in ("step", "p", "hits", "tries"))
    tokens = np.array(log["p_ref_tokens"], dtype=float)
    return Run(named[log["setting"]], log["seed"], tuple(log["p_ref"]), tokens, *columns)


def runs(folder: Path = LOGS) -> list[Run]:
    """All logs of a folder, in the order of the settings."""
    order = [setting.name for setting in SETTINGS]
    found = [read(path) for path in folder.glob("*.json")]
    return sorted(found, key=lambda run: (order.index(run.setting.name), run.seed))
