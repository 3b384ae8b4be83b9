"""What ``verified-grpo certify`` proves, by name: the main cases, and the paper statement by statement.

The main cases are eighteen lists of fixed points and three boxes, all at the paper's contrast and alpha = 1.
The paper's statements come from ``proofs``, which stands above the package and is imported when asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from ...certificates import fixed_points_certificate, region_certificate
from ...certificates.grammar.values import AnyCertificate
from ...errors import InputError
from ...intervals import decimal_down, decimal_up
from ...model import MEAN_VAR, Parameters
from ...rigor import FixedPoints, Undecided, certify, fixed_points

if TYPE_CHECKING:
    from ...proofs.framework import PaperStatement

BETAS = ("0.04", "0.5", "1", "3", "5", "100")
P_REFS = ("0.001", "0.3", "0.9")
EPS = "1e-5"
BOXES = {
    "contraction-proved": ("contraction", "61:100", "1e-5:1e-4", "0.001:0.9999"),
    "contraction-refuted": ("contraction", "50:100", "1e-5", "0.001:0.9999"),
    "amplification-proved": ("amplification", "0.001:100", "1e-6:1", "0.001:0.999"),
}


@dataclass(frozen=True)
class Unproved:
    """Nothing was decided: where the evidence stopped (a step, or boxes left over), and why."""

    where: str
    reason: str


@dataclass(frozen=True)
class Case:
    """One entry: a name and the work that ends in a certificate, or in the word that nothing was decided."""

    name: str
    prove: Callable[[str], AnyCertificate | Unproved]


def main_cases() -> dict[str, Case]:
    """All cases by name, in the order of the report."""
    cases = [_fixed_points_case(beta, p_ref) for beta in BETAS for p_ref in P_REFS]
    cases += [_box_case(name, *question) for name, question in BOXES.items()]
    return {case.name: case for case in cases}


@lru_cache(maxsize=1)
def paper_cases() -> dict[str, Case]:
    """The statements of the paper by name, in its order."""
    from ...proofs import all_statements

    return {statement.item: paper_case(statement) for statement in all_statements()}


def paper_case(statement: PaperStatement) -> Case:
    """A statement of the paper: its certificate, or at which derivation or part its evidence stopped."""
    from ...proofs.framework import Certified
    from ...proofs.framework import certify as certify_statement

    def prove(engine: str) -> AnyCertificate | Unproved:
        outcome = certify_statement(statement, engine)
        if isinstance(outcome, Certified):
            return outcome.certificate
        return Unproved(outcome.where, outcome.reason)

    return Case(statement.item, prove)


def all_cases() -> dict[str, Case]:
    """Everything, the main cases first."""
    return main_cases() | paper_cases()


def select(names: list[str]) -> list[Case]:
    """The cases of these names (all of them for an empty list); a name may be a prefix such as
    ``fixed-points``.

    Raises:
        InputError: a name that fits nothing; the nearest ones are suggested.
    """
    cases = all_cases()
    if not names:
        return list(cases.values())
    chosen: dict[str, Case] = {}
    for name in names:
        fitting = {key: case for key, case in cases.items() if key == name or key.startswith(name + "-")}
        if not fitting:
            near = get_close_matches(name, cases, n=3, cutoff=0.3) or list(cases)[:3]
            raise InputError(f"unknown statement {name!r}: did you mean {', '.join(near)}?")
        chosen |= fitting
    return list(chosen.values())


def _fixed_points_case(beta: str, p_ref: str) -> Case:
    def prove(engine: str) -> AnyCertificate | Unproved:
        found = fixed_points(MEAN_VAR, Parameters.of(beta=beta, eps=EPS, p_ref=p_ref), engine=engine)
        if isinstance(found, FixedPoints):
            return fixed_points_certificate(found)
        return Unproved(f"L in {_shown(*found.bracket)}" if found.bracket else "", found.reason)

    return Case(f"fixed-points-beta-{beta}-p_ref-{p_ref}", prove)


def _box_case(name: str, prop: str, beta: str, eps: str, p_ref: str) -> Case:
    def prove(engine: str) -> AnyCertificate | Unproved:
        outcome = certify(prop, MEAN_VAR, Parameters.of(beta=beta, eps=eps, p_ref=p_ref), engine=engine)
        if not isinstance(outcome, Undecided):
            return region_certificate(outcome, engine)
        first = outcome.boxes[0] if outcome.boxes else ()
        return Unproved(", ".join(f"{axis} in {_shown(*side)}" for axis, *side in first), outcome.reason)

    return Case(name, prove)


def _shown(low: Fraction, high: Fraction) -> str:
    """A range to nine digits, rounded outward."""
    return f"[{decimal_down(low, 9)}, {decimal_up(high, 9)}]"
