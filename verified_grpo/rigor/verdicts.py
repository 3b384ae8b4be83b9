"""The one vocabulary of verdicts: the words in which searches, certificates, tables and pages answer.

The checker spells its own (``tests/certificates/test_vocabulary.py`` holds the two equal). A word is compared
and looked up under one of these types, so that one which is none of them is an error of typing.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Decided = Literal["proved", "refuted"]
Answer = Literal["proved", "refuted", "undecided"]
"""Of a question that is true or false."""
PROVED: Final = "proved"
REFUTED: Final = "refuted"
UNDECIDED: Final = "undecided"

CONDITIONAL: Final = "conditional"
"""Of an answer about a training configuration: decided, if conditions are met that no file tells."""
ConditionalVerdict = Literal["proved", "refuted", "undecided", "conditional"]

Stability = Literal["attracting", "repelling", "undecided"]
"""Of a fixed point or a cycle: |T'| < 1, |T'| > 1, or nothing is claimed."""

Monotony = Literal["rises", "falls"]
Turn = Literal["fixed-point", "cycle"]
Ending = Literal["rises", "falls", "fixed-point", "cycle", "settles", "rises-to-one"]
"""Where a sequence goes, as a limit is certified."""
StepEnding = Literal["rises", "rises-beyond", "rises-to-one"]
"""Where small steps lead."""
CellVerdict = Literal["rises", "fixed-point", "cycle", "rises-to-one", "undecided"]
"""What every sequence of a cell of an atlas does."""
RowVerdict = Literal["undecided", "rises", "falls", "fixed-point", "cycle", "absorbing", "depends"]
"""Of a prompt of a table; ``absorbing``: p is 0 or 1; ``depends``: on where in its interval p_ref lies."""
Manner = Literal["tends", "rises"]
"""How a sequence settles: at all, or without a fall to the least fixed point."""
SettlingForm = Literal["order", "lift", "contraction"]
"""The closed form by which it does: T' >= 0 from the start on, T(0) >= 0, Bmax < alpha beta."""
Arrival = Literal["reached", "never"]
CurveName = Literal["fold", "flip", "settling"]
ChaosWitness = Literal["li-yorke", "period-three", "entropy"]

FORMS: Final[tuple[SettlingForm, ...]] = get_args(SettlingForm)
ROWS: Final[tuple[RowVerdict, ...]] = get_args(RowVerdict)
