"""``limit --kl k3``: both views with k3 in the loss."""

from __future__ import annotations

from pathlib import Path

from ..answers.k3_views import K3Views, k3_views, k3_views_certificates, k3_views_json
from ..certificates import builders
from ..certificates.k3 import without_alpha
from ..errors import InputError
from ..intervals import decimal_down
from ..model import Contrast, Parameters
from ..model.steps import StepParameters
from ..rigor.k3 import K3Converges, K3Repels, K3Undecided
from ..rigor.k3_steps import K3StepsUndecided
from .configured import Configured
from .options import PROVED, UNDECIDED, answer, sibling, write_certificate
from .shown import shortened, wrapped
from .view_words import SMALL, STEP_DIGITS

EXACTLY = "solved exactly at every step:"
NO_KL = "with beta 0 no KL is in the loss: ask without --kl"


def limit_under_k3(
    contrast: Contrast,
    box: StepParameters,
    engine: str,
    out: Path | None,
    as_json: bool,
    told: Configured,
) -> int:
    """Print both views, write their certificates; the exit code is that of small steps."""
    if box.beta[0] == 0:
        raise InputError(NO_KL)
    found = k3_views(contrast, Parameters(**dict(box)), engine=engine)
    head = {
        "variant": builders.variant(contrast),
        "parameters": without_alpha(builders.parameters(box)),
        "kl": "k3",
        "start": "p_ref",
    }
    if out is not None:
        for ending, certificate in k3_views_certificates(found).items():
            write_certificate(sibling(out, ending), certificate)
    payload = told.mark({**head, "views": k3_views_json(found)})
    answer(payload, told.under(k3_views_text(found)), as_json, out=out)
    return PROVED if found.is_proved else UNDECIDED


def k3_views_text(found: K3Views) -> str:
    """Both views in words."""
    return "\n".join(["k3 in the loss", SMALL, *_small(found), "", EXACTLY, wrapped(_exact(found))])


def _small(found: K3Views) -> list[str]:
    small = found.small
    if isinstance(small, K3StepsUndecided):
        return [wrapped(f"undecided: {small.reason}")]
    step = decimal_down(small.largest_step[0], STEP_DIGITS)
    low, high = shortened((small.limit.p[0], small.limit.p[1]))
    head = f"proved: for any steps up to {step} it rises to the only fixed point"
    return [wrapped(head), f"  p in [{low}, {high}]"]


def _exact(found: K3Views) -> str:
    match found.maximiser:
        case K3Converges():
            return "proved: the sequence tends to it, and it attracts"
        case K3Repels():
            return "for some of these parameters it repels (where the sequence goes is not decided)"
        case K3Undecided(reason=reason):
            return f"undecided: {reason}"
