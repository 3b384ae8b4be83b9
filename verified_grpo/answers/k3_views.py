"""Views of one prompt under other pulls than KL(pi || pi_ref): small steps, and with plain k3 in the loss
updates solved exactly, too. There is one fixed point then, so the two differ at most in whether they tend to
it."""

from __future__ import annotations

from dataclasses import dataclass

from ..certificates.grammar.values import AnyCertificate
from ..certificates.k3 import k3_certificate
from ..certificates.k3_steps import k3_steps_certificate, k3_steps_payload
from ..certificates.outputs import views as printed
from ..certificates.pull_steps import pull_steps_certificate, pull_steps_payload
from ..model import Contrast, Parameters
from ..model.pulls import Kernel, Pull
from ..rigor.k3 import K3Converges, K3Repels, K3Undecided, k3_convergence
from ..rigor.k3_steps import K3Rises, K3StepsUndecided
from ..rigor.no_truth_value import NoTruthValue
from ..rigor.pull_steps import PullSteps, PullUndecided, pull_small_steps, small_steps_under


@dataclass(frozen=True)
class K3Views(NoTruthValue, read="is_proved"):
    """Small steps and the exact iteration from ``p_ref``, under another pull; there is a view of the exact
    iteration with plain k3 in the loss alone."""

    small: K3Rises | K3StepsUndecided | PullSteps
    maximiser: K3Converges | K3Repels | K3Undecided | None

    @property
    def is_proved(self) -> bool:
        """Whether the view of small steps is, the ordinary case."""
        return not isinstance(self.small, K3StepsUndecided | PullUndecided)


K3 = Pull(Kernel.K3)


def k3_views(contrast: Contrast, parameters: Parameters, pull: Pull = K3, *, engine: str = "arb") -> K3Views:
    """Where the sequence from ``p_ref`` goes with k3 in the loss, or under another pull.

    Args:
        contrast: any contrast; without the facts that k3 needs the exact iteration is undecided.
        parameters: exact numbers or ranges, alpha = 1, beta > 0.
        pull: any but that of plain KL(pi || pi_ref), which :func:`.views` is about.
        engine: ``arb`` or ``mpmath``.

    Raises:
        InputError: alpha other than 1.

    Not proved: what the exact iteration does where its fixed point repels.
    """
    if pull != K3:
        return K3Views(pull_small_steps(contrast, parameters, pull, engine=engine), None)
    small = small_steps_under(contrast, parameters, pull, engine=engine)
    assert isinstance(small, K3Rises | K3StepsUndecided | PullSteps)
    return K3Views(small, k3_convergence(contrast, parameters, engine=engine))


def k3_views_json(found: K3Views) -> printed.K3Views:
    """Both views by name; that of the exact iteration is ``fixed-point``, ``repels`` or ``undecided``."""
    small = found.small
    if isinstance(small, K3Rises | K3StepsUndecided):
        return {"small_steps": k3_steps_payload(small), "maximiser": _maximiser(found)}
    return {"small_steps": pull_steps_payload(small), "maximiser": _maximiser(found)}


def _maximiser(found: K3Views) -> printed.K3Maximiser | None:
    match found.maximiser:
        case None:
            return None
        case K3Repels():
            return {"verdict": "repels"}
        case K3Undecided(reason=reason):
            return {"verdict": "undecided", "reason": reason}
    return {"verdict": "fixed-point"}


def k3_views_certificates(found: K3Views) -> dict[str, AnyCertificate]:
    """The certificates of what is proved, by what their names end in: first that of small steps."""
    made: dict[str, AnyCertificate] = {}
    small = found.small
    if isinstance(small, K3Rises):
        made[""] = k3_steps_certificate(small)
    elif not isinstance(small, K3StepsUndecided | PullUndecided):
        made[""] = pull_steps_certificate(small)
    if not isinstance(found.maximiser, K3Undecided | None):
        made["-exact"] = k3_certificate(found.maximiser)
    return made
