"""Kind ``kl-budget``: what a divergence from the reference can buy."""

from __future__ import annotations

from typing import Literal, TypedDict

from .values import Bits, Number, Range, Side


class LargestP(TypedDict):
    """The largest p within ``kl`` nats lies in ``p``, for all p_ref."""

    kind: Literal["kl-budget"]
    asks: Literal["largest-p"]
    p_ref: Side
    kl: Side
    p: Range


class LeastKl(TypedDict):
    """The least divergence of a policy with this p lies in ``kl``, for all p_ref."""

    kind: Literal["kl-budget"]
    asks: Literal["least-kl"]
    p_ref: Side
    p: Side
    kl: Range


class Spent(TypedDict):
    """A policy with this p is at least ``kl`` nats from a reference with this p_ref; both may be 0 or 1."""

    kind: Literal["kl-budget"]
    asks: Literal["spent"]
    p_ref: Side
    p: Side
    kl: Number


Budget = LargestP | LeastKl | Spent


class Ends(Bits):
    """The binary divergence at the ends of the ranges."""

    rule: Literal["ends"]
