"""Kinds "k3-fixed-point", "k3-amplification" and "k3-convergence": exact maximisation under KL(pi_ref || pi).

The oracle evaluates and iterates at 60 digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from typing import Any

from ..builder import Json, certificate, widened
from ..committed import committed
from ..edits import Bad, edited
from ..forms import Reader, Unread, point_in, range_in
from ..heads import ALL, SOME, head
from ..k3_oracle import fixed_point, step
from ..samples import sampled_points
from ..truth import mp, number, sigma

FIXED, PARAMETERS = ("statement", "fixed_point"), ("statement", "parameters")
NARROW: Json = {"beta": ["1", "1.1"], "eps": "1e-4", "p_ref": ["0.2", "0.21"]}
CUT = [["split", "beta", "1.05"], ["nested"], ["split", "p_ref", "0.205"], ["nested"], ["nested"]]


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    plain: Json = {"beta": "0.04", "eps": "1e-4", "p_ref": "0.3"}
    wild: Json = {"beta": ["1", "3"], "eps": "1e-4", "p_ref": ["0.001", "0.01"]}
    mean_var, group = {"contrast": "mean-var"}, {"contrast": "group", "group_size": 8, "ddof": 1}
    low = {"beta": "5", "eps": "1e-4", "p_ref": "0.1"}
    x, _ = fixed_point(mean_var, {"beta": "3", "eps": "1e-4", "p_ref": "0.001"})
    near = widened(x - mp.mpf(10) ** -9, x + mp.mpf(10) ** -9)
    witness = {
        "rule": "witness",
        "parameters": {"beta": "3", "eps": "1e-4", "p_ref": "0.001"},
        "bracket": near,
    }
    halves = {"beta": ["0.5", "0.6"], "eps": "1e-4", "p_ref": ["0.45", "0.9"]}
    half = {"rule": "tree", "steps": 1, "nodes": [["half"]]}
    nested = {"rule": "tree", "steps": 40, "nodes": CUT}
    return {
        "k3-point": _point(mean_var, plain),
        "k3-point-group": _point(group, low),
        "k3-margin": k3_certificate("k3-amplification", plain, {"rule": "closed-form"}, margin="5.1"),
        "k3-half": k3_certificate("k3-convergence", plain, {"rule": "half"}, verdict="proved"),
        "k3-witness": k3_certificate("k3-convergence", wild, witness, verdict="refuted"),
        "k3-tree": k3_certificate("k3-convergence", NARROW, nested, verdict="proved"),
        "k3-tree-of-halves": k3_certificate("k3-convergence", halves, half, verdict="proved"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_points(), *_bad_margins(), *_bad_limits()])


def _bad_points() -> Bad:
    point, below = committed()["k3-point"], committed()["k3-point-group"]

    def stated(key: str, value: Any) -> Json:
        return edited(point, *FIXED, key, value=value)

    yield "k3-bracket-below", ("bracket-sign", stated("logit", ["6", "6.5"]))
    yield "k3-bracket-above", ("bracket-sign", stated("logit", ["8", "9"]))
    yield "k3-p-beside", ("p-not-enclosed", stated("p", ["0.9999", "1"]))
    yield "k3-complement-beside", ("complement-not-enclosed", stated("one_minus_p", ["0", "1e-4"]))
    yield "k3-multiplier-beside", ("multiplier-not-enclosed", stated("multiplier", ["0.9", "1"]))
    yield "k3-called-repelling", ("stability-not-proved", stated("stability", "repelling"))
    below_called = edited(below, *FIXED, "stability", value="repelling")
    yield "k3-group-called-repelling", ("stability-not-proved", below_called)
    yield "k3-two-weights", ("unknown-key", edited(point, *PARAMETERS, "alpha", value="1"))
    yield "k3-beta-zero", ("outside-domain", edited(point, *PARAMETERS, "beta", value="0"))
    yield "k3-other-rule", ("bad-value", edited(point, "evidence", "rule", value="half"))


def _bad_margins() -> Bad:
    margin = committed()["k3-margin"]
    yield "k3-margin-too-large", ("margin-not-proved", edited(margin, "statement", "margin", value="5.9"))
    yield "k3-margin-zero", ("outside-domain", edited(margin, "statement", "margin", value="0"))


def _bad_limits() -> Bad:
    half, tree, witness = (committed()[name] for name in ("k3-half", "k3-tree", "k3-witness"))
    yield "k3-not-above-one-half", ("closed-form-fails", edited(half, *PARAMETERS, "beta", value="3"))
    yield "k3-half-refutes", ("bad-value", edited(half, "statement", "verdict", value="refuted"))
    yield "k3-too-few-steps", ("leaf-not-held", edited(tree, "evidence", "steps", value=0))
    yield "k3-too-many-steps", ("too-much-work", edited(tree, "evidence", "steps", value=5000))
    yield (
        "k3-not-halves",
        ("leaf-not-held", edited(committed()["k3-tree-of-halves"], *PARAMETERS, "beta", value=["1", "30"])),
    )
    yield "k3-tree-unfinished", ("tree-unfinished", edited(tree, "evidence", "nodes", value=CUT[:-1]))
    yield "k3-tree-node", ("tree-node", edited(tree, "evidence", "nodes", value=[["holds"]]))
    repelling = edited(tree, *PARAMETERS, value={"beta": "3", "eps": "1e-4", "p_ref": "0.001"})
    yield (
        "k3-repelling-point-nested",
        ("leaf-not-held", edited(repelling, "evidence", "nodes", value=[["nested"]])),
    )
    light = edited(witness, *PARAMETERS, "beta", value=["1", "2"])
    yield "k3-witness-outside", ("witness-outside-box", light)
    yield "k3-witness-beside", ("witness-sign", edited(witness, "evidence", "bracket", value=["-1", "0"]))
    yield (
        "k3-witness-too-wide",
        ("witness-multiplier", edited(witness, "evidence", "bracket", value=["-4", "4"])),
    )


SLACK = mp.mpf(10) ** -35
PARTS = 16
STEPS, SETTLED = 400, mp.mpf(10) ** -3


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    variant, points = statement["variant"], sampled_points(statement["parameters"])
    if statement.get("verdict") == "refuted":
        grid = chain(points, _grid(statement["parameters"]))
        return None if any(abs(fixed_point(variant, p)[1]) >= 1 for p in grid) else "no witness found"
    found = [(point, *fixed_point(variant, point)) for point in points]
    if statement["kind"] == "k3-fixed-point":
        reasons = (_claim(statement["fixed_point"], x, m) for _, x, m in found)
        return next((reason for reason in reasons if reason), None)
    if statement["kind"] == "k3-amplification":
        enough = all(x - _anchor(p) >= number(statement["margin"]) - SLACK for p, x, _ in found)
        return None if enough else "the margin"
    for point, x, _ in found:
        here = _anchor(point)
        for _ in range(STEPS):
            here = step(variant, point, here)
        if abs(here - x) > SETTLED:
            return f"no limit at {point}"
    return None


def _grid(parameters: Json) -> Iterator[Json]:
    """Points inside the box, geometrically between the ends of each range."""
    axes = {}
    for name, value in parameters.items():
        low, high = (number(end) for end in (value if isinstance(value, list) else [value, value]))
        axes[name] = [
            low * (high / low) ** (mp.mpf(i) / PARTS) for i in range(PARTS + 1 if low < high else 1)
        ]
    yield from (dict(zip(axes, values, strict=True)) for values in product(*axes.values()))


def _anchor(point: Json) -> Any:
    return mp.log(number(point["p_ref"]) / (1 - number(point["p_ref"])))


def _claim(claim: Json, x: Any, m: Any) -> str | None:
    for field, value in {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x), "multiplier": m}.items():
        low, high = (number(end) for end in claim[field])
        room = SLACK if field != "multiplier" else mp.mpf(10) ** -25  # a difference quotient
        if not low - room * (1 + abs(value)) <= value <= high + room * (1 + abs(value)):
            return field
    stable = {"attracting": abs(m) < 1, "repelling": abs(m) > 1}.get(claim["stability"], True)
    return None if stable else "stability"


def k3_certificate(kind: str, parameters: Json, evidence: Json, **fields: Any) -> Json:
    """For the paper's contrast."""
    statement = {"kind": kind, "variant": {"contrast": "mean-var"}, "parameters": parameters, **fields}
    return certificate(statement, {**evidence, "bits": 160})


def _point(variant: Json, parameters: Json) -> Json:
    x, m = fixed_point(variant, parameters)
    width, slack = mp.mpf(10) ** -15, mp.mpf(10) ** -9
    logit = widened(x - width, x + width, 22)
    low, high = (number(end) for end in logit)
    claim = {
        "logit": logit,
        "p": widened(sigma(low), sigma(high), 30),
        "one_minus_p": widened(sigma(-high), sigma(-low), 30),
        "multiplier": widened(m - slack, m + slack),
        "stability": "attracting" if abs(m) < 1 else "repelling",
    }
    statement = {"kind": "k3-fixed-point", "variant": variant, "parameters": parameters, "fixed_point": claim}
    return certificate(statement, {"rule": "concave", "bits": 160})


LAW = (
    "Step under KL(pi_ref || pi): (p_n - p_ref)/(p_n (1-p_n)) = Omega(L_{n-1})/beta, L = log(p/(1-p)), with "
    "Omega(L) = <omega:x>."
)
SETTLES = "the only fixed point attracts (|m| < 1) and the sequence from p_ref tends to it"


def sentences(reader: Reader) -> Json:
    return {**head(reader, LAW, alpha=False), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    said, verdict = reader.take_one(
        {
            f"{ALL}there is exactly one fixed point, <kind>: <at:p>, T'(L) in <m:r>": "k3-fixed-point",
            f"{ALL}the only fixed point has L* - L_ref >= <margin> > 0.": "k3-amplification",
            f"{ALL}{SETTLES}.": "proved",
            f"{SOME}the only fixed point repels (|m| > 1).": "refuted",
        }
    )
    if (verdict if verdict.startswith("k3") else "k3-convergence") != reader.given["kind"]:
        raise Unread(said[0])
    if verdict == "k3-fixed-point":
        kind = said["kind"]
        return {"fixed_point": {**point_in(said, "at"), "multiplier": range_in(said, "m"), "stability": kind}}
    return {"margin": said["margin"]} if verdict == "k3-amplification" else {"verdict": verdict}
