"""Questions written down before they are answered: what a certificate must say to answer one.

The checker holds a certificate against such a file (``checker/questions.py`` has the grammar and the rules).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..certificates import builders
from ..certificates.canonical import canonical_bytes
from ..certificates.grammar.values import Json
from ..errors import InputError
from ..intervals import canonical, exact
from ..model import Contrast, Parameters
from ..model.steps import StepParameters, Update
from ..rigor.properties.certify import PROPERTIES, ask
from ..rigor.sequences.orbits import require_start
from .atlas import SMALL_STEPS, require_view

FORMAT = "verified-grpo-question/1"
COMMON = frozenset({"beta", "eps", "p_ref", "alpha", "contrast", "group_size", "ddof", "omega"})
"""Options that say what every question is about."""
VERIFIER = frozenset({"true_positive", "false_positive", "errors", "observed_rate"})
"""Options that change what is followed, and no goals."""
SEARCH = frozenset({"engine", "digits", "jobs", "out", "as_json"})
"""Options that say how an answer is found and shown: no part of a question."""
GOALS = {
    "fixed-points": frozenset[str](),
    "limit": frozenset({"start", "period", "reach", "step_size", "inner_steps", "kind"}),
    "audit": frozenset({"prop", "rate", "gain", "target"}),
    "atlas": frozenset({"tolerance", "view"}),
    "curves": frozenset({"curve"}),
    "chaos": frozenset[str](),
}
"""The options of each command that its question holds."""
CURVES = ("fold", "flip", "settling", "cusp")


def question_bytes(kind: str, contrast: Contrast, box: Parameters, goals: Mapping[str, str | int]) -> bytes:
    """The canonical bytes of a question.

    Args:
        kind: of the statement that is asked for.
        contrast, box: the variant, and the parameters for all of which the statement is to hold.
        goals: what is asked besides (``rate``, ``gain``, ``target``, ``start``, ``period``, ``undecided``,
            ``curve``, ``step``, ``reach``), as far as it goes with the kind.
    """
    question: Json = {
        "kind": kind,
        "variant": builders.variant(contrast),
        "parameters": builders.parameters(box),
        **goals,
    }
    return canonical_bytes({"format": FORMAT, "question": question})


def asked(
    command: str, options: Mapping[str, Any], given: Collection[str]
) -> tuple[str, dict[str, str | int]]:
    """The kind of statement that a command with these options would prove, and its goals; ``given`` names the
    options that were typed.

    Raises:
        InputError: the command answers without a certificate, several statements are asked for at once, or an
        option is out of its domain, or has no place in a question.
    """
    if command not in _ASKED:
        raise InputError(f"no question is written of {command!r}: choose {', '.join(_ASKED)}")
    judged = VERIFIER if command in ("fixed-points", "limit") else frozenset[str]()
    foreign = sorted(set(given) - COMMON - SEARCH - GOALS[command] - judged)
    if foreign:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in foreign)
        raise InputError(f"a question of {command} does not hold {names}")
    return _ASKED[command](options)


def _fixed_points(options: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    return "fixed-points", {}


def _limit(options: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    start, period, reach = options["start"], options["period"], options["reach"]
    if options["kind"] == "small-steps":
        if (start, period, reach) != (None, None, None):
            raise InputError("a question of kind small-steps is about p_ref and its limit alone")
        return "small-steps", _largest_step(options)
    if reach is not None:
        if start is not None or period is not None:
            raise InputError("--reach counts from p_ref: it has no use for --start or --period")
        p = exact(reach)
        if not 0 < p < 1:
            raise InputError(f"--reach is a probability, greater than 0 and smaller than 1, not {reach}")
        return "passage", {"reach": canonical(p)}
    if period is not None and start is not None:
        raise InputError("--period lists the cycles of the map: it has no use for --start")
    if period is not None:
        return "cycles", {"period": period}
    p_0 = None if start is None else exact(start)
    require_start(p_0)
    return "limit", {"start": "p_ref" if p_0 is None else canonical(p_0)}


def _largest_step(options: Mapping[str, Any]) -> dict[str, str | int]:
    """The size of the largest update: of one step, or of its inner steps together."""
    if options["step_size"] is None:
        return {}
    update = Update.of(options["step_size"], options["inner_steps"] or 1)
    box = StepParameters.of(**{name: options[name] for name in ("beta", "eps", "p_ref", "alpha")})
    return {"step": canonical(1 / update.recursion(box).beta[0])}


def _property(options: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    kind = options["prop"]
    if kind is None or options["largest_set"] is not None:
        raise InputError(f"a question of audit needs --property ({', '.join(PROPERTIES)}) and a box")
    goals = {name: exact(options[name]) for name in ("rate", "gain", "target") if options[name] is not None}
    ask(kind, Contrast("mean-var"), Parameters.of(beta=1, eps=1, p_ref="1/2"), **goals)  # the goals' domains
    return kind, {name: canonical(value) for name, value in goals.items()}


def _atlas(options: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    require_view(options["view"])
    kind = "contours" if options["view"] == SMALL_STEPS else "atlas"
    return kind, {"undecided": canonical(exact(options["tolerance"]))}


def _curve(options: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    names = options["curve"] or []
    if len(names) != 1 or names[0] not in CURVES:
        raise InputError(f"a question of curves is about one --curve: {', '.join(CURVES)}")
    return "curve", {"curve": names[0]}


def _chaos(options: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    return "chaos", {}


_ASKED = {
    "fixed-points": _fixed_points,
    "limit": _limit,
    "audit": _property,
    "atlas": _atlas,
    "curves": _curve,
    "chaos": _chaos,
}
