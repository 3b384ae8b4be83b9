"""Fixed points as an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answers.fixed_points import fixed_points_json, k3_point_json
from ..certificates import fixed_points_certificate
from ..certificates.grammar.values import AnyCertificate, Json
from ..certificates.k3 import k3_certificate
from ..rigor import FixedPoints, UndecidedFixedPoints
from ..rigor.k3 import K3FixedPoint
from ..rigor.points.fixed_points import FixedPoint
from ..rigor.verdicts import Stability
from .enclosure import Enclosure
from .outcome import Outcome, Row, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .setting import Setting


@dataclass(frozen=True)
class Point:
    """One fixed point: enclosures of its log-odds, p, 1 - p and multiplier, and whether it attracts."""

    logit: Enclosure
    p: Enclosure
    one_minus_p: Enclosure
    multiplier: Enclosure
    kind: Stability

    @staticmethod
    def of(found: FixedPoint | K3FixedPoint) -> Point:
        """From what the search found."""
        p, one_minus_p, multiplier = map(Enclosure.of, (found.p, found.one_minus_p, found.multiplier))
        return Point(Enclosure.of(found.logit), p, one_minus_p, multiplier, found.stability)

    def row(self) -> Row:
        """Its numbers by name."""
        return {
            "p": self.p,
            "one_minus_p": self.one_minus_p,
            "multiplier": self.multiplier,
            "kind": self.kind,
        }


@dataclass(frozen=True, repr=False)
class FixedPointsOutcome(Outcome):
    """All fixed points of a prompt, or undecided."""

    prompt: Setting
    found: FixedPoints | UndecidedFixedPoints

    @property
    def verdict(self) -> str:
        return "proved" if isinstance(self.found, FixedPoints) else "undecided"

    @property
    def points(self) -> tuple[Point, ...]:
        """Ascending; none where undecided."""
        return tuple(map(Point.of, self.found.points)) if isinstance(self.found, FixedPoints) else ()

    @property
    def count(self) -> int | None:
        """How many there are, None where undecided."""
        return self.found.count if isinstance(self.found, FixedPoints) else None

    @property
    def sentence(self) -> str:
        found = self.found
        return found.reason if isinstance(found, UndecidedFixedPoints) else counted(found.count)

    def told(self) -> Json:
        return dict(fixed_points_json(self.found))

    def certificates(self) -> dict[str, AnyCertificate]:
        return {"": fixed_points_certificate(self.found)} if isinstance(self.found, FixedPoints) else {}

    def rows(self) -> list[Row]:
        return [point.row() for point in self.points]

    def plot(self, ax: Axes | None = None) -> Axes:
        """The map of p against the diagonal, as a band of enclosures, with the fixed points on it.

        Raises:
            TypeError: undecided.
        """
        if not isinstance(self.found, FixedPoints):
            return super().plot(ax)
        from ..report.pages.pictures import draw_map

        return draw_map(axes_of(ax), fixed_points_certificate(self.found)["statement"])


@dataclass(frozen=True, repr=False)
class K3PointOutcome(Outcome):
    """The only fixed point under k3."""

    prompt: Setting
    found: K3FixedPoint

    @property
    def verdict(self) -> str:
        return "proved"

    @property
    def points(self) -> tuple[Point, ...]:
        """The one point."""
        return (Point.of(self.found),)

    @property
    def count(self) -> int:
        """1."""
        return 1

    @property
    def sentence(self) -> str:
        return counted(1)

    def told(self) -> Json:
        return dict(k3_point_json(self.found))

    def certificates(self) -> dict[str, AnyCertificate]:
        return {"": k3_certificate(self.found)}

    def rows(self) -> list[Row]:
        return [point.row() for point in self.points]


def counted(number: int) -> str:
    """How many fixed points, in words."""
    return f"exactly {number} fixed point{'s' * (number != 1)}" if number else "no fixed point"
