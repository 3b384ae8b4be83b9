"""1 and 2 are verdicts and nothing else; what is no verdict has a code of its own, and one line."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.checker.corpus import fixture
from verified_grpo.cli import main

ROOT = Path(__file__).parents[2]
POINT = ["fixed-points", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.001", "--engine", "arb"]
GOOD = str(ROOT / "tests" / "certificates" / "accepted" / "amplification.json")
FALSE = str(fixture("rejected/margin-too-large.json"))
OTHER = str(fixture("malformed/other-kind.json"))
CLI = [sys.executable, "-m", "verified_grpo.cli"]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(words)
    captured = capsys.readouterr()
    return int(str(end.value.code or 0)), captured.out, captured.err


def breaks(error: BaseException) -> Any:
    def call(*_: object, **__: object) -> None:
        raise error

    return call


def agrees(code: int, out: str, said: str) -> None:
    """One object on standard output, which says what the exit code and the line say."""
    assert out.count("\n") == 1
    found = json.loads(out)
    assert set(found) == {"error", "exit_code"}
    assert found["exit_code"] == code
    assert " ".join(said.split()).endswith(" ".join(found["error"].split()))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["fixed-points", "--beta", "-5", "--eps", "1e-5", "--p-ref", "0.3"], 64),
        (["fixed-points", "--beta", "5"], 64),
        (["no-such-command"], 64),
        (["limit", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.3", "--no-such-option"], 64),
        (["audit", "--config", "absent.yaml"], 74),
        (["check"], 64),
    ],
)
def test_with_json_what_is_no_answer_is_one_object(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    ended, out, said = run(capsys, *words, "--json")
    assert ended == code
    agrees(code, out, said)
    assert run(capsys, *words)[1] == ""
    ended, out, _ = run(capsys, *words, "--json", "--out", "-")
    assert (ended, out) == (code if words[0] != "check" else 64, "")


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by 0\nand more"), AssertionError(), RecursionError("deep")]
)
def test_a_fault_of_the_program_is_70_and_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr("verified_grpo.rigor.fixed_points", breaks(error))
    code, out, said = run(capsys, *POINT, "--json")
    assert (code, said.count("\n")) == (70, 1)
    assert "a fault of the program" in said
    agrees(code, out, said)
    code, out, said = run(capsys, "--debug", *POINT, "--json")
    assert code == 70
    agrees(code, out, said)
    assert "Traceback" in said
    assert run(capsys, *POINT)[1] == ""
    assert run(capsys, *POINT)[2].count("\n") == 1  # and the next is not shown again


def test_an_interrupted_run_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verified_grpo.rigor.fixed_points", breaks(KeyboardInterrupt()))
    code, out, said = run(capsys, *POINT, "--json")
    assert code == 130
    agrees(code, out, said)
    assert "run it again to go on" in said


def test_files_that_cannot_be_read_are_74(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    absent, folder = str(tmp_path / "absent.json"), str(tmp_path)
    for words in (
        ["check", absent],
        ["check", folder],
        ["check", GOOD, absent],
        ["check", OTHER, absent],
        ["report", absent, "--out", str(tmp_path / "r")],
        ["audit", "--pass-rates", str(tmp_path / "absent.csv"), "--beta", "5", "--eps", "1e-5"],
    ):
        code, _, said = run(capsys, *words)
        assert code == 74, words
        assert "Traceback" not in said
    assert run(capsys, "check", FALSE, absent)[0] == 1  # a rejected one is the verdict of the batch


def outputs(out: str) -> list[list[str]]:
    box = ["--beta", "4:5", "--eps", "1e-3", "--p-ref", "0.5:0.6"]
    table = str(ROOT / "examples" / "pass_rates" / "counts.csv")
    return [
        [*POINT, "--out", out],
        ["limit", *POINT[1:], "--out", out],
        ["limit", *POINT[1:], "--period", "2", "--out", out],
        ["chaos", *POINT[1:], "--out", out],
        ["atlas", *box, "--out", out],
        ["atlas", *box, "--picture", f"{out}.svg"],
        ["audit", "--property", "contraction", *box, "--out", out],
        ["audit", "--pass-rates", table, "--beta", "5", "--eps", "1e-5", "--out", f"{out}.csv"],
        ["audit", "--config", str(ROOT / "examples" / "configurations" / "trl.yaml"), "--out", out],
        ["curves", *box, "--out", out],
        ["certify", "theorem-1", "--out", out],
        ["report", GOOD, "--out", out],
        ["export", "--coq", GOOD, "--out", out],
    ]


def works(*_: object, **__: object) -> None:
    raise AssertionError("the work began")


@pytest.mark.parametrize("number", range(len(outputs(""))))
def test_outputs_are_tested_before_the_work_begins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    """Below a file nothing can be made; no verdict comes before that is said, nor any computation."""
    (tmp_path / "file").write_text("")
    for name in (
        "rigor.fixed_points", "answers.limits.limit", "rigor.cycles", "rigor.chaos_witness",
        "answers.atlas.draw_up", "rigor.points.curves.fold_curve", "answers.statements.run.run",
        "report.certificate.read_certificate", "export.export",
    ):  # fmt: skip
        monkeypatch.setattr(f"verified_grpo.{name}", works)
    monkeypatch.setattr("verified_grpo.commands.audit_region.decide_by_parts", works)
    monkeypatch.setattr("verified_grpo.commands.audit_configuration.audit", works)
    monkeypatch.setattr("verified_grpo.audit.pass_rates.auditing.open_table", works)
    code, out, said = run(capsys, *outputs(str(tmp_path / "file" / "o"))[number])
    assert (code, out) == (74, ""), said
    assert said.count("\n") == 1


@pytest.mark.parametrize("number", range(len(outputs(""))))
def test_an_output_without_a_name_is_refused(capsys: pytest.CaptureFixture[str], number: int) -> None:
    words = [word for word in outputs("")[number] if word not in (".svg", ".csv")]
    words = [*words, ""] if words[-1] in ("--out", "--picture") else words
    code, out, said = run(capsys, *words)
    assert (code, out) == (64, ""), said
    assert "names a" in said


def test_a_device_is_refused_and_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except OSError:
        pytest.skip("devices are root's to make")
    code, out, said = run(capsys, *POINT, "--json", "--out", str(device))
    assert code == 64
    agrees(code, out, said)
    assert "it is a device" in said
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_pipe_takes_the_certificate(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert run(capsys, *POINT, "--out", str(pipe))[0] == 0
    reader.join(30)
    run(capsys, *POINT, "--out", str(tmp_path / "file"))
    assert got == [(tmp_path / "file").read_bytes()]


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_takes_the_certificate_alone(tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [*CLI, *POINT, "--json", "--out", name], capture_output=True, check=False, timeout=120, cwd=tmp_path
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["format"] == "verified-grpo/1"
    assert json.loads(done.stderr.splitlines()[-1])["count"] == 3
    assert list(tmp_path.iterdir()) == []


def test_the_answer_comes_after_what_it_says_is_on_disk(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("verified_grpo.work.files.os.fsync", breaks(OSError(28, "No space left on device")))
    for number in (0, 1, 2, 6, 9):
        code, out, said = run(capsys, *outputs(str(tmp_path / "o"))[number], "--json")
        assert code == 74, number
        agrees(code, out, said)
        assert "No space left on device" in said


@pytest.mark.parametrize("engine", ["array", "gmp", ""])
@pytest.mark.parametrize(
    "words",
    [
        ["certify", "theorem-1"],
        ["audit", "--property", "contraction", "--beta", "4:5", "--eps", "1e-3", "--p-ref", "0.5"],
        ["limit", "--beta", "4", "--eps", "1e-3", "--p-ref", "0.5", "--alpha", "0"],
    ],
)
def test_an_engine_is_refused_even_where_none_is_needed(
    capsys: pytest.CaptureFixture[str], words: list[str], engine: str
) -> None:
    """A certificate's provenance names it: no name stands there that served nothing."""
    code, out, said = run(capsys, *words, "--engine", engine)
    assert (code, out) == (64, "")
    assert "choose mpmath or arb" in said


@pytest.mark.parametrize("words", [[*POINT], ["--help"], ["check", GOOD], ["limit", "--help"]])
def test_a_reader_who_goes_away_is_no_verdict(words: list[str]) -> None:
    """As with ``| head``: the answer has not arrived, and none of the verdicts' codes says that it has."""
    read, write = os.pipe()
    running = subprocess.Popen([*CLI, *words], stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    os.close(read)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 74, said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


SLOW = [
    "atlas",
    "--beta",
    "0.1:100",
    "--eps",
    "1e-9",
    "--p-ref",
    "1e-9:0.999999",
    "--tolerance",
    "1e-7",
    "--jobs",
    "2",
]


def children(pid: int) -> set[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return {int(word) for word in found.stdout.split()}


def is_working(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 130)])
def test_nobody_works_on_when_the_run_has_ended(tmp_path: Path, number: int, code: int) -> None:
    running = subprocess.Popen(
        [*CLI, *SLOW, "--out", str(tmp_path / "a.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 240
    workers: set[int] = set()
    before = 0

    def lines() -> int:
        return sum(path.read_text().count("\n") for path in tmp_path.glob(".*.unfinished/journal"))

    try:
        while (
            time.monotonic() < end and len(workers) < 3
        ):  # two that work, and who looks after what they share
            time.sleep(0.1)
            workers, before = children(running.pid), lines()
        while time.monotonic() < end and lines() < before + 2:  # both have had a task
            time.sleep(0.1)
        workers = children(running.pid)
        assert len(workers) >= 3
    finally:
        running.send_signal(number)
        _, said = running.communicate(timeout=60)
    assert running.returncode == code, said
    if code == 130:
        assert said.strip().splitlines()[-1].endswith("run it again to go on")
        assert "Traceback" not in said
    while time.monotonic() < end and any(map(is_working, workers)):
        time.sleep(0.1)
    assert not any(map(is_working, workers))
    assert not (tmp_path / "a.json").exists()
    assert len(list(tmp_path.glob(".*.unfinished"))) == 1
