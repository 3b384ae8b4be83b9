"""What is said to be kernel-checked: the theorems are there, and the report's table is the one written."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

from verified_grpo.proofs import all_statements
from verified_grpo.proofs.kernel import KERNEL, LIBRARY, SHIPPED, shipped
from verified_grpo.report.routes import statement_route

PROVED = re.compile(r"^(?:Theorem|Lemma|Corollary) ([\w']+)", re.M)
CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"


def statement(name: str) -> dict[str, object]:
    claim: dict[str, object] = json.loads((CERTIFICATES / f"{name}.json").read_text())["statement"]
    return claim


def test_every_theorem_named_is_one_of_the_library() -> None:
    proved = {name for file in LIBRARY.glob("*.v") for name in PROVED.findall(file.read_text())}
    for item, known in KERNEL.items():
        assert set(known.theorems) <= proved, item


def test_only_statements_are_named() -> None:
    items = {s.item for s in all_statements()}
    assert set(KERNEL) <= items


def test_the_reports_table_is_current() -> None:
    assert SHIPPED.read_bytes() == shipped()


def test_a_statement_is_marked_and_another_claim_under_its_name_is_not() -> None:
    claim = statement("s1-amplification")
    assert statement_route(claim).word == "kernel-checked"
    assert "s1_amplification" in statement_route(claim).theorems
    altered = copy.deepcopy(claim)
    altered["suite"] = str(claim["suite"]).replace("1/(beta sqrt(eps))", "1/(2 beta sqrt(eps))")
    assert statement_route(altered).word == "checker-accepted"


def test_a_certificate_with_a_twin_is_marked_and_one_beside_it_is_not() -> None:
    claim = statement("contraction-proved")
    assert statement_route(claim).word == "kernel-checked"
    assert statement_route(claim).theorems == ("contraction_proved",)
    assert statement_route({**claim, "rate": "0.999"}).word == "checker-accepted"
