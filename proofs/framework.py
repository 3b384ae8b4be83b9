"""What a statement of the paper is made of, and how it is certified.

A statement carries a verdict, formal parts (each a claim that the independent checker judges) and short prose
steps that lead from the parts to the suite's claim. A step names the parts it stands on as ``[name]``, or a
run of them as ``[first to last]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verified_grpo.certificates import seal
from verified_grpo.certificates.canonical import Json, canonical_bytes
from verified_grpo.checker import Outcome, check_bytes

from .claims import BITS, ENGINE, Claim, Open
from .derivations import POINTS, Derivation

HOLDS, SHARPER, FLAWED, LOOSE, FAILS = "holds", "holds, sharper", "holds, proof flawed", "loose", "fails"
VERDICTS = (HOLDS, SHARPER, FLAWED, LOOSE, FAILS)

_REFERENCE = re.compile(r"\[([a-z][a-z0-9-]*)(?: to ([a-z][a-z0-9-]*))?\]")


@dataclass(frozen=True)
class Part:
    """One formal claim. ``role``: it supports the paper's statement, or refutes it (or a printed step)."""

    name: str
    role: str
    text: str
    claim: Claim


def supports(name: str, text: str, claim: Claim) -> Part:
    """A part on the paper's side."""
    return Part(name, "supports", text, claim)


def refutes(name: str, text: str, claim: Claim) -> Part:
    """A part against the paper's statement, or against a step of its printed proof."""
    return Part(name, "refutes", text, claim)


@dataclass(frozen=True)
class PaperStatement:
    """A statement with its verdict and evidence.

    Attributes:
        item: its name, as the command line takes it.
        title, paper: what it is, and what the paper says.
        suite: what the suite claims, with its quantifiers; ``hypotheses`` under which.
        not_proved: what a reader might take from it that is not proved.
        verdict: one of ``VERDICTS``.
        parts: formal claims, each checked by the independent checker.
        steps: prose, each step naming the parts it rests on.
        derivations: formulas from SymPy, re-checked by Arb at random points before anything is certified.
    """

    item: str
    title: str
    paper: str
    suite: str
    hypotheses: str
    not_proved: str
    verdict: str
    parts: tuple[Part, ...]
    steps: tuple[str, ...]
    derivations: tuple[Derivation, ...] = ()

    def __post_init__(self) -> None:
        names = [part.name for part in self.parts]
        mentioned = _mentioned(" ".join(self.steps), names)
        if self.verdict not in VERDICTS or not names or len(set(names)) < len(names):
            raise ValueError(f"{self.item}: a known verdict and parts with different names are needed")
        if mentioned != set(names):
            raise ValueError(
                f"{self.item}: steps and parts do not match: {mentioned.symmetric_difference(names)}"
            )


def _mentioned(text: str, names: list[str]) -> set[str]:
    """The parts that a text refers to; a run stands for all from its first to its last."""
    found: set[str] = set()
    for first, last in _REFERENCE.findall(text):
        known = first in names and last in names
        found |= set(names[names.index(first) : names.index(last) + 1]) if last and known else {first}
    return found


@dataclass(frozen=True)
class Certified:
    """The checker accepted the certificate."""

    statement: PaperStatement
    certificate: Json


@dataclass(frozen=True)
class Undecided:
    """The evidence did not close: at which derivation, part or step, and why. Never counted as proved."""

    statement: PaperStatement
    where: str
    reason: str


def certify(statement: PaperStatement, engine: str = ENGINE) -> Certified | Undecided:
    """Re-check every derivation, prove every part, and let the independent checker judge the whole."""
    for derivation in statement.derivations:
        if fault := derivation.fault():
            return Undecided(statement, "derivation", fault)
    proofs = []
    for part in statement.parts:
        proof = part.claim.prove(engine)
        if isinstance(proof, Open):
            return Undecided(statement, f"part {part.name}", proof.reason)
        proofs.append(proof)
    formal = {
        "kind": "paper-statement",
        "item": statement.item,
        "title": statement.title,
        "paper": statement.paper,
        "suite": f"{statement.suite} Hypotheses: {statement.hypotheses}",
        "not_proved": statement.not_proved,
        "verdict": statement.verdict,
        "parts": [
            {"role": part.role, "text": part.text, "claim": proof.statement}
            for part, proof in zip(statement.parts, proofs, strict=True)
        ],
        "steps": _steps(statement),
    }
    evidence = {"rule": "parts", "parts": [proof.evidence for proof in proofs]}
    certificate = seal(formal, evidence, engine, BITS)
    verdict = check_bytes(canonical_bytes(certificate))
    if verdict.outcome is not Outcome.ACCEPTED:
        return Undecided(statement, "checker", f"{verdict.code.value}: {verdict.message}")
    return Certified(statement, certificate)


def _steps(statement: PaperStatement) -> list[str]:
    """The steps with parts by number, and a note on each derivation."""
    numbers = {part.name: str(i) for i, part in enumerate(statement.parts, 1)}

    def numbered(found: re.Match[str]) -> str:
        return f"[{numbers[found[1]]}]" + (f" to [{numbers[found[2]]}]" if found[2] else "")

    steps = [_REFERENCE.sub(numbered, step) for step in statement.steps]
    notes = [
        f"Outside this certificate, from SymPy, re-checked by Arb at {POINTS} random points: {d.text}."
        for d in statement.derivations
    ]
    return [*steps, *notes]
