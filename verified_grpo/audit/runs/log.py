"""What a run's log says: for every prompt its visits, each a step with the successes among its samples."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from .changes import Counts
from .scalars import LoggedKL

BEFORE_THE_FIRST_UPDATE = (0, 1)
"""Numbers of a first step whose samples are the reference's: frameworks count from 0 or from 1."""


@dataclass(frozen=True)
class Visit:
    """The samples that one step drew for a prompt."""

    step: int
    counts: Counts


@dataclass(frozen=True)
class Log:
    """Prompts with their visits in the order of the steps, and what was read on the way.

    Attributes:
        reference: counts of the reference policy by prompt, where a table of them was given.
        logged: the KL that the trainer logged beside the samples.
        read: which files and columns, and what was passed over, in sentences.
    """

    prompts: dict[str, tuple[Visit, ...]]
    reference: dict[str, Counts] = field(default_factory=dict)
    read: tuple[str, ...] = ()
    logged: LoggedKL | None = None

    @cached_property
    def steps(self) -> tuple[int, int]:
        """The first and the last step that drew a sample."""
        found = [visit.step for visits in self.prompts.values() for visit in (visits[0], visits[-1])]
        return min(found), max(found)

    @property
    def starts_at_the_reference(self) -> bool:
        """Whether the first step's samples were drawn before the first update."""
        return self.steps[0] in BEFORE_THE_FIRST_UPDATE

    @property
    def samples(self) -> int:
        return sum(visit.counts.n for visits in self.prompts.values() for visit in visits)

    @cached_property
    def sizes(self) -> Counter[int]:
        """How often a visit had so many samples."""
        return Counter(visit.counts.n for visits in self.prompts.values() for visit in visits)

    @property
    def group_size(self) -> int | None:
        """The size that all visits have, 2 or more; None where they are mixed."""
        sizes = list(self.sizes)
        return sizes[0] if len(sizes) == 1 and sizes[0] > 1 else None

    def p_ref(self, prompt: str) -> Counts | None:
        """Counts of the reference: of its table, else of the first step where that is before any update."""
        if self.reference:
            return self.reference.get(prompt)
        first = self.prompts[prompt][0]
        return first.counts if self.starts_at_the_reference and first.step == self.steps[0] else None
