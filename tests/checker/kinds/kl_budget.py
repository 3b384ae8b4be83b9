"""Kind "kl-budget": what p a divergence buys, and what it costs; the oracle bisects at 60 digits."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..builder import Json, certificate, widened
from ..committed import committed
from ..edits import Bad, edited
from ..forms import Reader, Unread, range_in
from ..heads import ALL, ranges
from ..samples import sampled_points
from ..truth import mp, number

CLOSE = mp.mpf(10) ** -20


def stated(asks: str, p_ref: Any, p: Any, kl: Any) -> Json:
    statement = {"kind": "kl-budget", "asks": asks, "p_ref": p_ref, "p": p, "kl": kl}
    return certificate(statement, {"rule": "ends", "bits": 96})


def largest(p_ref: Any, kl: Any) -> Json:
    """Bisected between the ends of the ranges."""
    low, high = (
        bought(*(number(side if isinstance(side, str) else side[k]) for side in (p_ref, kl))) for k in (0, 1)
    )
    return stated(
        "largest-p", p_ref, ["1", "1"] if low == 1 else widened(low - CLOSE, min(high + CLOSE, 1)), kl
    )


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    cost = binary_kl(number("0.5"), number("0.01"))
    near, far = binary_kl(number("0.3"), number("0.2")), -mp.log(number("0.1"))
    fell = binary_kl(number("1/3"), number("0.5"))
    return {
        "budget": largest("0.01", "0.5"),
        "budget-box": largest(["0.01", "0.02"], ["0.5", "1"]),
        "budget-all": largest("0.01", "10"),
        "budget-nothing": stated("largest-p", "1/3", ["1/3", "1/3"], "0"),
        "budget-cost": stated("least-kl", "0.01", "0.5", widened(cost - CLOSE, cost + CLOSE)),
        "budget-cost-box": stated(
            "least-kl", ["0.1", "0.2"], ["0.3", "1"], widened(near - CLOSE, far + CLOSE)
        ),
        "budget-cost-where-they-meet": stated("least-kl", ["0.1", "0.2"], ["0.1", "0.4"], ["0", "0.5"]),
        "budget-spent": stated("spent", ["0", "0.2"], ["0.3", "1"], widened(near - CLOSE, far)[0]),
        "budget-spent-falling": stated("spent", ["0.5", "1"], ["0", "1/3"], widened(fell - CLOSE, far)[0]),
        "budget-spent-nothing": stated("spent", ["0", "1"], "0.3", "0"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good = committed()
    buys, box, cost = good["budget"], good["budget-box"], good["budget-cost"]
    costs, spent = good["budget-cost-box"], good["budget-spent"]
    p, kl, p_ref = ("statement", "p"), ("statement", "kl"), ("statement", "p_ref")
    unproved = "budget-not-proved"
    yield "budget-buys-less", (unproved, edited(buys, *p, value=["0.22", "0.2217"]))
    yield "budget-buys-more", (unproved, edited(buys, *p, value=["0.2218", "0.3"]))
    yield "budget-below-p-ref", (unproved, edited(buys, *p, value=["0.001", "0.009"]))
    yield "budget-box-its-middle", (unproved, edited(box, *p, value=["0.3", "0.4"]))
    yield "budget-all-but-one", (unproved, edited(good["budget-all"], *p, value=["0.5", "0.99"]))
    yield "budget-one-too-soon", (unproved, edited(good["budget-all"], *kl, value="4.6"))
    yield (
        "budget-something-for-nothing",
        (
            unproved,
            edited(good["budget-nothing"], *p, value=["0.34", "0.35"]),
        ),
    )
    yield "budget-costs-more", (unproved, edited(cost, *kl, value=["1.615", "1.7"]))
    yield "budget-costs-less", (unproved, edited(cost, *kl, value=["1.5", "1.614"]))
    yield "budget-other-end", (unproved, edited(costs, *kl, 0, value="0.1"))
    yield "budget-other-corner", (unproved, edited(costs, *kl, 1, value="1.7"))
    yield "budget-spent-more", (unproved, edited(spent, *kl, value="0.0282"))
    yield "budget-spent-where-they-meet", (unproved, edited(spent, *p, 0, value="0.1"))
    fell = edited(good["budget-spent-falling"], *p, 1, value="0.4")
    yield "budget-spent-falling-more", (unproved, fell)
    yield "budget-spent-from-nothing", (unproved, edited(spent, *p_ref, value="0"))
    yield "budget-p-ref-zero", ("outside-domain", edited(box, *p_ref, 0, value="0"))
    yield "budget-p-ref-one", ("outside-domain", edited(cost, *p_ref, value="1"))
    yield "budget-p-above-one", ("outside-domain", edited(costs, *p, 1, value="1.5"))
    yield "budget-p-below-zero", ("outside-domain", edited(spent, *p_ref, 0, value="-0.1"))
    yield "budget-negative", ("outside-domain", edited(buys, *kl, value="-1"))
    yield "budget-reversed", ("empty-range", edited(buys, *p, value=["0.3", "0.2"]))
    yield "budget-other-question", ("bad-value", edited(buys, "statement", "asks", value="most-p"))
    yield "budget-other-rule", ("bad-value", edited(buys, "evidence", "rule", value="corners"))
    yield "budget-range-spent", ("wrong-type", edited(spent, *kl, value=["0", "0.01"]))


SLACK = mp.mpf(10) ** -35


def binary_kl(p: Any, q: Any) -> Any:
    """The divergence of two coins, 0 log 0 = 0; infinite where q rules p out."""
    total = mp.mpf(0)
    for share, of in ((p, q), (1 - p, 1 - q)):
        if share > 0:
            total += share * mp.log(share / of) if of > 0 else mp.inf
    return total


def bought(q: Any, kl: Any) -> Any:
    """The largest p within a budget."""
    if kl >= -mp.log(q):
        return mp.mpf(1)
    if kl == 0:
        return q
    low, high = q, mp.mpf(1)
    for _ in range(220):
        middle = (low + high) / 2
        low, high = (middle, high) if binary_kl(middle, q) < kl else (low, middle)
    return low


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    for point in sampled_points(_over(statement)):
        q = number(point["p_ref"])
        if statement["asks"] == "largest-p":
            value, claimed = bought(q, number(point["kl"])), statement["p"]
        else:
            value, claimed = binary_kl(number(point["p"]), q), statement["kl"]
        low, high = (claimed, None) if isinstance(claimed, str) else claimed
        if value < number(low) - SLACK or (high is not None and value > number(high) + SLACK):
            return f"{mp.nstr(value, 20)} at {point}"
    return None


def _over(statement: Json) -> Json:
    """What such a statement is quantified over."""
    name = "kl" if statement["asks"] == "largest-p" else "p"
    return {"p_ref": statement["p_ref"], name: statement[name]}


POLICIES = (
    "Policies: pi and pi_ref on finitely many outcomes, pi 0 where pi_ref is, with the probabilities of "
    "success p and p_ref; KL = sum of pi log(pi/pi_ref), in nats; the tilt to p changes no odds among "
    "successes, and none among failures."
)
BUDGETS = {
    f"{ALL}the largest p of a policy with KL <= K, which a tilt attains, lies in <bound:r>.": "largest-p",
    f"{ALL}the least KL of a policy with this p, which the tilt to p attains, lies in <bound:r>.": "least-kl",
    f"{ALL}a policy with this p has KL >= <bound>.": "spent",
}


def sentences(reader: Reader) -> Json:
    given = ranges(reader.take("Parameters: <all:x>.")["all"])
    reader.take(POLICIES)
    said, asks = reader.take_one(BUDGETS)
    if list(given) != ["p_ref", "K" if asks == "largest-p" else "p"]:
        raise Unread(str(given))
    if asks == "spent":
        return {"asks": asks, **given, "kl": said["bound"]}
    if asks == "largest-p":
        return {"asks": asks, "p_ref": given["p_ref"], "kl": given["K"], "p": range_in(said, "bound")}
    return {"asks": asks, **given, "kl": range_in(said, "bound")}
