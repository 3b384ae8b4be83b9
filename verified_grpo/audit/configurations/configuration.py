"""What a configuration says about one prompt: a variant of GRPO, everything that the translation assumes, and
everything that it does not cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ...errors import InputError
from ...intervals import canonical
from ...model import MEAN, Contrast
from .settings import Read

REVERSE, K3, NONE, NOT_COVERED = "KL(pi||pi_ref)", "KL(pi_ref||pi)", "none", "not covered"

WHOLE = (
    "A completion is one outcome with reward 0 or 1 (times the reward scale); every update is the exact "
    "maximiser of its objective on this prompt, and prompts do not interact."
)
STEPS = "The learning rate, the number of gradient steps, and weighting by length."


@dataclass(frozen=True)
class Configuration:
    """A variant with its provenance.

    Attributes:
        framework, commit: whose keys were read, and the state of its source that the mapping was made from.
        contrast: None where the advantage is not one of the model's.
        beta, eps: as the model takes them, after ``scale``; 0 for a beta of no effect.
        regulariser: one of REVERSE, K3, NONE, NOT_COVERED.
        verdict: why there is nothing to compute; empty where there is.
        assumptions, not_covered: plain sentences.
        unit: the file's beta is the model's times this.
        read: the settings the mapping rests on. ``ignored``: keys of the file that it does not use.
    """

    framework: str
    commit: str
    contrast: Contrast | None
    beta: Fraction
    eps: Fraction
    regulariser: str
    verdict: str
    assumptions: tuple[str, ...]
    not_covered: tuple[str, ...]
    unit: Fraction = Fraction(1)
    read: tuple[Read, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def computable(self) -> bool:
        """Whether the model has something to say."""
        return not self.verdict

    def at(self, beta: Fraction) -> Configuration:
        """The same configuration at another KL weight > 0, in the file's units: what if?"""
        if beta <= 0:
            raise InputError(f"beta must be greater than 0, not {canonical(beta)}")
        before = canonical(self.beta * self.unit)
        said = f"beta {canonical(beta)} was asked for instead of the file's {before}."
        asked = replace(self, beta=beta / self.unit, assumptions=(*self.assumptions, said))
        if self.beta or self.contrast is None:
            return asked
        switched_on = REVERSE if self.framework in ("areal", "openrlhf") else K3  # the frameworks' defaults
        words = f"The KL term that is switched on with it: {switched_on}."
        return replace(asked, regulariser=switched_on, verdict="", assumptions=(*asked.assumptions, words))


@dataclass
class Draft:
    """A configuration being put together by a framework's module."""

    framework: str
    commit: str
    beta: Fraction
    contrast: Contrast | None = None
    eps: Fraction = Fraction(1)
    regulariser: str = K3
    verdict: str = ""
    unit: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        self.assumptions = [WHOLE]
        self.not_covered = [STEPS]

    def group(self, size: int, ddof: int, eps: str, scale: Fraction = Fraction(1)) -> None:
        """Advantages divided by the group's standard deviation plus eps; a reward scale R acts as eps/R."""
        self.contrast = Contrast("group", size, ddof)
        self.eps = Fraction(eps) / scale
        self.assumptions.append(
            f"Advantage (r - mean)/(std + {eps}) over groups of {size}, std with divisor {size - ddof}; a "
            "group whose rewards are all equal has advantage 0."
        )
        if scale != 1:
            self.assumptions.append(
                f"The reward scale {canonical(scale)} cancels but for eps: it becomes {canonical(self.eps)}."
            )

    def mean_only(self, size: int | None, scale: Fraction = Fraction(1)) -> None:
        """Advantages without division: Omega is R (1 - 1/G), or R where the baseline leaves the sample out;
        the model's Omega is 1, so beta is divided by it."""
        omega = scale if size is None else scale * (1 - Fraction(1, size))
        self.contrast, self.eps = MEAN, Fraction(1)
        self.beta, self.unit = self.beta / omega, omega
        why = f"reward scale {canonical(scale)}" if scale != 1 else "rewards 0 and 1"
        share = "" if size is None else f", times 1 - 1/{size} for a sample's share in its own mean"
        self.assumptions.append(
            f"Advantage without division by a std: the contrast is {canonical(omega)} ({why}{share}), so the "
            f"model's beta is the file's divided by it: {canonical(self.beta)}."
        )

    def kl(self, estimator: str, place: str, key: str) -> None:
        """Where the KL stands and by which estimator: the regulariser that its gradient is of;
        nothing where the advantage is not covered already."""
        if self.verdict:
            return
        if place == "loss":
            self.regulariser = {"k1": NONE, "k2": REVERSE, "k3": K3}[estimator]
        else:
            self.regulariser = REVERSE if estimator == "k1" else NOT_COVERED
        said = {
            ("k1", "loss"): "k1 in the loss has expected gradient 0 on-policy: it regularises nothing.",
            ("k2", "loss"): "k2 in the loss has, on-policy, the gradient of KL(pi||pi_ref).",
            ("k3", "loss"): "k3 in the loss has, on-policy, the gradient of KL(pi_ref||pi): the second "
            "regulariser of the model.",
            ("k1", "reward"): "k1 in the reward, after normalisation, has the gradient of KL(pi||pi_ref).",
        }.get((estimator, place), f"{estimator} in the reward is not the gradient of a KL divergence.")
        self.assumptions.append(f"{key}: {said}")
        if self.regulariser == NONE:
            self.verdict = f"{key}: the KL term has no expected gradient, so nothing holds the policy back"
        elif self.regulariser == NOT_COVERED:
            self.verdict = f"{key}: {said[:-1]}"

    def done(self, read: list[Read]) -> Configuration:
        """The finished configuration; without a KL weight the model has no fixed point to compute."""
        if self.beta == 0 and not self.verdict:
            self.regulariser = NONE
            self.verdict = (
                "the KL weight is 0: without a KL term the exact maximiser of one update succeeds always; "
                "only clipping and the learning rate hold it back, which the model does not cover"
            )
        return Configuration(
            self.framework,
            self.commit,
            self.contrast,
            self.beta,
            self.eps,
            self.regulariser,
            self.verdict,
            tuple(self.assumptions),
            tuple(self.not_covered),
            self.unit,
            tuple(read),
        )
