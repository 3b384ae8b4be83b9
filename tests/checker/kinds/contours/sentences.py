"""The checker's words of kind "contours" read back."""

from __future__ import annotations

import re

from ...builder import Json
from ...forms import Reader, Unread, range_in
from ...heads import MAP_LAW, head

K3_DRIVE_LAW = (
    "Drive under KL(pi_ref || pi): F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)) on the line of log-odds L, "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
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


def sentences(reader: Reader) -> Json:
    return {**head(reader, K3_DRIVE_LAW if "kl" in reader.given else MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
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
    sides = {"log_beta": range_in(said, "across"), "logit_p_ref": range_in(said, "up")}
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
