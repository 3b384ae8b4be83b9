"""prime-rl's keys: the sections ``orchestrator`` and ``trainer.loss``."""

from __future__ import annotations

from ..keys import Table, changing, modelled, neutral

CONFIGS = "packages/prime-rl-configs/src/prime_rl/configs"
ORCHESTRATOR, ALGORITHM, TRAINER = (
    f"{CONFIGS}/{name}.py" for name in ("orchestrator", "algorithm", "trainer")
)
P, L = "orchestrator", "trainer.loss"

TABLE = Table(
    name="prime_rl",
    repository="PrimeIntellect-ai/prime-rl",
    commit="559b4477",
    executed=("559b4477",),
    signs=(f"{P}.", f"{L}."),
    spaces=(f"{P}.", f"{L}."),
    keys=(
        modelled(
            ORCHESTRATOR,
            f"{P}.group_size",
            "1",
            "completions a prompt",
            f"{P}.rollouts_per_example",
            decisive=True,
        ),
        modelled(ALGORITHM, f"{P}.algo.type", "grpo", "how advantages are made"),
        modelled(TRAINER, f"{L}.type", "default", "the loss"),
        modelled(TRAINER, f"{L}.adv_tau", "1.0", "scale of the advantage"),
        modelled(TRAINER, f"{L}.kl_tau", "1e-3", "a penalty towards the policy that sampled"),
        changing(
            ALGORITHM, f"{P}.algo.length_penalty.", "long answers are punished, so rewards are not 0 or 1"
        ),
        changing(ALGORITHM, f"{P}.advantage.", "another version's advantages"),
        changing(TRAINER, f"{L}.import_path", "the loss is made elsewhere"),
        *neutral(
            TRAINER,
            "where tokens that moved far are masked; none are on-policy",
            f"{L}.dppo_mask_low",
            f"{L}.dppo_mask_high",
            f"{L}.ipo_threshold",
        ),
        *neutral(
            ORCHESTRATOR,
            "without a KL it changes the pace alone",
            f"{P}.train.filter_zero_advantages",
        ),
        *neutral(
            ORCHESTRATOR,
            "the environments, batches, the server that samples, evaluation",
            f"{P}.train.",
            f"{P}.env.",
            f"{P}.batch_size",
            f"{P}.token_batch_size",
            f"{P}.seq_len",
            f"{P}.max_steps",
            f"{P}.max_async_level",
            f"{P}.max_off_policy_steps",
            f"{P}.oversampling_factor",
            f"{P}.sampling.",
            f"{P}.model.",
            f"{P}.client.",
            f"{P}.eval.",
            f"{P}.buffer.",
            f"{P}.wandb.",
            f"{P}.log.",
            f"{P}.ckpt.",
            f"{P}.seed",
        ),
    ),
)
