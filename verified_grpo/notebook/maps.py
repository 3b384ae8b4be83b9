"""A map over beta and p_ref as an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..answers.atlas.outputs import atlas_json, contours_json, open_share
from ..certificates.grammar.values import AnyCertificate, Json
from ..intervals import decimal_up
from .outcome import Outcome, Row, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .setting import Setting

SHARE_DIGITS = 3


@dataclass(frozen=True, repr=False)
class AtlasOutcome(Outcome):
    """A map, proved but for a share of the area."""

    prompt: Setting
    found: AnyCertificate
    tolerance: Fraction

    @property
    def verdict(self) -> str:
        """``proved`` where no more than the tolerance is open."""
        return "proved" if open_share(self.found) <= self.tolerance else "undecided"

    @property
    def sentence(self) -> str:
        return f"all but {decimal_up(open_share(self.found), SHARE_DIGITS)} of the area is proved"

    def told(self) -> Json:
        return dict(contours_json(self.found) if self._of_contours else atlas_json(self.found))

    def certificates(self) -> dict[str, AnyCertificate]:
        return {"": self.found}

    def rows(self) -> list[Row]:
        """How many cells have which verdict; of contours, at which p they are."""
        if self._of_contours:
            return [{"contour at p": level} for level in contours_json(self.found)["levels"]]
        told = atlas_json(self.found)["verdicts"].items()
        return [{"verdict": verdict, "cells": count} for verdict, count in told]

    def plot(self, ax: Axes | None = None) -> Axes:
        """The map, with the curves that organise it."""
        from ..report.pages.maps import draw_map

        axes = axes_of(ax)
        draw_map(axes, self.found)
        return axes

    @property
    def _of_contours(self) -> bool:
        return bool(self.found["statement"]["kind"] == "contours")
