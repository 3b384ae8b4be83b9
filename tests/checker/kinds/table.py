"""The table of kinds: what the tests of all kinds, `soak` and the fixtures are made from."""

from __future__ import annotations

from typing import Protocol

from ..builder import Json
from ..forms import Reader
from . import (
    answer_classes,
    atlas,
    chaos,
    clipped_trajectory,
    contours,
    curve,
    descent,
    expressions,
    fixed_points,
    flow_time,
    k3,
    k3_small_steps,
    kl_budget,
    limit,
    paper_statement,
    passage,
    pull_small_steps,
    regions,
    small_steps,
    trajectory,
    verifiers,
)


class Source(Protocol):
    """What has fixtures."""

    def accepted(self) -> dict[str, Json]:
        """Valid certificates by name, from the definitions."""

    def rejected(self) -> dict[str, tuple[str, Json]]:
        """Certificates with a right digest that must not be accepted: name -> (code, document)."""


class Kind(Source, Protocol):
    """What a module of a kind has, or of kinds that are one family."""

    def contradicted(self, statement: Json) -> str | None:
        """A reason why the statement is false, or None where no sample contradicts it."""

    def sentences(self, reader: Reader) -> Json:
        """The statement that the checker's words make, but for its kind."""


KINDS: dict[str, Kind] = {
    "fixed-points": fixed_points,
    "amplification": regions,
    "contraction": regions,
    "uniqueness": regions,
    "convergence": descent,
    "no-cycles": descent,
    "identity": expressions,
    "inequality": expressions,
    "limit": limit,
    "small-steps": small_steps,
    "passage": passage,
    "trajectory": trajectory,
    "flow-time": flow_time,
    "answer-classes": answer_classes,
    "atlas": atlas,
    "contours": contours,
    "cycles": chaos,
    "chaos": chaos,
    "chaos-region": chaos,
    "curve": curve,
    "k3-fixed-point": k3,
    "k3-amplification": k3,
    "k3-convergence": k3,
    "k3-small-steps": k3_small_steps,
    "pull-small-steps": pull_small_steps,
    "clipped-trajectory": clipped_trajectory,
    "kl-budget": kl_budget,
    "erring-verifier": verifiers,
    "verifier-ceiling": verifiers,
    "paper-statement": paper_statement,
}
MODULES = tuple(dict.fromkeys(KINDS.values()))
