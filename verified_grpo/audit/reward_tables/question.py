"""What is asked of every prompt of a table of rewards."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...intervals import canonical, exact
from ...model.classes import AnswerClasses, Exactly, TiltContrast, tilt_contrast
from ...model.steps import StepParameters, Update
from ...rigor.classes.outcomes import TiltQuestion
from ..targets import HALF


@dataclass(frozen=True)
class RewardQuestion:
    """One question for all prompts: a population contrast, exact parameters, and which updates.

    Attributes:
        contrast: mean-var, mean-std or mean.
        alpha, beta, eps: as typed: alpha in [0, 1], beta >= 0, eps > 0.
        update: the one step that is asked about beside any small ones; None: the exact iteration.
    """

    contrast: TiltContrast
    alpha: Fraction
    beta: Fraction
    eps: Fraction
    update: Update | None = None

    @classmethod
    def of(
        cls,
        contrast: str,
        beta: Exactly,
        eps: Exactly,
        alpha: Exactly = 1,
        update: Update | None = None,
    ) -> RewardQuestion:
        """From what a user writes.

        Raises:
            InputError: numbers outside their domain, or another contrast.
        """
        question = cls(tilt_contrast(contrast), exact(alpha), exact(beta), exact(eps), update)
        question.at(AnswerClasses.of([(1, 0)]))
        return question

    def at(self, classes: AnswerClasses) -> TiltQuestion:
        """The question about one prompt."""
        if self.update is None:
            return TiltQuestion.of(classes, self.contrast, self.beta, self.eps, self.alpha)
        box = StepParameters.of(beta=self.beta, eps=self.eps, alpha=self.alpha, p_ref=HALF)
        stepped = self.update.recursion(box)
        return TiltQuestion.of(classes, self.contrast, stepped.beta[0], self.eps, stepped.alpha[0])

    @property
    def words(self) -> dict[str, str]:
        """The question as JSON says it."""
        return {
            "contrast": self.contrast,
            "alpha": canonical(self.alpha),
            "beta": canonical(self.beta),
            "eps": canonical(self.eps),
            "step_size": "any small steps" if self.update is None else canonical(self.update.step_size[0]),
            "inner_steps": "" if self.update is None else str(self.update.inner_steps),
        }
