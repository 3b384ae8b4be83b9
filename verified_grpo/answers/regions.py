"""Properties over a box of parameters: of the whole box, and where in the box they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from ..certificates.atlas_cells import cells
from ..certificates.grammar.plane import Atlas, AtlasCells
from ..certificates.grammar.values import AnyCertificate, Certificate
from ..certificates.region_builders import carried_by, no_certificate, region_certificate
from ..errors import MissingFact
from ..model import Contrast, Parameters
from ..rigor.no_truth_value import NoTruthValue
from ..rigor.properties.certify import LEAF_LIMIT, ask, decide
from ..rigor.properties.leaf_rules import NEEDS
from ..rigor.properties.outcomes import Argued, Outcome, PropertyQuestion, Proved, Refuted, Undecided
from ..rigor.properties.where_it_holds import INNER, OUTER, UNDECIDED, Part, Parts, find_parts
from .atlas import AtlasQuestion, draw_up

TOLERANCE = Fraction(1, 20)
"""The share of the box's volume that may stay undecided where parts are looked for."""
OF_CELLS = {"rises": INNER, "fixed-point": INNER, "cycle": OUTER, "undecided": UNDECIDED}

ONE_BETA = "it is not proved for every combination: ask about one beta and one step size"

Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class RegionAnswer(NoTruthValue, read="outcome"):
    """The verdict on the whole box; the parts of the box by verdict, None where there is nothing to divide;
    the atlas that proves the parts, where one does."""

    outcome: Outcome
    parts: Parts | None
    atlas: AnyCertificate | None

    @property
    def no_certificate(self) -> str | None:
        """Why there is no certificate; None where there is one."""
        return None if self.atlas is not None else no_certificate(self.outcome)

    @property
    def carried_by(self) -> str | None:
        """The kind of the certificate, None where there is none."""
        return carried_by(self.outcome) if self.atlas is None else "atlas"

    def over_more_than_asked(self, reason: str = ONE_BETA) -> RegionAnswer:
        """The same for a question about some of these parameters: what is proved of all stays, what fails for
        one may fail for none of those asked about; the ``reason`` says what to ask instead."""
        if isinstance(self.outcome, Proved):
            return replace(self, parts=None)
        return RegionAnswer(Undecided(self.outcome.question, reason), None, None)

    def certificate(self, engine: str) -> AnyCertificate:
        """That of the parts where they have one, else that of the verdict.

        Raises:
            CertificateError: nothing carries it; the message says why.
        """
        return region_certificate(self.outcome, engine) if self.atlas is None else self.atlas


def certify(
    name: str,
    contrast: Contrast,
    parameters: Parameters,
    *,
    rate: Fraction | None = None,
    gain: Fraction | None = None,
    target: Fraction | None = None,
    engine: str = "arb",
    bits: int = 80,
    leaves: int = LEAF_LIMIT,
    progress: Progress | None = None,
) -> Outcome:
    """Prove or refute a property for every parameter of a box: as :func:`verified_grpo.rigor.certify`, and
    where that is undecided by parts of the box.

    Raises:
        InputError: an unknown property, a rate, gain or target outside its domain or with another property.

    Not proved: for amplification, contraction and uniqueness, where the sequence from p_ref goes. Source: S1
    (amplification), S2 and S3 (closed forms), S4 and S7 (convergence, no cycles).
    """
    question = ask(name, contrast, parameters, rate=rate, gain=gain, target=target)
    outcome = decide(question, engine=engine, bits=bits, leaves=leaves, progress=progress)
    if not isinstance(outcome, Undecided):
        return outcome
    return divided(outcome, TOLERANCE, engine, progress).outcome


def decide_by_parts(
    question: PropertyQuestion, tolerance: Fraction, engine: str, progress: Progress | None = None
) -> RegionAnswer:
    """The verdict, and the parts of the box until a share of ``tolerance`` of its volume is left."""
    return divided(decide(question, engine=engine, progress=progress), tolerance, engine, progress)


def divided(outcome: Outcome, tolerance: Fraction, engine: str, progress: Progress | None) -> RegionAnswer:
    """The parts of the box beside a verdict, which they may decide where it is open."""
    parts, atlas = _find(outcome, tolerance, engine, progress)
    return RegionAnswer(_by_parts(outcome, parts, engine), parts, atlas)


def _find(
    outcome: Outcome, tolerance: Fraction, engine: str, progress: Progress | None
) -> tuple[Parts | None, AnyCertificate | None]:
    """The parts, and the certificate that shows them where they are an atlas; nothing for a single choice of
    parameters, where alpha reaches 0 (volumes are measured on logarithmic scales), or where all may stay
    undecided."""
    question = outcome.question
    axes = [axis for axis, (low, high) in question.parameters if low < high]
    if not axes or question.parameters.alpha[0] == 0 or (tolerance == 1 and not isinstance(outcome, Proved)):
        return None, None
    if question.contrast.lacks(*NEEDS[question.property]):  # which the verdict's reason says
        return None, None
    if isinstance(outcome, Proved):
        sides = tuple((axis, *getattr(question.parameters, axis)) for axis in axes)
        return Parts(question, (Part(sides, INNER),)), None
    if question.property == "convergence" and axes == ["beta", "p_ref"] and tolerance < 1:
        try:
            return _from_atlas(question, tolerance)
        except MissingFact:  # of atlases alone
            pass
    return find_parts(question, tolerance=tolerance, engine=engine, progress=progress), None


def _from_atlas(
    question: PropertyQuestion, tolerance: Fraction
) -> tuple[Parts, Certificate[Atlas, AtlasCells]]:
    """An atlas decides more and says more: it follows orbits, on arrays of cells."""
    certificate = draw_up(AtlasQuestion(question.contrast, question.parameters, tolerance))
    parts = tuple(
        Part((("log_beta", *cell.log_beta), ("logit_p_ref", *cell.logit_p_ref)), OF_CELLS[cell.verdict])
        for cell in cells(certificate)
    )
    return Parts(question, parts), certificate


def _by_parts(outcome: Outcome, parts: Parts | None, engine: str) -> Outcome:
    """Proved after all, where every part is; refuted, where a part is proved to fail."""
    if not isinstance(outcome, Undecided) or parts is None:
        return outcome
    if all(part.verdict == INNER for part in parts.parts):
        return Proved(outcome.question, Argued("parts of the box, each proved", 0))
    for part in parts.parts:
        if part.verdict == OUTER and not part.sides[0][0].startswith("log"):
            sides = {axis: ((low + high) / 2,) * 2 for axis, low, high in part.sides}
            inside = replace(outcome.question, parameters=replace(outcome.question.parameters, **sides))
            against = decide(inside, engine=engine)
            if isinstance(against, Refuted):
                return replace(against, question=outcome.question)
    return outcome
