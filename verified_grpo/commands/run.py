"""``verified-grpo run``: the log of a training run, held against what is certified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import InputError
from ..intervals import canonical, exact
from .extras import require_figures
from .options import (
    PROVED,
    UNDECIDED,
    AsJson,
    answer,
    app,
    one_of,
    output_folder,
    remark,
)
from .shown import ends, shortened, wrapped

LISTED = 5
CERTIFIED = 20


@app.command("run")
def run_command(
    logs: Annotated[list[Path], typer.Argument(help="CSV, JSON lines, Parquet, or folders of them")],
    config: Annotated[Path | None, typer.Option("--config", help="the run's configuration")] = None,
    framework: Annotated[str | None, typer.Option("--framework", help="of --config, where not seen")] = None,
    framework_version: Annotated[
        str | None, typer.Option("--framework-version", help="whose defaults are taken")
    ] = None,
    beta: Annotated[str | None, typer.Option("--beta", help="KL weight, where there is no --config")] = None,
    group_size: Annotated[int | None, typer.Option("--group-size", help="G, the samples of a group")] = None,
    reference: Annotated[
        Path | None, typer.Option("--reference", help="table of the reference's samples: prompt, k and n")
    ] = None,
    target: Annotated[str, typer.Option("--target", help="p to which steps are counted")] = "0.5",
    confidence: Annotated[str, typer.Option("--confidence", help="of what is measured")] = "0.95",
    step: Annotated[str | None, typer.Option("--step", help="the column of steps")] = None,
    prompt: Annotated[str | None, typer.Option("--prompt", help="the column of prompts")] = None,
    reward: Annotated[str | None, typer.Option("--reward", help="the column of rewards")] = None,
    out: Annotated[
        Path | None, output_folder("--out", "folder for the report, the prompts as CSV, and certificates")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", help="of the report: md, html or pdf", autocompletion=one_of("md", "html", "pdf")
        ),
    ] = "md",
    as_json: AsJson = False,
) -> int:
    """What the log of a training run tells: which prompts moved beyond doubt, its step size, its KL.

    Example:

    verified-grpo run examples/runs/rollouts.csv --beta 0.04
    """
    from ..audit.runs.answer import answered
    from ..audit.runs.question import Question, of_file, supposed
    from ..audit.runs.reading import Named, read_log

    if out is not None:
        from ..report.writing import known_format

        require_figures()
        known_format(form)
    log = read_log(logs, Named(step, prompt, reward), reference)
    if config is not None:
        if beta is not None:
            raise InputError("--beta is that of --config: one of them")
        variant, refusal = of_file(config, framework, framework_version)
    else:
        if framework is not None or framework_version is not None:
            raise InputError("--framework and --framework-version belong to --config")
        weight = None if beta is None else exact(beta)
        if weight is not None and weight < 0:
            raise InputError("--beta must not be less than 0")
        variant, refusal = supposed(group_size or log.group_size, weight), ""
    size = group_size or (variant.contrast.group_size if variant else 0) or log.group_size
    found = answered(log, Question(exact(confidence), exact(target), size, variant, refusal))
    if out is not None:
        _write(found, out, form)
    answer(_json(found), _text(found), as_json)
    return PROVED if any(one.moved != "open" for one in found.movements) else UNDECIDED


def _text(found: Any) -> str:
    """The answer for one screen of 80 columns."""
    from ..audit.runs import sentences as say
    from ..characters import shortened as cut

    variant = found.question.variant
    lines = [wrapped(say.opening(found)), wrapped(say.read_from(found), "Read:  "), ""]
    lines += [wrapped(say.references(found)), wrapped(say.moved(found))]
    lines += [
        f"  {cut(one.prompt, 30):<30}  {one.moved}: {one.start.k}/{one.start.n} to {one.end.k}/{one.end.n}"
        for one in say.furthest(found, LISTED)
    ]
    lines += [wrapped(words) for words in (say.means(found), say.spending(found)) if words] + [""]
    if variant is not None:
        lines += [wrapped(f"{variant.words}.", "Held against: ")]
        lines += [wrapped(f"({sentence})") for sentence in variant.supposed]
        lines += [wrapped(words) for words in (say.pulled(found), say.bounded(found)) if words]
    lines += [wrapped(say.stepping(found))]
    if found.fit is not None and found.fitted.low:
        lines += [wrapped(say.explained(found))]
        lines += [wrapped(say.holding(found.constant))] if found.constant is not None else []
        ways = list(say.passages(found))
        if ways:
            lines += ["Steps at this rate, were it to last (no forecast; the times are certified):"]
            lines += [f"  {way}" for way in ways]
    return "\n".join([*lines, "", wrapped(say.silence(found))])


def _json(found: Any) -> dict[str, Any]:
    from ..audit.runs import sentences as say

    log, question = found.log, found.question
    known = sum(log.p_ref(name) is not None for name in log.prompts)
    costs = [one.spent.kl for one in found.movements if one.spent is not None]
    mean = sum(costs) / len(costs) if costs else None
    return {
        "prompts": len(log.prompts),
        "with_p_ref": known,
        "samples": log.samples,
        "steps": list(log.steps),
        "read": list(log.read),
        "confidence": canonical(question.confidence),
        "moved": {
            word: sum(one.moved == word for one in found.movements) for word in ("rose", "fell", "open")
        },
        "furthest": [_movement(one) for one in say.furthest(found, CERTIFIED)],
        "mean_rates": None if found.mean_rates is None else [_rounded(x) for x in found.mean_rates],
        "mean_kl_at_least": None if mean is None else shortened(ends((mean, mean)))[0],
        "mean_limit": None if found.limits is None else _rounded(found.limits.mean),
        "variant": None if question.variant is None else question.variant.words,
        "supposed": [] if question.variant is None else list(question.variant.supposed),
        "refusal": question.refusal or None,
        "step_size": _step_size(found),
        "kl_time_constant": None if found.constant is None else _constant(found.constant),
        "target": canonical(question.target),
        "passages": [_passage(one) for one in found.passages],
        "without_signal": [[one.silent, one.groups] for one in found.silent],
        "without_signal_at_p_ref": None if found.silent_exactly is None else _rounded(found.silent_exactly),
    }


def _rounded(pair: Any) -> list[str]:
    low, high = shortened(ends(pair))
    return [low, high]


def _movement(one: Any) -> dict[str, Any]:
    return {
        "prompt": one.prompt,
        "of_reference": one.of_reference,
        "start": [one.start.k, one.start.n],
        "end": [one.end.k, one.end.n],
        "p_start": list(ends(one.p_start)),
        "p_end": list(ends(one.p_end)),
        "direction": one.moved,
        "kl_at_least": None if one.spent is None else canonical(one.spent.kl),
    }


def _step_size(found: Any) -> dict[str, Any] | None:
    """Floating point, as the step size is an estimate."""
    if found.fitted is None:
        return None
    one, fit = found.fitted, found.fit
    return {
        "low": one.low,
        "best": one.best,
        "high": None if one.high is None else one.high,
        "p_value": fit.p_value,
        "explains": not fit.refused(float(found.question.confidence)),
        "reason": fit.reason,
    }


def _constant(one: Any) -> dict[str, Any]:
    return {"low": one.low, "high": one.high, "run": one.length}


def _passage(one: Any) -> dict[str, Any]:
    return {
        "start": canonical(one.start),
        "never": one.never,
        "steps": None if one.steps is None else list(one.steps),
    }


def _write(found: Any, folder: Path, form: str) -> None:
    """The prompts' table, certificates of what is proved, and the report."""
    from ..audit.runs.movement_tables import written
    from ..report.audits.run import run_document
    from ..report.writing import write_document
    from ..work.files import write_bytes

    write_bytes(folder / "prompts.csv", written(found.movements))
    certified = [*_certificates(found, folder), *_limits(found, folder)]
    remark(f"prompts.csv and {len(certified)} certificates written to {folder}")
    files = write_document(run_document(found, certified), form, folder, name="run")
    remark(f"report written to {files[0]}")


def _certificates(found: Any, folder: Path) -> list[tuple[str, str]]:
    """Of the times to the target and of the KL spent; the files, each with what it is about."""
    from ..audit.runs.sentences import furthest
    from ..certificates.budget import budget_certificate
    from ..certificates.canonical import write
    from ..certificates.flow import flow_certificate
    from ..rigor.sequences.flow import FlowTime

    certificates: dict[tuple[str, str], Any] = {
        (f"flow-from-{canonical(one.start)}.json", "time"): flow_certificate(one.found)
        for one in found.passages
        if isinstance(one.found, FlowTime)
    }
    spent = [one.spent for one in furthest(found, CERTIFIED) if one.spent is not None]
    certificates |= {
        (f"spent-{k}.json", "KL"): budget_certificate(one) for k, one in enumerate(spent, start=1)
    }
    for (name, _), certificate in certificates.items():
        write(folder / name, certificate)
    return list(certificates)


def _limits(found: Any, folder: Path) -> list[tuple[str, str]]:
    """The table of the prompts with a p_ref, with their limits, and the certificate beside it."""
    from ..audit.pass_rates import audit_table
    from ..audit.runs.movement_tables import of_reference
    from ..checker.tables import ENDING
    from ..work.files import write_bytes

    if found.limits is None:
        return []
    source = write_bytes(folder / "reference.csv", of_reference(found.limits))
    audit_table(source, found.limits.asked, out=folder / "limits.csv")
    return [(f"limits.csv{ENDING}", "limits")]
