"""What small steps do where a configuration's KL is clamped, or groups without signal are dropped: the pull
of :mod:`verified_grpo.model.pulls`, for every prompt of a range."""

from __future__ import annotations

from fractions import Fraction

from ...certificates.pull_steps import pull_steps_certificate
from ...intervals import make_engine
from ...model import MEAN, Contrast, Parameters, Range
from ...model.pulls import Pull
from ...rigor.pull_steps import PullRises, PullRisesToOne, PullUndecided, pull_small_steps
from ...rigor.verdicts import PROVED
from .configuration import REVERSE, Configuration
from .findings import short_down
from .stepping import Stepping, rises, stepped

BITS = 96
NO_STOP = (
    "For answers of one token any steps lead every prompt to p = 1: the clamp of the KL's estimate ends its "
    "pull before it holds one of them back."
)


def under_its_pull(configuration: Configuration, p_ref: Range) -> Stepping | None:
    """What small steps do under the configuration's own pull; None where the model has none such, or that is
    not decided."""
    contrast, pull = configuration.contrast, configuration.pull
    if contrast is None:
        return None
    if _outweighs(configuration, contrast):
        return Stepping(stepped(PROVED, NO_STOP))
    if pull is None:
        return None
    box = Parameters.of(beta=configuration.beta, eps=configuration.eps, p_ref=p_ref)
    return _by_small_steps(contrast, box, pull, configuration.log_ratio)


def _outweighs(configuration: Configuration, contrast: Contrast) -> bool:
    """Whether a constant drive exceeds all that a clamped estimate can hold against it, wherever the policy
    is.

    Of either class the pull is a weight of at most 1 times k, and beyond the clamp c of k2, ``log(r)^2/2 <=
    c``, k is 0: so the pull is at most ``2 sqrt(2 c)``. k1 in the reward is itself at most c: 2 c. A drive
    that is larger by a constant adds at least that, times the size of a step, to the log-odds: they rise for
    ever.
    """
    least = min(((clamp.at, clamp.estimator) for clamp in configuration.clamps), default=None)
    if contrast.name != MEAN.name or configuration.kernel != REVERSE or least is None:
        return False
    at, estimator = least
    share = contrast.scale / configuration.beta
    if estimator == "k2":
        return share**2 > 8 * at
    return estimator == "k1" and configuration.place == "reward" and share > 2 * at


def _by_small_steps(
    contrast: Contrast, box: Parameters, pull: Pull, log_ratio: Fraction | None = None
) -> Stepping | None:
    """Small steps where the estimator's clamp may bind, so that there may be no stop, and where groups are
    dropped; ``log_ratio``: up to which size of it the pull is known. None where that is not decided."""
    found = pull_small_steps(contrast, box, pull)
    if isinstance(found, PullUndecided) or not _stays_within(found, log_ratio):
        return None
    certificate = pull_steps_certificate(found)
    if isinstance(found, PullRisesToOne):
        return Stepping(stepped(PROVED, NO_STOP, certificate))
    step = found.largest_step[0]
    bound = f"of a size up to {short_down(step)} along the natural gradient"
    return Stepping(stepped(PROVED, rises(found.limit, bound), certificate), found.limit, step)


def _stays_within(found: PullRises | PullRisesToOne, log_ratio: Fraction | None) -> bool:
    """Whether both ratios are known from L_ref to the limit: ``p_ref/p >= p_ref``, and ``(1-p_ref)/(1-p) <=
    1 + e^L < e^(L + 1)`` for L >= 0, less than e for L < 0."""
    if log_ratio is None:
        return True
    if not isinstance(found, PullRises):
        return False
    with make_engine("arb", BITS) as engine:
        least = engine.upper(engine.exp(engine.exact(-log_ratio)))
    return max(found.limit.logit[1], Fraction(0)) + 1 <= log_ratio and found.parameters.p_ref[0] >= least
