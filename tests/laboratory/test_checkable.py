from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.report.samples import ACCEPTED, REJECTED, hostile_statement, written
from verified_grpo.cli import main
from verified_grpo.errors import FileError
from verified_grpo.laboratory.checkable import write_checkable
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.html import html

LIBRARY = {"worker.js": b"// Python"}


def checkable(files: list[Path], out: Path) -> Path:
    certificates = [read_certificate(file) for file in files]
    document = report_document(certificates, "Title")
    return write_checkable(document, list(zip(files, certificates, strict=True)), LIBRARY, out)[0]


def test_the_folder_has_the_page_the_certificates_and_python(tmp_path: Path) -> None:
    page = checkable([ACCEPTED[0], REJECTED], tmp_path)
    text = page.read_text()
    for number, file in enumerate((ACCEPTED[0], REJECTED), 1):
        own = f"certificates/c{number}-{file.name}"
        assert f'data-certificate="{own}"' in text
        assert (tmp_path / own).read_bytes() == file.read_bytes()
    assert (tmp_path / "python" / "worker.js").read_bytes() == b"// Python"
    assert "connect-src &#39;self&#39;; worker-src &#39;self&#39;" in text


def test_a_page_without_it_has_nothing_of_it() -> None:
    text = html(report_document([read_certificate(ACCEPTED[0])], "Title"))
    assert "connect-src" not in text
    assert "check-all" not in text
    assert "checker-settings" not in text


def test_names_of_files_are_plain_in_addresses_and_commands(tmp_path: Path) -> None:
    name = '-x" onclick="hacked=1" <script>.json'
    file = written(tmp_path, name, hostile_statement("</script><script>hacked=1</script>"))
    text = checkable([file], tmp_path / "out").read_text()
    assert 'data-name="c1--x-onclick-hacked-1-script-.json"' in text
    assert [path.name for path in (tmp_path / "out" / "certificates").iterdir()] == [
        "c1--x-onclick-hacked-1-script-.json"
    ]


def test_a_certificate_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_bytes(ACCEPTED[0].read_bytes())
    certificate = read_certificate(file)
    document = report_document([certificate], "Title")
    file.write_bytes(b"{}")
    with pytest.raises(FileError, match="changed while"):
        write_checkable(document, [(file, certificate)], LIBRARY, tmp_path / "out")
    assert not (tmp_path / "out" / "report.html").exists()


def test_only_a_page_checks_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["report", str(ACCEPTED[0]), "--format", "pdf", "--with-checker", "--out", "x"])
    assert end.value.code == 64
    assert "--with-checker belongs to --format html" in capsys.readouterr().err


def test_without_python_for_pages_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as end:
        main(["report", str(ACCEPTED[0]), "--format", "html", "--with-checker", "--out", str(out)])
    assert end.value.code == 64
    assert "npm is not installed" in capsys.readouterr().err
    assert not out.exists()


def test_serve_says_where_until_it_is_interrupted(tmp_path: Path) -> None:
    checkable([ACCEPTED[0]], tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "verified_grpo.cli", "serve", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": ""},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        assert address.endswith("/report.html")
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.read() == (tmp_path / "report.html").read_bytes()
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [(["absent"], "absent is not a folder"), ([".", "--port", "99999"], "--port is a number from 0")],
)
def test_serve_refuses_in_one_line(
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(["serve", *words])
    assert end.value.code == 64
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
