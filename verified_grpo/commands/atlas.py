"""``verified-grpo atlas``: what the sequence does, over a rectangle of (beta, p_ref)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..intervals import decimal_up
from .extras import require_figures
from .options import (
    PROVED,
    UNDECIDED,
    Alpha,
    AsJson,
    Beta,
    ContrastName,
    Ddof,
    Eps,
    GroupSize,
    Omega,
    PRef,
    answer,
    app,
    output_file,
    progress,
    remark,
    write_certificate,
)

if TYPE_CHECKING:
    from ..certificates.grammar.plane import Atlas, AtlasCells
    from ..certificates.grammar.values import Certificate
    from ..certificates.outputs import AtlasAnswer

PICTURES = (".svg", ".png", ".pdf")
WORDS = {
    "rises": "rises to the least fixed point",
    "rises-to-one": "rises to 1",
    "fixed-point": "tends to a fixed point",
    "undecided": "undecided",
}


@app.command("atlas")
def atlas_command(
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = None,
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    omega: Omega = None,
    tolerance: Annotated[str, typer.Option("--tolerance", help="share left undecided of the area")] = "0.01",
    jobs: Annotated[int, typer.Option("--jobs", help="processes side by side", min=1)] = 1,
    out: Annotated[Path | None, output_file("--out", "write the certificate to this file")] = None,
    picture: Annotated[
        list[Path] | None, output_file("--picture", "draw it: a file .svg, .png or .pdf")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """A map of what the sequence from p_ref does over ranges of beta and p_ref, each cell proved.

    With --out finished work is kept beside the file; the same command goes on from it after an interruption.

    Example:

    verified-grpo atlas --beta 1:10 --eps 1e-2 --p-ref 0.001:0.5 --out atlas.json
    """
    from ..answers.atlas import Question, State, draw_up
    from ..certificates.atlas_cells import cells, undecided_fraction
    from ..errors import InputError
    from ..intervals import exact
    from ..model import Contrast, Parameters
    from ..work.fingerprint import fingerprint
    from ..work.store import unfinished

    for path in picture or []:
        if path.suffix not in PICTURES:
            raise InputError(f"{path}: a picture ends in {', '.join(PICTURES)}")
    if picture:
        require_figures()
    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    question = Question(Contrast.asked(contrast, group_size, ddof, omega), box, exact(tolerance))
    journal = None if out is None else unfinished(out, [question.words, fingerprint()])
    with progress() as bar:
        task = bar.add_task("atlas", total=1.0)

        def show(state: State) -> None:
            left = "" if state.left is None else f", about {state.left:.0f} s left"
            words = f"atlas: {state.decided} cells, {float(state.open_share):.2%} of the area open{left}"
            total = None if state.left is None else state.seconds + state.left
            bar.update(task, description=words, completed=state.seconds, total=total)

        certificate = draw_up(question, jobs=jobs, journal=journal, progress=show)
    if out is not None:
        write_certificate(out, certificate)
    for path in picture or []:
        _draw(path, certificate)
        remark(f"picture written to {path}")
    found = list(cells(certificate))
    counts = Counter(
        f"tends to a cycle of {cell.period}" if cell.verdict == "cycle" else WORDS[cell.verdict]
        for cell in found
    )
    open_share = undecided_fraction(certificate)
    text = _text(len(found), counts, open_share)
    answer(_json(certificate, len(found), counts, open_share), text, as_json, out=out)
    return PROVED if open_share <= question.tolerance else UNDECIDED


def _draw(path: Path, certificate: Certificate[Atlas, AtlasCells]) -> None:
    from ..certificates.atlas_cells import cells
    from ..report.drawing.atlas import atlas_picture
    from ..report.pages.atlas import map_curves
    from ..work.files import write_bytes

    curves = map_curves(certificate["statement"])
    write_bytes(path, atlas_picture(list(cells(certificate)), curves, path.suffix[1:]))


def _json(
    certificate: Certificate[Atlas, AtlasCells], count: int, counts: Counter[str], open_share: Fraction
) -> AtlasAnswer:
    """The question, the rectangle and the numbers (`undecided` is a share of the ranges asked about); the
    cells are in the certificate."""
    statement = certificate["statement"]
    return {
        "variant": statement["variant"],
        "parameters": statement["parameters"],
        "log_beta": statement["log_beta"],
        "logit_p_ref": statement["logit_p_ref"],
        "undecided": decimal_up(open_share, 6),
        "cells": count,
        "verdicts": dict(sorted(counts.items())),
    }


def _text(count: int, counts: Counter[str], open_share: Fraction) -> str:
    from ..report.numerals import percent

    share = percent(open_share, 3)
    lines = [f"{count} cell{'s' * (count != 1)}; {share} of the area asked about is undecided"]
    return "\n".join([*lines, *(f"  {number:6} {words}" for words, number in counts.most_common())])
