"""The checker's words of kind "limit" read back."""

from __future__ import annotations

from ...builder import Json
from ...forms import Reader, Unread, listed, point_in, range_in
from ...heads import ALL, MAP_LAW, head

SEQUENCE = f"{ALL}the sequence L_n = T(L_{{n-1}}) from p_0 = <start> "
ONE_WAY = "does not <way> from n = <step:n> on and tends to the <extreme:x> L_<again:n>"
TAIL = (
    " for all m >= <step:n>, and so does every sequence from a point of the first basin (0 for <same:n>); "
    "multiplier in <multiplier:r>: <points:x>"
)
LIMITS = {
    f"{SEQUENCE}rises without bound, by at least <gain> a step; p_n rises to 1.": "rises-to-one",
    f"{SEQUENCE}never falls and tends to the least fixed point.": "rises",
    f"{SEQUENCE}tends to a fixed point (which one may depend on the parameters).": "tends",
    f"{SEQUENCE}{ONE_WAY}, the least of all fixed points: <limit:p>": "least",
    f"{SEQUENCE}{ONE_WAY}: <limit:p>": "one-way",
    f"{SEQUENCE}tends to a fixed point, with |L_{{m+1}} - L*| <= <rate> |L_m - L*|{TAIL}": "fixed-point",
    f"{SEQUENCE}tends to a cycle of exactly <period:n> points x_0, x_1, ...: T(x_i) = x_{{i+1}}, with "
    "|L_{m+<turn:n>} - x_i| <= <rate> |L_m - x_i| for i = m - <shift:n> modulo <turns:n>" + TAIL: "cycle",
}


def sentences(reader: Reader) -> Json:
    return {**head(reader, MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    said, verdict = reader.take_one(LIMITS)
    common = {"start": said["start"]}
    if verdict == "rises-to-one":
        return {**common, "verdict": verdict, "gain": said["gain"]}
    if verdict in ("rises", "tends"):
        return {**common, "verdict": "settles", "manner": verdict}
    step = int(said["step"])
    if verdict in ("least", "one-way"):
        ways = {("fall", "least fixed point >="): "rises", ("rise", "greatest fixed point <="): "falls"}
        way = ways.get((said["way"], said["extreme"]))
        least = (way, step, said["start"]) == ("rises", 0, "p_ref")
        if way is None or said["again"] != said["step"] or least != (verdict == "least"):
            raise Unread(said[0])
        return {**common, "verdict": way, "step": step, "limit": point_in(said, "limit")}
    trapped = listed(said["points"], "<at:p>, basin in <basin:r>", 0)
    points = [{**point_in(match, "at"), "basin": range_in(match, "basin")} for match in trapped]
    turns = [said[key] for key in ("period", "turn", "turns")] if verdict == "cycle" else ["1"]
    shifts = [said["same"], *([said["shift"]] if verdict == "cycle" else [])]
    if set(turns) != {str(len(points))} or set(shifts) != {said["step"]}:
        raise Unread(said[0])
    rate = {"rate": said["rate"], "multiplier": range_in(said, "multiplier")}
    return {**common, "verdict": verdict, "step": step, "period": len(points), **rate, "points": points}
