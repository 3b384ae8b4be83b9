"""Trajectories written down: as certificates, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import CertificateError
from ..intervals import canonical
from ..rigor.sequences.clipping import ClippedTrajectory, UndecidedClipping
from ..rigor.sequences.trajectory import Trajectory, UndecidedTrajectory
from .builders import CHECKER_BITS, parameters, point, variant
from .canonical import seal
from .grammar import sequences as grammar
from .grammar.values import Certificate
from .limit_builders import place

HEADER = "step,p_lower,p_upper,logit_lower,logit_upper"


def trajectory_certificate(
    outcome: Trajectory | UndecidedTrajectory,
) -> Certificate[grammar.Trajectory, grammar.Corners]:
    """The certificate of a proved trajectory.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, UndecidedTrajectory):
        raise CertificateError("an undecided trajectory has no certificate")
    statement: grammar.Trajectory = {
        "kind": "trajectory",
        "variant": variant(outcome.contrast),
        "parameters": parameters(outcome.parameters),
        "values": [{"n": n, **place(found)} for n, found in outcome.values],
    }
    cuts = [canonical(x) for x in outcome.cuts]
    evidence: grammar.Corners = {"rule": "corners", "bits": outcome.bits + CHECKER_BITS, "cuts": cuts}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def clipped_trajectory_certificate(
    outcome: ClippedTrajectory | UndecidedClipping,
) -> Certificate[grammar.ClippedTrajectory, grammar.Orbit]:
    """The certificate of a proved trajectory of clipped updates.

    Raises:
        CertificateError: the outcome is undecided, which certifies nothing.
    """
    if isinstance(outcome, UndecidedClipping):
        raise CertificateError("an undecided trajectory has no certificate")
    statement: grammar.ClippedTrajectory = {
        "kind": "clipped-trajectory",
        "variant": variant(outcome.contrast),
        "parameters": point(outcome.parameters.midpoint),
        "clip": {"low": canonical(outcome.clip.low), "high": canonical(outcome.clip.high)},
        "values": [{"n": n, **place(found)} for n, found in outcome.values],
    }
    evidence: grammar.Orbit = {"rule": "orbit", "bits": outcome.bits + CHECKER_BITS}
    return seal(statement, evidence, outcome.engine, outcome.bits)


def trajectory_table(outcome: Trajectory | ClippedTrajectory) -> bytes:
    """CSV: the number of updates, and decimal text around p and its log-odds, rounded outward."""
    return ("\n".join([HEADER, *_rows(outcome)]) + "\n").encode("ascii")


def _rows(outcome: Trajectory | ClippedTrajectory) -> Iterator[str]:
    for n, found in outcome.values:
        yield ",".join([str(n), *found.p, *(canonical(x) for x in found.logit)])
