"""What is asked of every prompt of a table whose rates are those of a verifier that errs.

What a table holds was *observed*: k of n answers passed. So the measured rate is ``m = f + (t - f) p``, and
the rate of right answers that lies behind it is ``p = (m - f)/(t - f)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...errors import InputError
from ...model import Contrast, Range
from ...model.erring import Errors
from ...model.steps import StepParameters
from ...model.verifier import Verifier, shown
from ..pass_rates.confidence import clopper_pearson
from ..pass_rates.question import Question
from ..pass_rates.rates import Rate

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Place:
    """Of one measured rate: where that of passing lies, and the rates of right answers that may be behind it.

    ``right`` may reach out of [0, 1]: then some of the verifiers, or rates, that are asked about fit no
    answers at all.
    """

    passed: Range
    right: Range

    @property
    def is_possible(self) -> bool:
        """Whether every verifier, and every rate of the interval, has right and wrong answers behind it."""
        return self.right[0] > 0 and self.right[1] < 1

    @property
    def is_impossible(self) -> bool:
        """Whether none has answers behind it."""
        return self.right[1] < 0 or self.right[0] > 1

    @property
    def stays(self) -> bool:
        """Whether all answers are wrong, or all right: exactly."""
        return self.right[0] == self.right[1] and self.right[0] in (0, 1)


@dataclass(frozen=True)
class JudgedQuestion:
    """One question for all prompts.

    Attributes:
        clean: contrast, parameters, confidence: of rewards that are right; about any small steps.
        verifier: its rates, numbers or ranges.
        errors: ``independent``: drawn anew at each look; ``systematic``: on the same answers each time.

    Raises:
        InputError: right answers do not pass more often than wrong ones, or may not (with systematic errors:
            which pass more often is open); steps of one size, or the k3 regulariser.
    """

    clean: Question
    verifier: Verifier
    errors: str

    def __post_init__(self) -> None:
        if self.clean.under_k3:
            raise InputError(
                "a verifier that errs is covered under KL(pi||pi_ref), not under the k3 regulariser"
            )
        if self.clean.update is not None:
            raise InputError("a table of a verifier that errs is about any small steps: without --step-size")
        if not self.verifier.sign:
            t, f = shown(self.verifier.true_positive), shown(self.verifier.false_positive)
            raise InputError(
                f"a verifier that passes {t} of right answers and {f} of wrong ones passes both alike, or "
                "may: a measured rate tells nothing; ask about ranges that do not meet"
            )
        if not self.is_systematic:
            self.verifier.drive(self.clean.contrast)  # refused where wrong answers pass more often

    @property
    def is_systematic(self) -> bool:
        """Whether the rate that is followed is that of passing."""
        return self.errors == Errors.SYSTEMATIC

    @property
    def contrast(self) -> Contrast:
        """What drives the rate that is followed."""
        return self.clean.contrast if self.is_systematic else self.verifier.drive(self.clean.contrast)

    def place(self, rate: Rate) -> Place:
        """What a measured rate says."""
        k, n = rate
        passed = (Fraction(k, n),) * 2
        if self.clean.confidence:
            low, high = clopper_pearson(k, n, self.clean.confidence)
            passed = Fraction(low), Fraction(high)
        return Place(passed, self.verifier.solved(passed))

    def box(self, place: Place) -> StepParameters:
        """Parameters of the rate that is followed, whose reference is a possible one."""
        return self.clean.at(*(place.passed if self.is_systematic else place.right))

    def both(self, place: Place, followed: Range) -> tuple[Range, Range]:
        """Rates of passing and of right answers where the rate that is followed lies in a range."""
        if self.is_systematic:
            return followed, self.verifier.true_rate(followed, place.right)
        return self.verifier.passing(followed), followed
