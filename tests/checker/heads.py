"""How the checker's words begin, read back: the parameters, the map and its contrast."""

from __future__ import annotations

import re

from .builder import Json
from .forms import NUMBER, Reader, Unread, read
from .formulas import expression

ALL, SOME = "For all these parameters ", "For some of these parameters "
MAP_LAW = (
    "Map: T(L) = (1-alpha) L + alpha log(p_ref/(1-p_ref)) + Omega(L)/beta on the real line of log-odds L, "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
LETTERS = ", q = 1-p, v = p(1-p)"
EACH = ", for each choice of numbers in the ranges lo:hi"


def head(reader: Reader, law: str, *, alpha: bool = True) -> Json:
    """The parameters, with a weight alpha or without, and the contrast in this law."""
    parameters = ranges(reader.take("Parameters: <all:x>.")["all"])
    if list(parameters) != [*(["alpha"] if alpha else []), "beta", "eps", "p_ref"]:
        raise Unread(str(parameters))
    return {"parameters": parameters, "variant": variant(reader.take(law)["omega"])}


def ranges(text: str) -> Json:
    """`beta = 5, eps in [1e-5, 1e-4]`."""
    found: Json = {}
    for part in re.split(r", (?=[A-Za-z])", text):
        name = part.partition(" ")[0]
        match = re.fullmatch(rf"{name} (?:= ({NUMBER})|in \[({NUMBER}), ({NUMBER})\])", part)
        if match is None:
            raise Unread(text)
        found[name] = match[1] or [match[2], match[3]]
    return found


def variant(formula: str) -> Json:
    """The contrast that a formula of Omega is."""
    plain = {"1/sqrt(p(1-p) + eps)": "mean-var", "1/(sqrt(p(1-p)) + eps)": "mean-std", "1": "mean"}
    scale, times, inner = formula.partition(" Omega_1(L), Omega_1(L) = ")
    if times:
        return {**variant(inner), "scale": scale}
    if formula in plain:
        return {"contrast": plain[formula]}
    formula = formula.removesuffix(EACH)
    if formula.endswith(LETTERS):
        return {"contrast": "expression", "omega": expression(formula.removesuffix(LETTERS))}
    if (own := _of_groups(formula)) is not None:
        return own
    said = read(
        formula,
        "sum over k = 0..<last:n> of C(<n1:n>,k) p^k (1-p)^(<n2:n>-k) (A(1,k+1) - A(0,k)), A(r,j) = "
        "(r - j/<g1:n>)/(sqrt(j(<g2:n>-j)/<spread:n>) + eps), A = 0 where j is 0 or <g3:n>",
    )
    last, size = int(said["last"]), int(said["last"]) + 1
    ddof = size - int(said["spread"]) / size
    same = {said["n1"], said["n2"]} == {str(last)} and {said[k] for k in ("g1", "g2", "g3")} == {str(size)}
    if not same or ddof not in (0, 1):
        raise Unread(formula)
    return {"contrast": "group", "group_size": size, "ddof": int(ddof)}


def _of_groups(formula: str) -> Json | None:
    """Contrasts of groups whose shape no lemma describes."""
    if match := re.fullmatch(r"\(1 - \(1-p\)\^(\d+)\)/p", formula):
        return {"contrast": "maxrl", "group_size": int(match[1]) + 1}
    if match := re.fullmatch(r"\(1 - 1/(\d+)\)/eps", formula):
        return {"contrast": "batch", "group_size": int(match[1])}
    if match := re.fullmatch(r"Omega_G\(L\)/\(1 - p\^(\d+) - \(1-p\)\^(\d+)\), Omega_G\(L\) = (.*)", formula):
        inner = variant(match[3])
        if match[1] == match[2] == str(inner["group_size"]):
            return {**inner, "contrast": "group-mixed"}
    beside = r"sum over k = 0\.\.(\d+) of C\((\d+),k\) p\^k \(1-p\)\^\((\d+)-k\)/d_k, "
    heights = r"d_k = sqrt\(k\((\d+)-k\)/(\d+)\) \+ eps, d_k = 1 where k is 0 or (\d+)"
    if match := re.fullmatch(beside + heights, formula):
        last = int(match[1])
        same = {match[k] for k in (1, 2, 3, 4, 6)} == {str(last)} and int(match[5]) == last * (last - 1)
        return {"contrast": "group-loo", "group_size": last + 1} if same else None
    return None
