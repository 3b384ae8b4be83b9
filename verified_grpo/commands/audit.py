"""``verified-grpo audit``: a property over ranges, a framework's configuration, or a table of pass rates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import (
    ALPHA,
    DDOF,
    EPS,
    GROUP_SIZE,
    P_REF,
    AsJson,
    ContrastName,
    Omega,
    app,
    engine_option,
    named,
    output_file,
)
from .steps import InnerSteps, StepSize
from .verifiers import ErrorsOption, FalsePositive, ObservedRate, TruePositive


@app.command("audit")
def audit_command(
    prop: Annotated[
        str | None,
        typer.Option("--property", help="amplification, contraction, uniqueness, convergence or no-cycles"),
    ] = None,
    beta: Annotated[
        str | None, typer.Option("--beta", help="KL weight, > 0; 0 where steps are asked about")
    ] = None,
    eps: Annotated[str | None, EPS] = None,
    p_ref: Annotated[str | None, P_REF] = None,
    alpha: Annotated[str | None, ALPHA] = None,
    contrast: ContrastName = None,
    group_size: Annotated[int | None, GROUP_SIZE] = None,
    ddof: Annotated[int | None, DDOF] = None,
    omega: Omega = None,
    true_positive: TruePositive = None,
    false_positive: FalsePositive = None,
    errors: ErrorsOption = None,
    observed_rate: ObservedRate = False,
    apart: Annotated[
        str | None,
        typer.Option(
            "--apart", help="amplification: of all rates, those with true less false positives at least this"
        ),
    ] = None,
    rate: Annotated[
        str | None,
        typer.Option("--rate", help="contraction at this rate, in (0, 1); --pass-rates: column of rates"),
    ] = None,
    gain: Annotated[
        str | None, typer.Option("--gain", help="amplification: odds multiplied by at least this, > 1")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", help="amplification, tables, files: p at least this, in (0, 1)"),
    ] = None,
    largest_set: Annotated[
        str | None,
        typer.Option("--largest-set", help="beta, alpha, eps or group-size for which the property holds"),
    ] = None,
    picture: Annotated[
        list[Path] | None, output_file("--picture", "of two ranges: a file .svg, .png or .pdf")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="configuration file of a training framework")
    ] = None,
    framework: Annotated[
        str | None, typer.Option("--framework", help="its framework, if not to be detected")
    ] = None,
    framework_version: Annotated[
        str | None, typer.Option("--framework-version", help="whose defaults, if not the newest known")
    ] = None,
    granted: Annotated[
        bool, typer.Option("--granted", help="--config: the conditions of a conditional answer are met")
    ] = False,
    pass_rates: Annotated[
        Path | None, typer.Option("--pass-rates", help="table of pass rates: CSV, JSONL or Parquet")
    ] = None,
    k: Annotated[str | None, typer.Option("--k", help="--pass-rates: column of successes")] = None,
    n: Annotated[
        str | None, typer.Option("--n", help="--pass-rates: column of sample sizes, or one number")
    ] = None,
    reward: Annotated[
        str | None, typer.Option("--reward", help="--pass-rates: column of rewards, one sample a row")
    ] = None,
    correct: Annotated[
        str | None,
        typer.Option("--correct", help="--pass-rates: column that says whether an answer is correct"),
    ] = None,
    as_classes: Annotated[
        bool,
        typer.Option("--as-classes", help="--pass-rates: rewards are numbers as they are, -1 and 1, too"),
    ] = False,
    prompt: Annotated[
        str | None, typer.Option("--prompt", help="--pass-rates: column that names the prompt")
    ] = None,
    step: Annotated[
        str | None, typer.Option("--step", help="--pass-rates: the training step whose rows are read")
    ] = None,
    step_size: StepSize = None,
    inner_steps: InnerSteps = None,
    confidence: Annotated[
        str | None, typer.Option("--confidence", help="of the intervals of pass rates, in (0, 1)")
    ] = None,
    tolerance: Annotated[
        str | None,
        typer.Option("--tolerance", help="share of the volume left undecided; --largest-set: their width"),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="number of processes")] = 1,
    engine: Annotated[str | None, engine_option()] = None,
    form: Annotated[str, typer.Option("--format", help="of the report: md, html or pdf")] = "md",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="certificate (--property), table (--pass-rates), folder (--config)",
            parser=named,
            metavar="<path>",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Certified answers: over ranges of parameters, for a training configuration, for a table of pass rates.

    Example:

    verified-grpo audit --property contraction --beta 61:99 --eps 1e-5 --p-ref 0.1

    verified-grpo audit --config examples/configurations/trl.yaml --out audit

    verified-grpo audit --pass-rates rates.csv --beta 5 --eps 1e-5 --out done.csv

    verified-grpo audit --property uniqueness --largest-set beta --eps 1e-5 --p-ref 0.1:0.9

    A verifier that errs takes --true-positive, --false-positive (numbers or ranges) and --errors. The
    rates of a table are then those at which it passes answers; --p-ref is the rate of right ones, or
    with --observed-rate that of passing.
    """
    from .audit_options import AuditOptions

    asked = AuditOptions(
        prop=prop,
        beta=beta,
        eps=eps,
        p_ref=p_ref,
        alpha=alpha,
        contrast=contrast,
        group_size=group_size,
        ddof=ddof,
        omega=omega,
        true_positive=true_positive,
        false_positive=false_positive,
        errors=errors,
        observed_rate=observed_rate or None,
        apart=apart,
        rate=rate,
        gain=gain,
        target=target,
        largest_set=largest_set,
        picture=picture or None,
        config=config,
        framework=framework,
        framework_version=framework_version,
        granted=granted or None,
        pass_rates=pass_rates,
        k=k,
        n=n,
        reward=reward,
        correct=correct,
        as_classes=as_classes or None,
        prompt=prompt,
        step=step,
        step_size=step_size,
        inner_steps=inner_steps,
        confidence=confidence,
        tolerance=tolerance,
        jobs=jobs,
        engine=engine,
        format=form,
        out=out,
        as_json=as_json,
    )
    if pass_rates is not None or config is not None:
        mode = "--config" if pass_rates is None else "--pass-rates"
        asked.refuse(mode, "gain", "largest-set", "picture", "apart")
    if pass_rates is not None:  # with --config, the variant comes from the configuration
        from .audit_pass_rates import audit_pass_rates

        return audit_pass_rates(asked)
    if config is not None:
        from .audit_configuration import audit_configuration

        return audit_configuration(asked)
    if largest_set is not None:
        from .audit_largest_set import audit_largest_set

        return audit_largest_set(asked)
    from .audit_region import audit_region

    return audit_region(asked)
