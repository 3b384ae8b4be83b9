"""Formal claims about cycles and chaos, beside those of :mod:`.claims`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verified_grpo.certificates import chaos_certificate, chaos_region_certificate, cycles_certificate
from verified_grpo.intervals import Exact, canonical, exact
from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor.chaos.cycles import Cycles, cycles
from verified_grpo.rigor.chaos.entropy import entropy_bound
from verified_grpo.rigor.chaos.outcomes import Covering, LiYorke
from verified_grpo.rigor.chaos.regions import chaos_region
from verified_grpo.rigor.chaos.witnesses import chaos_witness, period_three

from .claims import ENGINE, Open, Proof


@dataclass(frozen=True)
class AllCycles:
    """The map has exactly ``count`` cycles of exact period ``period``, each in brackets."""

    period: int
    count: int
    beta: Exact
    eps: Exact
    p_ref: Exact
    alpha: Exact = 1
    contrast: Contrast = MEAN_VAR

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        point = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref, alpha=self.alpha)
        found = cycles(self.contrast, point, self.period, engine=engine)
        if not isinstance(found, Cycles):
            return Open(found.reason)
        if len(found.cycles) != self.count:
            return Open(f"{len(found.cycles)} cycles were found, not {self.count}")
        certificate = cycles_certificate(found)
        return Proof(certificate["statement"], certificate["evidence"])


@dataclass(frozen=True)
class LiYorkeAt:
    """The point ``p`` satisfies Li and Yorke's condition; ``order`` is ``falls`` or ``rises``."""

    p: str
    order: str
    beta: Exact
    eps: Exact
    p_ref: Exact

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref)
        found = chaos_witness(MEAN_VAR, box, start=self.p, engine=engine)
        if not isinstance(found, LiYorke):
            return Open(f"the four points from p = {self.p} are not in order")
        order = "falls" if found.falls else "rises"
        if order != self.order:
            return Open(f"the order is {order}, not {self.order}")
        certificate = chaos_certificate(found)
        return Proof(certificate["statement"], certificate["evidence"])


@dataclass(frozen=True)
class PointOfPeriodThree:
    """The map has a point of exact period 3 with log-odds of this sign (-1 or 1): p below or above 1/2."""

    sign: int
    beta: Exact
    eps: Exact
    p_ref: Exact

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref)
        found = period_three(MEAN_VAR, box, engine=engine)
        if found is None:
            return Open("no point of period 3 was found")
        if not all(end * self.sign > 0 for end in found.logit):
            return Open("the point of period 3 found has the other sign")
        certificate = chaos_certificate(found)
        return Proof(certificate["statement"], certificate["evidence"])


@dataclass(frozen=True)
class EntropyAtLeast:
    """The topological entropy of the map is at least ``bound``, by a covering relation of ``T^turns``."""

    bound: str
    turns: int
    beta: Exact
    eps: Exact
    p_ref: Exact

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        box = Parameters.of(beta=self.beta, eps=self.eps, p_ref=self.p_ref)
        found = entropy_bound(MEAN_VAR, box, turns=self.turns, engine=engine)
        if not isinstance(found, Covering):
            return Open(found.reason)
        if found.entropy < exact(self.bound):
            return Open(f"only an entropy of {canonical(found.entropy)} is proved, not {self.bound}")
        certificate = chaos_certificate(replace(found, entropy=exact(self.bound)))
        return Proof(certificate["statement"], certificate["evidence"])


@dataclass(frozen=True)
class ChaoticArea:
    """On cells of a grid over (beta, p_ref) of at least this area there is a witness of chaos in each."""

    area: str
    eps: Exact
    beta: Exact
    p_ref: Exact
    columns: int
    rows: int

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        found = chaos_region(
            MEAN_VAR,
            self.eps,
            beta=self.beta,
            p_ref=self.p_ref,
            columns=self.columns,
            rows=self.rows,
            engine=engine,
        )
        if found is None or found.area < exact(self.area):
            return Open(f"cells of a smaller area than {self.area} were found")
        certificate = chaos_region_certificate(found)
        return Proof({**certificate["statement"], "area": self.area}, certificate["evidence"])
