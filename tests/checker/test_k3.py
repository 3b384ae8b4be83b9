"""The checker on the kinds of k3: what it accepts, and that each condition of it can fail."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.canonical import seal
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.certificates.k3 import k3_certificate
from verified_grpo.checker import ARITHMETICS, Code, Outcome, check_bytes
from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor.k3 import k3_amplification, k3_convergence, k3_fixed_point

Json = dict[str, Any]
POINT = Parameters.of(beta="0.04", eps="1e-4", p_ref="0.3")
BOX = Parameters.of(beta="0.5:2", eps="1e-4", p_ref="0.2:0.9")
WILD = Parameters.of(beta="1:3", eps="1e-4", p_ref="0.001:0.01")

MADE: dict[str, AnyCertificate] = {
    "point": k3_certificate(k3_fixed_point(MEAN_VAR, POINT)),
    "below": k3_certificate(
        k3_fixed_point(Contrast("group", 8, 1), Parameters.of(beta=5, eps="1e-4", p_ref="0.1"))
    ),
    "margin": k3_certificate(k3_amplification(MEAN_VAR, POINT)),
    "half": k3_certificate(k3_convergence(MEAN_VAR, POINT)),
    "tree": k3_certificate(k3_convergence(MEAN_VAR, BOX)),
    "witness": k3_certificate(k3_convergence(MEAN_VAR, WILD)),
}


def checked(certificate: AnyCertificate, arithmetic: str = "arb") -> Code:
    return check_bytes(canonical_bytes(certificate), arithmetic).code


def changed(name: str, change: Callable[[Json, Json], object]) -> AnyCertificate:
    """A certificate after one change of its statement or evidence, sealed again."""
    copied = copy.deepcopy(MADE[name])
    change(copied["statement"], copied["evidence"])
    return seal(copied["statement"], copied["evidence"], "arb", 96)


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
@pytest.mark.parametrize("name", MADE)
def test_accepted(name: str, arithmetic: str) -> None:
    assert checked(MADE[name], arithmetic) is Code.ACCEPTED


def test_what_is_accepted_is_said() -> None:
    for name, words in (
        ("point", "exactly one fixed point, attracting"),
        ("margin", "L* - L_ref >="),
        ("half", "the sequence from p_ref tends to it"),
        ("witness", "the only fixed point repels"),
    ):
        assert words in check_bytes(canonical_bytes(MADE[name])).statement_text


def point(key: str, value: object) -> Callable[[Json, Json], object]:
    return lambda statement, _: statement["fixed_point"].update({key: value})


CHANGES: list[tuple[str, Callable[[Json, Json], object], Code]] = [
    ("point", point("logit", ["7", "7.03"]), Code.BRACKET_SIGN),
    ("point", point("logit", ["7.05", "8"]), Code.BRACKET_SIGN),
    ("point", point("p", ["0.9992", "1"]), Code.P_NOT_ENCLOSED),
    ("point", point("one_minus_p", ["0", "1e-4"]), Code.COMPLEMENT_NOT_ENCLOSED),
    ("point", point("multiplier", ["0.45", "1"]), Code.MULTIPLIER_NOT_ENCLOSED),
    ("point", point("multiplier", ["0", "0.44"]), Code.MULTIPLIER_NOT_ENCLOSED),
    ("point", point("stability", "repelling"), Code.STABILITY_NOT_PROVED),
    ("below", point("stability", "repelling"), Code.STABILITY_NOT_PROVED),
    ("below", point("multiplier", ["0", "1"]), Code.MULTIPLIER_NOT_ENCLOSED),
    ("point", lambda s, e: e.update(rule="half"), Code.BAD_VALUE),
    ("point", lambda s, e: e.update(bits=8), Code.BAD_VALUE),
    ("point", lambda s, e: s["parameters"].update(alpha="1"), Code.UNKNOWN_KEY),
    ("point", lambda s, e: s["parameters"].update(beta="0"), Code.OUTSIDE_DOMAIN),
    ("point", lambda s, e: s["parameters"].update(p_ref="0.5"), Code.BRACKET_SIGN),
    ("margin", lambda s, e: s.update(margin="5.9"), Code.MARGIN_NOT_PROVED),
    ("margin", lambda s, e: s.update(margin="0"), Code.OUTSIDE_DOMAIN),
    ("half", lambda s, e: s["parameters"].update(beta="3"), Code.CLOSED_FORM_FAILS),
    ("half", lambda s, e: s.update(verdict="refuted"), Code.BAD_VALUE),
    ("tree", lambda s, e: e.update(steps=1), Code.LEAF_NOT_HELD),
    ("tree", lambda s, e: e.update(steps=5000), Code.TOO_MUCH_WORK),
    ("tree", lambda s, e: e.update(nodes=[["half"]]), Code.LEAF_NOT_HELD),
    ("tree", lambda s, e: e.update(nodes=e["nodes"][:-1]), Code.TREE_UNFINISHED),
    ("tree", lambda s, e: e.update(nodes=[["holds"]]), Code.TREE_NODE),
    ("witness", lambda s, e: s["parameters"].update(beta=["1", "2"]), Code.WITNESS_OUTSIDE_BOX),
    ("witness", lambda s, e: e.update(bracket=["-1", "0"]), Code.WITNESS_SIGN),
    ("witness", lambda s, e: e.update(bracket=["-4", "4"]), Code.WITNESS_MULTIPLIER),
]


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_every_condition_can_fail(number: int, arithmetic: str) -> None:
    name, change, code = CHANGES[number]
    assert checked(changed(name, change), arithmetic) is code


def test_a_margin_just_above_the_bound_is_rejected() -> None:
    """Lemma 28 is sharp to the digits printed: one unit more in the tenth place fails."""
    margin = MADE["margin"]["statement"]["margin"]
    assert checked(changed("margin", lambda s, e: s.update(margin=margin[:11]))) is Code.ACCEPTED
    raised = f"{margin[:10]}{int(margin[10]) + 1}" if margin[10] != "9" else None
    if raised is not None:
        assert checked(changed("margin", lambda s, e: s.update(margin=raised))) is Code.MARGIN_NOT_PROVED


def test_a_false_limit_is_never_accepted() -> None:
    """Where the fixed point repels, no number of steps and no rule proves convergence."""
    for kind in ("half", "nested"):

        def claimed(statement: Json, evidence: Json, kind: str = kind) -> None:
            statement["parameters"].update(beta="3", p_ref="0.001")
            evidence.update(nodes=[[kind]], steps=1000)

        verdict = check_bytes(canonical_bytes(changed("tree", claimed)))
        assert verdict.outcome is Outcome.REJECTED
        assert verdict.code is Code.LEAF_NOT_HELD
