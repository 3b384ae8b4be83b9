"""What the suite proves of a run: each prompt's fixed point, and its trajectory for a step size.

The variant is read from the run's own configuration, by the mapping that ``audit --config`` uses.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
from observed import Floats, Run
from settings import Setting

from verified_grpo import Contrast, StepParameters, Update, small_steps
from verified_grpo.audit.configurations import K3, Configuration, read_configuration
from verified_grpo.intervals import exact
from verified_grpo.model import Parameters
from verified_grpo.model.formulas import approx_profile_over_arrays
from verified_grpo.rigor.k3 import k3_fixed_point
from verified_grpo.rigor.sequences.orbits import orbit
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, RisesToOneBySteps

VERSION = "1.16.0"
SIZES = 600


@dataclass(frozen=True)
class Variant:
    """What holds a prompt: the contrast, and the weight and kind of the KL."""

    contrast: Contrast
    beta: Fraction
    eps: Fraction
    forward: bool

    def at(self, p_ref: str) -> StepParameters:
        """The parameters for one prompt."""
        return StepParameters.of(beta=self.beta, eps=self.eps, p_ref=p_ref)


def configuration(setting: Setting) -> Configuration:
    """The run's configuration as the suite reads it from a file."""
    said = {
        "beta": setting.beta,
        "num_generations": setting.num_generations,
        "scale_rewards": setting.scale_rewards,
        "use_bias_correction_kl": setting.use_bias_correction_kl,
        "loss_type": setting.loss_type,
        "max_completion_length": setting.tokens,
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "run.json"
        file.write_text(json.dumps(said), encoding="utf-8")
        return read_configuration(file, "trl", VERSION)


def variant(setting: Setting) -> Variant:
    """The variant of a setting."""
    read = configuration(setting)
    assert read.contrast is not None
    return Variant(read.contrast, read.beta, read.eps, read.kernel == K3)


@cache
def fixed_point(held: Variant, p_ref: str) -> tuple[float, float] | None:
    """The success that small steps rise to, in a bracket rounded outward; None: they rise to 1."""
    box = held.at(p_ref)
    if held.forward:
        return _floats(k3_fixed_point(held.contrast, Parameters(**dict(box))).p)
    found = small_steps(held.contrast, box)
    if isinstance(found, RisesToOneBySteps):
        return None
    assert isinstance(found, RisesBySteps)
    assert found.limit is not None
    return _floats(found.limit.p)


def _floats(bracket: tuple[str, str]) -> tuple[float, float]:
    low, high = map(float, bracket)
    return float(np.nextafter(low, 0)), float(np.nextafter(high, 1))


def trajectory(held: Variant, p_ref: str, step_size: str, steps: int) -> Floats:
    """Success after 0, 1, ..., steps updates of a size, near the middle of enclosures in log-odds."""
    box = Update.of(step_size).recursion(held.at(p_ref))
    found = orbit(held.contrast, box, steps)
    assert len(found.enclosures) == steps + 1
    assert all(enclosure.radius < exact("1e-9") for enclosure in found.enclosures)
    return 1 / (1 + np.exp([-float(enclosure.center) for enclosure in found.enclosures]))


def omega(held: Variant) -> Callable[[Floats], Floats]:
    """About the contrast at log-odds; for the fits."""
    profile = approx_profile_over_arrays(held.contrast)
    eps = float(held.eps)
    return lambda log_odds: np.asarray(profile(np.exp(-np.abs(log_odds)), eps)[0]) + 0 * log_odds


@dataclass(frozen=True)
class Fit:
    """The one step size, to three digits, whose trajectories are nearest to the first blocks of a run; about,
    in floats. ``blocks``: these trajectories, averaged over blocks, with a column a prompt."""

    size: str
    blocks: Floats
    distance: float


def one(log_odds: Floats) -> Floats:
    """The weight of the natural gradient."""
    return np.ones_like(log_odds)


def variance(log_odds: Floats) -> Floats:
    """``p (1 - p)``: the weight of the plain gradient of one logit."""
    return np.asarray(np.exp(-np.abs(log_odds)) / (1 + np.exp(-np.abs(log_odds))) ** 2)


def fitted(run: Run, held: Variant, blocks: int, weight: Callable[[Floats], Floats] = one) -> Fit:
    """Fits ``L_n = L + size weight(L) F(L)`` by a search over sizes up to one whole step at even odds."""
    drive, beta = omega(held), float(held.beta)
    sizes = np.geomspace(1e-4, 1 / (beta * float(weight(np.zeros(1))[0])), SIZES)
    steps, block = int(run.step[blocks - 1]), int(run.step[0])
    start = np.log([float(p) / (1 - float(p)) for p in run.p_ref])
    here = np.tile(start, (SIZES, 1))
    every = np.empty((steps, *here.shape))
    for n in range(steps):
        here = here + sizes[:, None] * weight(here) * (drive(here) - beta * (here - start))
        every[n] = 1 / (1 + np.exp(-here))
    means = every.reshape(blocks, block, *here.shape).mean(axis=1)
    misfit = ((means - run.p[:blocks, None, :]) ** 2).mean(axis=(0, 2))
    best = int(misfit.argmin())
    return Fit(f"{sizes[best]:.3g}", means[:, best], float(np.sqrt(misfit[best])))


def by_tokens(run: Run, held: Variant) -> Floats:
    """Where answers of several tokens end if each token has its own KL: about, in floats, not certified.

    On the right answer's way token t is right with log-odds ``L_t``; a wrong one there loses what the rest
    would have won, so the drive is ``Omega(p) R_t``, ``R_t`` the success of the rest, and the pull acts on
    ``L_t`` alone. Off that way nothing is won, and nothing changes.
    """
    drive, beta = omega(held), float(held.beta)
    start = np.log(run.p_ref_tokens / (1 - run.p_ref_tokens))
    here, size = start.copy(), 0.02
    for _ in range(20_000):
        q = 1 / (1 + np.exp(-here))
        rest = np.cumprod(q[:, ::-1], axis=1)[:, ::-1]
        p = rest[:, :1]
        after = np.concatenate([rest[:, 1:], np.ones_like(p)], axis=1)
        pull = (q - run.p_ref_tokens) / (q * (1 - q)) if held.forward else here - start
        before, here = here, here + size * (drive(np.log(p / (1 - p))) * after - beta * pull)
        if np.array_equal(before, here):  # no further step changes anything
            break
    return np.asarray(np.prod(1 / (1 + np.exp(-here)), axis=1))
