"""Kind "chaos": the order of four points, or a point of period three, and the points of every period."""

from __future__ import annotations

from fractions import Fraction

from ..errors import InputError
from .point import Point
from .text import Json, all_of, bound, real

EVERY_PERIOD = "forall n, (1 <= n)%nat -> exists L, has_period step n L"
CONTINUOUS = "(T2_continuous alpha Lref beta eps B E)"


def chaos(name: str, statement: Json, evidence: Json) -> str:
    """Statement and proof: T has a point of every exact period.

    What Li and Yorke's theorem says beyond it, an uncountable scrambled set, is not part of the export.

    Raises:
        InputError: a range of parameters, or verdict entropy.
    """
    point = Point.of(statement["parameters"])
    if statement["verdict"] == "entropy":
        raise InputError("topological entropy has no export to Coq; chaos by li-yorke or period-three has")
    bits = f"{evidence['bits']}%positive"
    write = _returning if statement["verdict"] == "period-three" else _four_points
    return point.section(name, write(name, statement, bits))


def _four_points(name: str, statement: Json, bits: str) -> str:
    """A start, its three images and their order."""
    start = statement["start"]
    x = real(Fraction(start["logit"])) if "logit" in start else f"(logit {real(Fraction(start['p']))})"
    images = [f"step {x}", f"step (step {x})", f"step (step (step {x}))"]
    bounds = [(bound(low), bound(high)) for low, high in statement["images"]]
    enclosed = [f"{low} <= {image} <= {high}" for image, (low, high) in zip(images, bounds, strict=True)]
    lemmas = "".join(
        f"Lemma image_{i} : {claim}.\nProof. split; verify {bits}. Qed.\n"
        for i, claim in enumerate(enclosed, 1)
    )
    proof = f"apply (chaos_{statement['order']} step {CONTINUOUS} _ _ _ _ _ _ _ image_1 image_2 image_3)"
    return (
        f"{lemmas}\nTheorem {name} :\n  ({all_of(enclosed)}) /\\\n  {EVERY_PERIOD}.\n"
        f"Proof. {proof}; verify {bits}. Qed.\n"
    )


def _returning(name: str, statement: Json, bits: str) -> str:
    """A bracket on whose ends T^3(L) - L has opposite signs, and out of which T leads."""
    low, high = (bound(end) for end in statement["logit"])
    signs = f"first [left; split; enclose {bits} | right; split; enclose {bits}]"
    leads_out = f"first [left; enclose_over {bits} | right; enclose_over {bits}]"
    return (
        f"Theorem {name} :\n  (exists L, {low} < L < {high} /\\ has_period step 3 L) /\\\n  {EVERY_PERIOD}.\n"
        f"Proof.\n  apply (chaos_by_return step {CONTINUOUS} {low} {high}).\n"
        f"  - order.\n  - {signs}.\n  - {leads_out}.\nQed.\n"
    )
