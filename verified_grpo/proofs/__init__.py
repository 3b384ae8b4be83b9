"""The paper, statement by statement: one module each, named after it, readable beside the paper.

python -m verified_grpo.proofs                    the table statement -> verdict -> module
python -m pytest proofs             certifies every statement
verified-grpo certify theorem-2     writes the certificate and the report
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from .framework import PaperStatement

MODULES = (
    "abstract_convergence",
    "abstract_convergence_by_steps",
    "abstract_amplification",
    "equations_1_2",
    "section_2_1_clipped_form",
    "equation_3",
    "equation_4",
    "figure_1",
    "equation_5",
    "section_2_3_library",
    "equation_6",
    "algorithm_1",
    "theorem_1",
    "theorem_2",
    "remark_1",
    "proposition_1_existence",
    "proposition_1_derivative",
    "proposition_1_decreasing",
    "proposition_1_increasing",
    "proposition_1_minimum",
    "limit_is_a_fixed_point",
    "figure_2",
    "theorem_3_case_1",
    "theorem_3_case_2",
    "theorem_3_references",
    "figure_3",
    "theorem_4",
    "lemma_1",
    "figure_4",
    "remark_2",
    "figure_5",
    "theorem_5",
    "theorem_5_total_variation",
    "lemma_2",
    "lemma_3_part_1",
    "lemma_3_part_2",
    "lemma_4",
    "theorem_6",
    "s1_amplification",
    "s2_count",
    "s3_uniform_contraction",
    "s3_every_start",
    "s3_mean_std",
    "s4_global_convergence",
    "s5_beyond_beta_c",
    "s6_chaos",
    "s7_two_kl_terms",
    "s8_approximate_policies",
    "v1_amplification",
    "v2_general_anchor",
    "v3_mirror",
    "v4_mean_only",
    "v5_geometric_mean",
    "v6_two_kl_terms",
    "v7_monotone_improvement",
    "v7_absorbing",
    "n1_share",
    "n2_small_steps",
    "n3_edge",
    "n4_flow",
    "n5_passage",
    "n6_order",
    "n8_clipping",
    "n9_moving_reference",
    "n10_k3_steps",
    "k1_budget",
    "k2_frontier",
    "r1_tilt",
    "r2_mean_reward",
    "r3_goodhart",
    "r4_noise",
    "r4_rate_or_fate",
    "r5_shortcut",
    "r5_precision",
)
"""The statements in the paper's order; the sharper ones, version 4's, and those on small steps (N) on KL as
a budget (K), and on rewards of any values (R) come after version 1's."""


@lru_cache(maxsize=1)
def all_statements() -> tuple[PaperStatement, ...]:
    """Every statement, in the paper's order."""
    return tuple(import_module(f".{name}", __name__).STATEMENT for name in MODULES)


def names() -> tuple[str, ...]:
    """The names that the command line takes."""
    return tuple(statement.item for statement in all_statements())
