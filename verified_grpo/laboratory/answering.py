"""The laboratory's answer to a question: what is proved, its certificates, what the checker says of them.

It runs in a page: it imports neither NumPy nor SymPy, and says so where a variant's formulas need them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..answers.fixed_points import fixed_points_json
from ..answers.k3_views import k3_views, k3_views_certificates, k3_views_json
from ..answers.limits import limit, limit_certificates, limit_json
from ..answers.views import views, views_certificates, views_json
from ..certificates import fixed_points_certificate
from ..certificates.canonical import canonical_bytes
from ..certificates.grammar.values import AnyCertificate
from ..checker import Outcome, check_bytes
from ..errors import VerifiedGrpoError
from ..model import Parameters
from ..report.numerals import bounds
from ..report.pages.page import headline
from ..rigor import FixedPoints, UndecidedFixedPoints, fixed_points
from .asking import Posed, command, read, typed
from .picture import picture

DIGITS = 9
RIGHT = "right answers"
SMALL, EXACT, STEPS = "small steps", "the exact iteration", "steps of this size"
PARTING, POINTS = "where the two part", "all fixed points"


def answer(text: str) -> str:
    """A question of :mod:`.asking` answered, as JSON: `views` (a title each, and its verdict, or why there is
    none), `certificates` by their titles, `fixed_points`, `facts`, `picture` and the `command`; or one line,
    `error`, and the library that the answer `needs`, if that is what is missing.

    Not proved: the picture. What is proved is what the checker accepts, which is asked by :func:`judged`.
    """
    try:
        posed, fields = read(text)
        told = _judged(posed, _found(posed))
        told["picture"] = picture(posed, told.pop("largest_step"))
    except VerifiedGrpoError as error:
        return json.dumps({"error": " ".join(str(error).split())})
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        return json.dumps({"error": _beyond(library, command(typed(text))), "needs": library})
    return json.dumps({**told, "command": command(fields)})


def judged(name: str) -> str:
    """What the checker says of a certificate in a file: its `outcome`, the statement's `headline`, and its
    words, as JSON."""
    with open(name, "rb") as file:
        verdict = check_bytes(file.read())
    established = verdict.outcome is Outcome.ACCEPTED
    told = {
        "outcome": verdict.outcome.value,
        "message": f"{verdict.code.value}: {verdict.message}",
        "headline": headline(verdict) if established else "",
        "statement": verdict.statement_text,
        "arithmetic": verdict.arithmetic,
    }
    return json.dumps(told)


def _beyond(library: str, typed: str) -> str:
    return (
        f"the formulas of this variant are not written down, and deriving them needs {library}, "
        f"which is not here; on the command line: {typed}"
    )


def _found(posed: Posed) -> dict[str, Any]:
    if not posed.is_plain:
        return _under_pull(posed)
    return _two_views(posed) if posed.asked.update is None else _of_steps(posed)


def _judged(posed: Posed, told: dict[str, Any]) -> dict[str, Any]:
    """The answer with what is true of right answers, where the verifier errs."""
    listed, judged = told.pop("listed"), posed.judged
    if judged.verifier is None:
        return told
    made = judged.certificates(listed)
    return {
        **told,
        "verifier": [judged.heading, *judged.conclusions(listed)],
        "certificates": {**told["certificates"], **_written(_titled(made, {"-right-answers": RIGHT}))},
    }


def _two_views(posed: Posed) -> dict[str, Any]:
    found = views(posed.contrast, posed.asked.box)
    told: Mapping[str, Any] = views_json(found)
    made = _titled(views_certificates(found), {"": EXACT, "-small-steps": SMALL, "-parting": PARTING})
    shown = {SMALL: told["small_steps"], EXACT: told["maximiser"]}
    return {**_shown(shown, made, found.fixed_points), **_facts(told)}


def _of_steps(posed: Posed) -> dict[str, Any]:
    recursion = posed.asked.recursion
    found = limit(posed.contrast, recursion)
    listed = fixed_points(posed.contrast, recursion)
    told, made = limit_json(found), _titled(limit_certificates(found, listed), {"": STEPS})
    return {**_shown({STEPS: told}, made, listed), "facts": _end(STEPS, told), "largest_step": None}


def _under_pull(posed: Posed) -> dict[str, Any]:
    found = k3_views(posed.contrast, Parameters(**dict(posed.asked.box)), posed.pull)
    told: Mapping[str, Any] = k3_views_json(found)
    made = _titled(k3_views_certificates(found), {"": SMALL, "-exact": EXACT})
    shown = {SMALL: told["small_steps"], EXACT: told["maximiser"]}
    point = told["small_steps"].get("limit")
    rows = [] if point is None else [_row({**point, "multiplier": None, "kind": "the only one"})]
    return {**_shown(shown, made, None), "fixed_points": rows, **_facts(told)}


def _titled(made: Mapping[str, AnyCertificate], titles: Mapping[str, str]) -> dict[str, AnyCertificate]:
    """By what each is about; one that has no title of its own is called by its ending."""
    return {titles.get(ending, ending.strip("-").replace("-", " ")): one for ending, one in made.items()}


def _shown(
    shown: Mapping[str, Any],
    made: dict[str, AnyCertificate],
    listed: FixedPoints | UndecidedFixedPoints | None,
) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    told: Any = None
    if isinstance(listed, FixedPoints):
        made = {**made, POINTS: fixed_points_certificate(listed)}
        told = fixed_points_json(listed)
        rows = [_row(point) for point in told["fixed_points"]]
    return {
        "views": [_view(title, one) for title, one in shown.items() if one is not None],
        "certificates": _written(made),
        "fixed_points": rows,
        "listed": told,
    }


def _written(made: Mapping[str, AnyCertificate]) -> dict[str, str]:
    return {title: canonical_bytes(one).decode("ascii") for title, one in made.items()}


def _view(title: str, told: Mapping[str, Any]) -> dict[str, str]:
    return {"title": title, "verdict": str(told["verdict"]), "reason": str(told.get("reason", ""))}


def _row(point: Mapping[str, Any]) -> dict[str, Any]:
    """A fixed point's numbers, short and rounded outward."""
    pairs = ("p", "one_minus_p", "logit", "multiplier")
    return {"kind": point["kind"], **{name: _short(point[name]) for name in pairs}}


def _facts(told: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers of both views, each under its name, and the bound of small steps where there is one."""
    small, exactly, part = told["small_steps"], told["maximiser"] or {}, told.get("part", {})
    step, share = ((small.get(f"largest_{name}") or [None])[0] for name in ("step", "share"))
    lines = _end(SMALL, small)
    if step is not None:
        lines.append(("small steps are those of size up to", _down(step)))
    if share is not None:
        lines.append(("of the way to the maximiser, a share of", _down(share)))
    lines += _end(EXACT, exactly)
    for name, key in (
        ("the two part at a share in", "share"),
        ("the point repels beyond a share in", "flip_share"),
    ):
        if part.get(key):
            lines.append((name, _short(part[key])))
    return {"facts": lines, "largest_step": step}


def _end(title: str, told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a sequence ends: at a fixed point, or on a cycle's points."""
    if told.get("limit"):
        return [(f"{title}: p tends into", _short(told["limit"]["p"]))]
    if points := told.get("points"):
        where = "p tends into" if len(points) == 1 else f"p swings among {len(points)} points, in"
        return [(f"{title}: {where}", ", ".join(_short(point["p"]) for point in points))]
    return []


def _short(pair: list[str] | None) -> str:
    return "" if pair is None else "[{}, {}]".format(*bounds(pair, DIGITS))


def _down(number: str) -> str:
    return bounds([number, number], DIGITS)[0]
