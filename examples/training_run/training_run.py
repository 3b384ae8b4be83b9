"""Observed pass rates over a GRPO training run against the certified limit of small steps.

    python examples/training_run/training_run.py [--data FILE] [--out FOLDER]

FILE is a CSV with columns ``prompt_index`` and ``k_sequence``: one digit a visit, how many of the 8 answers
were right. Without --data, the sample beside this script is read, which ``make_sample.py`` made. In FOLDER,
``log.csv`` is the same as a log, a visit a step, for ``verified-grpo run``.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from verified_grpo.audit.configurations import K3
from verified_grpo.audit.pass_rates import Question, audit_table, clopper_pearson
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast
from verified_grpo.model.formulas import approx_profile
from verified_grpo.report.drawing.style import CURVE, INK, PALE, REFUTED, canvas
from verified_grpo.work.files import write_bytes

SAMPLE = Path(__file__).parent / "sample.csv"
# The run: groups of 8, (r - mean)/(std + 1e-6) with ddof 1, the k3 term in the loss with weight 0.001.
GROUP, BETA, EPS = 8, "0.001", "1e-6"
CONFIDENCE, POOL = "0.99", 6
CLASSES = ((0, 0), (1, 2), (3, 5), (6, 7), (8, 8))


@dataclass(frozen=True)
class Run:
    """Successes, one row a prompt and one column a visit, as far as all prompts were visited."""

    names: list[str]
    k: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    never: int

    @property
    def visits(self) -> int:
        """Visits that every prompt had."""
        return int(self.k.shape[1])


def read(path: Path) -> Run:
    """The run in a file; ``first`` and ``last`` are successes in a prompt's first and last visits, pooled."""
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    sequences = [[int(digit) for digit in row["k_sequence"]] for row in rows]
    common = min(map(len, sequences))
    return Run(
        [row["prompt_index"] for row in rows],
        np.array([sequence[:common] for sequence in sequences]),
        np.array([sum(sequence[:POOL]) for sequence in sequences]),
        np.array([sum(sequence[-POOL:]) for sequence in sequences]),
        sum(not any(sequence) for sequence in sequences),
    )


def as_log(path: Path) -> bytes:
    """Every visit of every prompt as a row of a log; its step is the visit's number."""
    with path.open(newline="", encoding="utf-8") as stream:
        rows = [
            f"{step},{row['prompt_index']},{digit},{GROUP}"
            for row in csv.DictReader(stream)
            for step, digit in enumerate(row["k_sequence"], start=1)
        ]
    return ("\n".join(["step,prompt,k,n", *rows]) + "\n").encode()


def certified(run: Run, out: Path) -> pl.DataFrame:
    """Each prompt's limit, for every p_ref in the interval of its first visit."""
    table, audited = out / "first-visit.csv", out / "audited.csv"
    frame = pl.DataFrame({"prompt": run.names, "k": run.k[:, 0], "n": [GROUP] * len(run.names)})
    write_bytes(table, frame.write_csv().encode())
    question = Question(
        Contrast("group", GROUP, 1), exact(BETA), exact(EPS), regulariser=K3, confidence=exact(CONFIDENCE)
    )
    audit_table(table, question, out=audited)
    return pl.read_csv(audited)


def least(limits: pl.DataFrame) -> float:
    """A bound below the limits of all prompts with a success at first, rounded down."""
    ends = limits.filter(pl.col("k") > 0)["certified_p_low"].to_numpy()
    return math.floor(float(ends.min()) * 1e4) / 1e4


def moved(run: Run) -> tuple[int, int]:
    """Prompts whose pooled rates rose, and fell, beyond the doubt of sampling: their intervals are apart."""
    size, confidence = POOL * GROUP, Fraction(CONFIDENCE)
    ends = [clopper_pearson(k, size, confidence) for k in range(size + 1)]
    pairs = [(ends[a], ends[b]) for a, b in zip(run.first, run.last, strict=True)]
    return sum(b[0] > a[1] for a, b in pairs), sum(b[1] < a[0] for a, b in pairs)


def fitting_beta(run: Run) -> float:
    """About which beta would put the limit where prompts with 1 to 7 successes at first end; in floats."""
    inside = (run.k[:, 0] > 0) & (run.k[:, 0] < GROUP)
    p_ref = float(run.k[inside, 0].mean()) / GROUP
    p = float(run.last[inside].mean()) / (POOL * GROUP)
    omega = approx_profile(Contrast("group", GROUP, 1))(min(p, 1 - p) / max(p, 1 - p), float(EPS))[0]
    return float(omega) * p * (1 - p) / (p - p_ref)


def picture(run: Run, limits: pl.DataFrame) -> bytes:
    """Left: means over training, by what the first visit showed. Right: every prompt, first against last."""
    shades = [REFUTED, "#7fa3d1", "#4c7ab5", CURVE, INK]
    bound, green = least(limits), "#1b6e3c"
    with canvas(16, 7.2) as drawing:
        left, right = drawing.figure.subplots(1, 2, width_ratios=(1.25, 1))
        for (low, high), shade in zip(CLASSES, shades, strict=True):
            chosen = (run.k[:, 0] >= low) & (run.k[:, 0] <= high)
            if chosen.any():
                label = f"{low if low == high else f'{low} to {high}'} ({chosen.sum()})"
                left.plot(
                    range(1, run.visits + 1),
                    run.k[chosen].mean(axis=0) / GROUP,
                    color=shade,
                    linewidth=1.1,
                    linestyle="--" if high == 0 else "-",
                    label=label,
                )
        left.set(xlabel="visit of a prompt", ylabel="mean pass rate observed", ylim=(-0.02, 1.28))
        title = f"right of {GROUP} at the first visit (prompts)"
        left.legend(loc="upper left", ncols=3, fontsize=7, title=title, title_fontsize=7)
        size = POOL * GROUP
        jitter = np.random.default_rng(1).uniform(-0.4, 0.4, (2, len(run.first)))
        right.plot(
            (run.first + jitter[0]) / size, (run.last + jitter[1]) / size, ".", color=CURVE, markersize=1.6
        )
        right.plot([0, 1], [0, 1], color=PALE, linewidth=0.8)
        right.set(
            xlabel=f"first {POOL} visits",
            ylabel=f"last {POOL} visits",
            xlim=(-0.03, 1.03),
            ylim=(-0.03, 1.28),
        )
        for axes in (left, right):
            axes.axhline(bound, color=green, linewidth=1, linestyle=":")
            axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        right.text(0.02, 1.03, f"certified limit: above {bound}", color=green, fontsize=7)
    return drawing.svg


def summary(run: Run, limits: pl.DataFrame) -> str:
    """What was observed and what is proved, in lines."""
    up, down = moved(run)
    count, rates = len(run.names), run.k.mean(axis=0) / GROUP
    seen = int((run.k[:, 0] > 0).sum())
    return "\n".join(
        (
            f"{count} prompts, {run.visits} visits each at least, {GROUP} answers a visit",
            f"observed: mean pass rate {rates[:3].mean():.3f} at first, {rates[-3:].mean():.3f} at last",
            f"observed: {up} prompts rose and {down} fell beyond doubt (confidence {CONFIDENCE} each)",
            f"observed: prompts that never had a success: {run.never}",
            f"certified: the {seen} prompts with a success at first settle above {least(limits)},",
            f"    for every p_ref in their intervals; for {count - seen} without one p_ref may be 0",
            f"about: with beta {fitting_beta(run):.1g}, not {BETA}, the limit would lie where the run ended",
        )
    )


def main() -> None:
    """Read, certify, draw, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SAMPLE)
    parser.add_argument("--out", type=Path, default=Path("training-run"))
    words = parser.parse_args()
    words.out.mkdir(parents=True, exist_ok=True)
    run = read(words.data)
    limits = certified(run, words.out)
    write_bytes(words.out / "training-run.svg", picture(run, limits))
    write_bytes(words.out / "log.csv", as_log(words.data))
    sys.stdout.write(summary(run, limits) + "\n")


if __name__ == "__main__":
    main()
