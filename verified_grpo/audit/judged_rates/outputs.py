"""What the audit of a verifier's rates says as an object."""

from __future__ import annotations

from fractions import Fraction

from ...certificates.budget import side
from ...certificates.outputs.judged_rates import JudgedTableAnswer, MovedRange
from ...intervals import decimal_down, decimal_up
from ...model.erring import Errors
from ..pass_rates.outputs import question_json
from .auditing import AuditedJudged
from .sentences import ASSUMPTIONS, answered

DIGITS = 12


def judged_json(audited: AuditedJudged) -> JudgedTableAnswer:
    """As the command line prints it with ``--json``."""
    question = audited.question
    moved: MovedRange | None = None
    if audited.now is not None and audited.after is not None:
        moved = {"before": _outward(audited.now), "after": _outward(audited.after)}
    rounded = decimal_up if question.verifier.sign == 1 else decimal_down
    return {
        "file": audited.path.name,
        "answer": answered(audited),
        "question": {
            **question_json(question.clean),
            "true_positive": side(question.verifier.true_positive),
            "false_positive": side(question.verifier.false_positive),
            "errors": Errors(question.errors).value,
        },
        "columns": list(audited.columns.used),
        "guessed": audited.columns.guessed,
        "prompts": audited.prompts,
        "distinct_rates": audited.distinct,
        "verdicts": dict(sorted(audited.verdicts.items())),
        "exact": dict(sorted(audited.exactly.items())),
        "right": moved,
        "bound": None if audited.bound is None else rounded(audited.bound, DIGITS),
        "assumed": list(ASSUMPTIONS),
    }


def _outward(pair: tuple[Fraction, Fraction]) -> list[str]:
    return [decimal_down(pair[0], DIGITS), decimal_up(pair[1], DIGITS)]
