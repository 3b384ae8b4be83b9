"""A verifier that errs: it passes a right answer with probability t and a wrong one with probability f.

The *observed* rate of success is ``m = f + J p`` with ``J = t - f``. Two kinds of errors:

* **independent** of the answer, drawn anew at each look. On average a right answer is passed t times, a wrong
  one f times, so that the advantage of being right is ``J (A_1 - A_0)`` at the observed rate: the recursion
  and its small steps are those of the contrast ``J Omega(m)``. J > 0 amplifies, J = 0 stands still.
* **systematic**: the same answers are always passed. Then training sees a reward without errors, whose rate m
  obeys the recursion from ``m_ref = f + J p_ref``; and exact updates keep the shares of right answers among
  the passed and among the failed: ``p = PPV m + FOR (1 - m)``, ``PPV = t p_ref/m_ref``, ``FOR = (1 - t)
  p_ref/(1 - m_ref)``. For J > 0 p stays below PPV whatever beta is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..errors import InputError
from ..intervals import Exact, canonical, exact_range
from . import formulas
from .automatic import expression_of
from .contrasts import Contrast
from .contrasts.reading import Tree, substituted
from .parameters import Range

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Verifier:
    """Probabilities with which right and wrong answers are passed: ranges in [0, 1], or exact numbers."""

    true_positive: Range
    false_positive: Range

    @classmethod
    def of(cls, true_positive: Exact, false_positive: Exact) -> Verifier:
        """From numbers or ranges LO:HI.

        Raises:
            InputError: a number that is not exact, or not in [0, 1].
        """
        rates = exact_range(true_positive), exact_range(false_positive)
        if not all(low >= 0 and high <= 1 for low, high in rates):
            raise InputError("a verifier passes right and wrong answers with probabilities from 0 to 1")
        return cls(*rates)

    @property
    def is_exact(self) -> bool:
        """Whether both are numbers."""
        return all(low == high for low, high in (self.true_positive, self.false_positive))

    @property
    def gain(self) -> Range:
        """J, how much more often a right answer is passed than a wrong one."""
        (low, high), (least, most) = self.true_positive, self.false_positive
        return low - most, high - least

    @property
    def sign(self) -> int | None:
        """That of J; None where the ranges leave it open."""
        low, high = self.gain
        return 1 if low > 0 else -1 if high < 0 else 0 if low == high else None

    @property
    def words(self) -> str:
        """Both rates."""
        t, f = (shown(side) for side in (self.true_positive, self.false_positive))
        return f"the verifier passes {t} of right answers and {f} of wrong ones"

    def passing(self, rate: Range) -> Range:
        """The rates of passing, for rates of success."""
        corners = [t * p + f * (1 - p) for t, f, p in self._corners(rate)]
        return min(corners), max(corners)

    def observed(self, rate: Range) -> Range:
        """The same, where there is something to learn.

        Raises:
            InputError: all answers may be passed, or none.
        """
        low, high = self.passing(rate)
        if not (low > 0 and high < 1):
            raise InputError("this verifier passes all answers, or none: there is nothing to learn")
        return low, high

    def solved(self, rate: Range) -> Range:
        """``p = (m - f)/(t - f)`` for rates m of passing, where t and f are never alike: there are no answers
        behind what lies outside of [0, 1]. Each number alone moves p one way, so corners suffice."""
        corners = [(m - f) / (t - f) for t, f, m in self._corners(rate)]
        return min(corners), max(corners)

    def behind(self, rate: Range) -> Range:
        """The rates of success, for rates of passing.

        Raises:
            InputError: t = f, where the rate of passing tells nothing, or a p outside (0, 1).
        """
        if not self.sign:
            raise InputError("this verifier passes right and wrong answers alike: its rate tells nothing")
        low, high = self.solved(rate)
        if not (low > 0 and high < 1):
            ends = sorted((self.true_positive, self.false_positive))
            raise InputError(
                f"this verifier passes between {shown(ends[0])} and {shown(ends[1])} of the answers, "
                "whatever they are"
            )
        return low, high

    def drive(self, contrast: Contrast) -> Contrast:
        """Of independent errors: the contrast ``J Omega(m)``, in p and q; of rates that are ranges, with
        ranges in the place of numbers: all contrasts that have numbers of them there.

        Raises:
            InputError: J <= 0, where updates raise the rate of wrong answers, or none, or may do so.
        """
        t, f = shown(self.true_positive), shown(self.false_positive)
        if self.sign is None or self.sign <= 0:
            if self.sign is None:
                raise InputError(f"whether {t} exceeds {f} is open: ask about ranges that do not meet")
            raise InputError(
                f"this verifier passes right answers no more often than wrong ones ({t} <= {f}): training on "
                f"it raises the share of wrong answers, or none; ask about them, with --true-positive {f} "
                f"--false-positive {t} and p-ref the share of wrong ones"
            )
        passed, failed = self._passed(), self._failed()
        letters: dict[str, Tree] = {"p": passed, "q": failed, "v": ("*", passed, failed), "eps": "eps"}
        if contrast.tree is not None:
            tree = substituted(contrast.tree, letters)
        else:
            tree = expression_of(formulas.definition_program(contrast.unscaled), letters)
        low, high = self.gain[0] * contrast.scale, self.gain[1] * contrast.scale
        return Contrast(
            "expression", omega=("*", shown((low, high)), tree) if (low, high) != (ONE, ONE) else tree
        )

    def true_rate(self, observed: Range, reference: Range) -> Range:
        """Of systematic errors: the rates of success, for observed rates and those of the reference.

        Both shares of right answers, among those that pass and among those that fail, lie between those at
        two corners; the rate between them is linear in the observed one.

        Raises:
            InputError: the ranges leave open whether right or wrong answers pass more often.
        """
        if self.sign is None:
            raise InputError(
                "whether right or wrong answers pass more often is open: ask about less wide ranges"
            )
        passed, failed = self.precision(reference), self._among_failed(reference)
        low, high = ([passed[k] * m + failed[k] * (1 - m) for m in observed] for k in (0, 1))
        return max(min(low), ZERO), min(max(high), ONE)

    def precision(self, reference: Range) -> Range:
        """PPV: the share of right answers among the passed ones of the reference; it rises in t and in
        p_ref, and falls in f."""
        (t, t_most), (f, f_most) = self.true_positive, self.false_positive
        return _share(t, f_most, reference[0]), _share(t_most, f, reference[1])

    def _among_failed(self, reference: Range) -> Range:
        (t, t_most), (f, f_most) = self.true_positive, self.false_positive
        return _share(1 - t_most, 1 - f, reference[0]), _share(1 - t, 1 - f_most, reference[1])

    def _corners(self, rate: Range) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
        return product(self.true_positive, self.false_positive, rate)

    def _passed(self) -> Tree:
        return _weighted(self.true_positive, self.false_positive)

    def _failed(self) -> Tree:
        (t, t_most), (f, f_most) = self.true_positive, self.false_positive
        return _weighted((1 - t_most, 1 - t), (1 - f_most, 1 - f))


def shown(side: Range) -> str:
    """A number, or a range as it is typed."""
    low, high = side
    return canonical(low) if low == high else f"{canonical(low)}:{canonical(high)}"


def _share(right: Fraction, wrong: Fraction, rate: Fraction) -> Fraction:
    """Of right answers, where such shares of right and of wrong ones are left."""
    return right * rate / (right * rate + wrong * (1 - rate))


def _weighted(right: Range, wrong: Range) -> Tree:
    """``right p + wrong q``, without parts that are 0."""
    parts = [
        letter if weight == (ONE, ONE) else ("*", shown(weight), letter)
        for weight, letter in ((right, "p"), (wrong, "q"))
        if weight != (ZERO, ZERO)
    ]
    return parts[0] if len(parts) == 1 else ("+", *parts)
