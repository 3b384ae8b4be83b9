"""The certified answer for each distinct rate, in chunks that a journal keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

from ...atlas.journal import Journal
from ...atlas.parallel import side_by_side
from ...certificates.limit_builders import limit_command_payload
from ...intervals import canonical, decimal_down, decimal_up, exact
from ...model import Contrast, Parameters
from ...rigor import FixedPoints, fixed_points, limit

Solved = dict[str, str]
CHUNK = 8
DIGITS = 12
EMPTY = ("fixed_points", "p_low", "p_high", "one_minus_p_low", "one_minus_p_high", "gain_low", "gain_high")
ABSORBING = "absorbing: no reward differs, so no advantage and no change"


def solve(
    contrast: Contrast,
    numbers: dict[str, str],
    rates: Iterable[Fraction],
    *,
    jobs: int = 1,
    journal: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[Fraction, Solved]:
    """The answer for each distinct rate; ``numbers`` are beta, eps and alpha as exact text.

    Not proved: that a measured rate is the prompt's probability of success; it is taken as exact.
    """
    distinct = sorted(set(rates))
    chunks = [distinct[i : i + CHUNK] for i in range(0, len(distinct), CHUNK)]
    words = {"question": repr(contrast), **numbers, "rates": " ".join(map(canonical, distinct))}
    kept = Journal(journal, words)
    done: list[Solved] = []
    finished = False
    try:
        for line in list(kept.past)[: len(chunks)]:
            done += json.loads(line)
        tasks = [(contrast, numbers, chunk) for chunk in chunks[-(-len(done) // CHUNK) :]]
        for answers in side_by_side(_chunk, tasks, jobs) if tasks else ():
            kept.add(json.dumps(answers))
            done += answers
            progress(len(done), len(distinct))
        finished = True
    finally:
        kept.close(done=finished)
    return dict(zip(distinct, done, strict=True))


def _chunk(contrast: Contrast, numbers: dict[str, str], rates: list[Fraction]) -> list[Solved]:
    return [_answer(contrast, numbers, rate) for rate in rates]


def _answer(contrast: Contrast, numbers: dict[str, str], rate: Fraction) -> Solved:
    answer = {"p_ref": canonical(rate), **dict.fromkeys(EMPTY, ""), "verdict": ABSORBING, "rate_of_limit": ""}
    if rate in (0, 1):
        return answer
    parameters = Parameters.of(p_ref=canonical(rate), **numbers)
    found = fixed_points(contrast, parameters, digits=DIGITS, engine="arb")
    payload = limit_command_payload(limit(contrast, parameters, digits=DIGITS))
    answer["fixed_points"] = str(found.count) if isinstance(found, FixedPoints) else "undecided"
    answer["verdict"] = payload["verdict"]
    answer["rate_of_limit"] = str(payload.get("attraction", payload).get("rate", ""))
    points = payload.get("points", [])
    if len(points) == 1:
        low, high = points[0]["p"]
        answer["p_low"], answer["p_high"] = low, high
        answer["one_minus_p_low"], answer["one_minus_p_high"] = points[0]["one_minus_p"]
        answer["gain_low"] = decimal_down(exact(low) - rate, DIGITS)
        answer["gain_high"] = decimal_up(exact(high) - rate, DIGITS)
    return answer
