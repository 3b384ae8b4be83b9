"""What ``budget`` prints."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ..grammar.values import Count, Number, Range, Side


class Placed(TypedDict):
    """A tilt of the reference that has a name: its p and its KL."""

    of: str
    p: Range
    kl: Range


class BoughtAnswer(TypedDict):
    """Of ``budget``: the largest p within a KL, or the least KL of a p, in nats; null where neither is asked,
    and policies on the frontier."""

    asks: Literal["largest-p", "least-kl", "frontier"]
    p_ref: Side
    unit: Literal["nats"]
    verdict: Literal["proved"]
    p: NotRequired[Side]
    kl: NotRequired[Side]
    frontier: list[Placed]


class Spending(TypedDict):
    """A prompt before and after: counts, intervals, and the KL between them at least."""

    before: list[Count]
    after: list[Count]
    p_ref: Range
    p: Range
    direction: Literal["rose", "fell", "open"]
    kl_at_least: Number


class Spender(Spending):
    """The same, of a prompt of a table."""

    prompt: str


class OfCounts(TypedDict):
    """All intervals hold at once with the confidence."""

    asks: Literal["spent"]
    unit: Literal["nats"]
    confidence: Number
    prompts: Count


class SpentAnswer(OfCounts, Spending):
    """Of ``budget --before --after``."""


class Directions(TypedDict):
    """Prompts by what is known of them."""

    rose: Count
    fell: Count
    open: Count


class SpentTableAnswer(OfCounts):
    """Of ``budget --table``: the prompts that have cost most at least."""

    moved: Directions
    mean_kl_at_least: Number
    largest: list[Spender]


BudgetAnswer = BoughtAnswer | SpentAnswer | SpentTableAnswer
