"""The options that say which step is meant, alike in every command, and the line that repeats it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.table import Table

from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up
from ..model import Range
from ..model.steps import StepParameters, Stepped, Update
from .shown import wrapped

StepSize = Annotated[
    str | None,
    typer.Option(
        "--step-size",
        help="eta, > 0: ask about updates that are natural-gradient steps of this size (eta beta at most 1) "
        "and not solved exactly",
    ),
]
InnerSteps = Annotated[
    int | None, typer.Option("--inner-steps", help="with --step-size: steps of each update, 1 to 100")
]
EXACTLY = "solved exactly at every step (the paper's iteration)"
DIGITS = 6


def read_update(step_size: str | None, inner_steps: int | None) -> Update | None:
    """The update that is asked about; None without a size.

    Raises:
        InputError: a step outside its domain, or inner steps without a size.
    """
    if step_size is None:
        if inner_steps is not None:
            raise InputError("--inner-steps belongs to --step-size")
        return None
    return Update.of(step_size, 1 if inner_steps is None else inner_steps)


@dataclass(frozen=True)
class Asked(Stepped):
    """Which updates a command is asked about; ``box`` as typed."""

    @staticmethod
    def read(step_size: str | None, inner_steps: int | None, **numbers: str) -> Asked:
        """From the options.

        Raises:
            InputError: numbers or steps outside their domain, or inner steps without a size.
        """
        update = read_update(step_size, inner_steps)
        return Asked(StepParameters.of(**numbers), update)

    @property
    def heading(self) -> str:
        """The line that says which updates an answer is about."""
        return f"{EXACTLY}:" if self.update is None else wrapped(_steps(self.update, self.box.beta))

    def mark(self, payload: Mapping[str, object]) -> Mapping[str, object]:
        """An answer as JSON, with ``update`` where a step was asked about."""
        if self.update is None:  # answers are imported where one has a step
            return payload
        from ..answers.views import with_update

        return with_update(self, payload)

    def under(self, text: str | Table) -> Any:
        """An answer in words under the line that says which step was asked about, if one was."""
        return text if self.update is None else Group(self.heading, text)


def _steps(update: Update, beta: Range) -> str:
    low, high = (canonical(x) for x in update.step_size)
    size = f"size {low}" if low == high else f"sizes from {low} to {high}"
    inner = f", {update.inner_steps} to an update" if update.inner_steps > 1 else ""
    share = update.share(beta)
    if not share[1]:
        return f"steps of {size}{inner}, without KL:"
    least, most = decimal_down(share[0], DIGITS), decimal_up(share[1], DIGITS)
    way = f"a share of {least}" if least == most else f"a share in [{least}, {most}]"
    return f"steps of {size}{inner}: {way} of the way to the maximiser:"
