"""Kind "paper-statement": a sentence of the paper and what stands of it. The verdict is computed here.

A statement has formal parts, steps (`steps.py`) and conclusions. A conclusion says what it is to the
sentence:

  claim      what the sentence says (where the paper is silent: what the suite says), or a piece of it;
  beyond     more than the sentence says;
  amended    the sentence in a form that is true;
  against    what contradicts the sentence;
  flaw       what contradicts a step of its printed proof;
  misprint   what contradicts a formula in print, where the text around it shows which one is meant.

Lemma (verdict). Suppose that the sentence says what its conclusions of kind `claim` say together, and is
false if one of kind `against` is true; and likewise for the other kinds. A conclusion stands, given the
assumptions of its steps, if each of its steps does: a rule's step is checked, a theorem's is the kernel's, an
assumption is named. A conclusion about all parameters stands for all of them only if one of its steps is
general (a theorem, an identity, a rule that yields one, or an assumption); resting on boxes and numbers alone
it has instances. Then:
  against, and amended       -> loose            claims without a general step -> instances only
  against, not amended       -> fails            claims, and a flaw            -> holds, proof flawed
  claims, and a misprint     -> misprint         claims, and beyond            -> holds, sharper
  claims                     -> holds            no claim, nothing against     -> instances only
each given the assumptions of the steps of the conclusions that decide it.
  The supposition makes the sentence the conjunction of its claims, so it is true if they are; it is false if
  something contradicts it. The rest is the meaning of the words.

Whether the supposition is right is a matter of reading, not of checking. `readings.py` lists the digests of
the statements that were read: the prose, the questions of the parts, steps and conclusions. Of any other
statement the verdict is NOT_CARRIED, whatever it says: its parts are true, and the sentence beside them has
nothing to do with them. A stated verdict that differs from the computed one is rejected.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.fuel import require_affordable
from verified_grpo.checker.limits import MAX_PARTS
from verified_grpo.checker.reading import (
    canonical_bytes,
    choice,
    items,
    mapping,
    natural,
    printable,
    record,
    tag,
    text,
)
from verified_grpo.checker.readings import READINGS
from verified_grpo.checker.steps import ASSUMED, CLASSES, PaperStep, read_step
from verified_grpo.checker.textbook import ASSUMPTIONS


class Claim(Protocol):
    """A statement that was read: what it says, and how its evidence is checked."""

    @property
    def words(self) -> str:
        """The statement in words and formula."""
        ...

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        ...


ReadClaim = Callable[[object, str], Claim]

HOLDS, SHARPER, FLAWED, MISPRINT = "holds", "holds, sharper", "holds, proof flawed", "misprint"
LOOSE, FAILS, INSTANCES = "loose", "fails", "instances only"
NOT_CARRIED = "formal part established; verdict not carried"
KINDS = ("claim", "beyond", "amended", "against", "flaw", "misprint")
_QUALIFIED = {"flaw": FLAWED, "misprint": MISPRINT, "beyond": SHARPER}  # what a claim that stands comes with
REACHES = {"all": "for all parameters", "numbers": "at the numbers of its parts"}
UNCHECKED = (
    "not checked: "  # what follows it on a line is a file's own words; nothing that is checked says it
)
CONTRADICTING = ("against", "flaw", "misprint")
_PROSE = ("item", "title", "paper", "suite", "not_proved")
_STATED = ("verdict", "given")
_QUESTION = (  # what a part asks; what was found (brackets, rates) is printed, and no part of a reading
    *("kind", "variables", "left", "right", "box", "expression", "relation", "variant", "parameters"),
    *("verdict", "count", "period", "start", "order", "turns", "entropy", "area", "columns", "rows", "reach"),
    *("effect", "true_positive", "false_positive", "apart", "p_ref", "classes", "contrast"),
)


@dataclass(frozen=True)
class Conclusion:
    """A conclusion: its kind, whether it speaks of all parameters, and the steps it rests on."""

    kind: str
    everywhere: bool
    steps: tuple[PaperStep, ...]
    words: str

    @property
    def carried(self) -> bool:
        """Whether its steps reach as far as it does."""
        return not self.everywhere or any(step.general for step in self.steps)


@dataclass(frozen=True)
class Judgement:
    """A verdict, and the assumptions under which it is the verdict."""

    word: str
    given: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`holds given A1, A3`."""
        return f"{self.word} given {', '.join(self.given)}" if self.given else self.word


def reading(statement: dict[str, object]) -> str:
    """The digest of a statement without its verdict: prose, questions of the parts, steps, conclusions."""
    parts = []
    for part in items(statement.get("parts"), "statement.parts"):
        fields = mapping(part, "statement.parts")
        claim = mapping(fields.get("claim"), "statement.parts")
        asked = {key: value for key, value in claim.items() if key in _QUESTION}
        parts.append({**fields, "claim": asked})
    kept = {key: value for key, value in statement.items() if key != "parts"}
    return hashlib.sha256(canonical_bytes({**kept, "parts": parts})).hexdigest()


def judge(conclusions: Sequence[Conclusion]) -> Judgement:
    """The verdict of the lemma, for a statement whose reading is known."""
    standing = [conclusion for conclusion in conclusions if conclusion.carried]
    of = {kind: [conclusion for conclusion in standing if conclusion.kind == kind] for kind in KINDS}
    claimed = [conclusion for conclusion in conclusions if conclusion.kind == "claim"]
    if of["against"]:
        word = LOOSE if of["amended"] else FAILS
        deciding = of["against"] + of["amended"] + of["claim"]
    elif not claimed or of["claim"] != claimed:
        word, deciding = INSTANCES, standing
    else:
        kind = next((kind for kind in _QUALIFIED if of[kind]), "claim")
        word = _QUALIFIED.get(kind, HOLDS)
        deciding = claimed + (of[kind] if kind in _QUALIFIED else [])
    assumed = {name for conclusion in deciding for step in conclusion.steps for name in step.assumed}
    return Judgement(word, tuple(name for name in ASSUMPTIONS if name in assumed))


@dataclass(frozen=True)
class PaperStatement:
    """A statement of the paper with its verdict and the formal parts that carry it."""

    parts: tuple[Claim, ...]
    judgement: Judgement
    words: str

    @classmethod
    def read(cls, statement: dict[str, object], read_claim: ReadClaim) -> PaperStatement:
        """The statement; the verdict that it states is the one computed from steps and conclusions."""
        missing = [key for key in _STATED if key not in statement]
        require(not missing, Code.MISSING_KEY, f"statement: keys are missing: {', '.join(missing)}")
        rest = {key: value for key, value in statement.items() if key not in _STATED}
        found, stated = cls.computed(rest, read_claim), _stated(statement)
        require(stated == found.judgement, Code.VERDICT_MISMATCH, f"the verdict is {found.judgement.words!r}")
        return found

    @classmethod
    def computed(cls, statement: dict[str, object], read_claim: ReadClaim) -> PaperStatement:
        """The statement without a stated verdict: the verdict is what follows."""
        fields = record(statement, "statement", ("kind", *_PROSE, "parts", "steps", "conclusions"))
        prose = {key: printable(text(fields[key], f"statement.{key}")) for key in _PROSE}
        parts, roles, told = _read_parts(fields["parts"], read_claim)
        steps = [
            read_step(step, f"statement.steps[{k}]", parts)
            for k, step in enumerate(_few(fields["steps"], "statement.steps"))
        ]
        conclusions = _read_conclusions(fields["conclusions"], steps)
        contradicted = any(conclusion.kind in CONTRADICTING for conclusion in conclusions)
        told_of = contradicted or "refutes" not in roles
        require(told_of, Code.VERDICT_MISMATCH, "a part refutes something, and no conclusion says what")
        read = reading(fields) == READINGS.get(prose["item"])
        judgement = judge(conclusions) if read else Judgement(NOT_CARRIED)
        return cls(tuple(parts), judgement, "\n".join(_words(prose, judgement, told, steps, conclusions)))

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


def _few(value: object, where: str) -> list[object]:
    found = items(value, where)
    require(len(found) <= MAX_PARTS, Code.PARTS_MISMATCH, f"{where}: at most {MAX_PARTS} are expected")
    return found


def _stated(statement: dict[str, object]) -> Judgement:
    names = tuple(text(name, "statement.given") for name in items(statement["given"], "statement.given"))
    for name in names:
        require(
            name in ASSUMPTIONS, Code.UNKNOWN_ASSUMPTION, f"statement.given: {name[:60]!r} is no assumption"
        )
    return Judgement(text(statement["verdict"], "statement.verdict"), names)


def _read_parts(value: object, read_claim: ReadClaim) -> tuple[list[Claim], list[str], list[str]]:
    """The formal claims, their roles, and what is printed of each."""
    listed = items(value, "statement.parts")
    few = 0 < len(listed) <= MAX_PARTS
    require(few, Code.PARTS_MISMATCH, f"1 to {MAX_PARTS} formal parts are expected")
    parts, roles, told = [], [], []
    for number, item in enumerate(listed, 1):
        where = f"statement.parts[{number - 1}]"
        part = record(item, where, ("role", "text", "claim"))
        role = choice(part["role"], f"{where}.role", ("supports", "refutes"))
        claim = read_claim(part["claim"], f"{where}.claim")
        told += [f"  [{number}] {role}", *_lines(claim.words), _prose(printable(text(part["text"], where)))]
        parts.append(claim)
        roles.append(role)
    return parts, roles, told


def _read_conclusions(value: object, steps: Sequence[PaperStep]) -> list[Conclusion]:
    found = []
    for k, item in enumerate(_few(value, "statement.conclusions")):
        where = f"statement.conclusions[{k}]"
        fields = record(item, where, ("of", "range", "text", "steps"))
        numbers = [natural(number, f"{where}.steps") for number in items(fields["steps"], f"{where}.steps")]
        known = len(numbers) > 0 and all(1 <= number <= len(steps) for number in numbers)
        require(known, Code.PARTS_MISMATCH, f"{where}: a conclusion rests on steps that are there")
        reach = choice(fields["range"], f"{where}.range", tuple(REACHES))
        kind = choice(fields["of"], f"{where}.of", KINDS)
        said = printable(text(fields["text"], f"{where}.text"))
        words = f"  - {kind}, {REACHES[reach]}, by step {', '.join(map(str, numbers))}\n{_prose(said)}"
        rests = tuple(steps[number - 1] for number in numbers)
        found.append(Conclusion(kind, reach == "all", rests, words))
    return found


def _prose(said: str, of: str = "") -> str:
    """A line that no program has checked, below what it belongs to; nothing that is checked begins so."""
    return f"    prose, {UNCHECKED}{of}{said}"


def _lines(words: str) -> list[str]:
    """The words of what is checked, one deeper."""
    return [f"    {line}" for line in words.splitlines()]


def _step(number: int, step: PaperStep) -> list[str]:
    """A step; of an assumed one it is the prose that is assumed."""
    first, *others = _lines(step.words)
    of = "assumed: " if step.kind == ASSUMED else ""
    return [f"  ({number}) {first.strip()}", *others, _prose(step.prose, of)]


def _words(
    prose: dict[str, str],
    judgement: Judgement,
    told: list[str],
    steps: Sequence[PaperStep],
    conclusions: Sequence[Conclusion],
) -> list[str]:
    """The statement in words: what is checked, what is assumed, and what is neither."""
    counts = Counter(step.kind for step in steps)
    classes = ", ".join(f"{counts[kind]} by {kind}" for kind in CLASSES)
    return [
        f"{prose['item']} (a name and a title, {UNCHECKED}{prose['title']})",
        _prose(prose["paper"], "the paper says: "),
        _prose(prose["suite"], "the suite says: "),
        _prose(prose["not_proved"], "not proved: "),
        f"Verdict, computed: {judgement.words}.",
        *(f"  {name}: {ASSUMPTIONS[name]}" for name in judgement.given),
        "Formal parts, each checked here:",
        *told,
        f"Steps, {classes}:",
        *(line for number, step in enumerate(steps, 1) for line in _step(number, step)),
        "Conclusions:" if conclusions else "No conclusion is drawn.",
        *(conclusion.words for conclusion in conclusions),
    ]
