"""The standard atlases: their certificates, which are package data, and pictures of them."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def certificates() -> list[Path]:
    """Their files, the paper's variant first."""
    return sorted(FOLDER.glob("*.json"), key=lambda file: (file.stem != "eps-1e-5", file.stem))
