"""What is asked of a table: the variant, and what a measured rate is taken for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...errors import InputError
from ...intervals import canonical
from ...model import Contrast, Parameters
from ..configurations import K3, REVERSE

LIBRARIES = ("crival", "polars")


@dataclass(frozen=True)
class Question:
    """One question for every prompt of a table.

    Attributes:
        contrast, beta, eps, alpha: exact; beta, eps > 0, alpha in (0, 1].
        regulariser: ``KL(pi||pi_ref)``, the paper's, or ``KL(pi_ref||pi)`` (k3 in the loss; alpha = 1).
        confidence: in (0, 1): each prompt's ``p_ref`` is anywhere in its Clopper-Pearson interval; 0: the
            measured rate is taken as exact.

    Raises:
        InputError: a number outside its domain.
    """

    contrast: Contrast
    beta: Fraction
    eps: Fraction
    alpha: Fraction = Fraction(1)
    regulariser: str = REVERSE
    confidence: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        self.at(Fraction(1, 2), Fraction(1, 2))  # beta, eps and alpha are tested there
        if self.alpha == 0:
            raise InputError("a table needs an alpha above 0: at 0 every prompt's success rises to 1")
        if self.regulariser not in (REVERSE, K3):
            raise InputError(f"tables are not covered under the regulariser {self.regulariser}")
        if self.regulariser == K3 and self.alpha != 1:
            raise InputError("the k3 regulariser is covered for alpha = 1 only")
        if not 0 <= self.confidence < 1:
            raise InputError("the confidence must lie in (0, 1), such as 0.95, or be 0 for rates as measured")

    def at(self, low: Fraction, high: Fraction) -> Parameters:
        """The box of parameters for ``p_ref`` in [low, high], inside (0, 1)."""
        return Parameters.of(beta=self.beta, eps=self.eps, alpha=self.alpha, p_ref=(low, high))

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
