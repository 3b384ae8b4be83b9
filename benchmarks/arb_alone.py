"""What random triples would cost if nothing were paid but Arb: the calls of one run, played again."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from typing import Any

from flint import arb, ctx, fmpq

from verified_grpo.intervals import make_engine
from verified_grpo.intervals.arb_engine import ArbEngine

from .cases import Triple
from .suite import forget, solver
from .timing import rounded, seconds, take_turns

Call = tuple[Callable[..., Any], tuple[Any, ...]]
NAMES = ("hull", "add", "sub", "mul", "div", "neg", "sqrt", "exp", "log")
BITS = 112
"""The precision of most triples at 15 digits."""


def measure(triples: Sequence[Triple], rounds: int) -> dict[str, Any]:
    """Microseconds a triple: the suite, and its calls of Arb alone, without the loop around them."""
    solve = solver("arb")
    times, _ = take_turns({"suite": lambda: [solve(t) for t in triples]}, rounds, {"suite": forget})
    forget()
    with _recorded() as calls:
        for triple in triples:
            solve(triple)
    before, ctx.prec = ctx.prec, BITS
    try:
        spent = min(seconds(partial(_play, calls))[0] for _ in range(rounds))
        loop = min(seconds(partial(_pass, calls))[0] for _ in range(rounds))
    finally:
        ctx.prec = before
    suite, alone = min(times["suite"]), spent - loop
    return {
        "calls_per_triple": rounded(len(calls) / len(triples)),
        "suite_microseconds": rounded(suite / len(triples) * 1e6),
        "arb_alone_microseconds": rounded(alone / len(triples) * 1e6),
        "suite_over_arb_alone": rounded(suite / alone),
    }


def _play(calls: Sequence[Call]) -> None:
    for function, given in calls:
        function(*given)


def _pass(calls: Sequence[Call]) -> None:
    for _function, _given in calls:
        pass


@contextmanager
def _recorded() -> Iterator[list[Call]]:
    """The calls that the engine makes within the block."""
    calls: list[Call] = []
    kept = {name: ArbEngine.__dict__[name] for name in (*NAMES, "exact", "sign")}

    def noted(function: Callable[..., Any]) -> Any:
        def call(*given: Any) -> Any:
            calls.append((function, given))
            return function(*given)

        return staticmethod(call)

    def exact(self: ArbEngine, x: int | Fraction) -> arb:
        ratio = x.as_integer_ratio()
        calls.append((_ball, ratio))
        made: arb = kept["exact"](self, x)
        return made

    def sign(self: ArbEngine, a: arb) -> Any:
        calls.extend([(operator.gt, (a, 0)), (operator.lt, (a, 0))])
        return kept["sign"](self, a)

    make_engine.cache_clear()
    for name in NAMES:
        setattr(ArbEngine, name, noted(getattr(ArbEngine, name)))
    ArbEngine.exact, ArbEngine.sign = exact, sign  # type: ignore[method-assign]
    try:
        yield calls
    finally:
        for name, function in kept.items():
            setattr(ArbEngine, name, function)
        make_engine.cache_clear()
        forget()


def _ball(numerator: int, denominator: int) -> arb:
    return arb(fmpq(numerator, denominator))
