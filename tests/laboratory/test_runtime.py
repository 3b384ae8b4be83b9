from __future__ import annotations

import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from verified_grpo.errors import InputError
from verified_grpo.laboratory.runtime import FLINT, PYODIDE, Archive, fetched
from verified_grpo.laboratory.sources import CHECKER, sources

FALSE = "ff" * 32


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and an npm that writes what it is told to, four bytes, and counts its calls."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    tools = tmp_path / "tools"
    tools.mkdir()
    npm = tools / "npm"
    npm.write_text(
        f'#!/bin/sh\necho >> {tmp_path}/calls\nfor out; do :; done\nprintf code > "$out/{PYODIDE.file}"\n'
    )
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tools}:/bin:/usr/bin")
    return tmp_path / "cache" / "verified-grpo" / "pages" / PYODIDE.file


@pytest.fixture
def pinned() -> Archive:
    """Pyodide as that npm gives it."""
    sha256 = "5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b"
    return replace(PYODIDE, sha256=sha256)


def test_an_archive_is_fetched_once(cache: Path, pinned: Archive, tmp_path: Path) -> None:
    assert [fetched(pinned), fetched(pinned)] == [b"code", b"code"]
    assert cache.read_bytes() == b"code"
    assert (tmp_path / "calls").read_text().count("\n") == 1


def test_what_was_changed_in_the_cache_is_fetched_again(cache: Path, pinned: Archive) -> None:
    fetched(pinned)
    cache.write_bytes(b"evil")
    assert fetched(pinned) == b"code"
    assert cache.read_bytes() == b"code"


def test_another_archive_of_that_name_is_not_used(
    cache: Path, pinned: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(pinned, sha256=FALSE)
    monkeypatch.setattr("verified_grpo.laboratory.runtime.PYODIDE", other)
    with pytest.raises(InputError, match="another SHA-256"):
        fetched(other)
    assert not cache.exists()


def test_without_the_client_or_the_registry_one_line_says_so(
    cache: Path, pinned: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tools" / "npm").write_text("#!/bin/sh\necho first >&2\necho no network >&2\nexit 1\n")
    with pytest.raises(
        InputError, match=r"^pyodide 314\.0\.7 is not in .* and cannot be fetched: no network$"
    ):
        fetched(pinned)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(InputError, match="npm is not installed"):
        fetched(pinned)


def test_a_wheel_is_asked_of_pip_for_the_page_s_python(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(command: list[str], **settings: object) -> subprocess.CompletedProcess[str]:
        asked.extend(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(InputError, match="SHA-256"):
        fetched(FLINT)
    assert asked[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--only-binary=:all:", "pyemscripten_2026_0_wasm32", "cp314", "python-flint==0.9.0"} <= set(asked)


def test_the_checker_s_archive_is_the_checker_and_runs_by_itself(tmp_path: Path) -> None:
    data = sources(CHECKER)
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    assert names
    assert all(name.startswith("verified_grpo/checker/") for name in names)
    sources.cache_clear()
    assert sources(CHECKER) == data
    (tmp_path / "checker.zip").write_bytes(data)
    certificate = Path(__file__).parents[1] / "certificates/accepted/amplification.json"
    command = [sys.executable, "-m", "verified_grpo.checker", "--arithmetic", "rational", str(certificate)]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "checker.zip")},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "ACCEPTED" in ran.stdout
