"""Formal claims about verifiers that err, beside those of :mod:`.claims`."""

from __future__ import annotations

from dataclasses import dataclass

from verified_grpo.certificates.verifiers import ceiling_certificate, effect_certificate
from verified_grpo.intervals import Exact, canonical, exact, exact_range
from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor.verifiers import Effect, ceiling, effect

from .claims import ENGINE, Open, Proof


@dataclass(frozen=True)
class ErringOver:
    """Independent errors have this ``effect`` for all rates of these ranges that are ``apart`` at least;
    fixed points lie ``margin`` from the reference, and the map contracts from ``threshold`` on (None: not
    claimed)."""

    effect: str
    true_positive: Exact
    false_positive: Exact
    beta: Exact
    eps: Exact
    p_ref: Exact
    apart: str = "0"
    margin: str | None = None
    threshold: str | None = None
    contrast: Contrast = MEAN_VAR

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        verifier = Verifier.of(self.true_positive, self.false_positive)
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref)
        found = effect(self.contrast, box, verifier, apart=exact(self.apart), engine=engine)
        if not isinstance(found, Effect):
            return Open(found.reason)
        if found.effect != self.effect:
            return Open(f"these rates: {found.effect}, not {self.effect}")
        certificate = effect_certificate(found)
        statement = certificate["statement"]
        statement.pop("margin", None)
        statement.pop("threshold", None)
        if self.margin is not None:
            if found.margin is None or exact(self.margin) > found.margin:
                return Open(f"only a margin of {found.margin} is proved, not {self.margin}")
            statement["margin"] = canonical(exact(self.margin))
        if self.threshold is not None:
            if found.threshold is None or exact(self.threshold) < found.threshold:
                return Open(f"only a threshold of {found.threshold} is proved, not {self.threshold}")
            statement["threshold"] = canonical(exact(self.threshold))
        return Proof(statement, certificate["evidence"])


@dataclass(frozen=True)
class CeilingOf:
    """With errors that belong to the answer the rate of right answers stays on this ``side`` of ``bound``."""

    side: str
    bound: str
    true_positive: Exact
    false_positive: Exact
    p_ref: Exact

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        verifier = Verifier.of(self.true_positive, self.false_positive)
        found = ceiling(exact_range(self.p_ref), verifier)
        if found.side != self.side or found.bound is None:
            return Open(f"it stays {found.side} a bound, not {self.side}")
        beyond = exact(self.bound) - found.bound
        if beyond < 0 if found.side == "below" else beyond > 0:
            return Open(f"only the bound {found.bound} is proved, not {self.bound}")
        certificate = ceiling_certificate(found)
        statement = certificate["statement"]
        if statement["side"] != "at":
            statement["bound"] = canonical(exact(self.bound))
        return Proof(statement, certificate["evidence"])
