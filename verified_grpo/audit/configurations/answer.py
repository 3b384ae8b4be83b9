"""What follows from a configuration for every prompt of a range, certified: small steps first.

Training takes small steps, so they are the answer (:mod:`.stepping`), with the largest KL weight that lets
every prompt end at a target (:mod:`.largest_beta`). What the exact maximiser would do, as in the paper,
stands second (:mod:`.maximiser`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...certificates.grammar.values import AnyCertificate
from ...certificates.outputs import configurations
from ...errors import InputError
from ...intervals import canonical, decimal_down, exact
from ...model import Contrast, Parameters, Range
from ...model.steps import StepParameters, Update
from ...rigor.verdicts import CONDITIONAL, PROVED, REFUTED, UNDECIDED, ConditionalVerdict
from ...rigor.verdicts import Answer as Verdict
from ..targets import HALF, written
from .configuration import K3, Configuration
from .findings import DIGITS, MAXIMISER, SMALL_STEPS, Finding
from .largest_beta import NEEDS, backed, largest_beta
from .maximiser import by_maximiser
from .pulled import under_its_pull
from .stepping import OneStep, Stepping, by_small_steps

EXACTLY = "Solved exactly at every step, as in the paper"


@dataclass(frozen=True)
class Answer:
    """The audit of a configuration for all p_ref of a range.

    ``verdict`` is that of the first question: do small steps (or, with ``update``, those) lead every prompt
    to a limit above its p_ref. ``findings`` are all answers, small steps first; they are empty where the
    configuration is outside the model. ``guarantee`` says which beta lets every prompt end at ``target``,
    ``beta`` that number, None where every one does, or none is known. ``judged``: where the verifier errs,
    whose rate p is: that of right, or of passing answers.
    """

    configuration: Configuration
    p_ref: Range
    target: Fraction
    update: Update | None
    stepping: Stepping | None
    findings: tuple[Finding, ...]
    guarantee: str
    beta: Fraction | None
    judged: str = ""

    @property
    def verdict(self) -> Verdict:
        """That of small steps, or of the step that was asked about."""
        named = "small-steps" if self.update is None else "this-step"
        return next((found.verdict for found in self.findings if found.name == named), UNDECIDED)

    @property
    def word(self) -> ConditionalVerdict:
        """The verdict; ``conditional`` where what is proved or refuted rests on conditions that the file does
        not tell."""
        return CONDITIONAL if self.configuration.conditions and self.verdict != UNDECIDED else self.verdict

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the findings rest on; empty where there are none."""
        return tuple(condition.words for condition in self.configuration.conditions if self.findings)

    def of(self, *views: str) -> tuple[Finding, ...]:
        """The findings about these updates."""
        return tuple(found for found in self.findings if found.view in views)

    @property
    def same(self) -> bool:
        """Whether the exact maximiser is proved to end where small steps do."""
        proved = {found.name for found in self.of(MAXIMISER) if found.verdict == PROVED}
        return {"uniqueness", "convergence"} <= proved

    @property
    def sentence(self) -> str:
        """The answer in one sentence; where the verifier errs, in one of p and one of right answers."""
        if self.stepping is None:
            return f"Nothing is computed: {self.configuration.verdict}."
        said = self.stepping.headline
        if self.update is not None:
            said = next(found.sentence for found in self.findings if found.name == "this-step")
        if not self.judged:
            return said
        right = next(found.sentence for found in self.findings if found.name == "right-answers")
        return f"With p of {self.judged}: {said} {right}"

    @property
    def exactly(self) -> str:
        """What the exact maximiser does beside, in one sentence; empty where there is none."""
        if not self.of(MAXIMISER):
            return ""
        if self.same:
            return f"{EXACTLY}, every prompt ends at the same place."
        verdict = next(found.verdict for found in self.of(MAXIMISER) if found.name == "convergence")
        return f"{EXACTLY}, {_OTHERWISE[verdict]}."

    @property
    def json(self) -> configurations.ConfigurationViews:
        """The numbers of both views."""
        stepping = None if self.stepping is None else self.stepping.json
        verdicts = {found.name: found.verdict for found in self.of(MAXIMISER)}
        exactly = verdicts or None
        beta = None if self.beta is None else canonical(self.beta)
        return {
            "small_steps": stepping,
            "maximiser": exactly,
            "same": self.same if exactly else None,
            "target": canonical(self.target),
            "largest_beta": beta,
        }


_OTHERWISE = {
    PROVED: "every prompt settles, perhaps at a higher fixed point",
    REFUTED: "some prompt's fixed point repels: its success rate oscillates",
    UNDECIDED: "it is not proved that every prompt settles: some may swing or jump",
}


def audit(
    configuration: Configuration, p_ref: Range, *, target: Fraction = HALF, update: Update | None = None
) -> Answer:
    """Certify what the configuration does to every prompt with p_ref in a range.

    Args:
        configuration: as it was read.
        p_ref: the range, inside (0, 1).
        target: the success rate at which prompts are to end.
        update: the one step that is asked about; None: any small steps.

    Raises:
        InputError: p_ref or the target outside (0, 1); a step beyond a whole one, a range of them, or several
            inner steps under k3.

    Not proved: anything in ``configuration.not_covered``.
    """
    if not 0 < target < 1:
        raise InputError("the target is a success rate strictly between 0 and 1, such as 0.5")
    if update is not None and update.step_size[0] < update.step_size[1]:
        raise InputError("a configuration needs one step size, not a range of them")
    cut = configuration.under_its_kl(p_ref[0])
    if configuration.computable and not cut.computable and update is None:
        found = _under_its_pull(configuration, p_ref, target)
        if found is not None:
            return found
    configuration = cut
    if update is not None:
        configuration = configuration.by_size()
    box = StepParameters.of(beta=configuration.beta, eps=configuration.eps, p_ref=p_ref)
    contrast, forward = configuration.contrast, configuration.regulariser == K3
    if not configuration.computable or contrast is None:
        return Answer(configuration, p_ref, target, update, None, (), "", None)
    stepping = by_small_steps(contrast, box, forward=forward)
    findings = [stepping.finding]
    if update is not None:
        one = OneStep(contrast, box, update)
        findings += one.findings(stepping, target, forward=forward)
    beta, said = _guarantee(configuration, p_ref, target)
    findings += said
    if configuration.beta:
        findings += by_maximiser(contrast, box.maximised, forward=forward)
    guarantee = said[0].sentence if said else ""
    return Answer(configuration, p_ref, target, update, stepping, tuple(findings), guarantee, beta)


def _under_its_pull(configuration: Configuration, p_ref: Range, target: Fraction) -> Answer | None:
    """Small steps where a clamp is not shown to be idle, or groups are dropped; None where the model has not
    this pull, or it is not decided what it does."""
    stepping = under_its_pull(configuration, p_ref)
    if stepping is None:
        return None
    found = (stepping.finding,)
    return Answer(configuration.under_its_pull(), p_ref, target, None, stepping, found, "", None)


def _guarantee(
    configuration: Configuration, p_ref: Range, target: Fraction
) -> tuple[Fraction | None, list[Finding]]:
    """The largest beta and the sentence about it; nothing without KL."""
    contrast, forward = configuration.contrast, configuration.regulariser == K3
    if not configuration.beta or contrast is None:
        return None, []
    if missing := contrast.lacks(*NEEDS):
        words = f"Up to which beta prompts get to the target is not decided: {missing}."
        return None, [Finding("largest-beta", UNDECIDED, words, None, SMALL_STEPS)]
    least = configuration.least_weight(p_ref[0]) if configuration.clamps else Fraction(0)
    box = Parameters.of(beta=configuration.beta, eps=configuration.eps, p_ref=p_ref)
    said = guarantee(contrast, box, forward, least, target)
    if p_ref[0] >= target:
        return None, [_said(said, least=least)]
    beta = _rounded(contrast, box, target, forward)
    certificate = None if forward else backed(contrast, configuration.eps, p_ref, beta, target)
    return beta, [_said(said, certificate, beta, least)]


def guarantee(
    contrast: Contrast,
    box: Parameters,
    forward: bool,
    least: Fraction = Fraction(0),
    target: Fraction = HALF,
) -> str:
    """Up to which beta every prompt of the range ends at the target, rounded down; and from
    which on, where a clamp is shown to be idle from ``least`` on only. At 1/2 the exact maximiser takes
    them there, too (S4)."""
    shown = written(target)
    since = f"beta from {canonical(least)}" if least else "beta"
    if box.p_ref[0] >= target:
        words = f"Every {since} {'on' if least else '> 0'} lets all these prompts end at {shown} or above"
        return f"{words} (p_ref >= {shown})."
    beta = _rounded(contrast, box, target, forward)
    if beta < least:
        words = f"the clamp is idle from {canonical(least)} on, and prompts get there up to {canonical(beta)}"
        return f"No beta is shown to let all these prompts end at {shown} or above: {words}."
    return f"Every {since} up to {canonical(beta)} lets all these prompts end at {shown} or above."


def _rounded(contrast: Contrast, box: Parameters, target: Fraction, forward: bool) -> Fraction:
    beta = largest_beta(contrast, box.eps[1], box.p_ref[0], target, forward=forward)
    return exact(decimal_down(beta, DIGITS))


def _said(
    sentence: str,
    certificate: AnyCertificate | None = None,
    beta: Fraction | None = None,
    least: Fraction = Fraction(0),
) -> Finding:
    numbers = {} if beta is None else {"beta": canonical(beta)}
    if least:
        numbers["clamp_idle_from"] = canonical(least)
    return Finding("largest-beta", PROVED, sentence, certificate, SMALL_STEPS, numbers)
