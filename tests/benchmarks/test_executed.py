"""The mappings of configurations against what the frameworks' own code was measured to compute, and the
tables of keys against where those stand in the sources. Both were written down by `benchmarks/executed`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.executed.agreement import mapped, omega, verdict
from benchmarks.executed.facts import FACTS, concerned
from benchmarks.executed.rows import RESULTS, rows, written
from verified_grpo.audit.configurations import TABLES, read_configuration
from verified_grpo.audit.configurations.keys import Effect
from verified_grpo.audit.configurations.listing import listing

ROOT = Path(__file__).parents[2]
ROWS = rows(RESULTS)
SOURCES: dict[str, Any] = json.loads(FACTS.read_text())
BY_NAME = {table.name: table for table in TABLES}


def row(framework: str, *words: str) -> dict[str, Any]:
    return next(
        row for row in ROWS if row["framework"] == framework and all(word in row["option"] for word in words)
    )


@pytest.mark.parametrize("framework", sorted({row["framework"] for row in ROWS}))
def test_every_mapping_agrees_with_the_code_that_was_run_or_refuses(framework: str) -> None:
    for measured in ROWS:
        if measured["framework"] == framework:
            assert measured["mapping"] == verdict(measured), measured["option"]
            assert measured["mapping"] in ("agrees", "refused"), measured["option"]


def test_enough_was_run_and_most_of_it_is_answered() -> None:
    assert len({row["framework"] for row in ROWS}) >= 12
    assert len({row["revision"] for row in ROWS if row["framework"] == "trl"}) >= 10
    agreeing = {row["framework"] for row in ROWS if row["mapping"] == "agrees"}
    assert agreeing == {row["framework"] for row in ROWS}
    assert RESULTS.read_text() == written(ROWS)


def test_what_is_refused_would_have_been_answered_wrong_or_not_at_all() -> None:
    """Estimates that hold nothing back, and k2 under its likelihood ratio."""
    for refused in (row for row in ROWS if row["mapping"] == "refused"):
        nothing = refused["kl_gradient"] in ("none", "E[log^2/2]") and refused["fixed_point"] is None
        assert nothing, refused["option"]


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("drive", [[0.3, 1.9]], "contrast"),
        ("kl_gradient", "KL(pi_ref||pi)", "gradient of the KL"),
        ("kl_place", "reward", "place of the KL"),
        ("kl_cut_at_ratio", None, "clamp"),
        ("kl_cut_at_ratio", 13.5, "clamp"),
        ("fixed_point", 0.7365, "fixed point"),
        ("fixed_point", None, "fixed point"),
    ],
)
def test_a_measurement_that_differs_is_noticed(key: str, value: object, word: str) -> None:
    measured = row("nemo_rl", "normalize_rewards true", "baseline false", "k3")
    assert verdict(measured) == "agrees"
    assert word in verdict({**measured, key: value})


def test_the_two_versions_of_trl_were_measured_to_differ() -> None:
    old, new = (
        next(row for row in ROWS if (row["framework"], row["revision"]) == ("trl", revision))
        for revision in ("0.17.0", "1.16.0")
    )
    assert (old["kl_gradient"], new["kl_gradient"]) == ("KL(pi_ref||pi)", "KL(pi||pi_ref)")
    assert abs(omega(mapped(old), 0.3) - omega(mapped(new), 0.3)) < 1e-9


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_says_at_which_states_its_frameworks_code_was_run(table: Any) -> None:
    run = {row["revision"] for row in ROWS if row["framework"] == table.name}
    assert run == {text.split()[0] for text in table.executed}
    if table.trainer:
        name, version = table.trainer
        assert version in BY_NAME[name].executed


def test_an_answer_says_whether_the_code_was_run(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("num_generations: 8\nbeta: 1\n")
    for version, word in (("1.16.0", "Run: trl's own code at 1.16.0"), ("1.12.0", "Not run: trl at 1.12.0")):
        found = read_configuration(path, "trl", version)
        assert any(word in line for line in found.assumptions)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_that_decides_was_found_where_its_table_says(table: Any) -> None:
    facts = SOURCES[table.name]
    assert facts["commit"] == table.commit
    assert {key.name: key.file for key in concerned(table)} == {
        name: file for name, (file, _) in facts["keys"].items()
    }
    assert all(isinstance(line, int) for _, line in facts["keys"].values())
    elsewhere = [key for key in table.keys if "(" in key.file and key.effect is not Effect.NEUTRAL]
    assert all(key.file.split("(")[1].startswith(("huggingface/trl", "unslothai/")) for key in elsewhere)


def test_the_manuals_page_of_keys_is_made_from_the_tables() -> None:
    """`python -m verified_grpo.audit.configurations.listing docs/configuration-keys.md` writes it."""
    assert (ROOT / "docs" / "configuration-keys.md").read_text() == listing()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_manuals_row_of_a_mapping_names_every_key_that_decides(table: Any) -> None:
    text = (ROOT / "docs" / "configurations.md").read_text()
    (row,) = [line for line in text.splitlines() if line.startswith("|") and f"`{table.commit}`" in line]
    for name in table.decisive():
        word = re.escape(name.rpartition(".")[2]).replace("_", "[-_]")
        assert re.search(rf"(?<![A-Za-z_]){word}(?![A-Za-z_])", row), name
    for version in table.versions:
        assert version in row
