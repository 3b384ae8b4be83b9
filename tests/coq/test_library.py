"""The library of `proofs/coq` by Coq's kernel, its axioms, and that what is said of it is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .kernel import SOURCES, Kernel, made_of

FOUR = {"sig_forall_dec", "sig_not_dec", "functional_extensionality_dep", "classic"}
MANUAL = Path(__file__).parents[2] / "docs" / "coq.md"
PROVED = re.compile(r"^(?:Theorem|Lemma|Corollary) ([\w']+)", re.M)
DEFINED = re.compile(r"^(?:Definition|Fixpoint) ([\w']+)", re.M)


def test_every_file_is_accepted_and_the_axioms_are_the_four(coq: Kernel) -> None:
    lines = coq.printed.splitlines()
    files = {file.stem: file for file in SOURCES.glob("*.v")}
    accepted = [line.split(":")[0] for line in lines if ": accepted" in line]
    assert sorted(accepted[: len(files)]) == sorted(files)  # after them certificates' twins, a theorem each
    assert set(lines[-1].removeprefix("axioms: ").split()) == FOUR
    theorems = sum(len(PROVED.findall(file.read_text())) for file in files.values())
    assert lines[-2] == f"theorems: {theorems + len(accepted) - len(files)}"


def test_every_file_opens_with_what_it_is_about() -> None:
    for file in SOURCES.glob("*.v"):
        opening = file.read_text().split("*)")[0]
        assert opening.startswith("(** * "), file.name
        assert "\n\n    " in opening, file.name


def test_every_theorem_that_the_manual_names_is_in_the_file_it_names() -> None:
    rows = re.findall(r"^\| (.+?) \| `(\w+\.v)` \|", MANUAL.read_text(), re.M)
    assert len(rows) > 30
    for names, file in rows:
        text = (SOURCES / file).read_text()
        there = set(PROVED.findall(text)) | set(DEFINED.findall(text))
        named = set(re.findall(r"`([\w']+)`", names))
        assert named
        assert named <= there, (file, named - there)


def test_no_file_of_the_library_is_unmentioned() -> None:
    named = set(re.findall(r"`(\w+\.v)`", MANUAL.read_text()))
    assert {file.name for file in SOURCES.glob("*.v")} <= named


@pytest.mark.parametrize("word", ["Admitted.", "Axiom x : False.", "admit."])
def test_a_file_that_assumes_something_is_refused(tmp_path: Path, word: str) -> None:
    """Before anything is compiled, so that this needs no coqc on the machine but a name for it."""
    (tmp_path / "twins").mkdir()
    (tmp_path / "twins" / "assumed.v").write_text(f"Theorem assumed : False.\nProof.\n{word}\n")
    (tmp_path / "coqc").touch(mode=0o755)
    path = f"{os.environ['PATH']}:{tmp_path}"
    script = [str(SOURCES / "compile.sh"), str(tmp_path / "build"), str(tmp_path / "twins")]
    run = subprocess.run(
        script, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PATH": path}
    )
    assert run.returncode == 1
    assert "assumed instead of proved" in run.stderr
    assert "twins/assumed.v:3" in run.stdout


COQC = """#!/bin/sh
for last; do :; done
case "$1 $last" in
  --version*|--config*) echo "a coqc $1" ;;
  *B.v) test -n "$GOOD" ;;
  *Audit.v) echo "classic : said" ;;
esac
"""


def test_what_was_compiled_and_printed_is_written_down_when_all_of_it_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the real script, of two files, with names for coqc and coqdep that accept what they are told to."""
    tools, sources, build = (tmp_path / name for name in ("tools", "sources", "build"))
    shutil.copytree(SOURCES, sources, ignore=lambda _, names: [name for name in names if "." not in name])
    for file in sources.glob("*.v"):
        file.unlink()
    for name in "AB":
        (sources / f"{name}.v").write_text(f"Theorem {name} : True.\n")
    tools.mkdir()
    for name, text in (("coqc", COQC), ("coqdep", "#!/bin/sh\necho library/A.vo library/B.vo\n")):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    for good in ("1", "", "1"):
        run = subprocess.run(
            [str(sources / "compile.sh"), str(build)],
            capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "GOOD": good},
        )  # fmt: skip
        assert (run.returncode == 0) is bool(good), run.stderr
        assert (build / "made-of").exists() is bool(good)
        assert (build / "printed").read_text() == run.stdout
    assert (build / "made-of").read_text() == made_of(sources)
    assert run.stdout.splitlines()[-2:] == ["theorems: 2", "axioms: classic"]
    (sources / "A.v").write_text("Theorem A : False.\n")
    assert (build / "made-of").read_text() != made_of(sources)


def test_without_coqc_and_without_rights_the_one_command_is_said(tmp_path: Path) -> None:
    for tool in ("bash", "env", "dirname"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    script = [str(SOURCES / "compile.sh"), str(tmp_path / "build")]
    run = subprocess.run(
        script, capture_output=True, text=True, timeout=60, check=False, env={"PATH": str(tmp_path)}
    )
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "no coqc here: sudo apt-get install -y --no-install-recommends coq libcoq-interval libcoq-coquelicot"
    ]


@pytest.mark.parametrize(
    ("library", "proof", "accepted"),
    [
        ("Classical_Prop", "exact (classic P).", True),
        ("ClassicalEpsilon", "destruct (excluded_middle_informative P); tauto.", False),
    ],
)
def test_a_twin_may_use_the_four_axioms_and_no_other(
    coq: Kernel, tmp_path: Path, library: str, proof: str, accepted: bool
) -> None:
    (tmp_path / "library").mkdir()
    for suffix in (".v", ".vo"):
        shutil.copy(coq.library / f"Definitions{suffix}", tmp_path / "library")
    twin = tmp_path / "twins" / "twin.v"
    twin.parent.mkdir()
    twin.write_text(
        f"From Coq Require Import {library}.\nTheorem twin (P : Prop) : P \\/ ~ P.\nProof. {proof} Qed.\n"
    )
    subprocess.run(["coqc", "-Q", "twins", "Twins", "twins/twin.v"], cwd=tmp_path, check=True, timeout=60)
    run = subprocess.run(
        [str(SOURCES / "audit.sh"), str(tmp_path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (run.returncode == 0) is accepted, run.stdout + run.stderr
    assert ("not one of the classical reals" in run.stderr) is not accepted
