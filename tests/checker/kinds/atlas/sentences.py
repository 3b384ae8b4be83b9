"""The checker's words of kind "atlas" read back."""

from __future__ import annotations

import re

from ...builder import Json
from ...forms import Reader, Unread, range_in
from ...heads import MAP_LAW, head

LETTERS = {
    "r": "rises to the least fixed point",
    "f": "tends to a fixed point",
    "c": "tends to a cycle of exactly so many points as stated (c2: two)",
    "o": "rises without bound, and p_n to 1",
    "u": "nothing is claimed",
}
UPDATES_LAW = (
    "Map: T(L) = (1-a alpha) L + a alpha log(p_ref/(1-p_ref)) + (a/beta) Omega(L) on the line of log-odds L, "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)


def sentences(reader: Reader) -> Json:
    return {**head(reader, UPDATES_LAW if "step_size" in reader.given else MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
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
    sides = {"log_beta": range_in(said, "across"), "logit_p_ref": range_in(said, "up")}
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
