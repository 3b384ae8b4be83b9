"""Properties of every fixed point over a box of parameters: closed forms first, then a witness against, then
a paving.

The paving is over the fixed point's own log-odds instead of p_ref: ``L_ref = L - Omega/(alpha beta)`` is
explicit, so a leaf is *excluded* when that expression misses the box's range of ``L_ref``, and no fixed
point has to be searched for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from ..errors import InputError, NotEnoughPrecision
from ..intervals import Engine, Sign, decimal_down, exact, make_engine
from ..model import MEAN, Contrast, GapOverBox, Parameters, Profile, Workbench
from .outcomes import ClosedForm, Node, Outcome, Proved, Question, Tree, Undecided
from .witnesses import find_witness

V = TypeVar("V")

PROPERTIES = ("amplification", "contraction", "uniqueness")
LEAF_LIMIT = 100_000
LEFT_OVER_LIMIT = 64
AXES = ("logit", "beta", "eps", "alpha")

Progress = Callable[[int, float], None]


def certify(
    name: str,
    contrast: Contrast,
    parameters: Parameters,
    *,
    rate: Fraction | None = None,
    engine: str = "mpmath",
    bits: int = 80,
    leaves: int = LEAF_LIMIT,
    progress: Progress | None = None,
) -> Outcome:
    """Prove or refute a property of every fixed point for every parameter of a box.

    Args:
        name: ``amplification`` (every fixed point exceeds p_ref, with a margin in log-odds), ``contraction``
            (``|T'| < 1`` at every fixed point) or ``uniqueness`` (exactly one fixed point).
        contrast, parameters: alpha above 0.
        rate: for contraction, ask for ``|T'| <= rate < 1`` instead.
        engine, bits: arithmetic of the search.
        leaves: how many leaves a paving may have before it gives up as undecided.
        progress: called now and then with the leaves done and the fraction of the volume decided.

    Raises:
        InputError: an unknown property, alpha reaching 0, a rate outside (0, 1) or with another property.

    Not proved: where the sequence from p_ref goes. Source: S1 (amplification), S2 and S3 (closed forms).
    """
    if name not in PROPERTIES:
        raise InputError(f"unknown property {name!r}: choose one of {', '.join(PROPERTIES)}")
    if parameters.alpha[0] == 0:
        raise InputError(
            f"{name} is about fixed points, and with alpha = 0 there is none: alpha must be above 0"
        )
    if rate is not None and (name != "contraction" or not 0 < rate < 1):
        raise InputError("a rate goes with contraction and lies strictly between 0 and 1")
    question = Question(name, contrast, parameters, rate)
    with make_engine(engine, bits) as arithmetic:
        try:
            if name == "amplification":
                return _amplification(arithmetic, question)
            if _closed_form(arithmetic, question):
                return Proved(question, ClosedForm(bits))
            witness = find_witness(question, engine)
            return witness or _pave(arithmetic, question, leaves, progress)
        except NotEnoughPrecision as error:
            return Undecided(question, f"not enough precision: {error}")


def _amplification(engine: Engine[V], question: Question) -> Outcome:
    """S1: at a fixed point ``L - L_ref = Omega/(alpha beta) >= Omega_min(eps_hi)/(alpha_hi beta_hi) > 0``."""
    box = question.parameters
    smallest = Profile(engine, question.contrast, box.eps[1]).omega_min
    margin = engine.div(smallest, engine.exact(box.alpha[1] * box.beta[1]))
    return Proved(question, ClosedForm(engine.bits), exact(decimal_down(engine.lower(margin), 12)))


def _closed_form(engine: Engine[V], question: Question) -> bool:
    """S3: ``Bmax(eps_lo) < alpha_lo beta_lo`` gives one fixed point, ``|T'| < 1``; a rate bounds ``(1 -
    alpha) + b/beta``."""
    box, contrast = question.parameters, question.contrast
    if contrast.name == "group":
        return False
    bound = engine.exact(0) if contrast == MEAN else Profile(engine, contrast, box.eps[0]).slope_bound
    if question.rate is None:
        return engine.sign(engine.sub(engine.exact(box.alpha[0] * box.beta[0]), bound)) is Sign.POSITIVE
    slowest = engine.add(engine.exact(1 - box.alpha[0]), engine.div(bound, engine.exact(box.beta[0])))
    return engine.sign(engine.sub(engine.exact(question.rate), slowest)) is Sign.POSITIVE


def _pave(engine: Engine[V], question: Question, leaves: int, progress: Progress | None) -> Outcome:
    """Branch and prune, depth first, so that the nodes come out in preorder."""
    box = question.parameters
    bench = Workbench(engine, question.contrast)
    logit = GapOverBox(bench, box).domain()
    pending = [(logit, box, 1.0)]
    nodes: list[Node] = []
    left: list[tuple[tuple[str, Fraction, Fraction], ...]] = []
    done, undecided = 0.0, 0.0
    while pending and len(left) < LEFT_OVER_LIMIT:
        cell, part, volume = pending.pop()
        verdict = _leaf(bench, question, cell, part)
        if verdict is not None or _is_small(cell, part) or len(nodes) > 2 * leaves:
            done += volume
            if verdict is None:
                undecided += volume
                left.append(_sides(cell, part))
            nodes.append((verdict or "undecided",))
            if progress and len(nodes) % 256 == 0:
                progress(len(nodes), done)
            continue
        axis, at = _split_point(cell, part)
        nodes.append(("split", axis, at))
        for half in _halves(cell, part, axis, at)[::-1]:
            pending.append((*half, volume / 2))
    if left:
        reason = f"{len(left)} boxes are left without a verdict, the search ended there"
        return Undecided(question, reason, tuple(left), undecided + sum(volume for _, _, volume in pending))
    return Proved(question, Tree(logit, tuple(nodes), engine.bits))


def _leaf(
    bench: Workbench[V], question: Question, cell: tuple[Fraction, Fraction], part: Parameters
) -> str | None:
    """``excluded``, ``holds`` or None."""
    gap = GapOverBox(bench, part)
    if gap.lowest.has_sign_over(*cell, Sign.POSITIVE) or gap.highest.has_sign_over(*cell, Sign.NEGATIVE):
        return "excluded"
    engine = bench.engine
    if question.property == "uniqueness":
        holds = engine.sign(gap.lowest.slope_over(*cell)) is Sign.POSITIVE
    else:
        limit = engine.exact(1 if question.rate is None else question.rate)
        multiplier = gap.multiplier_over(*cell)
        holds = all(
            engine.sign(side) is Sign.POSITIVE
            for side in (engine.sub(limit, multiplier), engine.add(limit, multiplier))
        )
    return "holds" if holds else None


def _sides(cell: tuple[Fraction, Fraction], part: Parameters) -> tuple[tuple[str, Fraction, Fraction], ...]:
    return (("logit", *cell), ("beta", *part.beta), ("eps", *part.eps), ("alpha", *part.alpha))


def _lengths(cell: tuple[Fraction, Fraction], part: Parameters) -> dict[str, float]:
    """Lengths of the sides in comparable units: log-odds, and logarithms of beta, eps and alpha."""
    sides = {name: math.log(high / low) if high > low else 0.0 for name, low, high in _sides(cell, part)[1:]}
    return {"logit": float(cell[1] - cell[0]), **sides}


def _is_small(cell: tuple[Fraction, Fraction], part: Parameters) -> bool:
    return all(length < 1e-6 for length in _lengths(cell, part).values())


def _split_point(cell: tuple[Fraction, Fraction], part: Parameters) -> tuple[str, Fraction]:
    """The longest side and a short rational near its middle (arithmetic for log-odds, geometric for the
    others)."""
    lengths = _lengths(cell, part)
    axis = max(AXES, key=lambda name: lengths[name])
    low, high = cell if axis == "logit" else getattr(part, axis)
    middle = (low + high) / 2 if axis == "logit" else Fraction(math.sqrt(low * high))
    width = high - low
    for size in range(0, 2000, 4):
        short = Fraction(round(middle * 2**size), 2**size)
        if abs(short - middle) * 8 < width:
            return axis, short
    return axis, (low + high) / 2


def _halves(
    cell: tuple[Fraction, Fraction], part: Parameters, axis: str, at: Fraction
) -> list[tuple[tuple[Fraction, Fraction], Parameters]]:
    if axis == "logit":
        return [((cell[0], at), part), ((at, cell[1]), part)]
    low, high = getattr(part, axis)
    return [(cell, replace(part, **{axis: side})) for side in ((low, at), (at, high))]
