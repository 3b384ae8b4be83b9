"""``verified-grpo export``: certificates as files for the Coq kernel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from .options import PROVED, app, output_file, output_folder


@app.command("export")
def export_command(
    files: Annotated[list[Path], typer.Argument(help="certificates")],
    coq: Annotated[bool, typer.Option("--coq", help="for Coq 8.16, on top of proofs/coq")] = False,
    out: Annotated[Path, output_folder("--out", "folder of the files")] = Path(),
    manifest: Annotated[
        Path | None,
        output_file("--manifest", "export what can be, parts of paper statements too; list it here"),
    ] = None,
) -> int:
    """Write certificates as theorems for Coq's kernel; what the checker rejects is not exported.

    Example:

    verified-grpo export --coq reports/certificates/contraction-proved.json
    """
    from ..export import export, write_twins

    if not coq:
        raise InputError("export to what? --coq is the one target there is")
    if manifest:
        found = write_twins(files, out, manifest)
        sys.stdout.write(f"{sum(bool(twin.text) for twin in found)} of {len(found)} claims\n")
        return PROVED
    for path in files:
        sys.stdout.write(f"{export(path, out)}\n")
    return PROVED
