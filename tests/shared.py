"""What is computed once for all tests of a run, in files that its workers have in common."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from verified_grpo.checker import Code, Verdict, check_bytes
from verified_grpo.errors import InputError
from verified_grpo.laboratory.folder import library


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` has filled, in this process or in another one of the same run."""
    own = factory.getbasetemp()
    return kept(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, name, make)


def kept(beside: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name that `make` has filled, for all who look here, now or later."""
    beside.mkdir(parents=True, exist_ok=True)
    folder, done = beside / name, beside / f"{name}.done"
    with (beside / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            done.touch()
    return folder


def examples(count: int) -> settings:
    """So many generated examples in the soak; a quarter of them, and five at least, in the suite."""
    return settings(max_examples=max(5, count * settings().max_examples // 100))


def check_once(factory: pytest.TempPathFactory, data: bytes) -> Verdict:
    """The checker's verdict on bytes that it takes seconds to check, the same for all who ask."""

    def make(folder: Path) -> None:
        verdict = check_bytes(data)
        (folder / "verdict.json").write_text(json.dumps({**asdict(verdict), "code": verdict.code.value}))

    folder = once(factory, f"verdict-{hashlib.sha256(data).hexdigest()}", make)
    fields = json.loads((folder / "verdict.json").read_text())
    return Verdict(**{**fields, "code": Code(fields["code"])})


@contextmanager
def reports_check_once(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Reports that are made meanwhile take the verdicts from `check_once`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verified_grpo.report.certificate.check_bytes", partial(check_once, factory))
        yield


def page_library(*, prover: bool) -> dict[str, bytes]:
    """Python for pages, out of the user's cache; a test is skipped where it cannot be fetched, either."""
    try:
        return library(prover=prover)
    except InputError as error:
        pytest.skip(f"{error}; make runtime fetches it")
