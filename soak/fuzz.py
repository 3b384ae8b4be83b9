"""Coverage-guided fuzzing (atheris) of everything that reads foreign bytes.

Each target (`fuzz_targets.py`) is started in a process of its own for its share of the budget; what libFuzzer
reports of it is read here.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.checker.corpus import files

from .fuzz_targets import TARGETS
from .ledger import ROOT, Entry

FILES = (
    "verified_grpo/checker/*.py",
    "verified_grpo/intervals/exact.py",
    "verified_grpo/audit/*.py",
    "soak/fuzz*.py",
)
LONGEST = 1 << 14

SEEDS = {
    "certificate": ("reports/certificates/[!.]*.json",),
    "number": (),
    "configuration": ("tests/**/*.yaml", "tests/**/*.yml"),
}
CONFIGURATIONS = (
    "beta: 0.04\nnum_generations: 8\nscale_rewards: true\nloss_type: grpo\n",
    "algorithm:\n  adv_estimator: grpo\n  norm_adv_by_std_in_grpo: True\nactor_rollout_ref:\n  actor:\n"
    "    use_kl_loss: True\n    kl_loss_coef: 1e-3\n    kl_loss_type: low_var_kl\n  rollout:\n    n: 5\n",
    '{"beta": 0.04, "num_generations": 8, "scale_rewards": "group"}',
    "python train.py --init_kl_coef 1e-3 --advantage_estimator group_norm --n_samples_per_prompt 8\n",
    "a: &x [1, 2]\nb: *x\nc: ${a}\nd: ${oc.env:HOME}\ne: !!python/object/apply:os.system ['true']\n",
)
NUMBERS = ("0", "-1", "3/10", "0.04", "1e-5", "1.5e-10000", "-7/3", "12e20000", "1e5", " 2 ", "+.5", "-0")


def run(entry: Entry, seed: int, budget: float) -> Iterator[str]:
    """Each target for its share of the budget, with a seed of its own each time."""
    rows = entry.setdefault("rows", {})
    for name in TARGETS:
        row = rows.setdefault(name, {"turns": 0, "inputs": 0, "findings": []})
        done = _turn(name, seed + row["turns"], max(1, int(budget / len(TARGETS))))
        row["turns"] += 1
        row["inputs"] += _read(done, r"stat::number_of_executed_units:\s*(\d+)")
        row["branches"] = max(row.get("branches", 0), _read(done, r" cov: (\d+)"))
        if done.returncode:
            row["findings"].append((done.stdout + done.stderr)[-2000:])
        yield f"fuzz: {name}: {row['inputs']:,} inputs, {len(row['findings'])} findings"


def _turn(name: str, seed: int, seconds: int) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for k, data in enumerate(_seeds(name)):
            (corpus / str(k)).write_bytes(data)
        options = [f"-seed={seed + 1}", f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60"]
        command = [
            sys.executable,
            "-m",
            "soak.fuzz_targets",
            name,
            *options,
            "-print_final_stats=1",
            str(corpus),
        ]
        return subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds + 300,
            check=False,
            errors="replace",
        )


def _seeds(name: str) -> Iterator[bytes]:
    if name == "certificate":
        yield from (data for _, data in files().values() if len(data) < LONGEST)
    if name == "number":
        yield from (text.encode() for text in NUMBERS)
    if name == "configuration":
        yield from (text.encode() for text in CONFIGURATIONS)
    for pattern in SEEDS[name]:
        yield from (path.read_bytes() for path in sorted(ROOT.glob(pattern)) if path.stat().st_size < LONGEST)


def _read(done: subprocess.CompletedProcess[str], pattern: str) -> int:
    found = re.findall(pattern, done.stdout + done.stderr)
    return int(found[-1]) if found else 0
