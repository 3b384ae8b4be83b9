"""Formal claims about small steps, beside those of :mod:`.claims`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verified_grpo.certificates.passage import passage_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.intervals import Exact, canonical, exact
from verified_grpo.model import MEAN_VAR, Contrast
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor.sequences.passage import UndecidedPassage, passage
from verified_grpo.rigor.sequences.small_steps import UndecidedBySteps, small_steps

from .claims import ENGINE, Open, Proof


@dataclass(frozen=True)
class RiseBySteps:
    """Any steps up to ``step`` rise to the least fixed point (verdict ``rises``), or to 1 (``rises-to-one``:
    any steps at all, each adding ``step`` times itself or more)."""

    verdict: str
    step: str
    beta: Exact
    eps: Exact
    p_ref: Exact
    contrast: Contrast = MEAN_VAR

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = StepParameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref)
        found = small_steps(self.contrast, box, engine=engine)
        if isinstance(found, UndecidedBySteps):
            return Open(found.reason)
        certificate: Any = small_steps_certificate(found)
        statement, evidence = certificate["statement"], certificate["evidence"]
        if statement["verdict"] != self.verdict:
            return Open(f"small steps: {statement['verdict']}, not {self.verdict}")
        if self.verdict == "rises-to-one":
            return self._within(statement["gain"], {**statement, "gain": self.step}, evidence)
        least, most = statement["largest_step"]
        return self._within(least, {**statement, "largest_step": [self.step, most]}, evidence)

    def _within(self, proved: str, statement: Any, evidence: Any) -> Proof | Open:
        if exact(self.step) > exact(proved):
            return Open(f"only {proved} is proved, not {self.step}")
        return Proof(statement, evidence)


@dataclass(frozen=True)
class StepsUntil:
    """With steps of size ``step_size`` the sequence from p_ref is first at ``reach`` after ``steps`` of them;
    None: never."""

    steps: int | None
    reach: str
    step_size: str
    beta: Exact
    eps: Exact
    p_ref: Exact

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = StepParameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref)
        recursion = Update.of(self.step_size).recursion(box)
        found = passage(MEAN_VAR, recursion, self.reach, engine=engine)
        if isinstance(found, UndecidedPassage):
            return Open(found.reason)
        wanted = None if self.steps is None else (self.steps, self.steps)
        if found.steps != wanted:
            return Open(f"{canonical(found.reach)} is reached after {found.steps}, not {wanted} steps")
        certificate = passage_certificate(found)
        return Proof(certificate["statement"], certificate["evidence"])
