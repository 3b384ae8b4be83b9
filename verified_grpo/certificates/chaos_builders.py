"""Cycles and chaos written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical
from ..model import Range
from ..rigor.chaos.cycles import Cycles, UndecidedCycles
from ..rigor.chaos.outcomes import ChaosOutcome, Covering, LiYorke, PeriodThree
from ..rigor.chaos.regions import ChaosRegion
from ..rigor.sequences.outcomes import LimitPoint
from .builders import CHECKER_BITS, parameters, variant
from .canonical import Json, seal


def cycles_certificate(found: Cycles) -> Json:
    """The certificate of a complete list of cycles of one period."""
    statement = {"kind": "cycles", **_cycles(found)}
    evidence: Json = {"rule": "mirror"}
    if found.domain is not None:
        evidence = {
            "rule": "cells",
            "bits": found.bits + CHECKER_BITS,
            "logit": _pair(found.domain),
            "tree": found.tree,
            "smaller": [{"period": d, "logit": _pair(bracket)} for d, bracket in found.smaller],
        }
    return seal(statement, evidence, found.engine, found.bits)


def cycles_payload(found: Cycles | UndecidedCycles) -> Json:
    """The answer as one JSON object: numbers as decimal text, rounded outward."""
    if isinstance(found, Cycles):
        return {"verdict": "proved", **_cycles(found)}
    return {
        "verdict": "undecided",
        "variant": variant(found.contrast),
        "parameters": parameters(found.parameters),
        "period": found.period,
        "reason": found.reason,
        "bracket": None if found.bracket is None else _pair(found.bracket),
    }


def _cycles(found: Cycles) -> Json:
    listed = [
        {
            "points": [_point(point) for point in cycle.points],
            "multiplier": list(cycle.multiplier),
            "stability": cycle.stability,
        }
        for cycle in found.cycles
    ]
    return {
        "variant": variant(found.contrast),
        "parameters": parameters(found.parameters),
        "period": found.period,
        "count": len(listed),
        "cycles": listed,
    }


def _point(point: LimitPoint) -> Json:
    return {"logit": _pair(point.logit), "p": list(point.p), "one_minus_p": list(point.one_minus_p)}


def chaos_certificate(outcome: ChaosOutcome) -> Json:
    """The certificate of a witness of chaos, a point of period 3, or a covering.

    Raises:
        CertificateError: nothing was found, which certifies nothing.
    """
    evidence: Json = {"bits": outcome.bits + CHECKER_BITS}
    match outcome:
        case LiYorke():
            evidence["rule"] = "orbit"
        case PeriodThree():
            evidence["rule"] = "return"
        case Covering():
            evidence |= {"rule": "covering", "weights": [canonical(w) for w in outcome.weights]}
        case _:
            raise CertificateError("where no witness of chaos was found there is no certificate")
    return seal({"kind": "chaos", **chaos_payload(outcome)}, evidence, outcome.engine, outcome.bits)


def chaos_payload(outcome: ChaosOutcome) -> Json:
    """What was found, in the words of the certificate."""
    head: Json = {"variant": variant(outcome.contrast), "parameters": parameters(outcome.parameters)}
    match outcome:
        case LiYorke():
            given = {"p" if outcome.is_probability else "logit": canonical(outcome.start)}
            images = [_pair(image) for image in outcome.images]
            order = "falls" if outcome.falls else "rises"
            return {**head, "verdict": "li-yorke", "start": given, "order": order, "images": images}
        case PeriodThree():
            return {**head, "verdict": "period-three", "logit": _pair(outcome.logit)}
        case Covering():
            return {
                **head,
                "verdict": "entropy",
                "turns": outcome.turns,
                "intervals": [_pair(interval) for interval in outcome.intervals],
                "entropy": canonical(outcome.entropy),
            }
    return {**head, "verdict": "undecided", "reason": outcome.reason}


def chaos_region_certificate(region: ChaosRegion) -> Json:
    """The certificate of a set of parameters with a witness of chaos at each."""
    statement: Json = {
        "kind": "chaos-region",
        "variant": variant(region.contrast),
        "parameters": parameters(region.parameters),
        "beta_cuts": [canonical(x) for x in region.beta_cuts],
        "p_ref_cuts": [canonical(x) for x in region.p_ref_cuts],
        "cells": [[cell.column, cell.row] for cell in region.cells],
        "area": canonical(region.area),
    }
    evidence: Json = {
        "rule": "witnesses",
        "bits": region.bits + CHECKER_BITS,
        "points": [canonical(cell.point) for cell in region.cells],
    }
    return seal(statement, evidence, region.engine, region.bits)


def _pair(interval: Range) -> list[str]:
    return [canonical(end) for end in interval]
