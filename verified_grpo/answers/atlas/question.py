"""What an atlas is asked for: the variant, the ranges, and the dyadic rectangle that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

import numpy as np

from ...certificates.atlas_cells import enclosed_side
from ...errors import InputError
from ...intervals import canonical, decimal_up, exact, make_engine
from ...model import Contrast, Parameters, Range, Workbench
from ...model.steps import Update
from ...rigor.cells.patches import Law, Patches

GRAIN = 256
"""Corners of the rectangle are multiples of 1/GRAIN, so that doubles hold those of all cells exactly."""
MAXIMISER, SMALL_STEPS = "maximiser", "small-steps"
VIEWS = (MAXIMISER, SMALL_STEPS)
"""What an atlas shows: the exact iteration, or where any small steps lead."""
WIDEST = 1000
"""Log beta and log-odds beyond this are refused: float64 holds no exp of them."""


@dataclass(frozen=True)
class AtlasQuestion:
    """An atlas over ranges of beta and p_ref at fixed contrast, alpha and eps; of updates solved exactly, or
    of steps of one size.

    Raises:
        InputError: a range of alpha or eps; an exact beta or p_ref; ranges too far out; a tolerance outside
        (0, 1); steps beyond a whole one, or of several sizes.
    """

    contrast: Contrast
    box: Parameters
    tolerance: Fraction = Fraction(1, 100)
    update: Update | None = None

    def __post_init__(self) -> None:
        for name in ("alpha", "eps"):
            if len(set(getattr(self.box, name))) > 1:
                raise InputError(f"{name} of an atlas is one number: the axes are beta and p_ref")
        for name in ("beta", "p_ref"):
            if len(set(getattr(self.box, name))) == 1:
                raise InputError(f"{name} of an atlas is a range LO:HI with LO < HI")
        if not 0 < self.tolerance < 1:
            raise InputError(f"the tolerance must lie between 0 and 1, not {canonical(self.tolerance)}")
        if max(abs(end) for side in self.rectangle for end in side) > WIDEST:
            raise InputError(f"an atlas reaches to |log beta| and |log-odds of p_ref| of {WIDEST} at most")
        if self.law.eps < Fraction(1, 10**100):
            raise InputError("eps of an atlas is at least 1e-100")
        if self.update is not None:
            self._require_steps(self.update)

    def _require_steps(self, update: Update) -> None:
        """Go on only if the steps have one size, and none is more than a whole one in all the rectangle."""
        if update.step_size[0] != update.step_size[1]:
            raise InputError("the step size of an atlas is one number")
        with make_engine("arb", 80) as engine:
            most = engine.upper(engine.exp(engine.exact(self.rectangle[0][1])))
        if update.step_size[1] * most > 1:
            raise InputError(
                "step size times beta must be at most 1 in all the atlas, whose beta reaches "
                f"{decimal_up(most, 6)} (log beta is rounded up to a multiple of 1/{GRAIN})"
            )

    @cached_property
    def law(self) -> Law:
        """The recursion but for beta and p_ref."""
        return Law(self.contrast, self.box.eps[0], self.box.alpha[0], self.update)

    @cached_property
    def enough(self) -> Fraction:
        """The share of the rectangle that may stay open: what is open is then at most the tolerance of the
        ranges asked about, wherever in the rectangle it lies."""
        inside = Fraction(1)
        for name, side in zip(("beta", "p_ref"), self.rectangle, strict=True):
            low, high = enclosed_side(name, getattr(self.box, name))
            inside *= (high[0] - low[1]) / (side[1] - side[0])
        return self.tolerance * inside

    @cached_property
    def rectangle(self) -> tuple[Range, Range]:
        """Ranges of log beta and of the log-odds of p_ref, rounded outward to multiples of 1/GRAIN."""
        with make_engine("arb", 80) as engine:
            bench = Workbench(engine, self.contrast)
            across = [engine.log(engine.exact(beta)) for beta in self.box.beta]
            up = [bench.log_odds(p) for p in self.box.p_ref]
            (left, right), (bottom, top) = (
                (floor(engine.lower(low) * GRAIN), ceil(engine.upper(high) * GRAIN))
                for low, high in (across, up)
            )
        return (Fraction(left, GRAIN), Fraction(right, GRAIN)), (
            Fraction(bottom, GRAIN),
            Fraction(top, GRAIN),
        )

    @cached_property
    def whole(self) -> Patches:
        """The rectangle as the one cell of the first generation."""
        (left, right), (bottom, top) = self.rectangle
        return Patches(*(np.array([float(end)]) for end in (left, right, bottom, top)))

    @property
    def words(self) -> dict[str, str]:
        """What is asked, for a log to know its own."""
        box = {name: ":".join(canonical(end) for end in side) for name, side in self.box}
        steps = {}
        if self.update is not None:
            steps = {
                "step_size": canonical(self.update.step_size[0]),
                "inner_steps": str(self.update.inner_steps),
            }
        return {"contrast": self.contrast.label, "tolerance": canonical(self.tolerance), **box, **steps}


def ask(
    *,
    beta: str,
    eps: str,
    p_ref: str,
    alpha: str = "1",
    contrast: Contrast | None = None,
    tolerance: str = "0.01",
    update: Update | None = None,
) -> AtlasQuestion:
    """A question from what a user writes."""
    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    return AtlasQuestion(contrast or Contrast("mean-var"), box, exact(tolerance), update)


def require_view(name: str) -> None:
    """Go on only if there is such a view.

    Raises:
        InputError: there is none.
    """
    if name not in VIEWS:
        raise InputError(f"--view is {' or '.join(VIEWS)}, not {name!r}")
