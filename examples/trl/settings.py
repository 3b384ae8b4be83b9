"""What is run: the settings, each with two seeds. Needs neither torch nor the suite."""

from __future__ import annotations

from dataclasses import dataclass

SEEDS = (1, 2)
PROMPTS = 8
WANTED = (0.02, 0.03, 0.04, 0.05, 0.07, 0.09, 0.12, 0.16)
HARD = (0.001, 0.0015, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05)


@dataclass(frozen=True)
class Setting:
    """Options of ``GRPOConfig`` by their names there, the optimiser, and the length of the answers.

    ``copies``: groups of each prompt in one step; more of them mean less noise, not another limit.
    ``wanted``: the success of each prompt's right answer under the reference, as near as the model's answers
    allow; ``spread``: the standard deviation of the reference's logits.
    """

    name: str
    beta: float
    num_generations: int = 8
    scale_rewards: str = "group"
    use_bias_correction_kl: bool = True
    loss_type: str = "dapo"
    optimizer: str = "adamw"
    learning_rate: float = 1e-4
    tokens: int = 1
    steps: int = 240
    copies: int = 2
    wanted: tuple[float, ...] = WANTED
    spread: float = 1.4


SETTINGS = (
    Setting("beta-2", 2, steps=400, copies=4),
    Setting("beta-1", 1, steps=400, copies=4),
    Setting("beta-0.5", 0.5, steps=400),
    Setting("slow-beta-2", 2, learning_rate=2e-5),
    Setting("k3-beta-2", 2, use_bias_correction_kl=False, steps=300),
    Setting("none-beta-1", 1, scale_rewards="none", steps=300),
    Setting("sgd-beta-2", 2, optimizer="sgd", learning_rate=0.06, steps=300),
    Setting("g16-beta-0.6", 0.6, num_generations=16, wanted=HARD, spread=2.5, steps=500),
    Setting("g4-beta-1", 1, num_generations=4, copies=4),
    Setting("k3-grpo-beta-1", 1, use_bias_correction_kl=False, loss_type="grpo"),
    Setting("cispo-beta-0.4", 0.4, loss_type="cispo"),
    Setting(
        "sgd-none-dr-grpo-beta-1",
        1,
        scale_rewards="none",
        loss_type="dr_grpo",
        optimizer="sgd",
        learning_rate=0.1,
    ),
    Setting("beta-0", 0, steps=120),
    Setting("rate-1e-3", 2, learning_rate=1e-3, steps=160),
    Setting("two-tokens-beta-1", 1, tokens=2),
    Setting("three-tokens-beta-1", 1, tokens=3, steps=320),
    Setting("three-tokens-k3-beta-1", 1, tokens=3, use_bias_correction_kl=False, steps=320),
)
