"""``verified-grpo limit``: what the sequence does in the end, by small steps and solved exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from ..model.pulls import Pull
from .classes import ClassesFile, ReachOf, about_classes, needed
from .configured import (
    BetaOrFile,
    Config,
    EpsOrFile,
    Framework,
    FrameworkVersion,
    Kl,
    typed,
)
from .cycles import list_cycles
from .flow import Metric, time_flow
from .limit_k3 import limit_under_pull
from .limit_options import Further, asks_for
from .limit_views import one_view, two_views
from .options import (
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
    app,
    output_file,
    typed_options,
)
from .passage import count_steps
from .posed import Posed
from .steps import InnerSteps, StepSize
from .trajectory import follow, follow_clipped
from .verifiers import ErrorsOption, FalsePositive, ObservedRate, TruePositive, remind


@app.command("limit")
def limit_command(
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
    start: Annotated[
        str | None, typer.Option("--start", help="p_0 in (0, 1), if not p_ref: of the exact iteration")
    ] = None,
    period: Annotated[
        int | None,
        typer.Option("--period", help="list all cycles of this period of the exact iteration, 1 to 8"),
    ] = None,
    reach: Annotated[
        str | None,
        typer.Option("--reach", help="a probability: how many steps (of --step-size) until p is there"),
    ] = None,
    reach_of: ReachOf = None,
    trajectory: Annotated[
        Path | None,
        output_file("--trajectory", "write the sequence, enclosed, into this CSV, and a picture beside it"),
    ] = None,
    updates: Annotated[
        int | None,
        typer.Option("--updates", help="with --trajectory: how many, 1 to 1000000 (until --reach if none)"),
    ] = None,
    clip: Annotated[
        str | None,
        typer.Option("--clip", help="with --trajectory: the ratio of policies is clipped from 1 - CLIP"),
    ] = None,
    clip_high: Annotated[
        str | None, typer.Option("--clip-high", help="... to 1 + this (1 + CLIP if not given)")
    ] = None,
    flow: Annotated[
        Metric | None,
        typer.Option("--flow", help="with --reach: the time of infinitely small steps, in this metric"),
    ] = None,
    kl: Annotated[
        Kl | None, typer.Option("--kl", help="which KL is in the loss: KL(pi || pi_ref), or the estimator k3")
    ] = None,
    kl_clamp: Annotated[
        str | None,
        typer.Option(
            "--kl-clamp", help="with --kl k3: the estimator is clamped at this (10 in most trainers)"
        ),
    ] = None,
    drop_dead_groups: Annotated[
        int | None,
        typer.Option("--drop-dead-groups", help="groups of so many answers with one reward are left out"),
    ] = None,
    engine: EngineName = "arb",
    out: Annotated[
        Path | None, output_file("--out", "write the certificate to this file, and others beside it")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What the sequence from p_ref does in the end: by small steps, and solved exactly at every step.

    Small steps rise to the least fixed point, whatever they are, up to a bound. Solved exactly, as in the
    paper, the sequence may swing past it. The exit code is that of small steps.

    With --step-size, updates of such steps alone, whatever their size. --start and --period are about the
    exact iteration, or with --step-size about that one.

    --reach P counts the updates until p is at P or above: of --step-size, else exact ones. The exit code is
    that of the count.

    --reach P --flow 1 gives the time that infinitely small steps take, in units of step size times number;
    --flow "p(1-p)" that of the plain gradient of one logit.

    --trajectory FILE writes enclosures of p and its log-odds after so many updates, at a thousand of them
    at most; where updates may overshoot nothing is written. With --clip each update is solved exactly with
    the ratio of policies clipped, at exact parameters.

    With --kl k3 the KL is that of the estimator k3, KL(pi_ref || pi), which has one fixed point and a
    bound of the steps of its own. --kl-clamp ends its pull where the estimator exceeds a number;
    --drop-dead-groups weighs the KL of successes and failures by how often their groups stay.

    A verifier that errs takes --true-positive, --false-positive and --errors: with independent errors p is
    the rate of right answers; with systematic ones the rate of passing, and that of right answers is added.

    With --classes FILE in the place of --p-ref rewards may have any values: where both kinds of steps lead,
    and whether correctness rises, falls or turns on the way.

    A range of alpha from 0 upwards has an answer for each of its parts: at 0 p rises to 1.

    Example:

    verified-grpo limit --beta 5 --eps 1e-5 --p-ref 0.001

    verified-grpo limit --config examples/configurations/trl.yaml --p-ref 0.1
    """
    if classes is not None:
        numbers = {**typed(beta, eps), "alpha": alpha}
        steps = step_size, inner_steps
        given = typed_options(context)
        return about_classes(
            classes, given, numbers, contrast, steps, 15, engine, out, as_json,
            everything=True, reach=(reach, reach_of),
        )  # fmt: skip
    if reach_of is not None:
        raise InputError("--reach-of belongs to --classes: without it --reach is of p")
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
        others={"--kl-clamp": kl_clamp, "--drop-dead-groups": drop_dead_groups},
    )
    chosen, asked, judged, told = posed.contrast, posed.asked, posed.judged, posed.told
    pull = Pull.of(told.kl.value, clamp=kl_clamp, dead_groups=drop_dead_groups)
    further = Further(step_size, start, period, reach, trajectory, updates, (clip, clip_high), flow)
    clipped = further.look(judged, pull)
    if any(option is not None for option in (reach, period, trajectory)):
        remind(judged)
        told.remark()
    if asks_for(pull):
        return limit_under_pull(chosen, asked.box, pull, engine, out, as_json, told)
    if reach is not None and flow is not None:
        return time_flow(chosen, asked.box, reach, flow, engine, out, as_json)
    if reach is not None:
        return count_steps(chosen, asked, reach, engine, out, as_json, trajectory, updates)
    if trajectory is not None and updates is not None:
        if clipped is not None:
            box = asked.recursion
            return follow_clipped(chosen, box, updates, clipped, trajectory, engine, out, as_json)
        return follow(chosen, asked, updates, trajectory, engine, out, as_json)
    if period is not None:
        return list_cycles(chosen, asked, period, engine, out, as_json)
    if asked.update is None and start is None:
        return two_views(chosen, asked.box, judged, engine, out, as_json, told)
    return one_view(chosen, asked, start, judged, engine, out, as_json, told)
