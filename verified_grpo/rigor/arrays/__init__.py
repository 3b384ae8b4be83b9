"""Fixed points and limits of a whole table of prompts at once: one curve for all, arrays for each.

With common alpha, beta and eps the fixed points of a prompt are where ``F(L) = L - Omega(L)/(alpha beta)``
takes the value ``L_ref``, and F knows nothing of the prompt. So the line is cut once, by Arb, into pieces on
which F rises or falls (:mod:`.segments`, :mod:`.curve`); then the number of fixed points of every prompt
follows from comparing its ``L_ref`` with F at the folds, each is bracketed by the signs of ``F - L_ref`` at
two doubles (:mod:`.zeros`), and what the sequence does mostly follows from a few common thresholds
(:mod:`.limits`); where it does not, orbits are enclosed (:mod:`.attraction`, :mod:`.cycles`) until they are
caught (:mod:`.traps`) or on a way that leads there (:mod:`.climbing`).

Small steps end at the least fixed point, whatever they are (:mod:`.small_steps`): no orbit is needed there.
How many of them lead to a target is counted in :mod:`.passage`.

:func:`solve_table` is the door, :func:`solve_small_steps` that of small steps, :func:`solve_both` asks for
both at once. Rows are undecided where doubles are too coarse, beside a fold or in
chaos: such a row is for :func:`verified_grpo.rigor.fixed_points` and :func:`verified_grpo.rigor.limit`.
"""

from __future__ import annotations

from .curve import Dynamics
from .limits import Verdict
from .small_steps import SmallStepColumns
from .table import References, TableColumns, solve_both, solve_small_steps, solve_table

__all__ = [
    "Dynamics",
    "References",
    "SmallStepColumns",
    "TableColumns",
    "Verdict",
    "solve_both",
    "solve_small_steps",
    "solve_table",
]
