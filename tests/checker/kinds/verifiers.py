"""Kinds "erring-verifier" and "verifier-ceiling": what errors of a verifier do.

The oracle goes by the definitions, at 60 digits: of independent errors the update itself at many log-odds, of
systematic ones four kinds of answers, weighed.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

from verified_grpo.certificates import fixed_points_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.model import MEAN_VAR as PAPERS
from verified_grpo.model import Parameters
from verified_grpo.model.steps import StepParameters
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor import fixed_points
from verified_grpo.rigor.sequences.small_steps import small_steps

from ..builder import Json, certificate
from ..committed import committed
from ..edits import MEAN_VAR, Bad, edited
from ..forms import Reader, Unread, range_in
from ..heads import ranges, variant
from ..samples import sampled_points
from ..truth import mp, number, omega, sigma

BOX = {"alpha": "1", "beta": ["1", "5"], "eps": "1e-5", "p_ref": ["0.001", "0.9"]}


def stated(t: Any, f: Any, effect: str, variant: Json = MEAN_VAR, box: Json = BOX, **bounds: str) -> Json:
    """Of independent errors."""
    statement = {
        "kind": "erring-verifier",
        "variant": variant,
        "parameters": box,
        "true_positive": t,
        "false_positive": f,
        "effect": effect,
        **bounds,
    }
    return certificate(statement, {"rule": "sign", "bits": 96})


def bounded(p_ref: Any, t: Any, f: Any, side: str, *rates: tuple[list[str], list[str]], **bound: str) -> Json:
    """Of systematic ones."""
    statement = {
        "kind": "verifier-ceiling",
        "p_ref": p_ref,
        "true_positive": t,
        "false_positive": f,
        "side": side,
        "rates": [{"passed": passed, "right": right} for passed, right in rates],
        **bound,
    }
    return certificate(statement, {"rule": "shares"})


@cache
def _over_ranges() -> dict[str, Json]:
    """Of independent errors with ranges in the place of numbers."""
    drive = Verifier.of("0.89:0.91", "0.19:0.21").drive(PAPERS)
    numbers = {"beta": "0.5", "eps": "1e-4", "p_ref": "0.01"}
    points: Any = fixed_points_certificate(fixed_points(drive, Parameters.of(**numbers)))  # type: ignore[arg-type]
    steps: Any = small_steps_certificate(small_steps(drive, StepParameters.of(**numbers)))
    made = {"verifier-ranges-fixed-points": points, "verifier-ranges-small-steps": steps}
    return {name: certificate(x["statement"], x["evidence"]) for name, x in made.items()}


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name: numbers by hand."""
    group = {"contrast": "group", "group_size": 8, "ddof": 1}
    wide = {"alpha": ["0", "1"], "beta": "0.5", "eps": ["1e-5", "1e-3"], "p_ref": "0.01"}
    loo = {"contrast": "group-loo", "group_size": 4}
    return {
        **_over_ranges(),
        # 0.7 * 2/5 and B_0.9, rounded down and up
        "verifier-amplifies": stated(
            ["0.8", "0.95"], ["0.05", "0.1"], "amplifies", margin="0.2799", threshold="0.6437"
        ),
        "verifier-apart": stated(["0", "1"], ["0", "0.5"], "amplifies", apart="0.6", margin="0.2399"),
        "verifier-perfect": stated("1", "0", "amplifies", threshold="60.856"),
        "verifier-harms": stated("0.1", ["0.3", "0.4"], "harms", margin="0.0799"),
        "verifier-stands-still": stated("0.3", "0.3", "stands-still"),
        "verifier-group": stated("0.9", "0.2", "amplifies", {**group, "scale": "0.875"}, wide, margin="1.9"),
        "verifier-sign-alone": stated("0.9", "0.2", "amplifies", loo),
        "ceiling": bounded(
            "0.01", "0.9", "0.2", "below", (["0.5", "0.6"], ["0.022", "0.027"]), bound="0.0434782608696"
        ),
        "ceiling-box": bounded(["0.01", "0.02"], ["0.8", "0.95"], ["0.05", "0.1"], "below", bound="0.2795"),
        "ceiling-floor": bounded(
            "0.5", ["0.1", "0.2"], "0.7", "above", (["0.7", "0.7"], ["0.24", "0.41"]), bound="0.125"
        ),
        "ceiling-constant": bounded(["0.1", "0.2"], "0.3", "0.3", "at", (["0.5", "0.6"], ["0.1", "0.2"])),
    }  # fmt: skip


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good = committed()
    up, apart, down = good["verifier-amplifies"], good["verifier-apart"], good["verifier-harms"]
    still, ceiling, box = good["verifier-stands-still"], good["ceiling"], good["ceiling-box"]
    t, f, effect = (("statement", key) for key in ("true_positive", "false_positive", "effect"))
    unsigned, outside, beyond = "sign-not-proved", "outside-domain", "value-not-enclosed"
    yield "verifier-other-way", (unsigned, edited(down, *effect, value="amplifies"))
    yield "verifier-harms-not", (unsigned, edited(good["verifier-sign-alone"], *effect, value="harms"))
    yield "verifier-no-difference", (unsigned, edited(good["verifier-sign-alone"], *f, value="0.9"))
    yield "verifier-meets", (unsigned, edited(up, *f, value=["0.05", "0.8"]))
    yield "verifier-still-moves", (unsigned, edited(still, *f, value="0.31"))
    yield "verifier-still-range", (unsigned, edited(still, *f, value=["0.3", "0.31"]))
    yield "verifier-farther", ("margin-not-proved", edited(up, "statement", "margin", value="0.281"))
    yield "verifier-farther-apart", ("margin-not-proved", edited(apart, "statement", "apart", value="0.5"))
    yield (
        "verifier-contracts-sooner",
        ("closed-form-fails", edited(up, "statement", "threshold", value="0.643")),
    )
    yield "verifier-of-range-contracts", ("closed-form-fails", edited(up, *t, value=["0.8", "0.96"]))
    yield (
        "verifier-threshold-of-another",
        ("wrong-rule", edited(good["verifier-sign-alone"], "statement", "threshold", value="99")),
    )
    yield (
        "verifier-margin-unknown",
        ("missing-fact", edited(good["verifier-sign-alone"], "statement", "margin", value="0.01")),
    )
    yield "verifier-rate-above-one", (outside, edited(up, *t, value=["0.8", "1.1"]))
    yield "verifier-rate-below-zero", (outside, edited(up, *f, value=["-0.1", "0.1"]))
    yield "verifier-too-far-apart", (outside, edited(apart, "statement", "apart", value="1.1"))
    of_none = stated(["0", "0.1"], ["0.5", "1"], "amplifies", apart="0.6")
    yield "verifier-apart-the-other-way", (outside, of_none)
    yield "verifier-harms-apart-the-other-way", (outside, edited(apart, *effect, value="harms"))
    yield "verifier-apart-negative", (outside, edited(apart, "statement", "apart", value="-0.1"))
    yield "verifier-still-apart", (outside, edited(still, "statement", "margin", value="0.1"))
    yield "verifier-no-margin", (outside, edited(up, "statement", "margin", value="0"))
    yield "verifier-other-effect", ("bad-value", edited(up, *effect, value="helps"))
    yield "verifier-other-rule", ("bad-value", edited(up, "evidence", "rule", value="shares"))
    over, steps = good["verifier-ranges-fixed-points"], good["verifier-ranges-small-steps"]
    gain = ("statement", "variant", "omega", 1)
    yield "verifier-range-of-one", ("empty-range", edited(over, *gain, value="0.7:0.7"))
    yield "verifier-range-reversed", ("empty-range", edited(over, *gain, value="0.72:0.68"))
    yield "verifier-range-of-three", ("bad-number", edited(over, *gain, value="0.6:0.7:0.8"))
    yield "verifier-range-wider", ("cell-not-empty", edited(over, *gain, value="0.6:0.8"))
    yield "verifier-range-of-harm", ("omega-not-positive", edited(over, *gain, value="-0.68:0.72"))
    yield "verifier-range-larger-steps", ("step-not-proved", edited(steps, *gain, value="0.68:0.8"))
    bound, rates = ("statement", "bound"), ("statement", "rates", 0)
    yield "ceiling-lower", (beyond, edited(ceiling, *bound, value="0.0434"))
    yield "ceiling-of-box-lower", (beyond, edited(box, *bound, value="0.27"))
    yield "ceiling-easier-prompt", (beyond, edited(ceiling, "statement", "p_ref", value="0.02"))
    yield "ceiling-floor-higher", (beyond, edited(good["ceiling-floor"], *bound, value="0.13"))
    yield "ceiling-is-no-floor", (unsigned, edited(ceiling, "statement", "side", value="above"))
    yield "ceiling-rates-meet", (unsigned, edited(box, *f, value=["0.05", "0.8"]))
    yield "ceiling-not-constant", (unsigned, edited(good["ceiling-constant"], *f, value="0.4"))
    yield "ceiling-right-too-low", (beyond, edited(ceiling, *rates, "right", value=["0.022", "0.0265"]))
    yield "ceiling-right-too-high", (beyond, edited(ceiling, *rates, "right", value=["0.0224", "0.027"]))
    yield "ceiling-more-pass", (beyond, edited(ceiling, *rates, "passed", value=["0.5", "0.7"]))
    yield "ceiling-p-ref-zero", (outside, edited(ceiling, "statement", "p_ref", value="0"))
    yield "ceiling-above-one", (outside, edited(ceiling, *bound, value="1.5"))
    yield "ceiling-rate-above-one", (outside, edited(ceiling, *rates, "passed", value=["0.5", "1.5"]))
    yield "ceiling-reversed", ("empty-range", edited(ceiling, *rates, "passed", value=["0.6", "0.5"]))
    yield "ceiling-other-rule", ("bad-value", edited(ceiling, "evidence", "rule", value="sign"))
    yield "ceiling-other-side", ("bad-value", edited(ceiling, "statement", "side", value="beside"))


PLACES = [mp.mpf(k) / 2 for k in range(-16, 17)]
TILTS = [mp.mpf(k) for k in (-30, -3, -1, 0, 1, 3, 30)]
SLACK, STEP, ROUND = mp.mpf(10) ** -35, mp.mpf(10) ** -15, mp.mpf(10) ** -12
SIGNS = {"amplifies": 1, "harms": -1, "stands-still": 0}


def _rates_of(statement: Json, point: Json) -> Json:
    """What is sampled: the parameters with the rates."""
    return {**point, "t": statement["true_positive"], "f": statement["false_positive"]}


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    return (_false_effect if statement["kind"] == "erring-verifier" else _false_ceiling)(statement)


def _false_effect(statement: Json) -> str | None:
    sign = SIGNS[statement["effect"]]
    for point in sampled_points(_rates_of(statement, statement["parameters"])):
        t, f = number(point["t"]), number(point["f"])
        if "apart" in statement and sign * (t - f) < number(statement["apart"]):
            continue
        if mp.sign(t - f) != sign:
            return f"t - f = {mp.nstr(t - f, 9)} at {point}"
        for logit in PLACES if sign else []:
            reason = _at(statement, point, t, f, logit)
            if reason:
                return reason
    return None


def _at(statement: Json, point: Json, t: Any, f: Any, logit: Any) -> str | None:
    """At a fixed point of some reference, |L* - L_ref| is the size of the push over alpha beta; its slope."""
    alpha, beta = number(point["alpha"]), number(point["beta"])
    push = _push(statement, point, t, f, logit)
    if "margin" in statement and abs(push) < alpha * beta * (number(statement["margin"]) - SLACK):
        return f"a fixed point at {mp.nstr(logit, 9)} is nearer, at {point}"
    if "threshold" in statement:
        slope = (
            _push(statement, point, t, f, logit + STEP) - _push(statement, point, t, f, logit - STEP)
        ) / (2 * STEP)
        if abs(slope) > number(statement["threshold"]) + ROUND:
            return f"the slope is {mp.nstr(slope, 12)} at {mp.nstr(logit, 9)}, {point}"
    return None


def _push(statement: Json, point: Json, t: Any, f: Any, logit: Any) -> Any:
    m = f + (t - f) * sigma(logit)
    return (t - f) * omega(statement["variant"], mp.log(m / (1 - m)), number(point["eps"]))


def _false_ceiling(statement: Json) -> str | None:
    points = sampled_points(_rates_of(statement, {"p_ref": statement["p_ref"]}))
    for point, tilt in product(points, TILTS):
        p, t, f = (number(point[key]) for key in ("p_ref", "t", "f"))
        weights = [p * t * mp.exp(tilt), p * (1 - t), (1 - p) * f * mp.exp(tilt), (1 - p) * (1 - f)]
        total = sum(weights)
        right = (weights[0] + weights[1]) / total
        bound = number(statement.get("bound", point["p_ref"]))
        off = {"below": right - bound, "above": bound - right, "at": abs(right - bound)}[statement["side"]]
        if off > SLACK:
            return f"p = {mp.nstr(right, 12)} at {point}, theta = {tilt}"
        for pair in statement["rates"]:
            reason = _beside(pair, p, t, f)
            if reason:
                return f"{reason} at {point}"
    return None


def _beside(pair: Json, p: Any, t: Any, f: Any) -> str | None:
    """The tilt that passes so many, found by its odds."""
    reference = p * t + (1 - p) * f
    for end in pair["passed"]:
        m = number(end)
        right = p * t / reference * m + p * (1 - t) / (1 - reference) * (1 - m)
        if not number(pair["right"][0]) - SLACK <= right <= number(pair["right"][1]) + SLACK:
            return f"p = {mp.nstr(right, 12)} where {end} pass"
    return None


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
POLICIES = (
    "Policies: pi = pi_ref exp(theta R)/Z for a real theta, R(y) = 1 if the verifier passes the answer "
    "y, else "
    "0; p_ref is the rate of right answers of pi_ref, t and f the shares of its right and of its wrong ones "
    "with R = 1."
)
RATE = "For all these parameters and every theta the rate p of right answers of pi satisfies "
SIDES = {f"{RATE}p < <bound>.": "below", f"{RATE}p > <bound>.": "above", f"{RATE}p = p_ref.": "at"}
APART = {"amplifies": ", t - f >= ", "harms": ", f - t >= "}


def sentences(reader: Reader) -> Json:
    return (_effect if reader.given["kind"] == "erring-verifier" else _ceiling)(reader)


def _effect(reader: Reader) -> Json:
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


def _ceiling(reader: Reader) -> Json:
    """The statement of systematic errors but for its kind."""
    box = ranges(reader.take("Parameters: <all:x>.")["all"])
    if list(box) != ["p_ref", "t", "f"]:
        raise Unread(str(box))
    reader.take(POLICIES)
    said, side = reader.take_one(SIDES)
    bound = {} if side == "at" else {"bound": said["bound"]}
    rates = []
    while reader.is_next("Where E_pi R"):
        pair = reader.take("Where E_pi R lies in <passed:r>, p lies in <right:r>.")
        rates.append({"passed": range_in(pair, "passed"), "right": range_in(pair, "right")})
    given = {"p_ref": box["p_ref"], "true_positive": box["t"], "false_positive": box["f"]}
    return {**given, "side": side, **bound, "rates": rates}
