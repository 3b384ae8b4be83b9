"""Properties over a box of parameters: closed forms first, then a witness against, then a paving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, Sign, make_engine
from ...model import Contrast, Fact, GapOverBox, Parameters, Profile, Range, Workbench
from ..points.fixed_points import TOO_FAR, reaches_too_far
from ..subdivision import Subdivision
from .alpha_zero import decide_from_mirror
from .counterexamples import find_witness
from .gains import find_weak_gain, least_margin, modest_gains
from .leaf_rules import ITINERARIES, NEEDS, leaf, least_cycle_point, margin_above
from .no_cycles import beyond_descent, descends_gently
from .outcomes import ClosedForm, Node, Outcome, PropertyQuestion, Proved, Tree, Undecided
from .scales import length, middle

V = TypeVar("V")

PROPERTIES = ("amplification", "contraction", "uniqueness", *ITINERARIES)
LEAF_LIMIT = 100_000
LEFT_OVER_LIMIT = 64
SMALLEST = 1e-6
"""Leaves are cut down to this size on every scale."""
COARSEST, FEW = 2e-3, 2_000
"""The same, and a limit of leaves, where orbits are asked about: what is left has other rules."""
WEIGHTS = {"logit": 4.0, "eps": 0.125}
"""How much sooner or later sides are cut where orbits are asked about and the slope is not known to have one
peak: slopes are enclosed more widely, and eps matters little."""
AXES = ("logit", "beta", "eps", "alpha", "p_ref")

Progress = Callable[[int, float], None]
Sides = tuple[tuple[str, Fraction, Fraction], ...]


def certify(
    name: str,
    contrast: Contrast,
    parameters: Parameters,
    *,
    rate: Fraction | None = None,
    gain: Fraction | None = None,
    target: Fraction | None = None,
    engine: str = "mpmath",
    bits: int = 80,
    leaves: int = LEAF_LIMIT,
    progress: Progress | None = None,
) -> Outcome:
    """Prove or refute a property for every parameter of a box.

    Args:
        name: ``amplification`` (every fixed point exceeds p_ref, with a margin in log-odds), ``contraction``
            (``|T'| < 1`` at every fixed point), ``uniqueness`` (exactly one fixed point), ``convergence``
            (the sequence from p_ref tends to a fixed point) or ``no-cycles`` (``T`` has no periodic point
            but fixed points).
        contrast, parameters: exact numbers or ranges.
        rate: for contraction, ask for ``|T'| <= rate < 1`` instead.
        gain: for amplification, ask that every fixed point has at least ``gain > 1`` times the odds of p_ref.
        target: for amplification, ask that every fixed point has ``p >= target``.
        engine, bits: arithmetic of the search.
        leaves: how many leaves a paving may have before it gives up as undecided.
        progress: called now and then with the leaves done and the fraction of the volume decided.

    Raises:
        InputError: an unknown property, a rate, gain or target outside its domain or with another property.

    Not proved: for the first three, where the sequence from p_ref goes. Source: S1 (amplification), S2 and S3
    (closed forms), S4 and S7 (convergence, no cycles).
    """
    question = ask(name, contrast, parameters, rate=rate, gain=gain, target=target)
    return decide(question, engine=engine, bits=bits, leaves=leaves, progress=progress)


def decide(
    question: PropertyQuestion,
    *,
    engine: str = "mpmath",
    bits: int = 80,
    leaves: int = LEAF_LIMIT,
    progress: Progress | None = None,
) -> Outcome:
    """The answer to a question that :func:`ask` has made."""
    if missing := question.contrast.lacks(*NEEDS[question.property]):
        return Undecided(question, missing)
    if question.parameters.alpha[0] == 0:
        above = partial(decide, engine=engine, bits=bits, leaves=leaves, progress=progress)
        return decide_from_mirror(question, engine, bits, above)
    with make_engine(engine, bits) as arithmetic:
        try:
            return _decide(arithmetic, question, leaves, progress)
        except NotEnoughPrecision as error:
            return Undecided(question, f"not enough precision: {error}")


def ask(
    name: str,
    contrast: Contrast,
    parameters: Parameters,
    *,
    rate: Fraction | None = None,
    gain: Fraction | None = None,
    target: Fraction | None = None,
) -> PropertyQuestion:
    """The question, if it makes sense.

    Raises:
        InputError: as for :func:`certify`.
    """
    if name not in PROPERTIES:
        raise InputError(f"unknown property {name!r}: choose one of {', '.join(PROPERTIES)}")
    if rate is not None and (name != "contraction" or not 0 < rate < 1):
        raise InputError("a rate goes with contraction and lies strictly between 0 and 1")
    if (gain is not None or target is not None) and (name != "amplification" or None not in (gain, target)):
        raise InputError("a gain or a target, one of them, goes with amplification")
    if gain is not None and gain <= 1:
        raise InputError("the gain is a factor of odds and must be greater than 1")
    if target is not None and not 0 < target < 1:
        raise InputError("the target is a probability and must lie strictly between 0 and 1")
    return PropertyQuestion(name, contrast, parameters, rate, gain, target)


def _decide(engine: Engine[V], question: PropertyQuestion, leaves: int, progress: Progress | None) -> Outcome:
    box = question.parameters
    if question.property == "amplification":
        return _amplifies(engine, question, leaves, progress)
    if question.property in ITINERARIES:
        if descends_gently(engine, question.contrast, box):
            return Proved(question, ClosedForm(engine.bits))
        paved = pave(engine, question, leaves, progress)
        return paved if isinstance(paved, Proved) else beyond_descent(question, engine, paved)
    if _closed_form(engine, question):
        return Proved(question, ClosedForm(engine.bits))
    against = find_witness(question, engine.name)
    return pave(engine, question, leaves, progress) if against is None else against


def _amplifies(
    engine: Engine[V], question: PropertyQuestion, leaves: int, progress: Progress | None
) -> Outcome:
    """By the least Omega, where that is known to be its value at p = 1/2; else by a paving, and where no gain
    is asked for by one of a gain that looks possible."""
    if question.contrast.knows(Fact.EVEN_RISING, Fact.FALLS_IN_EPS):
        margin, enough = least_margin(engine, question)
        if enough:
            return Proved(question, ClosedForm(engine.bits), None if question.target else margin)
    elif question.gain is None and question.target is None:
        for gain in modest_gains(engine, question):
            found = pave(engine, replace(question, gain=gain), leaves, progress)
            if isinstance(found, Proved):
                return replace(found, question=question)
        return Undecided(question, "no gain was found that every fixed point is proved to have")
    against = find_weak_gain(question, engine)
    return pave(engine, question, leaves, progress) if against is None else against


def _closed_form(engine: Engine[V], question: PropertyQuestion) -> bool:
    """S3: ``Bmax(eps_lo) < alpha_lo beta_lo`` gives one fixed point, ``|T'| < 1``; a rate bounds ``(1 -
    alpha) + b/beta``."""
    box, contrast = question.parameters, question.contrast
    if not contrast.knows(Fact.STEEPEST, Fact.FALLS_IN_EPS):
        return False
    bound = Profile(engine, contrast, box.eps[0]).slope_bound
    if question.rate is None:
        return engine.sign(engine.sub(engine.exact(box.alpha[0] * box.beta[0]), bound)) is Sign.POSITIVE
    slowest = engine.add(engine.exact(1 - box.alpha[0]), engine.div(bound, engine.exact(box.beta[0])))
    return engine.sign(engine.sub(engine.exact(question.rate), slowest)) is Sign.POSITIVE


def pave(
    engine: Engine[V], question: PropertyQuestion, leaves: int = LEAF_LIMIT, progress: Progress | None = None
) -> Outcome:
    """Branch and prune, depth first, so that the nodes come out in preorder."""
    box, about_orbits = question.parameters, question.property in ITINERARIES
    bench = Workbench(engine, question.contrast)
    gap = GapOverBox(bench, box)
    logit = gap.domain()
    if about_orbits:
        logit = Fraction(engine.lower(least_cycle_point(gap)).__floor__()), Fraction(0)
        leaves = min(leaves, FEW)
    if reaches_too_far(logit):
        return Undecided(question, TOO_FAR)
    axes, smallest = _axes(question), COARSEST if about_orbits else SMALLEST
    weights = WEIGHTS if about_orbits and not question.contrast.knows(Fact.ONE_PEAK) else {}
    parts = Subdivision([(logit, box, 1.0)])
    nodes: list[Node] = []
    left: list[Sides] = []
    done, undecided = 0.0, 0.0
    while parts and len(left) < (1 if about_orbits else LEFT_OVER_LIMIT):
        cell, part, volume = parts.take()
        verdict = leaf(bench, question, cell, part)
        lengths = {axis: length(axis, _side(axis, cell, part)) * weights.get(axis, 1.0) for axis in axes}
        longest = max(axes, key=lambda axis: lengths[axis])
        if verdict is not None or lengths[longest] < smallest or len(nodes) > 2 * leaves:
            done += volume
            if verdict is None:
                undecided += volume
                left.append(tuple((axis, *_side(axis, cell, part)) for axis in AXES[:4]))
            nodes.append((verdict or "undecided",))
            if progress and len(nodes) % 256 == 0:
                progress(len(nodes), done)
            continue
        at = middle(longest, _side(longest, cell, part))
        nodes.append(("split", longest, at))
        parts.put_back(*((*half, volume / 2) for half in _halves(cell, part, longest, at)))
    if left:
        reason = f"{len(left)} boxes are left without a verdict, the search ended there"
        return Undecided(
            question, reason, tuple(left), undecided + sum(volume for _, _, volume in parts.rest())
        )
    margin = None if question.gain is None else margin_above(engine, question)
    return Proved(question, Tree(logit, tuple(nodes), engine.bits), margin)


def _axes(question: PropertyQuestion) -> tuple[str, ...]:
    """The axes that are worth a cut: gains are decided at corners, where Omega is known to fall in eps, and
    p_ref matters to orbits only."""
    if question.property == "amplification":
        (low, high), falls = question.parameters.eps, question.contrast.knows(Fact.FALLS_IN_EPS)
        return ("logit",) if falls or low == high else ("logit", "eps")
    return AXES if question.property in ITINERARIES else AXES[:4]


def _side(axis: str, cell: Range, part: Parameters) -> Range:
    side: Range = cell if axis == "logit" else getattr(part, axis)
    return side


def _halves(cell: Range, part: Parameters, axis: str, at: Fraction) -> list[tuple[Range, Parameters]]:
    low, high = _side(axis, cell, part)
    if axis == "logit":
        return [((low, at), part), ((at, high), part)]
    return [(cell, replace(part, **{axis: side})) for side in ((low, at), (at, high))]
