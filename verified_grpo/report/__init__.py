"""Reports in Markdown, HTML and PDF, from certificates alone.

    write_report(["reports/certificates/contraction-proved.json"], "pdf", "reports")

A certificate is checked before a word of it is printed; `document.py` holds what a report says, `pages/`
builds it, `drawing/` makes the figures, `markdown.py`, `html/` and `typesetting.py` render it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verified_grpo.lazily import attributes

if TYPE_CHECKING:
    from verified_grpo.report.writing import write_report

__getattr__ = attributes(__name__, {"writing": ("write_report",)})

__all__ = ["write_report"]
