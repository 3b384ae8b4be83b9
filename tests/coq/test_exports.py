"""Exported certificates by Coq's kernel: true ones are accepted, falsified ones refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.shared import check_once
from verified_grpo.checker import Verdict
from verified_grpo.export import EXPORTED, twins
from verified_grpo.export.files import coq_file, theorem
from verified_grpo.export.twins import manifest_bytes

from .kernel import SOURCES, Kernel

CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"
Json = dict[str, Any]


def certificate(name: str, part: int | None = None) -> tuple[Json, Json]:
    """Statement and evidence, read again each time so that a test may falsify them."""
    whole = json.loads((CERTIFICATES / f"{name}.json").read_text())
    statement, evidence = whole["statement"], whole["evidence"]
    if part is None:
        return statement, evidence
    return statement["parts"][part]["claim"], evidence["parts"][part]


def refused(coq: Kernel, folder: Path, statement: Json, evidence: Json) -> str:
    """What Coq says against the theorem, which is written without asking the checker."""
    file = folder / "trial.v"
    file.write_text(coq_file("trial", theorem("trial", statement, evidence)))
    return coq.refusal(file)


def shift(statement: Json) -> None:
    """An enclosure moved off its fixed point."""
    statement["fixed_points"][0]["logit"] = ["-0.8256", "-0.82558"]


def drop(statement: Json) -> None:
    """A count of one less."""
    statement["fixed_points"].pop()


def steepen(statement: Json) -> None:
    """A wrong multiplier."""
    statement["fixed_points"][0]["multiplier"] = ["-0.0043", "-0.0042457779"]


def turn(statement: Json) -> None:
    """A wrong kind."""
    statement["fixed_points"][0]["stability"] = "repelling"


def lower(statement: Json) -> None:
    """A box that reaches below Bmax."""
    statement["parameters"]["beta"][0] = "60"


def raise_margin(statement: Json) -> None:
    """More than is true at the corner."""
    statement["margin"] = "0.0089443"


def hasten(statement: Json) -> None:
    """A contraction faster than it is."""
    statement["rate"] = "0.6"  # Bmax/beta is 0.6086


def displace(statement: Json) -> None:
    """A bracket beside the limit."""
    statement["points"][0]["logit"] = ["-8.53", "-8.52"]


def reorder(statement: Json) -> None:
    """An image that is not there."""
    statement["images"][0] = ["-0.3", "-0.22"]


ONE, BOX, TRAP = ("fixed-points-beta-100-p_ref-0.3", None), ("contraction-proved", None), ("figure-5", 8)


@pytest.mark.parametrize(
    "case", [ONE, BOX, ("amplification-proved", None), ("contraction-refuted", None), TRAP]
)
def test_a_true_certificate_is_accepted(coq: Kernel, case: tuple[str, int | None], tmp_path: Path) -> None:
    assert not refused(coq, tmp_path, *certificate(*case))


@pytest.mark.parametrize(
    ("case", "falsify"),
    [
        (ONE, shift),
        (ONE, steepen),
        (ONE, turn),
        (BOX, lower),
        (("amplification-proved", None), raise_margin),
        (TRAP, hasten),
        (TRAP, displace),
        (("s6-chaos", 1), reorder),
    ],
)
def test_a_falsified_certificate_is_refused(
    coq: Kernel, case: tuple[str, int | None], falsify: Callable[[Json], None], tmp_path: Path
) -> None:
    statement, evidence = certificate(*case)
    falsify(statement)
    assert refused(coq, tmp_path, statement, evidence)


def test_a_wrong_count_is_refused(coq: Kernel, tmp_path: Path) -> None:
    """The upper one of three is left out: its cell cannot be shown to be empty."""
    statement, evidence = certificate("fixed-points-beta-5-p_ref-0.9")
    drop(statement)
    assert refused(coq, tmp_path, statement, evidence)


def test_the_manifest_of_twins_is_current(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked(path: Path) -> Verdict:
        return check_once(tmp_path_factory, path.read_bytes())

    monkeypatch.setattr(sys.modules[twins.__module__], "check_file", checked)
    found = twins(CERTIFICATES.glob("[!.]*.json"))
    assert manifest_bytes(found) == (SOURCES / "twins.json").read_bytes()


def test_every_claim_without_a_twin_has_its_reason() -> None:
    entries = json.loads((SOURCES / "twins.json").read_text())["twins"]
    assert {entry["kind"] for entry in entries if "theorem" in entry} == set(EXPORTED)
    for entry in entries:
        assert ("theorem" in entry) != bool(entry.get("reason"))
        assert entry["places"]
