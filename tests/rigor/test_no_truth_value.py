"""`if certify(...)` would be true of a refutation: no outcome has a truth value."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from types import UnionType

import pytest

import verified_grpo
from verified_grpo import MEAN_VAR, Parameters, certify, rigor
from verified_grpo.answers.regions import RegionAnswer
from verified_grpo.rigor.no_truth_value import NoTruthValue
from verified_grpo.rigor.properties.outcomes import Undecided

ROOMS = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(rigor.__path__, f"{rigor.__name__}.")
]
PUBLIC = {
    function
    for module in (rigor, *ROOMS)
    for name, function in vars(module).items()
    if inspect.isfunction(function) and function.__module__.startswith(rigor.__name__)
    if name in verified_grpo.__all__ or name in rigor.__all__ or name in ("largest_set", "group_sizes")
} | {
    function
    for module in ROOMS
    if module.__name__.endswith((".k3", ".inequalities", ".largest_sets", ".where_it_holds"))
    for name, function in vars(module).items()
    if inspect.isfunction(function) and function.__module__ == module.__name__ and name[0] != "_"
}


def classes(annotation: object) -> set[type]:
    """The classes of the package that an annotation speaks of."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return {annotation} if annotation.__module__.startswith("verified_grpo.rigor") else set()
    if typing.get_origin(annotation) in (typing.Union, UnionType, tuple, list):
        return set().union(*map(classes, typing.get_args(annotation)))
    return set()


def outcomes() -> list[type]:
    """What the public functions of the room answer with, and everything in an alias of outcomes."""
    answers = {c for f in PUBLIC for c in classes(typing.get_type_hints(f).get("return"))}
    aliases = {
        c
        for m in ROOMS
        for name, value in vars(m).items()
        if name[0] != "_"
        for c in classes(value)
        if isinstance(value, UnionType) and name.endswith(("Outcome", "Limit", "Carrier"))
    }
    families = {
        c for m in ROOMS for c in vars(m).values() if inspect.isclass(c) and issubclass(c, NoTruthValue)
    }
    return sorted((answers | aliases | families) - {NoTruthValue}, key=lambda c: c.__qualname__)


@pytest.mark.parametrize("outcome", outcomes(), ids=lambda c: c.__name__)
def test_no_outcome_is_a_condition(outcome: type) -> None:
    """Without the work of making one: the truth value is a matter of its class."""
    made: object = object.__new__(outcome)
    with pytest.raises(TypeError, match="read its attribute `") as raised:
        bool(made)
    named = str(raised.value).partition("attribute `")[2].partition("`")[0]
    fields = {name for c in outcome.__mro__ for name in getattr(c, "__annotations__", {})}
    assert named in fields or isinstance(getattr(outcome, named), property)


def test_none_is_left_out() -> None:
    names = {outcome.__name__ for outcome in outcomes()}
    assert names >= {"Proved", "Refuted", "Undecided", "FixedPoints", "UndecidedFixedPoints", "NoWitness"}
    assert names >= {"RisesToOne", "ConvergesToFixedPoint", "UndecidedLimit", "K3Undecided", "LargestSet"}
    assert len(names) >= 35


def test_nor_is_the_answer_with_its_parts() -> None:
    with pytest.raises(TypeError, match="`outcome`"):
        bool(object.__new__(RegionAnswer))


def test_the_question_that_is_asked_most() -> None:
    outcome = certify("contraction", MEAN_VAR, Parameters.of(beta="2:3", eps="1e-5", p_ref="0.3"))
    assert not isinstance(outcome, Undecided)
    with pytest.raises(TypeError, match="`verdict`"):
        assert outcome
