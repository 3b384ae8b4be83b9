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

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..intervals import canonical, exact
from . import formulas
from .automatic import expression_of
from .contrasts import Contrast
from .contrasts.reading import Tree, substituted
from .parameters import Range

ERRORS = ("independent", "systematic")
ONE = Fraction(1)


@dataclass(frozen=True)
class Verifier:
    """Probabilities with which right and wrong answers are passed, exact numbers in [0, 1]."""

    true_positive: Fraction
    false_positive: Fraction

    @classmethod
    def of(cls, true_positive: str, false_positive: str) -> Verifier:
        """From text.

        Raises:
            InputError: a number that is not exact, or not in [0, 1].
        """
        rates = exact(true_positive), exact(false_positive)
        if not all(0 <= rate <= 1 for rate in rates):
            raise InputError("a verifier passes right and wrong answers with probabilities from 0 to 1")
        return cls(*rates)

    @property
    def gain(self) -> Fraction:
        """J, how much more often a right answer is passed than a wrong one."""
        return self.true_positive - self.false_positive

    def observed(self, rate: Range) -> Range:
        """The rates of passing, for rates of success.

        Raises:
            InputError: all answers are passed, or none: there is nothing to learn.
        """
        low, high = sorted(self.false_positive + self.gain * p for p in rate)
        if not (low > 0 and high < 1):
            raise InputError("this verifier passes all answers, or none: there is nothing to learn")
        return low, high

    def behind(self, rate: Range) -> Range:
        """The rates of success, for rates of passing: ``p = (m - f)/(t - f)``.

        Raises:
            InputError: t = f, where the rate of passing tells nothing, or a p outside (0, 1).
        """
        if not self.gain:
            raise InputError("this verifier passes right and wrong answers alike: its rate tells nothing")
        low, high = sorted((m - self.false_positive) / self.gain for m in rate)
        if not (low > 0 and high < 1):
            ends = sorted((canonical(self.true_positive), canonical(self.false_positive)), key=exact)
            raise InputError(
                f"this verifier passes between {ends[0]} and {ends[1]} of the answers, whatever they are"
            )
        return low, high

    def drive(self, contrast: Contrast) -> Contrast:
        """Of independent errors: the contrast ``J Omega(m)``, in p and q.

        Raises:
            InputError: J <= 0, where updates raise the rate of wrong answers, or none.
        """
        if self.gain <= 0:
            t, f = canonical(self.true_positive), canonical(self.false_positive)
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
        scale = self.gain * contrast.scale
        return Contrast("expression", omega=("*", canonical(scale), tree) if scale != 1 else tree)

    def true_rate(self, observed: Range, reference: Range) -> Range:
        """Of systematic errors: the rates of success, for observed rates and those of the reference.

        With the reference's rate and, for J > 0, with the observed one the rate of success rises.
        """
        low, high = observed if self.gain >= 0 else observed[::-1]
        ends = self._true(low, reference[0]), self._true(high, reference[1])
        return max(ends[0], Fraction(0)), min(ends[1], ONE)

    def precision(self, reference: Fraction) -> Fraction:
        """PPV: the share of right answers among the passed ones of the reference."""
        return self.true_positive * reference / (self.false_positive + self.gain * reference)

    def _true(self, observed: Fraction, reference: Fraction) -> Fraction:
        failed = 1 - self.false_positive - self.gain * reference
        among_failed = (1 - self.true_positive) * reference / failed
        return self.precision(reference) * observed + among_failed * (1 - observed)

    def _passed(self) -> Tree:
        return _weighted(self.true_positive, self.false_positive)

    def _failed(self) -> Tree:
        return _weighted(1 - self.true_positive, 1 - self.false_positive)


def _weighted(right: Fraction, wrong: Fraction) -> Tree:
    """``right p + wrong q``, without parts that are 0."""
    parts = [
        letter if weight == 1 else ("*", canonical(weight), letter)
        for weight, letter in ((right, "p"), (wrong, "q"))
        if weight
    ]
    return parts[0] if len(parts) == 1 else ("+", *parts)
