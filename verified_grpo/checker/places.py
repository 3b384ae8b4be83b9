"""What an atlas or a curve says of one point of the plane of (beta, p_ref).

Log beta and the log-odds of p_ref are enclosed; a point that may lie on the edge of two cells is said to lie
in either. Nothing is proved here: what is read off is part of a statement that was accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.atlas import WORDS, Atlas
from verified_grpo.checker.check import read_statement
from verified_grpo.checker.contours import Contours
from verified_grpo.checker.curves import Curve
from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.numbers import Interval, ball, exact, log_odds, precision
from verified_grpo.checker.parameters import AXES, Parameters
from verified_grpo.checker.parting import WORDS as ENDS
from verified_grpo.checker.plane import halves
from verified_grpo.checker.trees import walk

_BITS = 128

Place = tuple[Interval, Interval]


def read_point(words: str) -> dict[str, Fraction]:
    """The numbers of "beta=5,p_ref=0.3"; a fault says what is wrong with the text."""
    point: dict[str, Fraction] = {}
    for part in words.split(","):
        name, equals, value = part.partition("=")
        known = bool(equals) and name in AXES and name not in point
        message = f"a point is beta=NUMBER,p_ref=NUMBER (and alpha, eps), each once, not {words[:60]!r}"
        require(known, Code.BAD_VALUE, message)
        point[name] = exact(value, name)
    given = "beta" in point and "p_ref" in point
    require(given, Code.BAD_VALUE, "a point needs both beta and p_ref")
    inside = point["beta"] > 0 and 0 < point["p_ref"] < 1
    require(inside, Code.OUTSIDE_DOMAIN, "a point has beta > 0 and 0 < p_ref < 1")
    return point


def look_up(statement: object, point: dict[str, Fraction]) -> list[str]:
    """The lines that say what the statement of an accepted certificate claims of the point.

    A fault: the statement is not of an atlas or a curve, or is about another alpha or eps.
    """
    claim = read_statement(statement)
    if not isinstance(claim, Atlas | Contours | Curve):
        message = "only an atlas, contours, a fold, a flip or a settling curve says something of a point"
        raise Fault(Code.OTHER_QUESTION, message)
    box = claim.recursion.box
    for name in ("alpha", "eps"):  # numbers, in such statements
        same = point.get(name, getattr(box, name)[0]) == getattr(box, name)[0]
        require(same, Code.OTHER_QUESTION, f"the statement is about another {name}")
    if not all(low <= point[name] <= high for name, (low, high) in _plane(box)):
        return ["nothing: the point lies outside of the parameters of the statement"]
    with precision(_BITS):
        place = in_force().ends(ball(point["beta"]).log()), in_force().ends(log_odds(point["p_ref"]))
    if isinstance(claim, Atlas):
        return list(_in_cells(claim, place))
    return list(_in_columns(claim, place) if isinstance(claim, Contours) else _in_pieces(claim, place))


def _plane(box: Parameters) -> tuple[tuple[str, Interval], ...]:
    return ("beta", box.beta), ("p_ref", box.p_ref)


def _in_cells(atlas: Atlas, place: Place) -> Iterator[str]:
    for _, node, (across, up, _) in walk(atlas.nodes, atlas.rectangle.place, halves):
        if _meets(place, (across, up)):
            where = f"log(beta) in {_shown(across)}, log(p_ref/(1-p_ref)) in {_shown(up)}"
            period = f" (period {node[1:]})" * (node[0] == "c")
            yield f"cell {where}: the sequence from p_ref {WORDS[node[0]]}{period}"


def _in_columns(contours: Contours, place: Place) -> Iterator[str]:
    """The band of p*, by each column that may hold the point; then whether the views are known to part."""
    for column in contours.columns:
        if column.x[0] <= place[0][1] and place[0][0] <= column.x[1]:
            low, high = column.band(*place[1])
            ends = (Fraction(0), *contours.levels)[low], (*contours.levels, Fraction(1))[high]
            where = f"column log(beta) in {_shown(column.x)}"
            yield f"{where}: small steps rise to the least fixed point, p* in {_shown(ends)}"
    for _, node, (across, up, _) in walk(contours.parting.nodes, contours.rectangle.place, halves):
        if node != "u" and _meets(place, (across, up)):
            where = f"log(beta) in {_shown(across)}, log(p_ref/(1-p_ref)) in {_shown(up)}"
            period = f" (period {node[1:]})" * (node[0] == "c")
            yield f"cell {where}: {ENDS[node[0]]}{period}"


def _in_pieces(curve: Curve, place: Place) -> Iterator[str]:
    found = [piece for piece in curve.pieces if _meets(place, (piece.log_beta, piece.reference))]
    if not found:
        yield f"no point of the {curve.name} curve: the point lies in none of its boxes"
    for piece in found:
        where = f"log(beta) in {_shown(piece.log_beta)}, log(p_ref/(1-p_ref)) in {_shown(piece.reference)}"
        yield f"undecided: within a box of the {curve.name} curve, {where}"


def _meets(place: Place, cell: Place) -> bool:
    return all(a[0] <= b[1] and b[0] <= a[1] for a, b in zip(place, cell, strict=True))


def _shown(side: Interval) -> str:
    return f"[{side[0]}, {side[1]}]"
