from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.shared import page_library
from verified_grpo.cli import main
from verified_grpo.laboratory import page

TEMPLATES = Path(page.__file__).parent / "templates"


def test_the_folder_has_all_that_the_page_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = page_library(prover=True)
    with pytest.raises(SystemExit) as end:
        main(["serve", "--out", str(tmp_path / "laboratory")])
    assert not end.value.code
    assert capsys.readouterr().out == f"{tmp_path}/laboratory/index.html\n"
    text = (tmp_path / "laboratory" / "index.html").read_text()
    asked = [name for name in re.findall(r'(?:src|href)="([^"]+)"', text) if not name.startswith("data:")]
    assert len(asked) == 14
    assert all((tmp_path / "laboratory" / name).is_file() for name in asked)
    assert {path.name for path in (tmp_path / "laboratory" / "python").iterdir()} == set(names)
    assert "@SETTINGS@" not in text


def test_serve_without_a_folder_serves_the_laboratory() -> None:
    page_library(prover=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "verified_grpo.cli", "serve"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(f"{address}python/worker.js", timeout=10) as answer:
            assert answer.read() == (TEMPLATES / "worker.js").read_bytes()
    finally:
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in told


def test_without_python_for_pages_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        main(["serve", "--out", str(tmp_path / "laboratory")])
    assert end.value.code == 64
    assert "npm is not installed" in capsys.readouterr().err
    assert not (tmp_path / "laboratory").exists()


def test_a_folder_and_out_do_not_go_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serve", str(tmp_path), "--out", str(tmp_path / "x")])
    assert end.value.code == 64
    assert "--out writes the laboratory" in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_no_script_makes_markup_of_text_or_asks_for_another_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )
    assert set(re.findall(r"https?://[^\s\"'`]+", text)) <= {"http://www.w3.org/2000/svg"}
