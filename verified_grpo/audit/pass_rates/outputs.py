"""What the audit of a table says as an object, and in one word."""

from __future__ import annotations

from typing import cast

from ...certificates.outputs.pass_rates import PassRatesAnswer, PassRatesQuestion
from ..assumed import ASSUMED
from .auditing import Audited
from .question import Question
from .sentences import answered

ASKED = (
    "contrast", "beta", "eps", "alpha", "unit", "regulariser", "confidence", "target", "step_size",
    "inner_steps",
)  # fmt: skip


def audit_verdict(audited: Audited) -> str:
    """``refuted`` where a prompt is proved to end in a cycle (of the steps asked about), else ``undecided``
    where one is, else ``proved``."""
    verdicts = audited.tally.verdicts
    if verdicts["cycle"]:
        return "refuted"
    return "undecided" if verdicts["undecided"] or verdicts["depends"] else "proved"


def question_json(question: Question) -> PassRatesQuestion:
    """What was asked, as an object."""
    words = question.words
    return cast(PassRatesQuestion, {key: words[key] for key in ASKED})


def audit_json(audited: Audited) -> PassRatesAnswer:
    """As the command line prints it with ``--json``."""
    tally, question = audited.tally, audited.question
    passage = (tally.fewest, tally.most)
    return {
        "file": audited.path.name,
        "answer": answered(audited),
        "question": question_json(question),
        "columns": list(audited.columns.used),
        "guessed": audited.columns.guessed,
        "prompts": tally.prompts,
        "distinct_rates": len(tally.rates),
        "verdicts": dict(sorted(tally.verdicts.items())),
        "notes": dict(sorted(tally.notes.items())),
        "at_risk": tally.at_risk,
        "held_back": tally.held_back,
        "exact": dict(sorted(tally.exactly.items())),
        "steps": [count for count in passage if count is not None] or None,
        "assumed": list(ASSUMED),
    }
