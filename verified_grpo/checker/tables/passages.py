"""How many updates a row takes to the target, by lemma 38 (passage.py) for every p_ref of the row: its
corners are the ends of p_ref."""

from __future__ import annotations

from dataclasses import replace

from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import ball, log_odds
from verified_grpo.checker.orbits import Walk, ends
from verified_grpo.checker.tables.binomial import BITS
from verified_grpo.checker.tables.pace import Pace
from verified_grpo.checker.tables.question import OURS
from verified_grpo.checker.tables.reference import Reference
from verified_grpo.checker.tables.rows import Row, Unfit

MOST_STEPS = 100_000


def check_passage(pace: Pace, row: Row, reference: Reference) -> None:
    """Lemma 38 (passage.py) for every p_ref of the row: its corners are the ends of p_ref."""
    question = pace.question
    least, most = (_whole(row, f"{OURS}steps_{end}") for end in ("low", "high"))
    if least is None and most is None:
        return
    column = f"{OURS}steps_high"
    if question.step is None or question.regulariser == "k3" or least is None or most is None:
        raise Unfit(column, "no such number is claimed here")
    if reference.low in (0, 1) or reference.high in (0, 1):
        raise Unfit(column, "p_ref may be as near to 0 or 1 as it likes")
    lowest, highest = question.goal
    update = question.update(reference.low)
    (alpha,), (beta,) = {*update.box.alpha}, {*update.box.beta}
    if reference.low < question.target and not pace.fall_within(ball((1 - alpha) * beta), reference, highest):
        raise Unfit(column, "the order of sequences is not proved to be kept on the way")
    pay_for_evaluations(4 * (int(least) + int(most)), BITS, update.contrast.cost)
    here, slow = ends(log_odds(reference.low))[0], Walk(update)
    for _ in range(most):
        here = ends(slow.least(here))[0]
    if not (reference.low >= question.target if most == 0 else here >= highest):
        raise Unfit(column, "the target is not proved to be reached by then")
    box = replace(update.box, p_ref=(reference.high, reference.high))
    here, fast = ends(log_odds(reference.high))[1], Walk(replace(update, box=box))
    for n in range(least):
        if not here < lowest:
            raise Unfit(f"{OURS}steps_low", f"the target may be reached by step {n}")
        here = ends(fast.largest(here))[1]


def _whole(row: Row, column: str) -> int | None:
    stated = row.number(column)
    if stated is None:
        return None
    if stated.denominator != 1 or not 0 <= stated <= MOST_STEPS:
        raise Unfit(column, f"a number of steps up to {MOST_STEPS} is expected")
    return int(stated)
