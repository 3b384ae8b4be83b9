"""Which statements Coq's kernel has checked, by which theorems of ``proofs/coq``, and what it has not.

Whole means: theorems of the library say all that the suite claims, for all real parameters. In part means
that they say all but what is named. ``python -m proofs.kernel`` writes what the report reads: beside each
statement the digest of its words, so that no other claim under the same name is marked.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verified_grpo.work.files import write_bytes

LIBRARY = Path(__file__).parent / "coq"
SHIPPED = Path(__file__).parents[1] / "verified_grpo" / "report" / "kernel.json"


@dataclass(frozen=True)
class Kernel:
    """Theorems of the library, and what of the suite's claim they leave out."""

    theorems: tuple[str, ...]
    missing: str = ""


KERNEL = {
    "theorem-2": Kernel(("theorem_2", "h_of_sigma", "h_iterates"), "contrasts other than the paper's"),
    "proposition-1-existence": Kernel(
        ("proposition_1_existence", "proposition_1_continuous", "lemma_2", "s2_at_most_three_in_p"),
        "that three occur is a twin's",
    ),
    "proposition-1-derivative": Kernel(("proposition_1_derivative",)),
    "proposition-1-decreasing": Kernel(("proposition_1_signs", "proposition_1_decreasing")),
    "proposition-1-increasing": Kernel(("proposition_1_signs", "proposition_1_increasing")),
    "proposition-1-minimum": Kernel(
        ("proposition_1_minimum", "proposition_1_decreasing", "proposition_1_increasing", "h_at_the_ends"),
        "the symmetry of the graph",
    ),
    "lemma-1": Kernel(("lemma_1", "lemma_1_multiplier", "lemma_1_condition", "B_of_slope")),
    "lemma-2": Kernel(("lemma_2",), "what is said of the printed proof"),
    "figure-2": Kernel(("figure_2",), "the enclosures, which are the twins'"),
    "theorem-3-case-1": Kernel(("lemma_2", "theorem_3"), "what is said of the printed proof"),
    "theorem-3-case-2": Kernel(("theorem_3",), "that the printed condition fails for some parameters"),
    "theorem-4": Kernel(("theorem_4", "theorem_4_in_p"), "the numbers, which are the twins'"),
    "theorem-5": Kernel(
        ("event_moves_by_total_variation", "theorem_5"),
        "that the constant cannot be improved, and that the limit need not exist",
    ),
    "theorem-6": Kernel(("theorem_6",), "the radius from a continuous derivative; the numbers are a twin's"),
    "remark-2": Kernel(
        ("theorem_3", "B_bound", "Bmax_attained", "s3_uniform_contraction", "lemma_1_multiplier")
    ),
    "figure-4": Kernel(("B_bound", "Bmax_attained"), "the curve's enclosure, and where it rises and falls"),
    "s1-amplification": Kernel(("s1_amplification", "amplification_margin")),
    "s2-count": Kernel(
        ("s2_at_most_three_in_p", "proposition_1_existence", "s2_count_above_Bmax"), "the folds and the cusp"
    ),
    "s3-uniform-contraction": Kernel(
        ("s3_uniform_contraction", "lemma_1_multiplier"), "the two decimals of Bmax(1e-5)"
    ),
    "s4-global-convergence": Kernel(
        ("s4_rises_in_p", "s4_converges_in_p"), "that from the first step on it is monotone where p_ref < 1/2"
    ),
    "s6-chaos": Kernel(
        ("li_yorke_upward", "li_yorke_downward", "period_three"),
        "scrambled sets, entropy, and the regions; the witnesses are twins'",
    ),
    "s7-two-kl-terms": Kernel(
        ("s7_same_fixed_points", "s7_multiplier", "s7_rises", "s7_no_cycles", "T2_derivative", "slope_bound")
    ),
    "s8-approximate-policies": Kernel(
        ("s8_approximate_policies", "s8_limsup", "s8_for_h"), "that the constant cannot be improved"
    ),
    "v1-amplification": Kernel(("theorem_3", "s1_amplification")),
    "v3-mirror": Kernel(
        ("v3_no_fixed_point", "v3_mirror", "v3_rises_without_bound"), "p_ref = 0, which has no log-odds"
    ),
    "v4-mean-only": Kernel(
        ("v4_mean_only", "v4_mean_only_mirror", "v4_mean_only_fixed_point"), "the limit of the closed form"
    ),
    "v7-monotone-improvement": Kernel(
        ("existence", "s7_same_fixed_points", "s7_rises"),
        "mean only, and that it can fail, which is a twin's",
    ),
}

SMT = ("section-2-1-clipped-form", "lemma-3-part-2", "s3-mean-std")
"""Whose algebraic core z3 decides for all parameters at once (by_z3.py); not in KERNEL."""


def route(item: str) -> str:
    """The strongest route of a statement, as the manual's table names it."""
    if item in KERNEL:
        return "kernel-checked in part" if KERNEL[item].missing else "kernel-checked"
    return "checker-accepted; core decided by SMT" if item in SMT else "checker-accepted"


def shipped() -> bytes:
    """What the report reads: routes by statement, and the digests of the claims that have a twin."""
    from . import all_statements

    statements: dict[str, Any] = {}
    for statement in all_statements():
        words = f"{statement.suite} Hypotheses: {statement.hypotheses}"
        known = KERNEL.get(statement.item, Kernel(()))
        statements[statement.item] = {
            "words": hashlib.sha256(words.encode()).hexdigest(),
            "route": route(statement.item),
            "theorems": list(known.theorems),
            "missing": known.missing,
        }
    entries = json.loads((LIBRARY / "twins.json").read_text())["twins"]
    twins = {entry["digest"]: entry["theorem"] for entry in entries if "theorem" in entry}
    return (json.dumps({"statements": statements, "twins": twins}, indent=1, sort_keys=True) + "\n").encode(
        "ascii"
    )


if __name__ == "__main__":
    write_bytes(SHIPPED, shipped())
