"""Verdict "settles" of kind "limit": by a closed form, for a whole box of parameters and without an orbit,
the sequence tends to a fixed point (to which one may depend on the parameters).

Lemma 34 (closed forms). Let alpha > 0 and L_0 be any start; for order and lift let Omega be bounded, even and
rising in |L|; for contraction let |b| have a bound Bmax.
  order: where T' >= 0 on L >= m, m the lesser of L_0 and L_ref, L_n is monotone and tends to a fixed point;
  from p_ref it never falls, and tends to the least fixed point.
    T(L) > (1-alpha) L + alpha L_ref >= m for L >= m: T maps [m, oo) into itself and keeps order, and it is
    bounded by a line of slope 1 - alpha < 1. From p_ref T(L_0) > L_0, and no fixed point is below (lemma 1).
  lift: T(0) >= 0 is enough (lemma 13, s, in whose proof L_0 may be anything).
  contraction: |b| <= Bmax and Bmax < alpha beta give |T'| < 1 on the line, uniformly. Banach.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import ball, precision, read_evidence
from verified_grpo.checker.orbits import Orbits, ends
from verified_grpo.checker.reading import tag
from verified_grpo.checker.recursion import Recursion

FORMS = ("order", "lift", "contraction")
MANNERS = {
    "rises": "never falls and tends to the least fixed point",
    "tends": "tends to a fixed point (which one may depend on the parameters)",
}
_ZERO = Fraction(0)
_COST = 16
_ORDER = (Fact.EVEN_RISING, Fact.BOUNDED)


@dataclass(frozen=True)
class Settles:
    """The sequence from `start` (p_ref where None) tends to a fixed point, for every parameter of the box."""

    manner: str
    recursion: Recursion
    start: Fraction | None
    words: str

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("closed-form",))
        form = tag(evidence, "evidence", "form", FORMS)
        _, bits = read_evidence(evidence, "form")
        self.recursion.box.require_positive_alpha()
        pay_for_evaluations(_COST, bits, self.recursion.contrast.cost)
        fits = self.manner == "tends" or (form == "order" and self.start is None)
        require(fits, Code.WRONG_RULE, "a rise to the least fixed point needs the form 'order' and p_ref")
        with precision(bits):
            holds = {"order": self._keeps_order, "lift": self._lifts, "contraction": self._contracts}[form]()
        require(holds, Code.CLOSED_FORM_FAILS, f"the closed form {form!r} does not hold on the whole box")

    def _keeps_order(self) -> bool:
        self.recursion.require(*_ORDER)
        orbits = Orbits(self.recursion)
        starts = [self.recursion.anchor(0)] + ([orbits.start(self.start)] if self.start else [])
        low = min(_ZERO, *(ends(start)[0] for start in starts))
        return orbits.rises((low, _ZERO))

    def _lifts(self) -> bool:
        self.recursion.require(*_ORDER)
        return bool(Orbits(self.recursion).bounds(_ZERO)[0] >= 0)

    def _contracts(self) -> bool:
        box = self.recursion.box
        return bool(self.recursion.steepest() < ball(box.alpha[0] * box.beta[0]))
