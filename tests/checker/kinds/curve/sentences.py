"""The checker's words of kind "curve" read back."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from ...builder import Json
from ...forms import Reader, Unread, range_in, read
from ...heads import MAP_LAW, head

CURVES = {
    "fold": "T(L) = L and T'(L) = 1 (a fixed point of multiplicity two, or more as at a cusp)",
    "flip": "T(L) = L and T'(L) = -1 (a fixed point with multiplier -1)",
    "settling": "L_ref = -Omega(0)/(alpha beta), L = L_ref; from this L_ref upwards the sequence from p_ref "
    "tends to a fixed point",
}
OF_A_STEP = (
    "T(L) = L and 1 + <step> (Omega'(L) - alpha beta) = -1 (a fixed point at which a step of size <again>, L "
    "+ <third> (Omega(L) - alpha beta (L - L_ref)), has multiplier -1)"
)
BOX = {"logit": "L", "log_beta": "log(beta)", "logit_p_ref": "log(p_ref/(1-p_ref))"}


def sentences(reader: Reader) -> Json:
    return {**head(reader, MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    """What the curve is, its boxes by their digest, and whether the window holds a point of it."""
    if reader.is_next("For some"):
        return _cusp(reader)
    named = reader.take("Curve (<name>): all (beta, p_ref) for which some L has <meaning:x>.")
    step = {}
    if CURVES.get(named["name"]) != named["meaning"]:
        said = read(named["meaning"], OF_A_STEP)
        step = {"step_size": said["step"]}
        if named["name"] != "flip" or any(said[key] != said["step"] for key in ("again", "third")):
            raise Unread(named[0])
    if reader.is_next("No point"):
        reader.take("No point of the curve has beta and p_ref in the ranges above.")
        reader.take("So the curve is outside of these ranges.")
        return {"curve": named["name"], "pieces": [], **step}
    said = reader.take(
        "Every point of the curve with beta and p_ref in the ranges above is in one of <count:n> boxes of "
        "(log(beta), log(p_ref/(1-p_ref))), in <arcs:n> chain(s); and for every L of a box's interval the "
        "curve has a point in the box, in the ranges above or outside of them. <boxes:x>"
    )
    pieces = reader.named("All boxes, as listed, have the", reader.given["pieces"])
    shown = {1: pieces[0], len(pieces): pieces[-1]}
    listing = " ".join(f"{k}. {_box(piece)}" for k, piece in shown.items())
    gaps = (Fraction(a["logit"][1]) < Fraction(b["logit"][0]) for a, b in pairwise(pieces))
    if said.groups() != (str(len(pieces)), str(1 + sum(gaps)), listing):
        raise Unread(said[0])
    match, some = reader.take_one(
        {
            "At least <count:n> of the boxes hold a point of it in the ranges above.": True,
            "Whether the curve has a point in the ranges above is NOT established.": False,
        }
    )
    reader.extra["in the window"] = int(match["count"]) if some else 0
    return {"curve": named["name"], "pieces": pieces, **step}


def _cusp(reader: Reader) -> Json:
    plain = (
        "For some beta and p_ref in these ranges some L in <at:r> has T(L) = L, T'(L) = 1, T''(L) = 0 and a "
        "local maximum of T' there: a cusp of the fold curve"
    )
    alone = ", its only one in the whole plane of (beta, p_ref)"
    said, reader.extra["alone"] = reader.take_one({f"{plain}{alone}.": True, f"{plain}.": False})
    return {"curve": "cusp", "logit": range_in(said, "at")}


def _box(piece: Json) -> str:
    return ", ".join(f"{name} in [{piece[key][0]}, {piece[key][1]}]" for key, name in BOX.items())
