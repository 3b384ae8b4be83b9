"""Kinds "identity" and "inequality": of expressions, on all numbers or on a box."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from typing import Any

from ..builder import Json, certificate
from ..committed import committed
from ..edits import Bad, edited, group, without
from ..forms import Reader
from ..formulas import expression
from ..heads import ranges
from ..samples import SLACK, sampled_points
from ..truth import mp, number, sigma


def identity(variables: list[str], left: Any, right: Any) -> Json:
    statement = {"kind": "identity", "variables": variables, "left": left, "right": right}
    return certificate(statement, {"rule": "grid"})


def inequality(box: Json, expression: Any, relation: str, nodes: list[list[str]]) -> Json:
    statement = {"kind": "inequality", "box": box, "expression": expression, "relation": relation}
    return certificate(statement, {"rule": "tree", "bits": 64, "nodes": nodes})


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "identity-lemma-3-mean-var": lemma_3_mean_var(),
        "identity-lemma-3-mean-std": lemma_3_mean_std(),
        "identity-bmax": bmax_identity(),
        "inequality-box": inequality(
            {"x": ["0", "1"], "y": ["1", "2"]},
            ["+", ["*", "x", ["-", "x", "1"]], ["log", ["+", "y", ["exp", "x"]]]],
            ">",
            [["split", "x", "0.5"], ["leaf"], ["split", "y", "3/2"], ["leaf"], ["leaf"]],
        ),
        "inequality-point": inequality({"x": "1/2"}, ["-", ["cosh", "x"], ["sqrt", "2"]], "<", [["leaf"]]),
    }


def lemma_3_mean_var() -> Json:
    """The derivative of the slope, as in the checker's lemma 3."""
    one_minus_s = ["-", "1", "s"]
    w = ["+", one_minus_s, ["*", "4", "eps"]]
    left = ["+", ["*", one_minus_s, w], ["*", "-2", "s", w], ["*", "3", "s", one_minus_s]]
    right = ["-", ["+", "1", ["*", "4", "eps"]], ["*", ["+", "1", ["*", "12", "eps"]], "s"]]
    return identity(["s", "eps"], left, right)


def lemma_3_mean_std() -> Json:
    """The same for the standard deviation outside the root."""
    s2 = ["^", "s", "2"]
    d2 = ["-", "1", ["*", "4", s2]]
    w = ["+", "s", "eps"]
    left = ["+", ["*", "-4", s2, w], ["*", d2, w], ["*", "-2", "s", d2]]
    return identity(["s", "eps"], left, ["-", "eps", ["+", "s", ["*", "8", "eps", s2]]])


def bmax_identity() -> Json:
    """B(s)^2 at its peak is 1/(27 eps (1+4 eps)^2)."""
    s = ["/", ["+", "1", ["*", "4", "eps"]], ["+", "1", ["*", "12", "eps"]]]
    left = ["/", ["*", s, ["^", ["-", "1", s], "2"]], ["^", ["+", ["-", "1", s], ["*", "4", "eps"]], "3"]]
    right = ["*", "1/27", ["^", "eps", "-1"], ["^", ["+", "1", ["*", "4", "eps"]], "-2"]]
    return identity(["eps"], left, right)


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict([*_bad_trees(committed()), *_bad_expressions(committed())])


def _bad_trees(valid: dict[str, Json]) -> Bad:
    good, nodes = valid["inequality-box"], ("evidence", "nodes")
    yield "node-empty", ("tree-node", edited(good, *nodes, 1, value=[]))
    yield "node-unknown", ("tree-node", edited(good, *nodes, 1, value=["holds"]))
    yield "leaf-with-more", ("tree-node", edited(good, *nodes, 1, value=["leaf", "x"]))
    yield "split-short", ("tree-node", edited(good, *nodes, 0, value=["split", "x"]))
    yield "split-unknown-axis", ("tree-axis", edited(good, *nodes, 0, value=["split", "z", "0.5"]))
    yield "split-at-the-end", ("tree-cut", edited(good, *nodes, 0, value=["split", "x", "1"]))
    yield "split-at-the-start", ("tree-cut", edited(good, *nodes, 0, value=["split", "x", "0"]))
    yield "split-outside", ("tree-cut", edited(good, *nodes, 0, value=["split", "x", "2"]))
    yield (
        "leaf-too-many",
        ("tree-overrun", edited(good, *nodes, value=[*good["evidence"]["nodes"], ["leaf"]])),
    )
    yield "leaf-missing", ("tree-unfinished", without(good, *nodes, -1))
    yield "no-nodes", ("tree-unfinished", edited(good, *nodes, value=[]))
    yield "leaf-too-coarse", ("leaf-not-proved", edited(good, *nodes, value=[["leaf"]]))
    point = valid["contraction-tree"]
    yield (
        "split-of-a-point",
        ("tree-cut", edited(point, *nodes, value=[["split", "alpha", "0.5"], ["holds"], ["holds"]])),
    )
    yield (
        "split-of-p-ref",
        ("tree-axis", edited(point, *nodes, value=[["split", "p_ref", "0.92"], ["holds"], ["holds"]])),
    )


def _bad_expressions(valid: dict[str, Json]) -> Bad:
    good, left = valid["identity-bmax"], ("statement", "left")
    yield "operator-unknown", ("bad-expression", edited(good, *left, value=["sin", "eps"]))
    yield "function-in-identity", ("bad-expression", edited(good, *left, value=["sqrt", "eps"]))
    yield "sum-of-one", ("bad-expression", edited(good, *left, value=["+", "eps"]))
    yield "difference-of-three", ("bad-expression", edited(good, *left, value=["-", "eps", "eps", "eps"]))
    yield "expression-empty", ("bad-expression", edited(good, *left, value=[]))
    yield "power-large", ("bad-expression", edited(good, *left, value=["^", "eps", "65"]))
    yield "power-of-a-variable", ("bad-expression", edited(good, *left, value=["^", "eps", "eps"]))
    yield "power-short", ("bad-expression", edited(good, *left, value=["^", "eps"]))
    yield "variable-twice", ("bad-expression", edited(good, "statement", "variables", value=["eps", "eps"]))
    yield (
        "variable-badly-named",
        ("bad-expression", edited(good, "statement", "variables", value=["eps", "X"])),
    )
    yield "variable-undeclared", ("undeclared-variable", edited(good, "statement", "variables", value=["s"]))
    yield "identity-false", ("not-identical", edited(good, "statement", "right", 1, value="1/28"))
    on_grid = ["*", *(["-", "eps", str(n)] for n in range(2, 9))]
    yield "identity-true-at-small-integers", ("not-identical", identity(["eps"], on_grid, "0"))
    nothing = ["/", "1", ["-", "eps", "eps"]]
    yield "identity-of-nothing", ("nowhere-defined", identity(["eps"], nothing, nothing))
    yield "identity-of-hidden-nothing", ("nowhere-defined", identity(["eps"], ["/", "0", nothing], "0"))
    yield (
        "identity-too-large",
        (
            "too-much-work",
            identity(
                ["x", "y"],
                ["^", ["^", ["+", "x", "y"], "64"], "64"],
                ["^", ["^", ["+", "y", "x"], "64"], "64"],
            ),
        ),
    )
    tower: Any = "2"
    for _ in range(6):
        tower = ["^", tower, "64"]
    work = {"rule": "line-partition", "bits": 200_000, "start": "0"}
    work["cells"] = [{"end": str(i + 1), "rule": "increasing"} for i in range(10)]
    large = edited(valid["fixed-points-group-8"], "statement", "variant", value=group(1024, 0))
    yield "line-too-large", ("too-much-work", edited(large, "evidence", value=work))
    large = edited(valid["contraction-tree-group"], "statement", "variant", value=group(1024, 0))
    large = edited(large, "evidence", "bits", value=200_000)
    yield "tree-too-large", ("too-much-work", edited(large, "evidence", "nodes", value=[["holds"]] * 10))
    long = inequality({"x": ["0", "1"]}, ["+", *["x"] * 100], ">", [["leaf"]] * 100)
    yield "inequality-too-large", ("too-much-work", edited(long, "evidence", "bits", value=200_000))
    yield "identity-of-towers", ("too-much-work", identity([], tower, tower))
    point = valid["inequality-point"]
    yield "inequality-false", ("leaf-not-proved", edited(point, "statement", "relation", value=">"))
    undefined = {"x": ["-1", "1"]}
    for name, tree in {
        "abs-of-a-logarithm": ["+", "1", ["abs", ["log", "x"]]],
        "square-of-a-root": ["+", "1", ["^", ["sqrt", "x"], "2"]],
        "pole-inside": ["+", "1", ["abs", ["/", "1", "x"]]],
        "zero-times-a-pole": ["+", "1", ["*", "0", ["/", "1", "x"]]],
        "power-zero-of-a-logarithm": ["^", ["log", ["-", "x", "5"]], "0"],
        "exponential-tower": ["exp", ["exp", ["exp", ["exp", ["+", "x", "100"]]]]],
    }.items():
        yield f"inequality-{name}", ("leaf-not-proved", inequality(undefined, tree, ">", [["leaf"]]))
    yield (
        "inequality-undecided-equality",
        (
            "leaf-not-proved",
            inequality({"x": "1/3"}, ["-", ["exp", "x"], ["exp", "x"]], ">=", [["leaf"]]),
        ),
    )


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None."""
    return (_identity if statement["kind"] == "identity" else _inequality)(statement)


def _identity(statement: Json) -> str | None:
    source = random.Random(5)
    for _ in range(8):
        values = {name: Fraction(source.randrange(1, 10**6), 997) for name in statement["variables"]}
        try:
            left, right = (evaluate(statement[side], values, True) for side in ("left", "right"))
        except ZeroDivisionError:
            continue
        if left != right:
            return f"the sides differ at {values}"
    return None


def _inequality(statement: Json) -> str | None:
    for point in [*sampled_points(statement["box"]), *sampled_points(statement["box"])]:
        value = evaluate(statement["expression"], {key: number(x) for key, x in point.items()}, False)
        relation = statement["relation"]
        holds = isinstance(value, mp.mpf) and (value > -SLACK if ">" in relation else value < SLACK)
        if not holds:
            return f"{value} at {point}"
    return None


def evaluate(expression: Any, values: dict[str, Any], exact: bool) -> Any:
    """An expression at a point, by recursion: Fractions where exact, mpmath elsewhere."""
    if isinstance(expression, str):
        if expression in values:
            return values[expression]
        return Fraction(expression) if exact else number(expression)
    operator, *operands = expression
    if operator == "^":
        return evaluate(operands[0], values, exact) ** int(operands[1])
    first, *others = [evaluate(operand, values, exact) for operand in operands]
    if operator in _FUNCTIONS:
        return _FUNCTIONS[operator](first)
    for other in others:
        match operator:
            case "+":
                first = first + other
            case "-":
                first = first - other
            case "*":
                first = first * other
            case "/":
                first = first / other
    return first


_FUNCTIONS = {
    "neg": lambda x: -x,
    "abs": abs,
    "sqrt": mp.sqrt,
    "exp": mp.exp,
    "log": mp.log,
    "cosh": mp.cosh,
    "sinh": mp.sinh,
    "tanh": mp.tanh,
    "sigma": sigma,
}


def sentences(reader: Reader) -> Json:
    """Where powers are defined may be said at the end of a formula."""
    reader.sentences[0] = reader.sentences[0].removesuffix(" (A power 0 is 1, of 0 too.)")
    return (_equation if reader.given["kind"] == "identity" else _relation)(reader)


def _equation(reader: Reader) -> Json:
    plain = "<left:x> = <right:x>"
    defined = "For all rational (and all real) <names:x> where both sides are defined: "
    said, quantified = reader.take_one({f"{defined}{plain}": True, plain: False})
    variables = said["names"].split(", ") if quantified else []
    return {"variables": variables, "left": expression(said["left"]), "right": expression(said["right"])}


def _relation(reader: Reader) -> Json:
    plain = "<formula:x> <relation> 0."
    said, boxed = reader.take_one({f"For all <box:x>: {plain}": True, plain: False})
    box = ranges(said["box"]) if boxed else {}
    return {"box": box, "expression": expression(said["formula"]), "relation": said["relation"]}
