"""The sequence itself as a table and a picture, as ``limit --trajectory`` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..answers.trajectories import Followed, trajectory_json
from ..certificates.grammar.values import Certificate
from ..certificates.trajectory import (
    clipped_trajectory_certificate,
    trajectory_certificate,
    trajectory_table,
)
from ..errors import InputError
from ..intervals import canonical
from ..model import Contrast, Parameters
from ..model.clipping import Clip
from ..rigor.sequences.clipping import ClippedTrajectory, UndecidedClipping, clipped_trajectory
from ..rigor.sequences.trajectory import Trajectory, UndecidedTrajectory, trajectory
from ..work.files import is_standard_output, is_stream, require_output, write_bytes
from .options import PROVED, UNDECIDED, answer, remark, write_certificate
from .shown import shortened, wrapped
from .steps import EXACTLY, Asked

FOLLOWED = 1000
"""Updates of a sequence that never comes to its target, where no number is given."""


def follow(
    contrast: Contrast, asked: Asked, updates: int, table: Path, engine: str, out: Path | None, as_json: bool
) -> int:
    """Write the table of so many updates, its picture and its certificate; the exit code."""
    found = trajectory(contrast, asked.recursion, updates, engine=engine)
    if isinstance(found, Trajectory):
        write_trajectory(found, table, out)
    text = f"{asked.heading}\n{wrapped(trajectory_words(found))}"
    answer(
        asked.mark(trajectory_json(found)),
        text,
        as_json,
        out=table if is_standard_output(table) else out,
    )
    return PROVED if isinstance(found, Trajectory) else UNDECIDED


def follow_clipped(
    contrast: Contrast,
    box: Parameters,
    updates: int,
    clip: Clip,
    table: Path,
    engine: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """The same of clipped updates, solved exactly."""
    found = clipped_trajectory(contrast, box, updates, clip, engine=engine)
    if isinstance(found, ClippedTrajectory):
        write_trajectory(found, table, out)
    ratio = f"ratio clipped from 1 - {canonical(clip.low)} to 1 + {canonical(clip.high)}"
    text = f"{wrapped(f'{EXACTLY}, {ratio}:')}\n{wrapped(trajectory_words(found))}"
    answer(trajectory_json(found), text, as_json, out=table if is_standard_output(table) else out)
    return PROVED if isinstance(found, ClippedTrajectory) else UNDECIDED


def trajectory_words(found: Followed) -> str:
    """Where it is in the end, in words."""
    if isinstance(found, UndecidedTrajectory | UndecidedClipping):
        return f"undecided: {found.reason}"
    n, last = found.values[-1]
    low, high = shortened((last.p[0], last.p[1]))
    return f"proved: after {n} updates p lies in [{low}, {high}]"


def picture_beside(table: Path) -> Path | None:
    """Where the picture of a table goes; none beside a stream.

    Raises:
        InputError: the table would be its own picture.
    """
    if is_stream(table):
        return None
    if table.suffix == ".svg":
        raise InputError(f"{table}: --trajectory names a table, and its picture would have this name")
    picture = table.with_suffix(".svg")
    require_output(picture)
    return picture


def write_trajectory(found: Trajectory | ClippedTrajectory, table: Path, out: Path | None) -> None:
    """All of it is made before the first file is written."""
    from ..report.pages.trajectory import picture

    certificate: Certificate[Any, Any] = (
        trajectory_certificate(found)
        if isinstance(found, Trajectory)
        else clipped_trajectory_certificate(found)
    )
    beside = picture_beside(table)
    drawn = None if beside is None else picture(certificate["statement"])
    if out is not None:
        write_certificate(out, certificate)
    if beside is not None and drawn is not None:
        write_bytes(beside, drawn)
    write_bytes(table, trajectory_table(found))
    remark(f"{len(found.values)} enclosures written to {table}" + (f", drawn in {beside}" if beside else ""))
