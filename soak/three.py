"""What three checkers say of the same thing, counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from verified_grpo.checker import Code

ACCEPTED = Code.ACCEPTED.value


@dataclass
class Row:
    """Of one kind: how often who accepted, the causes of disagreements, and what must not be there."""

    counts: dict[str, int] = field(default_factory=dict)
    causes: dict[str, int] = field(default_factory=dict)
    escapes: list[str] = field(default_factory=list)

    def compare(self, proved: bool, arb: str, rational: str, what: str) -> None:
        """One more: whether it is proved, the codes of the two arithmetics, what was done to it."""
        accepted = arb == ACCEPTED
        if accepted is not (rational == ACCEPTED):
            self._add("arithmetics apart", f"arb {arb}, rational {rational}")
        elif proved is accepted:
            self._add("all accept" if proved else "none accepts")
        elif proved:
            self._add("proved alone", f"proved alone: {arb}")
        else:
            self._add("Python alone", f"Python alone: {what}")

    def _add(self, heading: str, cause: str | None = None) -> None:
        self.counts[heading] = self.counts.get(heading, 0) + 1
        if cause is not None:
            self.causes[cause] = self.causes.get(cause, 0) + 1
