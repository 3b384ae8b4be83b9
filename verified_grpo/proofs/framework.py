"""What a statement of the paper is made of, and how it is certified.

A statement has formal parts (each a claim that the independent checker judges), steps that lead on from
them, and conclusions. A step says in words what it does, names the parts it stands on as ``[name]``, or a run
of them as ``[first to last]``, and says by what it is justified: a rule of the checker, theorems of
``proofs/coq``, or assumptions of the checker's closed list. From these the checker computes the verdict; the
one that a statement declares is an expectation, and where the two differ nothing is certified.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from verified_grpo.certificates import seal
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.expressions import to_expression, variables_of
from verified_grpo.certificates.grammar import paper as grammar
from verified_grpo.certificates.grammar.formulas import Relation
from verified_grpo.certificates.grammar.values import Certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.checker.check import judgement_of
from verified_grpo.checker.diagnostics import Fault
from verified_grpo.checker.paper import (
    FAILS,
    FLAWED,
    HOLDS,
    INSTANCES,
    LOOSE,
    MISPRINT,
    NOT_CARRIED,
    SHARPER,
    Judgement,
)

from .claims import BITS, ENGINE, Claim, Inequality, Open
from .derivations import POINTS, Derivation
from .library import statements

VERDICTS = (HOLDS, SHARPER, FLAWED, MISPRINT, LOOSE, FAILS, INSTANCES, NOT_CARRIED)

_REFERENCE = re.compile(r"\[([a-z][a-z0-9-]*)(?: to ([a-z][a-z0-9-]*))?\]")


@dataclass(frozen=True)
class Part:
    """One formal claim. ``role``: it supports the paper's statement, or refutes it (or a printed step)."""

    name: str
    role: grammar.Role
    text: str
    claim: Claim


def supports(name: str, text: str, claim: Claim) -> Part:
    """A part on the paper's side."""
    return Part(name, "supports", text, claim)


def refutes(name: str, text: str, claim: Claim) -> Part:
    """A part against the paper's statement, or against a step of its printed proof."""
    return Part(name, "refutes", text, claim)


@dataclass(frozen=True)
class Step:
    """One step in words, and what justifies it, as the certificate writes it."""

    text: str
    because: grammar.Because


def restates(text: str) -> Step:
    """A step that concludes nothing but the parts it names."""
    return Step(text, {"rule": "restates"})


def by(text: str, *theorems: str) -> Step:
    """A step that theorems of the library say: each as ``File.name``.

    Raises:
        KeyError: the library has no such theorem.
    """
    given: list[grammar.Theorem] = []
    for theorem in theorems:
        file, _, name = theorem.partition(".")
        stated = statements()[f"{file}.v", name]
        given.append({"file": stated.file, "name": stated.name, "sha256": stated.sha256})
    return Step(text, {"theorems": given})


def assuming(text: str, *names: str) -> Step:
    """A step whose sentence is supposed, as an application of these assumptions of the checker's list."""
    return Step(text, {"assumptions": list(names)})


def signed(text: str, relation: Relation, *positive: sp.Expr | str) -> Step:
    """The sign of an identity's left side, read off its right one, where these expressions are positive."""
    return Step(
        text,
        {"rule": "sign", "positive": [to_expression(sp.sympify(e)) for e in positive], "relation": relation},
    )


def filled(text: str, where: Mapping[sp.Symbol, sp.Expr]) -> Step:
    """An identity with expressions in the place of some of its variables."""
    names = variables_of(*where.values())
    put = {str(symbol): to_expression(expression) for symbol, expression in where.items()}
    return Step(text, {"rule": "substitution", "variables": names, "where": put})


def contradicts(text: str, claim: Inequality) -> Step:
    """What a part refutes: the claim that the inequality holds on a whole box around the part's."""
    return Step(text, {"rule": "counterexample", "claim": claim.formal()})


@dataclass(frozen=True)
class Conclusion:
    """What a statement concludes, and from which steps, counted from 1; see the checker's ``paper.py``."""

    of: grammar.Concluded
    text: str
    steps: tuple[int, ...]
    everywhere: bool = True

    def at_these_numbers(self) -> Conclusion:
        """The same about the numbers of its parts alone."""
        return Conclusion(self.of, self.text, self.steps, everywhere=False)


def claims(text: str, *steps: int) -> Conclusion:
    """What the sentence itself says, or a piece of it."""
    return Conclusion("claim", text, steps)


def beyond(text: str, *steps: int) -> Conclusion:
    """More than the sentence says."""
    return Conclusion("beyond", text, steps)


def amended(text: str, *steps: int) -> Conclusion:
    """The sentence in a form that is true."""
    return Conclusion("amended", text, steps)


def against(text: str, *steps: int) -> Conclusion:
    """What contradicts the sentence."""
    return Conclusion("against", text, steps)


def flaw(text: str, *steps: int) -> Conclusion:
    """What contradicts a step of the printed proof."""
    return Conclusion("flaw", text, steps)


def misprint(text: str, *steps: int) -> Conclusion:
    """What contradicts a formula in print where the text around it shows which one is meant."""
    return Conclusion("misprint", text, steps)


@dataclass(frozen=True)
class PaperStatement:
    """A statement with its verdict and evidence.

    Attributes:
        item: its name, as the command line takes it.
        title, paper: what it is, and what the paper says.
        suite: what the suite claims, with its quantifiers; ``hypotheses`` under which.
        not_proved: what a reader might take from it that is not proved.
        verdict: the verdict expected of the checker, one of ``VERDICTS``.
        parts: formal claims, each checked by the independent checker.
        steps: each names the parts it rests on and what justifies it.
        conclusions: what is concluded, from which steps.
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
    steps: tuple[Step, ...]
    conclusions: tuple[Conclusion, ...]
    derivations: tuple[Derivation, ...] = ()

    def __post_init__(self) -> None:
        names = [part.name for part in self.parts]
        mentioned = set(_mentioned(" ".join(step.text for step in self.steps), names))
        if self.verdict not in VERDICTS or not names or len(set(names)) < len(names):
            raise ValueError(f"{self.item}: a known verdict and parts with different names are needed")
        if mentioned != set(names):
            raise ValueError(
                f"{self.item}: steps and parts do not match: {mentioned.symmetric_difference(names)}"
            )


def _mentioned(text: str, names: Sequence[str]) -> list[str]:
    """The parts that a text refers to, in their order; a run stands for all from its first to its last."""
    found: set[str] = set()
    for first, last in _REFERENCE.findall(text):
        known = first in names and last in names
        found |= set(names[names.index(first) : names.index(last) + 1]) if last and known else {first}
    return [*(name for name in names if name in found), *sorted(found.difference(names))]


@dataclass(frozen=True)
class Certified:
    """The checker accepted the certificate."""

    statement: PaperStatement
    certificate: Certificate[grammar.PaperStatement, grammar.Parts]


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
    given = formal(statement, [proof.statement for proof in proofs])
    try:
        computed = judgement_of(dict(given))
    except Fault as fault:
        return Undecided(statement, "step", f"{fault.code.value}: {fault}")
    if computed.word != statement.verdict:
        return Undecided(statement, "verdict", f"it is {computed.words!r}, not {statement.verdict!r}")
    evidence: grammar.Parts = {"rule": "parts", "parts": [proof.evidence for proof in proofs]}
    certificate = seal(stating(given, computed), evidence, engine, BITS)
    verdict = check_bytes(canonical_bytes(certificate))
    if verdict.outcome is not Outcome.ACCEPTED:
        return Undecided(statement, "checker", f"{verdict.code.value}: {verdict.message}")
    return Certified(statement, certificate)


def stating(given: grammar.Argument, judgement: Judgement) -> grammar.PaperStatement:
    """The formal statement with its verdict."""
    return {**given, "verdict": judgement.word, "given": list(judgement.given)}


def formal(statement: PaperStatement, parts: Sequence[grammar.FormalClaim]) -> grammar.Argument:
    """The statement as the certificate writes it, all but its verdict, from the parts' formal claims."""
    return {
        "kind": "paper-statement",
        "item": statement.item,
        "title": statement.title,
        "paper": statement.paper,
        "suite": f"{statement.suite} Hypotheses: {statement.hypotheses}",
        "not_proved": _with_notes(statement),
        "parts": [
            {"role": part.role, "text": part.text, "claim": claim}
            for part, claim in zip(statement.parts, parts, strict=True)
        ],
        "steps": _steps(statement),
        "conclusions": [
            {
                "of": c.of,
                "range": "all" if c.everywhere else "numbers",
                "text": c.text,
                "steps": list(c.steps),
            }
            for c in statement.conclusions
        ],
    }


def _with_notes(statement: PaperStatement) -> str:
    """What is not proved, and a note on each derivation: it stands outside the certificate."""
    notes = [
        f"Outside this certificate, from SymPy, re-checked by Arb at {POINTS} random points: {d.text}."
        for d in statement.derivations
    ]
    return " ".join([statement.not_proved, *notes])


def _steps(statement: PaperStatement) -> list[grammar.Step]:
    """The steps with parts by number."""
    numbers = {part.name: k for k, part in enumerate(statement.parts, 1)}

    def numbered(found: re.Match[str]) -> str:
        return f"[{numbers[found[1]]}]" + (f" to [{numbers[found[2]]}]" if found[2] else "")

    return [
        {
            "text": _REFERENCE.sub(numbered, step.text),
            "parts": [numbers[name] for name in _mentioned(step.text, list(numbers))],
            "because": step.because,
        }
        for step in statement.steps
    ]


__all__ = [
    "FAILS",
    "FLAWED",
    "HOLDS",
    "INSTANCES",
    "LOOSE",
    "MISPRINT",
    "NOT_CARRIED",
    "SHARPER",
    "VERDICTS",
    "Certified",
    "Conclusion",
    "PaperStatement",
    "Part",
    "Step",
    "Undecided",
    "against",
    "amended",
    "assuming",
    "beyond",
    "by",
    "certify",
    "claims",
    "contradicts",
    "filled",
    "flaw",
    "formal",
    "misprint",
    "refutes",
    "restates",
    "signed",
    "stating",
    "supports",
]
