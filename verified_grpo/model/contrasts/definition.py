"""What the file of a contrast defines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ...errors import InputError
from .facts import Facts
from .reading import Tree

if TYPE_CHECKING:
    import sympy as sp


class Chosen(Protocol):
    """A contrast with its own parameters, if it has any."""

    def __hash__(self) -> int: ...

    @property
    def group_size(self) -> int: ...

    @property
    def ddof(self) -> int: ...

    @property
    def omega(self) -> Tree | None: ...


@dataclass(frozen=True)
class Definition:
    """A contrast without parameters of its own, and the facts that searches may use.

    Attributes:
        name: in certificates and on the command line.
        words: what rewards are divided by, in a table of contrasts.
        expression: gives Omega in ``p``, ``q = 1 - p``, ``v = p q`` and ``eps``; SymPy is imported when it is
            called, and not before.
        argued: the facts, each with its argument.
        spread: for a slope of one peak: ``v`` or ``sqrt(v)``, the unknown in which ``db/dL = 0`` is an
            equation whose only solution between 0 and the spread at p = 1/2 is the peak.
        spread_in_eps: of rewards x and x + d the contrast is this one with eps over this power of d; with
            power 0, d times this one. None: it has no such form.
    """

    name: str
    words: str
    expression: Callable[[], sp.Expr]
    argued: Facts = field(default_factory=dict)
    spread: Literal["v", "sqrt(v)"] | None = None
    spread_in_eps: Literal[0, 1, 2] | None = None

    def check(self, chosen: Chosen) -> None:
        """Refuse parameters that are not this contrast's.

        Raises:
            InputError: the message says what is allowed.
        """
        if chosen.group_size or chosen.ddof:
            raise InputError(f"group size and ddof belong to contrast group, not to {self.name}")
        if chosen.omega is not None:
            raise InputError(f"an expression is a contrast of its own, not one for {self.name}")

    def facts(self, chosen: Chosen) -> Facts:
        """What is known of the contrast with its parameters."""
        return self.argued

    def label(self, chosen: Chosen) -> str:
        """A short name for tables."""
        return self.name

    def own(self, chosen: Chosen) -> Mapping[str, Any]:
        """The contrast's own parameters, by their names in certificates."""
        return {}

    def omega(self, chosen: Chosen) -> sp.Expr:
        """Omega in ``p``, ``q``, ``v`` and ``eps``."""
        return self.expression()

    def tree(self, chosen: Chosen) -> Tree | None:
        """Omega as an expression whose values and slopes are made part by part, if that is what it is."""
        return None

    def supremum(self, chosen: Chosen) -> sp.Expr:
        """Of the fact BOUNDED: Omega as p tends to 0 (and 1), for a function of v and eps."""
        from .symbols import v

        return self.omega(chosen).subs(v, 0)

    def bound(self, chosen: Chosen, eps: tuple[Fraction, Fraction]) -> Fraction | None:
        """Of the fact BOUNDED, where `supremum` is no closed form: an upper bound for a range of eps."""
        return None

    def floor(self, chosen: Chosen, eps: tuple[Fraction, Fraction]) -> Fraction:
        """Of the fact AT_LEAST: a lower bound for a range of eps."""
        raise NotImplementedError

    def require_defined(self, chosen: Chosen, eps: tuple[Fraction, Fraction]) -> None:
        """Go on only if Omega is > 0 and smooth for these eps: true of what is typed here."""

    def degree(self, chosen: Chosen) -> int:
        """Of the fact BERNSTEIN: that of the polynomial, n."""
        raise NotImplementedError

    def coefficients(self, chosen: Chosen) -> tuple[sp.Expr, ...]:
        """Of the fact BERNSTEIN: those of ``C(n,k) p^k q^(n-k)``, k = 0..n, in ``eps``."""
        raise NotImplementedError
