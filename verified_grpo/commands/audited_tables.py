"""What ``audit --pass-rates`` says of any table: at work, for a terminal, and in the report beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .audit_options import AuditOptions
from .options import progress, remark
from .shown import wrapped

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from ..report.document import Document


@contextmanager
def counted_off(name: str, *columns: ProgressColumn) -> Iterator[Callable[[float, int], None]]:
    """A bar of progress, to be told how many are done and of how many."""
    with progress(*columns) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def told(
    answered: str,
    assumed: Sequence[str],
    asked: str,
    read: str,
    counted: Iterable[tuple[str, int]],
    means: Sequence[str],
) -> list[str]:
    """Lines for a terminal of 80 columns."""
    return [
        wrapped(answered),
        *assumed,
        "",
        wrapped(asked, "Asked:  "),
        wrapped(read, "Read:   "),
        "",
        *(wrapped(words, f"{count:>10,}  ") for words, count in counted),
        "",
        *map(wrapped, means),
    ]  # fmt: skip


def report_beside(
    options: AuditOptions, document: Callable[[str], Document], *, certificates: Path | None = None
) -> None:
    """Write the report of a table that is written, and say where all of it is."""
    from ..report.writing import write_document

    assert options.out is not None
    remark(f"table written to {options.out}")
    if certificates is not None:
        remark(f"certificates written to {certificates}")
    made = document(options.out.name)
    files = write_document(made, options.format, options.out.parent, name=options.out.stem)
    remark(f"report written to {files[0]}")
