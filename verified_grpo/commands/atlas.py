"""``verified-grpo atlas``: what the sequence does, over a rectangle of (beta, p_ref); or where small steps
lead."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .configured import Kl
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
    one_of,
    output_file,
    progress,
    remark,
    write_certificate,
)
from .steps import Asked, InnerSteps, StepSize, read_update

if TYPE_CHECKING:
    from ..certificates.grammar.values import AnyCertificate
    from ..certificates.outputs.plane import AtlasAnswer, ContoursAnswer

MAP_OF_K3 = "--kl k3 has a map of small steps alone: ask with --view small-steps"
ANY_STEPS = "--view small-steps is of any steps small enough: it has no use for --step-size"
PICTURES = (".svg", ".png", ".pdf")


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
    view: Annotated[
        str,
        typer.Option(
            "--view",
            help="maximiser: updates solved exactly; small-steps: where any small steps lead",
            autocompletion=one_of("maximiser", "small-steps"),
        ),
    ] = "maximiser",
    step_size: StepSize = None,
    inner_steps: InnerSteps = None,
    kl: Annotated[
        Kl | None,
        typer.Option("--kl", help="with --view small-steps: KL(pi || pi_ref), or that of the estimator k3"),
    ] = None,
    tolerance: Annotated[str, typer.Option("--tolerance", help="share left undecided of the area")] = "0.01",
    jobs: Annotated[int, typer.Option("--jobs", help="processes side by side", min=1)] = 1,
    out: Annotated[Path | None, output_file("--out", "write the certificate to this file")] = None,
    picture: Annotated[
        list[Path] | None, output_file("--picture", "draw it: a file .svg, .png or .pdf")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """A map of what the sequence from p_ref does over ranges of beta and p_ref, each cell proved.

    With --view small-steps: the p* that small steps lead to, and where solving exactly ends elsewhere. With
    --step-size, updates of steps of this size, in the place of updates solved exactly.

    With --out finished work is kept beside the file; the same command goes on from it after an interruption.

    Example:

    verified-grpo atlas --beta 1:10 --eps 1e-2 --p-ref 0.001:0.5 --out atlas.json
    """
    from ..answers.atlas import SMALL_STEPS, AtlasQuestion, State, draw_up, draw_up_small_steps, require_view
    from ..answers.atlas.outputs import atlas_json, contours_json, open_share
    from ..errors import InputError
    from ..intervals import exact
    from ..model import Contrast, Parameters
    from ..model.steps import StepParameters
    from ..work.fingerprint import fingerprint
    from ..work.store import unfinished

    require_view(view)
    update = read_update(step_size, inner_steps)
    if update is not None and view == SMALL_STEPS:
        raise InputError(ANY_STEPS)
    k3 = kl is Kl.K3
    if k3 and view != SMALL_STEPS:
        raise InputError(MAP_OF_K3)
    for path in picture or []:
        if path.suffix not in PICTURES:
            raise InputError(f"{path}: a picture ends in {', '.join(PICTURES)}")
    if picture:
        require_figures()
    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    chosen = Contrast.asked(contrast, group_size, ddof, omega)
    question = AtlasQuestion(chosen, box, exact(tolerance), update)
    journal = None if out is None else unfinished(out, [question.words, fingerprint()])
    with progress() as bar:
        task = bar.add_task("atlas", total=1.0)

        def show(state: State) -> None:
            left = "" if state.left is None else f", about {state.left:.0f} s left"
            words = f"atlas: {state.decided} cells, {float(state.open_share):.2%} of the area open{left}"
            total = None if state.left is None else state.seconds + state.left
            bar.update(task, description=words, completed=state.seconds, total=total)

        draw = partial(draw_up_small_steps, k3=k3) if view == SMALL_STEPS else draw_up
        certificate: AnyCertificate = draw(question, jobs=jobs, journal=journal, progress=show)
    share = open_share(certificate)
    payload: AtlasAnswer | ContoursAnswer
    if view == SMALL_STEPS:
        payload = contours_json(certificate)
        text = _contours_text(payload, share)
    else:
        payload = atlas_json(certificate)
        text = _cells_text(payload, share)
    asked = Asked(StepParameters(**dict(box)), update)
    if out is not None:
        write_certificate(out, certificate)
    for path in picture or []:
        _draw(path, certificate)
        remark(f"picture written to {path}")
    answer(asked.mark(payload), asked.under(text), as_json, out=out)
    return PROVED if share <= question.tolerance else UNDECIDED


def _draw(path: Path, certificate: AnyCertificate) -> None:
    from ..report.pages.maps import map_picture
    from ..work.files import write_bytes

    write_bytes(path, map_picture(certificate, path.suffix[1:]))


def _cells_text(told: AtlasAnswer, share: Fraction) -> str:
    """How many cells have which verdict, the most frequent first."""
    from ..report.numerals import percent

    number = told["cells"]
    head = f"{number} cell{'s' * (number != 1)}; {percent(share, 3)} of the area asked about is undecided"
    ranked = sorted(told["verdicts"].items(), key=lambda one: -one[1])
    return "\n".join([head, *(f"  {count:6} {words}" for words, count in ranked)])


def _contours_text(told: ContoursAnswer, share: Fraction) -> str:
    """The contours, and in how many cells the views part."""
    from ..report.numerals import percent

    levels = told["levels"]
    if told.get("kl") == "k3":
        parting = "under KL(pi_ref || pi), k3 in the loss: nothing is told of updates solved exactly"
    else:
        parting = f"in {told['parting_cells']} cells the iteration solved exactly is proved to end elsewhere"
    return (
        f"{len(levels)} contours of p*, the end of small steps, from {levels[0]} to {levels[-1]};\n"
        f"  {percent(share, 3)} of the area asked about is in their strips\n"
        f"{parting}"
    )
