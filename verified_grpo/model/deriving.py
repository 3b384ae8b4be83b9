"""The compiled programs, derived by SymPy and written down: what :mod:`.written` reads.

    python -m verified_grpo.model.deriving

writes the files in ``model/written`` anew: for each contrast a JSON file of straight-line programs, a line
each, and a module of its guess in floats. A test derives all of them again and compares.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import sympy as sp

from ..work.files import write_bytes
from . import derivation as d
from .compilation import compile_expressions
from .contrasts import DEFINITIONS, MEAN_VAR, PEAKED, Contrast, Fact
from .contrasts.expression import ExpressionDefinition
from .contrasts.groups import TreeOfGroup
from .contrasts.symbols import eps, p, q, v
from .program import Program
from .written import FOLDER, OMEGA, as_text, guess_name, key, module_name

GROUP_SIZES = (*range(2, 17), 20, 24, 32, 64)
"""Of the groups whose programs are written down; those of other sizes are derived when asked for."""

Compiled = tuple[list[sp.Expr], tuple[sp.Symbol, ...]]


@lru_cache(maxsize=8)
def _profile(contrast: Contrast) -> Compiled:
    return [d.in_failure_odds(d.omega(contrast)), d.in_failure_odds(d.slope(contrast))], (d.t, eps)


def _omega(contrast: Contrast) -> Compiled:
    return [d.in_failure_odds(d.omega(contrast))], (d.t, eps)


def _plain(contrast: Contrast) -> Compiled:
    return [d.in_log_odds(d.omega(contrast)), d.in_log_odds(d.slope(contrast))], (d.L, eps)


def _slope(contrast: Contrast) -> Compiled:
    return [d.in_log_odds(d.slope(contrast))], (d.L, eps)


def _curvature(contrast: Contrast) -> Compiled:
    return [d.in_log_odds(d.curvature(contrast))], (d.L, eps)


def _peak(contrast: Contrast) -> Compiled:
    """``v = p q`` gives ``p - q = sqrt(1 - 4 v)`` and ``L = log(p/q) = 2 log((1 + sqrt(1 - 4 v))/(2
    sqrt(v)))``."""
    variance = d.peak_variance(contrast)
    peak = 2 * sp.log((1 + sp.sqrt(1 - 4 * variance)) / (2 * sp.sqrt(variance)))
    return [peak, d.slope_bound(contrast)], (eps,)


def _limit(contrast: Contrast) -> Compiled:
    return [contrast.definition.supremum(contrast)], (eps,)


def _coefficients(contrast: Contrast) -> Compiled:
    coefficients = contrast.definition.coefficients(contrast)
    return list(coefficients[: (len(coefficients) + 1) // 2]), (eps,)


def _definition(contrast: Contrast) -> Compiled:
    return [d.omega(contrast)], (p, q, v, eps)


def _log_odds() -> Compiled:
    return [sp.log(d.p_ref) - sp.log(1 - d.p_ref)], (d.p_ref,)


def _step() -> Compiled:
    drive = sp.Symbol("W")
    step = d.step(MEAN_VAR).subs(d.omega(MEAN_VAR), drive)
    return [step], (d.L, drive, d.L_ref, d.alpha, d.beta)


def _pull() -> Compiled:
    return [d.pull(), d.pull_slope()], (d.t, d.p_ref)


OF_A_CONTRAST: dict[str, tuple[Callable[[Contrast], Compiled], tuple[Fact, ...]]] = {
    "profile": (_profile, (Fact.EVEN_RISING,)),
    "omega": (_omega, (Fact.EVEN_RISING,)),
    "plain": (_plain, ()),
    "slope": (_slope, ()),
    "curvature": (_curvature, ()),
    "peak": (_peak, PEAKED),
    "limit": (_limit, (Fact.BOUNDED,)),
    "coefficients": (_coefficients, (Fact.BERNSTEIN,)),
    "definition": (_definition, ()),
}
"""Each with the facts without which it is not asked for."""
OF_ALL: dict[str, Callable[[], Compiled]] = {"log-odds": _log_odds, "step": _step, "pull": _pull}


def derive(name: str, contrast: Contrast | None) -> Program:
    """A program of the recursion, or of one contrast, out of SymPy."""
    made = OF_ALL[name]() if contrast is None else OF_A_CONTRAST[name][0](contrast)
    return compile_expressions(*made)


@lru_cache(maxsize=8)
def derive_guess(contrast: Contrast, library: str = "math") -> Callable[[Any, Any], tuple[Any, Any]]:
    """``(t, eps) -> (Omega, b)`` in floats, as Python that SymPy writes on top of a library."""
    expressions, inputs = _profile(contrast)
    function: Callable[[Any, Any], tuple[Any, Any]] = sp.lambdify(inputs, expressions, library, cse=True)
    return function


def written_down() -> dict[str, list[Contrast]]:
    """The contrasts whose programs are written down, by name; nobody knows what expressions users write."""
    sizes = [Contrast("group", size, ddof) for size in GROUP_SIZES for ddof in (0, 1)]
    table = [
        name for name, made in DEFINITIONS.items() if not isinstance(made, TreeOfGroup | ExpressionDefinition)
    ]
    return {name: sizes if name == "group" else [Contrast(name)] for name in table}


def programs(contrast: Contrast) -> dict[str, Program]:
    """All programs that may be asked of a contrast."""
    return {name: derive(name, contrast) for name in names(contrast)}


def names(contrast: Contrast) -> list[str]:
    """Of an even contrast the profile does what ``plain`` does, and the slope's own program is for those
    without a peak; a group's definition is shown in its general form."""
    left_out = {"plain"} if contrast.knows(Fact.EVEN_RISING) else set()
    left_out |= {"definition"} if contrast.own else set()
    return [
        name for name, (_, facts) in OF_A_CONTRAST.items() if contrast.knows(*facts) and name not in left_out
    ]


def guess_text(contrast: Contrast) -> str:
    """The guess as a function of a module."""
    body, returned = _guess_source(contrast)
    start = f"def {guess_name(contrast)}(t: float, eps: float) -> tuple[float, float]:"
    return "\n".join([start, *body, f"    return ({returned})", ""])


def omega_guess_text(contrast: Contrast) -> str:
    """Its first value alone: the same operations in the same order, without those that the slope needs."""
    body, returned = _guess_source(contrast)
    both = ast.parse(returned, mode="eval").body
    assert isinstance(both, ast.Tuple)
    omega = ast.get_source_segment(returned, both.elts[0])
    needed, kept = _letters(omega), []
    for line in reversed(body):
        name, _, value = line.strip().partition(" = ")
        if name in needed:
            needed |= _letters(value)
            kept.append(line)
    start = f"def {guess_name(contrast, OMEGA)}(t: float, eps: float) -> float:"
    return "\n".join([start, *reversed(kept), f"    return {omega}", ""])


def _guess_source(contrast: Contrast) -> tuple[list[str], str]:
    """The lines that SymPy writes, and what they return."""
    _, *body = inspect.getsource(derive_guess(contrast)).rstrip().splitlines()
    return body, body.pop().strip().removeprefix("return [").removesuffix("]")


def _letters(text: str | None) -> set[str]:
    return {part.id for part in ast.walk(ast.parse(text or "")) if isinstance(part, ast.Name)}


HEAD = '''"""Guesses in floats, as SymPy writes them; :mod:`verified_grpo.model.deriving` does it anew."""

from __future__ import annotations

from math import sqrt
'''


def files() -> Iterator[tuple[str, str]]:
    """Every file's name and text."""
    yield "recursion.json", as_text({"": {name: derive(name, None) for name in OF_ALL}})
    for name, contrasts in written_down().items():
        yield f"{name}.json", as_text({key(contrast): programs(contrast) for contrast in contrasts})
        guesses = [text(contrast) for contrast in contrasts for text in (guess_text, omega_guess_text)]
        yield f"{module_name(name)}.py", "\n\n".join([HEAD, *guesses])


def main() -> None:
    """Write all of them."""
    for name, text in files():
        write_bytes(FOLDER / name, text.encode())


if __name__ == "__main__":
    main()
