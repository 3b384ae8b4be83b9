"""The kinds of formal certificates, a row each: claim, evidence, who writes it down, who tells it.

A new kind is a search in ``rigor``, a builder with the types of its claim and its evidence, a class of the
checker (with a row of its own in ``checker/check.py``: the checker believes no table of others), a page, and
a row here. Statements of the paper, which consist of these, have theirs in ``pages/paper.py``; what writes a
theorem of Coq stands in ``export/files.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from verified_grpo.certificates.atlas_builders import atlas_certificate
from verified_grpo.certificates.budget import budget_certificate
from verified_grpo.certificates.builders import fixed_points_certificate
from verified_grpo.certificates.chaos_builders import (
    chaos_certificate,
    chaos_region_certificate,
    cycles_certificate,
)
from verified_grpo.certificates.classes import classes_certificate
from verified_grpo.certificates.contours import contours_certificate
from verified_grpo.certificates.curve_builders import curve_certificate
from verified_grpo.certificates.flow import flow_certificate
from verified_grpo.certificates.grammar import (
    budget,
    chaos,
    classes,
    formulas,
    plane,
    points,
    regions,
    sequences,
    verifiers,
)
from verified_grpo.certificates.k3 import k3_certificate
from verified_grpo.certificates.k3_steps import k3_steps_certificate
from verified_grpo.certificates.limit_builders import limit_certificate
from verified_grpo.certificates.passage import passage_certificate
from verified_grpo.certificates.pull_steps import pull_steps_certificate
from verified_grpo.certificates.region_builders import region_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.certificates.trajectory import clipped_trajectory_certificate, trajectory_certificate
from verified_grpo.certificates.verifiers import ceiling_certificate, effect_certificate
from verified_grpo.report.document import Block
from verified_grpo.report.pages.atlas import atlas_page
from verified_grpo.report.pages.budget import budget_page
from verified_grpo.report.pages.chaos import (
    chaos_page,
    chaos_region_page,
    chaos_region_statement,
    chaos_statement,
)
from verified_grpo.report.pages.classes import classes_page
from verified_grpo.report.pages.contours import contours_page
from verified_grpo.report.pages.curves import curve_page
from verified_grpo.report.pages.cycles import cycles_page, cycles_statement
from verified_grpo.report.pages.expression import (
    identity_page,
    identity_statement,
    inequality_page,
    inequality_statement,
)
from verified_grpo.report.pages.fixed_points import fixed_points_page
from verified_grpo.report.pages.fixed_points import statement as fixed_points_statement
from verified_grpo.report.pages.flow import flow_page
from verified_grpo.report.pages.k3 import k3_page
from verified_grpo.report.pages.k3_steps import k3_steps_page
from verified_grpo.report.pages.limit import limit_page
from verified_grpo.report.pages.limit import statement as limit_statement
from verified_grpo.report.pages.page import Page
from verified_grpo.report.pages.passage import passage_page
from verified_grpo.report.pages.pull_steps import pull_steps_page
from verified_grpo.report.pages.region import region_page
from verified_grpo.report.pages.region import statement as region_statement
from verified_grpo.report.pages.small_steps import small_steps_page
from verified_grpo.report.pages.trajectory import clipped_trajectory_page, trajectory_page
from verified_grpo.report.pages.verifiers import ceiling_page, effect_page


class Group(Enum):
    """The tables of a report's first page, in their order."""

    PAPER = "Statements of the paper."
    REGIONS = "Statements over boxes of parameters."
    FORMULAS = "Identities and inequalities."
    FIXED_POINTS = "Fixed points."
    LIMITS = "Limits of the sequence from the reference policy."
    ATLASES = "Atlases: what happens for every beta and p_ref."
    OTHERS = "Other statements."


@dataclass(frozen=True)
class Kind:
    """A kind of certificate.

    Attributes:
        claim, evidence: types of the grammar (or unions of them).
        builder: what makes its certificates; None: ``proofs``, as parts of statements.
        page: from claim, evidence and the name of its figures to the page.
        statement: the claim alone, as a part of a statement of the paper; None: its name is all that is said.
        group: where the first page lists it.
    """

    name: str
    claim: Any
    evidence: Any
    builder: Callable[..., object] | None
    page: Callable[[Any, Any, str], Page]
    group: Group = Group.OTHERS
    statement: Callable[[Any], tuple[Block, ...]] | None = None


def _region(name: str, claim: Any, evidence: Any) -> Kind:
    return Kind(name, claim, evidence, region_certificate, region_page, Group.REGIONS, region_statement)


def _k3(name: str, claim: Any, evidence: Any) -> Kind:
    return Kind(name, claim, evidence, k3_certificate, k3_page)


FORMAL: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "fixed-points", points.FixedPoints, points.FixedPointsEvidence, fixed_points_certificate,
            fixed_points_page, Group.FIXED_POINTS, fixed_points_statement,
        ),
        _region("amplification", regions.Amplification, regions.RegionEvidence),
        _region("contraction", regions.Contraction, regions.RegionEvidence),
        _region("uniqueness", regions.Uniqueness, regions.RegionEvidence),
        _region("convergence", regions.Convergence, regions.OrbitEvidence),
        _region("no-cycles", regions.NoCycles, regions.OrbitEvidence),
        Kind(
            "identity", formulas.Identity, formulas.Grid, None,
            identity_page, Group.FORMULAS, identity_statement,
        ),
        Kind(
            "inequality", formulas.Inequality, formulas.BoxTree, None,
            inequality_page, Group.FORMULAS, inequality_statement,
        ),
        Kind(
            "limit", sequences.Limit, sequences.LimitEvidence, limit_certificate,
            limit_page, Group.LIMITS, limit_statement,
        ),
        Kind(
            "small-steps", sequences.SmallSteps, sequences.SmallStepsEvidence, small_steps_certificate,
            small_steps_page,
        ),
        Kind("passage", sequences.Passage, sequences.PassageEvidence, passage_certificate, passage_page),
        Kind(
            "trajectory", sequences.Trajectory, sequences.Corners, trajectory_certificate, trajectory_page
        ),
        Kind(
            "clipped-trajectory", sequences.ClippedTrajectory, sequences.Orbit,
            clipped_trajectory_certificate, clipped_trajectory_page,
        ),
        Kind("flow-time", sequences.FlowTime, sequences.FlowEvidence, flow_certificate, flow_page),
        Kind(
            "answer-classes", classes.AnswerClasses, classes.TiltEvidence, classes_certificate, classes_page,
        ),
        Kind(
            "cycles", chaos.Cycles, chaos.CyclesEvidence, cycles_certificate, cycles_page,
            statement=cycles_statement,
        ),
        Kind("curve", plane.Curve, plane.CurveEvidence, curve_certificate, curve_page),
        Kind(
            "chaos", chaos.Chaos, chaos.ChaosEvidence, chaos_certificate, chaos_page,
            statement=chaos_statement,
        ),
        Kind(
            "chaos-region", chaos.ChaosRegion, chaos.Witnesses, chaos_region_certificate, chaos_region_page,
            statement=chaos_region_statement,
        ),
        Kind("atlas", plane.Atlas, plane.AtlasCells, atlas_certificate, atlas_page, Group.ATLASES),
        Kind(
            "contours",
            plane.Contours,
            plane.ContourEvidence,
            contours_certificate,
            contours_page,
            Group.ATLASES,
        ),
        _k3("k3-fixed-point", points.K3FixedPoint, points.Concave),
        _k3("k3-amplification", points.K3Amplification, points.Corner),
        _k3("k3-convergence", points.K3Convergence, points.K3ConvergenceEvidence),
        Kind(
            "k3-small-steps", sequences.K3SmallSteps, sequences.K3Falls, k3_steps_certificate, k3_steps_page
        ),
        Kind(
            "pull-small-steps", sequences.PullSmallSteps, sequences.PullStepsEvidence, pull_steps_certificate,
            pull_steps_page,
        ),
        Kind("kl-budget", budget.Budget, budget.Ends, budget_certificate, budget_page),
        Kind(
            "erring-verifier", verifiers.ErringVerifier, verifiers.BySignOfGain, effect_certificate,
            effect_page,
        ),
        Kind(
            "verifier-ceiling", verifiers.VerifierCeiling, verifiers.Shares, ceiling_certificate, ceiling_page
        ),
    )
}  # fmt: skip
"""By their names: all kinds but statements of the paper."""
