"""What a sequence does in the end: by its orbit, by closed forms, and for a box that these leave open by what
holds of the box as a whole."""

from __future__ import annotations

from dataclasses import replace

from ..certificates import fixed_points_certificate, limit_certificate, limit_command_payload
from ..certificates.grammar.values import AnyCertificate, Json
from ..intervals import Number
from ..model import Contrast, Parameters
from ..rigor import FixedPoints, UndecidedFixedPoints
from ..rigor.sequences import limits
from ..rigor.sequences.outcomes import ByAlpha, Limit, Monotone, UndecidedLimit
from .boxed_limits import boxed_limit

NOT_ALL = "not every part of the range of alpha has a proved limit"
PARTS = ("", "-small-alpha", "-large-alpha")
"""What the names of the certificates of the parts of a range of alpha end in."""


def limit(
    contrast: Contrast,
    parameters: Parameters,
    *,
    start: Number | None = None,
    digits: int = 15,
    engine: str = "arb",
    known: FixedPoints | UndecidedFixedPoints | None = None,
) -> Limit:
    """What the sequence from ``p_0`` does in the end, proved: as :func:`verified_grpo.rigor.limit`, and where
    that leaves a box undecided, from ``p_ref``, by a small atlas or because no cycle is possible
    (:class:`TendsInBox`).

    Raises:
        InputError: ``p_0`` not in (0, 1); digits out of range.

    Not proved: that an undecided sequence does anything in particular. Source: S3 to S5, S7, S9.
    """
    found = limits.limit(contrast, parameters, start=start, digits=digits, engine=engine, known=known)
    if isinstance(found, ByAlpha) and found.beyond is not None:
        return replace(found, beyond=_boxed(found.beyond, engine))
    return _boxed(found, engine)


def _boxed(found: Limit, engine: str) -> Limit:
    """Another attempt where the limit is undecided."""
    if not isinstance(found, UndecidedLimit):
        return found
    boxed = boxed_limit(found.sequence, engine)
    return found if boxed is None else boxed


def is_proved(found: Limit) -> bool:
    """Whether every part has a proved limit."""
    parts = found.parts if isinstance(found, ByAlpha) else (found,)
    return not any(isinstance(part, UndecidedLimit) for part in parts)


def limit_json(found: Limit) -> Json:
    """The verdict with its numbers; of a range of alpha from 0 upwards that of each part, where
    ``alpha_above_0`` marks the one that begins just above 0."""
    payload = limit_command_payload(found)
    if not isinstance(found, ByAlpha):
        return payload
    near = payload["parts"][1]  # its certificate begins at a tiny alpha, its proof at 0
    near["parameters"]["alpha"] = ["0", near["parameters"]["alpha"][1]]
    near["alpha_above_0"] = True
    if not is_proved(found):
        payload |= {"verdict": "undecided", "reason": NOT_ALL}
    return payload


def limit_certificates(
    found: Limit, beside: FixedPoints | UndecidedFixedPoints | None = None
) -> dict[str, AnyCertificate]:
    """The certificates of what is proved, by what their names end in: that of the verdict first, then that of
    a narrower bracket (which the list ``beside`` may give); of a range of alpha those of each part."""
    if isinstance(found, ByAlpha):
        return {
            f"{name}{ending}": certificate
            for name, part in zip(PARTS, found.parts, strict=False)
            for ending, certificate in limit_certificates(part).items()
        }
    if isinstance(found, UndecidedLimit):
        return {}
    made = {"": limit_certificate(found)}
    if isinstance(found, Monotone) and found.narrow is not None:
        if found.attraction is not None:
            made["-bracket"] = limit_certificate(found.attraction)
        elif isinstance(beside, FixedPoints):
            made["-bracket"] = fixed_points_certificate(beside)
    return made
