"""Limits in the words of the command line: each verdict as JSON, and for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..certificates import fixed_points_certificate, limit_certificate
from ..certificates.canonical import Json
from ..certificates.limit_builders import limit_command_payload
from ..intervals import canonical, decimal_down, decimal_up
from ..rigor import FixedPoints, Limit, UndecidedFixedPoints, UndecidedLimit
from ..rigor.limit_outcomes import ByAlpha, Monotone
from .limit_boxes import BoxLimit, box_limit
from .shown import shortened

SHOWN_DIGITS = 12
VERDICTS = {
    "rises": "rises to the least fixed point above it",
    "falls": "falls to the greatest fixed point below it",
    "fixed-point": "tends to a fixed point",
    "cycle": "is caught by an attracting cycle",
    "settles": "tends to a fixed point, which one may depend on the parameters (closed form)",
    "rises-to-one": "rises without end: p tends to 1 (alpha = 0)",
}
RISES_BY_CLOSED_FORM = "rises in every step, to the least fixed point (closed form)"
NO_CYCLE = "tends to a fixed point, which one may depend on the parameters (no cycle is possible)"
BY_LIST = "the bracket is that of this fixed point in the list of all"
BY_RATE = "the bracket is that of the attracting fixed point"
NOT_ALL = "not every part of the range of alpha has a proved limit"
TOO_SLOW = "nothing narrower is proved: the orbit is too slow"


@dataclass(frozen=True)
class LimitAnswer:
    """Of one box: its limit, or what was proved of the box as a whole where that is undecided."""

    outcome: Limit
    boxed: BoxLimit | None

    @staticmethod
    def of(outcome: Limit, engine: str) -> LimitAnswer:
        """Another attempt is made where the limit is undecided."""
        sequence = outcome.sequence
        if not isinstance(outcome, UndecidedLimit) or sequence.start is not None:
            return LimitAnswer(outcome, None)
        return LimitAnswer(outcome, box_limit(sequence.contrast, sequence.parameters, engine))

    @property
    def is_proved(self) -> bool:
        return self.boxed is not None or not isinstance(self.outcome, UndecidedLimit)

    def json(self) -> Json:
        """The verdict with its numbers."""
        payload = limit_command_payload(self.outcome)
        if self.boxed is None:
            return payload
        del payload["reason"]
        if self.boxed.cells:
            return {**payload, "verdict": "paved", "period": self.boxed.period, "cells": self.boxed.cells}
        return {**payload, "verdict": "settles", "manner": "tends"}

    def words(self) -> str:
        """What the sequence does."""
        payload = self.json()
        if self.boxed is not None and self.boxed.cells:
            period, cells = self.boxed.period, self.boxed.cells
            what = "a fixed point" if period == 1 else f"a cycle of exactly {period} points"
            return f"tends to {what} (an atlas of {'1 cell' if cells == 1 else f'{cells} cells'})"
        if self.boxed is not None:
            return NO_CYCLE
        if payload["verdict"] == "undecided":
            return str(payload["reason"])
        rises = payload.get("manner") == "rises"
        return RISES_BY_CLOSED_FORM if rises else VERDICTS[payload["verdict"]]

    def lines(self) -> list[str]:
        """The numbers of the verdict."""
        payload = self.json()
        if "attraction" not in payload:
            return [*_numbers(payload), *self._remarks()]
        return [
            *(line for line in _numbers(payload) if not line.startswith("  p in ")),
            "and from a step on at a rate:",
            *_numbers(payload["attraction"]),
            *self._remarks(),
        ]

    def _remarks(self) -> list[str]:
        """Where the bracket of the limit does not come from the orbit alone."""
        found = self.outcome
        if not isinstance(found, Monotone) or found.reached:
            return []
        source = BY_RATE if found.attraction else BY_LIST if found.narrow else TOO_SLOW
        low, high = found.limit.logit
        shown = f"L in [{decimal_down(low, SHOWN_DIGITS)}, {decimal_up(high, SHOWN_DIGITS)}]"
        return [f"  the orbit as far as it was followed shows {shown};", f"  {source}"]

    def certificates(self, beside: FixedPoints | UndecidedFixedPoints | None = None) -> dict[str, Json]:
        """The certificates by what their names end in: that of the verdict first, then that of a narrower
        bracket."""
        if self.boxed is not None:
            return {"": self.boxed.certificate}
        found = self.outcome
        made = {"": limit_certificate(found)}
        if isinstance(found, Monotone) and found.narrow is not None:
            if found.attraction is not None:
                made["-bracket"] = limit_certificate(found.attraction)
            elif isinstance(beside, FixedPoints):
                made["-bracket"] = fixed_points_certificate(beside)
        return made


@dataclass(frozen=True)
class AnswerByAlpha:
    """alpha from 0 upwards: the answers of the parts, and how the range of each is written."""

    outcome: ByAlpha
    parts: tuple[LimitAnswer, ...]

    @staticmethod
    def of(outcome: ByAlpha, engine: str) -> AnswerByAlpha:
        """Each part is answered like a box of its own."""
        return AnswerByAlpha(outcome, tuple(LimitAnswer.of(part, engine) for part in outcome.parts))

    @property
    def is_proved(self) -> bool:
        return all(part.is_proved for part in self.parts)

    def json(self) -> Json:
        """The parts, each with its verdict; ``alpha_above_0`` marks the one that begins just above 0."""
        parts = []
        for k, part in enumerate(self.parts):
            payload = part.json()
            if k == 1:  # its certificate begins at a tiny alpha, its proof at 0
                payload["parameters"]["alpha"] = ["0", payload["parameters"]["alpha"][1]]
                payload["alpha_above_0"] = True
            parts.append(payload)
        verdict = {"verdict": "by-alpha"}
        if not self.is_proved:
            verdict = {"verdict": "undecided", "reason": NOT_ALL}
        return {**limit_command_payload(self.outcome), **verdict, "parts": parts}

    def text(self) -> str:
        """One paragraph a part."""
        head = "proved: each part of the range of alpha has a limit of its own"
        if not self.is_proved:
            head = f"undecided: {NOT_ALL}"
        lines = [head]
        for k, part in enumerate(self.parts):
            low, high = map(canonical, part.outcome.sequence.parameters.alpha)
            where = ("alpha = 0", f"0 < alpha <= {high}", f"{low} <= alpha <= {high}")[k]
            words = part.words().removesuffix(" (alpha = 0)")
            lines += ["", f"{where}:", f"  {'the sequence ' if part.is_proved else 'undecided: '}{words}"]
            lines += part.lines()
        return "\n".join([*lines, "", "no fixed point at alpha = 0, at least one at every alpha above it"])

    def certificates(self) -> dict[str, Json]:
        """The certificate of each part that is proved."""
        names = ("", "-small-alpha", "-large-alpha")
        made: dict[str, Json] = {}
        for name, part in zip(names, self.parts, strict=False):
            if part.is_proved:
                made |= {f"{name}{ending}": found for ending, found in part.certificates().items()}
        return made


def _numbers(payload: dict[str, Any]) -> list[str]:
    """Period, points with their basins, and rate: what a verdict has of them."""
    lines = []
    if payload.get("period", 1) > 1:
        lines.append(f"  period {payload['period']}")
    for point in [payload["limit"]] if "limit" in payload else payload.get("points", []):
        low, high = shortened((point["p"][0], point["p"][1]))
        basin = f", basin L in [{', '.join(point['basin'])}]" if "basin" in point else ""
        lines.append(f"  p in [{low}, {high}]{basin}")
    for key, words in (("gain", "each step at least"), ("step", "from step"), ("rate", "rate at most")):
        if key in payload:
            lines.append(f"  {words} {payload[key]}")
    return lines
