"""Contrasts of finite groups that are written as trees: what they share.

Each is a mean over the G - 1 rewards beside the one that is looked at, k of which are 1 with probability
``C(G-1, k) p^k q^(G-1-k)``. Nothing about their shape goes without saying: values and slopes come from the
tree, part by part, as for an expression that a user writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import comb
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from ...intervals import canonical
from .definition import Chosen, Definition
from .facts import Facts
from .reading import Tree

if TYPE_CHECKING:
    import sympy as sp

MOST = 128
Range = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class TreeOfGroup(Definition):
    """Omega as a tree that depends on the group's size.

    Attributes:
        made: the tree of a chosen size (and ddof).
        largest: of the fact BOUNDED: an upper bound for a range of eps.
        smallest: of the fact AT_LEAST: a lower bound for a range of eps.
        least_size: the smallest group that has it.
        has_ddof: whether the spread's divisor is chosen.
    """

    made: Callable[[Chosen], Tree] = field(default=lambda chosen: "1")
    largest: Callable[[Chosen, Range], Fraction] | None = None
    smallest: Callable[[Chosen, Range], Fraction] | None = None
    least_size: int = 2
    has_ddof: bool = False

    def check(self, chosen: Chosen) -> None:
        if not self.least_size <= chosen.group_size <= MOST:
            raise InputError(
                f"contrast {self.name} needs a group size from {self.least_size} to {MOST}, not "
                f"{chosen.group_size}"
            )
        if chosen.ddof not in ((0, 1) if self.has_ddof else (0,)):
            allowed = "takes ddof 0 or 1" if self.has_ddof else "has no ddof"
            raise InputError(f"contrast {self.name} {allowed}, not {chosen.ddof}")
        if chosen.omega is not None:
            raise InputError(f"an expression is a contrast of its own, not one for {self.name}")

    def facts(self, chosen: Chosen) -> Facts:
        return self.argued

    def label(self, chosen: Chosen) -> str:
        ddof = f", ddof {chosen.ddof}" if self.has_ddof else ""
        return f"{self.name}({chosen.group_size}{ddof})"

    def own(self, chosen: Chosen) -> Mapping[str, Any]:
        ddof = {"ddof": chosen.ddof} if self.has_ddof else {}
        return {"group_size": chosen.group_size, **ddof}

    def tree(self, chosen: Chosen) -> Tree:
        return self.made(chosen)

    def omega(self, chosen: Chosen) -> sp.Expr:
        from .symbols import in_sympy

        return in_sympy(self.made(chosen))

    def bound(self, chosen: Chosen, eps: Range) -> Fraction | None:
        return None if self.largest is None else self.largest(chosen, eps)

    def floor(self, chosen: Chosen, eps: Range) -> Fraction:
        assert self.smallest is not None
        return self.smallest(chosen, eps)


def in_general() -> sp.Expr:
    """Each size has an Omega of its own."""
    import sympy as sp

    return sp.Symbol("Omega")


def product(*factors: Tree) -> Tree:
    """Factors in their order, without ones."""
    return reduce(lambda x, y: ("*", x, y), [factor for factor in factors if factor != "1"] or ["1"])


def total(terms: Iterable[Tree]) -> Tree:
    """A sum, term after term."""
    return reduce(lambda x, y: ("+", x, y), terms)


def share(size: int, k: int) -> Tree:
    """``C(size, k) p^k q^(size - k)``."""
    powers: list[Tree] = [("^", letter, str(n)) for letter, n in (("p", k), ("q", size - k)) if n]
    return product(str(comb(size, k)), *powers)


def spread(square: Fraction) -> Tree:
    """``sqrt(square) + eps``."""
    return ("+", ("sqrt", canonical(square)), "eps")
