"""The checker's words of kinds "erring-verifier" and "verifier-ceiling" read back."""

from __future__ import annotations

from collections.abc import Callable

from .builder import Json
from .forms import Reader, Unread, ends

MAP = (
    "Map: T(L) = (1-alpha) L + alpha L_ref + (t-f) Omega(log(m/(1-m)))/beta on the real line of log-odds L "
    "(0 for t = f in the place of the last term), L_ref = log(p_ref/(1-p_ref)), m = f + (t-f)/(1+exp(-L)), "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
MOVES = (
    "For all these parameters and all shares 0 < a_n <= 1, L_0 = L_ref, L_n = (1-a_n) L_(n-1) + a_n "
    "T(L_(n-1)) "
    "is "
)
EFFECTS = {
    f"{MOVES}> L_ref for all n >= 1, and every fixed point L* of T is > L_ref.": "amplifies",
    f"{MOVES}< L_ref for all n >= 1, and every fixed point L* of T is < L_ref.": "harms",
    f"{MOVES}= L_ref for all n, and L_ref is the only fixed point of T if alpha > 0.": "stands-still",
}
TILTS = (
    "Policies: pi = pi_ref exp(theta R)/Z for a real theta, R(y) = 1 if the verifier passes the answer "
    "y, else "
    "0; p_ref is the rate of right answers of pi_ref, t and f the shares of its right and of its wrong ones "
    "with R = 1."
)
RATE = "For all these parameters and every theta the rate p of right answers of pi satisfies "
SIDES = {f"{RATE}p < <bound>.": "below", f"{RATE}p > <bound>.": "above", f"{RATE}p = p_ref.": "at"}
APART = {"amplifies": ", t - f >= ", "harms": ", f - t >= "}


def effect(reader: Reader, ranges: Callable[[str], Json], variant: Callable[[str], Json]) -> Json:
    """The statement of independent errors but for its kind."""
    given = reader.take("Parameters: <all:x>.")["all"]
    law = reader.take(MAP)
    _, said = reader.take_one(EFFECTS)
    apart = {}
    if " >= " in given:
        given, found, least = given.partition(APART[said])
        if not found:
            raise Unread(given)
        apart = {"apart": least}
    box = ranges(given)
    rates = {"true_positive": box.pop("t"), "false_positive": box.pop("f")}
    if list(box) != ["alpha", "beta", "eps", "p_ref"]:
        raise Unread(str(box))
    made = {"parameters": box, "variant": variant(law["omega"]), **rates, "effect": said, **apart}
    if reader.is_next("At every fixed point"):
        made["margin"] = reader.take("At every fixed point |L* - L_ref| >= <margin>.")["margin"]
    if reader.is_next("Where alpha beta"):
        contracts = "Where alpha beta > <least>, |T'(L)| < 1 for all L, uniformly."
        made["threshold"] = reader.take(contracts)["least"]
    return made


def ceiling(reader: Reader, ranges: Callable[[str], Json]) -> Json:
    """The statement of systematic errors but for its kind."""
    box = ranges(reader.take("Parameters: <all:x>.")["all"])
    if list(box) != ["p_ref", "t", "f"]:
        raise Unread(str(box))
    reader.take(TILTS)
    said, side = reader.take_one(SIDES)
    bound = {} if side == "at" else {"bound": said["bound"]}
    rates = []
    while reader.is_next("Where E_pi R"):
        pair = reader.take("Where E_pi R lies in <passed:r>, p lies in <right:r>.")
        rates.append({"passed": ends(pair, "passed"), "right": ends(pair, "right")})
    given = {"p_ref": box["p_ref"], "true_positive": box["t"], "false_positive": box["f"]}
    return {**given, "side": side, **bound, "rates": rates}
