"""The theorem of small steps written down: as a certificate, and as the JSON of the command line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical, decimal_down, decimal_up
from ..model import Range
from ..rigor.sequences.small_steps import RisesBySteps, RisesToOneBySteps, SmallSteps, UndecidedBySteps
from .builders import CHECKER_BITS, line_cells, parameters, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import Certificate
from .limit_builders import place
from .outputs.views import NoSmallLimit, SmallStepsView, StepsBeyond, StepsRise

DIGITS = 12


def small_steps_certificate(
    outcome: SmallSteps,
) -> Certificate[grammar.SmallSteps, grammar.SmallStepsEvidence]:
    """The certificate of a proved limit of small steps.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, UndecidedBySteps):
        raise CertificateError("an undecided limit has no certificate")
    head: grammar.OnSmallSteps = {
        "kind": "small-steps",
        "variant": variant(outcome.contrast),
        "parameters": parameters(outcome.parameters),
    }
    bits = outcome.bits + CHECKER_BITS
    statement: grammar.SmallSteps
    if isinstance(outcome, RisesToOneBySteps):
        risen: grammar.RisesToOneBySteps = {
            "kind": head["kind"],
            "variant": head["variant"],
            "parameters": head["parameters"],
            "verdict": "rises-to-one",
        }
        if outcome.gain is not None:
            risen["gain"] = canonical(outcome.gain)
        return seal(risen, {"rule": "no-pull", "bits": bits}, outcome.engine, outcome.bits)
    step, largest = (canonical(x) for x in outcome.largest_step)
    evidence: grammar.LeastZero = {
        "rule": "least-zero",
        "bits": bits,
        "start": canonical(outcome.start),
        "cells": line_cells(outcome.cells),
        "slopes": [canonical(x) for x in outcome.slopes.cuts],
        "steepest": [canonical(x) for x in outcome.slopes.met],
    }
    if outcome.limit is None:
        beyond = canonical(outcome.beyond)
        statement = {**head, "verdict": "rises-beyond", "beyond": beyond, "largest_step": step}
    else:
        limit = place(outcome.limit)
        statement = {**head, "verdict": "rises", "limit": limit, "largest_step": [step, largest]}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def small_steps_payload(outcome: SmallSteps) -> SmallStepsView:
    """The view of small steps: ``verdict``, ``limit``, ``largest_step`` and ``largest_share`` (pairs; null
    where there is no bound)."""
    nothing: NoSmallLimit = {"limit": None, "largest_step": None, "largest_share": None}
    if isinstance(outcome, UndecidedBySteps):
        return {"verdict": "undecided", **nothing, "reason": outcome.reason}
    if isinstance(outcome, RisesToOneBySteps):
        gain = None if outcome.gain is None else canonical(outcome.gain)
        return {"verdict": "rises-to-one", **nothing, "gain": gain}
    return _rise(outcome)


def _rise(outcome: RisesBySteps) -> StepsBeyond | StepsRise:
    step, share = (_decimals(pair) for pair in (outcome.largest_step, outcome.largest_share))
    if outcome.limit is None:  # the upper ends are not certified
        return {
            "verdict": "rises-beyond",
            "limit": None,
            "beyond": canonical(outcome.beyond),
            "largest_step": [step[0], None],
            "largest_share": [share[0], None],
        }
    limit = place(outcome.limit)
    return {"verdict": "rises", "limit": limit, "largest_step": step, "largest_share": share}


def _decimals(pair: Range) -> list[str]:
    return [decimal_down(pair[0], DIGITS), decimal_up(pair[1], DIGITS)]
