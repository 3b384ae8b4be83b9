"""Every different rate solved once: by arrays, block by block, and what they leave open by Arb; side by side
on so many processes, with Arb's answers kept in a journal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...work.journal import Journal
from ...work.parallel import side_by_side
from .answers import by_arrays
from .one_at_a_time import one_at_a_time
from .question import Question
from .rates import Rate
from .records import FIELDS, Answers, Exact, Verdict, blank

BLOCK = 1 << 14
"""Rates that a process solves at a time by arrays."""
FEW = 8
"""Rates that a process solves at a time by Arb."""
AHEAD = 4
"""Tasks a process in a round: a kill loses a round at most, and a slow rate leaves nobody idle for long."""
ATTEMPTS = 3
R = TypeVar("R")
Share = Callable[[float], None]
"""Told what share of the rates is done."""


class Solver:
    """Answers for rates, one question; the answers do not depend on ``jobs`` nor on what was solved before.

    Args:
        question: what is asked.
        jobs: processes of joblib, or workers of the backend that its ``parallel_config`` names.
        journal: for Arb's answers; those that it holds already are not found again.
    """

    def __init__(self, question: Question, *, jobs: int = 1, journal: Journal | None = None) -> None:
        self.question, self.jobs = question, jobs
        self.journal = Journal(None, {}) if journal is None else journal
        self.known: dict[Rate, Any] = {}
        for line in self.journal.past:
            for k, n, record in json.loads(line):
                self.known[k, n] = np.array([tuple(record)], dtype=FIELDS)[0]

    def solve(self, rates: list[Rate], share: Share = lambda done: None) -> Answers:
        """One record a rate.

        Raises:
            InputError: processes are killed again and again.
        """
        answers = self._by_arrays(rates, share)
        hard = np.flatnonzero(self._open(answers))
        self._by_arb([rates[i] for i in hard], share)
        for i in hard:
            found = self.known[rates[i]]
            if answers["verdict"][i] == Verdict.UNDECIDED:
                answers[i] = found
                continue
            if answers["count"][i] < 0:
                answers["count"][i] = found["count"]
            if answers["exact"][i] == Exact.UNDECIDED:
                for name in ("exact", "exact_p_low", "exact_p_high"):
                    answers[name][i] = found[name]
        return answers

    def _by_arrays(self, rates: list[Rate], share: Share) -> Answers:
        if self.question.under_k3 or (self.question.beta > 0 and not self.question.has_arrays):
            return blank(rates, self.question)
        # What the arrays find slow lies together in p_ref: ascending, few blocks have to follow orbits.
        order = np.argsort([k / n for k, n in rates], kind="stable")
        ascending = [rates[i] for i in order]
        tasks = [(self.question, ascending[first : first + BLOCK]) for first in range(0, len(rates), BLOCK)]
        parts = []
        for part in self._run(by_arrays, tasks):
            parts.append(part)
            share(len(parts) / (len(tasks) + 1))
        answers = np.empty(len(rates), dtype=FIELDS)
        if parts:
            answers[order] = np.concatenate(parts)
        return answers

    def _open(self, answers: Answers) -> NDArray[np.bool_]:
        """What is for Arb: of wide intervals under the paper's regulariser nothing, arrays know as much."""
        undecided = answers["verdict"] == Verdict.UNDECIDED
        if self.question.under_k3 or not self.question.has_arrays:
            return np.asarray(undecided)
        if self.question.confidence:
            return np.zeros(len(answers), dtype=np.bool_)
        apart = (answers["count"] < 0) | (answers["exact"] == Exact.UNDECIDED)
        return np.asarray(undecided | (apart & (answers["verdict"] != Verdict.ABSORBING)))

    def _by_arb(self, rates: list[Rate], share: Share) -> None:
        new = [rate for rate in rates if rate not in self.known]
        blocks = [new[first : first + FEW] for first in range(0, len(new), FEW)]
        results = self._run(one_at_a_time, [(self.question, block) for block in blocks])
        for done, (block, records) in enumerate(zip(blocks, results, strict=True), 1):
            # JSON writes a double so that reading gives it back.
            self.journal.add(json.dumps([[*rate, r.item()] for rate, r in zip(block, records, strict=True)]))
            self.known |= dict(zip(block, records, strict=True))
            share(done / len(blocks))

    def _run(self, work: Callable[..., R], tasks: Sequence[tuple[Any, ...]]) -> Iterator[R]:
        """Results in order; when a process is killed, what it had in hand is done again."""
        done = 0
        for _ in range(ATTEMPTS):
            try:
                for result in side_by_side(work, tasks[done:], self.jobs, ahead=AHEAD):
                    yield result
                    done += 1
                return
            except BrokenProcessPool:
                continue
        raise InputError(
            "processes are killed again and again, perhaps for want of memory: try fewer --jobs; what was "
            "finished is kept"
        )
