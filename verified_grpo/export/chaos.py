"""Kind "chaos": the order of four points, or a point of period three, and the points of every period."""

from __future__ import annotations

from fractions import Fraction

from ..certificates.grammar.chaos import Chaos, ChaosEvidence, LiYorkeClaim, PeriodThreeClaim
from ..errors import InputError
from .orbits import Orbit, Start
from .point import Point
from .text import all_of, bound, real

EVERY_PERIOD = "forall n, (1 <= n)%nat -> exists L, has_period step n L"
CONTINUOUS = "(T2_continuous alpha Lref beta eps B E)"


def chaos(name: str, statement: Chaos, evidence: ChaosEvidence) -> str:
    """Statement and proof: T has a point of every exact period.

    What Li and Yorke's theorem says beyond it, an uncountable scrambled set, is not part of the export.

    Raises:
        InputError: a range of parameters, or verdict entropy.
    """
    point = Point.of(statement["parameters"])
    if statement["verdict"] == "entropy":
        raise InputError("topological entropy has no export to Coq; chaos by li-yorke or period-three has")
    bits = evidence["bits"]
    if statement["verdict"] == "period-three":
        return point.section(name, _returning(name, point, statement, bits))
    return point.section(name, _four_points(name, point, statement, bits))


def _four_points(name: str, point: Point, statement: LiYorkeClaim, bits: int) -> str:
    """A start, its three images and their order."""
    given = statement["start"]
    start = Start(None, Fraction(given["p"])) if "p" in given else Start(Fraction(given["logit"]), None)
    widths = [Fraction(high) - Fraction(low) for low, high in statement["images"]]
    orbit = Orbit.of(point, start, 3, wanted=len(str(int(1 / min(widths)))) + 3)
    x, verify = start.text, f"verify {max(bits, orbit.bits)}%positive"
    images = [f"step {x}", f"step (step {x})", f"step (step (step {x}))"]
    lemmas, claims = orbit.lemmas(start), []
    for i, (image, ends) in enumerate(zip(images, statement["images"], strict=True), 1):
        claims.append(f"{bound(ends[0])} <= {image} <= {bound(ends[1])}")
        known = f"(squeezed _ {' '.join(map(real, orbit.enclosures[i]))} _)"
        lemmas += (
            f"Lemma image_{i} : {claims[-1]}.\nProof. apply {known}; [exact orbit_{i} | {verify} ..]. Qed.\n"
        )
    proof = f"apply (chaos_{statement['order']} step {CONTINUOUS} _ _ _ _ _ _ _ image_1 image_2 image_3)"
    return (
        f"{lemmas}\nTheorem {name} :\n  ({all_of(claims)}) /\\\n  {EVERY_PERIOD}.\n"
        f"Proof. {proof}; {verify}. Qed.\n"
    )


def _returning(name: str, point: Point, statement: PeriodThreeClaim, bits: int) -> str:
    """A bracket on whose ends T^3(L) - L has opposite signs, and out of which T leads."""
    low, high = (Fraction(end) for end in statement["logit"])
    lemmas, signs = "", []
    for label, end in (("low", low), ("high", high)):
        start = Start(end, None)
        orbit = Orbit.of(point, start, 3, wanted=len(str(int(1 / (high - low)))) + 3)
        bits, (below, above) = max(bits, orbit.bits), orbit.enclosures[3]
        rises = below > end
        beside = f"Rlt_le_trans _ {real(below)}" if rises else f"Rle_lt_trans _ {real(above)}"
        half = "proj1" if rises else "proj2"
        signs.append(f"apply ({beside}); first [order | exact ({half} {label}_3)]")
        lemmas += orbit.lemmas(start, label)
    ends = f"{real(low)} {real(high)}"
    sign = "left" if rises else "right"
    out = "left" if point.approx_image(low) < float(low) else "right"
    return (
        f"{lemmas}\nTheorem {name} :\n"
        f"  (exists L, {real(low)} < L < {real(high)} /\\ has_period step 3 L) /\\\n"
        f"  {EVERY_PERIOD}.\nProof.\n  apply (chaos_by_return step {CONTINUOUS} {ends}).\n"
        f"  - order.\n  - {sign}. split; [{signs[0]} | {signs[1]}].\n"
        f"  - {out}. carry {bits}%positive.\nQed.\n"
    )
