"""A variant of GRPO: what prompts are made of, swept over, and audited under."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..intervals import Exact, Number, exact
from ..model import Contrast
from ..model.steps import StepParameters, Update
from .prompt import NOT_UNDER_K3, Prompt
from .setting import KLS, Kl

if TYPE_CHECKING:
    import polars as pl

    from ..audit.pass_rates import Asked
    from .sweep import Axis
    from .tables import TableOutcome


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
