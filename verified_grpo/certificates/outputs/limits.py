"""What ``limit`` prints."""

from __future__ import annotations

from typing import Literal, NotRequired

from ..grammar.sequences import OnSequence, Pull
from ..grammar.values import OnK3
from .configured import OfConfiguration
from .cycles import CyclesAnswer, UndecidedCyclesAnswer
from .ends import ByAlphaEnd, CaughtEnd, PavedEnd, SettledEnd, ToOneEnd, TurnlessEnd, UndecidedEnd
from .fixed_points import Listed
from .passages import FlowTimeAnswer, PassageAnswer, TrajectoryAnswer
from .steps import Update
from .verifiers import OfVerifier
from .views import K3Views, Views


class K3Answer(OnK3, OfConfiguration):
    """Of ``limit`` under another pull than KL(pi || pi_ref): without ``pull`` that of k3."""

    kl: Literal["k3", "reverse"]
    pull: NotRequired[Pull]
    start: Literal["p_ref"]
    views: K3Views


class OfLimit(OfVerifier, OfConfiguration):
    """Beside a limit."""

    all_fixed_points: Listed | None
    views: NotRequired[Views]
    update: NotRequired[Update]


class ToOneLimit(ToOneEnd, OfLimit):
    """Of ``limit``."""


class TurnlessLimit(TurnlessEnd, OfLimit):
    """Of ``limit``."""


class CaughtLimit(CaughtEnd, OfLimit):
    """Of ``limit``."""


class SettledLimitAnswer(SettledEnd, OfLimit):
    """Of ``limit``."""


class PavedLimit(PavedEnd, OfLimit):
    """Of ``limit``."""


class UndecidedLimit(UndecidedEnd, OfLimit):
    """Of ``limit``."""


class ByAlphaLimit(ByAlphaEnd, OfLimit):
    """Of ``limit``."""


class NoMaximiser(OnSequence, OfLimit):
    """Of ``limit`` without KL: there are small steps alone."""


LimitAnswer = (
    ToOneLimit
    | TurnlessLimit
    | CaughtLimit
    | SettledLimitAnswer
    | PavedLimit
    | UndecidedLimit
    | ByAlphaLimit
    | NoMaximiser
    | PassageAnswer
    | FlowTimeAnswer
    | TrajectoryAnswer
    | K3Answer
    | CyclesAnswer
    | UndecidedCyclesAnswer
)
