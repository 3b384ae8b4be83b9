"""Kind "contours": the oracle can tell, nothing false passes in either arithmetic, points are looked up."""

from __future__ import annotations

import random
import re

import pytest

from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.checker.places import look_up, read_point

from .builder import Json, seal
from .committed import of_kinds
from .edits import edited
from .kinds.contours import contradicted
from .kinds.contours.corpus import STRIP

MANY = pytest.mark.parametrize("mutants", [40, pytest.param(400, marks=pytest.mark.soak)])


def test_the_oracle_can_tell() -> None:
    good = of_kinds("contours")["contours"]["statement"]
    assert contradicted(good) is None
    low = re.sub(r",(-?\d+)/(\d+)", lambda m: f",{int(m[1]) - 2000}/{m[2]}", good["columns"])
    assert contradicted({**good, "columns": low})
    assert contradicted({**good, "undecided": "0.01"})
    assert contradicted({**good, "parting": "d"})
    cycle = of_kinds("contours")["contours-trap"]["statement"]
    assert contradicted({**cycle, "parting": "c4"})


def mutant(document: Json, source: random.Random) -> Json:
    """A strip moved, made thinner, or of another column; a cell of the tree claimed; eps or alpha changed."""
    statement = document["statement"]
    ways = ["strip", "strip", "number", *(["cell"] if "proofs" in document["evidence"] else [])]
    match source.choice(ways):
        case "strip":
            strips = list(STRIP.finditer(statement["columns"]))
            strip = source.choice(strips)
            low, width = map(int, strip.groups())
            by = source.choice((-30, -3, 3, 30))
            changed = (low + by, width - by) if source.random() < 0.5 else (low, width + by)
            text = statement["columns"]
            text = f"{text[: strip.start()]},{changed[0]}/{changed[1]}{text[strip.end() :]}"
            return edited(document, "statement", "columns", value=text)
        case "cell":
            parting = statement["parting"].replace("u", "d", 1)
            claimed = edited(document, "statement", "parting", value=parting)
            return edited(claimed, "evidence", "proofs", value=document["evidence"]["proofs"] + "e1")
        case _:
            name, value = source.choice(
                (("eps", "2e-5"), ("eps", "5e-6"), ("alpha", "0.9"), ("alpha", "0.6"))
            )
            return edited(document, "statement", "parameters", name, value=value)


@MANY
def test_no_false_mutant_is_accepted(mutants: int) -> None:
    source, good, outcomes = random.Random(17), of_kinds("contours"), set()
    names = [name for name in good if STRIP.search(good[name]["statement"]["columns"])]
    for _ in range(mutants):
        document = mutant(good[source.choice(names)], source)
        verdict = check_bytes(seal(document), source.choice(ARITHMETICS))
        outcomes.add(verdict.outcome)
        if verdict.outcome is Outcome.ACCEPTED:
            assert contradicted(document["statement"]) is None
    assert outcomes == {Outcome.ACCEPTED, Outcome.REJECTED}


def test_a_point_is_looked_up() -> None:
    claim = of_kinds("contours")["contours"]["statement"]
    (band, other) = look_up(claim, read_point("beta=0.55,p_ref=0.005"))
    assert band.endswith("small steps rise to the least fixed point, p* in [1/10, 1/2]")
    assert other.endswith("the exact iteration tends to another, higher fixed point")
    (high,) = look_up(claim, read_point("beta=0.5,p_ref=0.9"))
    assert high.endswith("p* in [99/100, 1]")
    (outside,) = look_up(claim, read_point("beta=100,p_ref=0.1"))
    assert outside.startswith("nothing")


def test_an_end_on_the_rectangle_s_edge_says_nothing() -> None:
    """All strips as high as the rectangle: p* is somewhere in (0, 1), at its edges too."""
    good = of_kinds("contours")["contours"]
    count = len(good["statement"]["levels"])
    wide = edited(good, "statement", "columns", value=f"2048:0{',-7168/10240' * count};")
    claim = edited(wide, "statement", "undecided", value="1")["statement"]
    claim = {**claim, "parameters": {**claim["parameters"], "p_ref": ["0.001", "0.95"]}}
    for p_ref in ("0.001", "0.3", "0.95"):
        (band,) = look_up({**claim, "parting": "u"}, read_point(f"beta=1,p_ref={p_ref}"))
        assert band.endswith("p* in [0, 1]")
