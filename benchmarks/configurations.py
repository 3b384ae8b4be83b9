"""How many real configuration files are answered: ``python -m benchmarks.configurations FOLDER ...``.

Each folder is a checkout of a repository (or a folder of them). Every file that could configure a run is put
to ``audit --config``, and the table says for each repository how many files name a group-relative run, how
many of them are answered (prompts end at a fixed point, they rise to 1 under the clamped KL, or without one),
refused by the name of a key, or not read, and why; beside them those of another algorithm. Nothing of the
checkouts is executed or written. ``--list`` prints every file with its verdict.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from verified_grpo.audit.configurations import Configuration, read_configuration
from verified_grpo.audit.configurations.answer import audit
from verified_grpo.errors import VerifiedGrpoError
from verified_grpo.rigor.verdicts import PROVED

ENDINGS = {".sh", ".yaml", ".yml", ".json", ".toml", ".py", ".ipynb"}
RELATIVE = re.compile(
    r"GRPOConfig\s*\(|adv(antage)?[_-]estimator\S{0,3}[=:\s]\s*[\"']?(grpo|rloo|dr_grpo|group_norm)"
    r"|rlhf_type\s+grpo|^rl:\s*grpo|^grpo:|grpo_fast|num_generations|num_return_sequences_in_group"
    r"|run_grpo|n_samples_per_prompt|\bgconfig:|group_size\s*=",
    re.MULTILINE,
)
"""What shows that a file may configure a group-relative run."""
CALL = re.compile(r"(?<!class )\bGRPOConfig\s*\(\s*[\w*]")
"""The same of a program."""
HELD, CUT, FREE = "with a fixed point", "rising under a clamped KL", "rising without KL"
REFUSED, OTHER, UNREAD = "refused", "another algorithm", "not read"
NAMED = re.compile(r"(?!no framework)([\w.]+: (line \d+: |a group of )|line \d+: |the parent file )")
"""Refused by the name of a key, a line or a file, as what only a run knows is; other errors name none."""
ANSWERS = (HELD, CUT, FREE)
OTHERS = re.compile(
    r"[:. ](gae|opd|opsd|sft|echo|rae|ebft|no_op|simple_baseline|reinforce\+\+|reinforce_plus_plus)"
    r"(:| is|;)? ?(not covered|covered are)"
)
"""What a refusal says of a file that asks for another algorithm, whose advantages are no group's."""
P_REF = (Fraction(1, 1000), Fraction(999, 1000))
"""The prompts, as ``audit --config`` asks about them."""


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
        reason = str(error).removeprefix(f"{path}: ")
        return Verdict(path, "", REFUSED if NAMED.match(reason) else UNREAD, reason)
    if not found.computable:
        other = OTHERS.search(found.verdict)
        return Verdict(path, found.framework, OTHER if other else REFUSED, found.verdict)
    answer = _answer(found.contrast, found.eps, found.beta, found.kernel, found.clamps, found.dropped)
    if answer.stepping is None or answer.verdict != PROVED:
        return Verdict(path, found.framework, REFUSED, answer.sentence)
    free = CUT if found.beta else FREE
    return Verdict(path, found.framework, HELD if answer.stepping.limit else free, "")


@cache
def _answer(contrast, eps, beta, kernel, clamps, dropped):  # type: ignore[no-untyped-def]
    """Many files ask for one variant."""
    return audit(
        Configuration("", "", "", contrast, beta, eps, kernel, (), (), (), clamps, dropped=dropped), P_REF
    )


def table(folder: Path, verdicts: list[Verdict], *, listed: bool) -> str:
    """The counts of one checkout, and the reasons, most frequent first."""
    lines = [f"{folder.name}: {counted(verdicts)}"]
    for found in verdicts if listed else ():
        said = f": {found.reason}" if found.reason else ""
        lines.append(f"  {found.path.relative_to(folder)}: {found.framework or '-'} {found.kind}{said}")
    for kind in (REFUSED, OTHER, UNREAD):
        reasons = Counter(_kind_of(found.reason) for found in verdicts if found.kind == kind)
        lines += [f"  {count:4} {kind}: {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines)


def counted(verdicts: list[Verdict]) -> str:
    """How many of each kind, and the shares of those that configure a group-relative run."""
    kinds = Counter(found.kind for found in verdicts)
    answered = sum(kinds[kind] for kind in ANSWERS)
    said, all_of = answered + kinds[REFUSED], len(verdicts) - kinds[OTHER]
    shown = ", ".join(f"{kinds[kind]} {kind}" for kind in ANSWERS)
    shares = f"{_share(answered, all_of)} answered, {_share(said, all_of)} answered or refused by name"
    return (
        f"{all_of} files: {answered} answered ({shown}), {kinds[REFUSED]} refused, {kinds[UNREAD]} not read; "
        f"{shares}; beside them {kinds[OTHER]} of {OTHER}"
    )


def _share(some: int, all_of: int) -> str:
    return f"{100 * some // all_of} %" if all_of else "none"


def _kind_of(reason: str) -> str:
    """A reason without what differs from file to file."""
    return re.sub(r"\d+", "N", re.sub(r"'[^']*'", "'...'", reason))[:110]


def main() -> None:
    """Print the table of each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="every file with its verdict")
    asked = parser.parse_args()
    every: list[Verdict] = []
    for folder in asked.folders:
        verdicts = [verdict(path) for path in files(folder)]
        every += verdicts
        sys.stdout.write(table(folder, verdicts, listed=asked.list) + "\n")
    sys.stdout.write(f"all: {counted(every)}\n")


if __name__ == "__main__":
    main()
