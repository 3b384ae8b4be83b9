"""Coq's kernel for the tests: the library compiled once, by whichever process comes first, and kept in build/
for as long as neither its texts nor coqc change."""

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


@dataclass(frozen=True)
class Kernel:
    """The compiled library and what its compilation printed."""

    library: Path
    printed: str

    def refusal(self, file: Path, seconds: float = 600) -> str:
        """What coqc says against a file on top of the library; nothing if it is accepted."""
        command = ["coqc", "-w", "none", "-Q", str(self.library), "VerifiedGRPO", str(file)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        return "" if run.returncode == 0 else run.stderr + run.stdout


def kernel() -> Kernel:
    """The compiled library; without coqc, tests/conftest.py leaves out what asks for it, except in CI."""
    if shutil.which("coqc") is None:
        pytest.fail("no coqc: run make coq")
    asked = hashlib.sha256(subprocess.run(["coqc", "--config"], capture_output=True, check=True).stdout)
    asked.update(subprocess.run(["coqc", "--version"], capture_output=True, check=True).stdout)
    for file in sorted(file for file in SOURCES.iterdir() if file.is_file()):
        asked.update(f"{file.name} {len(file.read_bytes())}\0".encode() + file.read_bytes())

    def compiled(build: Path) -> None:
        script = [str(SOURCES / "compile.sh"), str(build)]
        run = subprocess.run(script, capture_output=True, text=True, timeout=1200, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        (build / "printed.txt").write_text(run.stdout)

    build = kept(ROOT / "build" / "tests", f"coq-{asked.hexdigest()[:16]}", compiled)
    return Kernel(build / "library", (build / "printed.txt").read_text())
