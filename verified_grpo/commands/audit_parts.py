"""The parts of a box on which a property holds or fails: counted with their volumes, and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..answers.region_outputs import coordinates, share_decimals
from ..errors import InputError
from ..model import Parameters
from ..rigor.properties.where_it_holds import INNER, OUTER, UNDECIDED, Part, Parts
from .extras import require_figures

PICTURES = (".svg", ".png", ".pdf")
WORDS = {INNER: "proved", OUTER: "proved to fail", UNDECIDED: "undecided"}


def _ranges(box: Parameters) -> list[str]:
    return [axis for axis, (low, high) in box if low < high]


def require_picture(paths: list[Path] | None, box: Parameters) -> None:
    """A picture needs a known form, and two ranges.

    Raises:
        InputError: it has not.
        ModuleNotFoundError: nothing is installed that draws it.
    """
    for path in paths or []:
        if path.suffix not in PICTURES:
            raise InputError(f"{path}: a picture ends in {', '.join(PICTURES)}")
        if box.alpha[0] == 0:
            raise InputError(f"{path}: a picture of parts has logarithmic scales: alpha must be above 0")
        if len(_ranges(box)) != 2:
            raise InputError(
                f"{path}: a picture is drawn of exactly two parameters with ranges LO:HI, not of "
                f"{len(_ranges(box))}"
            )
    if paths:
        require_figures()


def draw(path: Path, parts: Parts | None, title: str) -> None:
    """The picture of two free parameters."""
    from ..report.drawing.parts import parts_picture
    from ..work.files import write_bytes

    if parts is None:
        raise InputError(f"{path}: with --tolerance 1 there is nothing to draw")
    drawn = [Part(_upright(part.sides), part.verdict) for part in parts.parts]
    write_bytes(path, parts_picture(drawn, title, path.suffix[1:]))


def _upright(sides: tuple[Any, ...]) -> tuple[Any, ...]:
    """p_ref goes up, and so does alpha beside beta."""
    order = ("beta", "log_beta", "eps", "alpha", "p_ref", "logit_p_ref")
    return tuple(sorted(sides, key=lambda side: order.index(side[0])))


def parts_text(parts: Parts) -> str:
    """A line for each verdict, or one where there is only one."""
    total = share_decimals(parts.volume())[0]
    if len(parts.parts) == 1:
        whole = f"the whole box is {WORDS[parts.parts[0].verdict]}; its volume is {total},"
        return f"{whole}\nmeasured in {coordinates(parts)}"
    lines = [f"parts of the box, whose volume is {total},", f"measured in {coordinates(parts)}:"]
    for verdict, words in WORDS.items():
        count = sum(part.verdict == verdict for part in parts.parts)
        if count:
            volume, share = share_decimals(parts.volume(verdict))[0], float(parts.share(verdict)[0])
            lines.append(f"  {words:14} {share:8.3%}  volume {volume}, {count} part{'s' * (count > 1)}")
    return "\n".join(lines)
