"""Faults at every write of a run: a full disk, a broken one, a reader that went away, signals.

A run is begun anew for each call with which it writes, to a file or to standard output, and this one call
fails. After each the output is whole or what it was before, the exit code is the contract's, and nothing
shows a traceback. Each run is a process of its own, forked from one that has everything imported; it ends as
every process does, with its buffers flushed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
POINT = ["fixed-points", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.001", "--engine", "arb"]
REGION = [
    "audit",
    "--property",
    "contraction",
    "--beta",
    "50:100",
    "--eps",
    "1e-5",
    "--p-ref",
    "0.001:0.9999",
]
GOOD = str(ROOT / "tests" / "certificates" / "accepted" / "amplification.json")
SHIM = """
import contextlib, errno, gc, io, json, os, signal, sys, traceback
import verified_grpo.cli, verified_grpo.answers.limits, verified_grpo.rigor, verified_grpo.checker.command
import verified_grpo.certificates
from verified_grpo.commands import fixed_points

commands, folder = json.loads(sys.argv[1]), sys.argv[2]
CALLS = ("open", "write", "fsync", "replace", "mkdir")
real = {name: getattr(os, name) for name in CALLS}


class Raw(io.FileIO):
    def write(self, data):
        due("stdout")
        return super().write(data)


state = {"count": 0, "at": None, "fault": None}


def due(name):
    state["count"] += 1
    if state["count"] == state["at"]:
        fault = state["fault"]
        if fault in ("SIGINT", "SIGTERM", "SIGKILL"):
            os.kill(os.getpid(), getattr(signal, fault))
        else:
            raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)))


def wrapped(name):
    def call(*words, **more):
        writes = name != "open" or words[1] & (os.O_WRONLY | os.O_RDWR)
        if writes and words[0] not in (os.devnull, 2):
            due(name)
        return real[name](*words, **more)
    return call


def child(words, at, fault, said):
    how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    out, err = (real["open"](f"{said}.{name}", how, 0o600) for name in ("out", "err"))
    os.dup2(out, 1), os.dup2(err, 2)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(Raw(1, "w", closefd=False)), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
    for name in CALLS:
        setattr(os, name, wrapped(name))
    state.update(at=at, fault=fault)
    if words[0] == "checker":
        sys.exit(verified_grpo.checker.command.run(words[1:]))
    verified_grpo.cli.main(words)


def run(words, at, fault, said):
    pid = os.fork()
    if not pid:
        try:
            child(words, at, fault, said)
        finally:
            if at is None:
                open(f"{said}.count", "w").write(str(state["count"]))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if pid else None


def text(path):
    with open(path, errors="replace") as stream:
        return stream.read()


def tell(number, at, fault, code, said, whole, done):
    line = [number, at, fault, code, text(f"{said}.out"), text(f"{said}.err"), whole, done]
    print(json.dumps(line), flush=True)


for number, (words, out, faults) in enumerate(commands):
    said = f"{folder}/said"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        if words[0] != "checker":  # all that is imported late, and kept, is there for the children
            verified_grpo.cli.main(words)
    gc.freeze()  # the children have no garbage of ours to look for at their end
    code = run(words, None, None, said)
    calls = int(text(f"{said}.count"))
    fresh = text(out) if out else None
    tell(number, 0, "none", code, said, True, calls)
    for fault in faults:
        for at in range(1, calls + 1):
            if out:
                with open(out, "w") as stream:
                    stream.write("what was there")
            code = run(words, at, fault, said)
            whole = not out or text(out) in ("what was there", fresh)
            done = bool(out) and text(out) == fresh
            tell(number, at, fault, code, said, whole, done)
"""
FAULTS = {"ENOSPC": 74, "EIO": 74, "EPIPE": 74, "SIGINT": 130, "SIGTERM": 130, "SIGKILL": -9}
FEW = ["ENOSPC", "SIGTERM"]
VERDICTS = {"fixed-points": 0, "audit": 1, "check": 0, "checker": 0}
Run = list[Any]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Run]]:
    """All runs of each command: first one without a fault, then each fault at each call."""
    folder = tmp_path_factory.mktemp("faults")
    outs = {name: str(folder / f"{name}.json") for name in ("fixed-points", "audit")}
    commands = [
        ([*POINT, "--json", "--out", outs["fixed-points"]], outs["fixed-points"], list(FAULTS)),
        ([*REGION, "--json", "--out", outs["audit"]], outs["audit"], FEW),
        (["check", GOOD, "--json"], None, list(FAULTS)),
        (["checker", GOOD, "--json"], None, list(FAULTS)),
    ]
    done = subprocess.run(
        [sys.executable, "-c", SHIM, json.dumps(commands), str(folder)],
        capture_output=True, text=True, check=True, timeout=900, cwd=ROOT,
    )  # fmt: skip
    found: dict[str, list[Run]] = {name: [] for name in VERDICTS}
    for line in done.stdout.splitlines():
        number, *told = json.loads(line)
        found[list(VERDICTS)[number]].append(told)
    return found


@pytest.mark.parametrize("command", VERDICTS)
def test_a_fault_at_every_write(command: str, runs: dict[str, list[Run]]) -> None:
    (_, _, verdict, answer, _, _, calls), *faulty = runs[command]
    writes_a_file = command in ("fixed-points", "audit")
    assert verdict == VERDICTS[command]
    assert calls >= (6 if writes_a_file else 1)
    assert len(faulty) == calls * (len(FEW) if command == "audit" else len(FAULTS))
    # The checker's own command is ended by SIGTERM as all processes are.
    codes = {**FAULTS, "SIGTERM": -15} if command == "checker" else FAULTS
    for at, fault, code, said, error, whole, done in faulty:
        told = (at, fault, code, said, error, done)
        assert whole, told
        assert "Traceback" not in error, told
        assert "Exception ignored" not in error, told
        assert said in ("", answer) or json.loads(said)["exit_code"] == code, told
        if code == verdict:  # a call without which the answer was given all the same
            assert said == answer, told
            assert done or not writes_a_file, told
        else:
            assert code == codes[fault], told
            assert code < 0 or error.strip(), told
