"""Containment for intervals of doubles: the engine `array`, and crival beneath it as it comes."""

from __future__ import annotations

from typing import Any

import numpy as np

from verified_grpo.intervals import ArrayEngine

from .double_cases import OPERATIONS, Operation, intervals, members
from .float_oracle import Doubles, by_arb
from .tally import Tally

CHUNK = 2**15
SUBJECTS = ("array", "crival")


def available() -> tuple[str, ...]:
    """crival has wheels for some machines only."""
    try:
        import ival  # noqa: F401
    except (ImportError, OSError):
        return ("array",)
    return SUBJECTS


def chunk(subject: str, name: str, seed: str) -> Tally:
    """A chunk of cases: each is one operation on one pair of intervals, held against several members."""
    rng = np.random.default_rng(list(seed.encode()))
    operation, tally = OPERATIONS[name], Tally()
    operands = [intervals(rng, CHUNK) for _ in range(operation.arity)]
    with np.errstate(all="ignore"):
        lo, hi = _apply(subject, name, operands)
        outside = operation.outside(*(end for pair in operands for end in pair))
        # the suite's engine says "nothing known" there; IEEE 1788 takes the part inside the domain
        if subject == "array":
            tally.judge(~outside | (np.isnan(lo) & np.isnan(hi)), operands)
        tally.judge(~(np.isnan(lo) | np.isnan(hi)) | outside, operands)
        chosen = [members(rng, *pair) for pair in operands]
        places = [(i,) for i in range(3)] if len(chosen) == 1 else [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)]
        for place in places:
            point = [values[i] for values, i in zip(chosen, place, strict=True)]
            _hold(tally, operation, point, lo, hi)
    tally.cases += CHUNK
    return tally


def _hold(tally: Tally, operation: Operation, point: list[Doubles], lo: Doubles, hi: Doubles) -> None:
    """Both bounds against the image of one member of each operand, where it is defined."""
    defined = ~operation.outside(*(x for value in point for x in (value, value)))
    for bound, decide, side in ((lo, operation.at_most, -1), (hi, operation.at_least, 1)):
        right, wrong = decide(bound, *point)
        silent = np.isnan(bound)  # judged before: only where the operation leaves its domain
        right = right | ~defined | (bound == side * np.inf) | silent
        tally.violations += _confirmed(
            tally, operation, point, bound, side, wrong & ~right & defined & ~silent
        )
        for k in np.flatnonzero(~right & ~wrong):
            _settle(tally, operation, point, bound, side, int(k))


def _confirmed(
    tally: Tally, operation: Operation, point: list[Doubles], bound: Doubles, side: int, wrong: Any
) -> int:
    """What the array's oracle calls wrong is looked at again by Arb before it counts."""
    count = 0
    for k in np.flatnonzero(wrong):
        given = tuple(float(x[k]) for x in point)
        if by_arb(operation.image, float(bound[k]), side, given) is not True:
            count += 1
            tally.examples.append(f"{given} -> {float(bound[k])!r}, side {side}")
    return count


def _settle(
    tally: Tally, operation: Operation, point: list[Doubles], bound: Doubles, side: int, k: int
) -> None:
    given = tuple(float(x[k]) for x in point)
    answer = by_arb(operation.image, float(bound[k]), side, given)
    tally.undecided += answer is None
    tally.by_arb += 1
    if answer is False:
        tally.violations += 1
        tally.examples.append(f"{given} -> {float(bound[k])!r}, side {side}")


def _apply(subject: str, name: str, operands: list[tuple[Doubles, Doubles]]) -> tuple[Doubles, Doubles]:
    operation = OPERATIONS[name]
    if subject == "array":
        engine = ArrayEngine()
        values = [engine.between(*pair) for pair in operands]
        if operation.exponent is not None:
            result: Any = engine.power(values[0], operation.exponent)
        else:
            result = getattr(engine, name)(*values)
    else:
        result = _raw(name, operands, operation.exponent)
    return np.asarray(result.lo), np.asarray(result.hi)


def _raw(name: str, operands: list[tuple[Doubles, Doubles]], exponent: int | None) -> Any:
    import ival

    values = [ival.Interval(*pair) for pair in operands]
    match name:
        case "add":
            return values[0] + values[1]
        case "sub":
            return values[0] - values[1]
        case "mul":
            return values[0] * values[1]
        case "div":
            return values[0] / values[1]
        case "sigmoid":
            return 1 / (1 + ival.exp(-values[0]))
    return ival.pown(values[0], exponent) if exponent is not None else getattr(ival, name)(values[0])
