"""``verified-grpo audit --largest-set``: for which values of one parameter a property holds."""

from __future__ import annotations

from typing import Any

from ..answers.region_outputs import goals
from ..certificates import builders
from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up, exact
from ..model import Contrast, Range
from ..rigor import PROPERTIES
from ..rigor.properties.certify import ask
from ..rigor.properties.largest_sets import GroupSizes, LargestSet, Threshold, group_sizes, largest_set
from ..rigor.properties.where_it_holds import INNER, OUTER, UNDECIDED
from .audit_options import OF_VERIFIERS, AuditOptions
from .audit_region import FOREIGN, in_words
from .options import PROVED, REFUTED, answer, progress
from .options import UNDECIDED as OPEN

SEARCHED = {"beta": "0.001:1000", "alpha": "0.001:1", "eps": "1e-8:1"}
"""The range searched where none was given."""
GROUPS = 64
"""The largest group size tried where none was given."""
TOLERANCE = "0.001"
DIGITS = 12


def audit_largest_set(options: AuditOptions) -> int:
    """0 where some values are proved, 1 where every one is refuted, 2 else."""
    if options.prop is None:
        raise InputError(f"--largest-set needs --property ({', '.join(PROPERTIES)})")
    options.refuse("--largest-set", "picture", "out", "step-size", "inner-steps", *OF_VERIFIERS, *FOREIGN)
    if options.largest_set == "group-size":
        return _group_sizes(options)
    axis = options.largest_set or ""
    if axis not in SEARCHED:
        raise InputError(f"--largest-set takes {', '.join(SEARCHED)} or group-size, not {axis!r}")
    if getattr(options, axis) is None:
        options = options.with_range(axis, SEARCHED[axis])
    question = ask(options.prop or "", options.chosen_contrast(), options.box(), **options.goals())
    with progress() as bar:
        task = bar.add_task(f"largest set of {axis}", total=1.0)
        found = largest_set(
            question,
            axis,
            tolerance=exact(options.tolerance or TOLERANCE),
            engine=options.engine or "arb",
            progress=lambda _, done: bar.update(task, completed=done),
        )
    answer(_json(found), _text(found), options.as_json)
    if found.ranges(INNER):
        return PROVED
    return OPEN if found.ranges(UNDECIDED) else REFUTED


def _json(found: LargestSet) -> dict[str, Any]:
    question = found.question
    payload: dict[str, Any] = {
        "property": question.property,
        **goals(question),
        "variant": builders.variant(question.contrast),
        "parameters": builders.parameters(question.parameters),
        "largest_set": found.axis,
        "inner": _written(found.ranges(INNER)),
        "outer": _written(found.ranges(INNER, UNDECIDED)),
        "undecided": _written(found.ranges(UNDECIDED)),
        "refuted": _written(found.ranges(OUTER)),
        "witness": None if found.witness is None else builders.point(found.witness.point),
        "certificate": "none: audit the inner range by itself for one",
    }
    if found.threshold is not None:
        payload["closed_form"] = {
            "threshold": _decimals(found.threshold.value),
            "formula": found.threshold.formula,
            "holds": "above" if found.threshold.above else "up to",
            "for_every_p_ref": "sufficient" if found.threshold.sufficient else "necessary and sufficient",
        }
    return payload


def _text(found: LargestSet) -> str:
    question, axis = found.question, found.axis
    others = ", ".join(f"{name} {_side(side)}" for name, side in question.parameters if name != axis)
    searched = _side(getattr(question.parameters, axis))
    lines = [f"{in_words(question)}, for all of {others};", f"{axis} searched in {searched}"]
    for words, verdicts in (
        ("proved for", (INNER,)),
        ("refuted at every value in", (OUTER,)),
        ("undecided in", (UNDECIDED,)),
    ):
        ranges = found.ranges(*verdicts)
        if ranges:
            lines.append(f"  {words} {axis} in {', '.join(map(_side, ranges))}")
    if found.witness is not None:
        at = ", ".join(f"{key} {value}" for key, value in builders.point(found.witness.point).items())
        lines.append(f"  it fails, for one, at {at}")
    if found.threshold is not None:
        lines.append(f"  {_closed_form(found.threshold, axis)}")
    return "\n".join([*lines, "no certificate of the set: audit the proved range by itself for one"])


def _closed_form(threshold: Threshold, axis: str) -> str:
    low, high = _decimals(threshold.value)
    side = "above" if threshold.above else "up to"
    only = "it is enough that" if threshold.sufficient else "exactly where"
    where = f"{threshold.formula}, in [{low}, {high}]"
    return f"for every p_ref in (0, 1): {only} {axis} is {side}\n    {where}"


def _group_sizes(options: AuditOptions) -> int:
    if options.contrast not in (None, "group"):
        raise InputError("--largest-set group-size is about --contrast group")
    contrast = Contrast("group", 2, options.ddof or 0)
    question = ask(options.prop or "", contrast, options.box(), **options.goals())
    found = group_sizes(question, options.group_size or GROUPS, engine=options.engine or "arb")
    sizes = _sizes(found)
    payload = {
        "property": question.property,
        **goals(question),
        "parameters": builders.parameters(question.parameters),
        "ddof": contrast.ddof,
        "largest_set": "group-size",
        "inner": sizes["proved"],
        "refuted": sizes["refuted"],
        "undecided": sizes["undecided"],
    }
    lines = [f"{in_words(question)}, group sizes 2 to {found.outcomes[-1].question.contrast.group_size}"]
    lines += [f"  {verdict}: {_runs(of)}" for verdict, of in sizes.items() if of]
    answer(payload, "\n".join(lines), options.as_json)
    return PROVED if sizes["proved"] else OPEN if sizes["undecided"] else REFUTED


def _sizes(found: GroupSizes) -> dict[str, list[int]]:
    sizes: dict[str, list[int]] = {"proved": [], "refuted": [], "undecided": []}
    for outcome in found.outcomes:
        sizes[outcome.verdict].append(outcome.question.contrast.group_size)
    return sizes


def _runs(sizes: list[int]) -> str:
    """2, 3, 4, 8 as "2 to 4, 8"."""
    runs: list[list[int]] = []
    for size in sizes:
        if runs and runs[-1][-1] == size - 1:
            runs[-1].append(size)
        else:
            runs.append([size])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _written(ranges: tuple[Range, ...]) -> list[list[str]]:
    return [[canonical(low), canonical(high)] for low, high in ranges]


def _side(side: Range) -> str:
    low, high = side
    return canonical(low) if low == high else f"[{canonical(low)}, {canonical(high)}]"


def _decimals(bounds: Range) -> tuple[str, str]:
    return decimal_down(bounds[0], DIGITS), decimal_up(bounds[1], DIGITS)
