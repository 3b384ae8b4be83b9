"""Two views of the same prompt: small steps, as training takes them, and updates solved exactly, as the paper
has them; and where the two part.

Both have the same fixed points. Small steps always rise to the least of them; the exact iteration may swing
past it, into a cycle or to another. In between lie the shares of the way that one update goes: the **parting
share** is the greatest lower bound of those whose sequence does not tend to the least fixed point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from ..certificates import builders
from ..certificates.grammar.values import AnyCertificate, Json
from ..certificates.outputs import ends as printed_ends
from ..certificates.outputs import steps as printed_steps
from ..certificates.outputs import views as printed_views
from ..certificates.small_steps import small_steps_certificate, small_steps_payload
from ..intervals import canonical, decimal_down, decimal_up, exact
from ..model import Contrast, Parameters, Range
from ..model.steps import StepParameters, Stepped, Update
from ..rigor import FixedPoints, UndecidedFixedPoints, fixed_points
from ..rigor.no_truth_value import NoTruthValue
from ..rigor.sequences.outcomes import (
    ByAlpha,
    ConvergesToCycle,
    Limit,
    Monotone,
    RisesToLeast,
    Settles,
    TendsInBox,
)
from ..rigor.sequences.small_steps import RisesBySteps, SmallSteps, UndecidedBySteps, small_steps
from .fixed_points import fixed_points_json
from .limits import is_proved, limit, limit_certificates, limit_json

PROBES = 5
PROBE_DIGITS = 4
SHARE_DIGITS = 8
ONE = Fraction(1)


@dataclass(frozen=True)
class Parting:
    """The views differ: the parting share lies in ``share``, both ends proved, since at the upper one the
    sequence ``witness`` (of ``answers.limits``, None: the exact iteration's) does not tend to the least fixed
    point. Beyond ``flip``, where there is one, the point itself repels; an orbit may part long before."""

    share: Range
    witness: Limit | None
    flip: Range | None


@dataclass(frozen=True)
class Views(NoTruthValue, read="is_proved"):
    """Small steps and the exact iteration from ``p_ref``; without KL there is no exact one (None).

    ``differ``: whether they are proved to end differently, None where that is not known; then, or where they
    agree, ``parting`` is None. Agreeing is not proved for shares in between.
    """

    small: SmallSteps
    maximiser: Limit | None
    fixed_points: FixedPoints | UndecidedFixedPoints | None
    differ: bool | None
    parting: Parting | None

    @property
    def is_proved(self) -> bool:
        """Whether the view of small steps is, the ordinary case."""
        return not isinstance(self.small, UndecidedBySteps)


def views(contrast: Contrast, parameters: Parameters, *, digits: int = 15, engine: str = "arb") -> Views:
    """Where the sequence from ``p_ref`` goes by small steps, and solved exactly at every step.

    Args:
        contrast: any contrast.
        parameters: exact numbers or ranges; with :class:`~verified_grpo.StepParameters` beta may be 0.
        digits, engine: as in :func:`verified_grpo.rigor.limit`.

    Not proved: what shares of the way between the two do, but at the witness of a parting.
    """
    steps = StepParameters(**dict(parameters))
    if steps.beta[0] == 0:
        return Views(small_steps(contrast, steps, digits=digits, engine=engine), None, None, None, None)
    box = steps.maximised
    listed = fixed_points(contrast, box, digits=digits, engine=engine)
    small = small_steps(contrast, steps, digits=digits, engine=engine, known=listed)
    exactly = limit(contrast, box, digits=digits, engine=engine, known=listed)
    differ = _differ(small, exactly, listed)
    parting = None
    if differ and isinstance(small, RisesBySteps) and isinstance(listed, FixedPoints):
        parting = _parting(contrast, steps, small, listed, engine)
    return Views(small, exactly, listed, differ, parting)


def _differ(small: SmallSteps, other: Limit, listed: FixedPoints | UndecidedFixedPoints) -> bool | None:
    """Whether a sequence does not tend to the least fixed point; None where that is not known."""
    if isinstance(small, UndecidedBySteps) or isinstance(other, ByAlpha) or not is_proved(other):
        return None
    if isinstance(other, ConvergesToCycle | TendsInBox) and other.period > 1:
        return True
    if isinstance(other, Settles):
        return False if other.rises else None
    if isinstance(other, RisesToLeast) and other.step == 0 and other.sequence.start is None:
        return False
    if isinstance(other, TendsInBox) or not isinstance(listed, FixedPoints):
        return None
    if isinstance(other, Monotone):
        return _is_another((other.narrow or other.limit).logit, listed)
    return _is_another(other.points[0].logit, listed) if isinstance(other, ConvergesToCycle) else False


def _is_another(bracket: Range, listed: FixedPoints) -> bool | None:
    """Whether the fixed point in a bracket is not the first of the list; None if it may be either."""
    met = [k for k, p in enumerate(listed.points) if p.logit[0] <= bracket[1] and bracket[0] <= p.logit[1]]
    return None if 0 in met and len(met) > 1 else 0 not in met


def _parting(
    contrast: Contrast, box: StepParameters, small: RisesBySteps, listed: FixedPoints, engine: str
) -> Parting:
    """By halving: a share at which the sequence is proved to end elsewhere bounds the parting share."""
    least, most = small.largest_share[0], ONE
    witness, low = None, least
    for _ in range(PROBES if box.is_point and contrast.is_single else 0):
        share = exact(decimal_up((low + most) / 2, PROBE_DIGITS))
        if not low < share < most:
            break
        step = share / box.beta[0]
        found = limit(contrast, Update((step, step)).recursion(box), engine=engine, known=listed)
        if _differ(small, found, listed):
            most, witness = share, found
        else:
            low = share
    return Parting((least, most), witness, flip_share(listed))


def flip_share(listed: FixedPoints) -> Range | None:
    """The share beyond which the least fixed point repels, ``2/(1 - T')``: with a share a of the way the
    step's multiplier there is ``1 - a (1 - T')``. None where that is not proved to lie below a whole step."""
    low, high = (exact(end) for end in listed.points[0].multiplier)
    return (2 / (1 - low), 2 / (1 - high)) if high < -1 else None


def two_views_json(found: Views) -> Json:
    """The answer of ``limit``: at the top level the exact iteration, then all fixed points and both views."""
    head = {
        "variant": builders.variant(found.small.contrast),
        "parameters": builders.parameters(found.small.parameters),
        "start": "p_ref",
    }
    payload = head if found.maximiser is None else limit_json(found.maximiser)
    listed = None if found.fixed_points is None else fixed_points_json(found.fixed_points)
    return payload | {"all_fixed_points": listed, "views": views_json(found)}


def views_json(found: Views) -> printed_views.Views:
    """Both views by name, and ``part``: whether they ``differ`` (null: not known), at which ``share``, and
    the ``flip_share``."""
    part: printed_views.Parting = {"differ": found.differ, "share": None, "flip_share": None}
    if found.parting is not None:
        part["share"] = _shares(found.parting.share)
        part["flip_share"] = None if found.parting.flip is None else _shares(found.parting.flip)
    exactly = None if found.maximiser is None else limit_json(found.maximiser)
    maximiser = cast(printed_ends.Maximiser | None, exactly)
    return {"small_steps": small_steps_payload(found.small), "maximiser": maximiser, "part": part}


def _shares(pair: Range) -> list[str]:
    return [decimal_down(pair[0], SHARE_DIGITS), decimal_up(pair[1], SHARE_DIGITS)]


def views_certificates(found: Views) -> dict[str, AnyCertificate]:
    """The certificates of what is proved, by what their names end in: first those of the exact iteration."""
    made: dict[str, AnyCertificate] = {}
    if found.maximiser is not None:
        made |= limit_certificates(found.maximiser, found.fixed_points)
    if found.is_proved:
        made["-small-steps"] = small_steps_certificate(found.small)
    if found.parting is not None and found.parting.witness is not None:
        made["-parting"] = limit_certificates(found.parting.witness)[""]
    return made


def with_update(asked: Stepped, payload: Mapping[str, object]) -> Json:
    """An answer as JSON, with ``update`` where a step was asked about."""
    update = {} if asked.update is None else {"update": update_json(asked.update, asked.box.beta)}
    return {**payload, **update}


def update_json(update: Update, beta: Range) -> printed_steps.Update:
    """The step that was asked about, and the share of the way to the maximiser that an update goes."""

    def written(side: Range) -> list[str] | str:
        return canonical(side[0]) if side[0] == side[1] else [canonical(x) for x in side]

    share = update.share(beta)
    return {
        "step_size": written(update.step_size),
        "inner_steps": update.inner_steps,
        "share": written(share),
    }
