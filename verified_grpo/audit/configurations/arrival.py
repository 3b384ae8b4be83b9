"""When a prompt gets to a target under a configuration: the time of infinitely small steps, which is the sum
of their sizes, or the number of updates of a given size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...certificates.outputs import comparisons
from ...errors import InputError
from ...intervals import decimal_down, decimal_up
from ...model import Range
from ...model.steps import StepParameters, Update
from ...rigor.sequences.flow import FlowTime, flow_time
from ...rigor.sequences.passage import Passage, passage
from .configuration import K3, Configuration

DIGITS = 12
ALONE = "times and updates are known under KL(pi||pi_ref) alone, or without a KL"


@dataclass(frozen=True)
class Arrival:
    """One of both is asked about: ``time`` encloses the sum of the steps, ``updates`` the number of steps;
    ``never``: the target is not reached. ``reason``: why nothing is known."""

    time: Range | None = None
    updates: tuple[int, int] | None = None
    never: bool = False
    reason: str = ""

    @property
    def json(self) -> comparisons.ComparedArrival:
        """As text, rounded outward."""
        time = (
            None
            if self.time is None
            else [decimal_down(self.time[0], DIGITS), decimal_up(self.time[1], DIGITS)]
        )
        updates = None if self.updates is None else list(self.updates)
        return {"time": time, "updates": updates, "never": self.never, "reason": self.reason}


def arrival(
    configuration: Configuration, p_ref: Fraction, target: Fraction, update: Update | None
) -> Arrival:
    """When one prompt gets to a target.

    Args:
        update: the steps that are asked about; None: infinitely small ones.

    Raises:
        InputError: the target outside (0, 1).
    """
    known = configuration.under_its_kl(p_ref)
    if update is not None:
        known = known.by_size()
    if known.contrast is None or not known.computable or known.regulariser == K3:
        return Arrival(reason=known.verdict or ALONE)
    box = StepParameters.of(beta=known.beta, eps=known.eps, p_ref=p_ref)
    if update is None:
        time = flow_time(known.contrast, box, target)
        if not isinstance(time, FlowTime):
            return Arrival(reason=time.reason)
        return Arrival(time=time.time, never=time.time is None)
    try:
        steps = passage(known.contrast, update.recursion(box), target)
    except InputError as error:
        return Arrival(reason=str(error))
    if not isinstance(steps, Passage):
        return Arrival(reason=steps.reason)
    return Arrival(updates=steps.steps, never=steps.steps is None)
