"""Fixed points of the tilt, both views and the course of correctness, against brute force at 60 digits."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.answer_classes import contradicted
from verified_grpo.answers.classes import answer_classes, solve_all
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.classes import classes_certificate, classes_payload
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points, limit
from verified_grpo.rigor.classes.outcomes import Settled, Swings, Tilted, TiltQuestion, UndecidedTilt
from verified_grpo.rigor.classes.passage import passing
from verified_grpo.rigor.sequences.outcomes import ConvergesToCycle

PARTS: list[Any] = [("0.9", 0, 0), ("0.09", "0.5", "0.8"), ("0.01", 1, "0.1")]
SEVEN = [
    ("0.9999549999859999999999999999999973", 0, 0),
    ("4.5e-5", 1, 1),
    ("1.4e-11", "1.5", 0),
    ("2.7e-33", "1.75", 1),
]


def solved(rows: Any, **given: Any) -> Tilted:
    found = answer_classes(rows, **given)
    assert isinstance(found, Tilted), found
    return found


def accepted(found: Tilted, *arithmetics: str) -> None:
    for arithmetic in arithmetics:
        verdict = check_bytes(canonical_bytes(classes_certificate(found)), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict


def random_question(source: random.Random) -> tuple[list[Any], dict[str, Any]]:
    """A table nobody has looked at: rewards in tenths, weights over six orders of magnitude."""
    size = source.choice((2, 3, 3, 4, 6))
    parts = [source.randint(1, 30) ** source.choice((1, 4)) for _ in range(size)]
    rows = []
    for w in parts:
        g, a = Fraction(source.randint(-10, 10), 10), Fraction(source.randint(0, 10), 10)
        rows.append((Fraction(w, sum(parts)), g, a, g * g + source.choice((0, 0, Fraction(1, 7)))))
    given = {
        "contrast": source.choice(("mean-var", "mean-std", "mean")),
        "alpha": source.choice((1, 1, "0.5", 0)),
        "beta": source.choice(("0.3", "1", "4")),
        "eps": source.choice(("1e-4", "1e-2")),
    }
    return rows, given


@pytest.mark.parametrize("seed", range(12))
def test_random_tables_agree_with_brute_force_and_the_checker(seed: int) -> None:
    source = random.Random(seed)
    rows, given = random_question(source)
    found = answer_classes(rows, engine=source.choice(("arb", "mpmath")), **given)
    if not isinstance(found, Tilted):
        assert len({row[1] for row in rows}) == 1
        return
    statement: Any = classes_certificate(found)["statement"]
    assert contradicted(statement) is None
    accepted(found, "arb")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1040))
def test_many_random_tables(seed: int) -> None:
    test_random_tables_agree_with_brute_force_and_the_checker(seed)


@pytest.mark.parametrize("contrast", ["mean-var", "mean-std", "mean"])
@pytest.mark.parametrize(("beta", "p_ref"), [("5", "0.001"), ("2", "0.3"), ("0.5", "0.05")])
def test_two_classes_are_the_papers_case(contrast: str, beta: str, p_ref: str) -> None:
    """Theta is L - L_ref: p at each is the mean reward, and correctness."""
    eps = "1e-3"
    rows = [(p_ref, 1, 1), (1 - exact(p_ref), 0, 0)]
    found = solved(rows, beta=beta, eps=eps, contrast=contrast)
    binary = fixed_points(Contrast(contrast), Parameters.of(beta=beta, eps=eps, p_ref=p_ref), engine="arb")
    assert isinstance(binary, FixedPoints)
    assert found.count == binary.count
    for tilted, point in zip(found.points, binary.points, strict=True):
        assert tilted.correct is not None
        for side in (tilted.mean_reward, tilted.correct):
            assert exact(side[0]) <= exact(point.p[1])
            assert exact(point.p[0]) <= exact(side[1])
        import mpmath

        anchor = mpmath.log(mpmath.mpf(p_ref) / (1 - mpmath.mpf(p_ref)))
        assert abs(float(tilted.theta[0]) - float(point.logit[0] - Fraction(float(anchor)))) < 1e-9
    assert found.correctness is not None
    assert found.correctness.course == "rises"
    assert MEAN_VAR.name == "mean-var"


@pytest.mark.parametrize("engine", ["arb", "mpmath"])
def test_seven_fixed_points(engine: str) -> None:
    found = solved(SEVEN, beta=1, eps="1e-5", engine=engine)
    assert found.count == 7
    accepted(found, "arb", "rational")


def test_mean_std_reaches_much_farther() -> None:
    var, std = (solved(PARTS, beta=1, eps="1e-5", contrast=c) for c in ("mean-var", "mean-std"))
    assert var.points[-1].theta[1] < 317
    assert std.points[-1].theta[0] > 99_000
    accepted(std, "arb", "rational")


def test_a_shortcut_bounds_correctness_whatever_beta_is() -> None:
    """A prompt solved once in a hundred times; 9/10 of right answers pass, and 2/10 of wrong ones."""
    rows = [("0.793", 0, "1/793"), ("0.207", 1, "1/23")]
    for beta in ("5", "0.5", "0.05", "0"):
        found = solved(rows, beta=beta, eps="1e-4")
        assert found.correctness is not None
        assert found.correctness.course == "rises"
        assert exact(found.correctness.supremum[1]) < Fraction(435, 10_000)
        last = found.correctness
    assert exact(last.supremum[0]) > Fraction(43, 1000)


def test_correctness_turns_where_its_covariance_with_the_reward_does() -> None:
    found = solved(PARTS, beta="0.1", eps="1e-5", contrast="mean")
    moves = found.correctness
    assert moves is not None
    assert (moves.begins, moves.course, moves.within, len(moves.turns)) == ("rises", "turns", 1, 1)
    assert float(moves.turns[0][0]) == pytest.approx(4.91413576)
    assert exact(moves.supremum[0]) > exact(found.points[0].correct[1])  # type: ignore[index]
    strong = solved(PARTS, beta=1, eps="1e-5", contrast="mean").correctness
    assert strong is not None
    assert (strong.course, strong.within) == ("rises", 0)
    down = solved([("0.5", 0, 1), ("0.5", 1, 0)], beta=1, eps="1e-5").correctness
    assert down is not None
    assert (down.course, down.supremum) == ("falls", ("0.5", "0.5"))


def test_a_covariance_that_is_exactly_0_at_the_reference_is_no_turn() -> None:
    """Correct are the middle class and half of the top: at theta = 0 the covariance is 0."""
    rows = [("1/4", -1, "1/2"), ("1/2", 0, 1), ("1/4", 1, "1/2")]
    found = solved(rows, beta=1, eps="1e-2", contrast="mean").correctness
    assert found is not None
    assert (found.begins, found.turns) == ("falls", ())


def test_without_a_pull_the_limit_is_that_of_the_largest_reward() -> None:
    found = solved(PARTS, beta=0, eps="1e-5")
    assert (found.count, found.small.largest_step, found.settled) == (0, None, None)
    mirror = solved(PARTS, beta=2, alpha=0, eps="1e-5")
    assert mirror.settled == Settled(0)
    payload: Any = classes_payload(mirror)
    assert payload["correctness"]["limit"] == "0.1"
    assert payload["views"]["exact_maximiser"] == {"point": None, "steps": None}
    accepted(mirror, "arb", "rational")


def test_where_the_exact_iteration_is_not_caught_nothing_is_said_of_it() -> None:
    """It seems to be chaotic."""
    found = solved([("0.0001", 1, 1), ("0.9999", 0, 0)], beta="1.71", eps="1e-3")
    assert (found.settled, found.count) == (None, 1)
    assert "where the exact iteration goes is not decided" in found.undecided
    assert "maximiser" not in classes_certificate(found)["statement"]
    accepted(found, "arb")


def test_undecided_has_no_certificate() -> None:
    question = solved(PARTS, beta=1, eps="1e-2").question
    outcome = UndecidedTilt(question, "a double zero, or none", (Fraction(1), Fraction(2)), 64)
    with pytest.raises(CertificateError):
        classes_certificate(outcome)
    assert classes_payload(outcome)["verdict"] == "undecided"
    far = answer_classes(PARTS, beta="1e-9", eps="1e-8", contrast="mean-std")
    assert isinstance(far, UndecidedTilt)


def test_equal_questions_are_solved_once() -> None:
    question = solved(PARTS, beta=1, eps="1e-2").question
    other = TiltQuestion(question.classes, "mean", question.alpha, question.beta, question.eps)
    outcomes, distinct = solve_all([question, other, question])
    assert distinct == 2
    assert outcomes[0] is outcomes[2]


def test_digits_are_as_many_as_asked_for() -> None:
    found = solved(PARTS, beta=1, eps="1e-5", digits=60)
    for point in found.points:
        low, high = point.theta
        assert (high - low) * 10**58 < high
    accepted(found, "arb")


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(k, marks=pytest.mark.soak) for k in range(2, 40))]
)
def test_passages_of_tables_nobody_has_looked_at_are_those_of_brute_force(seed: int) -> None:
    source = random.Random(f"passages {seed}")
    rows, given = random_question(source)
    found = answer_classes(rows, **given)
    if not isinstance(found, Tilted):
        return
    rewards = [c.reward for c in found.question.classes.classes]
    for of in ("mean_reward", "correct"):
        low, high = (rewards[0], rewards[-1]) if of == "mean_reward" else (Fraction(0), Fraction(1))
        passed = passing(found, of, low + (high - low) * Fraction(source.randint(1, 19), 20))
        if passed.passage is None or (passed.passage.steps or 0) > 800:
            continue
        certificate: Any = classes_certificate(passed)
        assert contradicted(certificate["statement"]) is None, certificate["statement"]
        accepted(passed, "arb")


# --- cycles of the exact iteration

RARE: list[Any] = [("0.998", 0, 0), ("0.001", "0.9", 0), ("0.001", 1, 1)]


def swinging(rows: Any, **given: Any) -> tuple[Tilted, Swings]:
    found = solved(rows, **given)
    assert isinstance(found.settled, Swings), found.undecided
    return found, found.settled


@pytest.mark.parametrize(("beta", "low", "high"), [(5, "0.00233", "0.05871"), (3, "0.00199", "0.63301")])
def test_two_classes_swing_as_the_binary_sequence_does(beta: int, low: str, high: str) -> None:
    """The manual's cycles of p_ref 1/1000: near {0.002338, 0.058716} and {0.001995, 0.633}."""
    found, swings = swinging([("0.999", 0, 0), ("0.001", 1, 1)], beta=beta, eps="1e-5")
    binary = limit(MEAN_VAR, Parameters.of(beta=beta, eps="1e-5", p_ref="0.001"))
    assert isinstance(binary, ConvergesToCycle)
    for ends in ([x.mean_reward for x in swings.points], [x.p for x in binary.points]):
        for (first, last), near in zip(sorted(ends), (low, high), strict=True):
            assert exact(near) <= exact(first) <= exact(last) <= exact(near) + Fraction(1, 10**5)
    accepted(found, "arb", "rational")


@pytest.mark.parametrize("alpha", [1, "0.97"])
def test_three_classes_swing_and_brute_force_agrees(alpha: Any) -> None:
    found, swings = swinging(RARE, beta=3, eps="1e-5", alpha=alpha)
    assert len(swings.points) == 2
    certificate: Any = classes_certificate(found)
    assert contradicted(certificate["statement"]) is None
    assert classes_payload(found)["views"]["exact_maximiser"]["cycle"]  # type: ignore[typeddict-item,index]
    accepted(found, "arb", "rational")


def test_a_cycle_that_is_wrong_is_contradicted() -> None:
    """The oracle itself can fail: a point moved, one left out."""
    found, _ = swinging(RARE, beta=3, eps="1e-5")
    statement: Any = classes_certificate(found)["statement"]
    points = statement["maximiser"]["cycle"]
    moved = {**points[0], "theta": [str(exact(x) + Fraction(1, 1000)) for x in points[0]["theta"]]}
    for wrong in ([moved, points[1]], points[:1]):
        assert contradicted({**statement, "maximiser": {"cycle": wrong}})


def test_longer_cycles_are_found() -> None:
    """Four points, behind the second flip of the binary sequence, where the mean reward of each is p."""
    found, swings = swinging([("0.999", 0), ("0.001", 1)], beta="1.71", eps="1e-3")
    assert len(swings.points) == 4
    binary = limit(MEAN_VAR, Parameters.of(beta="1.71", eps="1e-3", p_ref="0.001"))
    assert isinstance(binary, ConvergesToCycle)
    assert binary.period == 4
    accepted(found, "arb")
