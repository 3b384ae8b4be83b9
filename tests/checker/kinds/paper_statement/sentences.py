"""What the checker prints of a statement of the paper, read back line by line.

Prose stands on lines that say so; every other line is a clause, and has one of the forms below. What a rule
yields is read as the formula that it is: whether it is true is for `oracle.py` to find out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from verified_grpo.checker.textbook import ASSUMPTIONS
from verified_grpo.proofs.library import statements

from ...builder import Json
from ...forms import Reader, Unread, read
from ...formulas import expression

PROSE = "    prose, not checked: "
HEAD = {
    "paper": "    prose, not checked: the paper says: ",
    "suite": "    prose, not checked: the suite says: ",
    "not_proved": "    prose, not checked: not proved: ",
}
RANGES = {"for all parameters": "all", "at the numbers of its parts": "numbers"}
CLASSES = ("rule", "theorem", "assumption")
SHOWN = 12  # digits of a theorem's digest
DEFINED = "wherever both sides are defined"
ReadWords = Callable[[str, Json], tuple[Json, Json]]


class Lines:
    """The lines still to be read."""

    def __init__(self, words: str) -> None:
        self.left = words.splitlines()

    def take(self, shape: str) -> re.Match[str]:
        """The next line, which has this form."""
        return read(self.left.pop(0) if self.left else "", shape)

    def after(self, start: str) -> str:
        """What follows this start on the next line."""
        if not self.is_next(start):
            raise Unread(self.left[0] if self.left else f"nothing, where it should say: {start}")
        return self.left.pop(0).removeprefix(start)

    def is_next(self, start: str) -> bool:
        return bool(self.left) and self.left[0].startswith(start)

    def deeper(self) -> str:
        """The lines up to the prose, one less deep."""
        found = []
        while self.is_next("    ") and not self.is_next(PROSE):
            found.append(self.left.pop(0)[4:])
        return "\n".join(found)


def sentences(reader: Reader) -> Json:
    from ...sentences import read_words  # by the table, which this kind stands in

    made, reader.extra = _paper(reader.words, reader.given, read_words)
    reader.sentences = []
    return made


def _paper(words: str, statement: Json, read_words: ReadWords) -> tuple[Json, Json]:
    """The statement that the lines make, and what the rules yield: step by step, beside it.

    Raises:
        Unread: a line is of no known form, missing, or one too many.
    """
    lines = Lines(words)
    first = lines.take("<item> (a name and a title, not checked: <title:x>)")
    made = {"kind": "paper-statement", "item": first["item"], "title": first["title"]}
    made |= {key: lines.after(start) for key, start in HEAD.items()}
    verdict = lines.take("Verdict, computed: <verdict:x>.")["verdict"]
    made["verdict"], _, given = verdict.partition(" given ")
    made["given"] = given.split(", ") if given else []
    for name in made["given"]:
        if lines.after(f"  {name}: ") != ASSUMPTIONS[name]:
            raise Unread(name)
    lines.take("Formal parts, each checked here:")
    read_parts = [_part(lines, number, statement, read_words) for number in _numbers(lines, "  [{}] ")]
    made["parts"] = [part for part, _ in read_parts]
    counts = lines.take("Steps, <rule:n> by rule, <theorem:n> by theorem, <assumption:n> by assumption:")
    yields: list[Json] = []
    made["steps"] = [
        _step(lines, number, statement, yields, read_words) for number in _numbers(lines, "  ({}) ")
    ]
    extra = {"counts": {name: int(counts[name]) for name in CLASSES}, "yields": yields}
    extra["parts"] = [beside for _, beside in read_parts]
    made["conclusions"] = _conclusions(lines)
    if lines.left:
        raise Unread(lines.left[0])
    return made, extra


def _numbers(lines: Lines, start: str) -> Iterator[int]:
    number = 1
    while lines.is_next(start.format(number)):
        yield number
        number += 1


def _part(lines: Lines, number: int, statement: Json, read_words: ReadWords) -> tuple[Json, Json]:
    role = lines.take(f"  [{number}] <role>")["role"]
    if number > len(statement["parts"]):
        raise Unread(f"part {number}")
    claim, beside = read_words(lines.deeper(), statement["parts"][number - 1]["claim"])
    return {"role": role, "text": lines.after(PROSE), "claim": claim}, beside


def _step(lines: Lines, number: int, statement: Json, yields: list[Json], read_words: ReadWords) -> Json:
    """The step, and what its rule yields; the sentence of an assumed step is what is assumed."""
    head = lines.take(f"  ({number}) <said:x>")["said"]
    said = " ".join(f"{head}\n{lines.deeper()}".split())
    for start, reader in READERS.items():
        if said.startswith(start):
            parts, because, found = reader(said.removeprefix(start), statement, number, read_words)
            prose = f"{PROSE}assumed: " if "assumptions" in because else PROSE
            yields.append(found)
            return {"text": lines.after(prose), "parts": parts, "because": because}
    raise Unread(said)


Found = tuple[list[int], Json, Json]


def _theorems(said: str, *_: object) -> Found:
    match = read(*_beside(said, "<names:x>"))
    given = []
    for name in match["names"].split("), "):
        theorem = read(f"{name.removesuffix(')')})", "<name> (<file>, statement <digest>)")
        known = statements().get((theorem["file"], theorem["name"]))
        if known is None or not known.sha256.startswith(theorem["digest"]) or len(theorem["digest"]) < SHOWN:
            raise Unread(f"no theorem of the library: {name}")
        given.append({"file": known.file, "name": known.name, "sha256": known.sha256})
    return _numbered(match), {"theorems": given}, {}


def _assumptions(said: str, *_: object) -> Found:
    match = read(*_beside(said, "<names:x>"))
    names = re.findall(r"(?:^|; )([AH][0-9]+): ", match["names"])
    if match["names"] != "; ".join(f"{name}: {ASSUMPTIONS.get(name)}" for name in names):
        raise Unread(said)
    return _numbered(match), {"assumptions": names}, {}


def _restates(said: str, *_: object) -> Found:
    numbers = read(said, "no more than part <parts:x>")["parts"].split(", ")
    return [int(number) for number in numbers], {"rule": "restates"}, {}


def _sign(said: str, *_: object) -> Found:
    match = read(said, f"<part:n>: {DEFINED}<positive:x>: <left:x> <relation> 0")
    first, *given = match["positive"].split(", and ")
    if first:
        raise Unread(said)
    positive = [expression(read(formula, "<formula:x> > 0")["formula"]) for formula in given]
    because = {"rule": "sign", "positive": positive, "relation": match["relation"]}
    return [int(match["part"])], because, {"left": expression(match["left"])}


def _substitution(said: str, statement: Json, number: int, _: object) -> Found:
    match = read(said, f"<part:n>: with <put:x>, {DEFINED}: <left:x> = <right:x>")
    where = {}
    for put in match["put"].split(", "):
        name, formula = put.split(" := ")
        where[name] = expression(formula)
    # Which names stand for real numbers is not printed: those of the formulas do.
    names = (
        statement["steps"][number - 1]["because"].get("variables")
        if number <= len(statement["steps"])
        else None
    )
    if sorted({name for tree in where.values() for name in names_of(tree)}) != sorted(names or []):
        raise Unread(said)
    because = {"rule": "substitution", "variables": names, "where": where}
    return [int(match["part"])], because, {side: expression(match[side]) for side in ("left", "right")}


def _counterexample(said: str, _: object, __: object, read_words: ReadWords) -> Found:
    match = read(said, "<part:n>: it is NOT true that: <claim:x>")
    claim, _ = read_words(match["claim"], {"kind": "inequality"})
    return [int(match["part"])], {"rule": "counterexample", "claim": claim}, {}


READERS: dict[str, Callable[[str, Json, int, ReadWords], Found]] = {
    "checked by Coq's kernel: ": _theorems,
    "ASSUMED by ": _assumptions,
    "by rule restates: ": _restates,
    "by rule sign from part ": _sign,
    "by rule substitution from part ": _substitution,
    "by rule counterexample from part ": _counterexample,
}


def _beside(said: str, shape: str) -> tuple[str, str]:
    return said, f"{shape} (beside part <parts:x>)" if " (beside part " in said else shape


def _numbered(match: re.Match[str]) -> list[int]:
    return [int(number) for number in match.groupdict().get("parts", "").split(", ") if number]


def names_of(tree: Any) -> set[str]:
    """The variables of a formula."""
    if isinstance(tree, str):
        return {tree} if tree[0].isalpha() or tree[0] == "_" else set()
    operator, *operands = tree
    return set().union(*map(names_of, operands[:1] if operator == "^" else operands))


def _conclusions(lines: Lines) -> list[Json]:
    found: list[Json] = []
    if lines.is_next("No"):
        lines.take("No conclusion is drawn.")
        return found
    lines.take("Conclusions:")
    while lines.is_next("  - "):
        said = lines.take("  - <of>, <range:x>, by step <steps:x>")
        if said["range"] not in RANGES:
            raise Unread(said[0])
        steps = [int(number) for number in said["steps"].split(", ")]
        prose = lines.after(PROSE)
        found.append({"of": said["of"], "range": RANGES[said["range"]], "text": prose, "steps": steps})
    return found
