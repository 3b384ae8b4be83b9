"""How many steps until p is at a target, as ``limit --reach`` answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..certificates import builders
from ..certificates.passage import passage_certificate, passage_payload
from ..intervals import canonical, decimal_up, exact
from ..model import Contrast, Range
from ..model.visits import no_signal_over, none_in
from ..rigor.sequences.passage import Passage, UndecidedPassage, passage
from ..rigor.sequences.trajectory import Trajectory, UndecidedTrajectory, trajectory
from ..work.files import is_standard_output
from .options import PROVED, UNDECIDED, answer, sibling, write_certificate
from .shown import wrapped
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
    verdict = "undecided" if isinstance(found, UndecidedPassage) else "proved"
    head = {"variant": builders.variant(contrast), "parameters": builders.parameters(asked.recursion)}
    payload: dict[str, Any] = {
        **head,
        "start": "p_ref",
        "verdict": verdict,
        "passage": passage_payload(found),
    }
    lines = [asked.heading, wrapped(passage_words(found))]
    if contrast.group_size and isinstance(found, Passage) and found.steps is not None and found.steps[1]:
        unseen = Unseen.of(contrast.group_size, asked.box.p_ref, found.steps[1])
        payload["no_signal"] = unseen.payload()
        lines.append(wrapped(unseen.words()))
    if out is not None and not isinstance(found, UndecidedPassage):
        write_certificate(out, passage_certificate(found))
    if table is not None and isinstance(way, Trajectory):
        write_trajectory(way, table, None if out is None else sibling(out, "-trajectory"))
    if isinstance(way, UndecidedTrajectory):
        lines.append(wrapped(f"{table} is not written: {way.reason}"))
    printed = table if table is not None and is_standard_output(table) else out
    answer(asked.mark(payload), "\n".join(lines), as_json, out=printed)
    return UNDECIDED if isinstance(found, UndecidedPassage) else PROVED


@dataclass(frozen=True)
class Unseen:
    """With which probability a visit at p_ref teaches nothing, ``once``, and so many in a row, ``always``."""

    once: Range
    visits: int
    always: tuple[str, str]

    @staticmethod
    def of(group_size: int, p_ref: Range, visits: int) -> Unseen:
        """Of a group of so many answers."""
        once = no_signal_over(p_ref, group_size)
        return Unseen(once, visits, none_in(visits, once))

    def payload(self) -> dict[str, Any]:
        """``one_visit`` exactly (a range over a range of p_ref), and decimals around ``all_visits``."""
        low, high = (canonical(x) for x in self.once)
        one = low if low == high else [low, high]
        return {"one_visit": one, "visits": self.visits, "all_visits": list(self.always)}

    def words(self) -> str:
        """In words: the count above is of the mean over groups."""
        once, always = decimal_up(self.once[1], 6), decimal_up(exact(self.always[1]), 6)
        return (
            "these are mean steps: a group at p_ref has one reward only, and teaches nothing, with "
            f"probability {once} at most, and {self.visits} in a row do with {always} at most"
        )


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
