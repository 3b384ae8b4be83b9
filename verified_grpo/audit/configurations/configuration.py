"""What a configuration says about one prompt: a variant of GRPO, everything that the translation assumes, and
everything that it does not cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ...errors import InputError
from ...intervals import canonical, decimal_up, exact
from ...model import Contrast
from ...model.pulls import Kernel, Pull
from .clamp import Clamp, least_beta
from .conditions import Condition
from .settings import Read
from .unmodelled import DROPPED

REVERSE, K3, NONE, NOT_COVERED = "KL(pi||pi_ref)", "KL(pi_ref||pi)", "none", "not covered"

WEIGHED = (
    "Groups whose rewards are all alike are dropped: the KL acts with the weight 1 - p^{0} on right answers "
    "and 1 - (1-p)^{0} on wrong ones, as the loss is a mean over the answers that are kept."
)
BEYOND = "Policies beyond a clamp of the KL's estimate, and fixed points that there may be among them."


@dataclass(frozen=True)
class Dropped:
    """Groups of ``size`` answers are dropped where all rewards are alike, as the setting ``key`` says."""

    key: str
    size: int

    @property
    def words(self) -> str:
        """As a refusal says it."""
        return f"{self.key}: {DROPPED}"


@dataclass(frozen=True)
class Configuration:
    """A variant with its provenance.

    Attributes:
        framework, commit, version: whose keys were read, the state of its source that the mapping was made
            from, and the version whose defaults were taken.
        contrast: None where the advantage is not one of the model's.
        beta, eps: the file's KL weight, 0 for one of no effect, and the model's stabiliser.
        kernel: the regulariser that the file's estimator has the gradient of: REVERSE, K3, NONE, NOT_COVERED.
        refusals: why there is nothing to compute, each by the name of a key; empty where there is.
        clamps: where the estimator is cut.
        place: where the KL stands, "loss" or "reward"; empty where that was not read, or there is none.
        paced: what would be refused with a KL, and without one changes the size of steps alone.
        rescaled: what divides advantage and KL alike, and so changes the size of steps alone.
        conditions: what the file does not tell and the numbers rest on.
        dropped: which groups are dropped, or none.
        version_given: whether somebody said which version it is, or the file does.
        group_size: answers a prompt and update, G; 0 where that was not read.
        inner_steps: how many updates a batch is used for.
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
    clamps: tuple[Clamp, ...] = ()
    read: tuple[Read, ...] = ()
    unknown: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    place: str = ""
    inner_steps: int = 1
    paced: tuple[str, ...] = ()
    dropped: Dropped | None = None
    group_size: int = 0
    version_given: bool = False
    rescaled: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def verdict(self) -> str:
        """Why there is nothing to compute, in one line; empty where there is."""
        return "; ".join(self.refusals)

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
    def unit(self) -> Fraction:
        """What the table's contrast is multiplied by."""
        return Fraction(1) if self.contrast is None else self.contrast.scale

    def at(self, beta: Fraction) -> Configuration:
        """The same configuration at another KL weight >= 0: what if?"""
        if beta < 0:
            raise InputError(f"beta must not be less than 0, and is {canonical(beta)}")
        if beta and not self.beta and (why := self._not_to_be_switched_on(beta)):
            return replace(self, beta=beta, refusals=(*self.refusals, *why))
        said = [f"beta {canonical(beta)} was asked for instead of the file's {canonical(self.beta)}."]
        if beta and not self.beta:
            said.append(f"The KL term that is switched on with it: {self.kernel}.")
        return replace(self, beta=beta, assumptions=(*self.assumptions, *said))

    def _not_to_be_switched_on(self, beta: Fraction) -> tuple[str, ...]:
        """Why a file without a KL says nothing of one with this weight."""
        unknown = f"beta {canonical(beta)}: the file's KL is none of the model's, whatever its weight"
        return self.paced if self.kernel in (REVERSE, K3) else (*self.paced, unknown)

    def without_conditions(self) -> Configuration:
        """The same, refused where its numbers would rest on a condition."""
        said = tuple(condition.otherwise for condition in self.conditions)
        return replace(self, conditions=(), refusals=(*self.refusals, *said))

    def by_size(self) -> Configuration:
        """The same where the size of a step is asked about, refused if that is not the contrast's alone."""
        words = (*self.paced, *self.rescaled, *([self.dropped.words] if self.dropped else ()))
        why = tuple(f"{said}, so that a step of a given size is not the contrast's" for said in words)
        return replace(self, refusals=(*self.refusals, *why))

    def under_its_kl(self, p_ref: Fraction) -> Configuration:
        """The same, refused if it is not a KL alone that holds prompts from ``p_ref`` on: if a clamp of the
        estimator is not shown to be idle, or groups without signal are dropped."""
        if not self.computable or not self.beta:
            return self
        if self.dropped:
            where = "`audit --config`, `compare` and `advise` take that into account, for any small steps"
            return replace(self, refusals=(f"{self.dropped.words}: {where}",))
        if not self.clamps:
            return self
        least = self.least_weight(p_ref)
        if self.beta >= least:
            said = (
                f"{self._cut()}: no policy between the reference and the end of an update reaches it, as "
                f"for every weight from {canonical(least)} on; an update is taken to end on this side of it."
            )
            return replace(
                self, assumptions=(*self.assumptions, said), not_covered=(*self.not_covered, BEYOND)
            )
        words = (
            f"{self._cut()}; beyond it nothing pulls the policy back. It is shown to be idle for weights "
            f"from {canonical(least)} on, not for {canonical(self.beta)}, where success may rise for ever"
        )
        return replace(self, refusals=(words,))

    @property
    def pull(self) -> Pull | None:
        """What holds the policy, with its clamp and its dropped groups, where the model has it. Under
        KL(pi||pi_ref) an estimate of k3 is one times the likelihood ratio, which is clamped as a product."""
        at = [clamp.at for clamp in self.clamps if clamp.estimator == "k3"]
        kernel = Kernel.K3 if self.kernel == K3 else Kernel.WEIGHTED if at else Kernel.REVERSE
        if self.kernel not in (REVERSE, K3) or any(
            clamp.estimator not in ("k1", "k3") for clamp in self.clamps
        ):
            return None
        return Pull(kernel, min(at, default=None), self.dropped.size if self.dropped else None)

    @property
    def log_ratio(self) -> Fraction | None:
        """Up to which size of log-ratio the pull is that of the model: a log-ratio that is cut only where k3
        is does not count, and k3 exceeds a - 1 at a log-ratio of size a."""
        at = min((clamp.at for clamp in self.clamps if clamp.estimator == "k3"), default=None)
        others = [clamp.at for clamp in self.clamps if clamp.estimator == "k1"]
        return min((other for other in others if at is None or other < at + 1), default=None)

    def under_its_pull(self) -> Configuration:
        """The same where the clamp and dropped groups are part of what is answered."""
        said = []
        if self.clamps:
            said.append(f"{self._cut()}; beyond it nothing pulls the policy back: the answer takes that in.")
        if self.dropped:
            said.append(WEIGHED.format(self.dropped.size - 1))
        return replace(self, assumptions=(*self.assumptions, *said))

    def least_weight(self, p_ref: Fraction) -> Fraction:
        """A weight from which on the clamps are idle for prompts from ``p_ref`` on."""
        assert self.contrast is not None
        found = least_beta(self.clamps, self.contrast, self.eps, p_ref, forward=self.kernel == K3)
        return exact(decimal_up(found, 4))

    def _cut(self) -> str:
        return " and ".join(
            f"{clamp.key}: {'the log-ratio' if clamp.estimator == 'k1' else clamp.estimator} of a token "
            f"is clamped at {canonical(clamp.at)}"
            for clamp in self.clamps
        )
