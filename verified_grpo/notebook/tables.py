"""A table of pass rates, audited: every prompt's row certified, with a certificate of the whole beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..audit.pass_rates import Audited
from ..audit.pass_rates.outputs import audit_json, audit_verdict
from ..audit.pass_rates.sentences import answered, asked_of, counted
from ..certificates.outputs.pass_rates import PassRatesAnswer
from ..checker import Verdict
from ..checker.tables import check_table
from ..rigor.no_truth_value import NoTruthValue

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, repr=False)
class TableOutcome(NoTruthValue, read="verdict"):
    """What was certified of a table; ``path`` is the table with the certified columns."""

    found: Audited
    path: Path

    @property
    def verdict(self) -> str:
        """``proved``; ``refuted`` where a prompt ends in a cycle of the steps asked about; ``undecided``."""
        return audit_verdict(self.found)

    @property
    def sentence(self) -> str:
        """The answer in a line."""
        return answered(self.found)

    def to_dict(self) -> PassRatesAnswer:
        """The same object as ``audit --pass-rates --json`` prints."""
        return audit_json(self.found)

    def to_frame(self) -> pl.DataFrame:
        """The certified table."""
        import polars as pl

        match self.path.suffix.lower():
            case ".csv":
                return pl.read_csv(self.path)
            case ".jsonl":
                return pl.read_ndjson(self.path)
            case _:
                return pl.read_parquet(self.path)

    def check(self) -> Verdict:
        """What the independent checker says of every row; of CSV and JSON lines, which it reads itself."""
        return check_table(self.path)

    def __repr__(self) -> str:
        return "\n".join([f"{self.verdict}: {self.sentence}", f"  {asked_of(self.found)}", *self._counts()])

    def _repr_html_(self) -> str:
        lines = "<br>".join(escape(line) for line in (asked_of(self.found), *self._counts()))
        return f"<p><b>{escape(self.verdict)}</b>: {escape(self.sentence)}<br><small>{lines}</small></p>"

    def _counts(self) -> list[str]:
        return [f"  {count:>10,}  {words}" for words, count in counted(self.found)]
