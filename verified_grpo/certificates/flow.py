"""Times of the flow written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical, decimal_down, decimal_up
from ..rigor.sequences.flow import FlowTime, UndecidedFlow
from .builders import CHECKER_BITS, parameters, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import Certificate
from .outputs.passages import FlowAnswer

SHOWN_DIGITS = 8


def flow_certificate(
    outcome: FlowTime | UndecidedFlow,
) -> Certificate[grammar.FlowTime, grammar.FlowEvidence]:
    """The certificate of a proved time, or that there is none.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, UndecidedFlow):
        raise CertificateError("an undecided time has no certificate")
    head: grammar.OnFlow = {
        "kind": "flow-time",
        "variant": variant(outcome.contrast),
        "parameters": parameters(outcome.parameters),
        "metric": outcome.metric,
        "reach": canonical(outcome.reach),
    }
    bits = outcome.bits + CHECKER_BITS
    statement: grammar.FlowTime
    evidence: grammar.FlowEvidence
    if outcome.time is not None:
        statement = {
            "kind": head["kind"],
            "variant": head["variant"],
            "parameters": head["parameters"],
            "metric": head["metric"],
            "reach": head["reach"],
            "verdict": "reached",
            "time": [canonical(x) for x in outcome.time],
        }
        if outcome.plateau is not None:
            statement["plateau"] = [canonical(x) for x in outcome.plateau]
        slow, fast = ([canonical(x) for x in cuts] for cuts in (outcome.slow, outcome.fast))
        evidence = {"rule": "cells", "bits": bits, "slow": slow, "fast": fast}
    else:
        assert outcome.barrier is not None
        statement = {**head, "verdict": "never"}
        evidence = {"rule": "barrier", "bits": bits, "barrier": canonical(outcome.barrier)}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def flow_payload(outcome: FlowTime | UndecidedFlow) -> FlowAnswer:
    """``metric``, ``reach``, ``time`` (least and most; null where there is none, or none is known), ``never``
    (null: not known), and ``plateau``, a pair of log-odds, where there is one."""
    payload: FlowAnswer = {
        "metric": outcome.metric,
        "reach": canonical(outcome.reach),
        "time": None,
        "never": None,
        "plateau": None,
    }
    if isinstance(outcome, UndecidedFlow):
        return {**payload, "reason": outcome.reason}
    time = None if outcome.time is None else [canonical(x) for x in outcome.time]
    slow = outcome.plateau
    pair = None if slow is None else [decimal_down(slow[0], SHOWN_DIGITS), decimal_up(slow[1], SHOWN_DIGITS)]
    return {**payload, "time": time, "never": time is None, "plateau": pair}
