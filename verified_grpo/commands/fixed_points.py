"""``verified-grpo fixed-points``: all fixed points, each in a proved bracket."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ..answers.fixed_points import fixed_points_json
from ..errors import InputError
from ..intervals import decimal_down, decimal_up
from ..model import Parameters
from ..rigor import FixedPoints, UndecidedFixedPoints
from .classes import ClassesFile, about_classes, needed
from .configured import (
    BetaOrFile,
    Config,
    Configured,
    EpsOrFile,
    Framework,
    FrameworkVersion,
    Kl,
    typed,
)
from .options import (
    PROVED,
    UNDECIDED,
    Alpha,
    AsJson,
    BatchStd,
    ContrastName,
    Ddof,
    EngineName,
    GroupSize,
    Omega,
    PRefOrClasses,
    RewardValues,
    answer,
    app,
    output_file,
    sibling,
    typed_options,
    write_certificate,
)
from .posed import Posed
from .shown import bracket, number_table, shortened
from .steps import InnerSteps, StepSize
from .verifiers import ErrorsOption, FalsePositive, ObservedRate, TruePositive, under

if TYPE_CHECKING:
    from ..model import Contrast
    from ..model.steps import StepParameters
    from ..rigor import FixedPoint
    from ..rigor.k3 import K3FixedPoint

SHOWN_DIGITS = 15


@app.command("fixed-points")
def fixed_points_command(
    context: typer.Context,
    p_ref: PRefOrClasses = None,
    beta: BetaOrFile = None,
    eps: EpsOrFile = None,
    classes: ClassesFile = None,
    config: Config = None,
    framework: Framework = None,
    framework_version: FrameworkVersion = None,
    alpha: Alpha = "1",
    contrast: ContrastName = None,
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    omega: Omega = None,
    batch_std: BatchStd = None,
    reward_values: RewardValues = None,
    true_positive: TruePositive = None,
    false_positive: FalsePositive = None,
    errors: ErrorsOption = None,
    observed_rate: ObservedRate = False,
    step_size: StepSize = None,
    inner_steps: InnerSteps = None,
    kl: Annotated[
        Kl | None, typer.Option("--kl", help="which KL is in the loss: reverse, KL(pi || pi_ref), or k3")
    ] = None,
    digits: Annotated[int, typer.Option("--digits", help="digits of each bracket, 1 to 10000")] = 15,
    engine: EngineName = "arb",
    out: Annotated[
        Path | None, output_file("--out", "write the certificate to this file, or - to print it")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """All fixed points, each in a proved bracket, for exact parameters or over ranges of them.

    They are those of every step; multipliers and kinds are of the exact iteration, or of --step-size.

    A verifier that errs takes --true-positive, --false-positive and --errors: with independent errors p is
    the rate of right answers; with systematic ones the rate of passing, and that of right answers is added.

    With --classes FILE in the place of --p-ref rewards may have any values: the table says how large each
    class of answers is, its reward, and how many of it are correct. Fixed points are those of the tilt
    pi ~ pi_ref exp(theta reward), with the mean reward and the correctness at each.

    Example:

    verified-grpo fixed-points --beta 5 --eps 1e-5 --p-ref 0.001

    verified-grpo fixed-points --config examples/configurations/trl.yaml --p-ref 0.1
    """
    from ..certificates import fixed_points_certificate
    from ..rigor import FixedPoints, fixed_points

    if classes is not None:
        numbers = {**typed(beta, eps), "alpha": alpha}
        steps = step_size, inner_steps
        given = typed_options(context)
        return about_classes(
            classes, given, numbers, contrast, steps, digits, engine, out, as_json, everything=False
        )
    posed = Posed.read(
        p_ref=needed(p_ref),
        beta=beta,
        eps=eps,
        alpha=alpha,
        contrast=(contrast, group_size, ddof, omega),
        batch_std=batch_std,
        reward_values=reward_values,
        verifier=(true_positive, false_positive, errors, observed_rate),
        file=(config, framework, framework_version),
        kl=kl,
        steps=(step_size, inner_steps),
    )
    chosen, asked, judged, told = posed.contrast, posed.asked, posed.judged, posed.told
    if told.kl is Kl.K3:
        if judged.verifier is not None or asked.update is not None:
            raise InputError("under k3 the fixed point is that of every step, and of an exact verifier")
        return _under_k3(told, chosen, asked.box, digits, engine, out, as_json)
    found = fixed_points(chosen, asked.recursion, digits=digits, engine=engine)
    payload = fixed_points_json(found)
    if out is not None and isinstance(found, FixedPoints):
        write_certificate(out, fixed_points_certificate(found))
        for ending, certificate in judged.certificates(payload).items():
            write_certificate(sibling(out, ending), certificate)
    text = told.under(under(judged, asked.under(fixed_points_text(found)), payload))
    answer(told.mark(judged.mark(asked.mark(payload), payload)), text, as_json, out=out)
    return PROVED if isinstance(found, FixedPoints) else UNDECIDED


def _under_k3(
    told: Configured,
    contrast: Contrast,
    box: StepParameters,
    digits: int,
    engine: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """With k3 in the loss: the only fixed point."""
    from ..answers.fixed_points import k3_point_json
    from ..certificates.k3 import k3_certificate
    from ..rigor.k3 import k3_fixed_point

    if box.beta[0] == 0:
        raise InputError("with beta 0 no KL is in the loss: ask without --kl")
    found = k3_fixed_point(contrast, Parameters(**dict(box)), digits=digits, engine=engine)
    if out is not None:
        write_certificate(out, k3_certificate(found))
    answer(told.mark(k3_point_json(found)), told.under(_table([found])), as_json, out=out)
    return PROVED


def fixed_points_text(found: FixedPoints | UndecidedFixedPoints) -> str | Table:
    """A table of brackets; each line of a cell is an end."""
    if isinstance(found, UndecidedFixedPoints):
        if found.bracket is None:
            return f"undecided: {found.reason}"
        return f"undecided: {found.reason}: L in {bracket(*found.bracket)}"
    if not found.points:
        return "proved: no fixed point (alpha = 0): the log-odds rise at every step"
    return _table(found.points)


def _table(points: Sequence[FixedPoint | K3FixedPoint]) -> Table:
    plural = "fixed point" if len(points) == 1 else "fixed points"
    title = f"proved: exactly {len(points)} {plural}"
    table = number_table(title)
    for name in ("log-odds L", "p", "1 - p", "multiplier", "kind"):
        table.add_column(name, no_wrap=True)
    for point in points:
        logit = decimal_down(point.logit[0], SHOWN_DIGITS), decimal_up(point.logit[1], SHOWN_DIGITS)
        columns = [logit, *(shortened(pair) for pair in (point.p, point.one_minus_p, point.multiplier))]
        table.add_row(*("\n".join(pair) for pair in columns), point.stability)
    return table
