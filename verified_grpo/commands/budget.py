"""``verified-grpo budget``: what a KL can buy, and what a change has cost at least."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import InputError
from ..intervals import canonical, exact, exact_range
from ..model import Range
from .options import PROVED, AsJson, EngineName, answer, app, output_file, write_certificate
from .shown import ends, shortened, wrapped

EXACT_P_REF = "--best-of, --one-step and --mix ask for one p_ref, not for a range"


@app.command("budget")
def budget_command(
    p_ref: Annotated[
        str | None, typer.Option("--p-ref", help="success probability of the reference, or a range")
    ] = None,
    kl: Annotated[str | None, typer.Option("--kl", help="nats that may be spent, or a range")] = None,
    target: Annotated[str | None, typer.Option("--target", help="p to be reached, or a range")] = None,
    best_of: Annotated[int | None, typer.Option("--best-of", help="place the best of n answers")] = None,
    one_step: Annotated[
        str | None, typer.Option("--one-step", help="place one exact update at this beta")
    ] = None,
    mix: Annotated[
        str | None, typer.Option("--mix", help="place so much of the way to --target in log-odds")
    ] = None,
    before: Annotated[str | None, typer.Option("--before", help="successes of samples, k/n")] = None,
    after: Annotated[str | None, typer.Option("--after", help="the same after training, k/n")] = None,
    table: Annotated[
        Path | None, typer.Option("--table", help="CSV: before_k, before_n, after_k, after_n")
    ] = None,
    confidence: Annotated[
        str | None, typer.Option("--confidence", help="of all intervals at once (0.95)")
    ] = None,
    engine: EngineName = "arb",
    out: Annotated[Path | None, output_file("--out", "certificate; of --table the rows as CSV")] = None,
    as_json: AsJson = False,
) -> int:
    """What a KL to the reference can buy, however one trains; what a change has cost at least, in nats.

    Example:

    verified-grpo budget --p-ref 0.01 --kl 0.5 --best-of 16
    """
    measured = table is not None or before is not None or after is not None
    asked = {"--p-ref": p_ref, "--kl": kl, "--target": target, "--one-step": one_step, "--mix": mix}
    given = [name for name, value in asked.items() if value is not None]
    if measured:
        given += ["--best-of"] if best_of is not None else []
        if given:
            raise InputError(f"{given[0]} does not go with counts: --before and --after, or --table")
        from .budget_counts import of_counts, of_table

        sure = exact(confidence or "0.95")
        if table is not None:
            if before is not None or after is not None:
                raise InputError("--table holds the counts: it goes without --before and --after")
            return of_table(table, sure, out, as_json)
        if before is None or after is None:
            raise InputError("--before and --after go together")
        return of_counts(before, after, sure, out, as_json)
    if confidence is not None:
        raise InputError("--confidence is that of counts: --before and --after, or --table")
    if p_ref is None:
        raise InputError("budget asks for --p-ref, or for counts: --before and --after, or --table")
    places = {"best_of": best_of, "one_step": one_step, "mix": mix}
    return _frontier(exact_range(p_ref), kl, target, places, engine, out, as_json)


def _frontier(
    p_ref: Range,
    kl: str | None,
    target: str | None,
    places: dict[str, Any],
    engine: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """A question of the frontier, and the policies placed on it; the exit code."""
    from ..certificates.budget import budget_certificate, side
    from ..rigor.budget import LargestP, LeastKl, largest_p, least_kl

    if kl is not None and target is not None:
        raise InputError("--kl asks for the largest p and --target for the least KL: one of them")
    listed = _placed(p_ref, target, places, engine)
    found: LargestP | LeastKl | None = None
    if kl is not None:
        found = largest_p(p_ref, exact_range(kl), engine=engine)
    elif target is not None:
        found = least_kl(p_ref, exact_range(target), engine=engine)
    elif not listed:
        raise InputError("budget asks for --kl, or for --target, or for a policy to place")
    if out is not None:
        if found is None:
            raise InputError("--out writes the certificate of --kl or of --target")
        write_certificate(out, budget_certificate(found))
    payload: dict[str, Any] = {"asks": "frontier", "p_ref": side(p_ref), "unit": "nats", "verdict": "proved"}
    lines = [f"p_ref {_shown(p_ref)}"]
    if found is not None:
        payload |= {
            "asks": "largest-p" if isinstance(found, LargestP) else "least-kl",
            "kl": side(found.kl) if isinstance(found, LargestP) else ends(found.kl),
            "p": ends(found.p) if isinstance(found, LargestP) else side(found.p),
        }
        lines += _bought(found) if isinstance(found, LargestP) else _cost(found)
    payload["frontier"] = [{"of": name, "p": ends(one.p), "kl": ends(one.kl)} for name, one in listed]
    lines += [] if not listed else ["", *_rows(listed)]
    answer(payload, "\n".join(lines), as_json, out=out)
    return PROVED


def _placed(p_ref: Range, target: str | None, places: dict[str, Any], engine: str) -> list[tuple[str, Any]]:
    """The policies that are to be placed on the frontier, each with its name."""
    from ..rigor.frontier import best_of, mixture, one_step

    if all(value is None for value in places.values()):
        return []
    q = _number(p_ref, EXACT_P_REF)
    found: list[tuple[str, Any]] = []
    if places["best_of"] is not None:
        n = places["best_of"]
        found.append((f"best of {n}", best_of(n, q, engine=engine)))
    if places["one_step"] is not None:
        beta = exact(places["one_step"])
        found.append((f"one step at beta {canonical(beta)}", one_step(beta, q, engine=engine)))
    if places["mix"] is not None:
        if target is None:
            raise InputError("--mix is so much of the way to --target: it asks for that, too")
        share, p = exact(places["mix"]), _number(exact_range(target), "--mix asks for one target")
        name = f"{canonical(share)} of the way to {canonical(p)}"
        found.append((name, mixture(share, p, q, engine=engine)))
    return found


def _number(given: Range, otherwise: str) -> Fraction:
    """The one number of a range of one point."""
    if given[0] != given[1]:
        raise InputError(otherwise)
    return given[0]


def _bought(found: Any) -> list[str]:
    low, high = found.p
    if low == 1:
        return [
            wrapped(
                f"proved: {_shown(found.kl)} nats rule nothing out: from log(1/p_ref) nats on the reference "
                "can be tilted to p = 1"
            )
        ]
    down, up = shortened(ends(found.p))
    bound = f"no policy has p above {up}" if high < 1 else "no p is ruled out where both are largest"
    return [
        wrapped(
            f"proved: within a KL of {_shown(found.kl)} nats from the reference {bound}, however it is "
            f"trained; a tilt of the reference gets to {down} at least"
        )
    ]


def _cost(found: Any) -> list[str]:
    down, up = shortened(ends(found.kl))
    return [
        wrapped(
            f"proved: a policy with p {_shown(found.p)} has a KL of at least {down} nats to the reference, "
            f"however it is trained; the tilt of the reference has at most {up}"
        )
    ]


def _rows(listed: list[tuple[str, Any]]) -> list[str]:
    """The policies with their p and their KL; none with the same p has less."""
    width = max(len(name) for name, _ in listed)
    lines = [f"{'on the frontier':<{max(width, 15)}}  {'p':<24}  KL (nats)"]
    for name, one in listed:
        p, kl = (" to ".join(shortened(ends(pair))) for pair in (one.p, one.kl))
        lines.append(f"{name:<{max(width, 15)}}  {p:<24}  {kl}")
    return lines


def _shown(given: Range) -> str:
    low, high = ends(given)
    return low if low == high else f"{low} to {high}"
