"""The axis of log-odds: a scale on which -7, 0, 60 and 8000 are all seen, and labels that say which p they
are.

The scale is asinh(L/3): linear around p = 1/2, where the contrast has its valley, and logarithmic in both
tails.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from verified_grpo.report.drawing.bands import Axis

LINEAR_WIDTH = 3.0
CELLS = 200

# Always in view: from p = 0.0025 to p = 0.9975.
ALWAYS = (-6.0, 6.0)


@dataclass(frozen=True)
class Window:
    """The part of the line of log-odds that a figure shows."""

    low: float
    high: float

    @property
    def axis(self) -> Axis:
        """Places on it, from 0 to 1."""
        start, end = _stretch(self.low), _stretch(self.high)
        return Axis(lambda logit: (_stretch(logit) - start) / (end - start))

    @property
    def cuts(self) -> list[float]:
        """End points of cells that look equally wide."""
        start, end = _stretch(self.low), _stretch(self.high)
        return [LINEAR_WIDTH * math.sinh(start + (end - start) * k / CELLS) for k in range(CELLS + 1)]


def window(logits: Iterable[float], margin: float = 0.07) -> Window:
    """A window around some log-odds and p = 1/2, with a margin on both sides."""
    places = [_stretch(logit) for logit in [*ALWAYS, *logits]]
    wide = (max(places) - min(places)) * margin
    return Window(LINEAR_WIDTH * math.sinh(min(places) - wide), LINEAR_WIDTH * math.sinh(max(places) + wide))


def _stretch(logit: float) -> float:
    return math.asinh(logit / LINEAR_WIDTH)


def ticks(view: Window, most: int = 9) -> list[float]:
    """Round log-odds, not too close to each other as they look."""
    candidates = [0.0]
    for power in range(9):
        candidates += [sign * digit * 10.0**power for digit in (1, 2, 5) for sign in (1, -1)]
    chosen: list[float] = []
    # 0 first, then powers of ten outward, then the others where there is room.
    for tick in sorted(candidates, key=lambda t: (t != 0, not math.log10(abs(t) or 1).is_integer(), abs(t))):
        inside = view.low <= tick <= view.high
        if inside and all(abs(view.axis.distance(tick, other)) > 1 / most for other in chosen):
            chosen.append(tick)
    return sorted(chosen)


def mark_axis(axes: Axes, view: Window, *, both: bool, most: int = 9) -> None:
    """Scale, limits and at most about so many labels of the horizontal axis, or of both."""
    for axis in ("x", "y") if both else ("x",):
        getattr(axes, f"set_{axis}scale")("asinh", linear_width=LINEAR_WIDTH)
        getattr(axes, f"set_{axis}lim")(view.low, view.high)
        lines = getattr(axes, f"{axis}axis")
        lines.set_major_locator(FixedLocator(ticks(view, most)))
        lines.set_minor_locator(NullLocator())
        lines.set_major_formatter(lambda tick, _: _number(tick))


def mark_probabilities(axes: Axes, view: Window) -> None:
    """A second axis on top that says which probability of success the log-odds are."""
    top = axes.twiny()
    mark_axis(top, view, both=False)
    places = ticks(view, most=5)
    top.set_xticks(places, [probability_label(tick) for tick in places])
    top.tick_params(labelsize=7, pad=2)
    top.set_box_aspect(1)


def mark_places(axes: Axes, view: Window) -> None:
    """Log-odds on the vertical axis alone, named by the probabilities that they are, on the right."""
    axes.set_yscale("asinh", linear_width=LINEAR_WIDTH)
    axes.set_ylim(view.low, view.high)
    places = ticks(view)
    axes.set_yticks(places, [probability_label(tick) for tick in places])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.tick_right()
    axes.tick_params(axis="y", labelsize=7, pad=2)


def probability_label(logit: float) -> str:
    """About which p a log-odds is, as a power of ten near 0 and 1."""
    if abs(logit) < 3:
        return f"${1 / (1 + math.exp(-logit)):.2g}$"
    power = (
        f"10^{{{-abs(logit) / math.log(10):.0f}}}"
        if abs(logit) > 6
        else f"{1 / (1 + math.exp(abs(logit))):.2g}"
    )
    return f"${power}$" if logit < 0 else f"$1-{power}$"


def _number(tick: float) -> str:
    if abs(tick) < 1e5:
        return f"${tick:g}$"
    power = int(math.log10(abs(tick)))
    return rf"${tick / 10.0**power:g}\cdot10^{{{power}}}$"
