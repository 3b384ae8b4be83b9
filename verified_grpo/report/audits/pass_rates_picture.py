"""The picture of an audited table: pass rates now, limits then, prompts at risk."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from verified_grpo.audit.pass_rates.tally import BINS, Tally
from verified_grpo.report.drawing.style import CURVE, INK, PALE, REFUTED, canvas

PLACES = [(k + 0.5) / BINS for k in range(BINS)]
WIDTH = 0.9 / BINS


def before_and_after(tally: Tally) -> bytes:
    """Two histograms side by side, on one scale."""
    well = [tally.before[k, False] for k in range(BINS)]
    risky = [tally.before[k, True] for k in range(BINS)]
    after = [tally.after[k] for k in range(BINS)]
    short = tally.at_risk + tally.held_back
    top = 1.12 * max([1, *after, *(a + b for a, b in zip(well, risky, strict=True))])
    with canvas(15, 6.4) as drawing:
        left, right = drawing.figure.subplots(1, 2, sharey=True)
        _bars(left, risky, REFUTED, hatch="////", label=f"behind or at risk ({short:,})")
        _bars(left, well, CURVE, base=risky, label=f"neither ({tally.prompts - short:,})")
        _bars(right, after, CURVE, label=f"with a limit ({tally.settled:,})")
        left.set(xlabel="pass rate now", ylabel="prompts")
        left.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        right.set(xlabel="pass rate in the limit, certified")
        for axes in (left, right):
            axes.axvline(0.5, ymax=0.72, color=PALE, linewidth=0.6, linestyle=":")
            axes.set(xlim=(0, 1), ylim=(0, top))
            axes.legend(loc="upper center")
        missing = tally.prompts - tally.settled
        if missing:
            text = f"no limit proved: {missing:,}"
            right.text(0.5, 0.76, text, transform=right.transAxes, ha="center", color=INK, fontsize=8)
    return drawing.svg


def _bars(
    axes: Axes,
    heights: Sequence[int],
    colour: str,
    *,
    base: Sequence[int] | None = None,
    hatch: str = "",
    label: str,
) -> None:
    hollow = bool(hatch)  # hatched without a filling: told apart without colour too
    axes.bar(
        PLACES,
        heights,
        WIDTH,
        bottom=base,
        color="none" if hollow else colour,
        edgecolor=colour,
        linewidth=0.6 if hollow else 0,
        hatch=hatch or None,
        label=label,
    )
