"""``verified-grpo curves``: where in the plane of (beta, p_ref) fixed points change, enclosed in boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group
from rich.table import Table

from ..errors import InputError
from ..intervals import ArbEngine, decimal_down, decimal_up, exact
from .options import (
    PROVED,
    Alpha,
    AsJson,
    Beta,
    ContrastName,
    Ddof,
    EngineName,
    Eps,
    GroupSize,
    Omega,
    PRef,
    answer,
    app,
    one_of,
    output_folder,
    remark,
)
from .shown import number_table
from .steps import InnerSteps, StepSize, read_update

if TYPE_CHECKING:
    from ..certificates.grammar.plane import LocatedCusp, TracedCurve
    from ..certificates.grammar.values import AnyCertificate
    from ..certificates.outputs.plane import CurvesAnswer
    from ..rigor.points.curves import PlaneCurve

BITS, DIGITS = 64, 4  # of ranges for reading
NAMES = ("fold", "flip", "settling", "cusp")
ONE_STEP = (
    "a curve is explicit for one step an update alone: ask without --inner-steps (folds, cusps and the "
    "settling bound are those of any steps)"
)
MEANS = {
    "fold": "a fixed point of multiplicity two or more (T' = 1)",
    "flip": "a fixed point with multiplier -1 (T' = -1)",
    "settling": "from this p_ref upwards the sequence settles (beta_c)",
}


@app.command("curves")
def curves_command(
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = None,
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    omega: Omega = None,
    curve: Annotated[
        list[str] | None,
        typer.Option(
            "--curve", help="fold, flip, settling or cusp; all if none", autocompletion=one_of(*NAMES)
        ),
    ] = None,
    step_size: StepSize = None,
    inner_steps: InnerSteps = None,
    tolerance: Annotated[
        str, typer.Option("--tolerance", help="size of a box, as a share of the window's sides")
    ] = "0.01",
    engine: EngineName = "arb",
    out: Annotated[
        Path | None, output_folder("--out", "write a certificate of each curve into this folder")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Folds, flips, the settling bound beta_c and cusps in a window of beta and p_ref, enclosed in boxes.

    The boxes leave no point of them out. With --step-size the flips are those of updates of one such step;
    folds, cusps and the settling bound are the same whatever the steps.

    Example:

    verified-grpo curves --beta 0.1:100 --eps 1e-5 --p-ref 1e-4:0.999 --out curves
    """
    from ..certificates.canonical import write
    from ..certificates.curve_builders import curve_certificate, curve_payload, cusp_certificate, cusp_payload
    from ..model import Contrast
    from ..rigor.points.curves import cusps, flip_curve, fold_curve, settling_bound

    read_update(step_size, inner_steps)
    if inner_steps not in (None, 1):
        raise InputError(ONE_STEP)
    wanted = curve or list(NAMES)
    for name in wanted:
        if name not in NAMES:
            raise InputError(f"--curve is one of {', '.join(NAMES)}, not {name!r}")
    chosen = Contrast.asked(contrast, group_size, ddof, omega)
    flips = partial(flip_curve, step_size=step_size)
    traces: dict[str, Callable[..., PlaneCurve]]
    traces = {"fold": fold_curve, "flip": flips, "settling": settling_bound}
    window = {"beta": beta, "p_ref": p_ref, "tolerance": tolerance, "engine": engine}
    traced = [traces[name](chosen, eps, alpha, **window) for name in wanted if name in traces]
    points = cusps(chosen, eps, alpha, engine=engine) if "cusp" in wanted else ()
    payload: CurvesAnswer = {
        "verdict": "proved",
        "curves": [curve_payload(found) for found in traced],
        "cusps": [cusp_payload(found) for found in points],
    }
    if out is not None:
        files: dict[str, AnyCertificate] = {found.name: curve_certificate(found) for found in traced}
        files |= {f"cusp-{k}" if k > 1 else "cusp": cusp_certificate(c) for k, c in enumerate(points, 1)}
        for name, certificate in files.items():
            write(out / f"{name}.json", certificate)
        remark(f"{len(files)} certificates written to {out}")
    answer(payload, _text(payload["curves"], payload["cusps"], "cusp" in wanted), as_json)
    return PROVED


def _text(curves: Sequence[TracedCurve], found: Sequence[LocatedCusp], cusps_asked: bool) -> Group:
    """Where each curve is, roughly; the boxes are in the JSON and in the certificates."""
    table = number_table()
    for name in ("curve", "boxes", "beta", "p_ref", "there"):
        table.add_column(name, no_wrap=name != "there")
    for curve in curves:
        pieces = curve["pieces"]
        across = [exact(end) for piece in pieces for end in piece["log_beta"]]
        up = [exact(end) for piece in pieces for end in piece["logit_p_ref"]]
        ranges = [_outward(across, "exp"), _outward(up, "sigmoid")] if pieces else ["not in the window", ""]
        table.add_row(curve["curve"], str(len(pieces)), *ranges, _meaning(curve))
    lines: list[str | Table] = []
    if curves:
        lines += ["proved: every point of each curve in the window is in one of its boxes", table]
    if cusps_asked and not found:
        lines.append("no cusp is proved, nor that there is none")
    for cusp in found:
        beta, p_ref = cusp["parameters"]["beta"], cusp["parameters"]["p_ref"]
        lines.append(
            f"proved: a cusp, where folds meet: beta in [{', '.join(beta)}],\n  p_ref in [{', '.join(p_ref)}]"
        )
    return Group(*lines)


def _meaning(curve: TracedCurve) -> str:
    step = curve.get("step_size")
    if step is None:
        return MEANS[curve["curve"]]
    return f"a fixed point at which a step of size {step} has multiplier -1"


def _outward(ends: Sequence[Fraction], function: str) -> str:
    """What a rising function does to a range, its ends rounded outward."""
    with ArbEngine(BITS) as arb:
        low, high = (getattr(arb, function)(arb.exact(end)) for end in (min(ends), max(ends)))
        bounds = arb.lower(low), arb.upper(high)
    return f"{decimal_down(bounds[0], DIGITS)} to {decimal_up(bounds[1], DIGITS)}"
