"""The corpora's certificates of the k3 kinds; `corpus` puts them beside the others."""

from __future__ import annotations

from functools import cache
from typing import Any

from .builder import Json
from .committed import committed
from .k3_oracle import k3_certificate, k3_certificates
from .limit_corpus import Bad, edited

FIXED, PARAMETERS = ("statement", "fixed_point"), ("statement", "parameters")
NARROW: Json = {"beta": ["1", "1.1"], "eps": "1e-4", "p_ref": ["0.2", "0.21"]}
CUT = [["split", "beta", "1.05"], ["nested"], ["split", "p_ref", "0.205"], ["nested"], ["nested"]]


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    halves = {"beta": ["0.5", "0.6"], "eps": "1e-4", "p_ref": ["0.45", "0.9"]}
    half = {"rule": "tree", "steps": 1, "nodes": [["half"]]}
    nested = {"rule": "tree", "steps": 40, "nodes": CUT}
    return {
        **k3_certificates(),
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
