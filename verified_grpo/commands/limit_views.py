"""What ``limit`` says of the sequence itself: both views of it, or the one that was asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group

from ..answers.judged import Judged
from ..model import Contrast
from ..model.steps import StepParameters
from ..rigor.sequences.outcomes import ByAlpha
from .configured import Configured
from .fixed_points import fixed_points_text
from .limit_words import limit_text
from .options import PROVED, UNDECIDED, answer, sibling, write_certificate
from .steps import Asked
from .verifiers import under

if TYPE_CHECKING:
    from ..certificates.grammar.values import AnyCertificate


def two_views(
    chosen: Contrast,
    box: StepParameters,
    judged: Judged,
    engine: str,
    out: Path | None,
    as_json: bool,
    told: Configured,
) -> int:
    """Small steps and the exact iteration from p_ref."""
    from ..answers.views import two_views_json, views, views_certificates
    from .view_words import views_text

    found = views(chosen, box, engine=engine)
    payload = two_views_json(found)
    listed = payload["all_fixed_points"]
    if out is not None:
        _write(out, {**views_certificates(found), **judged.certificates(listed)})
    text = told.under(under(judged, views_text(found), listed))
    answer(told.mark(judged.mark(payload, listed)), text, as_json, out=out)
    return PROVED if found.is_proved else UNDECIDED


def one_view(
    chosen: Contrast,
    asked: Asked,
    start: str | None,
    judged: Judged,
    engine: str,
    out: Path | None,
    as_json: bool,
    told: Configured,
) -> int:
    """The steps that were asked about, or the exact iteration from another start."""
    from ..answers.fixed_points import fixed_points_json
    from ..answers.limits import is_proved, limit, limit_certificates, limit_json
    from ..rigor import fixed_points

    found = limit(chosen, asked.recursion, start=start, engine=engine)
    beside = fixed_points(chosen, asked.recursion, engine=engine)
    text: Any = f"{asked.heading}\n{limit_text(found)}"
    if not isinstance(found, ByAlpha):
        text = Group(text, "", fixed_points_text(beside))
    listed = fixed_points_json(beside)
    payload = {**limit_json(found), "all_fixed_points": listed}
    if out is not None:
        _write(out, {**limit_certificates(found, beside), **judged.certificates(listed)})
    shown = told.under(under(judged, text, listed))
    answer(told.mark(judged.mark(asked.mark(payload), listed)), shown, as_json, out=out)
    return PROVED if is_proved(found) else UNDECIDED


def _write(out: Path, certificates: dict[str, AnyCertificate]) -> None:
    """The first one into the file itself, the others beside it."""
    for ending, certificate in certificates.items():
        write_certificate(sibling(out, ending), certificate)
