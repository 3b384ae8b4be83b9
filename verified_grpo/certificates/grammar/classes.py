"""Kind ``answer-classes``: where a prompt goes whose answers have rewards of any values."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict, final

from .points import LineCell
from .values import Bits, Count, Number, Range, Side

Contrast = Literal["mean-var", "mean-std", "mean"]


class AnswerClass(TypedDict):
    """Answers of one mean reward."""

    weight: Number
    reward: Number
    reward_squared: Number
    correct: NotRequired[Number]


class TiltParameters(TypedDict):
    """Exact numbers; p_ref has no meaning here."""

    alpha: Number
    beta: Number
    eps: Number


class TiltPoint(TypedDict):
    """A fixed point, the mean reward there, and the share of correct answers where it is known."""

    theta: Range
    mean_reward: Side
    correct: NotRequired[Side]


@final
class LargestStep(TypedDict):
    """Small steps up to this one rise to the least fixed point."""

    largest_step: Number


@final
class Gain(TypedDict):
    """Without a pull theta rises by at least so many times the step."""

    gain: Number


@final
class Maximiser(TypedDict):
    """Solved exactly, theta tends to this fixed point, counted from 1."""

    point: Count


@final
class Cycling(TypedDict):
    """Solved exactly, theta tends to a cycle: its points in the order in which they are met."""

    cycle: list[TiltPoint]


class Course(TypedDict):
    """What correctness does first, all turns of it, how many lie before the least fixed point, and the
    supremum there."""

    begins: Literal["rises", "falls", "stays"]
    turns: list[Range]
    within: Count
    supremum: Side


class TiltPassage(TypedDict):
    """After how many exact updates the mean reward, or correctness, first is at a level; null: never."""

    of: Literal["mean_reward", "correct"]
    reach: Number
    steps: Count | None


class AnswerClasses(TypedDict):
    """All fixed points in ascending order, and what is proved of steps and of correctness."""

    kind: Literal["answer-classes"]
    contrast: Contrast
    classes: list[AnswerClass]
    parameters: TiltParameters
    count: Count
    fixed_points: list[TiltPoint]
    small_steps: LargestStep | Gain
    maximiser: NotRequired[Maximiser | Cycling]
    correctness: NotRequired[Course]
    passage: NotRequired[TiltPassage]


class Orbit(TypedDict):
    """After so many steps theta is within the radius of the fixed point, where T contracts; or of the first
    point of a cycle, where T, as often as there are points, does."""

    steps: Count
    radius: Number


class TiltEvidence(Bits):
    """Cells from 0 on, of the drive and of the slope of correctness; cuts between which Omega's fall is
    bounded; and the orbit where a whole update is no small step."""

    rule: Literal["tilt"]
    cells: NotRequired[list[LineCell]]
    slopes: NotRequired[list[Number]]
    turning: NotRequired[list[LineCell]]
    orbit: NotRequired[Orbit]
