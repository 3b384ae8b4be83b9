"""Whether a statement of kind "contours" is true at sampled points: the least fixed point at 60 digits, and
sequences by plain floats; shared with neither prover nor checker."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...builder import Json
from ...truth import fixed_points, mp, number, omega, sigma
from ..atlas.oracle import behaviour, leaves, orbit

GRAIN, SAMPLES, SLACK = 1024, 24, mp.mpf(10) ** -30
PARTS = 3
LATE, NEAR = 3000, 1e-6
Strip = tuple[Fraction, Fraction]


def columns(statement: Json) -> Iterator[tuple[Strip, list[Strip]]]:
    """Each column's range of log beta, and the strip of each level."""
    left, (bottom, top) = Fraction(statement["log_beta"][0]), map(Fraction, statement["logit_p_ref"])
    for column in statement["columns"].rstrip(";").split(";"):
        head, *own = column.split(",")
        end, below = head.split(":")
        strips = [(bottom, bottom)] * int(below)
        strips += [_strip(part) for part in own]
        strips += [(top, top)] * (len(statement["levels"]) - len(strips))
        right = Fraction(int(end), GRAIN)
        yield (left, right), strips
        left = right


def _strip(part: str) -> Strip:
    low, width = map(int, part.split("/"))
    return Fraction(low, GRAIN), Fraction(low + width, GRAIN)


def contradicted(statement: Json) -> str | None:
    """A sampled point at which the statement is false; None where there is none among the samples."""
    source = random.Random(json.dumps(statement, sort_keys=True))
    found = list(columns(statement))
    return (
        _false_band(statement, found, source)
        or _false_area(statement, found)
        or _false_part(statement, source)
    )


def _false_band(statement: Json, found: list[Any], source: random.Random) -> str | None:
    """Points by chance, and those on the corners of strips, where they are worst."""
    bottom, top = map(Fraction, statement["logit_p_ref"])
    for _ in range(SAMPLES):
        (left, right), strips = source.choice(found)
        n = source.randrange(len(strips))
        low, high = strips[n]
        level = (
            mp.mpf(Fraction(statement["levels"][n]).numerator) / Fraction(statement["levels"][n]).denominator
        )
        if high < top and least_p(statement, right, high) < level - SLACK:
            return f"p* below {level} at log beta {right}, log-odds {high}"
        if low > bottom and least_p(statement, left, low) > level + SLACK:
            return f"p* above {level} at log beta {left}, log-odds {low}"
    return None


def least_p(statement: Json, x: Fraction, y: Fraction) -> Any:
    """p* at exact log beta and log-odds of p_ref."""
    beta = mp.exp(mp.mpf(x.numerator) / x.denominator)
    given = statement["parameters"]
    if statement.get("kl") == "k3":
        return _least_under_k3(statement, beta, sigma(mp.mpf(y.numerator) / y.denominator))
    point = {"alpha": given["alpha"], "beta": beta, "eps": given["eps"]}
    point["p_ref"] = sigma(mp.mpf(y.numerator) / y.denominator)
    return sigma(fixed_points(statement["variant"], point)[0])


def _least_under_k3(statement: Json, beta: Any, p_ref: Any) -> Any:
    """The only zero of ``p q Omega - beta (p - p_ref)`` above p_ref, by halving."""
    low, high = p_ref, mp.mpf(1)
    eps = number(statement["parameters"]["eps"])
    for _ in range(160):
        p = (low + high) / 2
        value = p * (1 - p) * omega(statement["variant"], mp.log(p / (1 - p)), eps) - beta * (p - p_ref)
        low, high = (p, high) if value > 0 else (low, p)
    return low


def _false_area(statement: Json, found: list[Any]) -> str | None:
    share = undecided_share(found, [[Fraction(x) for x in statement[a]] for a in ("log_beta", "logit_p_ref")])
    return "the undecided area" if share > Fraction(statement["undecided"]) else None


def undecided_share(found: list[Any], window: list[list[Any]]) -> Any:
    """The share of a window that lies in the union of the strips."""
    (left, right), (bottom, top) = window
    total = 0 * (right - left)
    for (a, b), strips in found:
        wide, reached = max(min(b, right) - max(a, left), 0), bottom
        for low, high in sorted(strips):
            first, last = max(low, reached), min(high, top)
            total += wide * max(last - first, 0)
            reached = max(reached, last)
    return total / ((right - left) * (top - bottom))


def _false_part(statement: Json, source: random.Random) -> str | None:
    """A sequence that does tend to the least fixed point, or to no cycle of so many points."""
    for token, across, up in leaves({**statement, "cells": statement["parting"]}):
        for _ in range(PARTS if token != "u" else 0):
            x, y = (float(low) + float(high - low) * source.random() for low, high in (across, up))
            if token[0] == "c" and behaviour(statement, x, y) not in (token, ""):
                return f"log beta {x}, log-odds {y}: no cycle {token}"
            least = float(mp.log(1 / (1 / least_p(statement, Fraction(x), Fraction(y)) - 1)))
            if token == "d" and min(orbit(statement, x, y, LATE)[-50:]) < least + NEAR:
                return f"log beta {x}, log-odds {y}: not above the least fixed point"
    return None
