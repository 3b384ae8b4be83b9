"""What follows from a configuration where the verifier errs: of right answers, for every prompt of a range.

Errors drawn anew at each look make another contrast, of the rate of right answers. Of errors that belong to
the answer the rate of passing obeys the configuration as it is, clamps, dropped groups and k3 included: every
update there tilts the reference by what passes, and so the rate of right answers follows from it (lemma 63).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ...certificates.grammar.values import AnyCertificate
from ...certificates.verifiers import ceiling_certificate, effect_certificate
from ...intervals import decimal_down, decimal_up, exact
from ...model import Parameters, Range
from ...model.erring import Errors
from ...model.steps import Update
from ...model.verifier import Verifier
from ...rigor.verdicts import PROVED
from ...rigor.verifiers import Effect, ceiling, effect
from ..targets import HALF
from .answer import Answer, audit
from .configuration import K3, Configuration
from .findings import DIGITS, SMALL_STEPS, Finding, short_down, short_up
from .stepping import TO_ONE

ANEW = (
    "with errors drawn anew at each look k3, clamps of the KL's estimate and dropped groups are not covered"
)
WHOLE = Fraction(1), Fraction(1)


@dataclass(frozen=True)
class Judging:
    """A verifier that errs, and the range of prompts: the reference's rates of right answers, ``right``, and
    of ``passed`` ones. ``errors``: independent or systematic."""

    verifier: Verifier
    errors: str
    right: Range
    passed: Range

    @property
    def is_systematic(self) -> bool:
        """Whether the rate that is followed is that of passing."""
        return self.errors == Errors.SYSTEMATIC

    @property
    def followed(self) -> str:
        """Whose rate p is."""
        return "passing answers" if self.is_systematic else "right answers"

    @property
    def words(self) -> str:
        """The verifier, and whose rate p is."""
        if self.is_systematic:
            kind = "the same ones each time; p and p_ref are rates of passing answers, not of right ones"
        else:
            kind = "drawn anew at each look; p and p_ref are rates of right answers"
        return f"T{self.verifier.words[1:]}, {kind}."


def audit_judged(
    configuration: Configuration, judging: Judging, *, target: Fraction = HALF, update: Update | None = None
) -> Answer:
    """Certify what the configuration does to the right answers of every prompt of a range.

    Args:
        configuration: as it was read.
        judging: the verifier and the range.
        target, update: as of :func:`verified_grpo.audit.configurations.answer.audit`; the target is of the
            rate that is followed.

    Raises:
        InputError: as there; with errors drawn anew a verifier that passes right answers no more often than
            wrong ones.

    Not proved: that the verifier has these rates on every prompt. Source: R4, R5, lemmas 61 and 63.
    """
    if judging.is_systematic:
        outcome = audit(_saying(configuration, judging), judging.passed, target=target, update=update)
        if not outcome.findings:
            return outcome
        # up to which beta the rate of passing gets to a target was not asked
        kept = tuple(found for found in outcome.findings if found.name != "largest-beta")
        outcome = replace(outcome, findings=kept, guarantee="", beta=None)
        return _with(outcome, _tilted(outcome, judging), judging)
    outcome = audit(_drawn_anew(configuration, judging), judging.right, target=target, update=update)
    return _with(outcome, _moved(outcome, configuration, judging), judging) if outcome.findings else outcome


def _saying(configuration: Configuration, judging: Judging) -> Configuration:
    return replace(configuration, assumptions=(judging.words, *configuration.assumptions))


def _drawn_anew(configuration: Configuration, judging: Judging) -> Configuration:
    """The same with the contrast that drives the rate of right answers, refused where that is not all."""
    said = _saying(configuration, judging)
    if said.contrast is None or not said.computable:
        return said
    if said.regulariser == K3 or (said.beta and (said.clamps or said.dropped)):
        return replace(said, refusals=(*said.refusals, ANEW))
    return replace(said, contrast=judging.verifier.drive(said.contrast))


def _with(outcome: Answer, found: Finding, judging: Judging) -> Answer:
    """The finding on right answers first after that on small steps."""
    return replace(
        outcome, findings=(outcome.findings[0], found, *outcome.findings[1:]), judged=judging.followed
    )


def _tilted(outcome: Answer, judging: Judging) -> Finding:
    """Right answers in the limit of small steps, and what they stay below (or above) whatever beta is."""
    passed: tuple[Range, ...] = ()
    stepping = outcome.stepping
    if stepping is not None and stepping.limit is not None:
        passed = ((exact(stepping.limit.p[0]), exact(stepping.limit.p[1])),)
    elif stepping is not None and stepping.finding.sentence == TO_ONE:
        passed = (WHOLE,)
    found = ceiling(judging.right, judging.verifier, passed)
    numbers: dict[str, str] = {}
    said = "where small steps lead is not decided"
    if found.rates:
        low, high = found.rates[0][1]
        said = f"small steps lead every prompt to a rate between {short_down(low)} and {short_up(high)}"
        numbers = {"right_least": decimal_down(low, DIGITS), "right_most": decimal_up(high, DIGITS)}
    if found.bound is None:
        return _finding(f"{said}: as many as before.", ceiling_certificate(found), numbers)
    rounded, digits = (short_up, decimal_up) if found.side == "below" else (short_down, decimal_down)
    numbers["bound"] = digits(found.bound, DIGITS)
    bound = f"whatever beta is, every prompt stays {found.side} {rounded(found.bound)}"
    return _finding(f"{said}; {bound}.", ceiling_certificate(found), numbers)


def _moved(outcome: Answer, configuration: Configuration, judging: Judging) -> Finding:
    """By the sign of what the verifier tells: every step gains, whatever its size up to a whole update."""
    said = "every step, whatever its size, leaves every prompt with more of them than its reference."
    if configuration.contrast is None or not configuration.beta:
        return _finding(said, None, {})
    box = Parameters.of(beta=configuration.beta, eps=configuration.eps, p_ref=outcome.p_ref)
    found = effect(configuration.contrast, box, judging.verifier)
    return _finding(said, effect_certificate(found) if isinstance(found, Effect) else None, {})


def _finding(sentence: str, certificate: AnyCertificate | None, numbers: dict[str, str]) -> Finding:
    return Finding("right-answers", PROVED, f"Right answers: {sentence}", certificate, SMALL_STEPS, numbers)
