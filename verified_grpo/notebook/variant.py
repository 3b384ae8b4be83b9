"""A variant of GRPO, and a prompt of it: what all questions are asked of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..intervals import Exact, Number, exact
from ..model import Contrast
from ..model.steps import StepParameters, Update
from .setting import KLS, Kl, Setting

if TYPE_CHECKING:
    import polars as pl

    from ..audit.pass_rates import Asked
    from .maps import AtlasOutcome
    from .points import FixedPointsOutcome, K3PointOutcome
    from .regions import PropertyOutcome
    from .sequences import (
        K3LimitOutcome,
        LimitOutcome,
        PassageOutcome,
        SequenceOutcome,
        TrajectoryOutcome,
    )
    from .sweep import Axis
    from .tables import TableOutcome

NOT_UNDER_K3 = "is answered for KL(pi || pi_ref) only, not for k3"


@dataclass(frozen=True, repr=False)
class Prompt(Setting):
    """A variant at its numbers. Every method answers one question and proves what it answers, or says that it
    is undecided; none is true or false by itself.

    Over ranges an answer holds for every choice of numbers in them.
    """

    def fixed_points(self, *, digits: int = 15, engine: str = "arb") -> FixedPointsOutcome | K3PointOutcome:
        """All fixed points, each in a bracket of so many digits, and whether it attracts.

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
        from another ``start``, by these updates alone."""
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
        """After how many updates p is at ``reach`` or above: of ``step_size``, else solved exactly."""
        from ..rigor.sequences.passage import passage
        from .sequences import PassageOutcome

        self._refuse_k3("passage")
        return PassageOutcome(self, passage(self.contrast, self.recursion, reach, engine=engine))

    def trajectory(self, updates: int, *, engine: str = "arb") -> TrajectoryOutcome:
        """The sequence for so many updates, enclosed at a thousand of them at most."""
        from ..rigor.sequences.trajectory import trajectory
        from .sequences import TrajectoryOutcome

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
        share of ``tolerance`` of its volume is left."""
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
        ``step_size``, else solved exactly; with the view ``small-steps``, of where any small steps lead."""
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


@dataclass(frozen=True)
class Variant:
    """How the advantage is normalised and which KL is in the loss.

    Args:
        name: ``mean-var`` (the paper's), ``mean-std``, ``mean``, ``group``, or another of the model's table.
        size: G >= 2, the group size, of contrasts that have one.
        ddof: 0 or 1, the divisor of a group's variance is ``size - ddof``.
        kl: ``reverse``, KL(pi || pi_ref), or ``k3``, whose gradient is that of KL(pi_ref || pi).
        omega: instead of a name, a contrast of one's own: an expression in p, q = 1 - p, v = p q, eps.

    >>> Variant("group", size=8, ddof=1, kl="k3")
    Variant('group(8, ddof 1)', kl='k3')

    Raises:
        InputError: a name, size, ddof, expression or KL that is not known.
    """

    name: str | None = None
    size: int = 0
    ddof: int = 0
    kl: Kl = "reverse"
    omega: str | None = None

    def __post_init__(self) -> None:
        if self.kl not in KLS:
            raise InputError(f"kl is {' or '.join(KLS)}, not {self.kl!r}")
        self.contrast  # noqa: B018  # which refuses what it does not know

    @cached_property
    def contrast(self) -> Contrast:
        """What its advantages come to: Omega."""
        return Contrast.asked(self.name, self.size, self.ddof, self.omega)

    def at(
        self,
        *,
        beta: Exact,
        eps: Exact,
        p_ref: Exact,
        alpha: Exact = 1,
        step_size: Exact | None = None,
        inner_steps: int = 1,
    ) -> Prompt:
        """A prompt: exact numbers, or ranges of them (``"0.1:1"`` or a pair) for all prompts of a box.

        Args:
            beta: KL weight, > 0; 0 where only steps are asked about.
            eps: stabiliser of the advantage, > 0.
            p_ref: the reference's probability of success, in (0, 1).
            alpha: share of the KL weight on the reference, in [0, 1].
            step_size, inner_steps: updates of so many natural-gradient steps of this size, where they are
                asked about and not updates that are solved exactly.

        >>> Variant().at(beta="0.04", eps="1e-5", p_ref="0.05")
        Prompt(mean-var, beta 0.04, eps 1e-5, p_ref 0.05)

        Raises:
            InputError: numbers outside their domains, floats among them.
        """
        box = StepParameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
        return Prompt(box, _update(step_size, inner_steps), self.contrast, self.kl)

    def sweep(
        self, *, beta: Axis, eps: Axis, p_ref: Axis, alpha: Axis = 1, grid: bool = False
    ) -> pl.DataFrame:
        """Many prompts at once, a row each: :func:`verified_grpo.notebook.sweep.sweep`.

        >>> Variant().sweep(beta=[5, 100], eps="1e-5", p_ref="0.001")["count"].to_list()
        [3, 1]

        Raises:
            InputError: as there; or under k3.
        """
        from .sweep import sweep

        if self.kl == "k3":
            raise InputError(f"a sweep {NOT_UNDER_K3}")
        axes = {"beta": beta, "eps": eps, "p_ref": p_ref, "alpha": alpha}
        return sweep(self.contrast, axes, grid=grid)

    def audit(
        self,
        table: str | Path,
        *,
        out: str | Path,
        beta: Number,
        eps: Number,
        alpha: Number = 1,
        confidence: Number = 0,
        target: Number = "1/2",
        step_size: Exact | None = None,
        inner_steps: int = 1,
        columns: Asked | None = None,
        jobs: int = 1,
    ) -> TableOutcome:
        """Certify every prompt of a table of pass rates (CSV, JSON lines or Parquet).

        Args:
            table: a row a prompt, or a sample; its columns are guessed where ``columns`` does not name them.
            out: the table with the certified columns; its certificate is written beside it.
            beta, eps, alpha: exact numbers; beta may be 0.
            confidence: of the interval that p_ref is anywhere in; 0: measured rates are taken as exact.
            target: the success rate at which a prompt counts as well.
            step_size, inner_steps: of the one step that is asked about; any small steps without.
            jobs: processes.

        Raises:
            InputError: a bad row, column or file, or numbers outside their domains.
        """
        from ..audit.configurations import K3, REVERSE
        from ..audit.pass_rates import Question, audit_table
        from .tables import TableOutcome

        question = Question(
            self.contrast,
            exact(beta),
            exact(eps),
            exact(alpha),
            regulariser=K3 if self.kl == "k3" else REVERSE,
            confidence=exact(confidence),
            target=exact(target),
            update=_update(step_size, inner_steps),
        )
        found = audit_table(Path(table), question, asked=columns, out=Path(out), jobs=jobs)
        return TableOutcome(found, Path(out))

    def __repr__(self) -> str:
        kl = "" if self.kl == "reverse" else f", kl={self.kl!r}"
        return f"Variant({self.contrast.label!r}{kl})"


def _update(step_size: Exact | None, inner_steps: int) -> Update | None:
    if step_size is None and inner_steps != 1:
        raise InputError("inner_steps belongs to step_size")
    return None if step_size is None else Update.of(step_size, inner_steps)
