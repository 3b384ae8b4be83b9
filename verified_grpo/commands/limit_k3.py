"""``limit`` under other pulls: k3 in the loss, clamped or not, and groups that are dropped."""

from __future__ import annotations

from pathlib import Path

from ..answers.k3_views import K3, K3Views, k3_views, k3_views_certificates, k3_views_json
from ..certificates import builders
from ..certificates.k3 import without_alpha
from ..certificates.pull_steps import pull_words
from ..errors import InputError
from ..intervals import canonical, decimal_down
from ..model import Contrast, Parameters
from ..model.pulls import Kernel, Pull
from ..model.steps import StepParameters
from ..rigor.k3 import K3Converges, K3Repels, K3Undecided
from ..rigor.k3_steps import K3Rises, K3StepsUndecided
from ..rigor.pull_steps import PullRisesToOne, PullUndecided
from .configured import Configured
from .options import PROVED, UNDECIDED, answer, sibling, write_certificate
from .shown import shortened, wrapped
from .view_words import SMALL, STEP_DIGITS

EXACTLY = "solved exactly at every step:"
NO_KL = "with beta 0 no KL is in the loss: ask without --kl, --kl-clamp and --drop-dead-groups"


def limit_under_pull(
    contrast: Contrast,
    box: StepParameters,
    pull: Pull,
    engine: str,
    out: Path | None,
    as_json: bool,
    told: Configured,
) -> int:
    """Print the views, write their certificates; the exit code is that of small steps."""
    if box.beta[0] == 0:
        raise InputError(NO_KL)
    found = k3_views(contrast, Parameters(**dict(box)), pull, engine=engine)
    head: dict[str, object] = {
        "variant": builders.variant(contrast),
        "parameters": without_alpha(builders.parameters(box)),
        "kl": pull.kernel.value,
        "start": "p_ref",
    }
    if pull != K3:
        head["pull"] = pull_words(pull)
    if out is not None:
        for ending, certificate in k3_views_certificates(found).items():
            write_certificate(sibling(out, ending), certificate)
    payload = told.mark({**head, "views": k3_views_json(found)})
    answer(payload, told.under(k3_views_text(found, pull)), as_json, out=out)
    return PROVED if found.is_proved else UNDECIDED


def k3_views_text(found: K3Views, pull: Pull) -> str:
    """The views in words."""
    lines = [_heading(pull), SMALL, *_small(found)]
    if found.maximiser is not None:
        lines += ["", EXACTLY, wrapped(_exact(found))]
    return "\n".join(lines)


def _heading(pull: Pull) -> str:
    kl = "k3 in the loss" if pull.kernel is Kernel.K3 else "KL(pi || pi_ref)"
    clamp = "" if pull.clamp is None else f", clamped at {canonical(pull.clamp)}"
    dropped = pull.dead_groups
    return f"{kl}{clamp}" + ("" if dropped is None else f", groups of {dropped} with one reward dropped")


def _small(found: K3Views) -> list[str]:
    small = found.small
    if isinstance(small, K3StepsUndecided | PullUndecided):
        return [wrapped(f"undecided: {small.reason}")]
    if isinstance(small, PullRisesToOne):
        head = (
            "proved: no stop: for any steps, of any size, p rises, and tends to 1 (the clamp ends the pull)"
        )
        return [wrapped(head), f"  each step eta adds at least {canonical(small.gain)} eta to L"]
    which = "only" if isinstance(small, K3Rises) else "least"
    step = decimal_down(small.largest_step[0], STEP_DIGITS)
    low, high = shortened((small.limit.p[0], small.limit.p[1]))
    head = f"proved: for any steps up to {step} it rises to the {which} fixed point"
    return [wrapped(head), f"  p in [{low}, {high}]"]


def _exact(found: K3Views) -> str:
    match found.maximiser:
        case K3Converges() | None:
            return "proved: the sequence tends to it, and it attracts"
        case K3Repels():
            return "for some of these parameters it repels (where the sequence goes is not decided)"
        case K3Undecided(reason=reason):
            return f"undecided: {reason}"
