"""Whether what the checker prints of an argument is true: the verdict, the assumptions, what rules yield.

The verdict is computed anew, from what the steps and conclusions say; what a rule yields is evaluated at
points. Which statements were read stands in the checker's own table: no evaluation can tell.
"""

from __future__ import annotations

import operator
import random
from collections import Counter
from typing import Any

from verified_grpo.checker.paper import reading
from verified_grpo.checker.readings import READINGS
from verified_grpo.checker.textbook import ASSUMPTIONS

from ...builder import Json
from ...samples import sampled_points
from ...truth import mp, number
from ..expressions import evaluate

NOT_CARRIED = "formal part established; verdict not carried"
WITH = {"flaw": "holds, proof flawed", "misprint": "misprint", "beyond": "holds, sharper"}
TRIES, ENOUGH = 80, 6
SIZES = ("1/50", "1/7", "3/10", "9/10", "2", "12")
SLACK = mp.mpf(10) ** -30
RELATIONS = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}


def contradicted(statement: Json) -> str | None:
    """A reason why the claim of a part is false, or None."""
    from ...oracle import contradicted as of_its_kind  # by the table, which this kind stands in

    reasons = (of_its_kind(part["claim"]) for part in statement["parts"])
    return next((reason for reason in reasons if reason), None)


def contradicted_argument(statement: Json, extra: Json) -> str | None:
    """A reason why the verdict, the counts or what a rule yields is false; or None."""
    classes = Counter(class_of(step) for step in statement["steps"])
    if extra["counts"] != {name: classes[name] for name in extra["counts"]}:
        return "another number of steps of a class"
    if (statement["verdict"], statement["given"]) != _verdict(statement):
        return f"the verdict is {_verdict(statement)}"
    for step, found in zip(statement["steps"], extra["yields"], strict=True):
        rule = step["because"].get("rule")
        part = statement["parts"][step["parts"][0] - 1]["claim"] if step["parts"] else {}
        if rule in YIELDS and (reason := YIELDS[rule](part, step["because"], found)):
            return reason
    return None


def class_of(step: Json) -> str:
    """`rule`, `theorem` or `assumption`."""
    return {"theorems": "theorem", "assumptions": "assumption"}.get(next(iter(step["because"])), "rule")


def _verdict(statement: Json) -> tuple[str, list[str]]:
    """The verdict by the meaning of its words, and what it supposes, in the order of the list."""
    unjudged = {key: value for key, value in statement.items() if key not in ("verdict", "given")}
    if READINGS.get(statement["item"]) != reading(unjudged):
        return NOT_CARRIED, []
    standing = [c for c in statement["conclusions"] if c["range"] == "numbers" or _general(statement, c)]
    kinds = {c["of"] for c in standing}
    claims = [c for c in statement["conclusions"] if c["of"] == "claim"]
    if "against" in kinds:
        word, decide = "loose" if "amended" in kinds else "fails", {"against", "amended", "claim"}
    elif not claims or any(c not in standing for c in claims):
        word, decide = "instances only", kinds
    else:
        more = next((kind for kind in WITH if kind in kinds), "claim")
        word, decide = WITH.get(more, "holds"), {"claim", more}
    supposed = {
        name
        for conclusion in standing
        if conclusion["of"] in decide
        for k in conclusion["steps"]
        for name in statement["steps"][k - 1]["because"].get("assumptions", ())
    }
    return word, [name for name in ASSUMPTIONS if name in supposed]


def _general(statement: Json, conclusion: Json) -> bool:
    """Whether one of its steps speaks of all parameters."""
    return any(_speaks_of_all(statement, statement["steps"][k - 1]) for k in conclusion["steps"])


def _speaks_of_all(statement: Json, step: Json) -> bool:
    parts = [statement["parts"][k - 1]["claim"]["kind"] for k in step["parts"]]
    return step["because"].get("rule") != "restates" or "identity" in parts


def _values(names: list[str], source: random.Random) -> dict[str, Any]:
    """A point with numbers of many sizes, some of them negative."""
    return {name: number(source.choice(SIZES)) * source.choice((1, 1, 1, -1)) for name in names}


def _sign(part: Json, because: Json, found: Json) -> str | None:
    """The sign at points where all that is supposed positive is."""
    if found["left"] != part["left"]:
        return "the sign of another expression"
    source, right = random.Random(7), RELATIONS[because["relation"]]
    for _ in range(TRIES):
        point = _values(part["variables"], source)
        try:
            supposed = all(evaluate(e, point, False) > 0 for e in because["positive"])
            value = evaluate(part["left"], point, False) if supposed else None
            evaluate(part["right"], point, False)
        except ZeroDivisionError:
            continue
        slack = SLACK if "=" in because["relation"] else 0
        if value is not None and not (right(value, 0) or abs(value) <= slack):
            return f"the sign is another at {point}"
    return None


def _substitution(part: Json, because: Json, found: Json) -> str | None:
    """Both sides with the expressions put in, equal where they are real."""
    for side in ("left", "right"):
        if found[side] != _put(part[side], because["where"]):
            return f"the {side} side is another with these put in"
    source, seen = random.Random(8), 0
    for _ in range(TRIES):
        point = _values(sorted({*because["variables"], *part["variables"]}), source)
        try:
            left, right = (evaluate(found[side], point, False) for side in ("left", "right"))
        except ZeroDivisionError:
            continue
        if isinstance(left, mp.mpf) and isinstance(right, mp.mpf):
            seen += 1
            if abs(left - right) > SLACK * max(1, abs(left)):
                return f"the sides differ at {point}"
        if seen == ENOUGH:
            break
    return None


def _put(tree: Any, where: Json) -> Any:
    """The tree with others in the place of variables."""
    if isinstance(tree, str):
        return where.get(tree, tree)
    first, *operands = tree
    if first == "^":
        return [first, _put(operands[0], where), operands[1]]
    return [first, *(_put(operand, where) for operand in operands)]


def _counterexample(part: Json, because: Json, _: Json) -> str | None:
    """A point of the part's box, inside of the claim's, at which the claim is false."""
    claim = because["claim"]
    for point in sampled_points(part["box"]):
        inside = all(_within(point[name], claim["box"][name]) for name in claim["box"])
        value = evaluate(claim["expression"], {key: number(x) for key, x in point.items()}, False)
        if inside and not RELATIONS[claim["relation"]](value, 0):
            return None
    return "at no sample is the claim false that is said not to be true"


def _within(value: str, side: Any) -> bool:
    low, high = (side, side) if isinstance(side, str) else side
    return bool(number(low) <= number(value) <= number(high))


YIELDS = {"sign": _sign, "substitution": _substitution, "counterexample": _counterexample}
