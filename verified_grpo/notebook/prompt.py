"""A prompt: a variant at its numbers, of which single questions are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from ..intervals import Number, exact
from .setting import Setting

if TYPE_CHECKING:
    from .maps import AtlasOutcome
    from .points import FixedPointsOutcome, K3PointOutcome
    from .regions import PropertyOutcome
    from .sequences import (
        K3LimitOutcome,
        LimitOutcome,
        SequenceOutcome,
    )
    from .updates import PassageOutcome, TrajectoryOutcome

NOT_UNDER_K3 = "is answered for KL(pi || pi_ref) only, not for k3"


@dataclass(frozen=True, repr=False)
class Prompt(Setting):
    """A variant at its numbers. Every method answers one question and proves what it answers, or says that it
    is undecided; none is true or false by itself.

    Over ranges an answer holds for every choice of numbers in them.
    """

    def fixed_points(self, *, digits: int = 15, engine: str = "arb") -> FixedPointsOutcome | K3PointOutcome:
        """All fixed points, each in a bracket of so many digits, and whether it attracts; under k3 the one.

        Raises:
            InputError: steps under k3, an engine that is not known, or digits out of range.

        >>> from verified_grpo import Variant
        >>> Variant().at(beta=5, eps="1e-5", p_ref="0.001").fixed_points().count
        3
        """
        from ..rigor import fixed_points
        from ..rigor.k3 import k3_fixed_point
        from .points import FixedPointsOutcome, K3PointOutcome

        self._refuse_k3("a step size", self.update is None)
        if self.kl == "k3":
            one = k3_fixed_point(self.contrast, self.plain, digits=digits, engine=engine)
            return K3PointOutcome(self, one)
        found = fixed_points(self.contrast, self.recursion, digits=digits, engine=engine)
        return FixedPointsOutcome(self, found)

    def limit(
        self, *, start: Number | None = None, engine: str = "arb"
    ) -> LimitOutcome | SequenceOutcome | K3LimitOutcome:
        """Where the sequence from p_ref goes: by any small steps, and solved exactly; with ``step_size``, or
        from another ``start`` (a probability), by these updates alone.

        Raises:
            InputError: a start outside (0, 1), an engine that is not known; under k3 steps or a start.

        >>> from verified_grpo import Variant
        >>> Variant().at(beta=5, eps="1e-5", p_ref="0.001").limit().sentence
        'small steps, up to 0.0486534, rise to the least of 3 fixed points, p in [0.0086220328, 0.0086220329]'
        """
        from ..answers.k3_views import k3_views
        from ..answers.limits import limit
        from ..answers.views import views
        from .sequences import K3LimitOutcome, LimitOutcome, SequenceOutcome

        if self.kl == "k3":
            self._refuse_k3("a step size or a start", start is None and self.update is None)
            return K3LimitOutcome(self, k3_views(self.contrast, self.plain, engine=engine))
        if self.update is None and start is None:
            return LimitOutcome(self, views(self.contrast, self.box, engine=engine))
        return SequenceOutcome(self, limit(self.contrast, self.recursion, start=start, engine=engine))

    def passage(self, reach: Number, *, engine: str = "arb") -> PassageOutcome:
        """After how many updates p is at ``reach`` or above: of ``step_size``, else solved exactly.

        Raises:
            InputError: a target outside (0, 1), an engine that is not known; k3.

        >>> from verified_grpo import Variant
        >>> Variant().at(beta=5, eps="1e-5", p_ref="0.001", step_size="0.02").passage("0.008").steps
        (13, 13)
        """
        from ..rigor.sequences.passage import passage
        from .updates import PassageOutcome

        self._refuse_k3("passage")
        return PassageOutcome(self, passage(self.contrast, self.recursion, reach, engine=engine))

    def trajectory(self, updates: int, *, engine: str = "arb") -> TrajectoryOutcome:
        """The sequence for so many updates (1 to 1,000,000), enclosed at a thousand of them at most.

        Raises:
            InputError: updates out of range, an engine that is not known; k3.

        >>> from verified_grpo import Variant
        >>> Variant().at(beta=5, eps="1e-5", p_ref="0.001", step_size="0.02").trajectory(117).sentence
        'after 117 updates p in [0.0086220328, 0.0086220329]'
        """
        from ..rigor.sequences.trajectory import trajectory
        from .updates import TrajectoryOutcome

        self._refuse_k3("trajectory")
        return TrajectoryOutcome(self, trajectory(self.contrast, self.recursion, updates, engine=engine))

    def certify(
        self,
        name: str,
        *,
        rate: Number | None = None,
        gain: Number | None = None,
        target: Number | None = None,
        tolerance: Number = "1/20",
        engine: str = "arb",
    ) -> PropertyOutcome:
        """Prove or refute a property for every choice in the ranges: ``amplification``, ``contraction``,
        ``uniqueness``, ``convergence`` or ``no-cycles``; where it is neither, by parts of the box until a
        share of ``tolerance`` of its volume is left.

        Args:
            name: of the property.
            rate: of a contraction, in (0, 1).
            gain, target: of amplification: how far the log-odds rise at least, or up to which p.

        Raises:
            InputError: a property that is not known, goals outside their domains; k3.

        >>> from verified_grpo import Variant
        >>> Variant().at(beta="61:100", eps="1e-5", p_ref="0.01:0.99").certify("contraction").verdict
        'proved'
        """
        from ..answers.regions import decide_by_parts
        from ..rigor.properties.certify import ask
        from .regions import PropertyOutcome

        self._refuse_k3("certify")
        goals = {"rate": rate, "gain": gain, "target": target}
        given = {key: exact(value) for key, value in goals.items() if value is not None}
        question = ask(name, self.contrast, self.recursion, **given)
        found = decide_by_parts(question, exact(tolerance), engine)
        return PropertyOutcome(self, found if self.is_exact else found.over_more_than_asked(), engine)

    def atlas(self, *, view: str = "maximiser", tolerance: Number = "1/100", jobs: int = 1) -> AtlasOutcome:
        """A map over the ranges of beta and p_ref of what the sequence does, each cell proved: of
        ``step_size``, else solved exactly; with the view ``small-steps``, of where any small steps lead.

        Raises:
            InputError: a view that is not known, eps or alpha that are ranges; the exact iteration under k3.

        >>> from verified_grpo import Variant
        >>> Variant().at(beta="1:10", eps="1e-2", p_ref="0.01:0.5").atlas(tolerance="0.2").verdict
        'proved'
        """
        from ..answers.atlas import SMALL_STEPS, AtlasQuestion, draw_up, draw_up_small_steps, require_view
        from .maps import AtlasOutcome

        require_view(view)
        self._refuse_k3("a map of the exact iteration", view == SMALL_STEPS)
        if self.update is not None and view == SMALL_STEPS:
            raise InputError("the view small-steps is of any steps small enough, not of one size")
        question = AtlasQuestion(self.contrast, self.plain, exact(tolerance), self.update)
        if view == SMALL_STEPS:
            made = draw_up_small_steps(question, jobs=jobs, k3=self.kl == "k3")
            return AtlasOutcome(self, made, question.tolerance)
        return AtlasOutcome(self, draw_up(question, jobs=jobs), question.tolerance)

    def _refuse_k3(self, what: str, fine: bool = False) -> None:
        """Go on only under the KL that the question is answered for."""
        if self.kl == "k3" and not fine:
            raise InputError(f"{what} {NOT_UNDER_K3}")
