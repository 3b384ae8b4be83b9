"""Coq's kernel for the tests: the library that `make coq` compiled, if it is of the same texts and coqc; else
compiled once, by whichever process comes first, and kept in build/ for as long as neither changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests.shared import kept

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "proofs" / "coq"
WORDS = ("--version", "--config")


LOADED = "From Coq Require Reals Lra Lia. From Coquelicot Require Coquelicot. From Interval Require Tactic."
REFUSED, ACCEPTED = "The command has indeed failed with message:", "The command has not failed!"
NOT_OF_THE_KERNEL = ("Syntax error", "was not found", "physical path")


@dataclass(frozen=True)
class Kernel:
    """The compiled library, what was printed when it, and what is on top of it, was compiled, and a process
    of Coq that has read what all files are built on."""

    library: Path
    printed: str
    process: subprocess.Popen[str]

    def refusal(self, file: Path, seconds: float = 600) -> str:
        """What Coq says against a file on top of the library; nothing if it is accepted. Whatever it says, it
        goes back to where it was, which is what `Fail` does, so that no file is built on another."""
        late = threading.Timer(seconds, self.process.kill)
        late.start()
        try:
            said = self._answer(f'Fail Load "{file.with_suffix("")}".', f"end_of_{file.stem}")
        finally:
            late.cancel()
        assert (REFUSED in said) is not (ACCEPTED in said), said
        assert not any(words in said for words in NOT_OF_THE_KERNEL), said
        return said.split(REFUSED)[1] if REFUSED in said else ""

    def _answer(self, sentence: str, end: str) -> str:
        """What is printed, up to the line that names the end."""
        into, out = _open(self.process.stdin), _open(self.process.stdout)
        into.write(f"{sentence}\nLocate {end}.\n")
        into.flush()
        lines: list[str] = []
        for line in out:
            if end in line:
                return "".join(lines)
            lines.append(line)
        return pytest.fail(f"Coq ended: {''.join(lines)}")


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def made_of(sources: Path = SOURCES) -> str:
    """What the library is compiled from, as compile.sh writes it down: coqc, and the digest of every text."""
    words = (subprocess.run(["coqc", word], capture_output=True, text=True, check=True) for word in WORDS)
    files = [*sorted(sources.glob("*.sh")), *sorted(sources.glob("*.v"))]
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    return "".join([*(ran.stdout for ran in words), *lines])


def compiled() -> Path:
    """The folder of the library by `make coq`, or compiled now; without coqc, tests/conftest.py leaves out
    what asks for it, except in CI."""
    if shutil.which("coqc") is None:
        pytest.fail("no coqc: run make coq")
    wanted = made_of()

    def compile_into(build: Path) -> None:
        script = [str(SOURCES / "compile.sh"), str(build)]
        run = subprocess.run(script, capture_output=True, text=True, timeout=1200, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        assert (build / "made-of").read_text() == wanted

    made = ROOT / "build" / "coq"
    if (made / "made-of").exists() and (made / "made-of").read_text() == wanted:
        return made
    name = f"coq-{hashlib.sha256(wanted.encode()).hexdigest()[:16]}"
    return kept(ROOT / "build" / "tests", name, compile_into)


@contextmanager
def kernel() -> Iterator[Kernel]:
    """The library, and the process, which ends in the end."""
    made = compiled()
    command = ["coqtop", "-q", "-w", "none", "-Q", str(made / "library"), "VerifiedGRPO"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        _open(process.stdin).write(f"{LOADED}\n")
        yield Kernel(made / "library", (made / "printed").read_text(), process)
