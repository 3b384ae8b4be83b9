"""``verified-grpo audit --pass-rates``: a table of pass rates, one prompt a row."""

from __future__ import annotations

import io
from collections import Counter
from fractions import Fraction
from pathlib import Path

from ..audit.configurations import REVERSE, read_configuration
from ..audit.pass_rates import Solved, Table, read_table, solve
from ..errors import InputError
from ..intervals import canonical, exact
from ..model import Contrast, Parameters
from .audit_options import AuditOptions
from .options import PROVED, REFUTED, UNDECIDED, answer, errors, progress


def audit_pass_rates(options: AuditOptions) -> int:
    """Certify every prompt of the table; 1 when a prompt is proved to end in a cycle, else 2 when one is
    undecided."""
    assert options.pass_rates is not None
    options.refuse("--pass-rates", "property", "rate", "p-ref", "confidence", "tolerance", "engine")
    if options.jobs < 1:
        raise InputError(f"--jobs must be at least 1, not {options.jobs}")
    out = options.out
    if out is not None and out.suffix not in (".csv", ".parquet"):
        raise InputError(f"{out}: the name of the output must end in .csv or .parquet")
    contrast, numbers = _variant(options)
    table = read_table(options.pass_rates)
    journal = None if out is None else out.with_name(out.name + ".journal")
    with progress() as bar:
        task = bar.add_task("distinct rates", total=None)
        solved = solve(
            contrast,
            numbers,
            table.rates,
            jobs=options.jobs,
            journal=journal,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if out is not None:
        _write(table, solved, out)
    verdicts = Counter(solved[rate]["verdict"].split(":")[0] for rate in table.rates)
    summary = {
        "prompts": len(table.rows),
        "distinct_rates": len(solved),
        "columns": list(table.columns),
        "verdicts": dict(sorted(verdicts.items())),
    }
    answer(summary, "\n".join(f"{key}: {value}" for key, value in summary.items()), options.as_json)
    return REFUTED if verdicts["cycle"] else UNDECIDED if verdicts["undecided"] else PROVED


def _variant(options: AuditOptions) -> tuple[Contrast, dict[str, str]]:
    """The contrast, and beta, eps and alpha as exact text."""
    beta, eps, contrast = options.beta, options.eps, options.chosen_contrast()
    if options.config is not None:
        options.refuse("--config", "eps", "contrast", "group-size", "ddof")
        found = read_configuration(options.config, options.framework)
        found = found if beta is None else found.at(exact(beta))
        if not found.computable or found.contrast is None or found.regulariser != REVERSE:
            raise InputError(f"{options.config}: {found.verdict or 'its regulariser is not covered here'}")
        beta, eps, contrast = canonical(found.beta), canonical(found.eps), found.contrast
    if beta is None or eps is None:
        raise InputError("audit --pass-rates needs --beta and --eps, or --config")
    numbers = {"beta": beta, "eps": eps, "alpha": options.alpha or "1"}
    box = Parameters.of(p_ref="1/2", **numbers)
    if not box.is_point or box.alpha[0] == 0:
        raise InputError("audit --pass-rates needs exact beta and eps, and an exact alpha above 0")
    return contrast, numbers


def _write(table: Table, solved: dict[Fraction, Solved], out: Path) -> None:
    """The rows with the certified columns beside them, whole or not at all."""
    import polars as pl

    from ..certificates.canonical import write_bytes

    certified = [{f"certified_{k}": v for k, v in solved[rate].items()} for rate in table.rates]
    rows = [{**row, **more} for row, more in zip(table.rows, certified, strict=True)]
    frame, data = pl.DataFrame(rows, infer_schema_length=None), io.BytesIO()
    frame.write_csv(data) if out.suffix == ".csv" else frame.write_parquet(data)
    write_bytes(out, data.getvalue())
    errors.print(f"table written to {out}", soft_wrap=True)
