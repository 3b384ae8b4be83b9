"""Tables of pass rates: every prompt's limit, certified; equal rates are solved once.

    audit_table(Path("rates.csv"), Question(Contrast("group", 8, 1), exact("0.04"), exact("1e-4")))

``tables.py`` reads, ``columns.py`` and ``rates.py`` find the rates, ``answers.py`` and ``one_at_a_time.py``
solve, ``certified.py`` writes the columns, ``auditing.py`` puts it together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lazily import attributes

if TYPE_CHECKING:
    from .auditing import Audited, audit_table
    from .columns import Asked, Columns
    from .confidence import clopper_pearson
    from .question import Question
    from .tally import Tally

_HOMES = {
    "auditing": ("Audited", "audit_table"),
    "confidence": ("clopper_pearson",),
    "columns": ("Asked", "Columns"),
    "question": ("Question",),
    "tally": ("Tally",),
}
__getattr__ = attributes(__name__, _HOMES)

__all__ = ["Asked", "Audited", "Columns", "Question", "Tally", "audit_table", "clopper_pearson"]
