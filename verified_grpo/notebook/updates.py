"""Updates one by one, as an outcome: how many until a target, and the way there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..answers.passages import Unseen, passage_json
from ..answers.trajectories import trajectory_json
from ..certificates.grammar.values import AnyCertificate, Json
from ..certificates.passage import passage_certificate
from ..certificates.trajectory import trajectory_certificate
from ..intervals import canonical
from ..rigor.sequences.passage import Passage, UndecidedPassage
from ..rigor.sequences.trajectory import Trajectory, UndecidedTrajectory
from .enclosure import Enclosure
from .outcome import Outcome, Row, axes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .setting import Setting


@dataclass(frozen=True, repr=False)
class PassageOutcome(Outcome):
    """How many updates until p is at a target."""

    prompt: Setting
    found: Passage | UndecidedPassage

    @property
    def verdict(self) -> str:
        return "proved" if isinstance(self.found, Passage) else "undecided"

    @property
    def steps(self) -> tuple[int, int] | None:
        """The least and the most number of updates; None where p never gets there, or undecided."""
        return self.found.steps if isinstance(self.found, Passage) else None

    @property
    def never(self) -> bool | None:
        """Whether p stays below the target for ever; None where undecided."""
        return self.found.steps is None if isinstance(self.found, Passage) else None

    @property
    def sentence(self) -> str:
        if isinstance(self.found, UndecidedPassage):
            return self.found.reason
        reach = canonical(self.found.reach)
        if self.found.steps is None:
            return f"p never reaches {reach}"
        least, most = self.found.steps
        return (
            f"p reaches {reach} after {least} updates"
            if least == most
            else (f"p reaches {reach} after {least} to {most} updates")
        )

    def told(self) -> Json:
        return passage_json(self.found, Unseen.beside(self.found))

    def certificates(self) -> dict[str, AnyCertificate]:
        return {"": passage_certificate(self.found)} if isinstance(self.found, Passage) else {}


@dataclass(frozen=True, repr=False)
class TrajectoryOutcome(Outcome):
    """The sequence, enclosed after so many updates."""

    prompt: Setting
    found: Trajectory | UndecidedTrajectory

    @property
    def verdict(self) -> str:
        return "proved" if isinstance(self.found, Trajectory) else "undecided"

    @property
    def sentence(self) -> str:
        if isinstance(self.found, UndecidedTrajectory):
            return self.found.reason
        n, last = self.found.values[-1]
        return f"after {n} updates p in {Enclosure.of(last.p)}"

    def told(self) -> Json:
        return trajectory_json(self.found)

    def certificates(self) -> dict[str, AnyCertificate]:
        return {"": trajectory_certificate(self.found)} if isinstance(self.found, Trajectory) else {}

    def rows(self) -> list[Row]:
        """The enclosure at each listed number of updates."""
        if isinstance(self.found, UndecidedTrajectory):
            return []
        return [
            {"updates": n, "p": Enclosure.of(at.p), "logit": Enclosure.of(at.logit)}
            for n, at in self.found.values
        ]

    def plot(self, ax: Axes | None = None) -> Axes:
        """p after so many updates, as the band of the enclosures.

        Raises:
            TypeError: undecided.
        """
        if isinstance(self.found, UndecidedTrajectory):
            return super().plot(ax)
        from ..report.drawing.trajectory import draw_band

        values = [(float(Fraction(at.p[0])), float(Fraction(at.p[1]))) for _, at in self.found.values]
        return draw_band(axes_of(ax), [n for n, _ in self.found.values], values, "$p_n$")
