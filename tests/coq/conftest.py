"""What these tests share: Coq's kernel, and the program extracted from the proved checker, built once, on the
library where it is compiled already."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from verified_grpo.export import proved

from .kernel import Kernel, kernel

BUILT = Path(__file__).parents[2] / "build" / "coq" / "library"


@pytest.fixture(scope="session")
def coq() -> Iterator[Kernel]:
    with kernel() as opened:
        yield opened


@pytest.fixture(scope="session")
def vcheck() -> Path:
    if shutil.which("coqc") is None or shutil.which("ocamlfind") is None:
        pytest.skip("neither Coq nor OCaml here")
    return proved.program(BUILT if (BUILT / "Returns.vo").exists() else None)
