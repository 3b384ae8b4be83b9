"""TRL's own ``GRPOTrainer`` on the CPU, on a small model made from its configuration; nothing is downloaded.

    python examples/trl/train.py [NAME ...] [--seed SEED] [--out FOLDER] [--again]

It writes one file a run, `NAME-SEED.json`: the reference's success for each prompt, and block by block the
success of the policy (computed exactly from its probabilities after each step, averaged over the block)
beside the successes that were sampled. Runs whose file exists are skipped.

The model knows 16 symbols. A prompt is one of them, an answer is 1, 2 or 3 of them, and one answer is right.
No symbol ends an answer early, so all answers of a run have one length.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import torch
import transformers
import trl
from datasets import Dataset
from settings import PROMPTS, SEEDS, SETTINGS, Setting
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

SYMBOLS = 16
BLOCKS = 80


def tokenizer() -> PreTrainedTokenizerFast:
    """One word a symbol; the marks for padding and for the end lie outside of what the model can say."""
    words = {f"s{k}": k for k in range(SYMBOLS)} | {"<end>": SYMBOLS}
    made = Tokenizer(WordLevel(words, unk_token="<end>"))
    made.pre_tokenizer = WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=made, eos_token="<end>", pad_token=f"s{SYMBOLS - 1}", padding_side="left"
    )


def model(seed: int, spread: float) -> LlamaForCausalLM:
    """Two layers, made from the configuration; the head is scaled so that logits spread as told."""
    torch.manual_seed(seed)
    made = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=SYMBOLS,
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=8,
            bos_token_id=None,
            eos_token_id=None,
            pad_token_id=SYMBOLS - 1,
            initializer_range=0.1,
        )
    )
    with torch.no_grad():
        logits = made(torch.arange(PROMPTS).unsqueeze(1)).logits
        made.lm_head.weight *= spread / logits.std()
    return made.eval()


@torch.no_grad()
def log_probabilities(policy: torch.nn.Module, prompts: list[int], answers: torch.Tensor) -> torch.Tensor:
    """Of each answer (a row) to its prompt, token by token, at temperature 1, in double precision."""
    tokens = torch.cat([torch.tensor(prompts).unsqueeze(1), answers], dim=1)
    logits = policy(tokens).logits[:, :-1].double()
    return logits.log_softmax(-1).gather(2, tokens[:, 1:].unsqueeze(2)).squeeze(2)


def targets(reference: LlamaForCausalLM, setting: Setting) -> torch.Tensor:
    """For each prompt the answer whose probability is nearest to what is wanted, on the scale of log-odds.

    Of answers of several symbols those with a symbol twice, or the prompt's own, are left out: after "s2" and
    after "s2 s2" attention sees the same, so that the network has one distribution for both.
    """
    every = torch.tensor(list(itertools.product(range(SYMBOLS), repeat=setting.tokens)))
    chosen = []
    for prompt, wanted in enumerate(setting.wanted):
        p = log_probabilities(reference, [prompt] * len(every), every).sum(1).exp()
        distance = (p.logit() - torch.tensor(wanted).logit()).abs()
        if setting.tokens > 1:
            distance[[len({prompt, *answer}) <= setting.tokens for answer in every.tolist()]] = torch.inf
        chosen.append(every[distance.argmin()])
    return torch.stack(chosen)


class Observer(TrainerCallback):
    """Counts what was sampled, computes what the policy would answer, and adds both up in blocks."""

    def __init__(self, right: torch.Tensor, steps: int) -> None:
        self.right, self.block = right, max(1, steps // BLOCKS)
        self.rows: list[dict[str, Any]] = []
        self._clear()

    def _clear(self) -> None:
        self.p = torch.zeros(PROMPTS, dtype=torch.double)
        self.hits, self.tries = [0] * PROMPTS, [0] * PROMPTS

    def reward(self, prompts: list[str], completion_ids: list[list[int]], **_: Any) -> list[float]:
        """1 for the right answer, 0 for every other."""
        rewards = []
        for prompt, answer in zip(prompts, completion_ids, strict=True):
            k = int(prompt[1:])
            hit = answer == self.right[k].tolist()
            self.hits[k] += hit
            self.tries[k] += 1
            rewards.append(float(hit))
        return rewards

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any = None, **_: Any) -> None:
        """After each optimiser step."""
        self.p += log_probabilities(model, list(range(PROMPTS)), self.right).sum(1).exp()
        if state.global_step % self.block == 0:
            p = [round(x, 6) for x in (self.p / self.block).tolist()]
            self.rows.append({"step": state.global_step, "p": p, "hits": self.hits, "tries": self.tries})
            self._clear()


def arguments(setting: Setting, seed: int, folder: str) -> GRPOConfig:
    """TRL's configuration of a setting; what is not named here has TRL's default value."""
    return GRPOConfig(
        output_dir=folder,
        beta=setting.beta,
        num_generations=setting.num_generations,
        scale_rewards=setting.scale_rewards,
        use_bias_correction_kl=setting.use_bias_correction_kl,
        loss_type=setting.loss_type,
        learning_rate=setting.learning_rate,
        max_completion_length=setting.tokens,
        per_device_train_batch_size=PROMPTS * setting.copies * setting.num_generations,
        max_steps=setting.steps,
        seed=seed,
        # No decay: an average over the last half asks for a policy that is at rest.
        lr_scheduler_type="constant",
        # A clipped gradient is another gradient on average; AdamW keeps the default.
        **({"optim": "sgd", "max_grad_norm": 0.0} if setting.optimizer == "sgd" else {}),
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        report_to="none",
        logging_strategy="no",
        save_strategy="no",
        disable_tqdm=True,
    )


def run(setting: Setting, seed: int) -> dict[str, Any]:
    """One run, from the model's making to the log."""
    with tempfile.TemporaryDirectory() as folder:
        reference = model(seed, setting.spread)
        right = targets(reference, setting)
        steps = log_probabilities(reference, list(range(PROMPTS)), right)
        reference.save_pretrained(folder)
        observer = Observer(right, setting.steps)
        rows = [{"prompt": f"s{k}"} for _ in range(setting.copies) for k in range(PROMPTS)]
        trainer = GRPOTrainer(
            model=folder,
            reward_funcs=observer.reward,
            args=arguments(setting, seed, folder),
            train_dataset=Dataset.from_list(rows),
            processing_class=tokenizer(),
            callbacks=[observer],
        )
        trainer.train()
    return {
        "setting": setting.name,
        "seed": seed,
        "versions": {lib.__name__: lib.__version__ for lib in (torch, transformers, trl)},
        "block": observer.block,
        "p_ref_tokens": [[f"{x:.9f}" for x in row] for row in steps.exp().tolist()],
        "p_ref": [f"{x:.9f}" for x in steps.sum(1).exp().tolist()],
        "rows": observer.rows,
    }


def written(log: dict[str, Any]) -> str:
    """JSON with one block a line."""
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in log.pop("rows"))
    head = json.dumps(log, indent=1)
    return f'{head[:-2]},\n "rows": [\n{rows}\n]}}\n'


def main() -> None:
    """The runs that are asked for, one after the other."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("names", nargs="*", help="settings, or all")
    words.add_argument("--out", type=Path, default=Path(__file__).parent / "logs")
    words.add_argument("--seed", type=int, choices=SEEDS, help="one seed, if not both")
    words.add_argument("--again", action="store_true", help="run what has a log already, too")
    asked = words.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for seed in [asked.seed] if asked.seed else SEEDS:
        for setting in SETTINGS:
            file = asked.out / f"{setting.name}-{seed}.json"
            if (asked.names and setting.name not in asked.names) or (file.exists() and not asked.again):
                continue
            began = time.monotonic()
            text = written(run(setting, seed))
            beside = file.with_suffix(".part")
            beside.write_text(text)
            beside.rename(file)
            sys.stderr.write(f"{file.name}: {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
