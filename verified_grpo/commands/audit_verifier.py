"""``audit --property`` of a verifier whose errors are drawn anew: what the sign of ``T - F`` decides, for all
rates of ranges, and from which KL weight on the map contracts."""

from __future__ import annotations

from typing import Any

from ..answers.judged import Judged
from ..certificates import builders
from ..certificates.verifiers import effect_certificate
from ..errors import InputError
from ..intervals import canonical, exact
from ..model import Parameters
from ..rigor.verifiers import Effect, UndecidedEffect, effect
from .audit_options import AuditOptions
from .options import PROVED, REFUTED, UNDECIDED, answer, write_certificate
from .shown import wrapped
from .steps import Asked
from .verifiers import under

CODES = {"proved": PROVED, "refuted": REFUTED, "undecided": UNDECIDED}
VERDICTS = {"amplifies": "proved", "harms": "refuted", "stands-still": "refuted"}
MOVES = {
    "amplifies": "every update and every step raises the rate of right answers above that of the reference",
    "harms": "training lowers the rate of right answers: wrong ones pass more often",
    "stands-still": "nothing moves the rate of right answers: wrong ones pass as often",
}


def by_sign(options: AuditOptions, judged: Judged, asked: Asked) -> int | None:
    """The answer where closed forms have one, as exit code; None: the property is to be searched for.

    Raises:
        InputError: --apart where it says nothing.
    """
    goals = [goal for goal in options.goals().values() if goal is not None]
    if options.apart is not None and (options.prop != "amplification" or goals or judged.is_systematic):
        raise InputError(
            "--apart is about the sign of amplification, with --errors independent: not with goals, or "
            "another property"
        )
    if judged.verifier is None or judged.is_systematic or goals:
        return None
    if options.prop not in ("amplification", "contraction"):
        return None
    apart, box = exact(options.apart or "0"), asked.recursion
    found = effect(
        options.chosen_contrast(), box, judged.verifier, apart=apart, engine=options.engine or "arb"
    )
    if options.prop == "contraction" and not _contracts(found, box):
        return None
    return _answer(options, judged, found, asked)


def _contracts(found: Effect | UndecidedEffect, box: Parameters) -> bool:
    if not isinstance(found, Effect) or found.threshold is None:
        return False
    return found.threshold < box.alpha[0] * box.beta[0]


def _answer(options: AuditOptions, judged: Judged, found: Effect | UndecidedEffect, asked: Asked) -> int:
    undecided = isinstance(found, UndecidedEffect)
    verdict = "undecided" if isinstance(found, UndecidedEffect) else VERDICTS[found.effect]
    if options.prop == "contraction":
        verdict = "proved"
    payload: dict[str, Any] = {
        "property": options.prop,
        "variant": builders.variant(options.chosen_contrast()),
        "parameters": builders.parameters(asked.recursion),
        "verdict": verdict,
        "certificate": "none: nothing is proved" if undecided else "erring-verifier",
    }
    if isinstance(found, UndecidedEffect):
        payload["reason"] = found.reason
    else:
        payload["effect"] = found.effect
        named = {"apart": found.apart or None, "margin": found.margin, "threshold": found.threshold}
        payload |= {name: canonical(value) for name, value in named.items() if value is not None}
        if options.out is not None:
            write_certificate(options.out, effect_certificate(found))
    text = _text(options.prop or "", verdict, found)
    shown = under(judged, asked.under(text), None)
    answer(judged.mark(asked.mark(payload), None), shown, options.as_json, out=options.out)
    return CODES[verdict]


def _text(prop: str, verdict: str, found: Effect | UndecidedEffect) -> str:
    if isinstance(found, UndecidedEffect):
        return wrapped(f"undecided: {found.reason}")
    lines = [wrapped(f"{verdict}: {prop}: {MOVES[found.effect]}")]
    if prop == "contraction":
        lines = [f"{verdict}: {prop}"]
    if found.apart:
        lines.append(
            wrapped(f"for all rates of these ranges that are {canonical(found.apart)} apart or more")
        )
    if found.margin is not None:
        lines.append(wrapped(f"fixed points: |logit p* - logit p_ref| >= {canonical(found.margin)}"))
    if found.threshold is not None:
        lines.append(wrapped(f"|T'| < 1 everywhere where alpha beta > {canonical(found.threshold)}"))
    return "\n".join(lines)
