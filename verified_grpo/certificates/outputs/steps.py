"""The step that was asked about, beside an answer."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from ..grammar.values import Count, Side


class Update(TypedDict):
    """The step that was asked about, and the share of the way to the maximiser that an update goes."""

    step_size: Side
    inner_steps: Count
    share: Side


class OfUpdate(TypedDict):
    """Where a step was asked about."""

    update: NotRequired[Update]
