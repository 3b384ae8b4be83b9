"""SymPy expressions written in the certificates' expression language.

The language is nested lists: ``["*", "2", "x"]``. It is read back by the checker only, which knows nothing of
SymPy, so a slip made here shows as a rejected certificate or as a statement that reads wrongly, never as a
false proof.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import reduce

import sympy as sp

from ..intervals import canonical
from ..model.derivation import sigma
from ..rigor.properties.inequalities import Expression

FUNCTIONS = {
    sp.exp: "exp",
    sp.log: "log",
    sp.cosh: "cosh",
    sp.sinh: "sinh",
    sp.tanh: "tanh",
    sp.Abs: "abs",
    sigma: "sigma",
}
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_LARGEST_POWER = 64


def to_expression(expression: sp.Expr) -> Expression:
    """The expression in the certificates' language, in the order SymPy keeps it.

    Understood: rationals, symbols with lower-case names, sums, products, integer and half-integer powers, and
    the functions ``exp log cosh sinh tanh abs sigma``.

    Raises:
        TypeError: anything else in the expression (a programming error, never the user's).

    >>> x = sp.Symbol("x")
    >>> to_expression((x + 1) ** 2 / 3)
    ['/', ['^', ['+', '1', 'x'], '2'], '3']
    """
    if expression.is_Rational:
        return canonical(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return _name(str(expression))
    if expression.is_Add:
        return _sum(expression.args)
    if expression.is_Mul:
        return _product(expression.args)
    if expression == sp.E:
        return ["exp", "1"]
    if expression.is_Pow:
        return _power(expression.base, expression.exp)
    if expression.func in FUNCTIONS:
        return [FUNCTIONS[expression.func], to_expression(expression.args[0])]
    raise TypeError(f"the expression language has no word for {expression.func}")


def variables_of(*expressions: sp.Expr) -> list[str]:
    """The names of the free symbols, sorted."""
    symbols = set().union(*(expression.free_symbols for expression in expressions))
    return sorted(_name(str(symbol)) for symbol in symbols)


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise TypeError(f"{name!r} is no name of a variable: lower-case letters, digits and _ are")
    return name


def _sum(terms: tuple[sp.Expr, ...]) -> Expression:
    """Positive terms first, then each negative one taken away."""
    added = [to_expression(t) for t in terms if not _is_negative(t)]
    taken = [to_expression(-t) for t in terms if _is_negative(t)]
    start: Expression = added[0] if len(added) == 1 else ["+", *added]
    if not added:
        return ["neg", taken[0] if len(taken) == 1 else ["+", *taken]]
    return reduce(lambda total, term: ["-", total, term], taken, start)


def _is_negative(term: sp.Expr) -> bool:
    return bool(term.as_coeff_Mul()[0].is_negative)


def _product(factors: tuple[sp.Expr, ...]) -> Expression:
    """Numerator over denominator; a negative coefficient goes in front."""
    above: list[Expression] = []
    below: list[Expression] = []
    negative = False
    for factor in factors:
        if factor.is_Rational:
            negative ^= bool(factor < 0)
            above += [str(abs(factor.p))] if abs(factor.p) != 1 else []
            below += [str(factor.q)] if factor.q != 1 else []
        elif factor.is_Pow and factor.exp.is_Rational and factor.exp < 0:
            below.append(to_expression(factor.base**-factor.exp))
        else:
            above.append(to_expression(factor))
    value = _times(above)
    if below:
        value = ["/", value, _times(below)]
    return ["neg", value] if negative else value


def _times(factors: list[Expression]) -> Expression:
    if not factors:
        return "1"
    return factors[0] if len(factors) == 1 else ["*", *factors]


def _power(base: sp.Expr, exponent: sp.Expr) -> Expression:
    if not (exponent.is_Rational and exponent.q in (1, 2) and abs(exponent.p) <= _LARGEST_POWER):
        raise TypeError(f"the expression language has no power {exponent}")
    if exponent < 0:
        return ["/", "1", to_expression(base**-exponent)]
    root: Expression = to_expression(base) if exponent.q == 1 else ["sqrt", to_expression(base)]
    return root if exponent.p == 1 else ["^", root, str(exponent.p)]
