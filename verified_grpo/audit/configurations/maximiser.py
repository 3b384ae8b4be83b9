"""What the exact maximiser would do under a configuration, for every prompt of a range: the second answer.

Under KL(pi_ref||pi) everything is :mod:`verified_grpo.rigor.k3`. Under KL(pi||pi_ref), the paper's own
recursion, the properties are those of regions, and convergence is S4: if ``L_ref + Omega(1/2)/beta >= 0``,
every step ends at p >= 1/2, where the recursion rises, so the sequence from p_ref is monotone from its first
step on. S4 is decided here by enclosures; it has no certificate of its own.
"""

from __future__ import annotations

from fractions import Fraction

from ...certificates import region_certificate
from ...certificates.grammar.values import AnyCertificate
from ...certificates.k3 import k3_certificate
from ...errors import NotEnoughPrecision
from ...intervals import Sign, decimal_down, make_engine
from ...model import Contrast, Fact, Parameters, Profile, Workbench
from ...rigor import Proved, Refuted, certify
from ...rigor.k3 import K3Converges, K3Repels, k3_amplification, k3_convergence, k3_fixed_point
from ...rigor.verdicts import PROVED, REFUTED, UNDECIDED
from .findings import DIGITS, Finding, probability_down, probability_up, within

BITS = 96
LEAVES = 4000


def by_maximiser(contrast: Contrast, box: Parameters, *, forward: bool) -> tuple[Finding, ...]:
    """Whether each prompt has one fixed point, gains, and settles; ``forward``: under k3."""
    return _under_k3(contrast, box) if forward else _under_reverse(contrast, box)


def _under_k3(contrast: Contrast, box: Parameters) -> tuple[Finding, ...]:
    point = k3_fixed_point(contrast, box)
    gain = k3_amplification(contrast, box)
    settles = k3_convergence(contrast, box)
    low = probability_down(point.p[0], point.one_minus_p[1])
    high = probability_up(point.p[1], point.one_minus_p[0])
    found = [
        Finding(
            "uniqueness",
            PROVED,
            f"Each prompt has exactly one fixed point p*; over all prompts it lies between {low} and {high}.",
            k3_certificate(point),
            numbers=within(point.p, point.one_minus_p),
        ),
        _amplifies(gain.margin, k3_certificate(gain)),
    ]
    if isinstance(settles, K3Converges):
        sentence = "The fixed point attracts, and the sequence from p_ref tends to it, for every prompt."
        found.append(Finding("convergence", PROVED, sentence, k3_certificate(settles)))
    elif isinstance(settles, K3Repels):
        at = decimal_down(settles.point.p_ref, DIGITS)
        sentence = f"At p_ref {at} the fixed point repels: nearby success rates move away from it."
        found.append(
            Finding("convergence", REFUTED, sentence, k3_certificate(settles), numbers={"p_ref": at})
        )
    else:
        found.append(Finding("convergence", UNDECIDED, f"Not decided: {settles.reason}."))
    return tuple(found)


def _under_reverse(contrast: Contrast, box: Parameters) -> tuple[Finding, ...]:
    found = []
    for name in ("amplification", "uniqueness", "contraction"):
        outcome = certify(name, contrast, box, engine="arb", leaves=LEAVES)
        if isinstance(outcome, Proved):
            certificate = region_certificate(outcome, "arb")
            if outcome.margin is not None:
                found.append(_amplifies(outcome.margin, certificate))
            else:
                found.append(Finding(name, PROVED, _HOLDS[name], certificate))
        elif isinstance(outcome, Refuted):
            at = decimal_down(outcome.point.p_ref, DIGITS)
            sentence = f"{_FAILS[name]}, for example at p_ref {at}."
            certificate = region_certificate(outcome, "arb")
            found.append(Finding(name, REFUTED, sentence, certificate, numbers={"p_ref": at}))
        else:
            found.append(Finding(name, UNDECIDED, f"Not decided: {outcome.reason}."))
    return (*found, _settles(contrast, box))


_HOLDS = {
    "uniqueness": "Each prompt has exactly one fixed point.",
    "contraction": "Every fixed point of every prompt attracts.",
}
_FAILS = {
    "uniqueness": "Some prompts have more than one fixed point, so the limit depends on the start",
    "contraction": "Some fixed points repel",
}


def _settles(contrast: Contrast, box: Parameters) -> Finding:
    """S4 by enclosures: ``L_ref + Omega(1/2)/beta >= 0`` at the least p_ref and the largest eps and beta."""
    if missing := contrast.lacks(Fact.EVEN_RISING):
        return Finding("convergence", UNDECIDED, f"Whether every prompt settles is not decided: {missing}.")
    with make_engine("arb", BITS) as engine:
        try:
            least = Profile(engine, contrast, box.eps[1]).omega_min
            reach = engine.div(least, engine.exact(box.beta[1]))
            start = Workbench(engine, contrast).log_odds(box.p_ref[0])
            holds = engine.sign(engine.add(start, reach)) in (Sign.POSITIVE, Sign.ZERO)
        except NotEnoughPrecision:
            holds = False
    if holds:
        sentence = (
            "From its first step on the sequence from p_ref is monotone and tends to a fixed point (S4)."
        )
        return Finding("convergence", PROVED, sentence)
    sentence = "Not decided: S4's condition fails for the least p_ref; ask `limit` for single prompts."
    return Finding("convergence", UNDECIDED, sentence)


def _amplifies(margin: Fraction, certificate: AnyCertificate) -> Finding:
    """The margin as a factor of the odds, rounded down."""
    with make_engine("arb", BITS) as engine:
        factor = decimal_down(engine.lower(engine.exp(engine.exact(margin))), DIGITS)
    shown = decimal_down(margin, DIGITS)
    sentence = f"Every fixed point has at least {factor} times the odds of p_ref (log-odds + {shown})."
    numbers = {"odds_factor": factor, "log_odds": shown}
    return Finding("amplification", PROVED, sentence, certificate, numbers=numbers)
