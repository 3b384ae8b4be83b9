"""The checker's words of kinds "chaos", "chaos-region" and "cycles" read back."""

from __future__ import annotations

import re

from ...builder import Json
from ...forms import Reader, Unread, listed, point_in, range_in, read
from ...heads import ALL, MAP_LAW, head

ORDERS = {"falls": "T^3(x) >= x > T(x) > T^2(x)", "rises": "T^3(x) <= x < T(x) < T^2(x)"}
CHAOTIC = (
    "So T has cycles of every period and is chaotic in the sense of Li and Yorke (their theorem is cited, "
    "not checked)."
)


def sentences(reader: Reader) -> Json:
    form = {"chaos": _chaos, "chaos-region": _chaos_region, "cycles": _cycles}[reader.given["kind"]]
    return {**head(reader, MAP_LAW), **form(reader)}


def _chaos(reader: Reader) -> Json:
    images = "T^1(x) in <one:r> T^2(x) in <two:r> T^3(x) in <three:r>"
    said, verdict = reader.take_one(
        {
            f"{ALL}the point x at <scale> = <x> has <order:x>: {images}": "li-yorke",
            f"{ALL}T has a point of exact period 3 with L in <at:r>.": "period-three",
            f"{ALL}T has a compact invariant set on which its topological entropy is at least <h> > 0 "
            "(natural logarithm); T^<turns:n> carries each of these <count:n> disjoint intervals of L over "
            "at least one of them: <intervals:x>": "entropy",
        }
    )
    if verdict == "entropy":
        intervals = [range_in(match, "at") for match in listed(said["intervals"], "<at:r>")]
        if len(intervals) != int(said["count"]):
            raise Unread(said[0])
        return {"verdict": verdict, "entropy": said["h"], "turns": int(said["turns"]), "intervals": intervals}
    reader.take(CHAOTIC)
    if verdict == "period-three":
        return {"verdict": verdict, "logit": range_in(said, "at")}
    orders = [order for order, chain in ORDERS.items() if chain == said["order"]]
    if not orders or said["scale"] not in ("L", "p"):
        raise Unread(said[0])
    start = {"logit" if said["scale"] == "L" else "p": said["x"]}
    reached = [range_in(said, name) for name in ("one", "two", "three")]
    return {"verdict": verdict, "start": start, "order": orders[0], "images": reached}


def _cycles(reader: Reader) -> Json:
    head = "T has exactly <count:n> cycle(s) of exact period <period:n>."
    match, listing = reader.take_one({head: False, f"{head} <cycles:x>": True})
    sizes = {"": "undecided", ", < 1 in size": "attracting", ", > 1 in size": "repelling"}
    cycles = []
    for said in listed(match["cycles"], "multiplier in <m:r><size:x>: <points:x>") if listing else []:
        points = [read(part, "L in <at:x>") for part in re.split(r" (?=L in )", said["points"])]
        if said["size"] not in sizes or len(points) != int(match["period"]):
            raise Unread(said[0])
        whole = [point_in(read(part[0], "<at:p>"), "at") for part in points]
        stability = sizes[said["size"]]
        cycles.append({"points": whole, "multiplier": range_in(said, "m"), "stability": stability})
    return {"count": int(match["count"]), "period": int(match["period"]), "cycles": cycles}


def _chaos_region(reader: Reader) -> Json:
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
