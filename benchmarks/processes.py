"""Peak memory and processor time of a command with all the processes that it starts.

The peak of each process is its own high-water mark, as Linux keeps it; their sum bounds what they ever held
together, whenever each had its peak.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.05
MEGABYTES = 1.024e-3
"""Of a kB as Linux counts it."""


@dataclass(frozen=True)
class Watched:
    """What the command printed, the sum in megabytes of the peaks of its processes, and the processor seconds
    of all of them (each as last seen: a pause or so may be missing)."""

    printed: str
    megabytes: float
    processor_seconds: float


def run_and_watch(command: Sequence[str]) -> Watched:
    """Run a command to its end.

    Raises:
        CalledProcessError: it fails.
    """
    peaks: dict[int, float] = {}
    spent: dict[int, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            for pid in descendants(process.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), high_water(pid))
                spent[pid] = max(spent.get(pid, 0.0), processor_seconds(pid))
            time.sleep(PAUSE)
        output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Watched(output, sum(peaks.values()), sum(spent.values()))


def descendants(root: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        parent = _field(status, "PPid:")
        if parent is not None:
            children.setdefault(parent, []).append(int(status.parent.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def high_water(pid: int) -> float:
    """The most megabytes a process ever held; 0 once it has ended."""
    return (_field(Path(f"/proc/{pid}/status"), "VmHWM:") or 0) * MEGABYTES


def processor_seconds(pid: int) -> float:
    """User and system time of a process; 0 once it has ended."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    fields = line.rpartition(")")[2].split()  # the name before may hold anything
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _field(status: Path, name: str) -> int | None:
    try:
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), None)
