"""Cycles and chaos written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from typing import cast

from ..errors import CertificateError
from ..intervals import canonical
from ..model import Range
from ..rigor.chaos.cycles import Cycles, UndecidedCycles
from ..rigor.chaos.outcomes import ChaosOutcome, Covering, LiYorke, NoWitness, PeriodThree
from ..rigor.chaos.regions import ChaosRegion
from ..rigor.verdicts import Monotony
from .builders import CHECKER_BITS, parameters, variant
from .canonical import seal
from .grammar import chaos as grammar
from .grammar.values import Certificate, OnBox
from .limit_builders import place
from .outputs import cycles as printed


def cycles_certificate(found: Cycles) -> Certificate[grammar.Cycles, grammar.CyclesEvidence]:
    """The certificate of a complete list of cycles of one period."""
    statement: grammar.Cycles = {"kind": "cycles", **_cycles(found)}
    evidence: grammar.CyclesEvidence = {"rule": "mirror"}
    if found.domain is not None:
        evidence = {
            "rule": "cells",
            "bits": found.bits + CHECKER_BITS,
            "logit": _pair(found.domain),
            "tree": found.tree,
            "smaller": [{"period": d, "logit": _pair(bracket)} for d, bracket in found.smaller],
        }
    return seal(statement, evidence, found.engine, found.bits)


def cycles_payload(found: Cycles | UndecidedCycles) -> printed.ProvedCycles | printed.UndecidedCycles:
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


def _cycles(found: Cycles) -> grammar.ListedCycles:
    listed: list[grammar.Cycle] = [
        {
            "points": [place(point) for point in cycle.points],
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


def chaos_certificate(outcome: ChaosOutcome) -> Certificate[grammar.Chaos, grammar.ChaosEvidence]:
    """The certificate of a witness of chaos, a point of period 3, or a covering.

    Raises:
        CertificateError: nothing was found, which certifies nothing.
    """
    if isinstance(outcome, NoWitness):
        raise CertificateError("where no witness of chaos was found there is no certificate")
    statement = {"kind": "chaos", **_head(outcome), **found_chaos(outcome)}
    return seal(cast(grammar.Chaos, statement), _evidence(outcome), outcome.engine, outcome.bits)


def _evidence(outcome: LiYorke | PeriodThree | Covering) -> grammar.ChaosEvidence:
    """What carries it."""
    bits = outcome.bits + CHECKER_BITS
    match outcome:
        case LiYorke():
            return {"rule": "orbit", "bits": bits}
        case PeriodThree():
            return {"rule": "return", "bits": bits}
    return {"rule": "covering", "bits": bits, "weights": [canonical(w) for w in outcome.weights]}


def _head(outcome: ChaosOutcome) -> OnBox:
    return {"variant": variant(outcome.contrast), "parameters": parameters(outcome.parameters)}


def found_chaos(outcome: LiYorke | PeriodThree | Covering) -> grammar.FoundChaos:
    """What was found, in the words of the certificate."""
    match outcome:
        case LiYorke():
            start = canonical(outcome.start)
            given: grammar.ChaosStart = {"p": start} if outcome.is_probability else {"logit": start}
            images = [_pair(image) for image in outcome.images]
            order: Monotony = "falls" if outcome.falls else "rises"
            return {"verdict": "li-yorke", "start": given, "order": order, "images": images}
        case PeriodThree():
            return {"verdict": "period-three", "logit": _pair(outcome.logit)}
    return {
        "verdict": "entropy",
        "turns": outcome.turns,
        "intervals": [_pair(interval) for interval in outcome.intervals],
        "entropy": canonical(outcome.entropy),
    }


def chaos_region_certificate(region: ChaosRegion) -> Certificate[grammar.ChaosRegion, grammar.Witnesses]:
    """The certificate of a set of parameters with a witness of chaos at each."""
    statement: grammar.ChaosRegion = {
        "kind": "chaos-region",
        "variant": variant(region.contrast),
        "parameters": parameters(region.parameters),
        "beta_cuts": [canonical(x) for x in region.beta_cuts],
        "p_ref_cuts": [canonical(x) for x in region.p_ref_cuts],
        "cells": [[cell.column, cell.row] for cell in region.cells],
        "area": canonical(region.area),
    }
    evidence: grammar.Witnesses = {
        "rule": "witnesses",
        "bits": region.bits + CHECKER_BITS,
        "points": [canonical(cell.point) for cell in region.cells],
    }
    return seal(statement, evidence, region.engine, region.bits)


def _pair(interval: Range) -> list[str]:
    return [canonical(end) for end in interval]
