"""What is proved of a prompt's classes of answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ...errors import InputError
from ...intervals import exact
from ...model import Range
from ...model.classes import AnswerClasses, Exactly, TiltContrast, tilt_contrast
from ..no_truth_value import NoTruthValue
from ..points.partition import LineCell

Course = Literal["rises", "falls", "turns", "stays"]


@dataclass(frozen=True)
class TiltQuestion:
    """Classes, contrast, and exact parameters: ``alpha`` in [0, 1], ``beta`` > 0, ``eps`` > 0."""

    classes: AnswerClasses
    contrast: TiltContrast
    alpha: Fraction
    beta: Fraction
    eps: Fraction

    @classmethod
    def of(
        cls, classes: AnswerClasses, contrast: str, beta: Exactly, eps: Exactly, alpha: Exactly = 1
    ) -> TiltQuestion:
        """From what a user writes.

        Raises:
            InputError: numbers outside their domain, ranges of them, or another contrast.
        """
        numbers = [_one(name, number) for name, number in (("alpha", alpha), ("beta", beta), ("eps", eps))]
        if not 0 <= numbers[0] <= 1:
            raise InputError("alpha must be in [0, 1]")
        if numbers[1] < 0:
            raise InputError("beta must be 0 or more")
        if numbers[2] <= 0:
            raise InputError("eps must be > 0")
        return cls(classes, tilt_contrast(contrast), *numbers)

    @property
    def pull(self) -> Fraction:
        """alpha beta."""
        return self.alpha * self.beta


def _one(name: str, number: Exactly) -> Fraction:
    if isinstance(number, str) and ":" in number:
        raise InputError(f"{name}: classes of answers are asked about with exact numbers, not with ranges")
    return exact(number)


@dataclass(frozen=True)
class TiltPoint:
    """A fixed point of the tilt: brackets of theta, and decimal text around the mean reward and the share of
    correct answers there (None: not known)."""

    theta: Range
    mean_reward: tuple[str, str]
    correct: tuple[str, str] | None


@dataclass(frozen=True)
class SmallTilts:
    """Small steps rise to the least fixed point, whatever they are, up to ``largest_step``; without a pull
    theta rises for ever, by ``gain`` times the step at least. ``slopes`` are the cuts that prove the
    bound."""

    largest_step: Fraction | None
    gain: Fraction | None
    slopes: tuple[Fraction, ...]


@dataclass(frozen=True)
class Settled:
    """The exact iteration tends to fixed point number ``point`` (from 1): steadily (``steps`` None), or after
    so many steps it is within ``radius`` of it, where T contracts. ``point`` 0: it rises without bound."""

    point: int
    steps: int | None = None
    radius: Fraction | None = None


@dataclass(frozen=True)
class Swings:
    """The exact iteration tends to a cycle: its ``points`` in the order of T, and after so many ``steps`` it
    is within ``radius`` of the first, where T, so often applied as there are points, contracts."""

    points: tuple[TiltPoint, ...]
    steps: int
    radius: Fraction


@dataclass(frozen=True)
class Correctness:
    """How the share of correct answers moves on the way from the reference to the least fixed point.

    Attributes:
        begins: what it does first.
        turns: brackets of all theta > 0 at which it turns, ascending: beyond what training reaches, too.
        within: how many of them lie before the least fixed point.
        supremum: decimal text around its supremum on the way.
        cells, end: of the covariance of correctness and reward, the proof that there are no other turns.
    """

    begins: Literal["rises", "falls", "stays"]
    turns: tuple[Range, ...]
    within: int
    supremum: tuple[str, str]
    cells: tuple[LineCell, ...]

    @property
    def course(self) -> Course:
        """What it does on the way."""
        return "turns" if self.within else self.begins


@dataclass(frozen=True)
class TiltPassage:
    """The first exact update after which the mean reward, or the share of correct answers, is at ``reach``;
    ``steps`` None: there is none."""

    of: Literal["mean_reward", "correct"]
    reach: Fraction
    steps: int | None


@dataclass(frozen=True)
class Tilted(NoTruthValue, read="points"):
    """All fixed points with the cells that prove it, the views, and correctness.

    ``settled`` and ``correctness`` are None where they are not proved; ``undecided`` says why.
    """

    question: TiltQuestion
    points: tuple[TiltPoint, ...]
    cells: tuple[LineCell, ...]
    small: SmallTilts
    settled: Settled | Swings | None
    correctness: Correctness | None
    undecided: tuple[str, ...]
    digits: int
    engine: str
    bits: int
    passage: TiltPassage | None = None

    @property
    def count(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class NothingToLearn(NoTruthValue, read="mean_reward"):
    """All answers have one mean reward: every update leaves the reference as it is."""

    question: TiltQuestion
    mean_reward: Fraction
    correct: Fraction | None


@dataclass(frozen=True)
class UndecidedTilt(NoTruthValue, read="reason"):
    """No count was proved: where the proof stopped, and why."""

    question: TiltQuestion
    reason: str
    bracket: Range | None
    bits: int


TiltOutcome = Tilted | NothingToLearn | UndecidedTilt
