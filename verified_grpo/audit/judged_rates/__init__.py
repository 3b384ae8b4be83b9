"""Tables of the rates at which a verifier that errs passes answers: each prompt's right answers, certified.

    audit_judged(Path("rates.csv"), JudgedQuestion(clean, Verifier.of("0.9", "0.2"), "systematic"))

``question.py`` says what a measured rate means, ``solving.py`` solves every different rate once,
``columns.py`` writes what is proved of each as columns, ``auditing.py`` puts it together,
``sentences.py`` says it.
"""

from __future__ import annotations

from .auditing import AuditedJudged, audit_judged
from .question import JudgedQuestion

__all__ = ["AuditedJudged", "JudgedQuestion", "audit_judged"]
