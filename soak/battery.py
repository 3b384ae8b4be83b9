"""A short day's work of the prover, every certificate checked: run in a copy of the package with a fault.

python -m soak.battery              prints one JSON object: for each piece of work what came of it
python -m soak.battery --to-refusal     stops at the first certificate that the checker refuses
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from verified_grpo.certificates import (
    canonical_bytes,
    fixed_points_certificate,
    limit_certificate,
    region_certificate,
    seal,
)
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.intervals import canonical, exact_range
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, certify, fixed_points, limit
from verified_grpo.rigor.properties.inequalities import ProvedInequality, RefutedInequality, prove_inequality
from verified_grpo.rigor.sequences.outcomes import UndecidedLimit

from . import battery_more, battery_steps

Json = dict[str, Any]
GROUP = Contrast("group", 4, 1)
REFUSED = ("rejected", "declined")


def _points(contrast: Contrast, engine: str, **parameters: str) -> Callable[[], AnyCertificate | None]:
    def prove() -> AnyCertificate | None:
        found = fixed_points(contrast, Parameters.of(**parameters), engine=engine)
        return fixed_points_certificate(found) if isinstance(found, FixedPoints) else None

    return prove


def _region(
    name: str, contrast: Contrast, engine: str, **parameters: str
) -> Callable[[], AnyCertificate | None]:
    def prove() -> AnyCertificate | None:
        outcome = certify(name, contrast, Parameters.of(**parameters), engine=engine, leaves=3000)
        return None if outcome.verdict == "undecided" else region_certificate(outcome, engine)

    return prove


def _limit(contrast: Contrast, engine: str, **parameters: str) -> Callable[[], AnyCertificate | None]:
    def prove() -> AnyCertificate | None:
        outcome = limit(contrast, Parameters.of(**parameters), engine=engine)
        return None if isinstance(outcome, UndecidedLimit) else limit_certificate(outcome)

    return prove


def _inequality(
    box: dict[str, str], expression: Any, relation: str, engine: str
) -> Callable[[], AnyCertificate | None]:
    """A relation over a box; where it is refuted, that it fails at a point."""

    def prove() -> AnyCertificate | None:
        sides = {name: exact_range(value) for name, value in box.items()}
        outcome = prove_inequality(expression, sides, relation, engine=engine)
        if isinstance(outcome, RefutedInequality):
            opposite = {">": "<=", "<": ">="}[relation]
            at = {name: canonical(x) for name, x in outcome.point.items()}
            return _sealed(at, expression, opposite, [["leaf"]], engine)
        if not isinstance(outcome, ProvedInequality):
            return None
        nodes = [[x if isinstance(x, str) else canonical(x) for x in node] for node in outcome.nodes]
        ranges = {name: [canonical(x) for x in side] for name, side in sides.items()}
        return _sealed(ranges, expression, relation, nodes, engine)

    return prove


def _sealed(box: Json, expression: Any, relation: str, nodes: Any, engine: str) -> AnyCertificate:
    statement = {"kind": "inequality", "box": box, "expression": expression, "relation": relation}
    return seal(statement, {"rule": "tree", "bits": 112, "nodes": nodes}, engine, 80)


def work() -> Iterator[tuple[str, Callable[[], AnyCertificate | None]]]:
    """The pieces of work by name."""
    plain = {"beta": "5", "eps": "1e-5", "p_ref": "0.3"}
    for engine in ("mpmath", "arb"):
        yield f"three fixed points, {engine}", _points(MEAN_VAR, engine, **plain)
        yield (
            f"two weights, {engine}",
            _points(MEAN_STD, engine, beta="2", eps="1e-4", p_ref="0.05", alpha="1/2"),
        )
        box = {"beta": "5:5.5", "eps": "1e-5:1.1e-5", "p_ref": "0.3:0.32"}
        yield f"fixed points over a box, {engine}", _points(MEAN_VAR, engine, **box)
        yield f"low p_ref, {engine}", _points(MEAN_VAR, engine, beta="0.2", eps="0.1", p_ref="2e-6")
        yield f"a group of 4, {engine}", _points(GROUP, engine, beta="0.3", eps="1e-4", p_ref="0.1")
        paved = {"beta": "0.5:0.6", "eps": "0.001:0.002", "p_ref": "0.5:0.55"}
        yield f"uniqueness paved, {engine}", _region("uniqueness", MEAN_VAR, engine, **paved)
        low = {"beta": "0.2:0.201", "eps": "0.1", "p_ref": "2e-6:2.1e-6"}
        yield f"uniqueness below 1/2, {engine}", _region("uniqueness", MEAN_VAR, engine, **low)
        paved = {"beta": "2:2.2", "eps": "0.05:0.06", "p_ref": "0.4:0.5", "alpha": "0.5:0.6"}
        yield f"contraction paved, {engine}", _region("contraction", MEAN_STD, engine, **paved)
    wide = {"beta": "61:100", "eps": "1e-5:1e-4", "p_ref": "0.001:0.9999"}
    yield "contraction by closed form", _region("contraction", MEAN_VAR, "mpmath", **wide)
    yield "contraction refuted", _region("contraction", MEAN_VAR, "mpmath", **{**wide, "beta": "50:100"})
    ample = {"beta": "0.001:100", "eps": "1e-6:1", "p_ref": "0.001:0.999"}
    yield "amplification", _region("amplification", MEAN_VAR, "mpmath", **ample)
    yield "a cycle", _limit(MEAN_VAR, "arb", beta="5", eps="1e-5", p_ref="0.001")
    yield "a rise", _limit(MEAN_VAR, "mpmath", **plain)
    yield "a limit over a box", _limit(MEAN_VAR, "arb", beta="5:5.01", eps="1e-5", p_ref="0.3:0.301")
    yield "the mirror", _limit(MEAN_VAR, "mpmath", beta="2", eps="0.1", p_ref="0.2", alpha="0")
    two = {"x": "0:1", "y": "1:2"}
    yield (
        "an inequality",
        _inequality(two, ["-", ["log", ["+", "y", ["exp", "x"]]], ["*", "1/2", "x"]], ">", "mpmath"),
    )
    yield "a false one", _inequality({"x": "0:1"}, ["-", "x", "9/10"], "<", "mpmath")
    yield "a division", _inequality({"x": "-1:2"}, ["/", "1", ["^", ["-", "x", "3"], "2"]], ">", "mpmath")
    shape = ["-", ["+", ["cosh", "x"], ["sinh", "x"]], ["*", "1/2", ["tanh", "x"]]]
    yield "hyperbolic functions", _inequality({"x": "-1/4:1/2"}, shape, ">", "arb")
    yield "a root", _inequality({"x": "0:2"}, ["-", ["sqrt", ["+", "x", "2"]], "7/5"], ">", "arb")


def outcome_of(prove: Callable[[], AnyCertificate | None]) -> str:
    """ "accepted" with the statement's digest, the checker's code, or how the prover gave up."""
    try:
        document = prove()
    except Exception as error:  # a fault may break anything; what broke is the finding
        return f"stopped: {type(error).__name__}"
    if document is None:
        return "undecided"
    verdict = check_bytes(canonical_bytes(document))
    if verdict.outcome is not Outcome.ACCEPTED:
        return f"{verdict.outcome.value}: {verdict.code.value}"
    return (
        "accepted " + hashlib.sha256(json.dumps(document["statement"], sort_keys=True).encode()).hexdigest()
    )


def main() -> None:
    """Do it all and print what came of it."""
    found: dict[str, str] = {}
    for name, prove in (*work(), *battery_more.work(), *battery_steps.work()):
        found[name] = outcome_of(prove)
        if "--to-refusal" in sys.argv and found[name].startswith(REFUSED):
            break
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
