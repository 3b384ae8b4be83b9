"""Drawing up an atlas: breadth first, every generation of cells half as large as the one before.

All cells of a generation have the same area, so working through them in turn is working on the largest
undecided cells first. What is undecided is cut in two and waits for the next generation; the work ends as
soon as the open cells together are below the tolerance. Batches are decided side by side, taken in order, and
each depends on its cells alone: the same atlas, byte for byte, whatever the number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from time import monotonic

import numpy as np

from ...certificates.atlas_builders import atlas_certificate
from ...certificates.grammar.plane import Atlas, AtlasCells
from ...certificates.grammar.values import Certificate
from ...intervals.array_bounds import Counts
from ...intervals.environment import in_sound_floats
from ...rigor.cells.patches import Law, Patches
from ...rigor.cells.rules import decide
from ...work.journal import Journal
from ...work.parallel import side_by_side
from .question import AtlasQuestion

BATCH = 1024
AT_ONCE = 4
"""Batches at most that are decided in one go: operations on arrays cost less a cell the longer they are."""
DEEPEST = 44
"""Cuts after which a cell is left undecided: doubles hold the corners of all cells until then."""
FIRST_CUTS = 6
"""Generations that are cut to near squares; later cuts go across the direction in which orbits spread."""
LONG = 86_400.0
"""Seconds beyond which no time is foretold."""
LONGEST = 4.0
"""How much longer than wide, in log beta and log-odds, a cell may become."""


@dataclass(frozen=True)
class State:
    """How far the work is: generation, cells decided, the share of the area still open, seconds taken, and
    an estimate of the seconds left (None: too early to say)."""

    generation: int
    decided: int
    open_share: Fraction
    seconds: float
    left: float | None


Progress = Callable[[State], None]


@in_sound_floats
def draw_up(
    question: AtlasQuestion,
    *,
    jobs: int = 1,
    journal: Path | None = None,
    progress: Progress | None = None,
    deepest: int = DEEPEST,
) -> Certificate[Atlas, AtlasCells]:
    """The certificate of an atlas.

    Args:
        question: what is asked.
        jobs: how many processes work side by side; the answer does not depend on it.
        journal: a folder for finished work, of the owner's alone; a run with the same question goes on from
            it.
        progress: called after every batch.
        deepest: cuts after which a cell is left undecided, DEEPEST at most.

    Returns:
        The certificate; its ``undecided`` may exceed the tolerance where cells became too small to be cut.

    Raises:
        MissingFact: the rules need one of the contrast that is not proved of it (alpha > 0).

    Not proved: that an undecided cell does anything in particular.
    """
    if question.law.alpha == 0:  # L_n rises without bound, everywhere
        return atlas_certificate(
            question.contrast,
            question.box,
            question.rectangle,
            {"": ("o", "m")},
            Fraction(0),
            question.update,
        )
    question.law.shape  # noqa: B018  # asks for what it needs of the contrast, before any work
    log = Journal(journal, question.words)
    work = _Work(question, log, jobs, progress, min(deepest, DEEPEST))
    try:
        certificate = work.run()
    except BaseException:
        log.close(done=False)
        raise
    log.close(done=True)
    return certificate


class _Work:
    def __init__(
        self, question: AtlasQuestion, log: Journal, jobs: int, progress: Progress | None, deepest: int
    ) -> None:
        self.question, self.log, self.jobs, self.progress = question, log, jobs, progress
        self.deepest = deepest
        self.nodes: dict[str, tuple[str, str]] = {}
        self.paths, self.cells = [""], question.whole
        self.clock = _Clock(question.enough)

    def run(self) -> Certificate[Atlas, AtlasCells]:
        question, open_share = self.question, Fraction(1)
        for generation in range(self.deepest + 1):
            open_share = self._generation(generation)
            if open_share <= question.enough or not self.paths:
                break
            self.clock.turn(open_share)
        for path in self.paths:
            self.nodes[path] = "u", ""
        return atlas_certificate(
            question.contrast, question.box, question.rectangle, self.nodes, open_share, question.update
        )

    def _generation(self, generation: int) -> Fraction:
        """Decide the cells in hand batch by batch; leave those that stay open in hand, cut for the next
        generation unless the end is reached."""
        share, count = Fraction(1, 2**generation), len(self.paths)
        batches = [np.arange(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]
        open_cells: list[int] = []
        cuts: dict[int, str] = {}
        for batch, line in zip(batches, self._lines(batches, generation), strict=True):
            for k, token in zip(batch, line.split(" "), strict=True):
                verdict, _, proof = token.partition("=")
                if proof:
                    self.nodes[self.paths[k]] = verdict, proof
                else:
                    open_cells.append(int(k))
                    cuts[int(k)] = verdict
            left = len(open_cells) + count - int(batch[-1]) - 1
            self._report(generation, left * share)
            if left * share <= self.question.enough:
                open_cells += range(int(batch[-1]) + 1, count)
                self.paths = [self.paths[k] for k in open_cells]
                return left * share
        open_share = len(open_cells) * share
        if generation == self.deepest:
            self.paths = [self.paths[k] for k in open_cells]
        else:
            self._cut(open_cells, [cuts[k] for k in open_cells])
        return open_share

    def _lines(self, batches: list[Counts], generation: int) -> Iterator[str]:
        """The batches' lines in order: from the journal as far as it goes, then decided and put there."""
        waiting = list(batches)
        for line in self.log.past:
            if not waiting:
                raise AssertionError("the journal's lines are taken one a batch")
            waiting.pop(0)
            yield line
            if not waiting:
                return
        law = self.question.law
        size = max(1, min(AT_ONCE, len(waiting) // self.jobs))  # so that no process is idle
        together = [waiting[first : first + size] for first in range(0, len(waiting), size)]
        tasks = [(law, self.cells.take(np.concatenate(part)), generation) for part in together]
        for part, answer in zip(together, side_by_side(decide_batch, tasks, self.jobs), strict=True):
            tokens = iter(answer.split(" "))
            for batch in part:
                line = " ".join(islice(tokens, len(batch)))
                self.log.add(line)
                yield line

    def _cut(self, chosen: list[int], cuts: list[str]) -> None:
        """Two halves for each open cell, the lower first."""
        for k, cut in zip(chosen, cuts, strict=True):
            self.nodes[self.paths[k]] = cut, ""
        self.paths = [self.paths[k] + half for k in chosen for half in "01"]
        old, across = self.cells.take(np.array(chosen, dtype=int)), np.array([cut == "<" for cut in cuts])
        x, y = (old.x0 + old.x1) / 2, (old.y0 + old.y1) / 2
        low = Patches(old.x0, np.where(across, x, old.x1), old.y0, np.where(across, old.y1, y))
        high = Patches(np.where(across, x, old.x0), old.x1, np.where(across, old.y0, y), old.y1)
        sides = ("x0", "x1", "y0", "y1")
        self.cells = Patches(*(np.stack([getattr(low, s), getattr(high, s)], 1).ravel() for s in sides))

    def _report(self, generation: int, open_share: Fraction) -> None:
        if self.progress is not None:
            decided = sum(1 for token, _ in self.nodes.values() if token not in "<^")
            self.progress(self.clock.state(generation, decided, open_share))


@in_sound_floats
def decide_batch(law: Law, cells: Patches, generation: int) -> str:
    """The line of a batch: ``verdict=proof`` of each decided cell, ``<`` or ``^``, how to cut it, of each
    other."""
    outcome = decide(law, cells)
    wide, high = cells.x1 - cells.x0, cells.y1 - cells.y0
    across = np.where(outcome.across, wide * LONGEST > high, wide > high * LONGEST)
    if generation < FIRST_CUTS:
        across = wide * 1.5 > high
    across = across & ~outcome.mixed
    return " ".join(
        f"{verdict}={proof}" if proof else "<" if cut else "^"
        for (verdict, proof), cut in zip(outcome.verdicts, across, strict=True)
    )


class _Clock:
    """Seconds taken, and an estimate of those left: from one generation to the next the open area and the
    time change by about the same factors."""

    def __init__(self, tolerance: Fraction) -> None:
        self.tolerance, self.start, self.turns = float(tolerance), monotonic(), [(1.0, 0.0)]

    def turn(self, open_share: Fraction) -> None:
        self.turns.append((float(open_share), monotonic() - self.start))

    def state(self, generation: int, decided: int, open_share: Fraction) -> State:
        seconds = monotonic() - self.start
        return State(generation, decided, open_share, seconds, self._left(seconds))

    def _left(self, seconds: float) -> float | None:
        """By the means of the last three generations; None where nothing sensible comes of it."""
        if len(self.turns) < 8:
            return None
        (before, began), (now, then) = self.turns[-4], self.turns[-1]
        falls, last = (now / before) ** (1 / 3), (then - began) / 3
        earlier = (began - self.turns[-7][1]) / 3
        grows, total = max(last / max(earlier, 1e-3), 1.0) ** (1 / 3), 0.0
        if falls >= 0.99:
            return None
        last *= grows  # the mean is that of the generation before the last
        while now > self.tolerance and total < LONG:
            now, last = now * falls, last * grows
            total += last
        return max(total - (seconds - then), 0.0) if total < LONG else None
