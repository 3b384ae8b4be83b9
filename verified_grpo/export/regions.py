"""Kinds "amplification", "contraction", "uniqueness" over a box, by the closed form or a witness."""

from __future__ import annotations

from fractions import Fraction

from ..certificates.grammar.regions import (
    Amplification,
    AmplificationByMargin,
    ClosedForm,
    Contraction,
    RegionEvidence,
    Uniqueness,
    Witness,
)
from ..errors import InputError
from .point import NAMES, Point
from .text import all_of, bound, real, span, working_bits

STEP = "T2 alpha (logit p_ref) beta eps"
MULTIPLIER = "multiplier alpha beta eps L"

Pair = tuple[Fraction, Fraction]


def region(name: str, statement: Amplification | Contraction | Uniqueness, evidence: RegionEvidence) -> str:
    """Statement and proof.

    Raises:
        InputError: evidence by a tree.
    """
    if statement["kind"] == "amplification":
        if "target" in statement or evidence["rule"] != "closed-form":
            raise InputError("of amplification only a margin by the closed form has an export to Coq")
        return _closed_form(name, statement, evidence)
    if evidence["rule"] == "witness":
        return _witness(name, statement, evidence)
    if evidence["rule"] != "closed-form":
        raise InputError(
            "a property over a box that was proved by a tree has no export to Coq; by the closed form it has"
        )
    return _closed_form(name, statement, evidence)


def _closed_form(
    name: str, statement: AmplificationByMargin | Contraction | Uniqueness, evidence: ClosedForm
) -> str:
    """For all parameters of the box: the library's lemma wants an inequality at a corner."""
    box = [span(statement["parameters"][key]) for key in NAMES]
    ends = " ".join(real(end) for side in box[:3] for end in side)
    lemma, kind = f"{statement['kind']}_over_box", statement["kind"]
    if statement["kind"] == "amplification":
        margin = bound(statement["margin"])
        claim, last = f"forall L, {STEP} L = L -> {margin} <= L - logit p_ref", f"({margin}) _ _ _ _"
    elif statement["kind"] == "uniqueness":
        claim, last = f"exists! L, {STEP} L = L", "_ _ _ _"
    elif "rate" in statement:
        rate = bound(statement["rate"])
        claim, last = f"forall L, {STEP} L = L -> - {rate} <= {MULTIPLIER} <= {rate}", f"({rate}) _ _ _"
        lemma += "_by_rate"
    else:
        claim, last = f"forall L, {STEP} L = L -> -1 < {MULTIPLIER} < 1", "_ _ _"
    points = "intros L _. " if kind == "contraction" else ""
    ranges = "".join(f"  {inside} ->\n" for inside in _inside(box))
    positive = "ltac:(order) ltac:(order) ltac:(order)"
    return (
        f"Theorem {name} : forall alpha beta eps p_ref,\n{ranges}  {claim}.\n"
        f"Proof.\n  intros alpha beta eps p_ref HA HB HE _. {points}\n"
        f"  apply ({lemma} {ends} {positive} {last});\n"
        f"    first [exact HA | exact HB | exact HE | verify {working_bits(evidence)}%positive].\nQed.\n"
    )


def _witness(name: str, statement: Contraction | Uniqueness, evidence: Witness) -> str:
    """Parameters of the box at which a fixed point does not attract, or at which there are two."""
    point = Point.of(evidence["parameters"])
    box = [span(statement["parameters"][key]) for key in NAMES]
    brackets = [_pair(ends) for ends in evidence["brackets"]]
    verify = f"verify {working_bits(evidence)}%positive"
    lemmas = "".join(_crossing(number, point, bracket, verify) for number, bracket in enumerate(brackets, 1))
    if statement["kind"] == "contraction":
        claim = f"exists L, {STEP} L = L /\\ ({MULTIPLIER} <= -1 \\/ 1 <= {MULTIPLIER})"
        side = "above" if brackets[0][0] >= 0 else "below"
        proof = f"apply (not_contracting_{side} alpha Lref beta eps B E _ _ crossing_1); {verify}"
    else:
        claim = f"exists K L, K < L /\\ {STEP} K = K /\\ {STEP} L = L"
        proof = f"apply (not_unique alpha Lref beta eps _ _ _ _ crossing_1 crossing_2); {verify}"
    inside = all_of(_inside(box))
    body = (
        f"{lemmas}\nTheorem {name} : exists alpha beta eps p_ref,\n  ({inside}) /\\\n  {claim}.\n"
        f"Proof. exists alpha, beta, eps, p_ref. split; [repeat split; order|]. {proof}. Qed.\n"
    )
    return point.section(name, body)


def _crossing(number: int, point: Point, bracket: Pair, verify: str) -> str:
    """A fixed point in a bracket, by the sign of the gap at its ends."""
    way = "up" if point.approx_slope(bracket[0]) < 1 else "down"
    low, high = map(real, bracket)
    return (
        f"Lemma crossing_{number} : exists L, {low} < L < {high} /\\ step L = L.\n"
        f"Proof. apply (crosses_{way} alpha Lref beta eps A B E); {verify}. Qed.\n"
    )


def _inside(box: list[Pair]) -> list[str]:
    return [f"{real(low)} <= {key} <= {real(high)}" for key, (low, high) in zip(NAMES, box, strict=True)]


def _pair(ends: list[str]) -> Pair:
    return Fraction(ends[0]), Fraction(ends[1])
