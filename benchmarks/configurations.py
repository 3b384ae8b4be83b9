"""How many real configuration files are answered: ``python -m benchmarks.configurations FOLDER ...``.

Each folder is a checkout of a repository (or a folder of them). Every file that could configure a run is put
to ``audit --config``'s reader, and the table says for each repository how many files name a group-relative
run, how many of them are answered with numbers, answered as without KL, beyond a clamp of the KL's estimate,
refused by the name of a key, or not read, and why. Nothing
of the checkouts is executed or written. ``--list`` prints every file with its verdict.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from verified_grpo.audit.configurations import read_configuration
from verified_grpo.errors import VerifiedGrpoError

ENDINGS = {".sh", ".yaml", ".yml", ".json", ".toml", ".py", ".ipynb"}
RELATIVE = re.compile(
    r"GRPOConfig\s*\(|adv(antage)?_estimator\S{0,3}[=:\s]\s*[\"']?(grpo|rloo|dr_grpo|group_norm)"
    r"|rlhf_type\s+grpo|^rl:\s*grpo|^grpo:|grpo_fast|num_generations|num_return_sequences_in_group"
    r"|run_grpo|n_samples_per_prompt|\bgconfig:|group_size\s*=",
    re.MULTILINE,
)
"""What shows that a file may configure a group-relative run."""
CALL = re.compile(r"\bGRPOConfig\s*\(\s*[\w*]")
"""The same of a program."""
ANSWERED, FREE, CUT, REFUSED, UNREAD = "answered", "without KL", "beyond a clamp", "refused", "not read"
KINDS = (ANSWERED, FREE, CUT, REFUSED, UNREAD)
LEAST = Fraction(1, 1000)
"""The least p_ref of a prompt, as ``audit --config`` asks it."""


@dataclass(frozen=True)
class Verdict:
    """What became of one file."""

    path: Path
    framework: str
    kind: str
    reason: str


def files(folder: Path) -> Iterator[Path]:
    """The files that may configure a group-relative run."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in ENDINGS or not path.is_file() or "tests" in path.parts:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if (CALL if path.suffix in (".py", ".ipynb") else RELATIVE).search(text):
            yield path


def verdict(path: Path) -> Verdict:
    """Read one file."""
    try:
        found = read_configuration(path)
    except VerifiedGrpoError as error:
        return Verdict(path, "", UNREAD, str(error).removeprefix(f"{path}: "))
    if not found.computable:
        return Verdict(path, found.framework, REFUSED, found.verdict)
    if not found.beta:
        return Verdict(path, found.framework, FREE, "")
    cut = found.within_clamps(LEAST)
    return Verdict(path, found.framework, ANSWERED if cut.computable else CUT, cut.verdict)


def table(folder: Path, *, listed: bool) -> str:
    """The counts of one checkout, and the reasons, most frequent first."""
    verdicts = [verdict(path) for path in files(folder)]
    kinds = Counter(found.kind for found in verdicts)
    lines = [f"{folder.name}: {len(verdicts)} files, " + ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS)]
    for found in verdicts if listed else ():
        said = f": {found.reason}" if found.reason else ""
        lines.append(f"  {found.path.relative_to(folder)}: {found.framework or '-'} {found.kind}{said}")
    for kind in (CUT, REFUSED, UNREAD):
        reasons = Counter(_kind_of(found.reason) for found in verdicts if found.kind == kind)
        lines += [f"  {count:4} {kind}: {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines)


def _kind_of(reason: str) -> str:
    """A reason without what differs from file to file."""
    return re.sub(r"\d+", "N", re.sub(r"'[^']*'", "'...'", reason))[:110]


def main() -> None:
    """Print the table of each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="every file with its verdict")
    asked = parser.parse_args()
    for folder in asked.folders:
        sys.stdout.write(table(folder, listed=asked.list) + "\n")


if __name__ == "__main__":
    main()
