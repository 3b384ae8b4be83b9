"""The command line: it reads words, calls one room, prints the answer, and ends with the exit code of the
contract.

Exit codes: 0 proved or accepted, 1 refuted or rejected, 2 undecided or declined, 64 wrong usage. With
``--json`` standard output holds one JSON object and nothing else; progress and messages go to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, Group
from rich.progress import Progress
from rich.table import Table

from . import terminal
from .errors import InputError, VerifiedGrpoError

PROVED, REFUTED, UNDECIDED, USAGE, INTERRUPTED = 0, 1, 2, InputError.exit_code, 130

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    help="Certified dynamics of GRPO. Numbers are exact text: 0.04, 1e-5, 3/10; a range is LO:HI.",
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False)

Beta = Annotated[str, typer.Option("--beta", help="KL weight, > 0")]
Eps = Annotated[str, typer.Option("--eps", help="stabiliser of the advantage, > 0")]
PRef = Annotated[str, typer.Option("--p-ref", help="success probability of the reference, in (0, 1)")]
Alpha = Annotated[str, typer.Option("--alpha", help="share of the KL weight on the reference, in [0, 1]")]
ContrastName = Annotated[str, typer.Option("--contrast", help="mean-var, mean-std, mean or group")]
GroupSize = Annotated[int, typer.Option("--group-size", help="G, for contrast group")]
Ddof = Annotated[int, typer.Option("--ddof", help="0 or 1, for contrast group")]
EngineName = Annotated[str, typer.Option("--engine", help="arithmetic of the search: mpmath or arb")]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object on standard output")]


@app.command("fixed-points")
def fixed_points_command(
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = "mean-var",
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    digits: Annotated[int, typer.Option("--digits", help="digits of each bracket, 1 to 10000")] = 15,
    engine: EngineName = "mpmath",
    out: Annotated[Path | None, typer.Option("--out", help="write the certificate to this file")] = None,
    as_json: AsJson = False,
) -> int:
    """All fixed points, each in a proved bracket, for exact parameters or over ranges of them.

    Example: verified-grpo fixed-points --beta 5 --eps 1e-5 --p-ref 0.001
    """
    from .certificates import fixed_points_certificate
    from .certificates.canonical import write
    from .model import Contrast, Parameters
    from .rigor import FixedPoints, fixed_points

    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    found = fixed_points(Contrast(contrast, group_size, ddof), box, digits=digits, engine=engine)
    _answer(terminal.fixed_points_json(found), terminal.fixed_points_text(found), as_json)
    if not isinstance(found, FixedPoints):
        return UNDECIDED
    if out is not None:
        write(out, fixed_points_certificate(found))
        errors.print(f"certificate written to {out}", soft_wrap=True)
    return PROVED


@app.command("limit")
def limit_command(
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = "mean-var",
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    start: Annotated[str | None, typer.Option("--start", help="p_0 in (0, 1), if not p_ref")] = None,
    engine: EngineName = "arb",
    out: Annotated[Path | None, typer.Option("--out", help="write the certificate to this file")] = None,
    as_json: AsJson = False,
) -> int:
    """What the sequence from p_ref (or another start) does in the end, and the fixed points beside it.

    Example: verified-grpo limit --beta 5 --eps 1e-5 --p-ref 0.001
    """
    from .certificates import limit_certificate
    from .certificates.canonical import write
    from .model import Contrast, Parameters
    from .rigor import UndecidedLimit, fixed_points, limit

    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    chosen = Contrast(contrast, group_size, ddof)
    outcome = limit(chosen, box, start=start, engine=engine)
    beside = fixed_points(chosen, box, engine=engine)
    _answer(terminal.limit_json(outcome, beside), terminal.limit_text(outcome, beside), as_json)
    if isinstance(outcome, UndecidedLimit):
        return UNDECIDED
    if out is not None:
        write(out, limit_certificate(outcome))
        errors.print(f"certificate written to {out}", soft_wrap=True)
    return PROVED


@app.command("audit")
def audit_command(
    prop: Annotated[str, typer.Option("--property", help="amplification, contraction or uniqueness")],
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = "mean-var",
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    rate: Annotated[str | None, typer.Option("--rate", help="contraction at this rate, in (0, 1)")] = None,
    engine: EngineName = "arb",
    out: Annotated[Path | None, typer.Option("--out", help="write the certificate to this file")] = None,
    as_json: AsJson = False,
) -> int:
    """A property of every fixed point for every parameter of a box: proved, refuted with a witness, or
    undecided.

    Example: verified-grpo audit --property contraction --beta 61:100 --eps 1e-5:1e-4 --p-ref 0.001:0.9999
    """
    from .certificates import region_certificate
    from .certificates.canonical import write
    from .intervals import exact
    from .model import Contrast, Parameters
    from .rigor import Undecided, certify

    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    chosen = Contrast(contrast, group_size, ddof)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(f"{prop}: paving", total=1.0)
        outcome = certify(
            prop,
            chosen,
            box,
            rate=None if rate is None else exact(rate),
            engine=engine,
            progress=lambda _, done: bar.update(task, completed=done),
        )
    _answer(terminal.region_json(outcome), terminal.region_text(outcome), as_json)
    if isinstance(outcome, Undecided):
        return UNDECIDED
    if out is not None:
        write(out, region_certificate(outcome, engine))
        errors.print(f"certificate written to {out}", soft_wrap=True)
    return PROVED if outcome.verdict == "proved" else REFUTED


@app.command("certify")
def certify_command(
    statements: Annotated[list[str] | None, typer.Argument(help="names, all without any")] = None,
    out: Annotated[Path, typer.Option("--out", help="folder of certificates and reports")] = Path("reports"),
    engine: EngineName = "mpmath",
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="processes side by side")] = 1,
    as_json: AsJson = False,
) -> int:
    """Prove the main cases and the paper's statements, check each certificate, and write the reports.

    A run that was stopped goes on where it was: what is finished, by the same code, is not done again.

    Example: verified-grpo certify fixed-points-beta-5 contraction-refuted --out reports
    """
    from .campaign import run
    from .catalogue import main_cases, select

    cases = select(statements or [])
    order = [case.name for case in cases]
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        running = run(cases, out / "certificates", engine, jobs)
        finished = bar.track(running, total=len(cases), description="certifying")
        results = sorted(finished, key=lambda result: order.index(result.name))
    main_names = main_cases()
    reports = [
        *_reports([r.file for r in results if r.name in main_names], out, "report"),
        *_reports([r.file for r in results if r.name not in main_names], out, "paper"),
    ]
    payload = {"statements": [asdict(result) for result in results], "reports": reports}
    _answer(payload, terminal.certify_text(results, reports), as_json)
    if any(result.check == "rejected" for result in results):
        return REFUTED
    return PROVED if all(result.check == "accepted" for result in results) else UNDECIDED


def _reports(files: list[str], out: Path, name: str) -> list[str]:
    """The report of these certificates in both formats; of none, none."""
    from .report.writing import write_report

    titles = {"report": "Certified dynamics of GRPO", "paper": "The paper, statement by statement"}
    present = [file for file in files if file]
    forms = ("md", "pdf") if present else ()
    return [str(write_report(present, form, out, name=name, title=titles[name])[0]) for form in forms]


@app.command("check")
def check_command(
    files: Annotated[list[Path], typer.Argument(help="certificates")],
    as_json: AsJson = False,
) -> int:
    """Re-check certificates with the independent checker, which prints the statement it checked.

    Example: verified-grpo check reports/certificates/contraction-proved.json
    """
    from .checker import Outcome, check_file

    verdicts = [(path, check_file(path)) for path in files]
    payload = {
        "files": [
            {"file": str(path), "outcome": v.outcome.value, "code": v.code.value, "message": v.message}
            for path, v in verdicts
        ]
    }
    _answer(payload, terminal.check_text(verdicts), as_json)
    outcomes = {v.outcome for _, v in verdicts}
    if Outcome.REJECTED in outcomes:
        return REFUTED
    return UNDECIDED if Outcome.DECLINED in outcomes else PROVED


@app.command("report")
def report_command(
    files: Annotated[list[Path], typer.Argument(help="certificates, in the order of the report")],
    out: Annotated[Path, typer.Option("--out", help="folder of the report")],
    form: Annotated[str, typer.Option("--format", help="md or pdf")] = "md",
) -> int:
    """Write a report from certificates alone.

    Example: verified-grpo report reports/certificates/*.json --format pdf --out reports
    """
    from .report.writing import write_report

    for path in write_report(files, form, out):
        sys.stdout.write(f"{path}\n")
    return PROVED


def _answer(payload: dict[str, Any], text: str | Table | Group, as_json: bool) -> None:
    """One answer on standard output: JSON, or text for a person."""
    if as_json:
        sys.stdout.write(json.dumps(payload) + "\n")
    else:
        Console(highlight=False, soft_wrap=isinstance(text, str)).print(text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the contract's exit code; errors are one line, never a
    traceback."""
    try:
        code = app(args=None if arguments is None else list(arguments), standalone_mode=False)
    except typer.Exit as end:
        code = end.exit_code
    except typer.Abort:
        code = INTERRUPTED
    except typer.TyperException as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        errors.print(f"verified-grpo: {message}", markup=False, soft_wrap=True)
        code = USAGE
    except VerifiedGrpoError as error:
        errors.print(f"verified-grpo: {error}", markup=False, soft_wrap=True)
        code = error.exit_code
    sys.exit(code or PROVED)


if __name__ == "__main__":
    main()
