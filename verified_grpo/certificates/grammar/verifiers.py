"""Kinds ``erring-verifier`` and ``verifier-ceiling``: what a verifier that errs makes of the rate of right
answers."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .values import Bits, Number, OnBox, Range, Side


class ErringVerifier(OnBox):
    """Errors drawn anew at each look: which way every update moves the rate of right answers, for all rates
    that are ``apart`` at least; how far fixed points lie from the reference; from which ``alpha beta`` on the
    map contracts."""

    kind: Literal["erring-verifier"]
    true_positive: Side
    false_positive: Side
    effect: Literal["amplifies", "harms", "stands-still"]
    apart: NotRequired[Number]
    margin: NotRequired[Number]
    threshold: NotRequired[Number]


class BySignOfGain(Bits):
    """That of T - F, the least contrast and the steepest slope, at the ends of the ranges."""

    rule: Literal["sign"]


class RatesBeside(TypedDict):
    """Where the rate of passing lies in the one, that of right answers lies in the other."""

    passed: Range
    right: Range


class Bounded(TypedDict):
    """Errors that belong to the answer: the rate of right answers stays on this ``side`` of ``bound``."""

    kind: Literal["verifier-ceiling"]
    p_ref: Side
    true_positive: Side
    false_positive: Side
    side: Literal["below", "above"]
    bound: Number
    rates: list[RatesBeside]


class Constant(TypedDict):
    """Right and wrong answers pass alike: their rate stays what it was."""

    kind: Literal["verifier-ceiling"]
    p_ref: Side
    true_positive: Side
    false_positive: Side
    side: Literal["at"]
    rates: list[RatesBeside]


VerifierCeiling = Bounded | Constant


class Shares(TypedDict):
    """Of right answers among those that pass and those that fail, at corners of the ranges."""

    rule: Literal["shares"]
