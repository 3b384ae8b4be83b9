"""``verified-grpo certify``: the main cases and the paper, proved, checked and reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from ..answers.statements.run import Result
from .options import PROVED, REFUTED, UNDECIDED, AsJson, EngineName, answer, app, errors, output_folder

if TYPE_CHECKING:
    from ..report.certificate import Certificate
    from ..report.document import Block

QUESTION = (
    "The reference policy solves a prompt with probability p_ref; GRPO trains on with the KL weight beta. "
    "Where does the probability of success go? Each map answers for every beta and p_ref of its rectangle, "
    "cell by cell, with a proof. Go to "
)
TO_DO = (
    ", type your own numbers above it, and read what is proved there. The other maps differ in eps, in the "
    "contrast (how advantages are normalised), and in alpha."
)


@app.command("certify")
def certify_command(
    statements: Annotated[list[str] | None, typer.Argument(help="names, all without any")] = None,
    out: Annotated[Path, output_folder("--out", "folder of certificates and reports")] = Path("reports"),
    engine: EngineName = "mpmath",
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="processes side by side")] = 1,
    as_json: AsJson = False,
) -> int:
    """Prove the main cases and the paper's statements, check each certificate, and write the reports.

    A run that was stopped goes on where it was: what is finished, by the same code, is not done again.

    Example:

    verified-grpo certify theorem-1 contraction-refuted --out reports --jobs 2
    """
    from ..answers.statements.cases import main_cases, select
    from ..answers.statements.run import run

    cases = select(statements or [])
    order = [case.name for case in cases]
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        running = run(cases, out / "certificates", engine, jobs)
        finished = bar.track(running, total=len(cases), description="certifying")
        results = sorted(finished, key=lambda result: order.index(result.name))
    main_names = main_cases()
    reports = [
        *_reports([r for r in results if r.name in main_names], out, "report"),
        *_reports([r for r in results if r.name not in main_names], out, "paper"),
    ]
    atlases = [] if statements else _atlases()
    if atlases:
        reports.append(_explorer(atlases, out))
    payload = {"statements": [asdict(result) for result in results], "reports": reports}
    answer(payload, certify_text(results, reports), as_json)
    if any(result.check == "rejected" for result in results) or not all(map(_is_accepted, atlases)):
        return REFUTED
    return PROVED if all(result.check == "accepted" for result in results) else UNDECIDED


def _reports(results: Sequence[Result], out: Path, name: str) -> list[str]:
    """The report of what was decided, in every format, with a note on what was not; of nothing, none."""
    from ..report.assembly import report_document
    from ..report.certificate import read_certificate
    from ..report.pages.undecided import undecided
    from ..report.writing import FORMATS, write_document

    titles = {"report": "Certified dynamics of GRPO", "paper": "The paper, statement by statement"}
    certificates = [read_certificate(Path(result.file)) for result in results if result.file]
    if not certificates:
        return []
    notes = undecided([(r.name, r.where, r.reason) for r in results if not r.file])
    appendix = _appendix() if any(result.name == "algorithm-1" for result in results) else ()
    document = report_document(certificates, titles[name], notes, appendix)
    return [str(write_document(document, form, out, name=name)[0]) for form in FORMATS]


def _atlases() -> list[Certificate]:
    """The standard atlases, read and checked, under their names in the repository."""
    from ..atlases import certificates
    from ..report.certificate import read_certificate

    return [read_certificate(file, shown=f"atlases/{file.name}") for file in certificates()]


def _is_accepted(certificate: Certificate) -> bool:
    return certificate.content is not None


def _explorer(atlases: Sequence[Certificate], out: Path) -> str:
    """The atlases on one page to explore; as pictures they stand beside their certificates already."""
    from ..report.assembly import report_document
    from ..report.document import Paragraph, Reference, content
    from ..report.writing import write_document

    what = Paragraph(content(QUESTION, Reference("the first map", "c1"), TO_DO), "What this is.")
    document = report_document(atlases, "The atlas of beta and p_ref", (what,))
    return str(write_document(document, "html", out, name="atlas")[0])


def _appendix() -> tuple[Block, ...]:
    """Algorithm 1 run for real: numbers beside the proofs."""
    from ..proofs.algorithm_1_runs import runs
    from ..report.pages.algorithm import algorithm_page

    return algorithm_page(runs())


def certify_text(results: Sequence[Result], reports: Sequence[str]) -> str:
    """A line a statement, and under one that is undecided another that says where and why; then the
    reports."""
    width = max(len(result.name) for result in results)
    lines = []
    for result in results:
        lines.append(f"{result.name:<{width}}  {result.verdict:<18} {result.check}".rstrip())
        if not result.check:
            lines.append("  " + ": ".join(text for text in (result.where, result.reason) if text))
    accepted = sum(result.check == "accepted" for result in results)
    lines.append(f"{accepted} of {len(results)} certificates accepted by the checker")
    return "\n".join([*lines, *(f"report: {path}" for path in reports)])
