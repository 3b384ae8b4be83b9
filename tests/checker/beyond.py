"""Statements made false by one unit in the last place: an end of an interval moved just past a true value."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from .builder import Json, decimal
from .k3_oracle import fixed_point
from .limit_builder import first, settled
from .oracle import members, sampled_points, truth_at
from .truth import mp, number, sigma

Place = tuple[list[Any], int, Any, int]
"""(interval, which end, the true value, how many digits of it the oracle knows)"""

VALUE_DIGITS, MULTIPLIER_DIGITS = 34, 24


def beyond(document: Json, source: random.Random) -> Json | None:
    """A copy with one number moved past the truth by one unit; None for a kind without such numbers."""
    document = copy.deepcopy(document)
    statement = document["statement"]
    kind, found = statement["kind"], members(statement)
    # Of a formula with ranges, one of its members; where there is one alone nothing is drawn.
    member = source.choice(found) if len(found) > 1 else found[0]
    if kind in ("amplification", "contraction"):
        return _bound(document, member, source)
    if kind not in ("fixed-points", "limit", "k3-fixed-point"):
        return None
    places = list(_intervals(statement, member, source))
    if not places:
        return None
    interval, end, value, known = source.choice(places)
    interval[end] = past(value, source.randrange(12, known), up=end == 0)
    return document


def past(value: Any, digits: int, *, up: bool) -> str:
    """The first decimal of so many digits strictly above (below) a value, and one unit on."""
    mantissa, _, exponent = decimal(value, digits, up=up).partition("e")
    moved = int(mantissa) + (1 if up else -1)
    return f"{moved}e{exponent}" if moved and exponent else str(moved)


def _intervals(statement: Json, member: Json, source: random.Random) -> Iterator[Place]:
    """Every interval of the statement with a value of the member that it must contain, at one point of the
    box."""
    point = source.choice(sampled_points(statement["parameters"]))
    if statement["kind"] == "fixed-points":
        for (x, m), claim in zip(truth_at(member, point), statement["fixed_points"], strict=True):
            yield from _claims(claim, x)
            if abs(m) > mp.mpf(10) ** -12:
                yield from ((claim["multiplier"], end, m, MULTIPLIER_DIGITS) for end in (0, 1))
    elif statement["kind"] == "k3-fixed-point":
        x, m = fixed_point(member["variant"], point)
        yield from _claims(statement["fixed_point"], x)
        yield from ((statement["fixed_point"]["multiplier"], end, m, MULTIPLIER_DIGITS) for end in (0, 1))
    elif "limit" in statement or "points" in statement:
        claims = statement.get("points") or [statement["limit"]]
        phase = statement["step"] if "points" in statement else 0
        ends = settled(member["variant"], point, first(point, statement["start"]), phase, len(claims))
        for x, claim in zip(ends or [], claims, strict=False):
            yield from _claims(claim, x)


def _claims(claim: Json, x: Any) -> Iterator[Place]:
    for field, value in {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x)}.items():
        yield from ((claim[field], end, value, VALUE_DIGITS) for end in (0, 1))


def _bound(document: Json, member: Json, source: random.Random) -> Json | None:
    """A margin above the least true one, or a rate below the largest true multiplier, of the member at one
    point."""
    statement = document["statement"]
    if statement["verdict"] != "proved":
        return None
    point = source.choice(sampled_points(statement["parameters"]))
    truth = truth_at(member, point)
    if statement["kind"] == "amplification":
        p_ref = number(point["p_ref"])
        anchor = mp.log(p_ref / (1 - p_ref))
        statement["margin"] = past(min(x for x, _ in truth) - anchor, source.randrange(12, 34), up=True)
        return document
    rate = max(abs(m) for _, m in truth)
    if rate < mp.mpf(10) ** -12:
        return None
    statement["rate"] = past(rate, source.randrange(8, MULTIPLIER_DIGITS), up=False)
    return document
