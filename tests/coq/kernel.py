"""Coq's kernel for the tests: the library that `make coq` compiled, if it is of the same texts and coqc; else
compiled once, by whichever process comes first, and kept in build/ for as long as neither changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.shared import kept

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "proofs" / "coq"
WORDS = ("--version", "--config")


@dataclass(frozen=True)
class Kernel:
    """The compiled library, and what was printed when it, and what is on top of it, was compiled."""

    library: Path
    printed: str

    def refusal(self, file: Path, seconds: float = 600) -> str:
        """What coqc says against a file on top of the library; nothing if it is accepted."""
        command = ["coqc", "-w", "none", "-Q", str(self.library), "VerifiedGRPO", str(file)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        return "" if run.returncode == 0 else run.stderr + run.stdout


def made_of(sources: Path = SOURCES) -> str:
    """What the library is compiled from, as compile.sh writes it down: coqc, and the digest of every text."""
    words = (subprocess.run(["coqc", word], capture_output=True, text=True, check=True) for word in WORDS)
    files = [*sorted(sources.glob("*.sh")), *sorted(sources.glob("*.v"))]
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    return "".join([*(ran.stdout for ran in words), *lines])


def kernel() -> Kernel:
    """The compiled library; without coqc, tests/conftest.py leaves out what asks for it, except in CI."""
    if shutil.which("coqc") is None:
        pytest.fail("no coqc: run make coq")
    wanted = made_of()

    def compiled(build: Path) -> None:
        script = [str(SOURCES / "compile.sh"), str(build)]
        run = subprocess.run(script, capture_output=True, text=True, timeout=1200, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        assert (build / "made-of").read_text() == wanted

    made = ROOT / "build" / "coq"  # by `make coq`
    if not (made / "made-of").exists() or (made / "made-of").read_text() != wanted:
        name = f"coq-{hashlib.sha256(wanted.encode()).hexdigest()[:16]}"
        made = kept(ROOT / "build" / "tests", name, compiled)
    return Kernel(made / "library", (made / "printed").read_text())
