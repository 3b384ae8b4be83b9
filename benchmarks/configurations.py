"""How many real configuration files are answered: ``python -m benchmarks.configurations FOLDER ...``.

Each folder is a checkout of a repository (or a folder of them). Every file that could configure a run is put
to ``audit --config``, and the table says for each repository how many files name a group-relative run, how
many of them are answered (prompts end at a fixed point, they rise to 1 under the clamped KL, or without one),
refused by the name of a key, or not read, and why; how many of the answers rest on a condition that no file
tells; beside them those of another algorithm, and programs that only write about such a run. Nothing of the
checkouts is executed or written. ``--list`` prints every file with its verdict, ``--out`` writes the counts,
by the names of the folders: ``OWNER+NAME@commit`` says which state was counted.
"""

from __future__ import annotations

import argparse
import json
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
NOTHING = "programs without a configuration"
CALLS_NOTHING = "a Python program without a call of GRPOConfig(...)"
"""Of a program that has the words in a text or a comment alone."""
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
    conditional: bool = False


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
        found = read_configuration(path, conditional=True)
    except VerifiedGrpoError as error:
        reason = str(error).removeprefix(f"{path}: ")
        unread = NOTHING if reason.startswith(CALLS_NOTHING) else UNREAD
        return Verdict(path, "", REFUSED if NAMED.match(reason) else unread, reason)
    if not found.computable:
        other = OTHERS.search(found.verdict)
        return Verdict(path, found.framework, OTHER if other else REFUSED, found.verdict)
    answer = _answer(
        found.contrast, found.eps, found.beta, found.kernel, found.clamps, found.dropped, found.place
    )
    if answer.stepping is None or answer.verdict != PROVED:
        return Verdict(path, found.framework, REFUSED, answer.sentence)
    free = CUT if found.beta else FREE
    kind = HELD if answer.stepping.limit else free
    return Verdict(
        path, found.framework, kind, "; ".join(c.words for c in found.conditions), bool(found.conditions)
    )


@cache
def _answer(contrast, eps, beta, kernel, clamps, dropped, place):  # type: ignore[no-untyped-def]
    """Many files ask for one variant."""
    variant = Configuration(
        "", "", "", contrast, beta, eps, kernel, (), (), (), clamps, dropped=dropped, place=place
    )
    return audit(variant, P_REF)


def table(folder: Path, verdicts: list[Verdict], *, listed: bool) -> str:
    """The counts of one checkout, and the reasons, most frequent first."""
    lines = [f"{folder.name}: {in_words(counted(verdicts))}"]
    for found in verdicts if listed else ():
        said = f": {found.reason}" if found.reason else ""
        lines.append(f"  {found.path.relative_to(folder)}: {found.framework or '-'} {found.kind}{said}")
    for kind in (REFUSED, OTHER, UNREAD):
        reasons = Counter(_kind_of(found.reason) for found in verdicts if found.kind == kind)
        lines += [f"  {count:4} {kind}: {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines)


def counted(verdicts: list[Verdict]) -> dict[str, int]:
    """How many of each kind; ``files`` are those that configure a group-relative run."""
    kinds = Counter(found.kind for found in verdicts)
    return {
        "files": len(verdicts) - kinds[OTHER] - kinds[NOTHING],
        "answered": sum(kinds[kind] for kind in ANSWERS),
        "conditional": sum(found.conditional for found in verdicts),
        **{kind: kinds[kind] for kind in (*ANSWERS, REFUSED, UNREAD, OTHER, NOTHING)},
    }


def in_words(counts: dict[str, int]) -> str:
    """The counts and their shares in a line."""
    answered, all_of = counts["answered"], counts["files"]
    shown = ", ".join(f"{counts[kind]} {kind}" for kind in ANSWERS)
    named = _share(answered + counts[REFUSED], all_of)
    shares = f"{_share(answered, all_of)} answered, {named} answered or refused by name"
    return (
        f"{all_of} files: {answered} answered ({shown}; {counts['conditional']} of them under a condition), "
        f"{counts[REFUSED]} refused, {counts[UNREAD]} not read; {shares}; "
        f"beside them {counts[OTHER]} of {OTHER}, {counts[NOTHING]} {NOTHING}"
    )


def written(rows: dict[str, dict[str, int]]) -> str:
    """The counts as JSON, a checkout to a line."""
    lines = ",\n ".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    return f"{{\n {lines}\n}}\n"


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
    parser.add_argument("--out", type=Path, help="a JSON file for the counts of each checkout")
    asked = parser.parse_args()
    every: list[Verdict] = []
    rows: dict[str, dict[str, int]] = {}
    for folder in asked.folders:
        verdicts = [verdict(path) for path in files(folder)]
        every += verdicts
        rows[folder.name] = counted(verdicts)
        sys.stdout.write(table(folder, verdicts, listed=asked.list) + "\n")
    sys.stdout.write(f"all: {in_words(counted(every))}\n")
    if asked.out is not None:
        asked.out.write_text(written({**rows, "all": counted(every)}), encoding="utf-8")


if __name__ == "__main__":
    main()
