"""A property over a box as an answer: the verdict with its evidence, and the parts of the box by verdict."""

from __future__ import annotations

from ..certificates import builders
from ..certificates.grammar.values import Json
from ..intervals import canonical, decimal_down, decimal_up
from ..model import Range
from ..rigor.properties.outcomes import Argued, Outcome, PropertyQuestion, Proved, Refuted
from ..rigor.properties.where_it_holds import INNER, OUTER, UNDECIDED, Part, Parts
from .regions import RegionAnswer

DIGITS = 6
SCALES = {"p_ref": "log-odds of p_ref", "logit_p_ref": "log-odds of p_ref", "log_beta": "log beta"}


def region_json(found: RegionAnswer) -> Json:
    """The answer of ``audit --property``: the verdict, the parts of the box, and what carries it."""
    payload = outcome_json(found.outcome)
    if found.parts is not None:
        payload["parts"] = parts_json(found.parts)
    payload["certificate"] = found.carried_by or f"none: {found.no_certificate}"
    return payload


def outcome_json(outcome: Outcome) -> Json:
    """The question and the verdict with its evidence."""
    question = outcome.question
    payload: Json = {
        "property": question.property,
        "variant": builders.variant(question.contrast),
        "parameters": builders.parameters(question.parameters),
        **goals(question),
        "verdict": outcome.verdict,
    }
    if isinstance(outcome, Proved):
        payload["method"] = _method(outcome)
        if outcome.margin is not None:
            payload["margin"] = canonical(outcome.margin)
    elif isinstance(outcome, Refuted):
        payload["witness"] = builders.point(outcome.point)
        payload["brackets"] = [[canonical(x) for x in bracket] for bracket in outcome.brackets]
    else:
        payload["reason"] = outcome.reason
        payload["undecided_fraction"] = outcome.fraction
        payload["boxes"] = [
            {axis: [canonical(low), canonical(high)] for axis, low, high in part} for part in outcome.boxes
        ]
    return payload


def goals(question: PropertyQuestion) -> dict[str, str]:
    """Rate, gain and target, as far as they were asked for."""
    asked = {"rate": question.rate, "gain": question.gain, "target": question.target}
    return {name: canonical(value) for name, value in asked.items() if value is not None}


def _method(outcome: Proved) -> str:
    if isinstance(outcome.evidence, Argued):
        return outcome.evidence.method
    return "paving" if hasattr(outcome.evidence, "nodes") else "closed form"


def parts_json(parts: Parts) -> Json:
    """Volumes and boxes by verdict."""
    return {
        "coordinates": coordinates(parts),
        "volume": share_decimals(parts.volume()),
        **{
            verdict: {
                "volume": share_decimals(parts.volume(verdict)),
                "share": share_decimals(parts.share(verdict)),
                "boxes": [_box(part) for part in parts.parts if part.verdict == verdict],
            }
            for verdict in (INNER, OUTER, UNDECIDED)
        },
    }


def coordinates(parts: Parts) -> str:
    """On which scales the volume is measured."""
    return " x ".join(SCALES.get(axis, f"log {axis}") for axis, _, _ in parts.parts[0].sides)


def _box(part: Part) -> dict[str, list[str]]:
    return {axis: [canonical(low), canonical(high)] for axis, low, high in part.sides}


def share_decimals(bounds: Range) -> list[str]:
    """A volume or a share, rounded outward."""
    return [decimal_down(bounds[0], DIGITS), decimal_up(bounds[1], DIGITS)]
