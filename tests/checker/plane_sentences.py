"""What is printed of the plane of (beta, p_ref), read back: atlases, curves, regions of chaos."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from .builder import Json
from .forms import Reader, Unread, ends, read

LETTERS = {
    "r": "rises to the least fixed point",
    "f": "tends to a fixed point",
    "c": "tends to a cycle of exactly so many points as stated (c2: two)",
    "o": "rises without bound, and p_n to 1",
    "u": "nothing is claimed",
}
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
ANY_STEPS = (
    "For all (beta, p_ref) of it let p* be the least fixed point (1 where there is none). Small steps "
    "L_n = L_{n-1} + eta_n F(L_{n-1}) from L_0 = log(p_ref/(1-p_ref)), F(L) = Omega(L) - alpha beta "
    "(L - L_0), rise to it if 0 < eta_n <= 1/(alpha beta + sup of -Omega' from L_0 to the limit) and the "
    "sum of the eta_n diverges."
)
K3_STEPS = (
    "For all (beta, p_ref) of it let p* be the only zero of F. Small steps L_n = L_{n-1} + eta_n F(L_{n-1}) "
    "from L_0 = log(p_ref/(1-p_ref)) rise to it if 0 < eta_n <= 1/(max(0, -Omega') from L_0 to the limit + "
    "beta max(1, slope of the pull at the limit)) and the sum of the eta_n diverges."
)
BOX = {"logit": "L", "log_beta": "log(beta)", "logit_p_ref": "log(p_ref/(1-p_ref))"}


def atlas(reader: Reader) -> Json:
    """Which steps, if of steps; the rectangle, how many cells have which letter, the tree by its digest, what
    is open."""
    update = _update(reader) if reader.is_next("Updates:") else {}
    said = reader.take(
        "Rectangle: log(beta) in <across:r>, log(p_ref/(1-p_ref)) in <up:r>, which holds the ranges above, "
        "cut into closed cells by halving. For all (beta, p_ref) of a cell the sequence L_n = T(L_{n-1}) "
        "from p_0 = p_ref does what the cell's letter says:<letters:x>"
    )
    tree = reader.named("Which letter is whose: the tree of cells, as a text, has the", reader.given["cells"])
    tokens = re.findall(r"[<^rfou]|c[0-9]+", tree)
    counts = {token: tokens.count(token) for token in sorted(set(tokens)) if token not in "<^"}
    if said["letters"] != "".join(f" {k} ({n} cells): {LETTERS[k[0]]}" for k, n in counts.items()):
        raise Unread(said["letters"])
    share = reader.take("Of the rectangle's area at most the share <share> is in undecided cells.")["share"]
    reader.extra["open share"] = reader.take(
        "Of the ranges of beta and p_ref above, by area in these axes, at most the share <share> is in "
        "undecided cells."
    )["share"]
    sides = {"log_beta": ends(said, "across"), "logit_p_ref": ends(said, "up")}
    return {**update, **sides, "cells": tree, "undecided": share}


def _update(reader: Reader) -> Json:
    """Steps of one size, once or several times an update."""
    once = "Updates: one step of size <size> each, a = <again> beta."
    more = "Updates: <count:n> steps of size <size> each, a = 1 - (1 - <again> beta)^<power:n>."
    said, several = reader.take_one({once: False, more: True})
    inner = {"inner_steps": int(said["count"])} if several else {}
    if several and said["count"] != said["power"]:
        raise Unread(said["power"])
    if said["size"] != said["again"]:
        raise Unread(said["again"])
    return {"step_size": said["size"], **inner}


def contours(reader: Reader) -> Json:
    """The rectangle, the levels, the columns by their digest, what is open, and where the views part."""
    said = reader.take(
        "Rectangle: log(beta) in <across:r>, log(p_ref/(1-p_ref)) in <up:r>, which holds the ranges above, "
        "cut into <count:n> columns of log(beta)."
    )
    k3 = reader.is_next(K3_STEPS[:46])
    levels = reader.take(f"{K3_STEPS if k3 else ANY_STEPS} Levels of p: <levels:x>.")["levels"]
    reader.take(
        "In each column each level has a strip of L_0: from its upper end on p* is at least the level, up to "
        "its lower end at most. (An upper end at the rectangle's top says nothing, nor does a lower end at "
        "its bottom.)"
    )
    columns = reader.named("Which strip is where: the columns, as a text, have the", reader.given["columns"])
    if columns.count(";") != int(said["count"]):
        raise Unread(said[0])
    share = reader.take("Of the rectangle's area at most the share <share> is in strips: no band is told.")[
        "share"
    ]
    sides = {"log_beta": ends(said, "across"), "logit_p_ref": ends(said, "up")}
    claims = {"levels": levels.split(", "), "columns": columns, "undecided": share}
    parted = {"parting": "u", "kl": "k3"} if k3 else {"parting": _parting(reader)}
    reader.extra["open share"] = reader.take(
        "Of the ranges of beta and p_ref above, by area in these axes, at most the share <share> is in "
        "strips."
    )["share"]
    return {**sides, **claims, **parted}


def _parting(reader: Reader) -> str:
    """How many cells there are in which the views part, and their tree by its digest."""
    count = reader.take(
        "In <count:n> cells the sequence L_n = T(L_{n-1}) from p_ref does not tend to p*, for any of their "
        "(beta, p_ref)."
    )["count"]
    parting = reader.named("Where these cells are: their tree, as a text, has the", reader.given["parting"])
    if int(count) != len(re.findall(r"d|c[0-9]+", parting)):
        raise Unread(f"In {count} cells")
    return str(parting)


def curve(reader: Reader) -> Json:
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
    return {"curve": "cusp", "logit": ends(said, "at")}


def _box(piece: Json) -> str:
    return ", ".join(f"{name} in [{piece[key][0]}, {piece[key][1]}]" for key, name in BOX.items())


def chaos_region(reader: Reader) -> Json:
    """The cells, column by column; the cuts of beta are taken from the statement where they are not shown."""
    count = reader.take(
        "For all parameters in each of <count:n> cells, with beta and p_ref in one column and row of the "
        "grid, some x has T^3(x) >= x > T(x) > T^2(x) or the reverse. So there T has cycles of every period "
        "and is chaotic in the sense of Li and Yorke (their theorem is cited, not checked)."
    )["count"]
    area = reader.take("The cells' area in log(beta) times log(p_ref/(1-p_ref)) is at least <area>.")["area"]
    said = reader.take(
        "Row k is p_ref between number k and k+1 (counted from 0) of <cuts:x>. beta in <columns:x>"
    )
    cells, cuts = [], reader.given["beta_cuts"]
    for column in said["columns"].split(" beta in "):
        match = re.fullmatch(r"\[(\S+), (\S+)\]: rows ([0-9]+(?:-[0-9]+)?(?:, [0-9]+(?:-[0-9]+)?)*)", column)
        if match is None or match[1] not in cuts or cuts[cuts.index(match[1]) + 1] != match[2]:
            raise Unread(column)
        for run in match[3].split(", "):
            first, _, last = run.partition("-")
            cells += [[cuts.index(match[1]), row] for row in range(int(first), int(last or first) + 1)]
    if len(cells) != int(count):
        raise Unread(said[0])
    return {"beta_cuts": cuts, "p_ref_cuts": said["cuts"].split(", "), "cells": cells, "area": area}
