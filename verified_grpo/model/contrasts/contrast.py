"""A contrast as everything else of the suite knows it: a name, perhaps with parameters, and what is known of
it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from ...errors import InputError, MissingFact
from .definition import Definition
from .facts import Fact
from .table import DEFINITIONS


@dataclass(frozen=True)
class Contrast:
    """A normalisation of the advantage.

    Attributes:
        name: ``mean-var`` (the paper's, ``(r - mean)/sqrt(var + eps)``), ``mean-std`` (``(r - mean)/(std +
            eps)``), ``mean`` (no normalisation), ``group`` (``mean-std`` on a finite group), or another of
            the table's.
        group_size: G >= 2, for ``group`` only (0 otherwise).
        ddof: 0 or 1, the standard deviation's divisor is ``G - ddof``; for ``group`` only.

    Raises:
        InputError: an unknown name, a group without its size, or a size or ddof outside the domain.
    """

    name: str
    group_size: int = 0
    ddof: int = 0

    def __post_init__(self) -> None:
        if self.name not in DEFINITIONS:
            raise InputError(f"unknown contrast {self.name!r}: choose one of {', '.join(DEFINITIONS)}")
        self.definition.check(self)

    @property
    def definition(self) -> Definition:
        """What its file says."""
        return DEFINITIONS[self.name]

    @property
    def label(self) -> str:
        """A short name for tables: ``group(8, ddof 1)``."""
        return self.definition.label(self)

    @property
    def own(self) -> Mapping[str, int]:
        """Its own parameters, by their names in certificates; most have none."""
        return self.definition.own(self)

    def knows(self, *facts: Fact) -> bool:
        """Whether these are proved of it."""
        return not self.lacks(*facts)

    def lacks(self, *facts: Fact) -> str:
        """Which of these is not proved of it, in a sentence; nothing where all are."""
        known = self.definition.facts(self)
        return next((f"Omega of {self.label} is not known to {f.value}" for f in facts if f not in known), "")

    def require(self, *facts: Fact) -> None:
        """Go on only if these are proved of it.

        Raises:
            MissingFact: one of them is not.
        """
        if missing := self.lacks(*facts):
            raise MissingFact(missing)


MEAN_VAR = Contrast("mean-var")
MEAN_STD = Contrast("mean-std")
MEAN = Contrast("mean")


def omega_expression(contrast: Contrast) -> sp.Expr:
    """``Omega`` as an expression in ``p``, ``q``, ``v = p q`` and ``eps``."""
    return contrast.definition.omega(contrast)
