"""Limits written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor.sequences.outcomes import (
    BasinPoint,
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
from .builders import CHECKER_BITS, parameters, variant
from .canonical import Json, seal


def limit_certificate(outcome: Limit) -> Json:
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
        return dict(outcome.certificate)
    evidence: Json = {"rule": "trap", "bits": outcome.bits + CHECKER_BITS}
    if isinstance(outcome, RisesToOne):
        evidence["rule"] = "mirror"
    if isinstance(outcome, Monotone):
        evidence |= {"rule": "monotone", "steps": outcome.orbit_steps, "cells": outcome.cells}
    if isinstance(outcome, Settles):
        evidence |= {"rule": "closed-form", "form": outcome.form}
    statement = {"kind": "limit", **_common(outcome.sequence), **_verdict(outcome)}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def limit_command_payload(outcome: Limit) -> Json:
    """The answer as one JSON object: numbers as decimal text, rounded outward."""
    payload = _common(outcome.sequence)
    if isinstance(outcome, UndecidedLimit):
        return {**payload, "verdict": "undecided", "reason": outcome.reason}
    if isinstance(outcome, ByAlpha):
        return {**payload, "verdict": "by-alpha", "parts": [limit_command_payload(x) for x in outcome.parts]}
    if isinstance(outcome, TendsInBox):
        return {**payload, **_in_box(outcome)}
    payload |= _verdict(outcome)
    if isinstance(outcome, Monotone) and not outcome.reached:
        payload |= {"limit_by_orbit": payload["limit"], "limit": point_json(outcome.narrow or outcome.limit)}
    if isinstance(outcome, Monotone) and outcome.attraction is not None:
        payload["attraction"] = _verdict(outcome.attraction)
    return payload


def _common(sequence: Sequence) -> Json:
    return {
        "variant": variant(sequence.contrast),
        "parameters": parameters(sequence.parameters),
        "start": "p_ref" if sequence.start is None else canonical(sequence.start),
    }


def _in_box(outcome: TendsInBox) -> Json:
    if outcome.cells:
        return {"verdict": "paved", "period": outcome.period, "cells": outcome.cells}
    return {"verdict": "settles", "manner": "tends"}


def _verdict(outcome: RisesToOne | Monotone | ConvergesToCycle | Settles) -> Json:
    """The verdict and what belongs to it, in the words of the certificate."""
    if isinstance(outcome, RisesToOne):
        return {"verdict": "rises-to-one", "gain": canonical(outcome.gain)}
    if isinstance(outcome, Settles):
        return {"verdict": "settles", "manner": "rises" if outcome.rises else "tends"}
    if isinstance(outcome, Monotone):
        word = "falls" if isinstance(outcome, FallsToGreatest) else "rises"
        return {"verdict": word, "step": outcome.step, "limit": point_json(outcome.limit)}
    return {
        "verdict": "fixed-point" if outcome.period == 1 else "cycle",
        "step": outcome.step,
        "period": outcome.period,
        "points": [point_json(point) for point in outcome.points],
        "rate": canonical(outcome.rate),
        "multiplier": list(outcome.multiplier),
    }


def point_json(point: LimitPoint) -> Json:
    """A limit with its brackets, and its basin where it has one."""
    fields: Json = {
        "logit": [canonical(x) for x in point.logit],
        "p": list(point.p),
        "one_minus_p": list(point.one_minus_p),
    }
    if isinstance(point, BasinPoint):
        fields["basin"] = [canonical(x) for x in point.basin]
    return fields
