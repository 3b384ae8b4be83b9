"""A clamped estimator of the KL: where the clamp is idle, tested on the recursion, and where it is not."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.configurations import read_configuration
from verified_grpo.audit.configurations.answer import audit
from verified_grpo.audit.configurations.clamp import Clamp, largest_ratio, least_beta
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.intervals import exact_range, make_engine
from verified_grpo.model import Contrast

VERL = """algorithm: {{adv_estimator: grpo}}
actor_rollout_ref: {{actor: {{use_kl_loss: true, kl_loss_coef: {}}}, rollout: {{n: 8}}}}
"""


def omega(p: float, size: int, eps: float) -> float:
    """The group contrast, by the sum over the groups: E[A | r = 1] - E[A | r = 0], ddof 1."""
    total = 0.0
    for others in range(size):
        weight = math.comb(size - 1, others) * p**others * (1 - p) ** (size - 1 - others)
        for own, sign in ((1, 1), (0, -1)):
            mean = (others + own) / size
            std = math.sqrt(mean * (1 - mean) * size / (size - 1))
            total += sign * weight * (own - mean) / (std + eps)
    return total


def k3(r: float) -> float:
    return r - 1 - math.log(r)


def ratios(size: int, beta: float, p_ref: float, *, forward: bool) -> list[float]:
    """pi_ref/pi on both outcomes along forty exact updates."""
    p, found = p_ref, []
    for _ in range(40):
        w = omega(p, size, 1e-6) / beta
        if forward:
            low, high = math.log(p_ref / (1 - p_ref)), 700.0
            for _ in range(200):
                x = (low + high) / 2
                pull = (1 - p_ref) * math.exp(x) - p_ref * math.exp(-x) + 1 - 2 * p_ref
                low, high = (x, high) if pull < w else (low, x)
        else:
            low = math.log(p_ref / (1 - p_ref)) + w
        q = 1 / (1 + math.exp(low)) if low < 700 else math.exp(-low)
        p = 1 / (1 + math.exp(-low))
        found += [p_ref / p, (1 - p_ref) / q]
    return found


@given(
    size=st.integers(2, 16),
    p_ref=st.floats(0.001, 0.999),
    factor=st.floats(1, 3),
    estimator=st.sampled_from(["k1", "k3"]),
    at=st.sampled_from([1, 5, 10]),
)
@examples(60)
def test_the_clamp_is_idle_from_the_stated_weight_on(
    size: int, p_ref: float, factor: float, estimator: str, at: int
) -> None:
    clamp = Clamp(estimator, Fraction(at), "kind")
    for forward in (True, False):
        least = least_beta(
            (clamp,), Contrast("group", size, 1), Fraction(1, 10**6), Fraction(p_ref), forward=forward
        )
        for r in ratios(size, float(least) * factor, p_ref, forward=forward):
            assert (k3(r) if estimator == "k3" else abs(math.log(r))) <= at * (1 + 1e-9)


def test_a_little_below_it_the_clamp_cuts() -> None:
    """The bound is nearly sharp for prompts near 1: it does not refuse what it could answer."""
    clamp = (Clamp("k3", Fraction(10), "kind"),)
    least = float(
        least_beta(clamp, Contrast("group", 8, 1), Fraction(1, 10**6), Fraction(99, 100), forward=True)
    )
    assert 0.19 < least < 0.2
    assert max(k3(r) for r in ratios(8, least * 0.95, 0.99, forward=True)) > 10


NEMO = """grpo: {{num_generations_per_prompt: 8, use_leave_one_out_baseline: {}, {}}}
loss_fn: {{reference_policy_kl_penalty: {}}}
"""
FILTERED = """algorithm: {adv_estimator: grpo, filter_groups: {enable: true}}
actor_rollout_ref: {actor: {use_kl_loss: true, kl_loss_coef: 1}, rollout: {n: 8}}
"""
HYBRID = (
    "--algo.advantage.estimator group_norm --algo.kl.init_coef 1 --rollout.n_samples_per_prompt 8 "
    "--algo.dynamic_filtering_enable"
)


@pytest.mark.parametrize(
    ("text", "name", "p"),
    [
        (FILTERED, "c.yaml", "0.6968"),
        ("beta: 5\nnum_samples_per_prompt_rollout: 4\n", "c.yaml", "0.6751"),
        ("beta: 5\nnum_samples_per_prompt_rollout: 4\nactive_sampling: true\n", "c.yaml", "0.6751"),
        (NEMO.format("false", "x: 1", "1"), "c.yaml", "0.7371"),
    ],
)
def test_dropped_groups_and_weighted_clamps_end_where_trainers_do(
    text: str, name: str, p: str, tmp_path: Path
) -> None:
    """Fixed points of the expected gradient by the frameworks' own code, at p_ref 0.3."""
    path = tmp_path / name
    path.write_text(text)
    answer = audit(read_configuration(path), exact_range("0.3"))
    assert f"p* >= {p}" in answer.sentence
    for found in answer.findings:
        if found.certificate is not None:
            assert check_bytes(canonical_bytes(found.certificate)).outcome is Outcome.ACCEPTED
    assert all("dropped" in line for line in answer.configuration.assumptions if "weight 1 - p" in line)


def test_a_log_ratio_that_may_be_clamped_with_dropped_groups_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.sh"
    for weight, known in (("1", True), ("0.1", False)):
        path.write_text(f"{HYBRID.replace('init_coef 1', f'init_coef {weight}')}\n")
        answer = audit(read_configuration(path), exact_range("0.3"))
        assert ("p* >= 0.7774" in answer.sentence) is known
        assert known or "dynamic_filtering_enable: groups without signal" in answer.sentence


@pytest.mark.parametrize("left_out", ["true", "false"])
def test_a_weighted_clamp_ends_the_pull(left_out: str, tmp_path: Path) -> None:
    """At the weight of its examples NeMo-RL's estimate is clamped before it holds a prompt back."""
    path = tmp_path / "c.yaml"
    path.write_text(NEMO.format(left_out, "x: 1", "0.01"))
    answer = audit(read_configuration(path), exact_range("0.001:0.999"))
    assert answer.verdict == "proved"
    assert "p = 1" in answer.sentence
    assert any("beyond it nothing pulls" in line for line in answer.configuration.assumptions)


def test_groups_of_two_without_the_sample_have_no_spread(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(NEMO.format("true", "x: 1", "0.01").replace("8", "2"))
    assert "no standard deviation" in read_configuration(path).verdict


def test_the_estimator_s_own_keys_go_over_older_ones(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(NEMO.format("true", "adv_estimator: {use_leave_one_out_baseline: false}", "1"))
    found = read_configuration(path)
    assert found.contrast is not None
    assert found.contrast.label == "group(8, ddof 1)"


def test_the_ratio_at_which_k3_is_ten() -> None:
    with make_engine("arb", 96) as engine:
        ratio = largest_ratio(engine, Clamp("k3", Fraction(10), "kind"))
    assert 13.6 < float(ratio) < 13.62
    assert abs(k3(float(ratio)) - 10) < 1e-9


@pytest.mark.parametrize(
    ("beta", "p_ref", "word"),
    [
        ("0.001", "0.001:0.999", "p = 1"),
        ("0.1", "0.001:0.999", "p = 1"),
        ("0.19", "0.001:0.999", "low_var_kl"),
        ("0.19", "0.3", "p* >= 0.9"),
        ("0.2", "0.001:0.999", "p* >= 0.9"),
    ],
)
def test_a_weight_under_the_clamp_is_answered_with_it_or_refused_by_name(
    beta: str, p_ref: str, word: str, tmp_path: Path
) -> None:
    """verl at 0.1 was answered "one fixed point 0.971" for p_ref 0.3; its own code does not stop there."""
    path = tmp_path / "c.yaml"
    path.write_text(VERL.format(beta))
    answer = audit(read_configuration(path), exact_range(p_ref))
    assert word in answer.sentence
    if word == "low_var_kl":
        assert "clamped at 10" in answer.sentence
    else:
        for found in answer.findings:
            if found.certificate is not None:
                assert check_bytes(canonical_bytes(found.certificate)).outcome is Outcome.ACCEPTED
    if beta == "0.2":
        assert answer.guarantee.startswith("Every beta from 0.19")
    elif answer.findings:
        assert any("clamped at 10" in words for words in answer.configuration.assumptions)


def test_the_clamp_of_the_reward_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "c.sh"
    text = "--algo.advantage.estimator group_norm --rollout.n_samples_per_prompt 8 --algo.kl.init_coef {}"
    for beta, answered in (("0.01", False), ("0.25", True)):
        path.write_text(text.format(beta))
        assert bool(audit(read_configuration(path), (Fraction(1, 10), Fraction(9, 10))).findings) is answered


def test_asking_for_another_weight_asks_the_clamp_again(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(VERL.format("0.3"))
    found = read_configuration(path)
    assert audit(found, (Fraction(1, 10), Fraction(9, 10))).findings
    again = audit(found.at(Fraction(1, 100)), (Fraction(1, 10), Fraction(9, 10)))
    assert [finding.name for finding in again.findings] == ["small-steps"]
    assert "p = 1" in again.sentence
