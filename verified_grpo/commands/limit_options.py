"""Which of the options of ``limit`` go together, looked at before any work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..answers.judged import Judged
from ..errors import InputError
from ..model.clipping import Clip
from ..model.pulls import Kernel, Pull
from .flow import Metric
from .trajectory import picture_beside


@dataclass(frozen=True)
class Further:
    """What is asked beside the limit; None where it is not."""

    step_size: str | None
    start: str | None
    period: int | None
    reach: str | None
    trajectory: Path | None
    updates: int | None
    clip: tuple[str | None, str | None]
    flow: Metric | None

    def look(self, judged: Judged, pull: Pull) -> Clip | None:
        """The clipping that is asked about, of whole updates.

        Raises:
            InputError: a combination that has no meaning, or clipping outside its domain.
        """
        clipped = self._clipping()
        if self.trajectory is None and self.updates is not None:
            raise InputError("--updates belongs to --trajectory")
        self._under_errors(judged, pull)
        self._of_time(pull)
        other = asks_for(pull)
        if other and self._any(self.step_size, self.start, self.period, self.reach, self.trajectory):
            raise InputError(
                f"{other} has no use for --step-size, --start, --period, --reach or --trajectory"
            )
        self._on_the_way()
        return clipped

    @staticmethod
    def _any(*options: object) -> bool:
        return any(option is not None for option in options)

    def _clipping(self) -> Clip | None:
        low, high = self.clip
        if low is None:
            if high is not None:
                raise InputError("--clip-high belongs to --clip")
            return None
        if self.trajectory is None or self._any(self.reach, self.step_size):
            raise InputError(
                "--clip is of updates solved exactly: with --trajectory and --updates, and without steps"
            )
        return Clip.of(low, high)

    def _under_errors(self, judged: Judged, pull: Pull) -> None:
        other = asks_for(pull)
        asked = self._any(self.start, self.period, self.reach, self.trajectory)
        if judged.is_systematic and (other or asked):
            raise InputError(
                "--errors systematic tells the rate of right answers at fixed points: not with --start, "
                f"--period, --reach, --trajectory or {other or '--kl k3'}"
            )
        if not (judged.is_systematic or judged.is_exact) and asked:
            raise InputError(
                "with independent errors --start, --period, --reach and --trajectory ask for rates that are "
                "numbers: ranges are answered of the limit, of fixed points and of audit --property"
            )
        if judged.verifier is not None and other:
            raise InputError(
                f"{other} asks for rewards that are right: it has no use for a verifier that errs"
            )

    def _of_time(self, pull: Pull) -> None:
        if self.flow is None:
            return
        if self.reach is None or self._any(self.step_size, self.start, self.period, self.trajectory):
            raise InputError("--flow times --reach: no use for steps, --start, --period or --trajectory")
        if asks_for(pull):
            raise InputError(f"--flow is of the other KL: not with {asks_for(pull)}")

    def _on_the_way(self) -> None:
        if self.trajectory is not None:
            if self._any(self.start, self.period):
                raise InputError("--trajectory begins at p_ref: it has no use for --start or --period")
            if self.reach is None and self.updates is None:
                raise InputError("--trajectory asks for --updates, or for --reach")
            picture_beside(self.trajectory)
        if self.reach is not None and self._any(self.start, self.period):
            raise InputError("--reach counts from p_ref: it has no use for --start or --period")
        if self.period is not None and self.start is not None:
            raise InputError("--period lists the cycles of the map: it has no use for --start")


def asks_for(pull: Pull) -> str:
    """The option that asks for another pull than KL(pi || pi_ref), or nothing."""
    if pull.kernel is Kernel.K3:
        return "--kl k3"
    return "" if pull.is_plain else "--drop-dead-groups"
