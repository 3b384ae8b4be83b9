"""The two views in words: small steps first, the exact iteration second, and where they part."""

from __future__ import annotations

from typing import Any

from rich.console import Group

from ..answers.views import Views
from ..intervals import canonical, decimal_down, decimal_up
from ..model import Range
from ..rigor import FixedPoints
from ..rigor.sequences.outcomes import ByAlpha
from ..rigor.sequences.small_steps import RisesBySteps, RisesToOneBySteps
from .fixed_points import fixed_points_text
from .limit_words import limit_text
from .shown import shortened, wrapped
from .steps import EXACTLY

STEP_DIGITS, SHARE_DIGITS, LOGIT_DIGITS = 6, 5, 12
SMALL = "small steps (any whose sum has no bound):"
KINDS = "the fixed points of both; multiplier and kind are of the exact iteration:"
NO_MAXIMISER = "without KL no policy maximises the update: only steps have a size"


def views_text(found: Views) -> Any:
    """Both views; where there is no exact iteration that is said instead."""
    small = small_steps_text(found)
    if found.maximiser is None:
        return "\n".join([small, "", NO_MAXIMISER])
    assert found.fixed_points is not None
    exactly = f"{EXACTLY}:\n{limit_text(found.maximiser)}"
    if isinstance(found.maximiser, ByAlpha):
        return "\n".join([small, "", exactly])
    lines = [small, "", exactly, *_parting_lines(found), "", KINDS]
    return Group(*lines, fixed_points_text(found.fixed_points))


def small_steps_text(found: Views) -> str:
    """What any small steps do."""
    small = found.small
    if isinstance(small, RisesToOneBySteps):
        rises = wrapped("proved: for any steps p rises, and tends to 1 (nothing pulls it to p_ref)")
        if small.gain is None:
            return f"{SMALL}\n{rises}"
        return f"{SMALL}\n{rises}\n  each step eta adds at least {canonical(small.gain)} eta to L"
    if not isinstance(small, RisesBySteps):
        return f"{SMALL}\n{wrapped(f'undecided: {small.reason}')}"
    step = decimal_down(small.largest_step[0], STEP_DIGITS)
    share = decimal_down(small.largest_share[0], SHARE_DIGITS)
    way = f"  (a share of {share} of the way to the maximiser)" if small.largest_share[0] else ""
    head = f"proved: for any steps up to {step} it rises to {_which(found)}"
    return "\n".join([SMALL, wrapped(head), *([way] if way else []), *_place(small)])


def _which(found: Views) -> str:
    listed = found.fixed_points
    if isinstance(found.small, RisesBySteps) and found.small.limit is None:
        return "the least fixed point, or to 1 where there is none"
    if isinstance(listed, FixedPoints):
        return "the only fixed point" if listed.count == 1 else f"the least of {listed.count} fixed points"
    return "the least fixed point"


def _place(small: RisesBySteps) -> list[str]:
    if small.limit is None:
        return [f"  L at least {decimal_down(small.beyond, LOGIT_DIGITS)} in the end"]
    low, high = shortened((small.limit.p[0], small.limit.p[1]))
    return [f"  p in [{low}, {high}]"]


def _parting_lines(found: Views) -> list[str]:
    """Where the two views part; what is known of it."""
    if found.differ is None:
        return ["", "whether this ends where small steps do is not decided"]
    if not found.differ:
        return ["", "small steps end there, too"]
    if found.parting is None:
        return ["", "small steps do not end there"]
    share = _shown(found.parting.share)
    lines = ["", f"small steps do not end there: the two part at a share in {share}"]
    if found.parting.flip is not None:
        flip = _shown(found.parting.flip)
        lines.append(f"  (local flip: the fixed point repels beyond a share in {flip})")
    return lines


def _shown(pair: Range) -> str:
    return f"[{decimal_down(pair[0], SHARE_DIGITS)}, {decimal_up(pair[1], SHARE_DIGITS)}]"
