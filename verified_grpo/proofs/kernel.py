"""Which statements Coq's kernel has checked, by which theorems of ``proofs/coq``, and what it has not.

Whole means: theorems of the library say all that the suite claims, for all real parameters. In part means
that they say all but what is named. ``python -m verified_grpo.proofs.kernel`` writes what the report reads:
beside each statement the digest of its words, so that no other claim under the same name is marked.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verified_grpo.work.files import write_bytes

LIBRARY = Path(__file__).parent / "coq"
SHIPPED = Path(__file__).parents[1] / "report" / "kernel.json"


@dataclass(frozen=True)
class Kernel:
    """Theorems of the library, and what of the suite's claim they leave out."""

    theorems: tuple[str, ...]
    missing: str = ""


KERNEL = {
    "equations-1-2": Kernel(("moments_of_the_reward", "whitened_success", "whitened_failure")),
    "section-2-1-clipped-form": Kernel(("clipped_form", "sum_linear")),
    "equation-3": Kernel(("stabilisers_differ",), "what the display before it says"),
    "equation-4": Kernel(("root_positive", "equation_4")),
    "figure-1": Kernel(
        ("weights_in_order", "weight_of_failure_rises", "weight_of_success_falls", "weight_in_log_odds"),
        "the strips that enclose the curves",
    ),
    "equation-5": Kernel(
        ("importance_weights_cancel", "clipped_form"), "what differs without the hypothesis"
    ),
    "equation-6": Kernel(("objective_is_affine", "equation_4")),
    "theorem-1": Kernel(
        ("theorem_1", "objective_and_distance", "tilted_is_a_policy", "mass_of_a_reward", "KL_nonnegative")
    ),
    "v2-general-anchor": Kernel(("theorem_1", "objective_and_distance", "log_odds_of_the_tilted")),
    "lemma-3-part-1": Kernel(("lemma_3_1",), "what is said of the printed proof"),
    "lemma-3-part-2": Kernel(("lemma_3_2",)),
    "lemma-4": Kernel(("lemma_4", "lemma_4_sign"), "what is said of the printed proof"),
    "s5-beyond-beta-c": Kernel(
        ("s5_one_below_half", "slope_sign", "B_of_slope"), "the cycles, which are twins'"
    ),
    "abstract-convergence": Kernel(
        ("s4_rises_in_p", "s4_converges_in_p", "attraction_in_p", "n2_in_p"),
        "the cycle, which is a twin's",
    ),
    "abstract-convergence-by-steps": Kernel(("n2_in_p",)),
    "abstract-amplification": Kernel(("theorem_3", "lemma_2")),
    "remark-1": Kernel(
        (
            *("contrast_without_eps", "remark_1_none", "remark_1_one", "remark_1_two"),
            *("remark_1_distance", "remark_1_continuous", "remark_1_fixed_point"),
        ),
        "the number at beta 1",
    ),
    "limit-is-a-fixed-point": Kernel(("limit_of_the_sequence",)),
    "s3-every-start": Kernel(("attraction_in_p", "attraction", "attraction_at_Bmax")),
    "theorem-2": Kernel(
        ("theorem_2", "h_of_sigma", "h_iterates", "success_of_the_tilted", "log_odds_of_the_tilted")
    ),
    "proposition-1-existence": Kernel(
        ("proposition_1_existence", "proposition_1_continuous", "lemma_2", "s2_at_most_three_in_p"),
        "that three occur is a twin's",
    ),
    "proposition-1-derivative": Kernel(("proposition_1_derivative",)),
    "proposition-1-decreasing": Kernel(("proposition_1_signs", "proposition_1_decreasing")),
    "proposition-1-increasing": Kernel(("proposition_1_signs", "proposition_1_increasing")),
    "proposition-1-minimum": Kernel(
        (
            "proposition_1_minimum",
            "proposition_1_decreasing",
            "proposition_1_increasing",
            "h_at_the_ends",
            "h_symmetric",
        )
    ),
    "lemma-1": Kernel(("lemma_1", "lemma_1_multiplier", "lemma_1_condition", "B_of_slope")),
    "lemma-2": Kernel(("lemma_2",), "what is said of the printed proof"),
    "figure-2": Kernel(("figure_2",), "the enclosures, which are the twins'"),
    "theorem-3-case-1": Kernel(("lemma_2", "theorem_3"), "what is said of the printed proof"),
    "theorem-3-case-2": Kernel(("theorem_3",), "that the printed condition fails for some parameters"),
    "theorem-4": Kernel(("theorem_4", "theorem_4_in_p", "repels"), "the numbers, which are the twins'"),
    "theorem-5": Kernel(
        ("event_moves_by_total_variation", "theorem_5", "theorem_5_sharp", "theorem_5_in_turn")
    ),
    "theorem-5-total-variation": Kernel(("bounded_functions", "unbounded_functions")),
    "theorem-6": Kernel(
        ("theorem_6_radius", "theorem_6", "theorem_6_unique"), "the numbers, which are a twin's"
    ),
    "remark-2": Kernel(
        ("theorem_3", "B_bound", "Bmax_attained", "s3_uniform_contraction", "lemma_1_multiplier")
    ),
    "figure-3": Kernel(
        (
            "B_bound",
            "left_side_falls_then_rises",
            "left_side_between",
            "left_side_at_least_beta",
            "least_left_side",
        ),
        "the boxes and strips, and the numbers",
    ),
    "figure-4": Kernel(
        ("B_bound", "Bmax_attained", "slope_rises_then_falls", "slope_in_log_odds"),
        "the strips that enclose the curve, and the numbers",
    ),
    "s1-amplification": Kernel(("s1_amplification", "amplification_margin")),
    "s2-count": Kernel(
        (
            *("s2_at_most_three_in_p", "proposition_1_existence", "s2_count_above_Bmax"),
            *("double_fixed_point", "folds_meet_at_the_peak"),
        )
    ),
    "s3-uniform-contraction": Kernel(
        ("s3_uniform_contraction", "lemma_1_multiplier"), "the two decimals of Bmax(1e-5)"
    ),
    "s3-mean-std": Kernel(("s3_mean_std", "Bmax_std_below", "T_std_derivative")),
    "s4-global-convergence": Kernel(("s4_rises_in_p", "s4_converges_in_p", "s4_from_the_first_step")),
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
        ("v3_no_fixed_point", "v3_mirror", "v3_rises_without_bound", "v3_rises_to_one"),
        "p_ref = 0, which has no log-odds",
    ),
    "v4-mean-only": Kernel(
        ("v4_mean_only", "v4_mean_only_mirror", "v4_mean_only_fixed_point", "v4_mean_only_rises"),
        "the adaptive weight",
    ),
    "v5-geometric-mean": Kernel(("one_term_to_the_mean", "log_odds_of_the_mean")),
    "v6-two-kl-terms": Kernel(
        (
            *("maximiser_with_two_terms", "next_is_of_the_reference", "no_divergence"),
            *("log_odds_of_the_mean", "log_odds_of_the_tilted", "above_the_reference"),
        )
    ),
    "v7-absorbing": Kernel(
        ("zero_is_absorbing", "zero_is_never_reached"),
        "that the maximiser has no mass where a policy has none",
    ),
    "v7-monotone-improvement": Kernel(
        ("existence", "s7_same_fixed_points", "s7_rises", "v7_rises_above_half", "v4_mean_only_rises"),
        "that it can fail, which is a twin's",
    ),
    "n1-share": Kernel(
        ("n1_mirror_ascent", "n1_inner_steps", "n1_without_KL", "share_range", "whole_step"),
    ),
    "n2-small-steps": Kernel(
        (
            "n2_least_zero",
            "n2_least_fixed_point",
            "n2_small_steps",
            "n2_every_prompt",
            "n2_from_half",
            "n2_any_start",
            "n2_without_KL",
        )
    ),
    "n3-edge": Kernel(("n3_edge", "n3_attracts", "n3_repels"), "the numbers of its cases"),
    "n4-flow": Kernel(("n4_mean_var", "n4_flow_exists_mean_var")),
    "n5-passage": Kernel(("n6_order_of_steps", "n5_rate")),
    "n6-order": Kernel(("n6_order", "n6_strict_order", "n6_order_of_steps"), "the exact iteration's numbers"),
    "n8-clipping": Kernel(
        (
            "n8_maximiser",
            "n8_caps",
            "n8_same_fixed_points",
            "n8_same_nearby",
            "n8_never_farther",
            "n8_small_steps",
        ),
        "the surrogate's slopes, from the advantages",
    ),
    "n9-moving-reference": Kernel(("n9_gain", "n9_periods", "n9_tends_to_one")),
    "n10-k3-steps": Kernel(("pull_k3_in_p", "n10_least_zero", "n10_small_steps")),
    "k1-budget": Kernel(
        ("k1_bound", "k1_chain", "k1_equality", "kl_rises", "k1_budget"), "the numbers for half a nat"
    ),
    "k2-frontier": Kernel(("k2_frontier", "n1_tilted", "n1_mirror_ascent", "k1_bound")),
    "r1-tilt": Kernel(("r1_update",)),
    "r2-mean-reward": Kernel(
        (
            "r3_derivative",
            "r2_variance",
            "r2_strict",
            "r2_mean_reward_rises",
            "r2_fixed_points_within",
            "r2_fixed_point_exists",
        ),
        "the seven fixed points",
    ),
    "r3-goodhart": Kernel(("r3_derivative", "r3_rises", "r3_falls", "r3_limit"), "the numbers of a turn"),
    "r4-noise": Kernel(
        (
            "r4_amplifies",
            "r4_harms",
            "r4_stands_still",
            "r4_fixed_points",
            "r4_margin",
            "r4_slope",
            "r4_steepest",
        )
    ),
    "r4-rate-or-fate": Kernel(
        (
            "r4_fate_up",
            "r4_fate_down",
            "r4_fate_none",
            "r4_no_extinction",
            "r4_rest",
            "r5_below",
        )
    ),
    "r5-shortcut": Kernel(("r5_ceiling",)),
    "r5-precision": Kernel(("r5_below", "r5_above", "r5_at", "r5_shares", "r5_ceiling_over_ranges")),
}


def route(item: str) -> str:
    """The strongest route of a statement, as the manual's table names it."""
    if item in KERNEL:
        return "kernel-checked in part" if KERNEL[item].missing else "kernel-checked"
    return "checker-accepted"


def shipped() -> bytes:
    """What the report reads: routes by statement, and the digests of the claims that have a twin, and of
    those that the proved checker accepts."""
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
    proved = json.loads((LIBRARY / "proved.json").read_text())["accepted"]
    content = {"statements": statements, "twins": twins, "proved": proved}
    return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("ascii")


if __name__ == "__main__":
    write_bytes(SHIPPED, shipped())
