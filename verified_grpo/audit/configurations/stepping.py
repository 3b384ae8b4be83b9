"""What small steps do under a configuration, for every prompt of a range: the first answer.

A file gives a learning rate and not the size of a step along the natural gradient. So the answer is about any
steps below a bound, which is stated as the share of the way to the update's maximiser that one update may go
(step size times beta). Under k3 a step has no such share.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...certificates.grammar.values import AnyCertificate
from ...certificates.k3_steps import k3_steps_certificate
from ...certificates.limit_builders import place
from ...certificates.outputs import configurations
from ...certificates.passage import passage_certificate
from ...certificates.region_builders import region_certificate
from ...certificates.small_steps import small_steps_certificate
from ...errors import InputError
from ...intervals import canonical, decimal_down, decimal_up
from ...model import Contrast, Parameters
from ...model.steps import StepParameters, Update
from ...rigor import Proved, Refuted, certify
from ...rigor.k3_steps import K3StepsUndecided, k3_small_steps
from ...rigor.sequences.outcomes import LimitPoint
from ...rigor.sequences.passage import Passage, passage
from ...rigor.sequences.small_steps import RisesToOneBySteps, UndecidedBySteps, small_steps
from ...rigor.verdicts import PROVED, REFUTED, UNDECIDED, Answer
from .findings import SMALL_STEPS, THIS_STEP, Finding, probability_down, probability_up, short_down, short_up

DIGITS = 12
LEAVES = 4000
TO_ONE = "Any steps lead every prompt to p = 1: there is no KL that holds it back."


@dataclass(frozen=True)
class Stepping:
    """Small steps for every prompt: the finding, and its numbers, None where there is none: the bracket of
    all prompts' limits, up to which step and, not under k3, which share of the way."""

    finding: Finding
    limit: LimitPoint | None = None
    largest_step: Fraction | None = None
    largest_share: Fraction | None = None

    @property
    def headline(self) -> str:
        """The answer in one sentence, with the least p* of all prompts and the share."""
        if self.limit is None or self.largest_step is None:
            return self.finding.sentence
        least = _ends(self.limit)[0]
        lead = f"Small steps lead every prompt to its least fixed point, p* >= {least}, as long as"
        if self.largest_share is None:
            return f"{lead} no step is larger than {short_down(self.largest_step)}."
        return f"{lead} one update goes at most a share of {short_down(self.largest_share)} of the way."

    @property
    def json(self) -> configurations.ConfigurationSteps:
        """The numbers as text, rounded down."""

        def written(x: Fraction | None) -> str | None:
            return None if x is None else decimal_down(x, DIGITS)

        return {
            "verdict": self.finding.verdict,
            "limit": None if self.limit is None else place(self.limit),
            "largest_step": written(self.largest_step),
            "largest_share": written(self.largest_share),
        }


def by_small_steps(contrast: Contrast, box: StepParameters, *, forward: bool) -> Stepping:
    """Where any small steps lead every prompt of the box; ``forward``: under k3."""
    if forward and box.beta[0] > 0:
        return _under_k3(contrast, box)
    found = small_steps(contrast, box)
    if isinstance(found, UndecidedBySteps):
        return Stepping(stepped(UNDECIDED, f"Not decided: {found.reason}."))
    certificate = small_steps_certificate(found)
    if isinstance(found, RisesToOneBySteps) or found.limit is None:
        return Stepping(stepped(PROVED, TO_ONE, certificate))
    step, share = found.largest_step[0], found.largest_share[0]
    way = f"that go at most a share of {short_down(share)} of the way to an update's maximiser"
    finding = stepped(PROVED, rises(found.limit, f"{way} (step size times beta)"), certificate)
    return Stepping(finding, found.limit, step, share)


def _under_k3(contrast: Contrast, box: StepParameters) -> Stepping:
    found = k3_small_steps(contrast, box)
    if isinstance(found, K3StepsUndecided):
        return Stepping(stepped(UNDECIDED, f"Not decided: {found.reason}."))
    step = found.largest_step[0]
    bound = f"of a size up to {short_down(step)} along the natural gradient"
    finding = stepped(PROVED, rises(found.limit, bound), k3_steps_certificate(found))
    return Stepping(finding, found.limit, step)


def stepped(verdict: Answer, sentence: str, certificate: AnyCertificate | None = None) -> Finding:
    """A finding about small steps."""
    return Finding("small-steps", verdict, sentence, certificate, SMALL_STEPS)


def rises(limit: LimitPoint, bound: str) -> str:
    """Where they lead, in a sentence."""
    low, high = _ends(limit)
    where = f"between {low} and {high}" if low != high else f"at {low}"
    return f"Every prompt rises to its least fixed point, p* {where}, by any steps {bound}."


def _ends(limit: LimitPoint) -> tuple[str, str]:
    return (
        probability_down(limit.p[0], limit.one_minus_p[1]),
        probability_up(limit.p[1], limit.one_minus_p[0]),
    )


@dataclass(frozen=True)
class OneStep:
    """Updates of one size."""

    contrast: Contrast
    box: StepParameters
    update: Update

    @property
    def recursion(self) -> Parameters:
        """The parameters of the recursion that these updates obey.

        Raises:
            InputError: step size times beta exceeds 1.
        """
        return self.update.recursion(self.box)

    def findings(self, any_steps: Stepping, target: Fraction, *, forward: bool) -> tuple[Finding, ...]:
        """What these updates do, and how many lead to the target.

        Raises:
            InputError: step size times beta exceeds 1; several inner steps under k3.
        """
        if self.box.beta[0] == 0:
            return self._found(PROVED, "lead every prompt to p = 1"), self._passage(target)
        if forward:
            return (self._small_or_open(any_steps),)
        share = self.update.share(self.box.beta)[1]
        way = f"(a share of {short_up(share)} of the way)"
        if any_steps.largest_share is not None and share <= any_steps.largest_share:
            return self._found(PROVED, f"{way} {_SMALL}", share=share), self._passage(target)
        return self._followed(way, share), self._passage(target)

    def _small_or_open(self, any_steps: Stepping) -> Finding:
        """Under k3."""
        if self.update.inner_steps > 1:
            raise InputError("under the k3 regulariser several inner steps are not covered: ask about one")
        self.update.share(self.box.beta)  # a step beyond a whole one is refused alike
        if any_steps.largest_step is not None and self.update.step_size[1] <= any_steps.largest_step:
            return self._found(PROVED, _SMALL)
        return self._found(UNDECIDED, "exceed the bound of small steps: not decided")

    def _followed(self, way: str, share: Fraction) -> Finding:
        """Beyond the bound: the recursion that the updates obey."""
        outcome = certify("convergence", self.contrast, self.recursion, engine="arb", leaves=LEAVES)
        certificate = region_certificate(outcome, "arb") if isinstance(outcome, Proved | Refuted) else None
        said = f"{way} exceed the bound of small steps; {_BEYOND[outcome.verdict]}"
        return self._found(outcome.verdict, said, certificate, share)

    def _found(
        self,
        verdict: Answer,
        said: str,
        certificate: AnyCertificate | None = None,
        share: Fraction | None = None,
    ) -> Finding:
        mu = self.update.inner_steps
        size = canonical(self.update.step_size[0]) + (f", {mu} to an update," if mu > 1 else "")
        numbers = {} if share is None else {"share": decimal_up(share, DIGITS)}
        return Finding("this-step", verdict, f"Steps of size {size} {said}.", certificate, THIS_STEP, numbers)

    def _passage(self, target: Fraction) -> Finding:
        found = passage(self.contrast, self.recursion, target)
        if not isinstance(found, Passage):
            sentence = f"How many updates lead to p = {canonical(target)} is not decided: {found.reason}."
            return Finding("passage", UNDECIDED, sentence, None, THIS_STEP)
        if found.steps is None:
            sentence, numbers = f"No prompt ever gets to p = {canonical(target)}.", {}
        else:
            least, most = found.steps
            sentence = f"Every prompt gets to p = {canonical(target)}, after {least:,} to {most:,} updates."
            numbers = {"least_updates": str(least), "most_updates": str(most)}
        return Finding("passage", PROVED, sentence, passage_certificate(found), THIS_STEP, numbers)


_SMALL = "are small ones: every prompt rises to its least fixed point"
_BEYOND = {
    PROVED: "the sequence from p_ref tends to a fixed point for every prompt",
    REFUTED: "and for some prompt there is an attracting cycle",
    UNDECIDED: "not decided, ask `limit --step-size` for single prompts",
}
