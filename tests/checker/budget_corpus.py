"""The corpora's certificates of kind "kl-budget"; `corpus` writes them beside the others."""

from __future__ import annotations

from functools import cache
from typing import Any

from .budget_oracle import binary_kl, bought
from .builder import Json, certificate, widened
from .committed import committed
from .limit_corpus import Bad, edited
from .truth import mp, number

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
