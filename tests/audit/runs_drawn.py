"""Logs drawn from small steps, in every clothes that trainers write them in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import exp
from pathlib import Path
from random import Random

import polars as pl

Row = tuple[int, str, int]
"""Step, prompt and reward."""


def drawn(
    starts: list[float], steps: int, group: int, size: float, *, seed: int = 1, first: int = 1
) -> Iterator[Row]:
    """Under mean-only advantages without KL every step adds as much to the log-odds."""
    source = Random(seed)
    for step in range(steps):
        for i, start in enumerate(starts):
            p = 1 / (1 + exp(-(start + size * step)))
            for _ in range(group):
                yield first + step, f"p{i}", int(source.random() < p)


def as_csv(path: Path, rows: list[Row]) -> Path:
    path.write_text("step,prompt,reward\n" + "".join(f"{s},{p},{r}\n" for s, p, r in rows))
    return path


def as_verl(folder: Path, rows: list[Row]) -> Path:
    """A file a step."""
    for step in dict.fromkeys(row[0] for row in rows):
        lines = [
            json.dumps({"input": p, "output": "x", "gts": "y", "score": float(r), "step": s})
            for s, p, r in rows
            if s == step
        ]
        (folder / f"{step}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def as_open_instruct(path: Path, rows: list[Row]) -> Path:
    """Rewards of 10, prompts by their numbers."""
    lines = [
        json.dumps({"step": s, "prompt_idx": int(p[1:]), "reward": 10.0 * r, "advantage": 0.5})
        for s, p, r in rows
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def as_trl(folder: Path, rows: list[Row], **more: list[float]) -> Path:
    """Completions as Parquet, a file a step, chats as prompts, one reward function."""
    for step in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == step]
        frame = {
            "step": [step] * len(own),
            "prompt": [[{"role": "user", "content": p}] for _, p, _ in own],
            "completion": [[{"role": "assistant", "content": "x"}] for _ in own],
            "accuracy_reward": [float(r) for *_, r in own],
            **{name: values * len(own) for name, values in more.items()},
            "advantage": [0.0] * len(own),
        }
        pl.DataFrame(frame).write_parquet(folder / f"completions_{step:05}.parquet")
    return folder
