"""``verified-grpo limit``: what the sequence does in the end, by small steps and solved exactly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group

from ..answers.judged import Judged
from ..errors import InputError
from ..model import Contrast
from ..model.clipping import Clip
from ..model.pulls import Kernel, Pull
from ..model.steps import StepParameters
from ..rigor.sequences.outcomes import ByAlpha
from .classes import ClassesFile, ReachOf, about_classes, needed
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
from .cycles import list_cycles
from .fixed_points import fixed_points_text
from .flow import Metric, time_flow
from .limit_k3 import limit_under_pull
from .limit_words import limit_text
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
from .passage import count_steps
from .posed import Posed
from .steps import Asked, InnerSteps, StepSize
from .trajectory import follow, follow_clipped, picture_beside
from .verifiers import ErrorsOption, FalsePositive, ObservedRate, TruePositive, remind, under

if TYPE_CHECKING:
    from ..certificates.grammar.values import AnyCertificate


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
    clipped = _read_clip(clip, clip_high, trajectory, reach, step_size)
    if trajectory is None and updates is not None:
        raise InputError("--updates belongs to --trajectory")
    pull = Pull.of(told.kl.value, clamp=kl_clamp, dead_groups=drop_dead_groups)
    other = _other_pull(pull)
    if judged.is_systematic and (other or any(x is not None for x in (start, period, reach, trajectory))):
        raise InputError(
            "--errors systematic tells the rate of right answers at fixed points: not with --start, "
            f"--period, --reach, --trajectory or {other or '--kl k3'}"
        )
    if not (judged.is_systematic or judged.is_exact) and any(
        x is not None for x in (start, period, reach, trajectory)
    ):
        raise InputError(
            "with independent errors --start, --period, --reach and --trajectory ask for rates that are "
            "numbers: ranges are answered of the limit, of fixed points and of audit --property"
        )
    if judged.verifier is not None and other:
        raise InputError(f"{other} asks for rewards that are right: it has no use for a verifier that errs")
    if any(option is not None for option in (flow, reach, period, trajectory)):
        remind(judged)
        told.remark()
    if flow is not None:
        if reach is None or any(option is not None for option in (step_size, start, period, trajectory)):
            raise InputError("--flow times --reach: no use for steps, --start, --period or --trajectory")
        if other:
            raise InputError(f"--flow is of the other KL: not with {other}")
        return time_flow(chosen, asked.box, reach, flow, engine, out, as_json)
    if other:
        if any(option is not None for option in (step_size, start, period, reach, trajectory)):
            raise InputError(
                f"{other} has no use for --step-size, --start, --period, --reach or --trajectory"
            )
        return limit_under_pull(chosen, asked.box, pull, engine, out, as_json, told)
    _look_at_trajectory(trajectory, updates, reach, start, period)
    if clipped is not None:
        assert trajectory is not None
        assert updates is not None
        return follow_clipped(chosen, asked.recursion, updates, clipped, trajectory, engine, out, as_json)
    if trajectory is not None and reach is None:
        assert updates is not None
        return follow(chosen, asked, updates, trajectory, engine, out, as_json)
    if period is not None and reach is None:
        if start is not None:
            raise InputError("--period lists the cycles of the map: it has no use for --start")
        return list_cycles(chosen, asked, period, engine, out, as_json)
    if reach is not None:
        if start is not None or period is not None:
            raise InputError("--reach counts from p_ref: it has no use for --start or --period")
        return count_steps(chosen, asked, reach, engine, out, as_json, trajectory, updates)
    if asked.update is None and start is None:
        return _two_views(chosen, asked.box, judged, engine, out, as_json, told)
    return _one_view(chosen, asked, start, judged, engine, out, as_json, told)


def _read_clip(
    low: str | None, high: str | None, table: Path | None, reach: str | None, step_size: str | None
) -> Clip | None:
    """The clipping that is asked about, of whole updates.

    Raises:
        InputError: a combination that has no meaning, or clipping outside its domain.
    """
    if low is None:
        if high is not None:
            raise InputError("--clip-high belongs to --clip")
        return None
    if table is None or reach is not None or step_size is not None:
        raise InputError(
            "--clip is of updates solved exactly: with --trajectory and --updates, and without steps"
        )
    return Clip.of(low, high)


def _other_pull(pull: Pull) -> str:
    """The option that asks for another pull than KL(pi || pi_ref), or nothing."""
    if pull.kernel is Kernel.K3:
        return "--kl k3"
    return "" if pull.is_plain else "--drop-dead-groups"


def _look_at_trajectory(
    table: Path | None, updates: int | None, reach: str | None, start: str | None, period: int | None
) -> None:
    """Refuse options that a trajectory has no use for, before any work.

    Raises:
        InputError: a combination that has no meaning.
    """
    if table is None:
        return
    if start is not None or period is not None:
        raise InputError("--trajectory begins at p_ref: it has no use for --start or --period")
    if reach is None and updates is None:
        raise InputError("--trajectory asks for --updates, or for --reach")
    picture_beside(table)


def _two_views(
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


def _one_view(
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
