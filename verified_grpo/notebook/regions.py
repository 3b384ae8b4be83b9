"""A property over ranges as an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..answers.region_outputs import region_json
from ..answers.regions import RegionAnswer
from ..certificates import builders
from ..certificates.grammar.values import AnyCertificate, Json
from ..rigor.properties.outcomes import Proved, Refuted
from ..rigor.properties.where_it_holds import INNER, OUTER, UNDECIDED
from .enclosure import Enclosure
from .outcome import Outcome, Row

if TYPE_CHECKING:
    from .setting import Setting


@dataclass(frozen=True, repr=False)
class PropertyOutcome(Outcome):
    """Whether a property holds for every choice in the ranges, and of which parts of them."""

    prompt: Setting
    found: RegionAnswer
    engine: str

    @property
    def verdict(self) -> str:
        return self.found.outcome.verdict

    @property
    def sentence(self) -> str:
        outcome = self.found.outcome
        name = outcome.question.property
        if isinstance(outcome, Proved):
            return f"{name} holds"
        if isinstance(outcome, Refuted):
            at = ", ".join(f"{key} {x}" for key, x in builders.point(outcome.point).items())
            return f"{name} fails at {at}"
        return f"{name}: {outcome.reason}"

    @property
    def margin(self) -> Fraction | None:
        """Of amplification: by how much logit p* exceeds logit p_ref at least."""
        return self.found.outcome.margin if isinstance(self.found.outcome, Proved) else None

    def told(self) -> Json:
        return region_json(self.found)

    def certificates(self) -> dict[str, AnyCertificate]:
        return {} if self.found.no_certificate is not None else {"": self.found.certificate(self.engine)}

    def rows(self) -> list[Row]:
        """The shares of the volume, where the ranges were divided."""
        parts = self.found.parts
        if parts is None or len(parts.parts) == 1:
            return []
        words = {INNER: "holds", OUTER: "fails", UNDECIDED: "undecided"}
        shares = {word: Enclosure(*parts.share(part)) for part, word in words.items()}
        return [{"part": word, "share of the volume": share} for word, share in shares.items()]
