"""What the checker knows of the paper: ``python -m verified_grpo.proofs.tables`` writes ``theorems.py`` and
``readings.py`` beside it.

The first lists the theorems of ``proofs/coq`` that statements refer to, with the digests of what they say;
the second the digest of each statement as it was read (the checker's ``paper.py`` says what a reading is).
Whoever changes a statement reads it again before writing this table: the checker takes it on trust.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from verified_grpo.checker.paper import reading
from verified_grpo.work.files import write_bytes

from . import all_statements
from .claims import Open
from .framework import PaperStatement, formal

CHECKER = Path(__file__).parents[1] / "checker"

THEOREMS_HEAD = '''"""The theorems of `proofs/coq` that steps of the paper's statements may refer to.

By file and name, the digest of the statement (with the sections and definitions that give it meaning).
Written by `python -m verified_grpo.proofs.tables`; a test compares it with the files that Coq's kernel
checks.
"""

from __future__ import annotations

THEOREMS: dict[str, dict[str, str]] = {
'''
READINGS_HEAD = '''"""The statements of the paper that were read.

By name, the digest of prose, questions, steps and conclusions. Written by
`python -m verified_grpo.proofs.tables`; `paper.py` says what is taken on trust here.
"""

from __future__ import annotations

READINGS: dict[str, str] = {
'''


def theorems() -> bytes:
    """The table of theorems, as Python."""
    used = {
        (given["file"], given["name"]): given["sha256"]
        for statement in all_statements()
        for step in statement.steps
        if "theorems" in step.because
        for given in step.because["theorems"]
    }
    rows: list[str] = []
    for file, group in groupby(sorted(used.items()), key=lambda entry: entry[0][0]):
        rows += [f'    "{file}": {{', *(f'        "{name}": "{sha}",' for (_, name), sha in group), "    },"]
    return (THEOREMS_HEAD + "\n".join([*rows, "}"]) + "\n").encode("ascii")


def reading_of(statement: PaperStatement) -> str:
    """The digest of a statement as it is written here.

    Raises:
        ValueError: a part's evidence does not close, so that there is no statement to read.
    """
    proofs = []
    for part in statement.parts:
        proof = part.claim.prove()
        if isinstance(proof, Open):
            raise ValueError(f"{statement.item}, part {part.name}: {proof.reason}")
        proofs.append(proof.statement)
    return reading(dict(formal(statement, proofs)))


def readings() -> bytes:
    """The table of readings, as Python."""
    rows = [f'    "{statement.item}": "{reading_of(statement)}",' for statement in all_statements()]
    return (READINGS_HEAD + "\n".join([*sorted(rows), "}"]) + "\n").encode("ascii")


if __name__ == "__main__":
    write_bytes(CHECKER / "theorems.py", theorems())
    write_bytes(CHECKER / "readings.py", readings())
