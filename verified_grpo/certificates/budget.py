"""Budgets written down: as a certificate."""

from __future__ import annotations

from ..intervals import canonical
from ..model import Range
from ..rigor.budget import LargestP, LeastKl, Spent
from .builders import CHECKER_BITS
from .canonical import seal
from .grammar import budget as grammar
from .grammar.values import Certificate, Side


def budget_certificate(found: LargestP | LeastKl | Spent) -> Certificate[grammar.Budget, grammar.Ends]:
    """The certificate of what a divergence buys, or of what a change costs."""
    evidence: grammar.Ends = {"rule": "ends", "bits": found.bits + CHECKER_BITS}
    return seal(_statement(found), evidence, found.engine, found.bits)


def _statement(found: LargestP | LeastKl | Spent) -> grammar.Budget:
    if isinstance(found, LargestP):
        return {
            "kind": "kl-budget",
            "asks": "largest-p",
            "p_ref": side(found.p_ref),
            "kl": side(found.kl),
            "p": ends(found.p),
        }
    if isinstance(found, LeastKl):
        return {
            "kind": "kl-budget",
            "asks": "least-kl",
            "p_ref": side(found.p_ref),
            "p": side(found.p),
            "kl": ends(found.kl),
        }
    return {
        "kind": "kl-budget",
        "asks": "spent",
        "p_ref": side(found.p_ref),
        "p": side(found.p),
        "kl": canonical(found.kl),
    }


def ends(given: Range) -> list[str]:
    """Both ends, though they may be one number."""
    return [canonical(end) for end in given]


def side(given: Range) -> Side:
    """A number, or a range."""
    low, high = given
    return canonical(low) if low == high else ends(given)
