"""Classes of answers: rewards of any values, and correctness that the reward may not see.

A class is a set of answers with one mean reward g; it has a weight w > 0 under the reference, the mean s >=
g^2 of the squared reward, and a share a of correct answers. An exact update of a population normalisation
tilts the reference by g alone: ``pi_n ~ pi_ref exp(theta_n g)``, ``theta_n = (1-alpha) theta_{n-1} +
Omega(theta_{n-1})/beta``, ``theta_0 = 0``. So answers of one mean reward are one class, whatever else tells
them apart, and two classes with rewards 1 and 0 are the recursion in log-odds with ``theta = L - L_ref``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple, get_args

from ..errors import InputError
from ..intervals import canonical, exact

Exactly = int | str | Fraction
TiltContrast = Literal["mean-var", "mean-std", "mean"]
CONTRASTS: tuple[TiltContrast, ...] = get_args(TiltContrast)
CLASSES_LIMIT = 200
ONE = Fraction(1)


class AnswerClass(NamedTuple):
    """Answers of one mean reward; ``correct`` None: not known."""

    weight: Fraction
    reward: Fraction
    reward_squared: Fraction
    correct: Fraction | None

    @property
    def noise(self) -> Fraction:
        """The variance of the reward within the class."""
        return self.reward_squared - self.reward**2


@dataclass(frozen=True)
class AnswerClasses:
    """The classes of one prompt's answers, ascending in their rewards, which differ; weights sum to 1."""

    classes: tuple[AnswerClass, ...]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> AnswerClasses:
        """From rows ``(weight, reward)``, ``(weight, reward, correct)`` or ``(weight, reward, correct,
        reward_squared)``, exact numbers; None where one is not known. Rows of one reward are merged: weights
        add, the rest is averaged by weight. A weight of 0 is no answer, and left out.

        >>> AnswerClasses.of([("0.9", 0, 0), ("0.06", 1, 0), ("0.04", 1, 1)]).classes[1].correct
        Fraction(2, 5)

        Raises:
            InputError: no rows or too many, a negative weight, weights that do not sum to 1, a mean square
                below the square of the mean, a share outside [0, 1], shares of some rows and not of all.
        """
        read = [_row(row) for row in rows]
        if not read:
            raise InputError("no classes of answers: at least one row is needed")
        total = sum((row.weight for row in read), Fraction(0))
        if total != 1:
            over = f"{canonical(abs(total - 1))} {'too much' if total > 1 else 'too little'}"
            raise InputError(f"the weights sum to {canonical(total)}, not to 1: {over}")
        if len({row.correct is None for row in read}) > 1:
            raise InputError("correct is given of some classes and not of others: give it of all, or of none")
        rewards = sorted({row.reward for row in read if row.weight})
        if len(rewards) > CLASSES_LIMIT:
            raise InputError(f"{len(rewards)} different rewards: at most {CLASSES_LIMIT} are allowed")
        return cls(tuple(_merged([x for x in read if x.reward == g and x.weight]) for g in rewards))

    @property
    def is_constant(self) -> bool:
        """Whether all rewards are the same on average: nothing is learned."""
        return len(self.classes) == 1

    @property
    def knows_correct(self) -> bool:
        """Whether shares of correct answers were given."""
        return self.classes[0].correct is not None

    @property
    def span(self) -> Fraction:
        """The largest reward less the least."""
        return self.classes[-1].reward - self.classes[0].reward

    def largest_omega_square(self, contrast: TiltContrast, eps: Fraction) -> Fraction:
        """Omega is at most the root of this whatever theta is: the variance is never below the least noise,
        which mean-std does without, lest there be a root of a root."""
        if contrast == "mean":
            return ONE
        return 1 / (min(c.noise for c in self.classes) + eps) if contrast == "mean-var" else 1 / eps**2

    def least_omega_square(self, contrast: TiltContrast, eps: Fraction) -> Fraction:
        """Omega is at least the root of this: a variance within a span D is at most D^2/4 beside the noise;
        ``(sqrt V + eps)^2 <= 2 V + 2 eps^2``."""
        most = self.span**2 / 4 + max(c.noise for c in self.classes)
        if contrast == "mean":
            return ONE
        return 1 / (most + eps) if contrast == "mean-var" else 1 / (2 * most + 2 * eps**2)


def tilt_contrast(name: str) -> TiltContrast:
    """A contrast under which updates tilt by the mean reward.

    Raises:
        InputError: another one.
    """
    if name == "group":
        raise InputError(
            "finite groups do not tilt the reference by the mean reward: with classes choose the population "
            "model of mean-var, mean-std or mean"
        )
    if name not in CONTRASTS:
        raise InputError(f"classes of answers have the contrasts {', '.join(CONTRASTS)}, not {name!r}")
    return name


def _row(row: Any) -> AnswerClass:
    weight, reward, correct, squared = (*row, None, None)[:4] if 2 <= len(row) <= 4 else (None,) * 4
    if weight is None or reward is None:
        raise InputError("a class has a weight and a reward, and may have correct and reward_squared")
    w, g = exact(weight), exact(reward)
    s = g**2 if squared is None else exact(squared)
    a = None if correct is None else exact(correct)
    if w < 0:
        raise InputError(f"the weight {canonical(w)} is negative")
    if s < g**2:
        raise InputError(
            f"reward_squared {canonical(s)} is below {canonical(g**2)}, the square of the reward "
            f"{canonical(g)}"
        )
    if a is not None and not 0 <= a <= 1:
        raise InputError(f"correct is a share in [0, 1], not {canonical(a)}")
    return AnswerClass(w, g, s, a)


def _merged(rows: list[AnswerClass]) -> AnswerClass:
    weight = sum((row.weight for row in rows), Fraction(0))
    squared = sum((row.weight * row.reward_squared for row in rows), Fraction(0)) / weight
    shares = [row.weight * row.correct for row in rows if row.correct is not None]
    return AnswerClass(weight, rows[0].reward, squared, sum(shares, Fraction(0)) / weight if shares else None)
