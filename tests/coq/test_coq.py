"""The library of `proofs/coq` by Coq's kernel, and what the kernel must refuse."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[2] / "proofs" / "coq"
HEADER = """From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Amplification Slope Counting Existence Bmax.
Open Scope R_scope.
"""
FOUR = {"sig_forall_dec", "sig_not_dec", "functional_extensionality_dep", "classic"}
TRUE = "Goal forall r e L, 0 < e -> gap r 1 e L = 0 -> sigma r < sigma L.\n"
FALSE = "Goal forall r e L, 0 < e -> gap r 1 e L = 0 -> sigma L < sigma r.\n"
AMPLIFIES = "Proof. intros. apply (amplification r 1 e L); (assumption || lra). Qed.\n"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The compiled library and what the compilation printed."""
    if shutil.which("coqc") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no coqc: run make coq")
        pytest.skip("no coqc: make coq installs it")
    build = tmp_path_factory.mktemp("coq")
    script = [str(LIBRARY / "compile.sh"), str(build)]
    run = subprocess.run(script, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return build / "library", run.stdout


def accepted(build: Path, text: str) -> bool:
    """Whether coqc takes this file on top of the library."""
    file = build / "trial.v"
    file.write_text(HEADER + text)
    command = ["coqc", "-w", "none", "-Q", ".", "VerifiedGRPO", file.name]
    return subprocess.run(command, cwd=build, capture_output=True, timeout=120, check=False).returncode == 0


def test_library_compiles_and_names_its_axioms(compiled: tuple[Path, str]) -> None:
    lines = compiled[1].splitlines()
    assert set(lines[-1].removeprefix("axioms: ").split()) == FOUR
    assert sum(": accepted" in line for line in lines) == len(list(LIBRARY.glob("*.v")))


def test_nothing_is_admitted() -> None:
    for file in LIBRARY.glob("*.v"):
        assert not any(word in file.read_text() for word in ("Admitted", "Axiom ", "admit", "Parameter ")), (
            file
        )


def test_a_true_consequence_is_accepted_and_its_reverse_refused(compiled: tuple[Path, str]) -> None:
    assert accepted(compiled[0], TRUE + AMPLIFIES)
    assert not accepted(compiled[0], FALSE + AMPLIFIES)


@pytest.mark.parametrize(("factor", "outcome"), [("27", True), ("28", False)])
def test_a_wrong_constant_is_refused(compiled: tuple[Path, str], factor: str, outcome: bool) -> None:
    left = f"(1 - t + 4 * e)^3 - {factor} * e * (1 + 4 * e)^2 * t * (1 - t)^2"
    right = "(1 - t + e * (4 - 3 * t)) * ((1 + 12 * e) * t - (1 + 4 * e))^2"
    assert (
        accepted(compiled[0], f"Goal forall t e, {left} = {right}.\nProof. intros. ring. Qed.\n") is outcome
    )
