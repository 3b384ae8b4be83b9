"""Kind "paper-statement": a verdict on one statement of the paper, carried by formal parts that are each
checked.

What is checked: every formal part, and that the roles of the parts fit the verdict. What is not: the prose
(that the formal parts say what the paper's sentence says, and the steps between them). The rendering says
which is which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.fuel import require_affordable
from verified_grpo.checker.limits import MAX_PARTS
from verified_grpo.checker.reading import choice, items, printable, record, tag, text


class Claim(Protocol):
    """A statement that was read: what it says, and how its evidence is checked."""

    @property
    def words(self) -> str:
        """The statement in words and formula."""
        ...

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        ...


_REFUTING = {
    "holds": False,
    "holds, sharper": False,
    "holds, proof flawed": None,
    "loose": None,
    "fails": True,
}
_PROSE = ("item", "title", "paper", "suite", "not_proved")


@dataclass(frozen=True)
class PaperStatement:
    """A statement of the paper with its verdict and the formal parts that carry it."""

    parts: tuple[Claim, ...]
    words: str

    @classmethod
    def read(cls, statement: dict[str, object], read_claim: Callable[[object, str], Claim]) -> PaperStatement:
        """The statement; 'fails' rests on a refuting part, 'holds' has none."""
        fields = record(statement, "statement", ("kind", *_PROSE, "verdict", "parts", "steps"))
        prose = {key: printable(text(fields[key], f"statement.{key}")) for key in _PROSE}
        verdict = choice(fields["verdict"], "statement.verdict", _REFUTING)
        steps = [
            printable(text(step, "statement.steps")) for step in items(fields["steps"], "statement.steps")
        ]
        listed = items(fields["parts"], "statement.parts")
        require(
            0 < len(listed) <= MAX_PARTS, Code.PARTS_MISMATCH, f"1 to {MAX_PARTS} formal parts are expected"
        )
        words = [
            f"{prose['item']}: {prose['title']}",
            f"The paper says (prose, not checked): {prose['paper']}",
            f"The suite says (prose, not checked): {prose['suite']}",
            f"Not proved (prose): {prose['not_proved']}",
            f"Verdict: {verdict}. Formal parts, each checked here:",
        ]
        parts, roles = [], []
        for i, item in enumerate(listed):
            where = f"statement.parts[{i}]"
            part = record(item, where, ("role", "text", "claim"))
            role = choice(part["role"], f"{where}.role", ("supports", "refutes"))
            claim = read_claim(part["claim"], f"{where}.claim")
            body = claim.words.replace("\n", "\n    ")
            words.append(f"  [{i + 1}] ({role}; prose: {printable(text(part['text'], where))})\n    {body}")
            parts.append(claim)
            roles.append(role)
        expected = _REFUTING[verdict]
        fits = expected is None or expected == ("refutes" in roles)
        require(fits, Code.VERDICT_MISMATCH, f"the verdict {verdict!r} does not fit the roles of the parts")
        words.extend(
            ["Steps between the parts (prose, NOT machine-checked):", *(f"  - {step}" for step in steps)]
        )
        return cls(tuple(parts), "\n".join(words if steps else words[:-1]))

    def check(self, evidence: object) -> None:
        """Check each part with its own evidence."""
        tag(evidence, "evidence", "rule", ("parts",))
        given = items(record(evidence, "evidence", ("rule", "parts"))["parts"], "evidence.parts")
        require(len(given) == len(self.parts), Code.PARTS_MISMATCH, "not one piece of evidence for each part")
        checks = [
            partial(_check_part, number, part, piece)
            for number, (part, piece) in enumerate(zip(self.parts, given, strict=True), 1)
        ]
        require_affordable(checks)
        for check in checks:
            check()


def _check_part(number: int, part: Claim, evidence: object) -> None:
    try:
        part.check(evidence)
    except Fault as fault:
        raise Fault(fault.code, f"part {number}: {fault}") from None
