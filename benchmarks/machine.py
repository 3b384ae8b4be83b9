"""The facts about machine and software that a figure means nothing without."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from .contestant import installed

PACKAGES = ("verified-grpo", "mpmath", "python-flint", "crival", "numpy", "sympy", "codac", "pyintval")


def facts() -> dict[str, object]:
    """Processor, cores, Python, versions of what takes part."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": {package: _version(package) for package in PACKAGES},
    }


def _version(package: str) -> str:
    if package == "verified-grpo":  # also when it is run from its sources without being installed
        from verified_grpo import __version__

        return __version__
    return installed(package)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"
