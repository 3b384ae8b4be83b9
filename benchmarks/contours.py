"""The map of small steps: seconds and bytes by tolerance, and checking by both arithmetics.

Of its contours alone: the cells where the views part come from an atlas of the exact iteration, which
benchmarks/atlas.py measures.

    python -m benchmarks.contours [--tolerances T ...] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from verified_grpo.answers.atlas import AtlasQuestion
from verified_grpo.answers.atlas.parting import NOTHING
from verified_grpo.answers.atlas.small_steps import levels_of
from verified_grpo.answers.atlas.standard import small_step_atlases
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.contours import ContoursCertificate, contours_certificate
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.rigor.cells.contours import GRAIN, Contours, open_share

from . import machine
from .timing import rounded, seconds

OUT = Path(__file__).parent / "contours.json"
TOLERANCES = ("0.04", "0.02", "0.01", "0.005")


def contours_alone(question: AtlasQuestion, tolerance: str) -> ContoursCertificate:
    """The certificate of a question's contours; nothing is said of where the views part."""
    asked = replace(question, tolerance=Fraction(tolerance))
    levels, (across, up) = levels_of(asked), asked.rectangle
    found = Contours(asked.contrast, asked.law.eps, asked.law.alpha, levels, up)
    left, right = (int(end * GRAIN) for end in across)
    columns = found.columns(left, right, asked.enough)
    share = open_share(columns, found.top - found.bottom)
    parts = asked.contrast, asked.box, asked.rectangle, levels, columns, share, found.grid
    return contours_certificate(*parts, NOTHING)


def measure(tolerances: Sequence[str]) -> dict[str, Any]:
    """All numbers; processor seconds of one thread."""
    return {
        name: [_run(question, tolerance) for tolerance in tolerances]
        for name, question in small_step_atlases().items()
    }


def _run(question: AtlasQuestion, tolerance: str) -> dict[str, Any]:
    prove, certificate = seconds(lambda: contours_alone(question, tolerance))
    data = canonical_bytes(certificate)
    checks = {}
    for arithmetic in ARITHMETICS:
        spent, verdict = seconds(lambda arithmetic=arithmetic: check_bytes(data, arithmetic))  # type: ignore[misc]
        if verdict.outcome is not Outcome.ACCEPTED:
            raise AssertionError(f"the benchmark's map is {verdict.outcome}: {verdict.message}")
        checks[arithmetic] = rounded(spent)
    columns = certificate["statement"]["columns"].count(";")
    sys.stderr.write(f"tolerance {tolerance}: {columns} columns, {prove:.2f} s\n")
    return {
        "tolerance": tolerance,
        "columns": columns,
        "bytes": len(data),
        "prove_seconds": rounded(prove),
        "check_seconds": checks,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contours", description="Measure contours.")
    parser.add_argument("--tolerances", nargs="+", default=TOLERANCES)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args(arguments)
    results: dict[str, Any] = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": machine.facts(),
    }
    results |= {"contours": measure(asked.tolerances)}
    asked.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
