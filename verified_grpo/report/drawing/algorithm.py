"""Runs of Algorithm 1 beside the recursion: numerical, in floating point."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

from verified_grpo.proofs.experiment import Runs
from verified_grpo.report.drawing.recursion import sigma
from verified_grpo.report.drawing.style import CURVE, INK, PALE, PROVED, REFUTED, canvas

# Errors below this are noise of floating point.
FLOOR = 1e-9


def runs_picture(runs: Runs) -> bytes:
    """Left, the terms; right, the errors of the few-step run on a logarithmic axis."""
    with canvas(15.5, 6.6) as drawing:
        left, right = drawing.figure.subplots(1, 2)
        _terms(left, runs)
        _errors(right, runs)
    return drawing.svg


def _terms(axes: Axes, runs: Runs) -> None:
    steps = range(len(runs.solved))
    exact = runs.exact[: len(runs.solved)]
    logits = [math.log(p / (1 - p)) for p in exact]
    low = [sigma(x - bar) for x, bar in zip(logits, runs.bars, strict=True)]
    high = [sigma(x + bar) for x, bar in zip(logits, runs.bars, strict=True)]
    axes.fill_between(steps, low, high, facecolor=(CURVE, 0.15), linewidth=0, label="6 standard errors")
    axes.plot(steps, exact, color=CURVE, linewidth=0.9, label="recursion")
    axes.plot(steps, runs.solved, color=INK, marker="o", markersize=4.5, markerfacecolor="none", linestyle="")
    axes.plot(
        [], [], color=INK, marker="o", markersize=4.5, markerfacecolor="none", linestyle="", label="maximiser"
    )
    for number, run in enumerate(runs.sampled):
        axes.plot(
            steps,
            run,
            color=PROVED,
            marker="x",
            markersize=3.5,
            linestyle="",
            label="" if number else "sampled",
        )
    axes.plot(
        steps, runs.practised[: len(steps)], color=REFUTED, linewidth=0.9, linestyle="--", label="few steps"
    )
    for number, run in enumerate(runs.noisy):
        label = "" if number else "few steps, sampled"
        axes.plot(
            steps, run[: len(steps)], color=REFUTED, marker="+", markersize=4, linestyle="", label=label
        )
    axes.set(xlabel="$n$", ylabel="$p_n$")
    axes.legend(loc="lower right", fontsize=7)


def _errors(axes: Axes, runs: Runs) -> None:
    steps = range(1, len(runs.practised))
    variation = [max(x, FLOOR) for x in runs.variation[1:]]
    gaps = [max(abs(a - b), FLOOR) for a, b in zip(runs.practised, runs.exact, strict=True)][1:]
    distances = [max(abs(p - runs.fixed), FLOOR) for p in runs.noisy[0][1:]]
    axes.plot(steps, variation, color=PALE, linewidth=2.2, label=r"$\mathrm{TV}(\tilde\pi_n,\pi_n)$")
    axes.plot(steps, gaps, color=CURVE, linewidth=0.9, label=r"$|\tilde p_n-p_n|$")
    axes.plot(steps, distances, color=REFUTED, linewidth=0.9, label=r"$|\tilde p_n-p^{*}|$, sampled")
    axes.plot([runs.settled, steps[-1]], [runs.bound] * 2, color=INK, linewidth=0.9, label="$d/(1-k)$")
    axes.set(xlabel="$n$", yscale="log", ylim=(FLOOR / 2, 1))
    axes.legend(loc="upper right", fontsize=7, ncols=2)
