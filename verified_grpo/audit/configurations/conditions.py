"""What an answer may rest on that no file tells: conditions, which whoever trains can check.

A file that asks for several rewards, or masks answers which are cut off, is no variant of the model by
itself. Where a plain condition makes it one, the numbers of that case are given, under the condition: the
verdict is then *conditional*, until somebody grants it.
"""

from __future__ import annotations

from dataclasses import dataclass

TRUNCATED = "no answer is cut off at the limit of tokens"
SHORT = "no answer is long enough to be punished for its length"


@dataclass(frozen=True)
class Condition:
    """``met``: what must be the case; ``otherwise``: the refusal without it, by the name of its key."""

    met: str
    otherwise: str

    @property
    def words(self) -> str:
        """As an answer says it, with the setting that asks for it."""
        return f"{self.met} ({self.otherwise.partition(':')[0]})"
