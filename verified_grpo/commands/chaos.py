"""``verified-grpo chaos``: whether the map is proved chaotic, and how much at least."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..certificates import builders
from ..certificates.chaos_builders import found_chaos
from ..intervals import decimal_down, decimal_up
from ..rigor.chaos.outcomes import ChaosOutcome, Covering, LiYorke, NoWitness, PeriodThree
from .options import (
    PROVED,
    UNDECIDED,
    Alpha,
    AsJson,
    BetaOr0,
    ContrastName,
    Ddof,
    EngineName,
    Eps,
    GroupSize,
    Omega,
    PRef,
    answer,
    app,
    output_file,
    sibling,
    write_certificate,
)
from .steps import Asked, InnerSteps, StepSize

SHOWN_DIGITS = 9
FOLLOWS = (
    "so there are cycles of every period, and chaos in the sense of Li and Yorke (their theorem is cited)"
)


@app.command("chaos")
def chaos_command(
    beta: BetaOr0,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = None,
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    omega: Omega = None,
    step_size: StepSize = None,
    inner_steps: InnerSteps = None,
    start: Annotated[
        str | None, typer.Option("--start", help="the point to be tried, a probability; searched for if none")
    ] = None,
    turns: Annotated[int | None, typer.Option("--turns", help="n of T^n for the entropy, 1 to 8")] = None,
    engine: EngineName = "arb",
    out: Annotated[
        Path | None,
        output_file("--out", "write the certificates here: FILE, and FILE with -entropy in its name"),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Whether the map is proved chaotic: four points in Li and Yorke's order, a 3-cycle, a bound of entropy.

    The map is that of updates solved exactly, or of --step-size; small steps are never chaotic. Finding
    nothing proves nothing.

    Example:

    verified-grpo chaos --beta 0.68 --eps 1e-5 --p-ref 0.001
    """
    from ..certificates import chaos_certificate
    from ..model import Contrast
    from ..rigor import chaos_witness, entropy_bound
    from ..rigor.chaos.witnesses import period_three

    asked = Asked.read(step_size, inner_steps, beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    box = asked.recursion
    chosen = Contrast.asked(contrast, group_size, ddof, omega)
    found: list[ChaosOutcome] = [chaos_witness(chosen, box, start=start, engine=engine)]
    if isinstance(found[0], LiYorke) and box.is_point:
        orbit = period_three(chosen, box, engine=engine)
        found += [] if orbit is None else [orbit]
    found.append(entropy_bound(chosen, box, turns=turns, engine=engine))
    proved = [outcome for outcome in found if not isinstance(outcome, NoWitness)]
    if out is not None:
        for outcome in proved:
            suffix = {Covering: "-entropy", PeriodThree: "-period-three"}.get(type(outcome), "")
            file = sibling(out, "" if outcome is proved[0] else suffix)
            write_certificate(file, chaos_certificate(outcome))
    answer(asked.mark(_payload(chosen, box, found)), asked.under(_text(found)), as_json, out=out)
    return PROVED if proved else UNDECIDED


def _payload(contrast: Any, box: Any, found: list[ChaosOutcome]) -> dict[str, Any]:
    """The answer: what was proved by name, and why the rest was not."""
    answers = {}
    names = {"li-yorke": "li_yorke", "period-three": "period_three", "entropy": "entropy"}
    for outcome in found:
        if not isinstance(outcome, NoWitness):
            said = found_chaos(outcome)
            answers[names[said["verdict"]]] = {key: x for key, x in said.items() if key != "verdict"}
    head = {"variant": builders.variant(contrast), "parameters": builders.parameters(box)}
    reasons = [outcome.reason for outcome in found if isinstance(outcome, NoWitness)]
    return {**head, "verdict": "proved" if answers else "undecided", **answers, "not_found": reasons}


def _text(found: list[ChaosOutcome]) -> str:
    """The same for a person."""
    lines = []
    for outcome in found:
        match outcome:
            case LiYorke():
                chain = ">= x > T(x) > T^2(x)" if outcome.falls else "<= x < T(x) < T^2(x)"
                name = "p" if outcome.is_probability else "L"
                lines += [f"proved: T^3(x) {chain} at {name} = {_decimal(outcome.start)}, {FOLLOWS}"]
                lines += [f"  T^{k}(x): L in {_shown(image)}" for k, image in enumerate(outcome.images, 1)]
            case PeriodThree():
                lines.append(f"proved: a point of period 3, L in {_shown(outcome.logit)}")
                lines += [] if len(lines) > 1 else [f"  {FOLLOWS}"]
            case Covering():
                count = f"each of {len(outcome.intervals)} disjoint intervals"
                bound = decimal_down(outcome.entropy, SHOWN_DIGITS)
                lines.append(f"proved: topological entropy >= {bound}")
                lines.append(f"  T^{outcome.turns} carries {count} over one of them or more")
            case NoWitness():
                lines.append(f"undecided: {outcome.reason}")
    return "\n".join(lines)


def _decimal(x: Any) -> str:
    return decimal_down(x, 17)


def _shown(pair: Any) -> str:
    return f"[{decimal_down(pair[0], SHOWN_DIGITS)}, {decimal_up(pair[1], SHOWN_DIGITS)}]"
