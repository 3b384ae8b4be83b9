"""What follows from a configuration for every prompt of a range, certified.

Under KL(pi_ref||pi) everything is :mod:`...rigor.k3`. Under KL(pi||pi_ref), the paper's own recursion, the
properties are those of regions, and convergence is S4: if ``L_ref + Omega(1/2)/beta >= 0``, every step ends
at p >= 1/2, where the recursion rises, so the sequence from p_ref is monotone from its first step on. S4 is
decided here by enclosures; it is the one finding without a certificate of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...certificates import region_certificate
from ...certificates.grammar.values import AnyCertificate
from ...certificates.k3 import k3_certificate
from ...errors import NotEnoughPrecision
from ...intervals import Sign, canonical, decimal_down, decimal_up, exact, make_engine
from ...model import Contrast, Parameters, Profile, Range, Workbench
from ...rigor import Proved, Refuted, certify
from ...rigor.k3 import K3Converges, K3Repels, k3_amplification, k3_convergence, k3_fixed_point
from .configuration import K3, Configuration

BITS = 96
LEAVES = 4000
DIGITS = 4
PROVED, REFUTED, UNDECIDED = "proved", "refuted", "undecided"


@dataclass(frozen=True)
class Finding:
    """One certified answer: a name, its verdict, a sentence, and the certificate where one was made."""

    name: str
    verdict: str
    sentence: str
    certificate: AnyCertificate | None = None


@dataclass(frozen=True)
class Answer:
    """The audit of a configuration for all p_ref of a range.

    ``verdict`` is that of the two questions a trainer has: does every prompt gain, and does it settle.
    ``guarantee`` says which beta would settle every prompt; ``findings`` is empty where the configuration is
    outside the model.
    """

    configuration: Configuration
    p_ref: Range
    findings: tuple[Finding, ...]
    guarantee: str

    @property
    def verdict(self) -> str:
        if not self.findings:
            return UNDECIDED
        verdicts = {f.verdict for f in self.findings if f.name in ("amplification", "convergence")}
        return REFUTED if REFUTED in verdicts else UNDECIDED if UNDECIDED in verdicts else PROVED

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if not self.findings:
            return f"Nothing is computed: {self.configuration.verdict}."
        return {
            PROVED: "Every prompt gains, and settles: its success tends to a fixed point above p_ref.",
            REFUTED: "Some prompt does not settle: near its fixed point the success rate oscillates.",
            UNDECIDED: "Every prompt's fixed points lie above p_ref; that all settle there is not proved.",
        }[self.verdict]


def audit(configuration: Configuration, p_ref: Range) -> Answer:
    """Certify what the configuration does to every prompt with p_ref in a range.

    Raises:
        InputError: p_ref outside (0, 1).

    Not proved: anything in ``configuration.not_covered``.
    """
    configuration = configuration.within_clamps(p_ref[0])
    contrast = configuration.contrast
    box = Parameters.of(beta=configuration.beta or Fraction(1), eps=configuration.eps, p_ref=p_ref)
    if not configuration.computable or contrast is None:
        return Answer(configuration, p_ref, (), "")
    forward = configuration.kernel == K3
    findings = _under_k3(contrast, box) if forward else _under_reverse(contrast, box)
    least = configuration.least_weight(p_ref[0]) if configuration.clamps else Fraction(0)
    return Answer(
        configuration, p_ref, findings, guarantee(contrast, box, configuration.unit, forward, least)
    )


def _under_k3(contrast: Contrast, box: Parameters) -> tuple[Finding, ...]:
    point = k3_fixed_point(contrast, box)
    gain = k3_amplification(contrast, box)
    settles = k3_convergence(contrast, box)
    low, high = _short(point.p[0], up=False), _complement(point.one_minus_p[0])
    found = [
        Finding(
            "uniqueness",
            PROVED,
            f"Each prompt has exactly one fixed point p*; over all prompts it lies between {low} and {high}.",
            k3_certificate(point),
        ),
        Finding("amplification", PROVED, _gain(gain.margin), k3_certificate(gain)),
    ]
    if isinstance(settles, K3Converges):
        sentence = "The fixed point attracts, and the sequence from p_ref tends to it, for every prompt."
        found.append(Finding("convergence", PROVED, sentence, k3_certificate(settles)))
    elif isinstance(settles, K3Repels):
        at = decimal_down(settles.point.p_ref, DIGITS)
        sentence = f"At p_ref {at} the fixed point repels: nearby success rates move away from it."
        found.append(Finding("convergence", REFUTED, sentence, k3_certificate(settles)))
    else:
        found.append(Finding("convergence", UNDECIDED, f"Not decided: {settles.reason}."))
    return tuple(found)


def _under_reverse(contrast: Contrast, box: Parameters) -> tuple[Finding, ...]:
    found = []
    for name in ("amplification", "uniqueness", "contraction"):
        outcome = certify(name, contrast, box, engine="arb", leaves=LEAVES)
        if isinstance(outcome, Proved):
            sentence = _gain(outcome.margin) if outcome.margin is not None else _HOLDS[name]
            found.append(Finding(name, PROVED, sentence, region_certificate(outcome, "arb")))
        elif isinstance(outcome, Refuted):
            at = decimal_down(outcome.point.p_ref, DIGITS)
            sentence = f"{_FAILS[name]}, for example at p_ref {at}."
            found.append(Finding(name, REFUTED, sentence, region_certificate(outcome, "arb")))
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


def guarantee(
    contrast: Contrast, box: Parameters, unit: Fraction, forward: bool, least: Fraction = Fraction(0)
) -> str:
    """Up to which beta every prompt of the range settles, rounded down, in the file's units; and from which
    on, where a clamp is shown to be idle from ``least`` on only."""
    p = box.p_ref[0]
    since = f"beta from {canonical(least)}" if least else "beta"
    if p >= Fraction(1, 2):
        return f"Every {since} {'on' if least else '> 0'} lets all these prompts settle (p_ref >= 1/2)."
    with make_engine("arb", BITS) as engine:
        lowest = Profile(engine, contrast, box.eps[1]).omega_min
        if forward:
            bound = engine.div(lowest, engine.exact(2 - 4 * p))
        else:
            bound = engine.div(lowest, engine.neg(Workbench(engine, contrast).log_odds(p)))
        largest = decimal_down(engine.lower(bound) * unit, DIGITS)
    if exact(largest) < least:
        return (
            f"No beta is shown to settle: the clamp is idle from {canonical(least)} on, and prompts "
            f"settle up to {largest}."
        )
    return f"Every {since} up to {largest} lets all these prompts gain and settle."


def _gain(margin: Fraction) -> str:
    """The margin as a factor of the odds, rounded down."""
    with make_engine("arb", BITS) as engine:
        factor = decimal_down(engine.lower(engine.exp(engine.exact(margin))), DIGITS)
    shown = decimal_down(margin, DIGITS)
    return f"Every fixed point has at least {factor} times the odds of p_ref (log-odds + {shown})."


def _short(text: str, *, up: bool) -> str:
    return (decimal_up if up else decimal_down)(exact(text), DIGITS)


def _complement(least: str) -> str:
    """``1 - x`` for a small x, as a person reads it."""
    return (
        f"1 - {_short(least, up=False)}"
        if exact(least) < Fraction(1, 1000)
        else _short(str(1 - exact(least)), up=True)
    )
