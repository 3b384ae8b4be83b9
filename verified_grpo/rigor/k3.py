"""The recursion under k3: its only fixed point, how far it amplifies, and whether the sequence gets there.

Everything rests on one fact, which a contrast must be known to have: ``D = p q Omega(p)`` is concave on
[0, 1], so ``D(p) = beta (p - p_ref)`` has one solution in (p_ref, 1) and none elsewhere. Where it lies at or
above 1/2 it attracts, and the sequence from ``p_ref`` climbs to it from its first step on; that is so
whenever ``beta (2 - 4 p_ref) <= Omega(1/2)``. Elsewhere nested intervals decide, or a witness refutes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from ..errors import InputError, NotEnoughPrecision
from ..intervals import Sign, decimal_down, decimal_enclosure, exact, make_engine
from ..model import Contrast, Fact, Parameters, Point, Range, Workbench
from ..model.k3 import K3Step
from .no_truth_value import NoTruthValue
from .points.fixed_points import probability, stability
from .subdivision import Subdivision
from .verdicts import PROVED, REFUTED, UNDECIDED, Answer, Stability

V = TypeVar("V")

DIGITS_LIMIT = 1000
NESTED_STEPS = 60
LEAF_LIMIT = 200
GRID = 12

Node = tuple[str, ...] | tuple[str, str, Fraction]


@dataclass(frozen=True)
class K3FixedPoint(NoTruthValue, read="stability"):
    """The only fixed point: bracket in log-odds, and decimal text around p, 1 - p and the multiplier."""

    contrast: Contrast
    parameters: Parameters
    logit: Range
    p: tuple[str, str]
    one_minus_p: tuple[str, str]
    multiplier: tuple[str, str]
    stability: Stability
    engine: str
    bits: int


@dataclass(frozen=True)
class K3Amplification(NoTruthValue, read="margin"):
    """``logit p* - logit p_ref >= margin`` for every parameter of the box."""

    contrast: Contrast
    parameters: Parameters
    margin: Fraction
    engine: str
    bits: int


@dataclass(frozen=True)
class K3Converges(NoTruthValue, read="verdict"):
    """For every parameter of the box the only fixed point attracts and the sequence from p_ref tends to it.

    ``nodes`` is empty where ``beta (2 - 4 p_ref) <= Omega(1/2)`` holds on the whole box; else a paving of
    beta x eps x p_ref in preorder, with leaves ``half`` (that condition) and ``nested``.
    """

    contrast: Contrast
    parameters: Parameters
    nodes: tuple[Node, ...]
    engine: str
    bits: int
    verdict: Answer = PROVED


@dataclass(frozen=True)
class K3Repels(NoTruthValue, read="verdict"):
    """At ``point`` the only fixed point repels, so that nearby sequences leave it."""

    contrast: Contrast
    parameters: Parameters
    point: Point
    bracket: Range
    engine: str
    bits: int
    verdict: Answer = REFUTED


@dataclass(frozen=True)
class K3Undecided(NoTruthValue, read="verdict"):
    """Neither proved nor refuted; ``reason`` says where it stopped."""

    contrast: Contrast
    parameters: Parameters
    reason: str
    verdict: Answer = UNDECIDED


NEEDS = (Fact.CONCAVE, Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS)


def require_reference_only(parameters: Parameters) -> None:
    """Refuse a KL to the previous policy.

    Raises:
        InputError: alpha other than 1.
    """
    if parameters.alpha[0] != 1:
        raise InputError("the k3 regulariser is covered for alpha = 1 only: no KL to the previous policy")


def k3_fixed_point(
    contrast: Contrast, parameters: Parameters, *, digits: int = 15, engine: str = "arb"
) -> K3FixedPoint:
    """The only fixed point of the recursion under k3, over exact parameters or a box of them.

    Args:
        contrast: one that makes ``p (1 - p) Omega`` concave, bounded, even and rising.
        parameters: exact numbers or ranges, alpha = 1.
        digits: for exact parameters the bracket is about ``10^-digits`` wide; 1 to 1000.
        engine: ``arb`` or ``mpmath``.

    Raises:
        InputError: alpha other than 1, or digits out of range.
        NotEnoughPrecision: the bracket's signs are not decided.
        MissingFact: the contrast is not known to be so.

    Not proved: where the sequence from p_ref goes (:func:`k3_convergence`).
    """
    require_reference_only(parameters)
    contrast.require(*NEEDS)
    if not 1 <= digits <= DIGITS_LIMIT:
        raise InputError(f"digits must be from 1 to {DIGITS_LIMIT}, not {digits}")
    for bits in (96 + 4 * digits, 192 + 8 * digits):
        with make_engine(engine, bits) as arithmetic:
            step = K3Step(Workbench(arithmetic, contrast), parameters)
            try:
                return _described(step, _bracket(step, digits), digits)
            except NotEnoughPrecision:
                continue
    raise NotEnoughPrecision("the signs of the gap at the ends of the bracket are not decided")


def _described(step: K3Step[V], bracket: Range, digits: int) -> K3FixedPoint:
    engine, hull = step.engine, step.engine.interval(*bracket)
    multiplier = step.multiplier_over(*bracket)
    low, high = decimal_enclosure(engine, multiplier, digits + 2)
    settled = stability(engine, multiplier)
    if bracket[0] >= 0:  # the fixed point attracts and 0 <= T' < 1, however wide the box
        low, high, settled = _not_below_0(low), _not_above_1(high), "attracting"
    return K3FixedPoint(
        step.bench.contrast,
        step.parameters,
        bracket,
        probability(engine, hull, digits + 2),
        probability(engine, engine.neg(hull), digits + 2),
        (low, high),
        settled,
        engine.name,
        engine.bits,
    )


def _not_below_0(lower: str) -> str:
    return "0" if exact(lower) < 0 else lower


def _not_above_1(upper: str) -> str:
    return "1" if exact(upper) > 1 else upper


def _bracket(step: K3Step[V], digits: int) -> Range:
    """Decimals around the zeros of the two corner gaps, with the signs that prove them."""
    box = step.parameters
    lower = _zero(step, box.highest_gap, digits)
    upper = lower if box.is_point else _zero(step, box.lowest_gap, digits)
    width = Fraction(1, 10**digits)
    places = 10 ** (digits + 1)
    bracket = (
        Fraction(math.floor((lower - width / 4) * places), places),
        Fraction(math.ceil((upper + width / 4) * places), places),
    )
    if step.sign_at(bracket[0]) is not Sign.NEGATIVE or step.sign_at(bracket[1]) is not Sign.POSITIVE:
        raise NotEnoughPrecision("the signs of the gap at the ends of a bracket are not decided")
    return bracket


def _zero(step: K3Step[V], corner: Point, digits: int) -> Fraction:
    """The zero of one corner's gap, by bisection and then Newton: a guess that signs confirm afterwards."""
    engine = step.engine
    first, last = step.reach()
    low, high = engine.lower(first), engine.upper(last)
    for _ in range(40):
        middle = _short((low + high) / 2)
        below = engine.sign(step.gap_at(middle, corner)) is Sign.NEGATIVE
        low, high = (middle, high) if below else (low, middle)
    x = (low + high) / 2
    for _ in range(2 + max(0, digits // 8).bit_length()):
        move = engine.div(step.gap_at(x, corner), step.gap_slope_at(x, corner))
        x -= (engine.lower(move) + engine.upper(move)) / 2
        x = Fraction(round(x * 2**engine.bits), 2**engine.bits)
    return x


def _short(x: Fraction) -> Fraction:
    return Fraction(round(x * 2**64), 2**64)


def k3_amplification(
    contrast: Contrast, parameters: Parameters, *, engine: str = "arb", bits: int = 96
) -> K3Amplification:
    """By how much the fixed point exceeds p_ref at least, in log-odds, over the whole box.

    ``K(p*) = Omega(p*)/beta >= Omega(1/2)/beta``, and the least margin is at the largest p_ref, beta and eps:
    with ``delta`` the gain, ``p_ref (e^delta - 1) + q_ref (1 - e^-delta)`` rises in p_ref.

    Raises:
        InputError: alpha other than 1.
        MissingFact: as for :func:`k3_fixed_point`.
    """
    require_reference_only(parameters)
    contrast.require(*NEEDS)
    with make_engine(engine, bits) as arithmetic:
        bench = Workbench(arithmetic, contrast)
        step = K3Step(bench, parameters)
        p = parameters.p_ref[1]
        least = step.answer(step.high.omega_min, parameters.beta[1], p)
        gain = arithmetic.sub(least, bench.log_odds(p))
        margin = exact(decimal_down(arithmetic.lower(gain), 12))
    return K3Amplification(contrast, parameters, margin, engine, bits)


def k3_convergence(
    contrast: Contrast, parameters: Parameters, *, engine: str = "arb", bits: int = 96
) -> K3Converges | K3Repels | K3Undecided:
    """Whether, for every parameter of the box, the only fixed point attracts and the sequence from p_ref
    tends to it.

    Raises:
        InputError: alpha other than 1.

    Not proved by a refutation: that the sequence from p_ref itself does not tend to the fixed point (only
    that the fixed point repels). Source: S4's argument, for k3.
    """
    require_reference_only(parameters)
    if missing := contrast.lacks(*NEEDS):
        return K3Undecided(contrast, parameters, missing)
    with make_engine(engine, bits) as arithmetic:
        bench = Workbench(arithmetic, contrast)
        try:
            if starts_above_half(K3Step(bench, parameters)):
                return K3Converges(contrast, parameters, (), engine, bits)
            for point in _candidates(parameters):
                found = k3_fixed_point(contrast, point.box, digits=12, engine=engine)
                if found.stability == "repelling":
                    return K3Repels(contrast, parameters, point, found.logit, engine, found.bits)
            return _pave(bench, parameters)
        except NotEnoughPrecision as error:
            return K3Undecided(contrast, parameters, f"not enough precision: {error}")


def starts_above_half(step: K3Step[V]) -> bool:
    """Whether ``beta (2 - 4 p_ref) <= Omega(1/2)`` on the box is proved: then ``p_n >= 1/2`` for n >= 1."""
    engine, box = step.engine, step.parameters
    needed = engine.exact(box.beta[1] * max(2 - 4 * box.p_ref[0], Fraction(0)))
    spare = engine.sign(engine.sub(step.high.omega_min, needed))
    return spare in (Sign.POSITIVE, Sign.ZERO)


def _candidates(box: Parameters) -> Iterator[Point]:
    """Points where a fixed point below 1/2 is most likely to repel: corners of beta and eps, p_ref in
    geometric steps."""
    low, high = (float(x) for x in box.p_ref)
    spread = [exact(f"{low * (high / low) ** (k / GRID):.6e}") for k in range(1, GRID)]
    inside = [box.p_ref[0], *(p for p in spread if box.p_ref[0] < p < box.p_ref[1]), box.p_ref[1]]
    for beta in dict.fromkeys((box.beta[1], box.beta[0])):
        for eps in dict.fromkeys(box.eps):
            for p in dict.fromkeys(inside):
                yield Point(Fraction(1), beta, eps, p)


def _pave(bench: Workbench[V], box: Parameters) -> K3Converges | K3Undecided:
    """Branch and prune over beta, eps and p_ref, depth first, so that the nodes come out in preorder."""
    parts, nodes = Subdivision([box]), list[Node]()
    leaves = 0
    for part in parts:
        step = K3Step(bench, part)
        kind = "half" if starts_above_half(step) else "nested" if _nests(step) else None
        if kind is not None:
            nodes.append((kind,))
            leaves += 1
            continue
        axis, at = _longest(part)
        if leaves + len(parts) >= LEAF_LIMIT or axis is None:
            where = ", ".join(f"{name} [{float(a):.4g}, {float(b):.4g}]" for name, (a, b) in part)
            reason = f"the sequence was not followed to its end on {where}"
            return K3Undecided(bench.contrast, box, reason)
        nodes.append(("split", axis, at))
        low, high = getattr(part, axis)
        parts.put_back(replace(part, **{axis: (low, at)}), replace(part, **{axis: (at, high)}))
    return K3Converges(bench.contrast, box, tuple(nodes), bench.engine.name, bench.engine.bits)


def _longest(part: Parameters) -> tuple[str, Fraction] | tuple[None, Fraction]:
    """The relatively longest axis and a short number near its geometric middle."""
    sides = {name: getattr(part, name) for name in ("beta", "eps", "p_ref")}
    name = max(sides, key=lambda axis: sides[axis][1] / sides[axis][0])
    low, high = sides[name]
    if high <= low * (1 + Fraction(1, 10**6)):
        return None, low
    for digits in (3, 6, 9):
        at = exact(f"{math.sqrt(low * high):.{digits}e}")
        if low < at < high:
            return name, at
    return name, (low + high) / 2


def _nests(step: K3Step[V]) -> bool:
    """Whether intervals that hold every later log-odds shrink to one on which the step contracts."""
    engine = step.engine
    low = engine.lower(step.bench.log_odds(step.parameters.p_ref[0]))
    high = engine.upper(step.reach()[1])
    for _ in range(NESTED_STEPS):
        least, largest = step.next_over(low, high)
        tighter = max(low, engine.lower(least)), min(high, engine.upper(largest))
        if _contracts(step, *tighter):
            return True
        if tighter == (low, high):
            return False
        low, high = tighter
    return False


def _contracts(step: K3Step[V], low: Fraction, high: Fraction) -> bool:
    """Whether ``|b| < beta dK/dL`` for all log-odds of the cell on either side; ``dK/dL >= 2 sqrt(p_ref
    q_ref)``."""
    engine, box = step.engine, step.parameters
    flattest = min(p * (1 - p) for p in box.p_ref)
    floor = engine.mul(engine.exact(2 * box.beta[0]), engine.sqrt(engine.exact(flattest)))
    stiff = max(engine.lower(floor), engine.lower(step.stiffness_over(low, high)[0]))
    b = step.steepest_over(low, high)
    return max(engine.upper(b), -engine.lower(b)) < stiff
