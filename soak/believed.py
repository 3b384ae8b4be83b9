"""What a reader must believe of the proved checker, in lines without blank ones and comments: what statements
of a family of kinds mean, the definitions that this names, how they are read from a tree of JSON."""

from __future__ import annotations

import re

from tests.checker.builder import Json
from verified_grpo.export import proved

from .deciding import READER, source
from .ledger import ROOT

COQ = ROOT / "verified_grpo/proofs/coq"
NAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "Box": {
        "Definitions.v": ("sigma", "v", "Omega", "logit", "slope"),
        "MeanStd.v": ("deviation", "Omega_std", "slope_std"),
        "SmallSteps.v": ("climbs", "diverges"),
        "Calculus.v": ("iterate",),
        "checker/Enclosures.v": ("num", "R_of_num"),
    },
    "Sequence": {"Traps.v": ("turn",)},
    "Cycle": {"Periods.v": ("has_period",), "checker/ExactReadings.v": ("exact_of",)},
    "K3": {"SmallStepsK3.v": ("pull_k3_slope",)},
    "Verifier": {"Verifiers.v": ("observed", "push", "erring_update", "passing", "right")},
    "Chaos": {"Periods.v": ("has_period",)},
}
"""The definitions that a family's statements name, beside those of the first."""
STATEMENTS = {"Box": "Statements"}
"""The file of a family's statements, where it is not called after it."""


def believed() -> Json:
    """By family; what all read is counted once, under ``shared``."""
    tree = source("Json")
    shared = tree[tree.index("Definition bind") : tree.index("(** Printing")]
    return {
        "families": {family: _of(family) for family in proved.FAMILIES},
        "shared": _code(shared) + _code(source("Readings")),
        "driver": _code((COQ / "checker/vcheck.ml").read_text()),
    }


def _of(family: str) -> Json:
    named = NAMED.get(family, {})
    reader = source(READER.format(family))
    return {
        "kinds": list(proved.FAMILIES[family]),
        "meaning": _code(source(STATEMENTS.get(family, f"{family}Statements"))),
        "named": sum(_definition((COQ / file).read_text(), name) for file in named for name in named[file]),
        "reading": _code(reader[: reader.index("(** ** Evidence *)")]),
    }


def _code(text: str) -> int:
    return sum(bool(line.strip()) for line in re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL).splitlines())


def _definition(text: str, name: str) -> int:
    found = re.search(rf"^(Definition|Fixpoint|Record) {name}\b.*?\.$", text, flags=re.DOTALL | re.MULTILINE)
    if found is None:
        raise ValueError(f"no definition of {name}")
    return _code(found.group())
