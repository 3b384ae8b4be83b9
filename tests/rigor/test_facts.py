"""What is not proved of a contrast is not used by a search: it is undecided, and says what is missing.

The contrasts here are mean-var by definition; nothing, or little, is said to be known of them.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

import numpy as np
import pytest

from verified_grpo import rigor
from verified_grpo.answers.atlas.drawing_up import draw_up
from verified_grpo.answers.atlas.question import ask as ask_atlas
from verified_grpo.certificates import canonical_bytes, fixed_points_certificate
from verified_grpo.certificates.k3 import k3_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.checker.contrasts import CONTRASTS, Jet, Place
from verified_grpo.checker.contrasts import Contrast as Checked
from verified_grpo.checker.contrasts import Fact as CheckedFact
from verified_grpo.checker.contrasts.facts import Facts
from verified_grpo.checker.numbers import ball
from verified_grpo.errors import InputError, MissingFact
from verified_grpo.intervals.array_bounds import ARRAYS
from verified_grpo.model import MEAN_VAR, Contrast, Fact, Parameters
from verified_grpo.model.clipping import Clip
from verified_grpo.model.contrasts import DEFINITIONS, Definition, eps, v
from verified_grpo.model.pulls import Pull
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor import (
    FixedPoints,
    certify,
    chaos_region,
    chaos_witness,
    cusps,
    cycles,
    entropy_bound,
    fixed_points,
    flip_curve,
    fold_curve,
    limit,
    orbit,
    settling_bound,
)
from verified_grpo.rigor.arrays.curve import Dynamics
from verified_grpo.rigor.arrays.mixed import solve_mixed
from verified_grpo.rigor.arrays.table import References, solve_both, solve_small_steps, solve_table
from verified_grpo.rigor.chaos.witnesses import period_three
from verified_grpo.rigor.k3 import k3_amplification, k3_convergence, k3_fixed_point
from verified_grpo.rigor.k3_steps import k3_small_steps
from verified_grpo.rigor.pavings.attraction import attraction_graph
from verified_grpo.rigor.points.fixed_points import fixed_points_from_below
from verified_grpo.rigor.properties.certify import PROPERTIES, ask, decide
from verified_grpo.rigor.properties.largest_sets import largest_set
from verified_grpo.rigor.properties.where_it_holds import find_parts
from verified_grpo.rigor.pull_steps import pull_small_steps, small_steps_under
from verified_grpo.rigor.sequences.clipping import clipped_trajectory
from verified_grpo.rigor.sequences.flow import flow_time
from verified_grpo.rigor.sequences.passage import passage
from verified_grpo.rigor.sequences.small_steps import small_steps
from verified_grpo.rigor.sequences.trajectory import trajectory
from verified_grpo.rigor.verifiers import effect

POINT = Parameters.of(beta=5, eps="1e-3", p_ref="0.3")
BOX = Parameters.of(beta="20:30", eps="1e-3:2e-3", p_ref="0.2:0.3")
LOW = Parameters.of(beta=3, eps="1e-5", p_ref="0.001")
WINDOW: dict[str, Any] = {"beta": "1:2", "p_ref": "0.1:0.2"}


def known(name: str, facts: set[Fact], monkeypatch: pytest.MonkeyPatch) -> Contrast:
    """mean-var under another name, with some of its facts. What is derived is kept by name: one set each."""
    given = {fact: why for fact, why in DEFINITIONS["mean-var"].argued.items() if fact in facts}
    definition = Definition(name, "nothing in particular", DEFINITIONS["mean-var"].expression, given, "v")
    monkeypatch.setitem(DEFINITIONS, name, definition)
    return Contrast(name)


ROWS = References.of_counts(np.array([1]), np.array([4]))
Search = Callable[[Contrast], Any]


def each_property(what: str, search: Callable[[Contrast, str], Any]) -> dict[str, Search]:
    return {f"{what} {name}": partial(search, name=name) for name in PROPERTIES}  # type: ignore[call-arg]


def dynamics(contrast: Contrast) -> Dynamics:
    return Dynamics(contrast, Fraction(1), Fraction(5), Fraction(1, 1000))


SEARCHES: dict[str, Search] = {
    "fixed_points": lambda c: fixed_points(c, POINT),
    "cycles": lambda c: cycles(c, LOW, 2),
    **each_property("certify", lambda c, name: certify(name, c, BOX)),
    **each_property("decide", lambda c, name: decide(ask(name, c, BOX))),
    **each_property("find_parts", lambda c, name: find_parts(ask(name, c, BOX))),
    **each_property("largest_set", lambda c, name: largest_set(ask(name, c, BOX))),
    "limit at alpha 0": lambda c: limit(c, Parameters.of(beta=2, eps="0.1", p_ref="0.2", alpha=0)),
    "limit from alpha 0": lambda c: limit(c, Parameters.of(beta=2, eps="0.1", p_ref="0.2", alpha="0:0.5")),
    "passage": lambda c: passage(c, POINT, "0.5"),
    "flow_time": lambda c: flow_time(c, POINT, "0.5"),
    "trajectory": lambda c: trajectory(c, POINT, 3),
    "fold_curve": lambda c: fold_curve(c, "1e-3", **WINDOW),
    "flip_curve": lambda c: flip_curve(c, "1e-3", **WINDOW),
    "settling_bound": lambda c: settling_bound(c, "1e-3", **WINDOW),
    "cusps": lambda c: cusps(c, "1e-3"),
    "k3_fixed_point": lambda c: k3_fixed_point(c, POINT),
    "k3_amplification": lambda c: k3_amplification(c, POINT),
    "k3_convergence": lambda c: k3_convergence(c, POINT),
    "k3_small_steps": lambda c: k3_small_steps(c, POINT),
    **{
        search.__name__: partial(lambda c, search: search(dynamics(c), ROWS), search=search)
        for search in (solve_table, solve_small_steps, solve_both)
    },
    "solve_mixed": lambda c: solve_mixed(
        c, *(ARRAYS.exacts([ratio]) for ratio in ((5, 1), (1, 1000), (-1, 1)))
    ),
    "attraction_graph": lambda c: attraction_graph(c, Fraction(1, 1000)),
    "draw_up": lambda c: draw_up(ask_atlas(eps="1e-3", contrast=c, tolerance="0.5", **WINDOW)),
}
"""Searches that need a fact."""

CHAOTIC = Parameters.of(beta="17/25", eps="1e-5", p_ref="1/1000")
OF_ENCLOSURES: dict[str, Search] = {
    "effect": lambda c: effect(c, POINT, Verifier.of("0.9", "0.2")),
    "small_steps": lambda c: small_steps(c, POINT),
    "fixed_points_from_below": lambda c: fixed_points_from_below(c, POINT),
    "limit": lambda c: limit(c, LOW),
    "orbit": lambda c: orbit(c, POINT, steps=4),
    "clipped_trajectory": lambda c: clipped_trajectory(c, LOW, 3, Clip.of("0.2")),
    "pull_small_steps": lambda c: pull_small_steps(c, LOW, Pull.of("k3", clamp=10)),
    "small_steps_under": lambda c: small_steps_under(c, LOW, Pull.of(dead_groups=8)),
    "chaos_witness": lambda c: chaos_witness(c, CHAOTIC),
    "period_three": lambda c: period_three(c, CHAOTIC),
    "entropy_bound": lambda c: entropy_bound(c, CHAOTIC, turns=3),
    "chaos_region": lambda c: chaos_region(
        c, "1e-5", beta="0.64:0.7", p_ref="9e-4:0.0011", columns=4, rows=4
    ),
}
"""Searches that take no more than enclosures of Omega and b (and facts where they are known)."""

PARTS_OF_OTHERS = {
    *("tilted", "domain_end", "small_tilts", "settle", "update_tilt", "correctness", "swing"),  # classes
    "modest_gains", "corner_box",
    "descends_gently", "beyond_descent", "flips_for_all", "has_no_cycle_of_two", "cycle_at", "verdict_over",
    "find_witness", "decide_from_mirror", "least_margin", "find_weak_gain", "leaf", "needed_margin",
    "margin_above", "pave", "ask", "group_sizes", "guesses", "approx_omega",
}  # fmt: skip
"""Steps of the searches above, questions, guesses in floating point, what is about groups alone, and classes
of answers, whose contrasts are formulas of the variance: no fact of one in p is used."""


def test_every_search_has_its_line() -> None:
    """All functions of the room that are given a contrast, alone or within a question."""
    found = set()
    for module in pkgutil.walk_packages(rigor.__path__, "verified_grpo.rigor."):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            given = set(inspect.signature(function).parameters)
            if not name.startswith("_") and given & {"contrast", "question", "dynamics"}:
                found.add(function.__name__)
    listed = {name.split()[0] for name in (*SEARCHES, *OF_ENCLOSURES)}
    assert found - PARTS_OF_OTHERS == listed - {"draw_up"}
    assert found >= PARTS_OF_OTHERS


@pytest.mark.parametrize("name", SEARCHES)
def test_with_no_facts_a_search_that_needs_one_says_so(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        outcome = SEARCHES[name](known("bare", set(), monkeypatch))
    except (MissingFact, InputError) as error:
        said = str(error)
    else:
        assert "Undecided" in type(outcome).__name__
        said = outcome.reason
    assert "of bare is not known to" in said


@pytest.mark.parametrize("name", OF_ENCLOSURES)
def test_what_needs_enclosures_only_is_searched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = OF_ENCLOSURES[name](known("bare", set(), monkeypatch))
    same = OF_ENCLOSURES[name](MEAN_VAR)
    assert type(found) is type(same) or (name, found) == ("period_three", None)  # its trap is too narrow


class Bounded(Checked):
    """mean-var for the checker, with what is said to be known of it here."""

    name = "bounded"
    formula = "Omega(L) = 1/sqrt(p(1-p) + eps)"
    facts: ClassVar[Facts] = {CheckedFact.BOUNDED: "v > 0"}

    def omega(self, at: Place) -> Jet:
        return 1 / (at.v + at.eps).sqrt()

    def supremum(self, eps: Fraction) -> Any:
        return 1 / ball(eps).sqrt()


THREE = Parameters.of(beta=5, eps="1e-5", p_ref="0.3")
WIDE = Parameters.of(beta="5:5.01", eps="1e-3", p_ref="0.3:0.31")


@pytest.mark.parametrize(("parameters", "count"), [(POINT, 1), (THREE, 3), (WIDE, 1)])
def test_a_bound_alone_gives_all_fixed_points(
    parameters: Parameters, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By plain enclosures of Omega and b, from prover to checker, and as many as with every fact."""
    monkeypatch.setitem(CONTRASTS, "bounded", Bounded)
    found = fixed_points(known("bounded", {Fact.BOUNDED}, monkeypatch), parameters, engine="arb", digits=6)
    same = fixed_points(MEAN_VAR, parameters, engine="arb", digits=6)
    assert isinstance(found, FixedPoints), found
    assert isinstance(same, FixedPoints)
    assert found.count == same.count == count
    for one, other in zip(found.points, same.points, strict=True):
        assert max(one.logit[0], other.logit[0]) <= min(one.logit[1], other.logit[1])
    verdict = check_bytes(canonical_bytes(fixed_points_certificate(found)))
    assert verdict.outcome is Outcome.ACCEPTED, verdict.message


def test_k3_is_not_asked_of_what_is_not_concave(monkeypatch: pytest.MonkeyPatch) -> None:
    """1/(v + eps)^2 has three fixed points under k3 at these parameters: the search says nothing, and the
    checker nothing of a certificate that a wrong fact brings about."""
    true = dict.fromkeys((Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS), "by inspection")
    square = Definition("square", "the variance, squared", lambda: 1 / (v + eps) ** 2, true)
    parameters = Parameters.of(beta=20, eps="0.01", p_ref="0.05")
    monkeypatch.setitem(DEFINITIONS, "square", square)
    with pytest.raises(MissingFact, match="concave"):
        k3_fixed_point(Contrast("square"), parameters)
    assert "concave" in k3_convergence(Contrast("square"), parameters).reason  # type: ignore[union-attr]
    wrong = Definition("square", "", square.expression, {**square.argued, Fact.CONCAVE: "it is not"})
    monkeypatch.setitem(DEFINITIONS, "square", wrong)
    found = k3_fixed_point(Contrast("square"), parameters)

    class Square(Bounded):
        name = "square"
        facts: ClassVar[Facts] = {fact: "" for fact in CheckedFact if fact is not CheckedFact.CONCAVE}

        def omega(self, at: Place) -> Jet:
            return 1 / (at.v + at.eps) ** 2

    monkeypatch.setitem(CONTRASTS, "square", Square)
    verdict = check_bytes(canonical_bytes(k3_certificate(found)))
    assert verdict.outcome is Outcome.DECLINED
    assert "concave" in verdict.message
