"""A contrast as everything else of the suite knows it: a name, perhaps with parameters, and what is known of
it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...characters import shortened
from ...errors import InputError, MissingFact
from ...intervals import canonical, exact
from .definition import Definition
from .facts import Fact
from .reading import Tree, at_middles, has_ranges, read_omega, tree_of
from .table import DEFINITIONS

if TYPE_CHECKING:
    import sympy as sp


ONE = Fraction(1)
LONGEST = 120
"""Characters of a label in a message."""


@dataclass(frozen=True)
class Contrast:
    """A normalisation of the advantage.

    Attributes:
        name: ``mean-var`` (the paper's, ``(r - mean)/sqrt(var + eps)``), ``mean-std`` (``(r - mean)/(std +
            eps)``), ``mean`` (no normalisation), ``group`` (``mean-std`` on a finite group), or another of
            the table's.
        group_size: G >= 2, for ``group`` only (0 otherwise).
        ddof: 0 or 1, the standard deviation's divisor is ``G - ddof``; for ``group`` only.
        omega: the tree of an expression, for ``expression`` only: see :meth:`of`.
        scale: > 0, what all of Omega is multiplied by: a reward of other size where nothing divides by its
            spread, or a loss whose policy term has a factor that its KL term has not. Every fact of a
            contrast is one of its multiples.

    Raises:
        InputError: an unknown name, a group without its size, or a size, ddof or scale outside the domain.
    """

    name: str
    group_size: int = 0
    ddof: int = 0
    omega: Tree | None = None
    scale: Fraction = ONE

    @classmethod
    def of(cls, expression: str) -> Contrast:
        """One's own: Omega as an expression in p, q = 1 - p, v = p q, eps and exact numbers.

        >>> Contrast.of("1/(p + eps)").label
        '1 / (p + eps)'

        Raises:
            InputError: no such expression.
        """
        return cls("expression", omega=read_omega(expression))

    @classmethod
    def asked(
        cls, name: str | None, group_size: int | None = 0, ddof: int | None = 0, expression: str | None = None
    ) -> Contrast:
        """As options say it: a name (mean-var where there is none) with its parameters, or an expression.

        Raises:
            InputError: a name and an expression, or what :class:`Contrast` refuses.
        """
        if expression is None:
            return cls(name or "mean-var", group_size or 0, ddof or 0)
        if (name or "expression") != "expression" or group_size or ddof:
            raise InputError("--omega is a contrast of its own: leave --contrast, --group-size, --ddof out")
        return cls.of(expression)

    @classmethod
    def read(cls, variant: Mapping[str, Any]) -> Contrast:
        """As a certificate that was checked names it: the inverse of name and :attr:`own`."""
        omega = variant.get("omega")
        tree, scale = None if omega is None else tree_of(omega), exact(variant.get("scale", "1"))
        return cls(variant["contrast"], variant.get("group_size", 0), variant.get("ddof", 0), tree, scale)

    def scaled(self, by: Fraction) -> Contrast:
        """``by`` times this one.

        >>> MEAN.scaled(Fraction(7, 8)).label
        '0.875 times mean'

        Raises:
            InputError: ``by`` is not > 0.
        """
        return replace(self, scale=self.scale * by)

    @property
    def unscaled(self) -> Contrast:
        """The contrast of the table that this one is a multiple of."""
        return replace(self, scale=ONE)

    def __post_init__(self) -> None:
        if self.name not in DEFINITIONS:
            raise InputError(f"unknown contrast {self.name!r}: choose one of {', '.join(DEFINITIONS)}")
        self.definition.check(self)
        if not self.scale > 0:
            raise InputError(f"a contrast is scaled by a number > 0, not by {canonical(self.scale)}")

    @property
    def definition(self) -> Definition:
        """What its file says."""
        return DEFINITIONS[self.name]

    @property
    def tree(self) -> Tree | None:
        """Omega, without its scale, as a tree, if its values and slopes are made part by part."""
        return self.definition.tree(self)

    def floor(self, eps: tuple[Fraction, Fraction]) -> Fraction | None:
        """A number that Omega is at least on the whole line, for a range of eps; None where none is known."""
        return self.definition.floor(self, eps) * self.scale if self.knows(Fact.AT_LEAST) else None

    @property
    def is_single(self) -> bool:
        """Whether this is one contrast, and not all whose numbers lie in ranges of its expression."""
        return self.omega is None or not has_ranges(self.omega)

    @property
    def middle(self) -> Contrast:
        """One of those that this stands for: where guesses begin."""
        return self if self.omega is None or self.is_single else replace(self, omega=at_middles(self.omega))

    @property
    def label(self) -> str:
        """A short name for tables: ``group(8, ddof 1)``."""
        label = self.definition.label(self)
        if self.scale == 1:
            return label
        return f"{canonical(self.scale)} times {f'({label})' if self.omega is not None else label}"

    @property
    def own(self) -> Mapping[str, Any]:
        """Its own parameters, by their names in certificates; most have none."""
        scale = {} if self.scale == 1 else {"scale": canonical(self.scale)}
        return {**self.definition.own(self), **scale}

    def knows(self, *facts: Fact) -> bool:
        """Whether these are proved of it."""
        return not self.lacks(*facts)

    def lacks(self, *facts: Fact) -> str:
        """Which of these is not proved of it, in a sentence; nothing where all are."""
        known = self.definition.facts(self)
        name = shortened(self.label, LONGEST)
        return next((f"Omega of {name} is not known to {f.value}" for f in facts if f not in known), "")

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
    import sympy as sp

    return sp.Rational(contrast.scale) * contrast.definition.omega(contrast)
