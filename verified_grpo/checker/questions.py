"""A question apart from its proof, and whether the statement of a certificate answers it.

A question is written before anything is searched for: what is asked (a kind of statement), of which variant,
for which box of parameters, and with which goals. A statement answers it if it is of that kind and variant,
says at least what is asked, and speaks of the parameters asked about: of all of them where it says that
something holds, of one of them where it gives a counterexample. Whether the statement is established is the
certificate's own affair (check.py).

    {"format": "verified-grpo-question/1", "question": {"kind": "contraction", "variant": ..., "parameters":
    ..., "rate": "0.9"}}

Goals by kind: `start` (limit), `period` (cycles), `rate` (contraction), `gain` or `target` (amplification),
`undecided` (atlas, contours: the largest share that may be left open), `curve` (curve), `step` (small-steps:
a size that the steps may have; beta may be 0), `reach` (passage).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import using
from verified_grpo.checker.check import check_bytes, read_statement
from verified_grpo.checker.diagnostics import Code, Fault, Verdict, require
from verified_grpo.checker.fuel import DEFAULT, fuelled
from verified_grpo.checker.numbers import ball, exact, precision
from verified_grpo.checker.parameters import Parameters, read_contrast, read_parameters
from verified_grpo.checker.reading import (
    canonical_bytes,
    choice,
    mapping,
    natural,
    pair,
    read_document,
    read_object,
    record,
    text,
)

FORMAT = "verified-grpo-question/1"
GOALS: dict[str, tuple[str, ...]] = {
    "fixed-points": (),
    "limit": ("start",),
    "small-steps": ("step",),
    "passage": ("reach",),
    "cycles": ("period",),
    "amplification": ("gain", "target"),
    "contraction": ("rate",),
    "uniqueness": (),
    "convergence": (),
    "no-cycles": (),
    "atlas": ("undecided",),
    "contours": ("undecided",),
    "curve": ("curve",),
    "chaos": (),
}
"""The kinds that can be asked for, each with its goals."""
ALWAYS = frozenset({"limit", "passage", "cycles", "atlas", "contours", "curve"})
"""The kinds whose goals must be there."""
_BITS = 128

Fields = dict[str, object]


@dataclass(frozen=True)
class Question:
    """What is asked: a kind, a variant, a box of parameters and goals."""

    kind: str
    variant: object
    box: Parameters
    goals: Fields

    @classmethod
    def read(cls, data: bytes) -> Question:
        """The question in the bytes of a file, in its canonical form; a fault says what is wrong with it."""
        document = record(read_object(data), "the question's file", ("format", "question"))
        require(document["format"] == FORMAT, Code.UNKNOWN_FORMAT, f"a question is of the format {FORMAT}")
        fields = mapping(document["question"], "question")
        require("kind" in fields, Code.MISSING_KEY, "question: the key 'kind' is missing")
        kind = choice(fields["kind"], "question.kind", GOALS)
        goals = GOALS[kind]
        always, sometimes = (goals, ()) if kind in ALWAYS else ((), goals)
        record(fields, "question", ("kind", "variant", "parameters", *always), sometimes)
        read_contrast(fields["variant"], "question.variant")
        box = _box(fields["parameters"], "question.parameters", kind)
        asked = {goal: fields[goal] for goal in goals if goal in fields}
        for goal, value in asked.items():
            _READ[goal](value, f"question.{goal}")
        return cls(kind, fields["variant"], box, asked)

    def require_answer(self, statement: Fields) -> None:
        """Go on only if the statement, which a checker has read, answers the question.

        Not looked at: the evidence.
        """
        kind = text(statement.get("kind"), "statement.kind")
        message = f"the question is of kind {self.kind!r}, the statement of kind {kind!r}"
        require(kind == self.kind, Code.OTHER_QUESTION, message)
        require(
            canonical_bytes(statement["variant"]) == canonical_bytes(self.variant),
            Code.OTHER_QUESTION,
            "the statement is about another variant",
        )
        box = _box(statement["parameters"], "statement.parameters", kind)
        refuted = statement.get("verdict") == "refuted"
        fits = box in self.box if refuted else self.box in box
        away = "its counterexample may lie outside of" if refuted else "its parameters do not hold all of"
        require(fits, Code.OTHER_QUESTION, f"{away} the parameters that the question asks about")
        says = kind not in _SAYS or _SAYS[kind](self, statement, refuted)
        goals = ", ".join(GOALS[kind])
        require(says, Code.OTHER_QUESTION, f"the statement does not say what is asked ({goals})")

    @property
    def words(self) -> str:
        """The question in one line."""
        box = ", ".join(
            f"{axis} {_shown(getattr(self.box, axis))}" for axis in ("alpha", "beta", "eps", "p_ref")
        )
        goals = "".join(f", {goal} {value}" for goal, value in self.goals.items())
        return f"{self.kind} of {_compact(self.variant)} for {box}{goals}"


def _box(value: object, where: str, kind: str) -> Parameters:
    """Without KL only small steps have an answer."""
    return read_parameters(value, where, beta_may_be_0=kind == "small-steps")


def _shown(side: tuple[Fraction, Fraction]) -> str:
    return str(side[0]) if side[0] == side[1] else f"in [{side[0]}, {side[1]}]"


def _compact(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _positive(value: object, where: str) -> None:
    require(exact(value, where) > 0, Code.OUTSIDE_DOMAIN, f"{where}: a number above 0 is expected")


def _inside(value: object, where: str) -> None:
    require(0 < exact(value, where) < 1, Code.OUTSIDE_DOMAIN, f"{where}: a number in (0, 1) is expected")


def _start(value: object, where: str) -> None:
    if value != "p_ref":
        _inside(value, where)


_READ: dict[str, Callable[[object, str], object]] = {
    "start": _start,
    "step": _positive,
    "reach": _inside,
    "period": natural,
    "rate": _positive,
    "gain": _positive,
    "target": _positive,
    "undecided": exact,
    "curve": text,
}


def _same(goal: str) -> Callable[[Question, Fields, bool], bool]:
    return lambda asked, statement, _: statement.get(goal) == asked.goals[goal]


def _curve(asked: Question, statement: Fields, _: bool) -> bool:
    """Of the exact iteration: a flip of a step is another curve."""
    return statement.get("curve") == asked.goals["curve"] and "step_size" not in statement


def _same_start(asked: Question, statement: Fields, _: bool) -> bool:
    said, wanted = statement.get("start"), asked.goals["start"]
    if "p_ref" in (said, wanted):
        return said == wanted
    return exact(said, "statement.start") == exact(wanted, "question.start")


def _rate(asked: Question, statement: Fields, refuted: bool) -> bool:
    """A rate is proved with any smaller one, |T'| < 1 with every rate; refuted the other way round."""
    said, wanted = _number(statement, "rate", 1), _number(asked.goals, "rate", 1)
    return said >= wanted if refuted else said <= wanted


def _amplified(asked: Question, statement: Fields, refuted: bool) -> bool:
    """p* at least a target is proved with any larger one, the odds' factor exp(margin) with any larger one;
    refuted the other way round. Where neither is asked for, p* > p_ref is."""
    goal = "margin" if "margin" in statement else "target"
    said = _number(statement, goal, 0)
    if "target" in asked.goals:
        wanted = _number(asked.goals, "target", 0)
        return goal == "target" and (said <= wanted if refuted else said >= wanted)
    if "gain" in asked.goals:
        with using("rational"), precision(_BITS):
            factor, least = ball(said).exp(), ball(_number(asked.goals, "gain", 1))
            return goal == "margin" and bool(factor <= least if refuted else factor >= least)
    return not refuted and (goal == "margin" or said > asked.box.p_ref[1])


def _undecided(asked: Question, statement: Fields, _: bool) -> bool:
    """A share of this rectangle; of a part of a larger one only 0 says something. Of steps of one size, or
    under k3, it is another map."""
    if "step_size" in statement or "kl" in statement:
        return False
    said = _number(statement, "undecided", 1)
    box = read_parameters(statement["parameters"], "statement.parameters")
    return said == 0 or (box == asked.box and said <= _number(asked.goals, "undecided", 0))


def _stepped(asked: Question, statement: Fields, _: bool) -> bool:
    """Proved of all steps up to a bound, or of any."""
    if "step" not in asked.goals or statement.get("verdict") == "rises-to-one":
        return True
    bound = statement["largest_step"]
    least = pair(bound, "statement.largest_step")[0] if statement.get("verdict") == "rises" else bound
    return exact(least, "statement.largest_step") >= _number(asked.goals, "step", 0)


def _reached(asked: Question, statement: Fields, _: bool) -> bool:
    return exact(statement["reach"], "statement.reach") == _number(asked.goals, "reach", 0)


def _number(fields: Fields, key: str, otherwise: int) -> Fraction:
    return exact(fields[key], key) if key in fields else Fraction(otherwise)


_SAYS: dict[str, Callable[[Question, Fields, bool], bool]] = {
    "limit": _same_start,
    "small-steps": _stepped,
    "passage": _reached,
    "cycles": _same("period"),
    "curve": _curve,
    "contraction": _rate,
    "amplification": _amplified,
    "atlas": _undecided,
    "contours": _undecided,
}


def check_answer(
    asked: Question, data: bytes, arithmetic: str | None = None, *, fuel: int = DEFAULT
) -> Verdict:
    """The verdict on the bytes of a certificate as an answer to a question: never an exception.

    A certificate that does not answer it is rejected before its evidence is looked at; else the verdict is
    that of `check_bytes`.
    """
    words = ""
    try:
        with fuelled(fuel):
            statement = read_document(data)["statement"]
            words = read_statement(statement).words
            asked.require_answer(mapping(statement, "statement"))
    except Fault as fault:
        if fault.code is Code.OTHER_QUESTION:
            return Verdict(fault.code, f"does not answer the question: {fault}", words, statement)
    return check_bytes(data, arithmetic, fuel=fuel)
