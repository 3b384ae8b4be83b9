"""TRL's runs beside the certified numbers: the tables of the page beside this script, and its figure.

    python examples/trl/compare.py [--logs FOLDER] [--write]

prints the tables; with ``--write`` they and the figure are put into README.md and docs/pictures/trl.svg.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from certified import Variant, by_tokens, fitted, fixed_point, trajectory, variance, variant
from observed import LOGS, Floats, Run, runs
from settings import Setting

from verified_grpo import limit
from verified_grpo.report.drawing.style import CURVE, INK, PALE, PROVED, REFUTED, canvas
from verified_grpo.rigor.sequences.outcomes import ConvergesToCycle
from verified_grpo.work.files import write_bytes

PAGE = Path(__file__).parent / "README.md"
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "trl.svg"
WITHIN = 4
"""Standard errors within which every prompt of a run must lie."""
RISE = 30
"""Blocks at the beginning, in which success rises: the step size is fitted to them."""
HARD, SLOW = "g16-beta-0.6", "slow-beta-2"
SHOWN = 60


@dataclass(frozen=True)
class Compared:
    """A run beside the brackets of its fixed points; ``brackets`` None: they rise to 1."""

    run: Run
    held: Variant
    brackets: Floats | None

    @property
    def middle(self) -> Floats:
        """The certified success, one number a prompt."""
        return np.ones(len(self.run.p_ref)) if self.brackets is None else self.brackets.mean(axis=1)

    @cached_property
    def by_tokens(self) -> Floats:
        """Where answers of several tokens end if each token has its own KL: about."""
        return by_tokens(self.run, self.held)

    @property
    def off(self) -> Floats:
        """How far the average is from the bracket."""
        low, high = (self.middle, self.middle) if self.brackets is None else self.brackets.T
        return np.maximum(0, np.maximum(low - self.run.mean, self.run.mean - high))

    @property
    def errors(self) -> Floats:
        """The same in standard errors."""
        return self.off / self.run.error

    @property
    def agrees(self) -> bool:
        """Whether all prompts lie within WITHIN standard errors."""
        return bool((self.errors <= WITHIN).all())


def compared(run: Run) -> Compared:
    """A run with what is certified of it."""
    held = variant(run.setting)
    brackets = [fixed_point(held, p_ref) for p_ref in run.p_ref]
    found = [bracket for bracket in brackets if bracket is not None]
    return Compared(run, held, np.array(found) if len(found) == len(run.p_ref) else None)


def by_setting(found: list[Compared]) -> Iterator[tuple[Setting, list[Compared]]]:
    """Both seeds of a setting together."""
    for setting, group in groupby(found, key=lambda item: item.run.setting):
        yield setting, list(group)


def summary(found: list[Compared]) -> Iterator[str]:
    """One row a setting: how far off prompts are at most, and by how many standard errors at most."""
    named = ("setting", "beta", "G", "scale", "KL in the loss", "loss", "optimiser, rate", "tokens")
    yield f"| {' | '.join(named)} | seed 1 | seed 2 | agrees |"
    yield "|---" * (len(named) + 3) + "|"
    for setting, pair in by_setting(found):
        kl = "weighted k3" if setting.use_bias_correction_kl else "k3"
        cells = [_furthest(item) for item in pair] if setting.beta else [_least(item) for item in pair]
        agree = _verdict(setting, all(item.agrees for item in pair))
        yield (
            f"| {setting.name} | {setting.beta:g} | {setting.num_generations} | {setting.scale_rewards} | "
            f"{kl if setting.beta else 'none'} | {setting.loss_type} | "
            f"{setting.optimizer} {setting.learning_rate:g} | {setting.tokens} | "
            f"{' | '.join(cells)} | {agree} |"
        )


def _verdict(setting: Setting, agrees: bool) -> str:
    if not setting.beta:
        return "rises to 1"
    return "yes" if agrees else "**no**" if setting.tokens == 1 else "no: another KL"


def _furthest(item: Compared) -> str:
    return f"{item.off.max():.4f} ({item.errors.max():.1f})"


def _least(item: Compared) -> str:
    return f"p > {np.floor(item.run.p[-1].min() * 1000) / 1000:.3f} at the end"


def prompts(item: Compared) -> Iterator[str]:
    """One prompt a column: the reference, what was observed, what is certified."""
    run = item.run
    yield f"| {run.setting.name}, seed {run.seed} |" + " |" * len(run.p_ref)
    yield "|---|" + "---|" * len(run.p_ref)
    rows = [("`p_ref`", [float(p) for p in run.p_ref]), ("observed", run.mean), ("standard error", run.error)]
    if item.brackets is not None:
        rows.append(("certified", item.middle))
    if run.setting.tokens > 1:
        rows += [("observed - certified", run.mean - item.middle)]
        rows += [("with a KL for each token (floats)", item.by_tokens)]
    for name, numbers in rows:
        yield f"| {name} | " + " | ".join(f"{x:.4f}" for x in numbers) + " |"


def fits(found: list[Compared]) -> Iterator[str]:
    """Trajectories: the fitted step size, and how far blocks of the rise lie from the certified ones."""
    named = ("setting, seed 1", "fitted step size", "certified: distance", "largest")
    yield f"| {' | '.join(named)} | weight p(1-p): distance |"
    yield "|---" * (len(named) + 1) + "|"
    for item in found:
        run = item.run
        if run.seed != 1 or run.setting.tokens > 1 or item.held.forward or not run.setting.beta:
            continue
        size, certified = rise(item)
        distance = np.abs(certified - run.p[:RISE])
        other = fitted(run, item.held, RISE, variance)
        yield (
            f"| {run.setting.name} | {size} | {np.sqrt((distance**2).mean()):.3f} | {distance.max():.3f} | "
            f"{other.distance:.3f} |"
        )


def rise(item: Compared) -> tuple[str, Floats]:
    """The fitted step size, and the certified trajectories averaged over blocks as the log is."""
    run = item.run
    size = fitted(run, item.held, RISE).size
    steps = int(run.step[RISE - 1])
    each = [trajectory(item.held, p, size, steps)[1:].reshape(RISE, -1).mean(axis=1) for p in run.p_ref]
    return size, np.array(each).T


def picture(found: list[Compared]) -> bytes:
    """Every prompt of every run; hard prompts that rise; trajectories beside the certified ones."""
    first = {item.run.setting.name: item for item in found if item.run.seed == 1}
    with canvas(17.5, 6.4) as drawing:
        left, middle, right = drawing.figure.subplots(1, 3)
        _scatter(left, found)
        _rests(middle, first[HARD])
        _rises(right, first[SLOW])
    return drawing.svg


def _scatter(axes: Any, found: list[Compared]) -> None:
    kinds = (
        ("one token", CURVE, lambda item: item.run.setting.tokens == 1 and item.agrees),
        ("one token, off", REFUTED, lambda item: item.run.setting.tokens == 1 and not item.agrees),
        ("two or three tokens", PALE, lambda item: item.run.setting.tokens > 1),
    )
    for label, color, belongs in reversed(kinds):
        chosen = [item for item in found if item.brackets is not None and belongs(item)]
        x = [p for item in chosen for p in item.middle]
        y = [p for item in chosen for p in item.run.mean]
        axes.plot(x, y, ".", color=color, markersize=3, label=label)
    axes.plot([0, 1], [0, 1], color=INK, linewidth=0.5)
    axes.set(xlabel="certified fixed point", ylabel="success observed with TRL", xlim=(0, 1), ylim=(0, 1))
    axes.legend(loc="upper left", handletextpad=0.1)


def _rests(axes: Any, item: Compared) -> None:
    """The hardest prompt, whose exact iteration swings, and an easier one."""
    run, order = item.run, np.argsort(item.middle)
    for k, color in ((order[0], CURVE), (order[-2], PROVED)):
        axes.plot(run.step, run.p[:, k], ".", color=color, markersize=2.5)
        axes.axhline(item.middle[k], color=color, linewidth=0.9)
    cycle = limit(item.held.contrast, item.held.at(run.p_ref[order[0]]).maximised)
    assert isinstance(cycle, ConvergesToCycle)
    for point in cycle.points:
        axes.axhline(float(point.p[0]), color=REFUTED, linewidth=0.9, linestyle=":")
    axes.set(xlabel="optimiser step", ylabel="success of two hard prompts", yscale="log", ylim=(8e-4, 1))


def _rises(axes: Any, item: Compared) -> None:
    """Every second prompt, beside its certified trajectory for the one fitted step size."""
    run, (size, certified) = item.run, rise(item)
    plain = fitted(run, item.held, RISE, variance).blocks
    middle = run.step - (run.step[0] - 1) / 2
    for k in np.argsort(item.middle)[::2]:
        axes.plot(middle[:SHOWN], run.p[:SHOWN, k], ".", color=CURVE, markersize=2.5)
        axes.plot(middle[:RISE], certified[:, k], color=INK, linewidth=0.9)
        axes.plot(middle[:RISE], plain[:, k], color=REFUTED, linewidth=0.9, linestyle="-.")
        axes.axhline(item.middle[k], color=PALE, linewidth=0.6, linestyle="--", zorder=0)
    axes.set(xlabel="optimiser step", ylabel=f"four prompts (fitted step {size})")


def tables(found: list[Compared]) -> str:
    """Everything that the page shows."""
    parts = [*summary(found), "", *fits(found)]
    for item in found:
        if item.run.seed == 1 and (item.run.setting.tokens > 1 or item.run.setting.name in ("beta-2", HARD)):
            parts += ["", *prompts(item)]
    return "\n".join(parts)


def main() -> None:
    """Read, certify, print; write where asked."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--logs", type=Path, default=LOGS)
    words.add_argument("--write", action="store_true", help="renew the page's tables and the figure")
    asked = words.parse_args()
    found = [compared(run) for run in runs(asked.logs)]
    shown = tables(found)
    sys.stdout.write(shown + "\n")
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        marks = r"(<!-- tables -->\n\n).*(\n\n<!-- end -->)"
        page = re.sub(marks, lambda at: at[1] + shown + at[2], page, flags=re.DOTALL)
        write_bytes(PAGE, page.encode())
        write_bytes(PICTURE, picture(found))


if __name__ == "__main__":
    main()
