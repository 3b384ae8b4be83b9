"""The answers about classes of answers as JSON; ``null`` is said of what does not exist or is not proved."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ..grammar.classes import AnswerClass, Contrast, TiltParameters, TiltPassage
from ..grammar.values import Count, Number, Range
from .steps import OfUpdate


class OfClasses(OfUpdate):
    """What was asked about; ``prompt`` where the file names it."""

    prompt: NotRequired[str]
    contrast: Contrast
    classes: list[AnswerClass]
    parameters: TiltParameters


class ListedTilt(TypedDict):
    """A fixed point; ``correct`` is null where the classes do not say it."""

    theta: Range
    mean_reward: Range
    correct: Range | None


class SmallTiltView(TypedDict):
    """Small steps lead to fixed point number ``point`` if none exceeds ``largest_step``; null: there is no
    fixed point, and theta gains at least so many times the step."""

    point: Count | None
    largest_step: Number | None
    gain: Number | None


class ExactTiltView(TypedDict):
    """Solved exactly, theta tends to fixed point number ``point``, or to a ``cycle``, whose points stand in
    the order in which they are met (null and without one: it has no bound); ``steps``: after so many it is
    caught (null: it rises steadily)."""

    point: Count | None
    steps: Count | None
    cycle: NotRequired[list[ListedTilt]]


class TiltViews(TypedDict):
    """Where steps lead."""

    small_steps: SmallTiltView
    exact_maximiser: ExactTiltView | None


class CourseAnswer(TypedDict):
    """Correctness on the way from the reference to the least fixed point: what it does, all turns for theta >
    0, how many lie on the way, the supremum there, and the limit for large theta."""

    course: Literal["rises", "falls", "turns", "stays"]
    begins: Literal["rises", "falls", "stays"]
    turns: list[Range]
    within: Count
    supremum: Range
    limit: Number


class ProvedClasses(OfClasses):
    """All fixed points, and what is proved beside them; ``passage`` where it was asked for and is proved;
    ``undecided`` says what is not."""

    verdict: Literal["proved"]
    count: Count
    fixed_points: list[ListedTilt]
    views: TiltViews
    correctness: CourseAnswer | None
    passage: NotRequired[TiltPassage]
    undecided: list[str]
    engine: str
    bits: Count


class ConstantClasses(OfClasses):
    """One mean reward: every update leaves the reference as it is."""

    verdict: Literal["nothing-to-learn"]
    mean_reward: Number
    correct: Number | None


class UndecidedClasses(OfClasses):
    """Where the search stopped."""

    verdict: Literal["undecided"]
    reason: str
    bracket: Range | None


ClassesAnswer = ProvedClasses | ConstantClasses | UndecidedClasses


class ManyClasses(TypedDict):
    """Of a file with a column ``prompt``: an answer each, in the order of the file."""

    prompts: list[ClassesAnswer]
    distinct: Count


ClassesOutput = ClassesAnswer | ManyClasses
