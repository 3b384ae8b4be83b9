"""The battery's work on small steps: limits, passages, trajectories, the flow, maps, pulls, classes of
answers, verifiers that err, budgets of KL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from verified_grpo.answers.atlas import ask, draw_up_small_steps
from verified_grpo.certificates.budget import budget_certificate
from verified_grpo.certificates.classes import classes_certificate
from verified_grpo.certificates.flow import flow_certificate
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.certificates.k3_steps import k3_steps_certificate
from verified_grpo.certificates.passage import passage_certificate
from verified_grpo.certificates.pull_steps import pull_steps_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.certificates.trajectory import clipped_trajectory_certificate, trajectory_certificate
from verified_grpo.certificates.verifiers import ceiling_certificate, effect_certificate
from verified_grpo.errors import CertificateError
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.classes import AnswerClasses
from verified_grpo.model.clipping import Clip
from verified_grpo.model.pulls import Pull
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor.budget import largest_p, least_kl, spent
from verified_grpo.rigor.classes.outcomes import TiltQuestion
from verified_grpo.rigor.classes.search import tilted
from verified_grpo.rigor.k3_steps import k3_small_steps
from verified_grpo.rigor.pull_steps import pull_small_steps
from verified_grpo.rigor.sequences.clipping import clipped_trajectory
from verified_grpo.rigor.sequences.flow import flow_time
from verified_grpo.rigor.sequences.passage import passage
from verified_grpo.rigor.sequences.small_steps import small_steps
from verified_grpo.rigor.sequences.trajectory import trajectory
from verified_grpo.rigor.verifiers import ceiling, effect

Proof = Callable[[], AnyCertificate | None]
Work = Iterator[tuple[str, Proof]]
GROUP = Contrast("group", 8, 1)
PLAIN = {"beta": "0.5", "eps": "1e-4", "p_ref": "0.05"}
BOX = {"beta": "0.5:0.6", "eps": "1e-4:2e-4", "p_ref": "0.05:0.06"}
CLASSES: dict[str, list[list[str]]] = {  # weight, reward, share of correct answers
    "a shortcut": [["0.7", "0", "0"], ["0.25", "1", "0.03"], ["0.05", "0.9", "1"]],
    "a turn": [["0.6", "0", "0"], ["0.3", "0.8", "1"], ["0.1", "1", "0"]],
}


def work() -> Work:
    """The pieces of work by name."""
    yield from _limits()
    yield from _ways()
    yield from _pulls()
    yield from _classes()
    yield from _verifiers()
    yield from _budgets()
    asked = ask(beta="0.5:4", eps="1e-3", p_ref="0.01:0.6", tolerance="0.3")
    yield "a map of small steps", lambda: draw_up_small_steps(asked)


def _proved(certificate: Callable[[Any], AnyCertificate], search: Callable[[], Any]) -> Proof:
    """None where nothing was proved, which has no certificate."""

    def prove() -> AnyCertificate | None:
        try:
            return certificate(search())
        except CertificateError:
            return None

    return prove


def _limits() -> Work:
    for name, contrast, asked in (
        ("at a point", MEAN_VAR, PLAIN),
        ("over a box", MEAN_STD, BOX),
        ("of a group", GROUP, {"beta": "0.3", "eps": "1e-4", "p_ref": "0.02"}),
        ("without a pull", GROUP, {"beta": "0", "eps": "1e-4", "p_ref": "0.02:0.9"}),
    ):
        search = _search(small_steps, contrast, StepParameters.of(**asked))
        yield f"small steps {name}", _proved(small_steps_certificate, search)
    for name, asked in (("at a point", PLAIN), ("over a box", BOX)):
        yield (
            f"small steps under k3 {name}",
            _proved(k3_steps_certificate, _search(k3_small_steps, MEAN_VAR, Parameters.of(**asked))),
        )


def _search(search: Callable[..., Any], *given: Any) -> Callable[[], Any]:
    return lambda: search(*given)


def _ways() -> Work:
    point = Update.of("1/10").recursion(StepParameters.of(**PLAIN))
    box = Update.of("1/10").recursion(StepParameters.of(**BOX))
    for name, asked in (("a point", point), ("a box", box)):
        yield f"a passage of {name}", _proved(passage_certificate, _search(passage, MEAN_VAR, asked, "0.5"))
        yield (
            f"a trajectory of {name}",
            _proved(trajectory_certificate, _search(trajectory, MEAN_VAR, asked, 20)),
        )
    yield "a passage never made", _proved(passage_certificate, _search(passage, MEAN_STD, point, "0.99999"))
    for metric in ("1", "p(1-p)"):
        search = _search(flow_time, MEAN_VAR, StepParameters.of(**BOX), "0.07", metric)
        yield f"the time of the flow, {metric}", _proved(flow_certificate, search)
    held = _search(flow_time, MEAN_VAR, StepParameters.of(beta="4", eps="1e-3", p_ref="0.01"), "0.9")
    yield "a flow held back", _proved(flow_certificate, held)
    follow = _search(clipped_trajectory, MEAN_VAR, Parameters.of(**PLAIN), 12, Clip.of("0.2", "0.28"))
    yield "a clipped trajectory", _proved(clipped_trajectory_certificate, follow)


def _pulls() -> Work:
    strong = {"beta": "2", "eps": "1e-4", "p_ref": "0.3"}
    for name, asked, pull in (
        ("clamped k3", strong, Pull.of("k3", clamp=10)),
        ("clamped k3, no stop", {**strong, "beta": "0.1"}, Pull.of("k3", clamp=10)),
        ("clamped k3, just beyond the limit", strong, Pull.of("k3", clamp="1/8")),
        ("clamped k3, just below the limit", strong, Pull.of("k3", clamp="1/16")),
        ("dropped groups", strong, Pull.of(dead_groups=8)),
        ("dropped groups over a box", {**strong, "beta": "2:2.2"}, Pull.of("k3", dead_groups=4)),
    ):
        search = _search(pull_small_steps, GROUP, Parameters.of(**asked), pull)
        yield f"a pull: {name}", _proved(pull_steps_certificate, search)


def _classes() -> Work:
    for name, rows in CLASSES.items():
        given = AnswerClasses.of(rows)
        for contrast in ("mean-var", "mean-std"):
            question = TiltQuestion.of(given, contrast, "1", "1e-4")
            yield f"classes: {name}, {contrast}", _proved(classes_certificate, _search(tilted, question))
    rare = AnswerClasses.of([["0.998", "0", "0"], ["0.001", "0.9", "0"], ["0.001", "1", "1"]])
    question = TiltQuestion.of(rare, "mean-var", "3", "1e-5")
    yield "classes: a cycle", _proved(classes_certificate, _search(tilted, question))


def _verifiers() -> Work:
    box = Parameters.of(beta="1:5", eps="1e-5:1e-3", p_ref="0.01:0.9")
    erring = Verifier.of("0.8:0.95", "0.05:0.1")
    yield "a verifier that errs anew", _proved(effect_certificate, _search(effect, MEAN_VAR, box, erring))
    wide = Verifier.of("0:1", "0:1")
    apart = partial(effect, apart=Fraction(1, 10))
    yield "verifiers apart", _proved(effect_certificate, _search(apart, MEAN_VAR, box, wide))
    tenth, passed = (Fraction(1, 10), Fraction(1, 9)), ((Fraction(1, 3), Fraction(1, 2)),)
    for name, rates in (("below", erring), ("above", Verifier.of("0.05:0.1", "0.8:0.95"))):
        found = _search(ceiling, tenth, rates, passed)
        yield f"systematic errors, {name}", _proved(ceiling_certificate, found)
    drive = Verifier.of("0.89:0.91", "0.19:0.21").drive(MEAN_VAR)
    asked = StepParameters.of(beta="0.5", eps="1e-4", p_ref="0.01")
    yield "steps under erring verifiers", _proved(small_steps_certificate, _search(small_steps, drive, asked))


def _budgets() -> Work:
    tenth, half = (Fraction(1, 10), Fraction(1, 9)), (Fraction(1, 2), Fraction(3, 5))
    for name, search in (
        ("the largest p", _search(largest_p, tenth, (Fraction(1, 4), Fraction(1, 3)))),
        ("the least KL", _search(least_kl, tenth, half)),
        ("the KL spent", _search(spent, tenth, half)),
        ("the KL spent downwards", _search(spent, half, tenth)),
    ):
        yield f"a budget: {name}", _proved(budget_certificate, search)
