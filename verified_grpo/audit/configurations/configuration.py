"""What a configuration says about one prompt: a variant of GRPO, everything that the translation assumes, and
everything that it does not cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ...errors import InputError
from ...intervals import canonical, decimal_up, exact
from ...model import MEAN, Contrast
from .clamp import Clamp, least_beta
from .settings import Read, Settings

REVERSE, K3, NONE, NOT_COVERED = "KL(pi||pi_ref)", "KL(pi_ref||pi)", "none", "not covered"

WHOLE = (
    "A completion is one outcome with reward 0 or 1 (times the reward scale); every update is the exact "
    "maximiser of its objective on this prompt, and prompts do not interact."
)
TOKENS = (
    "Answers of several tokens: a KL in the loss is summed over tokens under the prefix that was "
    "sampled, which is "
    "not the KL of whole answers."
)
STEPS = (
    "The learning rate, the number of gradient steps, weighting by length, and sampling that cuts "
    "the policy's tail "
    "(top_p, top_k)."
)
NO_WEIGHT = (
    "the KL weight is 0: without a KL term the exact maximiser of one update succeeds always; only "
    "clipping and the "
    "learning rate hold it back, which the model does not cover"
)


@dataclass(frozen=True)
class Configuration:
    """A variant with its provenance.

    Attributes:
        framework, commit, version: whose keys were read, the state of its source that the mapping was made
            from, and the version whose defaults were taken.
        contrast: None where the advantage is not one of the model's.
        beta, eps: as the model takes them; 0 for a beta of no effect. Only ``Omega/beta`` enters an exact
            update, so ``unit`` times the model's contrast at the file's weight is asked as the model's
            contrast at this beta.
        unit: the scale of the contrast, which the file's weight is the model's beta times.
        kernel: the regulariser that the file's estimator has the gradient of: REVERSE, K3, NONE, NOT_COVERED.
        refusals: why there is nothing to compute, each by the name of a key; empty where there is.
        clamps: where the estimator is cut.
        assumptions, not_covered: plain sentences.
        read: the settings the mapping rests on. ``unknown``: keys in the algorithm's name spaces that the
            framework's table does not have. ``neutral``: keys that change nothing asked about. ``outside``:
            keys of other sections, which nobody looked at.
    """

    framework: str
    commit: str
    version: str
    contrast: Contrast | None
    beta: Fraction
    eps: Fraction
    kernel: str
    refusals: tuple[str, ...]
    assumptions: tuple[str, ...]
    not_covered: tuple[str, ...]
    unit: Fraction = Fraction(1)
    clamps: tuple[Clamp, ...] = ()
    read: tuple[Read, ...] = ()
    unknown: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """Why there is nothing to compute, in one line; empty where there is."""
        return "; ".join(self.refusals) or ("" if self.beta else NO_WEIGHT)

    @property
    def computable(self) -> bool:
        """Whether the model has something to say."""
        return not self.verdict

    @property
    def regulariser(self) -> str:
        """What holds the policy: one of REVERSE, K3, NONE, NOT_COVERED."""
        if self.kernel == NONE:
            return NONE
        return NOT_COVERED if self.refusals else self.kernel if self.beta else NONE

    @property
    def weight(self) -> Fraction:
        """The KL weight in the file's units."""
        return self.beta * self.unit

    def at(self, beta: Fraction) -> Configuration:
        """The same configuration at another KL weight > 0, in the file's units: what if?"""
        if beta <= 0:
            raise InputError(f"beta must be greater than 0, not {canonical(beta)}")
        said = [f"beta {canonical(beta)} was asked for instead of the file's {canonical(self.weight)}."]
        if not self.beta:
            said.append(f"The KL term that is switched on with it: {self.kernel}.")
        return replace(self, beta=beta / self.unit, assumptions=(*self.assumptions, *said))

    def within_clamps(self, p_ref: Fraction) -> Configuration:
        """The same, refused if a clamp of the estimator is not shown to be idle for every prompt from
        ``p_ref`` on."""
        if not self.computable or not self.clamps:
            return self
        least = self.least_weight(p_ref)
        if self.weight >= least:
            said = f"{self._cut()}: idle here, as it is for every weight from {canonical(least)} on."
            return replace(self, assumptions=(*self.assumptions, said))
        words = (
            f"{self._cut()}; beyond it nothing pulls the policy back. It is shown to be idle for "
            "weights from "
            f"{canonical(least)} on, not for {canonical(self.weight)}, where success may rise without a stop"
        )
        return replace(self, refusals=(words,))

    def least_weight(self, p_ref: Fraction) -> Fraction:
        """A weight, in the file's units, from which on the clamps are idle for prompts from ``p_ref`` on."""
        assert self.contrast is not None
        found = least_beta(self.clamps, self.contrast, self.eps, p_ref, forward=self.kernel == K3)
        return exact(decimal_up(found * self.unit, 4))

    def _cut(self) -> str:
        return " and ".join(
            f"{clamp.key}: {'the log-ratio' if clamp.estimator == 'k1' else clamp.estimator} of a "
            "token is clamped at "
            f"{canonical(clamp.at)}"
            for clamp in self.clamps
        )


@dataclass
class Draft:
    """A configuration being put together by a framework's module, from its settings."""

    settings: Settings
    beta: Fraction
    contrast: Contrast | None = None
    eps: Fraction = Fraction(1)
    kernel: str = NOT_COVERED
    unit: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        self.refusals: list[str] = []
        self.clamps: list[Clamp] = []
        self.assumptions = [WHOLE]
        self.not_covered = [STEPS]

    def refuse(self, words: str) -> None:
        """One more reason why there is nothing to compute, by the name of its key."""
        self.refusals.append(words)

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
        """Advantages without division: Omega is R (1 - 1/G), or R where the baseline leaves the sample
        out."""
        omega = scale if size is None else scale * (1 - Fraction(1, size))
        self.contrast, self.eps = MEAN, Fraction(1)
        self.beta, self.unit = self.beta / omega, omega
        why = f"reward scale {canonical(scale)}" if scale != 1 else "rewards 0 and 1"
        share = "" if size is None else f", times 1 - 1/{size} for a sample's share in its own mean"
        self.assumptions.append(
            f"Advantage without division by a std: Omega is {canonical(omega)} ({why}{share})."
        )
        if omega != 1:
            self.assumptions.append(
                "Only Omega/beta enters an exact update: its fixed points are those of Omega 1 at beta "
                f"{canonical(self.beta)}. Steps of a learning rate would tell the two apart."
            )

    def kl(self, estimator: str, place: str, key: str) -> None:
        """Where the KL stands and by which estimator: the regulariser that its on-policy gradient is of."""
        self.kernel, said = _KERNELS.get(
            (estimator, place),
            (NOT_COVERED, f"{estimator} in the {place} is not the gradient of a KL divergence"),
        )
        self.assumptions.append(f"{key}: {said}.")
        if place == "loss":
            self.not_covered.append(TOKENS)
        else:
            self.assumptions.append("A KL in the reward is that of whole answers, of one token or of many.")
        if self.kernel == NONE:
            self.refuse(f"{key}: the KL term has no expected gradient, so nothing holds the policy back")
        elif self.kernel == NOT_COVERED:
            self.refuse(f"{key}: {said}")

    def clamp(self, estimator: str, at: Fraction | int, key: str) -> None:
        """The estimate of each token is cut at this size."""
        self.clamps.append(Clamp(estimator, Fraction(at), key))

    def done(self) -> Configuration:
        """The finished configuration."""
        table = self.settings.table
        return Configuration(
            table.name,
            table.commit,
            self.settings.version,
            self.contrast,
            self.beta,
            self.eps,
            self.kernel,
            tuple(self.refusals),
            tuple(self.assumptions),
            tuple(self.not_covered),
            self.unit,
            tuple(self.clamps),
            tuple(self.settings.read),
        )


_KERNELS = {
    ("k1", "loss"): (NONE, "k1 in the loss has expected gradient 0 on-policy: it regularises nothing"),
    ("k2", "loss"): (REVERSE, "k2 in the loss has, on-policy, the gradient of KL(pi||pi_ref)"),
    ("k3", "loss"): (
        K3,
        "k3 in the loss has, on-policy, the gradient of KL(pi_ref||pi): the second regulariser",
    ),
    ("weighted", "loss"): (
        REVERSE,
        "an estimate that is multiplied by its differentiable likelihood ratio has, on-policy, the "
        "gradient of "
        "KL(pi||pi_ref)",
    ),
    ("straight", "loss"): (
        REVERSE,
        "the estimate's value with the gradient of k2, which is, on-policy, that of KL(pi||pi_ref)",
    ),
    ("k1", "reward"): (REVERSE, "k1 in the reward, after normalisation, has the gradient of KL(pi||pi_ref)"),
}
"""Estimator and place, to the regulariser; ``weighted``: times exp(log pi - log pi as a constant)."""
