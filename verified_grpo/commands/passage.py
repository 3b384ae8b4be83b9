"""How many steps until p is at a target, as ``limit --reach`` answers."""

from __future__ import annotations

from pathlib import Path

from ..answers.passages import Unseen, passage_json
from ..certificates.passage import passage_certificate
from ..intervals import canonical
from ..model import Contrast
from ..rigor.sequences.passage import Passage, UndecidedPassage, passage
from ..rigor.sequences.trajectory import Trajectory, UndecidedTrajectory, trajectory
from ..work.files import is_standard_output
from .options import PROVED, UNDECIDED, answer, sibling, write_certificate
from .shown import shown_between, wrapped
from .steps import Asked
from .trajectory import FOLLOWED, write_trajectory


def count_steps(
    contrast: Contrast,
    asked: Asked,
    reach: str,
    engine: str,
    out: Path | None,
    as_json: bool,
    table: Path | None = None,
    updates: int | None = None,
) -> int:
    """Print the least and the most number of updates, write the certificate, and the trajectory up to there
    if a table is given; the exit code."""
    found = passage(contrast, asked.recursion, reach, engine=engine)
    way = None
    if table is not None and isinstance(found, Passage):
        most = FOLLOWED if found.steps is None else max(1, found.steps[1])
        way = trajectory(contrast, asked.recursion, updates or most, engine=engine)
    unseen = Unseen.beside(found)
    lines = [asked.heading, wrapped(passage_words(found))]
    if isinstance(found, Passage) and found.plateau is not None:
        (first, last), where = found.plateau.updates, shown_between(found.plateau.logit)
        lines.append(wrapped(f"a plateau: from update {first} to {last} it is {where}"))
    if unseen is not None:
        lines.append(wrapped(unseen.words()))
    if out is not None and not isinstance(found, UndecidedPassage):
        write_certificate(out, passage_certificate(found))
    if table is not None and isinstance(way, Trajectory):
        write_trajectory(way, table, None if out is None else sibling(out, "-trajectory"))
    if isinstance(way, UndecidedTrajectory):
        lines.append(wrapped(f"{table} is not written: {way.reason}"))
    printed = table if table is not None and is_standard_output(table) else out
    answer(asked.mark(passage_json(found, unseen)), "\n".join(lines), as_json, out=printed)
    return UNDECIDED if isinstance(found, UndecidedPassage) else PROVED


def passage_words(found: Passage | UndecidedPassage) -> str:
    """The count in words."""
    reach = canonical(found.reach)
    if isinstance(found, UndecidedPassage):
        return f"undecided: {found.reason}"
    if found.steps is None:
        return f"proved: p never reaches {reach}: the sequence stays below it for ever"
    least, most = found.steps
    if most == 0:
        return f"proved: p is at {reach} or above at once"
    count = f"after exactly {most}" if least == most else f"after {least} at least and {most} at most"
    return f"proved: p reaches {reach} {count} updates"
