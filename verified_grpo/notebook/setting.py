"""What a question is asked of: a contrast, a KL, numbers, and the updates that are meant."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..intervals import canonical
from ..model import Contrast, Parameters, Range
from ..model.steps import Stepped

Kl = Literal["reverse", "k3"]
KLS = ("reverse", "k3")


@dataclass(frozen=True)
class Setting(Stepped):
    """Exact numbers, or ranges of them for every choice in them.

    Attributes:
        box: beta, eps, p_ref, alpha; closed ranges.
        update: steps of a size, None for updates that are solved exactly.
        contrast: how the advantage is normalised.
        kl: ``reverse`` or ``k3``.
    """

    contrast: Contrast
    kl: Kl

    @property
    def plain(self) -> Parameters:
        """The numbers as they are, for updates that are solved exactly.

        Raises:
            InputError: beta reaches 0.
        """
        return self.box.maximised

    @property
    def words(self) -> str:
        """Contrast and numbers in a line; alpha where it is not 1."""
        whole = (Fraction(1), Fraction(1))
        numbers = [f"{name} {_shown(side)}" for name, side in self.box if name != "alpha" or side != whole]
        kl = [] if self.kl == "reverse" else [f"kl {self.kl}"]
        step = [] if self.update is None else [f"step size {_shown(self.update.step_size)}"]
        return ", ".join([self.contrast.label, *numbers, *kl, *step])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.words})"


def _shown(side: Range) -> str:
    low, high = (canonical(end) for end in side)
    return low if low == high else f"{low}:{high}"
