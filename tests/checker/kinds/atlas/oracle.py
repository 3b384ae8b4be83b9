"""Where sequences of an atlas's cells go, by plain floats: shared with neither prover nor checker."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...builder import Json
from ...truth import float_omega

STAGES, PERIOD_LIMIT, NEAR, STILL = (200, 800, 3000), 64, 1e-7, 1e-12
SAMPLES, GRID = 3, 500
WIDE, ROUNDING = 0.1, 1e-14
Leaf = tuple[str, tuple[Fraction, Fraction], tuple[Fraction, Fraction]]


def leaves(statement: Json) -> Iterator[Leaf]:
    """The tokens of the leaves with their rectangles, by a recursion of its own."""
    text, place = statement["cells"], 0
    sides = [tuple(Fraction(end) for end in statement[axis]) for axis in ("log_beta", "logit_p_ref")]

    def walk(box: list[Any]) -> Iterator[Leaf]:
        nonlocal place
        letter, place = text[place], place + 1
        if letter in "<^":
            k = "<^".index(letter)
            low, high = box[k]
            for half in ((low, (low + high) / 2), ((low + high) / 2, high)):
                yield from walk([half if i == k else box[i] for i in (0, 1)])
            return
        while letter[0] == "c" and text[place : place + 1].isdigit():
            letter, place = letter + text[place], place + 1
        yield letter, box[0], box[1]

    yield from walk(sides)


def contradicted(statement: Json) -> str | None:
    """A sampled sequence that does not do what its cell says; None where there is none among the samples."""
    source, area, whole = random.Random(json.dumps(statement, sort_keys=True)), Fraction(0), Fraction(0)
    for token, across, up in leaves(statement):
        size = (across[1] - across[0]) * (up[1] - up[0])
        area, whole = area + size * (token == "u"), whole + size
        for _ in range(SAMPLES if token != "u" else 0):
            x, y = (float(low) + float(high - low) * source.random() for low, high in (across, up))
            seen = behaviour(statement, x, y)
            if seen and seen not in {"r": ("r",), "f": ("r", "f")}.get(token, (token,)):
                return f"log beta {x}, log-odds {y}: {seen}, not {token}"
    return "the undecided area" if area > Fraction(statement["undecided"]) * whole else None


def behaviour(statement: Json, x: float, y: float) -> str:
    """``r``, ``f``, ``c2`` ... or ``o``; empty where floats do not tell."""
    if Fraction(statement["parameters"]["alpha"]) == 0:
        return "o"
    step, path = _step(statement, x, y), [y]
    for many in STAGES:
        path.extend(_more(step, path[-1], many))
        if seen := _settled(step, path):
            return seen
    return ""


def orbit(statement: Json, x: float, y: float, steps: int) -> list[float]:
    """The sequence from p_ref."""
    return [y, *_more(_step(statement, x, y), y, steps)]


def _step(statement: Json, x: float, y: float) -> Callable[[float], float]:
    given, weight = statement["parameters"], math.exp(-x)
    alpha, eps = float(Fraction(given["alpha"])), float(Fraction(given["eps"]))
    contrast = _contrast(statement["variant"], eps)
    if "step_size" in statement:
        beta, eta = math.exp(x), float(Fraction(statement["step_size"]))

        def update(here: float) -> float:
            omega, now = contrast(here), here
            for _ in range(statement.get("inner_steps", 1)):
                now += eta * (omega - beta * (now - alpha * y - (1 - alpha) * here))
            return float(now)

        return update
    return lambda here: float((1 - alpha) * here + alpha * y + weight * contrast(here))


def _more(step: Callable[[float], float], here: float, many: int) -> Iterator[float]:
    for _ in range(many):
        here = step(here)
        yield here


def _settled(step: Callable[[float], float], path: list[float]) -> str:
    y, last = path[0], path[-1]
    for n in range(1, PERIOD_LIMIT + 1):
        if abs(path[-1 - n] - last) <= STILL * (1 + abs(last)):
            if max(path[-n:]) - min(path[-n:]) < NEAR:
                rises = all(b >= a - 1e-12 * (1 + abs(a)) for a, b in pairwise(path))
                between = (y + (last - y) * k / GRID for k in range(GRID))
                return "r" if rises and all(step(x) > x - ROUNDING * (1 + abs(x)) for x in between) else "f"
            return f"c{n}" if max(path[-n:]) - min(path[-n:]) > WIDE else ""  # or settles ever so slowly
    return ""


def _contrast(variant: Json, eps: float) -> Any:
    name = variant["contrast"]
    if name not in ("mean-var", "mean-std", "mean"):
        return lambda here: float(float_omega(variant, here, eps))

    def value(here: float) -> float:
        t = math.exp(-abs(here))
        v = t / (1 + t) ** 2
        return {"mean-var": 1 / math.sqrt(v + eps), "mean-std": 1 / (math.sqrt(v) + eps), "mean": 1.0}[name]

    return value
