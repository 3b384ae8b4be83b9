"""``--classes FILE`` of ``fixed-points`` and ``limit``: rewards of any values, and correctness."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group
from rich.table import Table

from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up, exact
from .options import PROVED, UNDECIDED, answer, sibling, write_certificate
from .shown import number_table, shortened, wrapped
from .steps import Asked

if TYPE_CHECKING:
    from ..answers.classes import Table as Prompts
    from ..rigor.classes.outcomes import (
        Correctness,
        NothingToLearn,
        Swings,
        Tilted,
        TiltOutcome,
        UndecidedTilt,
    )


def _file(text: str) -> Path:
    if not text:
        raise InputError("--classes names a file, and has no name here")
    return Path(text)


ClassesFile = Annotated[
    Path | None,
    typer.Option(
        "--classes",
        help="a CSV file of answers by their reward: weight, reward, and if known reward_squared, correct",
        parser=_file,
        metavar="<path>",
    ),
]
USED = frozenset(
    (
        "classes",
        "beta",
        "eps",
        "alpha",
        "contrast",
        "step_size",
        "inner_steps",
        "engine",
        "digits",
        "out",
        "as_json",
        "reach",
        "reach_of",
    )
)
SHOWN = 15
REACHED = ("mean-reward", "correct")
ReachOf = Annotated[
    str | None, typer.Option("--reach-of", help="--classes: --reach of the mean-reward, or of correct")
]
EXACTLY, STEPS = "solved exactly", "with these updates"
NO_REFERENCE = "--p-ref is needed: the success probability of the reference, in (0, 1)"


def needed(p_ref: str | None) -> str:
    """p_ref, without which only classes are asked about.

    Raises:
        InputError: none was given.
    """
    if p_ref is None:
        raise InputError(NO_REFERENCE)
    return p_ref


def about_classes(
    file: Path,
    given: Iterable[str],
    numbers: dict[str, str],
    contrast: str | None,
    steps: tuple[str | None, int | None],
    digits: int,
    engine: str,
    out: Path | None,
    as_json: bool,
    *,
    everything: bool,
    reach: tuple[str | None, str | None] = (None, None),
) -> int:
    """The answer about a file of classes. ``given`` are the options that were typed; ``everything``: the
    views and the course of correctness are printed.

    Raises:
        InputError: an option that has no use here, or what is wrong with the file or the numbers.
    """
    for name in given:
        if name not in USED:
            option = f"--{name.replace('_', '-')}"
            raise InputError(f"--classes has no use for {option}: {_why(option)}")
    from ..answers.classes import read_classes, solve_all
    from ..certificates.classes import classes_certificate, classes_payload
    from ..rigor.classes.outcomes import NothingToLearn, Tilted, TiltQuestion

    for name, given in {**numbers, "step-size": steps[0] or ""}.items():
        if ":" in given:
            raise InputError(f"--{name}: --classes asks for exact numbers, not for ranges")
    table = read_classes(file)
    asked = Asked.read(steps[0], steps[1], **numbers, p_ref="1/2")
    recursion = asked.box if asked.update is None else asked.recursion
    (alpha, _), (beta, _), eps = recursion.alpha, recursion.beta, numbers["eps"]
    questions = [TiltQuestion.of(x, contrast or "mean-var", beta, eps, alpha) for _, x in table.prompts]
    found, distinct = solve_all(questions, digits=digits, engine=engine)
    if reach[0] is not None:
        found = _passing(found, reach[0], reach[1] or REACHED[0])
    elif reach[1] is not None:
        raise InputError("--reach-of belongs to --reach")
    if out is not None:
        for k, outcome in enumerate(found, 1):
            if isinstance(outcome, Tilted):
                where = out if len(found) == 1 else sibling(out, f"-{k}")
                write_certificate(where, classes_certificate(outcome))
    names = [name for name, _ in table.prompts]
    payloads = [
        {**({} if name is None else {"prompt": name}), **asked.mark(classes_payload(outcome))}
        for name, outcome in zip(names, found, strict=True)
    ]
    single = names == [None]
    payload = payloads[0] if single else {"prompts": payloads, "distinct": distinct}
    text = (
        _text(found[0], everything, STEPS if asked.update else EXACTLY)
        if single
        else _listed(table, found, distinct)
    )
    answer(payload, asked.under(text), as_json, out=out)
    decided = all(isinstance(x, NothingToLearn | Tilted) for x in found)
    if everything:
        decided = decided and not any(_knows(x) and not _has_course(x) for x in found)
    if reach[0] is not None:
        decided = decided and all(getattr(x, "passage", x) is not None for x in found)
    return PROVED if decided else UNDECIDED


def _passing(found: list[TiltOutcome], level: str, of: str) -> list[TiltOutcome]:
    from ..rigor.classes.outcomes import Tilted
    from ..rigor.classes.passage import passing

    if of not in REACHED:
        raise InputError(f"--reach-of is {' or '.join(REACHED)}, not {of!r}")
    key: Any = of.replace("-", "_")
    return [passing(x, key, exact(level)) if isinstance(x, Tilted) else x for x in found]


def _knows(outcome: TiltOutcome) -> bool:
    from ..rigor.classes.outcomes import Tilted

    return isinstance(outcome, Tilted) and outcome.question.classes.knows_correct


def _has_course(outcome: TiltOutcome) -> bool:
    return getattr(outcome, "correctness", None) is not None


def _why(option: str) -> str:
    if option in ("--group-size", "--ddof"):
        return (
            "finite groups do not tilt the reference by the mean reward: it is the population model of "
            "mean-var, mean-std or mean"
        )
    if option == "--p-ref":
        return "the file says what the reference does"
    return "it is about the rate of success of one reward, 0 or 1"


def _text(found: TiltOutcome, everything: bool, whole: str) -> Any:
    from ..rigor.classes.outcomes import NothingToLearn, Tilted

    if isinstance(found, NothingToLearn):
        return constant_words(found)
    if not isinstance(found, Tilted):
        return undecided_words(found)
    words = [wrapped(line) for line in view_words(found, whole)] if everything else []
    return Group(_points(found), *words)


def constant_words(found: NothingToLearn) -> str:
    """One mean reward."""
    share = "" if found.correct is None else f", and {canonical(found.correct)} of the answers stay correct"
    return wrapped(
        f"nothing to learn: every answer has the mean reward {canonical(found.mean_reward)}; updates leave "
        f"the reference as it is{share}"
    )


def undecided_words(found: UndecidedTilt) -> str:
    """Where it stopped."""
    if found.bracket is None:
        return f"undecided: {found.reason}"
    low, high = _decimals(*found.bracket)
    return f"undecided: {found.reason}: [{low}, {high}]"


def _points(found: Tilted) -> str | Table:
    if not found.points:
        return "proved: no fixed point: without a pull to the reference theta rises for ever"
    plural = "fixed point" if found.count == 1 else "fixed points"
    table = number_table(f"proved: exactly {found.count} {plural} of the tilt")
    for name in ("theta", "mean reward", "correct"):
        table.add_column(name, no_wrap=True)
    for point in found.points:
        columns = [_decimals(*point.theta), shortened(point.mean_reward)]
        columns.append(("not given", "") if point.correct is None else shortened(point.correct))
        table.add_row(*("\n".join(pair) for pair in columns))
    return table


def view_words(found: Tilted, whole: str) -> list[str]:
    """Both views, and the course of correctness, a line each; ``whole`` says which updates one is about."""
    from ..rigor.classes.outcomes import Swings

    small, settled = found.small, found.settled
    if small.largest_step is not None:
        lines = [f"small steps, any up to {canonical(small.largest_step)}: rise to fixed point 1"]
    else:
        top = found.question.classes.classes[-1].reward
        lines = [f"small steps, any: the mean reward tends to {canonical(top)}, the largest"]
    if isinstance(settled, Swings):
        lines.append(swing_words(settled, whole))
    elif settled is not None and settled.point:
        lines.append(f"{whole}: tends to fixed point {settled.point}")
    elif settled is not None:
        lines.append(f"{whole}: theta rises without bound")
    elif not found.question.beta:
        lines.append(f"{whole}: not asked about, without KL no policy maximises the update")
    if found.correctness is not None:
        lines.append(course_words(found, found.correctness))
    if found.passage is not None:
        passage = found.passage
        level = f"{passage.of.replace('_', ' ')} {canonical(passage.reach)}"
        known = "never" if passage.steps is None else f"after {passage.steps} updates"
        lines.append(f"{whole}: {level} is reached {known}")
    return [*lines, *(f"undecided: {reason}" for reason in found.undecided)]


def swing_words(found: Swings, whole: str) -> str:
    """The cycle, with what each of its points means."""
    places = []
    for point in found.points:
        reward = "mean reward in [{}, {}]".format(*shortened(point.mean_reward))
        correct = "" if point.correct is None else ", correct in [{}, {}]".format(*shortened(point.correct))
        places.append("theta in [{}, {}]".format(*_decimals(*point.theta)) + f", {reward}{correct}")
    return f"{whole}: swings for ever, a cycle of {len(places)}: {'; '.join(places)}"


def course_words(found: Tilted, moves: Correctness) -> str:
    """What becomes of correctness on the way."""
    share = found.question.classes.classes[-1].correct
    assert share is not None
    low, high = moves.supremum
    way = "to fixed point 1" if found.points else "for ever"
    limit = f"its limit for large theta is {canonical(share)}"
    if moves.begins == "stays":
        return f"correctness stays what it is: {canonical(share)}"
    if not moves.within:
        return f"correctness {moves.begins} all the way {way}; supremum there in [{low}, {high}]; {limit}"
    places = ", ".join("[{}, {}]".format(*_decimals(*turn)) for turn in moves.turns[: moves.within])
    return (
        f"correctness {moves.begins} first and turns at theta in {places} on the way {way}; supremum "
        f"there in [{low}, {high}]; {limit}"
    )


def _listed(table: Prompts, found: list[TiltOutcome], distinct: int) -> Table:
    """A line for each prompt: the least fixed point, and what becomes of correctness until there."""
    from ..rigor.classes.outcomes import NothingToLearn, Tilted

    shown = number_table(f"{len(found)} prompts, {distinct} different")
    for name in ("prompt", "answer", "mean reward at the least", "correctness on the way"):
        shown.add_column(name, overflow="fold")
    row: tuple[str, str, str]
    for (prompt, _), outcome in zip(table.prompts, found, strict=True):
        if isinstance(outcome, NothingToLearn):
            row = ("nothing to learn", canonical(outcome.mean_reward), "stays")
        elif not isinstance(outcome, Tilted):
            row = (undecided_words(outcome), "", "")
        else:
            least = outcome.points[0].mean_reward if outcome.points else None
            place = "" if least is None else f"[{least[0]}, {least[1]}]"
            course = outcome.correctness.course if outcome.correctness else "not proved"
            row = (f"{outcome.count} fixed points", place, course if _knows(outcome) else "not given")
        shown.add_row(prompt or "", *row)
    return shown


def _decimals(low: Fraction, high: Fraction) -> tuple[str, str]:
    return decimal_down(low, SHOWN), decimal_up(high, SHOWN)
