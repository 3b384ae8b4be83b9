"""What small steps do under a configuration, for every prompt of a range: the first answer.

A file gives a learning rate and not the size of a step along the natural gradient. So the answer is about any
steps below a bound, which is stated as the share of the way to the update's maximiser that one update may go
(step size times beta). Under k3 the argument is that of :mod:`verified_grpo.rigor.k3_steps`: there the
certificate is of the fixed points alone, not of the bound of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...certificates.canonical import Json
from ...certificates.k3 import k3_certificate
from ...certificates.limit_builders import point_json
from ...certificates.passage import passage_certificate
from ...certificates.region_builders import region_certificate
from ...certificates.small_steps import small_steps_certificate
from ...errors import InputError
from ...intervals import canonical, decimal_down
from ...model import Contrast, Parameters
from ...model.steps import StepParameters, Update
from ...rigor import Proved, Refuted, certify
from ...rigor.k3 import k3_fixed_point
from ...rigor.k3_steps import k3_largest_step, k3_steepest_fall
from ...rigor.sequences.outcomes import LimitPoint
from ...rigor.sequences.passage import Passage, passage
from ...rigor.sequences.small_steps import RisesToOneBySteps, UndecidedBySteps, small_steps
from .findings import (
    PROVED,
    REFUTED,
    SMALL_STEPS,
    THIS_STEP,
    UNDECIDED,
    Finding,
    probability_down,
    probability_up,
    short_down,
    short_up,
)

DIGITS = 12
LEAVES = 4000
ONE = Fraction(1)
TO_ONE = "Any steps lead every prompt to p = 1: there is no KL that holds it back."


@dataclass(frozen=True)
class Stepping:
    """Small steps for every prompt: the finding, and its numbers, None where there is none: the bracket of
    all prompts' limits, up to which step (in the file's units) and which share of the way."""

    finding: Finding
    limit: LimitPoint | None = None
    largest_step: Fraction | None = None
    largest_share: Fraction | None = None

    @property
    def headline(self) -> str:
        """The answer in one sentence, with the least p* of all prompts and the share."""
        if self.limit is None or self.largest_share is None:
            return self.finding.sentence
        return (
            f"Small steps lead every prompt to its least fixed point, p* >= {_ends(self.limit)[0]}, as long "
            f"as one update goes at most a share of {short_down(self.largest_share)} of the way."
        )

    @property
    def json(self) -> Json:
        """The numbers as text, rounded down."""

        def written(x: Fraction | None) -> str | None:
            return None if x is None else decimal_down(x, DIGITS)

        return {
            "verdict": self.finding.verdict,
            "limit": None if self.limit is None else point_json(self.limit),
            "largest_step": written(self.largest_step),
            "largest_share": written(self.largest_share),
        }


def by_small_steps(contrast: Contrast, box: StepParameters, unit: Fraction, *, forward: bool) -> Stepping:
    """Where any small steps lead every prompt of the box: ``unit`` scales the contrast, ``forward``: k3."""
    if forward and box.beta[0] > 0:
        return _under_k3(contrast, box, unit)
    found = small_steps(contrast, box)
    if isinstance(found, UndecidedBySteps):
        return Stepping(_finding(UNDECIDED, f"Not decided: {found.reason}."))
    certificate = small_steps_certificate(found)
    if isinstance(found, RisesToOneBySteps) or found.limit is None:
        return Stepping(_finding(PROVED, TO_ONE, certificate))
    step, share = found.largest_step[0], found.largest_share[0]
    return Stepping(
        _finding(PROVED, _rises(found.limit, share), certificate), found.limit, step / unit, share
    )


def _under_k3(contrast: Contrast, box: StepParameters, unit: Fraction) -> Stepping:
    point = k3_fixed_point(contrast, box)
    step = k3_largest_step(contrast, box, point.logit, k3_steepest_fall(contrast, box, point.logit))
    limit = LimitPoint(point.logit, point.p, point.one_minus_p)
    share = min(ONE, step * box.beta[0])
    found = _finding(PROVED, _rises(limit, share), k3_certificate(point))
    return Stepping(found, limit, step / unit, share)


def _finding(verdict: str, sentence: str, certificate: Json | None = None) -> Finding:
    return Finding("small-steps", verdict, sentence, certificate, SMALL_STEPS)


def _rises(limit: LimitPoint, share: Fraction) -> str:
    low, high = _ends(limit)
    where = f"between {low} and {high}" if low != high else f"at {low}"
    return (
        f"Every prompt rises to its least fixed point, p* {where}, by any steps that go at most a share of "
        f"{short_down(share)} of the way to an update's maximiser (step size times beta)."
    )


def _ends(limit: LimitPoint) -> tuple[str, str]:
    return (
        probability_down(limit.p[0], limit.one_minus_p[1]),
        probability_up(limit.p[1], limit.one_minus_p[0]),
    )


@dataclass(frozen=True)
class OneStep:
    """Updates of one size, which is in the file's units: those of ``unit`` times the model's contrast."""

    contrast: Contrast
    box: StepParameters
    update: Update
    unit: Fraction

    @property
    def recursion(self) -> Parameters:
        """The parameters of the recursion that these updates obey.

        Raises:
            InputError: step size times beta exceeds 1.
        """
        return self.update.scaled(self.unit).recursion(self.box)

    def findings(self, any_steps: Stepping, target: Fraction, *, forward: bool) -> tuple[Finding, ...]:
        """What these updates do, and how many lead to the target.

        Raises:
            InputError: step size times beta exceeds 1; several inner steps under k3.
        """
        if not forward:
            return self._ends(any_steps), self._passage(target)
        if self.update.inner_steps > 1:
            raise InputError("under the k3 regulariser several inner steps are not covered: ask about one")
        return (self._ends(any_steps, follow=False),)

    def _ends(self, any_steps: Stepping, *, follow: bool = True) -> Finding:
        """Within the bound as small steps do; beyond it as the recursion that they obey."""
        share, bound = self.update.scaled(self.unit).share(self.box.beta)[1], any_steps.largest_share
        if any_steps.finding.verdict == PROVED and bound is None:
            return self._found(PROVED, "lead every prompt to p = 1")
        way = f"(a share of {short_up(share)} of the way)"
        if any_steps.finding.verdict == PROVED and bound is not None and share <= bound:
            return self._found(PROVED, f"{way} are small ones: every prompt rises to its least fixed point")
        if not follow:
            return self._found(UNDECIDED, f"{way} exceed the bound of small steps: not decided")
        outcome = certify("convergence", self.contrast, self.recursion, engine="arb", leaves=LEAVES)
        certificate = region_certificate(outcome, "arb") if isinstance(outcome, Proved | Refuted) else None
        said = f"{way} exceed the bound of small steps; {_BEYOND[outcome.verdict]}"
        return self._found(outcome.verdict, said, certificate)

    def _found(self, verdict: str, said: str, certificate: Json | None = None) -> Finding:
        mu = self.update.inner_steps
        size = canonical(self.update.step_size[0]) + (f", {mu} to an update," if mu > 1 else "")
        return Finding("this-step", verdict, f"Steps of size {size} {said}.", certificate, THIS_STEP)

    def _passage(self, target: Fraction) -> Finding:
        found = passage(self.contrast, self.recursion, target)
        if not isinstance(found, Passage):
            sentence = f"How many updates lead to p = {canonical(target)} is not decided: {found.reason}."
            return Finding("passage", UNDECIDED, sentence, None, THIS_STEP)
        if found.steps is None:
            sentence = f"No prompt ever gets to p = {canonical(target)}."
        else:
            least, most = found.steps
            sentence = f"Every prompt gets to p = {canonical(target)}, after {least:,} to {most:,} updates."
        return Finding("passage", PROVED, sentence, passage_certificate(found), THIS_STEP)


_BEYOND = {
    PROVED: "the sequence from p_ref tends to a fixed point for every prompt",
    REFUTED: "and for some prompt there is an attracting cycle",
    UNDECIDED: "not decided, ask `limit --step-size` for single prompts",
}
