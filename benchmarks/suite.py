"""The suite itself as a contestant, with either engine."""

from __future__ import annotations

from collections.abc import Callable

from verified_grpo.model import MEAN_VAR, Parameters
from verified_grpo.model.profile import shared_profile
from verified_grpo.rigor import FixedPoints, UndecidedFixedPoints, fixed_points
from verified_grpo.rigor.points import guesses

from .cases import Triple
from .contestant import Answer, Contestant

Found = FixedPoints | UndecidedFixedPoints


def solver(engine: str, digits: int = 15) -> Callable[[Triple], Found]:
    """From decimal text to the proved list: reading the numbers is part of the time."""

    def solve(triple: Triple) -> Found:
        parameters = Parameters.of(beta=triple.beta, eps=triple.eps, p_ref=triple.p_ref)
        return fixed_points(MEAN_VAR, parameters, digits=digits, engine=engine)

    return solve


def answer(found: Found) -> Answer:
    """The proved brackets; undecided claims nothing."""
    if isinstance(found, UndecidedFixedPoints):
        return Answer((), complete=False)
    return Answer(tuple(point.logit for point in found.points), complete=True)


def forget() -> None:
    """Drop the values remembered from earlier rounds (the compiled formulas stay: they hold no result)."""
    for memory in (shared_profile, guesses.approx_profile, guesses.approx_branches):
        memory.cache_clear()


def contestant(engine: str) -> Contestant:
    """The suite on one engine at 15 digits."""
    return Contestant(
        f"verified-grpo, {engine}",
        solver(engine),
        answer,
        "proved count; brackets of p, multiplier, stability; evidence (decimals are written when read)",
        forget,
    )
