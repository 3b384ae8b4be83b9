"""Whether every sentence that the checker prints is true, and says what was checked.

`contradicted_words(words, statement)` reads the words back (`sentences.py`), holds what they say against the
statement that they are printed for, and evaluates it: the statement by the kind's oracle, a sentence beside
it by an evaluation of its own. It never looks at evidence, nor at the checker.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .builder import Json
from .forms import Unread
from .kinds.atlas.oracle import leaves
from .kinds.contours.oracle import columns, undecided_share
from .kinds.curve.corpus import place
from .kinds.paper_statement.oracle import contradicted_argument
from .oracle import contradicted
from .samples import sampled_points, truth_at
from .sentences import read_words
from .truth import mp, number

PLACES = 9  # of each piece of a curve
ROUNDING = mp.mpf("1.01e-6")
SLACK = mp.mpf(10) ** -12


def contradicted_words(words: str, statement: Json) -> str | None:
    """A reason why a sentence is false, or says other than the statement, or cannot be read; or None."""
    try:
        said, extra = read_words(words, statement)
    except Unread as sentence:
        return f"unread: {sentence}"
    if _plain(said) != _plain(statement):
        return f"it says something else: {_difference(_plain(said), _plain(statement))}"
    return contradicted(statement) or _beside(statement, extra)


def _plain(statement: Json) -> Json:
    """The point of an orbit is printed in lowest terms."""
    if statement["kind"] == "paper-statement":
        parts = [{**part, "claim": _plain(part["claim"])} for part in statement["parts"]]
        return {**statement, "parts": parts}
    if "start" not in statement or isinstance(statement["start"], str):
        return statement
    return {**statement, "start": {key: Fraction(value) for key, value in statement["start"].items()}}


def _difference(said: Json, stated: Json) -> str:
    return ", ".join(sorted(key for key in {*said, *stated} if said.get(key) != stated.get(key)))


def _beside(statement: Json, extra: Json) -> str | None:
    """Of what is said beside the statement, what is false."""
    if statement["kind"] == "paper-statement":
        claims = [part["claim"] for part in statement["parts"]]
        told = [_beside(claim, beside) for claim, beside in zip(claims, extra["parts"], strict=True)]
        return next((reason for reason in told if reason), None) or contradicted_argument(statement, extra)
    if "open share" in extra:
        share, said = _open_share(statement), number(extra["open share"])
        if said < share - SLACK:
            return "more of the ranges asked about is undecided"
        if said > share + ROUNDING:
            return "not the share of the ranges asked about, rounded up"
    if "in the window" in extra and _in_window(statement) < extra["in the window"]:
        return "fewer boxes hold a point in the window"
    if extra.get("alone") and statement["variant"]["contrast"] not in ("mean-var", "mean-std"):
        return "the cusp is not known to be the only one"
    least = (
        "step" in statement
        and statement["verdict"] == "rises"
        and (statement["step"], statement["start"]) == (0, "p_ref")
    )
    return "another fixed point is lower" if least and not _is_least(statement) else None


def _open_share(statement: Json) -> Any:
    """The share of the box that undecided cells cover, all of an axis that is one number."""
    sides = [
        _ends(statement["parameters"]["beta"], mp.log),
        _ends(statement["parameters"]["p_ref"], lambda p: mp.log(p / (1 - p))),
    ]
    if statement["kind"] == "contours":
        found = [
            (tuple(map(_number, x)), [tuple(map(_number, strip)) for strip in strips])
            for x, strips in columns(statement)
        ]
        return undecided_share(found, [list(side) for side in sides])
    total = mp.mpf(0)
    for letter, *box in leaves(statement):
        if letter == "u":
            covered = mp.mpf(1)
            for (low, high), (first, last) in zip(sides, box, strict=True):
                common = min(high, _number(last)) - max(low, _number(first))
                covered *= max(common, 0) / (high - low) if high > low else mp.mpf(common >= 0)
            total += covered
    return min(total, mp.mpf(1))


def _in_window(statement: Json) -> int:
    """The pieces of a curve that have a point in the window, as far as places on them tell."""
    name, variant, parameters = (statement[key] for key in ("curve", "variant", "parameters"))
    beta, p_ref = (_ends(parameters[key], lambda x: x) for key in ("beta", "p_ref"))
    count = 0
    for piece in statement["pieces"]:
        low, high = (number(end) for end in piece["logit"])
        for k in range(1, PLACES):
            x = low + (high - low) * k / PLACES if k != PLACES // 2 else (low + high) / 2
            weight, odds = place(name, variant, parameters, x, statement.get("step_size"))
            p = 1 / (1 + mp.exp(-odds))
            if beta[0] <= weight <= beta[1] and p_ref[0] <= p <= p_ref[1]:
                count += 1
                break
    return count


def _is_least(statement: Json) -> bool:
    """Whether the limit's bracket holds the least of all fixed points."""
    low, high = (number(end) for end in statement["limit"]["logit"])
    truths = [truth_at(statement, point) for point in sampled_points(statement["parameters"])]
    return all(low - SLACK <= truth[0][0] <= high + SLACK for truth in truths)


def _ends(side: str | list[str], scale: Any) -> tuple[Any, Any]:
    low, high = (side, side) if isinstance(side, str) else side
    return scale(number(low)), scale(number(high))


def _number(end: Any) -> Any:
    exact = Fraction(end)
    return mp.mpf(exact.numerator) / exact.denominator
