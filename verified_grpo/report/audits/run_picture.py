"""The pictures of a run: its rise beside what is certified, its step size, and where it stands on the KL's
time scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from verified_grpo.audit.runs.answer import Answered
from verified_grpo.audit.runs.fitting import Samples, expected_rates, probabilities, samples_of
from verified_grpo.audit.runs.movement import Movement
from verified_grpo.audit.runs.sentences import IDLE, RESTING
from verified_grpo.report.drawing.style import CURVE, INK, PALE, PROVED, REFUTED, canvas

FORGOTTEN, LAST = 1e-4, 30.0
"""Time constants between which the scale is drawn."""
MARKS = {"rose": (CURVE, "o"), "fell": (REFUTED, "v"), "open": (PALE, ".")}
FEW = 60
"""Prompts up to which each has its intervals drawn."""
FEWER = 10
"""A part of the run with so many times fewer samples than another is not drawn."""


def rise(found: Answered) -> bytes:
    """Left: the mean pass rate in the course of the run. Right: every prompt, its start against its end."""
    with canvas(16, 6.6) as drawing:
        left, right = drawing.figure.subplots(1, 2, width_ratios=(1.2, 1))
        samples = samples_of(found.log)
        if samples is not None:
            _means(left, found, samples)
        if found.limits is not None:
            low, high = map(float, found.limits.mean)
            left.axhspan(low, max(high, low + 0.006), color=PROVED, alpha=0.25, linewidth=0)
            left.plot([], [], color=PROVED, alpha=0.4, linewidth=5, label="mean certified limit")
        left.set(xlabel="steps since a prompt's first visit", ylabel="mean pass rate", ylim=(-0.02, 1.3))
        left.legend(loc="upper left", ncols=2, fontsize=7)
        _prompts(right, found.movements)
        for axes in (left, right):
            axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    return drawing.svg


def _means(axes: Axes, found: Answered, samples: Samples) -> None:
    drawn = samples.drawn.sum(axis=0)
    many = drawn >= drawn.max() / FEWER
    steps, seen = samples.offsets[many], (samples.right.sum(axis=0) / drawn)[many]
    axes.plot(steps, seen, ".", color=INK, markersize=4, label="observed")
    if found.fitted is None or not found.fitted.low:
        return
    p = probabilities(found.fitted.paths, found.fitted.best, samples)
    means = (samples.drawn * expected_rates(found.fitted, samples, p)).sum(axis=0) / drawn
    axes.plot(steps, means[many], color=CURVE, linewidth=1, label="one step size, fitted")


def _prompts(axes: Axes, moved: Sequence[Movement]) -> None:
    for word, (colour, mark) in MARKS.items():
        chosen = [one for one in moved if one.moved == word]
        if not chosen:
            continue
        x, y = [one.start.rate for one in chosen], [one.end.rate for one in chosen]
        axes.plot(x, y, mark, color=colour, markersize=3, linestyle="none", label=f"{word} ({len(chosen):,})")
        if len(moved) <= FEW:
            for one, a, b in zip(chosen, x, y, strict=True):
                axes.plot([float(end) for end in one.p_start], [b, b], color=colour, linewidth=0.4)
                axes.plot([a, a], [float(end) for end in one.p_end], color=colour, linewidth=0.4)
    axes.plot([0, 1], [0, 1], color=PALE, linewidth=0.8)
    axes.set(xlabel="pass rate at the start", ylabel="in the last quarter", xlim=(-0.03, 1.03))
    axes.set(ylim=(-0.02, 1.3))
    axes.legend(loc="upper left", ncols=3, fontsize=7)


def scales(found: Answered) -> bytes:
    """The interval of the step size, and the run's length in time constants of the KL."""
    constant = found.constant
    with canvas(16, 3.0 if constant is None else 5.2) as drawing:
        rows = drawing.figure.subplots(1 if constant is None else 2, 1, squeeze=False)[:, 0]
        _step_size(rows[0], found)
        if constant is not None:
            _constants(rows[1], *constant.gone)
    return drawing.svg


def _step_size(axes: Axes, found: Answered) -> None:
    """Between powers of ten; an end that is not known runs out of the picture."""
    fitted = found.fitted
    assert fitted is not None
    least, most = fitted.low or fitted.best / 100, fitted.high or fitted.best * 100
    low, high = floor(log10(least)), floor(log10(most)) + 1
    axes.plot([least, most], [0, 0], color=CURVE, linewidth=4, solid_capstyle="butt")
    axes.plot([fitted.best], [0], "|", color=INK, markersize=14)
    axes.set(xscale="log", xlim=(10.0**low, 10.0**high), ylim=(-1, 1), yticks=[])
    axes.set(xlabel="step size per optimiser step: interval, and the most likely")
    _plain(axes)


def _constants(axes: Axes, least: float, most: float) -> None:
    zones = (
        (FORGOTTEN, IDLE, "the KL holds nothing back", "#eef2f7"),
        (IDLE, RESTING, "it holds back in part", "#d5dfec"),
        (RESTING, LAST, "at rest", "#b3c5dd"),
    )
    for low, high, words, colour in zones:
        axes.axvspan(low, high, color=colour, linewidth=0)
        axes.text((low * high) ** 0.5, 0.5, words, ha="center", va="center", color=INK, fontsize=8)
    left, right = (min(max(x, FORGOTTEN), LAST) for x in (least, most))
    axes.plot([left, right], [-0.45, -0.45], color=REFUTED, linewidth=4, solid_capstyle="butt")
    axes.plot([(left * right) ** 0.5], [-0.45], "o", color=REFUTED, markersize=6)
    axes.set(xscale="log", xlim=(FORGOTTEN, LAST), ylim=(-1, 1), yticks=[])
    axes.set(xlabel="length of this run, in time constants 1/(step size times beta) of the KL")
    _plain(axes)


def _plain(axes: Axes) -> None:
    """Powers of ten as decimals."""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    axes.xaxis.set_minor_formatter(FuncFormatter(lambda x, _: ""))
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.tick_params(which="both", top=False)


def described(found: Answered) -> str:
    """The first picture in words."""
    counts = ", ".join(
        f"{sum(one.moved == word for one in found.movements):,} {words}"
        for word, words in (("rose", "rose"), ("fell", "fell"), ("open", "are open"))
    )
    first, last = found.log.steps
    return (
        f"The mean pass rate from step {first:,} to {last:,}, and {len(found.movements):,} prompts: {counts}."
    )


def on_the_scale(found: Answered) -> str:
    """The second in words."""
    assert found.fitted is not None
    top = "without a bound above" if found.fitted.high is None else f"to {found.fitted.high:.3g}"
    words = f"The step size lies from {found.fitted.low:.3g} {top}"
    if found.constant is None:
        return f"{words}."
    least, most = found.constant.gone
    return f"{words}; the run is {least:.2g} to {most:.2g} time constants of the KL long."


def has_scales(found: Answered) -> bool:
    """Whether there is a step size to be drawn."""
    return found.fitted is not None and bool(np.isfinite(found.fitted.best)) and found.fitted.best > 0
