"""The theorem of small steps under any pull written down: as a certificate, and as the JSON of the command
line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical, decimal_down, decimal_up
from ..model.pulls import Pull
from ..rigor.pull_steps import PullRises, PullSteps, PullUndecided
from .builders import CHECKER_BITS, line_cells, parameters, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import Certificate, Side
from .k3 import without_alpha
from .limit_builders import place
from .outputs.views import NoSmallLimit, PullStepsView
from .small_steps import DIGITS


def pull_steps_certificate(
    outcome: PullSteps,
) -> Certificate[grammar.PullSmallSteps, grammar.PullStepsEvidence]:
    """The certificate of what was proved of small steps under a pull.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, PullUndecided):
        raise CertificateError("an undecided limit has no certificate")
    head: grammar.OnPull = {
        "kind": "pull-small-steps",
        "variant": variant(outcome.contrast),
        "parameters": without_alpha(parameters(outcome.parameters)),
        "pull": pull_words(outcome.pull),
    }
    start, cells, bits = canonical(outcome.start), line_cells(outcome.cells), outcome.bits + CHECKER_BITS
    statement: grammar.PullSmallSteps
    evidence: grammar.PullStepsEvidence
    if isinstance(outcome, PullRises):
        low, high = outcome.largest_step
        step: Side = canonical(low) if high is None else [canonical(low), canonical(high)]
        limit, slopes = place(outcome.limit), outcome.slopes
        statement = {**head, "verdict": "rises", "limit": limit, "largest_step": step}
        evidence = {
            "rule": "least-zero",
            "bits": bits,
            "start": start,
            "cells": cells,
            "slopes": [canonical(x) for x in slopes.cuts],
            "steepest": [canonical(x) for x in slopes.met],
        }
    else:
        statement = {**head, "verdict": "rises-to-one", "gain": canonical(outcome.gain)}
        evidence = {"rule": "no-stop", "bits": bits, "start": start, "cells": cells}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def pull_words(pull: Pull) -> grammar.Pull:
    """A pull as certificates write it."""
    written: grammar.Pull = {"kernel": pull.kernel.value}
    if pull.clamp is not None:
        written["clamp"] = canonical(pull.clamp)
    if pull.dead_groups is not None:
        written["dead_groups"] = pull.dead_groups
    return written


def pull_steps_payload(outcome: PullSteps) -> PullStepsView:
    """The view of small steps: ``verdict``, ``limit``, ``largest_step`` (its upper end null where none is
    proved) or ``gain``; ``largest_share`` is null, since steps go no share of the way."""
    nothing: NoSmallLimit = {"limit": None, "largest_step": None, "largest_share": None}
    if isinstance(outcome, PullUndecided):
        return {"verdict": "undecided", **nothing, "reason": outcome.reason}
    if not isinstance(outcome, PullRises):
        return {"verdict": "rises-to-one", **nothing, "gain": canonical(outcome.gain)}
    low, high = outcome.largest_step
    step = [decimal_down(low, DIGITS), None if high is None else decimal_up(high, DIGITS)]
    return {
        "verdict": "rises",
        "limit": place(outcome.limit),
        "largest_step": step,
        "largest_share": None,
    }
