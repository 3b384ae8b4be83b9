"""What is asked of a table: the variant, and what a measured rate is taken for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...errors import InputError
from ...intervals import canonical
from ...model import Contrast, Fact, Parameters
from ...model.array_profile import Shape
from ...model.steps import StepParameters, Update
from ...rigor.arrays import Dynamics
from ..configurations import K3, NONE, REVERSE
from ..targets import HALF, written

LIBRARIES = ("crival", "polars")


@dataclass(frozen=True)
class Question:
    """One question for every prompt of a table.

    Attributes:
        contrast, beta, eps, alpha: exact; beta >= 0, eps > 0, alpha in (0, 1].
        regulariser: ``KL(pi||pi_ref)``, the paper's, or ``KL(pi_ref||pi)`` (k3 in the loss; alpha = 1); where
            beta is 0 it makes no difference.
        confidence: in (0, 1): each prompt's ``p_ref`` is anywhere in its Clopper-Pearson interval; 0: the
            measured rate is taken as exact.
        target: the success rate at which a prompt counts as well, in (0, 1).
        update: the one step that is asked about, an exact number; None: any small steps, and the exact
            iteration beside them.

    Raises:
        InputError: a number outside its domain.
        MissingFact: the contrast is not known to be bounded, which fixed points ask for, or, under k3, not to
            be even and rising.
    """

    contrast: Contrast
    beta: Fraction
    eps: Fraction
    alpha: Fraction = Fraction(1)
    regulariser: str = REVERSE
    confidence: Fraction = Fraction(0)
    target: Fraction = HALF
    update: Update | None = None

    def __post_init__(self) -> None:
        self.recursion(HALF, HALF)  # beta, eps, alpha and the step are tested there
        if self.beta > 0:  # without KL any steps lead to 1, whatever the contrast (lemma 64)
            self.contrast.require(Fact.BOUNDED, *([Fact.EVEN_RISING] if self.under_k3 else []))
            self.contrast.definition.bound(self.contrast, (self.eps, self.eps))
        if self.alpha == 0:
            raise InputError("a table needs an alpha above 0: at 0 every prompt's success rises to 1")
        if self.regulariser not in (REVERSE, K3) and not (self.regulariser == NONE and self.beta == 0):
            raise InputError(f"tables are not covered under the regulariser {self.regulariser}")
        if self.under_k3 and self.alpha != 1:
            raise InputError("the k3 regulariser is covered for alpha = 1 only")
        if self.update is not None and self.update.step_size[0] < self.update.step_size[1]:
            raise InputError("a table needs one step size, not a range of them")
        if self.under_k3 and self.update is not None and self.update.inner_steps > 1:
            raise InputError("under the k3 regulariser several inner steps are not covered: ask about one")
        if not 0 <= self.confidence < 1:
            raise InputError("the confidence must lie in (0, 1), such as 0.95, or be 0 for rates as measured")
        if not 0 < self.target < 1:
            raise InputError("the target is a success rate strictly between 0 and 1, such as 0.5")

    @property
    def under_k3(self) -> bool:
        """Whether the k3 term pulls."""
        return self.regulariser == K3 and self.beta > 0

    @property
    def has_arrays(self) -> bool:
        """Whether arrays know the contrast, by its shape; of another every rate is for Arb."""
        return Shape.covers(self.contrast)

    @property
    def dynamics(self) -> Dynamics:
        """What all prompts have in common: of the exact iteration, or of the step that is asked about."""
        box = self.recursion(HALF, HALF)
        return Dynamics(self.contrast, box.alpha[0], box.beta[0], self.eps)

    @property
    def behind(self) -> tuple[str, str, str]:
        """What the notes call prompts that are proved, or not excluded, to stay below the target: because a
        fold holds them back, all, perhaps."""
        target = written(self.target)
        return f"held back below {target}", f"ends below {target}", f"may end below {target}"

    def at(self, low: Fraction, high: Fraction) -> StepParameters:
        """The box of parameters for ``p_ref`` in [low, high], inside (0, 1)."""
        return StepParameters.of(beta=self.beta, eps=self.eps, alpha=self.alpha, p_ref=(low, high))

    def recursion(self, low: Fraction, high: Fraction) -> Parameters:
        """The parameters of the recursion (R) that the exact iteration obeys, or the step asked about;
        without KL and a step, where there is neither, the box itself."""
        box = self.at(low, high)
        if self.update is None or self.under_k3:
            return box if self.beta == 0 else box.maximised
        return self.update.recursion(box)

    @property
    def words(self) -> dict[str, str]:
        """Everything about the question, and the libraries, that an answer depends on; for journals."""
        return {
            "contrast": self.contrast.label,
            "beta": canonical(self.beta),
            "eps": canonical(self.eps),
            "alpha": canonical(self.alpha),
            "regulariser": self.regulariser,
            "confidence": canonical(self.confidence),
            "target": canonical(self.target),
            "step_size": "any small steps" if self.update is None else canonical(self.update.step_size[0]),
            "unit": canonical(self.contrast.scale),
            "inner_steps": "" if self.update is None else str(self.update.inner_steps),
            "libraries": " ".join(f"{name} {_version(name)}" for name in LIBRARIES),
            "code": _code(),
        }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # crival has no wheel here: Arb stands in
        return "none"


def _code() -> str:
    """A hash of this folder and of what it uses beside the rooms that every journal covers."""
    total, room = hashlib.sha256(), Path(__file__).parent
    for path in sorted(room.glob("*.py")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
