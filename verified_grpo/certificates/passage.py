"""Passages written down: as certificates, and as the JSON of the command line."""

from __future__ import annotations

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor.sequences.passage import Passage, Plateau, UndecidedPassage
from .builders import CHECKER_BITS, parameters, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import Certificate
from .outputs.passages import PassageCount


def passage_certificate(
    outcome: Passage | UndecidedPassage,
) -> Certificate[grammar.Passage, grammar.PassageEvidence]:
    """The certificate of a proved passage.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, UndecidedPassage):
        raise CertificateError("an undecided passage has no certificate")
    head: grammar.OnPassage = {
        "kind": "passage",
        "variant": variant(outcome.contrast),
        "parameters": parameters(outcome.parameters),
        "reach": canonical(outcome.reach),
    }
    bits, cuts = outcome.bits + CHECKER_BITS, [canonical(x) for x in outcome.cuts]
    statement: grammar.Passage
    evidence: grammar.PassageEvidence
    if outcome.steps is not None:
        statement = {
            "kind": head["kind"],
            "variant": head["variant"],
            "parameters": head["parameters"],
            "reach": head["reach"],
            "verdict": "reached",
            "steps": list(outcome.steps),
        }
        if outcome.plateau is not None:
            statement["plateau"] = plateau_of(outcome.plateau)
        evidence = {"rule": "corners", "bits": bits, "cuts": cuts}
    else:
        assert outcome.barrier is not None
        statement = {**head, "verdict": "never"}
        evidence = {"rule": "barrier", "bits": bits, "cuts": cuts, "barrier": canonical(outcome.barrier)}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def plateau_of(found: Plateau) -> grammar.Plateau:
    """As it is written down."""
    return {"updates": list(found.updates), "logit": [canonical(x) for x in found.logit]}


def passage_payload(outcome: Passage | UndecidedPassage) -> PassageCount:
    """``reach``, ``steps`` (least and most; null where there is none, or none is known) and ``never`` (null:
    not known), and the ``plateau``, if there is one."""
    payload: PassageCount = {"reach": canonical(outcome.reach), "steps": None, "never": None}
    if isinstance(outcome, UndecidedPassage):
        return {**payload, "reason": outcome.reason}
    steps = None if outcome.steps is None else list(outcome.steps)
    if outcome.plateau is not None:
        payload["plateau"] = plateau_of(outcome.plateau)
    return {**payload, "steps": steps, "never": steps is None}
