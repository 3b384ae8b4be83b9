"""How many steps until p is at a target, as an answer, and how many visits teach nothing meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..certificates import builders
from ..certificates.grammar.values import Json
from ..certificates.passage import passage_payload
from ..intervals import canonical, decimal_up, exact
from ..model import Range
from ..model.visits import no_signal_over, none_in
from ..rigor.sequences.passage import Passage, UndecidedPassage


@dataclass(frozen=True)
class Unseen:
    """With which probability a visit at p_ref teaches nothing, ``once``, and so many in a row, ``always``."""

    once: Range
    visits: int
    always: tuple[str, str]

    @staticmethod
    def beside(found: Passage | UndecidedPassage) -> Unseen | None:
        """Of as many visits as the count says at most; None without a group or without steps."""
        size = found.contrast.group_size
        if not size or isinstance(found, UndecidedPassage) or found.steps is None or not found.steps[1]:
            return None
        once = no_signal_over(found.parameters.p_ref, size)
        return Unseen(once, found.steps[1], none_in(found.steps[1], once))

    def payload(self) -> dict[str, Any]:
        """``one_visit`` exactly (a range over a range of p_ref), and decimals around ``all_visits``."""
        low, high = (canonical(x) for x in self.once)
        one = low if low == high else [low, high]
        return {"one_visit": one, "visits": self.visits, "all_visits": list(self.always)}

    def words(self) -> str:
        """In words: the count above is of the mean over groups."""
        once, always = decimal_up(self.once[1], 6), decimal_up(exact(self.always[1]), 6)
        return (
            "these are mean steps: a group at p_ref has one reward only, and teaches nothing, with "
            f"probability {once} at most, and {self.visits} in a row do with {always} at most"
        )


def passage_json(found: Passage | UndecidedPassage, unseen: Unseen | None) -> Json:
    """The answer of ``limit --reach``."""
    payload: Json = {
        "variant": builders.variant(found.contrast),
        "parameters": builders.parameters(found.parameters),
        "start": "p_ref",
        "verdict": "undecided" if isinstance(found, UndecidedPassage) else "proved",
        "passage": passage_payload(found),
    }
    return payload if unseen is None else payload | {"no_signal": unseen.payload()}
