"""Two views of the same prompt with k3 in the loss: small steps, and updates solved exactly. There is one
fixed point, so the two differ at most in whether they tend to it."""

from __future__ import annotations

from dataclasses import dataclass

from ..certificates import outputs
from ..certificates.grammar.values import AnyCertificate
from ..certificates.k3 import k3_certificate
from ..certificates.k3_steps import k3_steps_certificate, k3_steps_payload
from ..model import Contrast, Parameters
from ..rigor.k3 import K3Converges, K3Repels, K3Undecided, k3_convergence
from ..rigor.k3_steps import K3Rises, K3StepsUndecided, k3_small_steps
from ..rigor.no_truth_value import NoTruthValue


@dataclass(frozen=True)
class K3Views(NoTruthValue, read="is_proved"):
    """Small steps and the exact iteration from ``p_ref``, with k3 in the loss."""

    small: K3Rises | K3StepsUndecided
    maximiser: K3Converges | K3Repels | K3Undecided

    @property
    def is_proved(self) -> bool:
        """Whether the view of small steps is, the ordinary case."""
        return isinstance(self.small, K3Rises)


def k3_views(contrast: Contrast, parameters: Parameters, *, engine: str = "arb") -> K3Views:
    """Where the sequence from ``p_ref`` goes with k3 in the loss.

    Args:
        contrast: any contrast; without the facts that k3 needs the answers are undecided.
        parameters: exact numbers or ranges, alpha = 1, beta > 0.
        engine: ``arb`` or ``mpmath``.

    Raises:
        InputError: alpha other than 1.

    Not proved: what the exact iteration does where its fixed point repels.
    """
    small = k3_small_steps(contrast, parameters, engine=engine)
    return K3Views(small, k3_convergence(contrast, parameters, engine=engine))


def k3_views_json(found: K3Views) -> outputs.K3Views:
    """Both views by name; that of the exact iteration is ``fixed-point``, ``repels`` or ``undecided``."""
    exactly, maximiser = found.maximiser, outputs.K3Maximiser(verdict="fixed-point")
    if isinstance(exactly, K3Repels):
        maximiser = {"verdict": "repels"}
    elif isinstance(exactly, K3Undecided):
        maximiser = {"verdict": "undecided", "reason": exactly.reason}
    return {"small_steps": k3_steps_payload(found.small), "maximiser": maximiser}


def k3_views_certificates(found: K3Views) -> dict[str, AnyCertificate]:
    """The certificates of what is proved, by what their names end in: first that of small steps."""
    made: dict[str, AnyCertificate] = {}
    if isinstance(found.small, K3Rises):
        made[""] = k3_steps_certificate(found.small)
    if not isinstance(found.maximiser, K3Undecided):
        made["-exact"] = k3_certificate(found.maximiser)
    return made
