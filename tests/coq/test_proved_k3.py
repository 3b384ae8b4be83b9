"""The checker that is proved in Coq, on the penalty k3: certificates as the prover writes them, and that each
key of a statement counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checker.builder import Json
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.certificates.k3 import k3_certificate
from verified_grpo.certificates.k3_steps import k3_steps_certificate
from verified_grpo.export import proved
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor.k3 import k3_amplification, k3_convergence, k3_fixed_point
from verified_grpo.rigor.k3_steps import k3_small_steps

from .changes import Change, asked, undone_by

BOXES = {
    "usual": Parameters.of(beta="0.04", eps="1e-4", p_ref="0.3"),
    "below 1/2": Parameters.of(beta=5, eps="1e-4", p_ref="0.01"),
    "no box of halves": Parameters.of(beta="3:3.3", eps="1e-3", p_ref="0.3:0.31"),
}
CONTRASTS = {
    "mean-var": MEAN_VAR,
    "mean-std": MEAN_STD,
    "mean": MEAN,
    "group": Contrast("group", 4, 1),
}


def made(contrast: Contrast, box: Parameters) -> list[AnyCertificate]:
    """One of each kind."""
    outcomes = (k3_fixed_point(contrast, box), k3_amplification(contrast, box), k3_convergence(contrast, box))
    return [*map(k3_certificate, outcomes), k3_steps_certificate(k3_small_steps(contrast, box))]


@pytest.mark.parametrize("contrast", CONTRASTS.values(), ids=CONTRASTS)
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_what_the_prover_writes_is_proved_the_largest_step_to_its_last_digits(
    vcheck: Path, tmp_path: Path, contrast: Contrast, box: Parameters
) -> None:
    for k, certificate in enumerate(made(contrast, box)):
        path = tmp_path / f"{k}.json"
        path.write_bytes(canonical_bytes(certificate))
        answer = proved.check(path, vcheck)
        assert answer.statement == json.loads(path.read_bytes())["statement"]


CHANGES: list[tuple[str, Change]] = [
    ("k3-margin", lambda stated, _: stated.update(margin="5.2")),
    ("k3-margin", lambda stated, _: stated.update(margin="-1")),
    ("k3-margin", lambda stated, _: stated.update(margin="1e20000")),
    ("k3-margin", lambda stated, _: stated.update(verdict="proved")),
    ("k3-margin", lambda stated, _: stated["parameters"].update(alpha="1")),
    ("k3-margin", lambda stated, _: stated["parameters"].update(beta=["0.04", "0.05"])),
    ("k3-margin", lambda stated, _: stated["parameters"].update(beta="-0.04")),
    ("k3-margin", lambda stated, _: stated["variant"].update(contrast="mean")),
    ("k3-margin", lambda _, offered: offered.update(rule="concave")),
    ("k3-point", lambda stated, _: stated["parameters"].update(p_ref="0.31")),
    ("k3-point", lambda stated, _: stated["fixed_point"].update(stability="repelling")),
    ("k3-point", lambda stated, _: stated["fixed_point"]["logit"].reverse()),
    ("k3-point", lambda stated, _: stated["fixed_point"].update(logit=["7", "1e20000"])),
    ("k3-point", lambda stated, _: stated["fixed_point"].update(multiplier=["0", "0.4479871"])),
    ("k3-point", lambda stated, _: stated["fixed_point"].update(multiplier=["0.448", "1"])),
    ("k3-point", lambda stated, _: stated["fixed_point"].update(p=["0", "0.9"])),
    ("k3-point", lambda stated, _: stated["fixed_point"].update(one_minus_p=["0.1", "1"])),
    ("k3-steps-point", lambda stated, _: stated.update(largest_step=["0.057", "1"])),
    ("k3-steps-point", lambda stated, _: stated.update(largest_step=["0.01", "0.0569"])),
    ("k3-steps-point", lambda stated, _: stated["limit"].update(logit=["-2", "-1.9"])),
    ("k3-steps-point", lambda _, offered: offered["slopes"].append("1e20000")),
    ("k3-half", lambda stated, _: stated["parameters"].update(beta="2.6")),
    ("k3-half", lambda stated, _: stated.update(verdict="refuted")),
    ("k3-tree", lambda _, offered: offered.update(steps=1)),
    ("k3-tree", lambda _, offered: offered.update(steps=1001)),
    ("k3-tree", lambda _, offered: offered["nodes"].pop()),
    ("k3-tree", lambda _, offered: offered["nodes"].append(["nested"])),
    ("k3-tree", lambda stated, _: stated["parameters"].update(beta=["1", "3"], p_ref=["0.001", "0.21"])),
    ("k3-witness", lambda stated, _: stated.update(verdict="proved")),
    ("k3-witness", lambda stated, _: stated["parameters"].update(beta=["1", "2"])),
    ("k3-witness", lambda _, offered: offered.update(bracket=["-2", "-1"])),
]


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_what_is_false_or_not_shown_is_not_proved(
    vcheck: Path, tmp_path: Path, name: str, change: Change
) -> None:
    undone_by(vcheck, tmp_path, name, change)


def test_a_multiplier_above_1_2_needs_no_more_than_that(vcheck: Path, tmp_path: Path) -> None:
    def wide(stated: Json, _: Json) -> None:
        stated["fixed_point"]["multiplier"] = ["0", "1"]

    assert asked(vcheck, tmp_path / "one.json", "k3-point", wide) == "proved"
    assert asked(vcheck, tmp_path / "one.json", "k3-point-group", wide) == "not proved"


def test_other_contrasts_are_declined_by_name(vcheck: Path, tmp_path: Path) -> None:
    def other(stated: Json, _: Json) -> None:
        stated["variant"] = {"contrast": "maxrl"}

    assert asked(vcheck, tmp_path / "one.json", "k3-margin", other) == "declined"
