"""Whether a statement is true, as far as plain evaluation at sampled parameters can tell.

`contradicted(statement)` is a reason why the statement is false, or None where no sample contradicts it. It
never looks at evidence. Existence claims (verdict "refuted") count as contradicted unless a sample confirms
them. Each kind says it of its own statements: the table in `kinds/table.py`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial

from .builder import Json
from .kinds.table import KINDS
from .samples import sampled_points as sampled_points
from .samples import truth_at as truth_at

RANGE = re.compile(r'"([^":]+):([^":]+)"')
"""In a formula, for each of its numbers."""


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None; remembered, for many mutants state the same."""
    reasons = (_contradicted(json.dumps(member, sort_keys=True)) for member in members(statement))
    return next((reason for reason in reasons if reason), None)


def members(statement: Json) -> list[Json]:
    """What is stated where numbers are chosen from the ranges of a formula: ends, middles, some between."""
    variant: Json = statement["variant"] if isinstance(statement.get("variant"), dict) else {}
    omega = json.dumps(variant.get("omega"))
    if not RANGE.search(omega):
        return [statement]
    source = random.Random(json.dumps(statement, sort_keys=True))
    shares = [lambda: Fraction(0), lambda: Fraction(1), lambda: Fraction(1, 2)]
    shares += [lambda: Fraction(source.randrange(100), 99)] * 2
    chosen = (json.loads(RANGE.sub(partial(_chosen, share), omega)) for share in shares)
    return [{**statement, "variant": {**variant, "omega": one}} for one in chosen]


def _chosen(share: Callable[[], Fraction], found: re.Match[str]) -> str:
    low, high = Fraction(found[1]), Fraction(found[2])
    return f'"{low + (high - low) * share()}"'


@lru_cache(maxsize=1 << 14)
def _contradicted(text: str) -> str | None:
    statement: Json = json.loads(text)
    return KINDS[statement["kind"]].contradicted(statement)
