"""What the kinds at exact parameters share: the parameters as Coq's numbers, and guesses in floats."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from ..certificates.grammar.values import AnyBox, Axis, sides
from ..errors import InputError
from ..model.approximate import approx_log, approx_log_odds
from .text import real

NAMES: tuple[Axis, ...] = ("alpha", "beta", "eps", "p_ref")


@dataclass(frozen=True)
class Point:
    """Exact parameters.

    The floats of the ``approx_*`` methods choose between lemmas of the library and between roundings; a wrong
    choice is refused by ``coqc``.
    """

    alpha: Fraction
    beta: Fraction
    eps: Fraction
    p_ref: Fraction

    @classmethod
    def of(cls, box: AnyBox) -> Point:
        """From a certificate's parameters.

        Raises:
            InputError: one of them is a range.
        """
        numbers = {name: value for name, value in sides(box).items() if isinstance(value, str)}
        ranges = [name for name in NAMES if name not in numbers]
        if ranges:
            raise InputError(
                f"{', '.join(ranges)} over a range has no export to Coq for this kind; exact numbers have"
            )
        return cls(*(Fraction(numbers[name]) for name in NAMES))

    def section(self, name: str, body: str) -> str:
        """A section of Coq in which the parameters have their names and are known to be positive."""
        notations = "".join(
            f"Local Notation {key} := {real(value)}.\n"
            for key, value in zip(NAMES, (self.alpha, self.beta, self.eps, self.p_ref), strict=True)
        )
        positive = {"A": "alpha", "B": "beta", "E": "eps"} if self.alpha else {"B": "beta", "E": "eps"}
        lemmas = "".join(
            f"Lemma {letter} : 0 < {key}. Proof. order. Qed.\n" for letter, key in positive.items()
        )
        return (
            f"Section {name}.\n{notations}Local Notation Lref := (logit p_ref).\n"
            "Local Notation step := (T2 alpha Lref beta eps).\n"
            f"{lemmas}\n{body}End {name}.\n"
        )

    @property
    def approx_reference(self) -> float:
        """L_ref, roughly."""
        return approx_log_odds(self.p_ref)

    @property
    def approx_peak(self) -> float:
        """Where the slope of Omega is steepest, roughly."""
        u = math.sqrt((1 + 4 * self.eps) / (1 + 12 * self.eps))
        return 2 * math.log1p(u) - approx_log(8 * self.eps / (1 + 12 * self.eps))

    def approx_rise(self, at: Fraction) -> float:
        """Omega(L)/(alpha beta), roughly."""
        x = math.exp(-abs(float(at)))
        return 1 / math.sqrt(x / (1 + x) ** 2 + float(self.eps)) / float(self.alpha * self.beta)

    def approx_gap(self, at: Fraction) -> float:
        """L - L_ref - Omega(L)/(alpha beta), roughly."""
        return float(at) - self.approx_reference - self.approx_rise(at)

    def approx_slope(self, at: Fraction) -> float:
        """Slope of Omega over alpha beta, roughly."""
        x = math.exp(-abs(float(at)))
        v = x / (1 + x) ** 2
        size = (1 - x) / (1 + x) * v / 2 / (v + float(self.eps)) ** 1.5 / float(self.alpha * self.beta)
        return math.copysign(size, float(at))

    def approx_multiplier(self, at: Fraction) -> float:
        """T'(L), roughly."""
        return float(1 - self.alpha) + float(self.alpha) * self.approx_slope(at)

    def approx_image(self, at: Fraction) -> float:
        """T(L), roughly."""
        return float(at) - float(self.alpha) * self.approx_gap(at)
