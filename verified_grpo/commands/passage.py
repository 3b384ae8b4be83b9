"""How many steps until p is at a target, as ``limit --reach`` answers."""

from __future__ import annotations

from pathlib import Path

from ..certificates import builders
from ..certificates.passage import passage_certificate, passage_payload
from ..intervals import canonical
from ..model import Contrast
from ..rigor.sequences.passage import Passage, UndecidedPassage, passage
from .options import PROVED, UNDECIDED, answer, write_certificate
from .shown import wrapped
from .steps import Asked


def count_steps(
    contrast: Contrast, asked: Asked, reach: str, engine: str, out: Path | None, as_json: bool
) -> int:
    """Print the least and the most number of updates, write the certificate; the exit code."""
    found = passage(contrast, asked.recursion, reach, engine=engine)
    verdict = "undecided" if isinstance(found, UndecidedPassage) else "proved"
    head = {"variant": builders.variant(contrast), "parameters": builders.parameters(asked.recursion)}
    payload = {**head, "start": "p_ref", "verdict": verdict, "passage": passage_payload(found)}
    if out is not None and not isinstance(found, UndecidedPassage):
        write_certificate(out, passage_certificate(found))
    answer(asked.mark(payload), f"{asked.heading}\n{wrapped(passage_words(found))}", as_json, out=out)
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
