"""``python -m verified_grpo.commands.schemas [FOLDER]``: JSON Schemas of all that the suite writes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..certificates.audited_table import AuditedTable, TableEvidence
from ..certificates.grammar.schema import schema_of
from ..certificates.grammar.values import Certificate
from ..certificates.outputs import (
    advice,
    budgets,
    checks,
    classes,
    comparisons,
    configurations,
    cycles,
    fixed_points,
    judged_rates,
    limits,
    pass_rates,
    plane,
    properties,
    reward_tables,
    runs,
)
from ..report.pages.paper import KINDS
from ..work.files import write_bytes

VERSION = 1
"""Of outputs: another one where a key goes or changes its meaning. Certificates have that of their format."""
OUTPUTS: dict[str, Any] = {
    "fixed-points": fixed_points.FixedPointsAnswer,
    "limit": limits.LimitAnswer,
    "classes": classes.ClassesOutput,
    "chaos": cycles.ChaosAnswer,
    "curves": plane.CurvesAnswer,
    "atlas": plane.AtlasAnswer,
    "atlas-small-steps": plane.ContoursAnswer,
    "audit-property": properties.PropertyAnswer,
    "audit-config": configurations.ConfigurationAnswer,
    "audit-pass-rates": pass_rates.PassRatesAnswer,
    "audit-rewards": reward_tables.RewardTableAnswer,
    "audit-judged": judged_rates.JudgedTableAnswer,
    "advise": advice.AdviseAnswer,
    "compare": comparisons.CompareAnswer,
    "budget": budgets.BudgetAnswer,
    "run": runs.RunAnswer,
    "check": checks.CheckAnswer,
    "check-proved": checks.ProvedCheckAnswer,
    "certify": checks.CertifyAnswer,
}
"""By the command, and by its mode where there are several."""
FOLDER = Path("docs/schemas")


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema with the name of its file."""
    for name, type_ in OUTPUTS.items():
        named = f"urn:verified-grpo:output:{name}:{VERSION}"
        yield f"outputs/{name}.json", schema_of(named, f"The output of {name} --json", type_)
    for name, claim, evidence in (
        *((kind.name, kind.claim, kind.evidence) for kind in KINDS.values()),
        ("audited-table", AuditedTable, TableEvidence),  # beside a table, and no report of its own
    ):
        named = f"urn:verified-grpo:certificate:{name}:1"
        sealed = Certificate[claim, evidence]  # type: ignore[valid-type]
        yield f"certificates/{name}.json", schema_of(named, f"A certificate of kind {name}", sealed)


def as_bytes(schema: dict[str, Any]) -> bytes:
    """A schema as it stands in its file."""
    return (json.dumps(schema, indent=1) + "\n").encode("ascii")


def main(folder: Path = FOLDER) -> None:
    """Write them all."""
    for name, schema in schemas():
        write_bytes(folder / name, as_bytes(schema))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
