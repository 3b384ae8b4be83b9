"""Limits written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from typing import cast

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor.sequences.outcomes import (
    ByAlpha,
    ConvergesToCycle,
    FallsToGreatest,
    Limit,
    LimitPoint,
    Monotone,
    RisesToOne,
    Sequence,
    Settles,
    TendsInBox,
    UndecidedLimit,
)
from ..rigor.verdicts import Monotony
from .builders import CHECKER_BITS, parameters, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import AnyCertificate, Certificate, Json, Place

Single = RisesToOne | Monotone | ConvergesToCycle | Settles
"""A limit with a certificate of its own kind."""


def limit_certificate(outcome: Limit) -> AnyCertificate:
    """The certificate of a proved limit. For a rise or fall it is the monotone argument; the rate, where
    there is one, is the certificate of ``outcome.attraction``.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing, or has a certificate for each
        part of the range of alpha.
    """
    if isinstance(outcome, ByAlpha):
        raise CertificateError("alpha from 0 upwards: each part has a certificate of its own")
    if isinstance(outcome, UndecidedLimit):
        raise CertificateError("an undecided limit has no certificate")
    if isinstance(outcome, TendsInBox):
        return cast(AnyCertificate, outcome.certificate)
    return _sealed(outcome)


def _sealed(outcome: Single) -> Certificate[grammar.Limit, grammar.LimitEvidence]:
    """A verdict that an orbit or a closed form carries."""
    statement = {"kind": "limit", **_common(outcome.sequence), **_verdict(outcome)}
    return seal(cast(grammar.Limit, statement), _evidence(outcome), outcome.engine, outcome.bits)


def _evidence(outcome: Single) -> grammar.LimitEvidence:
    """What carries it."""
    bits = outcome.bits + CHECKER_BITS
    match outcome:
        case RisesToOne():
            return {"rule": "mirror", "bits": bits}
        case Monotone():
            return {"rule": "monotone", "bits": bits, "steps": outcome.orbit_steps, "cells": outcome.cells}
        case Settles():
            return {"rule": "closed-form", "bits": bits, "form": outcome.form}
    return {"rule": "trap", "bits": bits}


def limit_command_payload(outcome: Limit) -> Json:
    """The answer as one JSON object: numbers as decimal text, rounded outward."""
    payload: Json = {**_common(outcome.sequence)}
    if isinstance(outcome, UndecidedLimit):
        return {**payload, "verdict": "undecided", "reason": outcome.reason}
    if isinstance(outcome, ByAlpha):
        return {**payload, "verdict": "by-alpha", "parts": [limit_command_payload(x) for x in outcome.parts]}
    if isinstance(outcome, TendsInBox):
        return {**payload, **_in_box(outcome)}
    payload |= _verdict(outcome)
    if isinstance(outcome, Monotone) and not outcome.reached:
        payload |= {"limit_by_orbit": payload["limit"], "limit": place(outcome.narrow or outcome.limit)}
    if isinstance(outcome, Monotone) and outcome.attraction is not None:
        payload["attraction"] = _verdict(outcome.attraction)
    return payload


def _common(sequence: Sequence) -> grammar.OnSequence:
    return {
        "variant": variant(sequence.contrast),
        "parameters": parameters(sequence.parameters),
        "start": "p_ref" if sequence.start is None else canonical(sequence.start),
    }


def _in_box(outcome: TendsInBox) -> Json:
    if outcome.cells:
        return {"verdict": "paved", "period": outcome.period, "cells": outcome.cells}
    return {"verdict": "settles", "manner": "tends"}


def _verdict(outcome: Single) -> grammar.End:
    """The verdict and what belongs to it, in the words of the certificate."""
    if isinstance(outcome, RisesToOne):
        return {"verdict": "rises-to-one", "gain": canonical(outcome.gain)}
    if isinstance(outcome, Settles):
        return {"verdict": "settles", "manner": "rises" if outcome.rises else "tends"}
    if isinstance(outcome, Monotone):
        word: Monotony = "falls" if isinstance(outcome, FallsToGreatest) else "rises"
        return {"verdict": word, "step": outcome.step, "limit": place(outcome.limit)}
    return {
        "verdict": "fixed-point" if outcome.period == 1 else "cycle",
        "step": outcome.step,
        "period": outcome.period,
        "points": [
            {**place(point), "basin": [canonical(x) for x in point.basin]} for point in outcome.points
        ],
        "rate": canonical(outcome.rate),
        "multiplier": list(outcome.multiplier),
    }


def place(point: LimitPoint) -> Place:
    """A limit with its brackets."""
    return {
        "logit": [canonical(x) for x in point.logit],
        "p": list(point.p),
        "one_minus_p": list(point.one_minus_p),
    }
