"""A configuration while a framework's module puts it together: contrast, KL, clamps, and every assumption."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...errors import InputError
from ...intervals import canonical
from ...model import MEAN, Contrast
from .clamp import Clamp
from .conditions import Condition
from .configuration import K3, NONE, NOT_COVERED, REVERSE, Configuration, Dropped
from .settings import Settings
from .unmodelled import BATCH_STD

WHOLE = (
    "A completion is one outcome with reward 0 or 1 (times the reward scale); every update takes small steps "
    "along this prompt's own gradient, without noise (or, where that is said, is the exact maximiser of its "
    "objective), and prompts do not interact."
)
TOKENS = (
    "Answers of several tokens: a KL in the loss is summed over tokens under the prefix that was "
    "sampled, which is not the KL of whole answers."
)
STEPS = (
    "What step size a learning rate and an optimiser make, how many steps that takes, weighting by length, "
    "and sampling that cuts the policy's tail (top_p, top_k)."
)


HALF_STD = (
    "the standard deviation that divides the batch's advantages stays at {}, as where half of all answers "
    "are right; with a smaller one prompts end higher"
)


@dataclass
class Draft:
    """A configuration being put together by a framework's module, from its settings."""

    settings: Settings
    beta: Fraction
    contrast: Contrast | None = None
    eps: Fraction = Fraction(1)
    kernel: str = NOT_COVERED

    def __post_init__(self) -> None:
        self.refusals: list[str] = []
        self.factor = Fraction(1)
        self.paced: list[str] = []
        self.rescaled: list[str] = []
        self.conditions: list[Condition] = []
        self.dropped: Dropped | None = None
        self.place, self.inner_steps = "", 1
        self.clamps: list[Clamp] = []
        self.assumptions = [WHOLE]
        self.not_covered = [STEPS]

    def refuse(self, words: str) -> None:
        """One more reason why there is nothing to compute, by the name of its key."""
        self.refusals.append(words)

    def provided(self, met: str, otherwise: str) -> None:
        """A condition, without which there is nothing to compute."""
        self.conditions.append(Condition(met, otherwise))

    def group(
        self,
        size: int,
        ddof: int,
        eps: str,
        scale: Fraction = Fraction(1),
    ) -> None:
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

    def leave_one_out(self, size: int, eps: str) -> None:
        """Advantages over the others' standard deviation plus eps, from their mean."""
        if size < 3:
            self.refuse(f"groups of {size}: a single other sample has no standard deviation")
            return
        self.contrast, self.eps = Contrast("group-loo", size), Fraction(eps)
        self.assumptions.append(
            f"Advantage (r - mean)/(std + {eps}), mean and std of the {size - 1} other samples of the group, "
            f"std with divisor {size - 2}; where the others are all equal nothing is divided."
        )

    def mean_only(self, size: int | None, scale: Fraction = Fraction(1)) -> None:
        """Advantages without division: Omega is R (1 - 1/G), or R where the baseline leaves the sample
        out."""
        omega = scale if size is None else scale * (1 - Fraction(1, size))
        self.contrast, self.eps = MEAN.scaled(omega), Fraction(1)
        why = f"reward scale {canonical(scale)}" if scale != 1 else "rewards 0 and 1"
        share = "" if size is None else f", times 1 - 1/{size} for a sample's share in its own mean"
        self.assumptions.append(
            f"Advantage without division by a std: Omega is {canonical(omega)} ({why}{share})."
        )

    def over_batch_std(
        self, size: int | None, key: str, eps: str = "1e-4", scale: Fraction = Fraction(1)
    ) -> None:
        """Advantages divided by the batch's standard deviation. Without a KL that is a matter of pace; beside
        one the numbers are those of its largest value, 1/2 in units of the reward scale."""
        if not self.beta:
            self.paced.append(f"{key}: {BATCH_STD}")
            self.mean_only(size, scale)
            return
        self.provided(HALF_STD.format(canonical(scale / 2)), f"{key}: {BATCH_STD}")
        omega = (1 if size is None else 1 - Fraction(1, size)) / (Fraction(1, 2) + Fraction(eps) / scale)
        self.contrast, self.eps = MEAN.scaled(omega), Fraction(1)
        self.assumptions.append(
            f"Advantage divided by the batch's std plus {eps}: Omega is {canonical(omega)} where that std is "
            f"{canonical(scale / 2)}. Where it is S, prompts end as there at beta times "
            f"{canonical(2 / scale)} S."
        )

    def over_mean(self, size: int, scale: Fraction = Fraction(1)) -> None:
        """Advantages divided by the group's mean: 0/1 rewards of another scale have the same."""
        self.contrast, self.eps = Contrast("maxrl", size).scaled(scale), Fraction(1)
        self.assumptions.append(
            f"Advantage (r - mean)/mean over groups of {size}; a group without a success has advantage 0."
        )

    def times(self, factor: Fraction, why: str) -> None:
        """The advantage's gradient multiplied by a number, and the KL's not."""
        if factor == 0:
            self.refuse(f"{why}: the advantage has no gradient")
        elif factor != 1:
            self.factor *= factor
            self.assumptions.append(
                f"{why} multiplies the advantage's gradient by {canonical(factor)}, not the KL's."
            )

    def kl(self, estimator: str, place: str, key: str) -> None:
        """Where the KL stands and by which estimator: the regulariser that its on-policy gradient is of."""
        self.kernel, said = _KERNELS.get(
            (estimator, place),
            (NOT_COVERED, f"{estimator} in the {place} is not the gradient of a KL divergence"),
        )
        self.assumptions.append(f"{key}: {said}.")
        self.place = place
        if place == "loss":
            self.not_covered.append(TOKENS)
        else:
            self.assumptions.append("A KL in the reward is that of whole answers, of one token or of many.")
        if not self.beta:
            return
        if self.kernel == NONE:
            self.refuse(f"{key}: the KL term has no expected gradient, so nothing holds the policy back")
        elif self.kernel == NOT_COVERED:
            self.refuse(f"{key}: {said}")

    def clipping(self, low: str, high: str = "") -> None:
        """The range of the likelihood ratio, which is 1 where an update begins."""
        shown = f"{low} below, {high} above" if high and high != low else low
        self.not_covered.append(f"Clipping of the likelihood ratio ({shown}).")

    def only_read(self, key: str) -> None:
        """A part of the mapping that was read in the source alone."""
        self.assumptions.append(
            f"{key}: read in the framework's source, not run beside this mapping as the rest of it was."
        )

    def rescale(self, words: str) -> None:
        """What changes how large steps are, and nothing else."""
        self.rescaled.append(words)
        self.assumptions.append(f"{words}: that changes how large a step is, and not where steps lead.")

    def drop(self, key: str, size: int) -> None:
        """Groups of so many answers whose rewards are all alike are dropped."""
        self.dropped = Dropped(key, size)

    def iterations(self, key: str) -> None:
        """How many updates a batch is used for: inner steps, where a step size is asked about."""
        number = self.settings.number(key)
        if number.denominator != 1 or number < 1:
            raise InputError(
                f"{key}: {self.settings.read[-1].value}; a whole number of at least 1 is expected"
            )
        self.inner_steps = int(number)
        if number != 1:
            self.assumptions.append(
                f"{key} {number}: a batch is used {number} times, which is that many inner steps to an "
                "update where a step size is asked about."
            )

    def loss_of_trl(self, section: str = "") -> None:
        """The settings of TRL's loss and trainer, under its names."""
        settings = self.settings
        low, high = settings.text(f"{section}epsilon"), settings.optional(f"{section}epsilon_high")
        self.clipping(low, high)
        self.not_covered.append("Other reward functions than one verifiable reward.")
        self.iterations(f"{section}num_iterations")
        if settings.flag(f"{section}sync_ref_model"):
            self.not_covered.append("sync_ref_model: the reference moves during training; it is fixed here.")

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
            self.contrast and self.contrast.scaled(self.factor),
            self.beta,
            self.eps,
            self.kernel,
            tuple(self.refusals),
            tuple(self.assumptions),
            tuple(self.not_covered),
            tuple(self.clamps),
            tuple(self.settings.read),
            place=self.place,
            inner_steps=self.inner_steps,
            paced=tuple(self.paced),
            rescaled=tuple(self.rescaled),
            conditions=tuple(self.conditions),
            dropped=self.dropped,
            group_size=self.settings.group_size,
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
        "gradient of KL(pi||pi_ref)",
    ),
    ("straight", "loss"): (
        REVERSE,
        "the estimate's value with the gradient of k2, which is, on-policy, that of KL(pi||pi_ref)",
    ),
    ("k1", "reward"): (REVERSE, "k1 in the reward, after normalisation, has the gradient of KL(pi||pi_ref)"),
}
"""Estimator and place, to the regulariser; ``weighted``: times exp(log pi - log pi as a constant)."""
