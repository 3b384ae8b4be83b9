"""The battery's work in the later rooms: k3, curves, chaos, atlases, goals and orbits over regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verified_grpo.answers.atlas import ask, draw_up
from verified_grpo.certificates import (
    chaos_certificate,
    chaos_region_certificate,
    cycles_certificate,
    limit_certificate,
    region_certificate,
)
from verified_grpo.certificates.curve_builders import curve_certificate, cusp_certificate
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.certificates.k3 import k3_certificate
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import certify, limit
from verified_grpo.rigor.chaos.cycles import Cycles, cycles
from verified_grpo.rigor.chaos.outcomes import NoWitness
from verified_grpo.rigor.chaos.regions import chaos_region
from verified_grpo.rigor.chaos.witnesses import chaos_witness
from verified_grpo.rigor.k3 import K3Undecided, k3_amplification, k3_convergence, k3_fixed_point
from verified_grpo.rigor.points.curves import cusps, flip_curve, fold_curve, settling_bound
from verified_grpo.rigor.sequences.outcomes import UndecidedLimit

Json = dict[str, Any]
Work = Iterator[tuple[str, Callable[[], AnyCertificate | None]]]
GROUP = Contrast("group", 8, 1)


def work() -> Work:
    """The pieces of work by name."""
    yield from _k3()
    yield from _curves()
    yield from _chaos()
    yield from _regions()
    yield "an atlas", _atlas(MEAN_VAR, beta="1:20", eps="1e-3", p_ref="0.001:0.6", tolerance="0.3")
    yield "an atlas of cycles", _atlas(MEAN_VAR, beta="0.7:4", eps="1e-3", p_ref="1e-4:0.01", tolerance="0.6")
    yield "an atlas of a group", _atlas(GROUP, beta="0.5:4", eps="1e-3", p_ref="0.01:0.6", tolerance="0.4")


def _k3() -> Work:
    point = Parameters.of(beta="0.04", eps="1e-4", p_ref="0.3")
    box = Parameters.of(beta="0.5:2", eps="1e-4", p_ref="0.2:0.9")
    wild = Parameters.of(beta="1:3", eps="1e-4", p_ref="0.001:0.01")
    low = Parameters.of(beta="5", eps="1e-4", p_ref="0.1")
    yield "k3: a fixed point", lambda: k3_certificate(k3_fixed_point(MEAN_VAR, point))
    yield "k3: one below 1/2", lambda: k3_certificate(k3_fixed_point(GROUP, low, engine="mpmath"))
    yield "k3: over a box", lambda: k3_certificate(k3_fixed_point(MEAN_VAR, box, digits=4))
    yield "k3: a margin", lambda: k3_certificate(k3_amplification(MEAN_VAR, point))
    for name, parameters in (("half", point), ("paved", box), ("refuted", wild)):
        yield f"k3: convergence {name}", _converging(parameters)


def _converging(parameters: Parameters) -> Callable[[], AnyCertificate | None]:
    def prove() -> AnyCertificate | None:
        found = k3_convergence(MEAN_VAR, parameters)
        return None if isinstance(found, K3Undecided) else k3_certificate(found)

    return prove


def _curves() -> Work:
    window: Json = {"beta": "0.1:10", "p_ref": "0.001:0.9", "tolerance": "1/8"}
    yield "a fold curve", lambda: curve_certificate(fold_curve(MEAN_VAR, "1e-3", **window))
    yield "a flip curve", lambda: curve_certificate(flip_curve(MEAN_VAR, "1e-3", "1/2", **window))
    yield "a settling bound", lambda: curve_certificate(settling_bound(MEAN_STD, "1e-3", "1/2", **window))
    yield "a cusp", lambda: cusp_certificate(cusps(MEAN_VAR, "1e-5", "1/2")[0])


def _chaos() -> Work:
    first = Parameters.of(beta="17/25", eps="1e-5", p_ref="1/1000")

    def witness() -> AnyCertificate | None:
        found = chaos_witness(MEAN_VAR, first, start="0.9492")
        return None if isinstance(found, NoWitness) else chaos_certificate(found)

    def region() -> AnyCertificate | None:
        window: Json = {"beta": "0.64:0.7", "p_ref": "0.0009:0.0011"}
        found = chaos_region(MEAN_VAR, "1e-5", **window, columns=4, rows=4)
        return None if found is None else chaos_region_certificate(found)

    def all_cycles() -> AnyCertificate | None:
        found = cycles(MEAN_VAR, first, 2)
        return cycles_certificate(found) if isinstance(found, Cycles) else None

    yield "four points in order", witness
    yield "a region of chaos", region
    yield "all cycles of 2", all_cycles


def _regions() -> Work:
    low = Parameters.of(beta="2:3", eps="0.01:0.02", p_ref="0.1:0.2")
    deep = Parameters.of(beta="0.35:0.4", eps="0.1:0.11", p_ref="0.005:0.006")
    yield "a gain", _region("amplification", low, gain=exact("1.4"))
    yield (
        "a gain paved",
        _region("amplification", Parameters.of(beta="2", eps="1e-3", p_ref="0.9:0.99"), gain=exact(5)),
    )
    yield "a target", _region("amplification", low, target=exact("0.13"))
    yield "a target missed", _region("amplification", low, target=exact("0.9"))
    yield "convergence", _region("convergence", deep)
    yield "no cycles", _region("no-cycles", deep)
    for name, start in (("from p_ref", None), ("from elsewhere", exact("1/7"))):
        yield f"settling {name}", _settling(start)


def _region(name: str, parameters: Parameters, **goal: Any) -> Callable[[], AnyCertificate | None]:
    def prove() -> AnyCertificate | None:
        outcome = certify(name, MEAN_VAR, parameters, engine="arb", leaves=2000, **goal)
        return None if outcome.verdict == "undecided" else region_certificate(outcome, "arb")

    return prove


def _settling(start: Any) -> Callable[[], AnyCertificate | None]:
    def prove() -> AnyCertificate | None:
        wide = Parameters.of(beta="0.1:1", eps="1e-4", p_ref="0.2:0.9")
        outcome = limit(MEAN_VAR, wide, start=start) if start is not None else limit(MEAN_VAR, wide)
        return None if isinstance(outcome, UndecidedLimit) else limit_certificate(outcome)

    return prove


def _atlas(contrast: Contrast, **asked: str) -> Callable[[], AnyCertificate | None]:
    return lambda: draw_up(ask(contrast=contrast, **asked, update=None))
