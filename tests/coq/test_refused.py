"""Negative controls: the library with one constant, sign or hypothesis changed is refused by Coq's kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from .kernel import SOURCES, Kernel

CHANGES = {
    "Bmax with 4 for 3": ("Bmax.v", "/ (3 * sqrt (3 * eps)", "/ (4 * sqrt (3 * eps)"),
    "Bmax's identity with 28": ("Bmax.v", "(1 - t + 4 * e)^3 - 27 *", "(1 - t + 4 * e)^3 - 28 *"),
    "Bmax attained elsewhere": (
        "AtMostThree.v",
        "Definition peak (eps : R) : R := logit ((1 + sqrt ((1 + 4 * eps) / (1 + 12 * eps))) / 2).",
        "Definition peak (eps : R) : R := logit ((1 + sqrt ((1 + 4 * eps) / (1 + 11 * eps))) / 2).",
    ),
    "amplification reversed": ("Amplification.v", "  sigma Lref < sigma L.", "  sigma L < sigma Lref."),
    "slope of the other sign": (
        "Slope.v",
        "(0 < slope eps L <-> 1/2 < sigma L)",
        "(0 < slope eps L <-> sigma L < 1/2)",
    ),
    "at most two fixed points": (
        "AtMostThree.v",
        "T Lref beta eps y = y -> T Lref beta eps z = z -> False.",
        "T Lref beta eps y = y -> False.",
    ),
    "contraction iff beta >= Bmax": (
        "AtMostThree.v",
        "< 1) <-> Bmax eps < beta).",
        "< 1) <-> Bmax eps <= beta).",
    ),
    "a radius twice as large": ("Basin.v", "* beta / (2 * steepness eps) ->", "* beta / steepness eps ->"),
    "beta_c twice as large": ("Monotone.v", "- Lref <= 1 ->", "- Lref <= 2 ->"),
    "no hypothesis on the mirror's weight": (
        "TwoKL.v",
        "Bmax eps <= (1 - alpha) * beta ->",
        "Bmax eps <= beta ->",
    ),
    "half of delta*": (
        "Errors.v",
        "(rho n) - p_star) <= star + eta.",
        "(rho n) - p_star) <= star / 2 + eta.",
    ),
    "four points in another order": (
        "Periods.v",
        "f (f (f x)) <= x -> x < f x ->",
        "x <= f (f (f x)) -> x < f x ->",
    ),
    "a trap that does not contract": ("Traps.v", "a <= b -> 0 <= k < 1 ->", "a <= b -> 0 <= k <= 1 ->"),
    "cycles nowhere near": (
        "Cycles.v",
        "  Lref + / sqrt (1/4 + eps) / (alpha * beta) <= x <= Lref",
        "  Lref + / sqrt eps / (alpha * beta) <= x <= Lref",
    ),
    "h falls above 1/2": (
        "PaperMap.v",
        "0 <= p -> p < q -> q <= 1/2 -> h",
        "1/2 <= p -> p < q -> q <= 1 -> h",
    ),
    "convergence below Bmax": (
        "Attraction.v",
        "0 < eps -> Bmax eps <= beta ->\n  exists l",
        "0 < eps -> 0 < beta ->\n  exists l",
    ),
    "steps twice as large": (
        "SmallSteps.v",
        "Hypothesis Steps : forall n, 0 <= eta n /\\ eta n * k <= 1.",
        "Hypothesis Steps : forall n, 0 <= eta n /\\ eta n * k <= 2.",
    ),
    "any steps reach the limit": (
        "SmallSteps.v",
        "small_steps_tend : diverges eta -> is_lim_seq L l.",
        "small_steps_tend : is_lim_seq L l.",
    ),
    "steps that ignore how Omega falls": (
        "SmallStepsMeanVar.v",
        "Omega_falls_at_most eps b Lref l -> (forall n, 0 <= eta n <= / (weight + b)) ->",
        "Omega_falls_at_most eps b Lref l -> (forall n, 0 <= eta n <= / weight) ->",
    ),
    "the easier prompt ends lower": (
        "SmallStepsMeanVar.v",
        "n6_order : Lref <= Lref' -> l <= l'.",
        "n6_order : Lref <= Lref' -> l' <= l.",
    ),
    "without KL from a finite sum of steps": (
        "SmallStepsMeanVar.v",
        "(diverges eta <-> is_lim_seq L p_infty)",
        "is_lim_seq L p_infty",
    ),
    "the other share": ("Drive.v", "R := 1 - (1 - eta * beta) ^ mu.", "R := (1 - eta * beta) ^ mu."),
    "an edge twice as far": (
        "Edge.v",
        "let edge := 2 / (weight + Rabs (slope eps l)) in",
        "let edge := 4 / (weight + Rabs (slope eps l)) in",
    ),
    "a flow that may leave the zero at once": (
        "Flow.v",
        "Hypothesis K : forall x, l <= x -> F x <= k * (x - l).",
        "Hypothesis K : forall x, l <= x -> F x <= k.",
    ),
    "time without the metric": (
        "Flow.v",
        "is_RInt (fun x => / (w x * F x)) a b t.",
        "is_RInt (fun x => / F x) a b t.",
    ),
    "a flow that ends": (
        "FlowExists.v",
        "(forall y, 0 < m y <= k) ->\n  exists Y",
        "(forall y, 0 < m y) -> 0 < k ->\n  exists Y",
    ),
    "k3 with the bound of the other pull": (
        "SmallStepsK3.v",
        "<= / (b + beta * Rmax 1 (pull_k3_slope p_ref l))) ->",
        "<= / (b + beta)) ->",
    ),
    "the previous policy at the reference's weight": (
        "MirrorAscent.v",
        "- (1 - alpha) * beta * ln (pi i / prev i))).",
        "- alpha * beta * ln (pi i / prev i))).",
    ),
    "correctness against its covariance": (
        "Tilt.v",
        "is_derive (mean_of N w g f) theta (covariance N w g f g theta).",
        "is_derive (mean_of N w g f) theta (- covariance N w g f g theta).",
    ),
    "a mean reward that rises without a difference": (
        "Tilt.v",
        "g k <> g l -> x < y ->\n  mean_of N w g g x < mean_of N w g g y.",
        "x < y ->\n  mean_of N w g g x < mean_of N w g g y.",
    ),
    "the limit of another class": (
        "Tilt.v",
        "is_lim (mean_of N w g f) p_infty (f N).",
        "is_lim (mean_of N w g f) p_infty (f 0%nat).",
    ),
    "an update that keeps all of the tilt": (
        "Tilt.v",
        "let best := Policies.tilted N ref (fun i => ((1 - alpha) * theta + o / beta) * g i) in",
        "let best := Policies.tilted N ref (fun i => (theta + o / beta) * g i) in",
    ),
    "a noisy verifier that harms amplifies": (
        "Verifiers.v",
        "(forall n, 0 < beta n) -> f < t ->\n  L 0%nat = Lref -> (forall n, L (S n) = erring_update "
        "(alpha n) "
        "(beta n) (L n)) -> forall n, Lref < L (S n).",
        "(forall n, 0 < beta n) -> t < f ->\n  L 0%nat = Lref -> (forall n, L (S n) = erring_update "
        "(alpha n) "
        "(beta n) (L n)) -> forall n, Lref < L (S n).",
    ),
    "extinction with KL": (
        "Verifiers.v",
        "(forall n, added n <= share n * y) ->",
        "(forall n, added n <= y) ->",
    ),
    "a verifier's slope without its cube": (
        "Verifiers.v",
        "Definition steepest_square (eps w : R) : R := 4 * w^6 /",
        "Definition steepest_square (eps w : R) : R := 3 * w^6 /",
    ),
    "a ceiling of the verifier that prefers wrong answers": (
        "Verifiers.v",
        "Theorem r5_below : f < t -> right t f p e < PPV t f p.",
        "Theorem r5_below : t < f -> right t f p e < PPV t f p.",
    ),
    "KL at most kl": ("KLBudget.v", "k1_bound : kl p q <= KL N pi rho.", "k1_bound : KL N pi rho <= kl p q."),
    "equality by the successes alone": (
        "KLBudget.v",
        "rho i /\\ part N (other r) pi i = part N (other r) rho i).",
        "rho i /\\ part N r pi i = part N r rho i).",
    ),
    "a policy where the reference is 0": (
        "KLBudget.v",
        "0 <= pi i /\\ 0 <= rho i /\\ (rho i = 0 -> pi i = 0).",
        "0 <= pi i /\\ 0 <= rho i /\\ (rho i = 0 -> 0 <= pi i).",
    ),
}


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_refused(coq: Kernel, change: str, tmp_path: Path) -> None:
    name, old, new = CHANGES[change]
    file = tmp_path / "Changed.v"
    file.write_text(changed((SOURCES / name).read_text(), old, new))
    assert coq.refusal(file)


def test_a_file_unchanged_is_accepted(coq: Kernel, tmp_path: Path) -> None:
    file = tmp_path / "Unchanged.v"
    file.write_text((SOURCES / "AtMostThree.v").read_text())
    assert coq.refusal(file) == ""
