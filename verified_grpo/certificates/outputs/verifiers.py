"""How a verifier errs, beside an answer."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ..grammar.values import Range, Side


class ErringVerifier(TypedDict):
    """How the verifier errs; of systematic errors the rate of right answers at each fixed point, and the
    share of right answers among those of the reference that pass, which no training passes."""

    true_positive: Side
    false_positive: Side
    errors: Literal["independent", "systematic"]
    true_p: NotRequired[list[Range]]
    precision: NotRequired[Range]


class OfVerifier(TypedDict):
    """Where the verifier errs."""

    verifier: NotRequired[ErringVerifier]
