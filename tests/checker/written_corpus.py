"""The corpora's certificates of contrasts that they write down themselves; `corpus` writes them beside the
others."""

from __future__ import annotations

from functools import cache
from typing import Any

from verified_grpo.certificates.small_steps import small_steps_certificate as small_steps_certificate_of
from verified_grpo.model import Contrast
from verified_grpo.model.steps import StepParameters
from verified_grpo.rigor.sequences.small_steps import small_steps

from .builder import Json, certificate, fixed_point_certificate, tree_certificate
from .committed import committed
from .edits import Bad, at, edited
from .kinds.small_steps import small_steps_certificate, without_pull
from .limit_builder import trap

LOPSIDED: Json = {"contrast": "expression", "omega": ["/", "1", ["+", "p", "eps"]]}
"""Neither even nor rising: more for a rare success."""
EVEN: Json = {"contrast": "expression", "omega": ["/", "2", ["+", ["sqrt", "v"], ["*", "1/2", "eps"], "1"]]}
CURVED: Json = {
    "contrast": "expression",
    "omega": [
        "+",
        ["exp", ["neg", "p"]],
        ["log", ["+", "2", "q"]],
        ["^", ["+", "eps", ["^", "p", "2"]], "-1"],
    ],
}
SHORTENED: Json = {"contrast": "mean", "scale": "0.875"}
"""Of eight rewards that stand in their own mean."""
BESIDE_OTHERS: Json = {"contrast": "group-loo", "group_size": 4}
MIXED: Json = {"contrast": "group-mixed", "group_size": 4, "ddof": 1}
MAXRL: Json = {"contrast": "maxrl", "group_size": 5}
BATCH: Json = {"contrast": "batch", "group_size": 8}
BRACKET = ("statement", "fixed_points", 0)
OMEGA = ("statement", "variant", "omega")


def searched(variant: Json, **numbers: str) -> Json:
    """What the search writes down of small steps, found by nobody in particular: without a bound of Omega the
    cells are not those of a grid."""
    found: Any = small_steps_certificate_of(
        small_steps(Contrast(**_named(variant)), StepParameters.of(**numbers))
    )
    return certificate(found["statement"], found["evidence"])


def _named(variant: Json) -> dict[str, Any]:
    return {"name": variant["contrast"], **{key: x for key, x in variant.items() if key != "contrast"}}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    point, box = at("5", "1e-2", "0.05"), at(["9", "9.1"], "1e-2", ["0.05", "0.051"])
    return {
        "written-fixed-points": fixed_point_certificate(LOPSIDED, point, step=0.25),
        "written-fixed-points-box": edited(
            fixed_point_certificate(LOPSIDED, box, step=0.125), *BRACKET, "multiplier", value=["-0.8", "-0.5"]
        ),
        "written-fixed-points-curved": fixed_point_certificate(CURVED, point, step=0.125),
        "scaled-fixed-points": fixed_point_certificate(SHORTENED, at("5", "1e-2", "0.05")),
        "scaled-fixed-points-mean-std": fixed_point_certificate(
            {"contrast": "mean-std", "scale": "1/5"}, at("0.3", "1e-2", "0.05")
        ),
        "scaled-small-steps": small_steps_certificate(SHORTENED, at("0.2", "1e-2", "0.2"), room="1.1"),
        "group-loo-fixed-points": fixed_point_certificate(BESIDE_OTHERS, at("1", "1e-2", "0.05"), step=0.125),
        "maxrl-fixed-points": fixed_point_certificate(MAXRL, at("1", "1e-2", "0.05"), step=0.25),
        "maxrl-small-steps": small_steps_certificate(MAXRL, at("2", "1e-2", "0.05"), room="1.1"),
        "batch-fixed-points": fixed_point_certificate(BATCH, at("1", "0.5", "0.05")),
        "written-small-steps": small_steps_certificate(LOPSIDED, point, room="1.1"),
        "written-small-steps-above-half": small_steps_certificate(
            LOPSIDED, at("0.5", "1e-2", "0.05"), room="1.1"
        ),
        "maxrl-small-steps-no-kl": without_pull(MAXRL, at("0", "1e-2", ["0.05", "0.5"]), None),
        "written-small-steps-no-kl": without_pull(LOPSIDED, at("0", ["1e-3", "1e-2"], "0.05"), None),
        "group-loo-small-steps": small_steps_certificate(BESIDE_OTHERS, at("1", "1e-2", "0.05"), room="1.1"),
        "group-mixed-small-steps": searched(MIXED, beta="2", eps="1e-2", p_ref="0.05"),
        "group-mixed-small-steps-no-kl": without_pull(MIXED, at("0", "1e-2", ["0.05", "0.5"]), None),
        "batch-small-steps": small_steps_certificate(BATCH, at("1", "0.5", "0.05"), parts=1),
        "maxrl-limit": trap(MAXRL, at("4", "1e-2", "0.05"), ["1"], "0.9", 12),
        "group-loo-limit": trap(BESIDE_OTHERS, at("4", "1e-2", "0.05"), ["1"], "0.9", 12),
        "group-mixed-limit": trap(MIXED, at("6", "1e-2", "0.05"), ["0.02"], "0.95", 40),
        "batch-limit": trap(BATCH, at("1", "0.5", "0.05", "0.3"), ["100"], "0.7001", 0),
        "written-fixed-points-eps": edited(
            fixed_point_certificate(LOPSIDED, at("5", ["9.9e-3", "1e-2"], "0.05"), step=0.125),
            *BRACKET,
            "multiplier",
            value=["-0.999", "-0.95"],
        ),
        "written-amplification": tree_certificate(
            "amplification", LOPSIDED, at(["2", "2.1"], "1e-2", ["0.1", "0.12"]), margin="0.9"
        ),
        "written-small-steps-even": small_steps_certificate(EVEN, at("0.2", "1e-2", "0.2"), room="1.1"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good, steps = committed()["written-fixed-points"], committed()["written-small-steps-above-half"]
    negative = ["-", "p", "1/2"]
    yield "written-not-positive", ("omega-not-positive", edited(good, *OMEGA, value=negative))
    root = ["sqrt", ["-", "p", "1/2"]]
    yield "written-not-defined", ("omega-not-positive", edited(good, *OMEGA, value=root))
    pole = ["^", ["-", "p", "1/2"], "-2"]
    yield "written-with-a-pole", ("omega-not-positive", edited(good, *OMEGA, value=pole))
    yield "written-unbounded", ("missing-fact", edited(good, *OMEGA, value=["/", "1", "p"]))
    other = ["/", "1", ["+", "p", ["*", "2", "eps"]]]
    yield "written-another", ("bracket-sign", edited(good, *OMEGA, value=other))
    yield "written-unknown-letter", ("undeclared-variable", edited(good, *OMEGA, value=["+", "p", "beta"]))
    yield "written-unknown-operator", ("bad-expression", edited(good, *OMEGA, value=["cosh", "p"]))
    yield "written-too-long", ("too-much-work", edited(good, *OMEGA, value=["+", *["p"] * 2000]))
    yield "written-with-a-size", ("unknown-key", edited(good, *OMEGA[:-1], "group_size", value=8))
    named = edited(good, *OMEGA[:-1], value={"contrast": "expression"})
    yield "written-without-expression", ("missing-key", named)
    short = steps["evidence"]["slopes"][:-2]
    yield "written-slopes-too-short", ("missing-fact", edited(steps, "evidence", "slopes", value=short))
    size = ("statement", "variant", "group_size")
    for name, contrast in (("group-loo", BESIDE_OTHERS), ("maxrl", MAXRL), ("batch", BATCH)):
        made = committed()[f"{name}-fixed-points"]
        yield (
            f"{name}-of-another-size",
            ("bracket-sign", edited(made, *size, value=contrast["group_size"] + 1)),
        )
        yield f"{name}-of-one", ("outside-domain", edited(made, *size, value=1))
        yield f"{name}-with-a-divisor", ("unknown-key", edited(made, *size[:-1], "ddof", value=1))
    variant = ("statement", "variant")
    listed = edited(committed()["group-loo-fixed-points"], *variant, value=MIXED)
    yield "group-mixed-of-all-fixed-points", ("missing-fact", listed)
    lacking = edited(listed, *variant, value=BESIDE_OTHERS | {"contrast": "group-mixed"})
    yield "group-mixed-without-divisor", ("missing-key", lacking)
    yield "group-mixed-ddof", ("outside-domain", edited(listed, *variant, "ddof", value=2))
    scaled = committed()["scaled-fixed-points"]
    factor = ("statement", "variant", "scale")
    yield "scaled-otherwise", ("bracket-sign", edited(scaled, *factor, value="1"))
    yield "scaled-by-0", ("outside-domain", edited(scaled, *factor, value="0"))
    yield "scaled-down-below-0", ("outside-domain", edited(scaled, *factor, value="-1"))
    yield "scaled-by-no-number", ("bad-number", edited(scaled, *factor, value="a"))
    yield from _bad_shapes()
    largest = steps["statement"]["largest_step"]
    too_large = [str(2 * float(largest[0])), largest[1]]
    wide = edited(steps, "statement", "largest_step", value=too_large)
    yield "written-step-too-large", ("step-not-proved", wide)


def _bad_shapes() -> Bad:
    """Claims of contrasts whose shape is not known."""
    made = committed()
    free, shapeless = made["maxrl-small-steps-no-kl"], made["written-small-steps-no-kl"]
    gained = edited(shapeless, "statement", value={**shapeless["statement"], "gain": "0.001"})
    yield "written-gain-without-kl", ("missing-fact", gained)
    pulled = edited(free, "statement", "parameters", "beta", value="1")
    yield "maxrl-to-one-against-a-pull", ("wrong-rule", pulled)
    size = ("statement", "variant", "group_size")
    other = edited(made["group-loo-small-steps"], *size, value=7)
    yield "group-loo-small-steps-of-another-size", ("bracket-sign", other)
    amplifies = made["written-amplification"]
    yield "written-margin-too-large", ("leaf-not-held", edited(amplifies, "statement", "margin", value="1.9"))
    wide = edited(
        made["written-fixed-points-eps"], "statement", "parameters", "eps", value=["9.9e-3", "1.1e-2"]
    )
    yield "written-eps-too-wide", ("bracket-sign", wide)
    for name, code in (("batch", "cell-not-empty"), ("group-mixed", "cell-slope")):
        small = made[f"{name}-small-steps"]
        yield f"{name}-small-steps-of-another-size", (code, edited(small, *size, value=7))
        doubled = [f"{2 * float(x):g}" for x in small["statement"]["largest_step"]]
        large = edited(small, "statement", "largest_step", value=doubled)
        yield f"{name}-small-steps-too-large", ("step-not-proved", large)
    yield "batch-limit-of-another-size", ("not-trapped", edited(made["batch-limit"], *size, value=7))
    for name in ("maxrl", "group-loo", "group-mixed", "batch"):
        steep = edited(made[f"{name}-limit"], "statement", "rate", value="0.01")
        yield f"{name}-limit-too-fast", ("rate-not-proved", steep)
