"""The proved checker run by Coq's kernel on the bytes of a certificate."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from verified_grpo.errors import InputError
from verified_grpo.export.proved import SOURCES
from verified_grpo.export.proved_kernel import kernel_file
from verified_grpo.export.proved_ledger import CERTIFICATES

from .conftest import BUILT

GOOD = CERTIFICATES / "contraction-proved.json"
PARTITION = CERTIFICATES / "fixed-points-beta-5-p_ref-0.3.json"


def test_the_file_holds_the_bytes_and_nothing_else_is_taken(tmp_path: Path) -> None:
    text = kernel_file(GOOD)
    held = text.split('list_ascii_of_string "', 1)[1].rsplit('"%string.', 1)[0]
    assert held.replace('""', '"') == GOOD.read_text()
    (tmp_path / "none.json").write_bytes(b"\xff")
    with pytest.raises(InputError):
        kernel_file(tmp_path / "none.json")


@pytest.mark.soak
def test_the_kernel_accepts_what_is_true_and_refuses_what_is_not(vcheck: Path, tmp_path: Path) -> None:
    given = [BUILT] if (BUILT / "Returns.vo").exists() else []
    subprocess.run(
        ["bash", SOURCES / "checker" / "build.sh", tmp_path, *given], check=True, capture_output=True
    )
    library = BUILT if given else tmp_path / "library"
    options: list[str | Path] = [
        "-w",
        "none",
        "-Q",
        library,
        "VerifiedGRPO",
        "-Q",
        tmp_path / "checker",
        "VerifiedGRPO.Checker",
    ]
    document = json.loads(GOOD.read_text())
    document["statement"]["rate"] = "0.6"  # less than Bmax/beta
    (tmp_path / "false.json").write_text(json.dumps(document))
    for path, kind in ((GOOD, "contraction"), (PARTITION, "fixed-points"), (tmp_path / "false.json", None)):
        (tmp_path / "Kernel.v").write_text(kernel_file(path))
        ran = subprocess.run(
            ["coqc", *options, "Kernel.v"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (ran.returncode == 0) is (kind is not None), ran.stderr
        assert (f'""{kind}""' in ran.stdout) is (kind is not None)
