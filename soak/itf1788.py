"""Holds the engines against ITF1788, a conformance suite of IEEE 1788 that was not written here:

    python -m soak.itf1788 CHECKOUT

CHECKOUT is a copy of github.com/JuliaIntervals/ITF1788.jl. Statements about operations that the protocol has
are applied to every engine at 53 bits, and the table on the manual's page `docs/conformance.md` is written
anew. Nothing of the suite itself is kept.

The suite's results are the tightest intervals of doubles. Where the operation is defined on all of its
operands an engine's value must contain the exact image; where it is not, the engine must say that nothing is
known. A value with other ends than doubles is held against the doubles next to the tightest ends, inward.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from flint import arb

from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.intervals import ArbEngine, ArrayEngine, Dyadic, MpmathEngine, arb_arrays
from verified_grpo.intervals import raw_mpf as raw
from verified_grpo.intervals.mpmath_engine import NOTHING_KNOWN
from verified_grpo.work.files import write_bytes

from .itl import Ends, Statement, Value, statements, value
from .ledger import ROOT

PAGE = ROOT / "docs/conformance.md"
BEGIN, END = "<!-- itf1788: begin -->", "<!-- itf1788: end -->"
EXAMPLES = 5

NEAR = 5000
SUMS = ("add", "sub", "neg", "convexHull")
"""Operations whose result is unbounded only where an operand is, or where doubles end."""

End = float | Fraction
"""An exact number, or an infinity."""
Apply = Callable[..., Any]
OPERATIONS: dict[str, Apply] = {
    "add": lambda e, x, y: e.add(x, y),
    "sub": lambda e, x, y: e.sub(x, y),
    "mul": lambda e, x, y: e.mul(x, y),
    "div": lambda e, x, y: e.div(x, y),
    "recip": lambda e, x: e.div(e.exact(1), x),
    "neg": lambda e, x: e.neg(x),
    "sqr": lambda e, x: e.power(x, 2),
    "pown": lambda e, x, n: e.power(x, n),
    "sqrt": lambda e, x: e.sqrt(x),
    "exp": lambda e, x: e.exp(x),
    "log": lambda e, x: e.log(x),
    "convexHull": lambda e, x, y: e.hull(x, y),
    "intersection": lambda e, x, y: e.intersect(x, y),
    "isCommonInterval": lambda e, x: e.is_finite(x),
    "inf": lambda e, x: _read(e.lower, x, -math.inf),
    "sup": lambda e, x: _read(e.upper, x, math.inf),
}


def _read(end: Callable[[Any], Fraction], x: Any, unbounded: float) -> End:
    """An end that cannot be read is infinite."""
    try:
        return end(x)
    except NotEnoughPrecision:
        return unbounded


class Subject:
    """An engine, and how the suite's operands are put into it."""

    def __init__(self, name: str, engine: Any, make: Callable[[Any, Ends], Any], *, doubles: bool) -> None:
        self.name, self.engine, self.doubles, self._make = name, engine, doubles, make

    def make(self, given: Value) -> Any:
        """An operand: an interval, or the exponent of a power."""
        return self._make(self.engine, given) if isinstance(given, tuple) else int(given)

    def ends(self, result: Any) -> tuple[End, End] | None:
        """Ends of a result; None where nothing is known."""
        if self.doubles:
            low, high = float(result.lo), float(result.hi)
            return None if math.isnan(low) else (low, high)
        if result == NOTHING_KNOWN or (self.name == "arb" and result.is_nan()):
            return None
        return self._end(self.engine.lower_dyadic, result, -1), self._end(self.engine.upper_dyadic, result, 1)

    @staticmethod
    def _end(read: Callable[[Any], Dyadic], result: Any, side: int) -> End:
        """Exact where doubles are near; beyond them the double next to it, outward."""
        try:
            m, e = read(result)
        except NotEnoughPrecision:
            return side * math.inf
        if abs(e) < NEAR:
            return Fraction(m) * Fraction(2) ** e
        outward = m * side > 0
        least, largest = math.nextafter(0.0, 1.0), sys.float_info.max
        return math.copysign((math.inf if outward else largest) if e > 0 else (least if outward else 0.0), m)


def _mpmath(engine: MpmathEngine, ends: Ends) -> Any:
    low, high = ends
    return (
        raw.MINUS_INFINITY if low == -math.inf else engine.exact(Fraction(low))[0],
        raw.INFINITY if high == math.inf else engine.exact(Fraction(high))[1],
    )


def _arb(engine: ArbEngine, ends: Ends) -> Any:
    """A ball cannot be unbounded on one side: then it is the whole line."""
    return engine.interval(*map(Fraction, ends)) if all(map(math.isfinite, ends)) else arb(0, "inf")


def subjects() -> list[Subject]:
    """The engines at 53 bits; arrays by crival and by Arb."""
    arrays = [("array", ArrayEngine()), ("array, by Arb", ArrayEngine(arithmetic=arb_arrays))]
    return [
        Subject("mpmath", MpmathEngine(53), _mpmath, doubles=False),
        Subject("arb", ArbEngine(53), _arb, doubles=False),
        *(Subject(name, engine, lambda e, ends: e.between(*ends), doubles=True) for name, engine in arrays),
    ]


@dataclass
class Count:
    """What came of the statements for one engine."""

    applicable: int = 0
    tightest: int = 0
    looser: int = 0
    silent: int = 0
    outside: int = 0
    violated: int = 0
    examples: list[str] = field(default_factory=list)


def judge(subject: Subject, statement: Statement, count: Count) -> None:
    """Hold one engine against one statement, if it is about something that the protocol has."""
    operation, result = OPERATIONS.get(statement.operation), value(statement.result)
    given = [value(operand) for operand in statement.operands]
    if operation is None or None in given or not given:
        return
    if statement.operation == "intersection" and not subject.doubles:
        return
    operands: list[Any] = [x for x in given if x is not None]
    with subject.engine as engine:
        found = operation(engine, *map(subject.make, operands))
        verdict = _verdict(subject, statement.operation, operands, result, found)
    count.applicable += 1
    setattr(count, verdict, getattr(count, verdict) + 1)
    if verdict == "violated":
        count.examples.append(f"{subject.name}: {statement}")


def _verdict(subject: Subject, operation: str, operands: list[Any], result: Value | None, found: Any) -> str:
    if isinstance(result, bool):
        return "tightest" if found is result else "violated"
    if isinstance(result, float):
        inward = found > result if operation == "inf" else found < result
        return "violated" if inward else "tightest" if found == result else "looser"
    ends = subject.ends(found)
    if not _defined(operation, operands) or result is None:
        return "outside" if ends is None else "violated"
    if ends is None:
        return "silent"
    unbounded = any(math.isinf(end) for x in operands if isinstance(x, tuple) for end in x)
    low, high = result
    if not subject.doubles and not (unbounded and operation in SUMS):
        low, high = math.nextafter(low, math.inf), math.nextafter(high, -math.inf)
    if ends[0] > low or ends[1] < high:
        return "violated"
    return "looser" if ends[0] < result[0] or ends[1] > result[1] else "tightest"


def _defined(operation: str, operands: list[Any]) -> bool:
    """Whether the operation is defined on all of its operands."""
    low, high = operands[-1] if operation == "div" else operands[0]
    if operation in ("div", "recip") or (operation == "pown" and operands[1] < 0):
        return bool(low > 0 or high < 0)
    return bool(low >= 0 if operation == "sqrt" else low > 0 if operation == "log" else True)


def run(texts: Iterable[str]) -> tuple[int, dict[str, Count]]:
    """How many statements there are, and what came of them for each engine."""
    total, counts = 0, {subject.name: Count() for subject in subjects()}
    for text in texts:
        for statement in statements(text):
            total += 1
            for subject in subjects():
                judge(subject, statement, counts[subject.name])
    return total, counts


def table(total: int, counts: dict[str, Count]) -> str:
    """The counts as the manual shows them."""
    head = (
        f"ITF1788 has {total:,} statements. Those about operations that the protocol has, on operands that "
        "are not empty, apply:\n\n"
        "| engine | applicable | violated | tightest | looser | silent inside | silent outside |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n"
    )
    rows = (
        f"| `{name}` | {count.applicable:,} | {count.violated:,} | {count.tightest:,} | {count.looser:,} "
        f"| {count.silent:,} | {count.outside:,} |\n"
        for name, count in counts.items()
    )
    return head + "".join(rows)


def write_table(text: str) -> None:
    """Between its two marks on the page."""
    marks = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    written = marks.sub(lambda _: f"{BEGIN}\n{text}{END}", PAGE.read_text())
    write_bytes(PAGE, written.encode())


def main(arguments: Sequence[str]) -> int:
    """0 when no statement is violated, 1 when one is, 64 when there are none."""
    files = sorted(Path(arguments[0]).glob("src/itl/*.itl")) if len(arguments) == 1 else []
    if not files:
        sys.stderr.write("python -m soak.itf1788 CHECKOUT: a copy of ITF1788.jl, with src/itl/*.itl\n")
        return 64
    total, counts = run(path.read_text() for path in files)
    write_table(table(total, counts))
    for count in counts.values():
        sys.stderr.write("".join(f"VIOLATED: {example}\n" for example in count.examples[:EXAMPLES]))
    return 1 if any(count.violated for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
