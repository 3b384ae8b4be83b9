"""Certificates of kinds "amplification", "contraction" and "uniqueness"."""

from __future__ import annotations

from functools import cache

from ...builder import (
    Json,
    fixed_point_certificate,
    region_certificate,
    tree_certificate,
    witness_certificate,
)
from ...committed import committed
from ...edits import GROUP_8, MEAN, MEAN_STD, MEAN_VAR, Bad, at, edited, group

WIDE_BOX = {"beta": ["61", "100"], "eps": ["1e-5", "1e-4"], "p_ref": ["0.001", "0.9999"]}
LOW_BOX = {"beta": ["50", "100"], "eps": "1e-5", "p_ref": ["0.001", "0.9999"]}
# one fixed point near L = -2 with a multiplier below -1: unique, but no contraction
FLIPPED = at(["0.2", "0.201"], "0.1", ["2e-6", "2.1e-6"])
CLAIM = ("statement",)


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    low = at(["2", "3"], ["0.01", "0.02"], ["0.1", "0.2"])
    return {
        "amplification": region_certificate(
            "amplification", MEAN_VAR, at(["0.001", "100"], ["1e-6", "1"], ["0.001", "0.999"]), margin="0.008"
        ),
        "amplification-group": region_certificate(
            "amplification",
            group(4, 0),
            at(["0.1", "1"], ["1e-4", "0.1"], ["0.1", "0.9"], ["0.5", "1"]),
            margin="1",
        ),
        "amplification-two-weights": region_certificate(
            "amplification", MEAN, at(["1", "2"], "1e-4", ["0.1", "0.9"], ["0.5", "0.8"]), margin="5/8"
        ),
        "contraction-closed-form": region_certificate("contraction", MEAN_VAR, at(**WIDE_BOX)),
        "contraction-closed-form-rate": region_certificate(
            "contraction", MEAN_VAR, at(**WIDE_BOX), rate="0.999"
        ),
        "contraction-mean": region_certificate(
            "contraction", MEAN, at(**WIDE_BOX, alpha=["0.2", "0.5"]), rate="0.8"
        ),
        "contraction-tree": tree_certificate(
            "contraction", MEAN_STD, at(["0.5", "0.6"], ["0.01", "0.02"], ["0.9", "0.95"]), rate="0.9"
        ),
        "contraction-tree-group": tree_certificate(
            "contraction",
            group(16, 1),
            at(["0.15", "0.152"], ["0.01", "0.02"], ["1e-5", "2e-5"], ["0.9", "1"]),
        ),
        "contraction-witness": _contraction_witness(at(**LOW_BOX)),
        "uniqueness-closed-form": region_certificate("uniqueness", MEAN_VAR, at(**WIDE_BOX)),
        "uniqueness-closed-form-mean-std": region_certificate(
            "uniqueness", MEAN_STD, at(["1.227", "2"], ["0.1", "1"], ["0.1", "0.9"])
        ),
        "uniqueness-tree": tree_certificate(
            "uniqueness", MEAN_VAR, at(["0.5", "0.6"], ["0.001", "0.002"], ["0.5", "0.55"])
        ),
        "uniqueness-tree-below-one-half": tree_certificate("uniqueness", MEAN_VAR, FLIPPED),
        "uniqueness-witness": _uniqueness_witness(
            at(["4", "60"], "1e-5", ["0.2", "0.4"]), at("5", "1e-5", "0.3")
        ),
        "amplification-target": region_certificate("amplification", MEAN_VAR, low, target="0.15"),
        "amplification-tree": tree_certificate("amplification", MEAN_STD, low, margin="0.34"),
        "amplification-tree-target": tree_certificate("amplification", GROUP_8, low, target="0.13"),
        "amplification-witness": _missed(low, margin="3"),
        "amplification-witness-target": _missed(low, target="0.9"),
    }


def _uniqueness_witness(box: Json, point: Json) -> Json:
    found = fixed_point_certificate(MEAN_VAR, point)["statement"]["fixed_points"]
    return witness_certificate("uniqueness", MEAN_VAR, box, point, [found[0]["logit"], found[2]["logit"]])


def _contraction_witness(box: Json) -> Json:
    """At eps 1e-5 the slope is largest at L = 10.82; p_ref makes that very nearly a fixed point."""
    witness = at("50", "1e-5", "0.99923", "1")
    found = fixed_point_certificate(MEAN_VAR, witness, width=0.001)["statement"]["fixed_points"]
    steep = [point["logit"] for point in found if point["stability"] == "repelling"]
    return witness_certificate("contraction", MEAN_VAR, box, witness, steep[:1])


def _missed(box: Json, **goal: str) -> Json:
    """A fixed point that stays short of the goal."""
    point = at("3", "0.02", "0.1")
    (found,) = fixed_point_certificate(MEAN_VAR, point, width=0.001)["statement"]["fixed_points"]
    document = witness_certificate("amplification", MEAN_VAR, box, point, [found["logit"]])
    return {**document, "statement": {**document["statement"], **goal}}


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_regions(committed()), *_bad_goals()])


def _bad_regions(valid: dict[str, Json]) -> Bad:
    good, margin = valid["contraction-closed-form"], valid["amplification"]
    yield "amplification-refuted", ("wrong-rule", edited(margin, "statement", "verdict", value="refuted"))
    yield "margin-too-large", ("margin-not-proved", edited(margin, "statement", "margin", value="0.009"))
    yield "margin-zero", ("outside-domain", edited(margin, "statement", "margin", value="0"))
    yield "rate-one", ("outside-domain", edited(valid["contraction-tree"], "statement", "rate", value="1"))
    yield (
        "rate-of-uniqueness",
        ("unknown-key", edited(valid["uniqueness-tree"], "statement", "rate", value="0.9")),
    )
    yield (
        "beta-below-bmax",
        ("closed-form-fails", edited(good, "statement", "parameters", "beta", value=["60", "100"])),
    )
    yield (
        "eps-too-small",
        ("closed-form-fails", edited(good, "statement", "parameters", "eps", value=["9e-6", "1e-4"])),
    )
    yield (
        "alpha-too-small",
        ("closed-form-fails", edited(good, "statement", "parameters", "alpha", value=["0.9", "1"])),
    )
    rate = valid["contraction-closed-form-rate"]
    yield "rate-too-small", ("closed-form-fails", edited(rate, "statement", "rate", value="0.9"))
    yield "closed-form-of-groups", ("missing-fact", edited(good, "statement", "variant", value=group(8, 0)))
    yield "verdict-swapped", ("wrong-rule", edited(good, "statement", "verdict", value="refuted"))
    yield (
        "witness-as-proof",
        ("wrong-rule", edited(valid["contraction-witness"], "statement", "verdict", value="proved")),
    )
    tree = valid["contraction-tree"]
    low, high = tree["evidence"]["logit"]
    yield "logit-range-too-high", ("logit-range-left", edited(tree, "evidence", "logit", value=["9", high]))
    yield "logit-range-too-low", ("logit-range-right", edited(tree, "evidence", "logit", value=[low, "20"]))
    nowhere = edited(tree, "evidence", "nodes", value=[["excluded"]])
    yield (
        "logit-range-far-above",
        ("logit-range-left", edited(nowhere, "evidence", "logit", value=["1000", "1001"])),
    )
    yield (
        "logit-range-far-below",
        ("logit-range-right", edited(nowhere, "evidence", "logit", value=["-1001", "-1000"])),
    )
    groups = edited(valid["contraction-tree-group"], "evidence", "nodes", value=[["holds"]])
    yield "leaf-of-groups-too-coarse", ("leaf-not-held", groups)
    std = valid["uniqueness-closed-form-mean-std"]
    below = edited(std, "statement", "parameters", "beta", value=["1.226", "2"])
    yield "beta-below-bmax-of-mean-std", ("closed-form-fails", below)
    leaves = [i for i, node in enumerate(tree["evidence"]["nodes"]) if node == ["holds"]]
    yield (
        "leaf-excluded",
        ("leaf-not-excluded", edited(tree, "evidence", "nodes", leaves[0], value=["excluded"])),
    )
    yield "leaves-of-a-smaller-rate", ("leaf-not-held", edited(tree, "statement", "rate", value="1e-9"))
    flipped = edited(valid["uniqueness-tree-below-one-half"], "statement", "kind", value="contraction")
    yield "leaf-with-a-multiplier-below-minus-one", ("leaf-not-held", flipped)
    two_weights = edited(valid["amplification-two-weights"], "statement", "margin", value="0.626")
    yield "margin-too-large-for-two-weights", ("margin-not-proved", two_weights)
    mean = edited(valid["contraction-mean"], "statement", "rate", value="0.799")
    yield "rate-below-one-minus-alpha", ("closed-form-fails", mean)
    other = edited(valid["uniqueness-tree"], "statement", "parameters", "beta", value="0.1")
    yield (
        "tree-of-another-beta",
        (
            "leaf-not-held",
            edited(
                edited(other, "evidence", "logit", value=["0", "1000"]),
                "evidence",
                "nodes",
                value=[["holds"]],
            ),
        ),
    )
    witness = valid["contraction-witness"]
    point, (bracket,) = ("evidence", "parameters"), witness["evidence"]["brackets"]
    yield "witness-outside", ("witness-outside-box", edited(witness, *point, "beta", value="49"))
    narrower = edited(witness, "statement", "parameters", "beta", value=["51", "100"])
    yield "witness-below-the-box", ("witness-outside-box", narrower)
    lower = edited(witness, "statement", "parameters", "beta", value=["40", "49"])
    yield "witness-above-the-box", ("witness-outside-box", lower)
    steep = edited(witness, "evidence", "brackets", value=[["10.83", "10.84"]])
    yield "witness-steep-but-without-a-zero", ("witness-sign", steep)
    yield "witness-of-a-range", ("witness-outside-box", edited(witness, *point, "beta", value=["50", "51"]))
    yield (
        "witness-without-a-zero",
        ("witness-sign", edited(witness, "evidence", "brackets", value=[["20", "21"]])),
    )
    attracting = _uniqueness_witness(at("5", "1e-5", "0.3"), at("5", "1e-5", "0.3"))["evidence"]["brackets"][
        :1
    ]
    tame = witness_certificate(
        "contraction", MEAN_VAR, at("5", "1e-5", "0.3"), at("5", "1e-5", "0.3"), attracting
    )
    yield (
        "witness-attracting",
        ("witness-multiplier", edited(tame, "evidence", "parameters", "p_ref", value="0.3")),
    )
    yield (
        "witness-with-two-brackets",
        (
            "witness-brackets",
            edited(witness, "evidence", "brackets", value=[bracket, ["12", "13"]]),
        ),
    )
    pair = valid["uniqueness-witness"]
    same = pair["evidence"]["brackets"][0]
    yield (
        "witness-twice-the-same",
        ("witness-brackets", edited(pair, "evidence", "brackets", value=[same, same])),
    )
    nothing = edited(witness, "statement", "parameters", "alpha", value=["0", "1"])
    yield "witness-at-alpha-zero", ("alpha-reaches-zero", edited(nothing, *point, "alpha", value="0"))


def _bad_goals() -> Bad:
    valid = committed()
    plain, tree = valid["amplification-target"], valid["amplification-tree"]
    aimed, missed = valid["amplification-tree-target"], valid["amplification-witness-target"]
    yield "target-too-high", ("margin-not-proved", edited(plain, *CLAIM, "target", value="0.3"))
    yield "target-one", ("outside-domain", edited(plain, *CLAIM, "target", value="1"))
    yield "target-zero", ("outside-domain", edited(plain, *CLAIM, "target", value="0"))
    yield "target-and-margin", ("unknown-key", edited(plain, *CLAIM, "margin", value="0.1"))
    yield "margin-too-large-for-a-tree", ("leaf-not-held", edited(tree, *CLAIM, "margin", value="1.5"))
    yield "target-too-high-for-a-tree", ("leaf-not-held", edited(aimed, *CLAIM, "target", value="0.3"))
    yield "target-reached", ("margin-not-proved", edited(missed, *CLAIM, "target", value="0.11"))
    gained = edited(valid["amplification-witness"], *CLAIM, "margin", value="0.1")
    yield "margin-reached", ("margin-not-proved", gained)
    form = edited(missed, "evidence", value={"rule": "closed-form", "bits": 64})
    yield "missed-target-by-closed-form", ("wrong-rule", form)
