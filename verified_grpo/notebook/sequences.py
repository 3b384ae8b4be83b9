"""Where the sequence from the reference goes in the end, as an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..answers.fixed_points import fixed_points_json
from ..answers.k3_views import K3Views, k3_views_certificates, k3_views_json
from ..answers.limits import is_proved, limit_certificates, limit_json
from ..answers.views import Views, two_views_json, views_certificates
from ..certificates import builders
from ..certificates.grammar.values import AnyCertificate, Json
from ..certificates.k3 import without_alpha
from ..certificates.small_steps import small_steps_certificate
from ..errors import CertificateError
from ..intervals import decimal_down
from ..rigor import FixedPoints, fixed_points
from ..rigor.k3_steps import K3Rises
from ..rigor.pull_steps import PullRises, PullRisesToOne
from ..rigor.sequences.outcomes import Limit, LimitPoint
from ..rigor.sequences.small_steps import RisesBySteps, RisesToOneBySteps
from .enclosure import Enclosure
from .outcome import Outcome, Row, axes_of
from .points import FixedPointsOutcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .setting import Setting

STEP_DIGITS = 6
ENDINGS = {
    "rises": "rises, from some step on, to the least fixed point above it",
    "falls": "falls, from some step on, to the greatest fixed point below it",
    "fixed-point": "tends to a fixed point",
    "settles": "tends to a fixed point",
    "paved": "tends to a fixed point",
    "rises-to-one": "rises to 1",
    "by-alpha": "has a limit for each part of the range of alpha",
}
"""Of a sequence that does not end in a longer cycle."""


@dataclass(frozen=True, repr=False)
class LimitOutcome(Outcome):
    """Both views: any small steps, which is the verdict, and updates solved exactly."""

    prompt: Setting
    found: Views

    @property
    def verdict(self) -> str:
        return "proved" if self.found.is_proved else "undecided"

    @property
    def p(self) -> Enclosure | None:
        """Where small steps lead; None where that is 1, open, or undecided."""
        small = self.found.small
        return _p(small.limit) if isinstance(small, RisesBySteps) else None

    @property
    def largest_step(self) -> Fraction | None:
        """Up to which size any steps are proved to lead there; None where any are, or undecided."""
        return self.found.small.largest_step[0] if isinstance(self.found.small, RisesBySteps) else None

    @property
    def differs(self) -> bool | None:
        """Whether the iteration solved exactly is proved to end elsewhere; None where that is open."""
        return self.found.differ

    @property
    def sentence(self) -> str:
        small, listed = self.found.small, self.found.fixed_points
        if isinstance(small, RisesToOneBySteps):
            return "any small steps rise to 1"
        if not isinstance(small, RisesBySteps):
            return small.reason
        which = "the least fixed point"
        if small.limit is None:
            which = "the least fixed point, or to 1 where there is none"
        elif isinstance(listed, FixedPoints):
            which = (
                "the only fixed point" if listed.count == 1 else f"the least of {listed.count} fixed points"
            )
        where = "" if self.p is None else f", p in {self.p}"
        step = decimal_down(small.largest_step[0], STEP_DIGITS)
        return f"small steps, up to {step}, rise to {which}{where}"

    def told(self) -> Json:
        return two_views_json(self.found)

    def certificates(self) -> dict[str, AnyCertificate]:
        return views_certificates(self.found)

    def certificate(self) -> AnyCertificate:
        """That of small steps, whose verdict is the answer's."""
        if not self.found.is_proved:
            raise CertificateError(f"no certificate: {self.sentence}")
        return small_steps_certificate(self.found.small)

    def plot(self, ax: Axes | None = None) -> Axes:
        """The map of the iteration solved exactly, with the fixed points of both views, and the cobweb of its
        sequence where its end is proved.

        Raises:
            TypeError: the fixed points are not known.
        """
        if not isinstance(self.found.fixed_points, FixedPoints):
            return super().plot(ax)
        axes = FixedPointsOutcome(self.prompt, self.found.fixed_points).plot(ax)
        claim = None if self.found.maximiser is None else _claim(self.found.maximiser)
        if claim is None:
            return axes
        from ..report.pages.sequence_picture import draw_cobweb_of

        return draw_cobweb_of(axes, claim)

    def rows(self) -> list[Row]:
        exactly = self.found.maximiser
        if exactly is None:
            return []
        told = limit_json(exactly)
        ends = told.get("points") or ([told["limit"]] if "limit" in told else [{"p": None}])
        return [
            {
                "solved exactly": told["verdict"],
                "p": "" if end["p"] is None else Enclosure.of(end["p"]),
                "ends elsewhere": {True: "yes", False: "no", None: "not decided"}[self.differs],
            }
            for end in ends
        ]


@dataclass(frozen=True, repr=False)
class K3LimitOutcome(Outcome):
    """Both views under k3."""

    prompt: Setting
    found: K3Views

    @property
    def verdict(self) -> str:
        return "proved" if self.found.is_proved else "undecided"

    @property
    def p(self) -> Enclosure | None:
        """Where small steps lead; None where undecided."""
        return _p(self.found.small.limit) if isinstance(self.found.small, K3Rises | PullRises) else None

    @property
    def largest_step(self) -> Fraction | None:
        """Up to which size any steps are proved to lead there; None where undecided."""
        small = self.found.small
        return small.largest_step[0] if isinstance(small, K3Rises | PullRises) else None

    @property
    def sentence(self) -> str:
        small = self.found.small
        if isinstance(small, PullRisesToOne):
            return "any steps rise to 1"
        if not isinstance(small, K3Rises | PullRises):
            return small.reason
        step, which = decimal_down(small.largest_step[0], STEP_DIGITS), "only"
        if isinstance(small, PullRises):
            which = "least"
        return f"small steps, up to {step}, rise to the {which} fixed point, p in {self.p}"

    def told(self) -> Json:
        return {
            "variant": builders.variant(self.prompt.contrast),
            "parameters": without_alpha(builders.parameters(self.prompt.box)),
            "kl": "k3",
            "start": "p_ref",
            "views": k3_views_json(self.found),
        }

    def certificates(self) -> dict[str, AnyCertificate]:
        return k3_views_certificates(self.found)


@dataclass(frozen=True, repr=False)
class SequenceOutcome(Outcome):
    """The updates that were asked about, or those solved exactly from another start."""

    prompt: Setting
    found: Limit

    @property
    def verdict(self) -> str:
        return "proved" if is_proved(self.found) else "undecided"

    @property
    def p(self) -> Enclosure | None:
        """The limit; None where that is 1, a cycle of several points, or undecided."""
        limit = limit_json(self.found).get("limit")
        return None if limit is None or limit["p"] is None else Enclosure.of(limit["p"])

    @property
    def sentence(self) -> str:
        told = limit_json(self.found)
        if "reason" in told:
            return str(told["reason"])
        period = told.get("period", 1)
        return f"ends in a cycle of {period} points" if period > 1 else ENDINGS[told["verdict"]]

    def told(self) -> Json:
        beside = fixed_points(self.prompt.contrast, self.prompt.recursion, engine="arb")
        return {**limit_json(self.found), "all_fixed_points": fixed_points_json(beside)}

    def certificates(self) -> dict[str, AnyCertificate]:
        return limit_certificates(self.found)

    def plot(self, ax: Axes | None = None) -> Axes:
        """The first terms of the sequence, enclosed, and at the right edge what it tends to.

        Raises:
            TypeError: undecided, or of each part of a range of alpha by itself.
        """
        claim = _claim(self.found)
        if claim is None:
            return super().plot(ax)
        from ..report.pages.sequence_picture import draw_sequence

        return draw_sequence(axes_of(ax), claim)

    def rows(self) -> list[Row]:
        told = limit_json(self.found)
        ends = told.get("points") or ([told["limit"]] if "limit" in told else [])
        return [
            {"p": Enclosure.of(end["p"]), "one_minus_p": Enclosure.of(end["one_minus_p"])} for end in ends
        ]


def _claim(found: Limit) -> Any:
    """What is proved, as its certificate states it; None where there is no one statement."""
    made = limit_certificates(found).get("")
    return None if made is None else made["statement"]


def _p(at: LimitPoint | None) -> Enclosure | None:
    return None if at is None else Enclosure.of(at.p)
