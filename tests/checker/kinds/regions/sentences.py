"""The checker's words about regions read back, those of convergence and of cycles, too."""

from __future__ import annotations

from ...builder import Json
from ...forms import Reader, Unread
from ...heads import ALL, MAP_LAW, SOME, head

EVERY = f"{ALL}every fixed point L* of T satisfies "
A_POINT = f"{SOME}T has a fixed point L* with "
REGIONS = {
    f"{EVERY}L* - log(p_ref/(1-p_ref)) >= <margin> > 0.": ("amplification", "proved"),
    f"{EVERY}p* = 1/(1+exp(-L*)) >= <target>.": ("amplification", "proved"),
    f"{A_POINT}L* - log(p_ref/(1-p_ref)) < <margin>.": ("amplification", "refuted"),
    f"{A_POINT}p* = 1/(1+exp(-L*)) < <target>.": ("amplification", "refuted"),
    f"{EVERY}|T'(L*)| < 1.": ("contraction", "proved"),
    f"{EVERY}|T'(L*)| <= <rate> < 1.": ("contraction", "proved"),
    f"{A_POINT}|T'(L*)| >= 1.": ("contraction", "refuted"),
    f"{ALL}T has exactly one fixed point.": ("uniqueness", "proved"),
    f"{SOME}T has two fixed points or more.": ("uniqueness", "refuted"),
    f"{ALL}L_0 = log(p_ref/(1-p_ref)), L_n = T(L_(n-1)) converges to a fixed point of T.": (
        "convergence",
        "proved",
    ),
    f"{ALL}T has no periodic point but fixed points.": ("no-cycles", "proved"),
}


def sentences(reader: Reader) -> Json:
    return {**head(reader, MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    match, (kind, verdict) = reader.take_one(REGIONS)
    if kind != reader.given["kind"]:
        raise Unread(match[0])
    return {"verdict": verdict, **match.groupdict()}
