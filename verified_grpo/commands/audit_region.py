"""``verified-grpo audit --property``: a property over a box of parameters, and where in the box it holds."""

from __future__ import annotations

from pathlib import Path

from ..answers.region_outputs import region_json
from ..answers.regions import TOLERANCE, RegionAnswer, decide_by_parts
from ..certificates import builders
from ..errors import InputError
from ..intervals import canonical, exact
from ..rigor import PROPERTIES, Outcome, PropertyQuestion, Proved, Refuted
from ..rigor.properties.certify import ask
from ..work.files import require_output
from .audit_options import AuditOptions
from .audit_parts import draw, parts_text, require_picture
from .audit_verifier import by_sign
from .options import PROVED, REFUTED, UNDECIDED, answer, progress, remark, write_certificate
from .shown import bracket
from .verifiers import under

FOREIGN = ("framework", "framework-version", "granted", "confidence", "k", "n", "reward", "prompt", "step")
"""Options of the other modes."""
ORBITS = ("convergence", "no-cycles")


def audit_region(options: AuditOptions) -> int:
    """Prove, refute or leave undecided; the exit code says which. What is not proved on the whole box is
    halved into parts."""
    if options.prop is None:
        raise InputError(
            f"audit needs --property ({', '.join(PROPERTIES)}) and ranges, --config FILE or --pass-rates FILE"
        )
    options.refuse("--property", *FOREIGN)
    asked, judged, engine = options.asked(), options.judged(), options.engine or "arb"
    box = asked.recursion
    tolerance = TOLERANCE if options.tolerance is None else exact(options.tolerance)
    if not 0 < tolerance <= 1:
        raise InputError("--tolerance is the share of the volume that may stay undecided, in (0, 1]")
    require_picture(options.picture, box)
    if options.out is not None:
        require_output(options.out)
    if (code := by_sign(options, judged, asked)) is not None:
        return code
    judged.require_region(options.prop, goal=options.gain or options.target)
    question = ask(options.prop, judged.contrast(options.chosen_contrast()), box, **options.goals())
    with progress() as bar:
        task = bar.add_task(options.prop, total=1.0)

        def show(_: int, done: float) -> None:
            bar.update(task, completed=done)

        found = decide_by_parts(question, tolerance, engine, show)
    if not asked.is_exact:
        found = found.over_more_than_asked()
    elif judged.asks_more is not None:
        found = found.over_more_than_asked(judged.asks_more)
    for path in options.picture or []:
        draw(path, found.parts, in_words(question))
        remark(f"picture written to {path}")
    if options.out is not None:
        _write(options.out, found, engine)
    payload = judged.mark(asked.mark(region_json(found)), None)
    answer(payload, under(judged, asked.under(_text(found)), None), options.as_json, out=options.out)
    return {"proved": PROVED, "refuted": REFUTED}.get(found.outcome.verdict, UNDECIDED)


def _write(out: Path, found: RegionAnswer, engine: str) -> None:
    if found.no_certificate is not None:
        remark(f"no certificate written to {out}: {found.no_certificate}")
        return
    write_certificate(out, found.certificate(engine))


def _text(found: RegionAnswer) -> str:
    outcome, reason = found.outcome, found.no_certificate
    lines = [region_text(outcome)]
    if found.parts is not None:
        lines.append(parts_text(found.parts))
    if found.atlas is not None:
        lines.append("certificate of these parts: an atlas (--out FILE)")
    elif reason is not None and isinstance(outcome, Proved):
        lines.append(f"no certificate: {reason}")
    elif found.parts is not None and not isinstance(outcome, Proved):
        counterexample = isinstance(outcome, Refuted)
        lines.append("the parts have no certificate" + ", the counterexample has one" * counterexample)
    return "\n".join(lines)


def region_text(outcome: Outcome) -> str:
    """The verdict in one or two lines."""
    name = in_words(outcome.question)
    if isinstance(outcome, Proved):
        margin = "" if outcome.margin is None else f": logit p* - logit p_ref >= {canonical(outcome.margin)}"
        if outcome.question.parameters.alpha[1] == 0:
            margin = " (at alpha = 0 there is no fixed point, and p rises to 1)"
        return f"proved: {name}{margin}"
    if isinstance(outcome, Refuted):
        at = ", ".join(f"{key} {value}" for key, value in builders.point(outcome.point).items())
        where = "; ".join(bracket(*ends) for ends in outcome.brackets)
        if not outcome.brackets:
            return f"refuted: {name} fails at {at}\n  there is no fixed point: p rises to 1"
        what = "cycle" if outcome.question.property in ORBITS else "fixed point"
        return f"refuted: {name} fails at {at}\n  {what} at log-odds {where}"
    return f"undecided: {outcome.reason} ({outcome.fraction:.2%} of the search)"


def in_words(question: PropertyQuestion) -> str:
    """The property and what was asked of it."""
    if question.gain is not None:
        return f"{question.property} (odds times at least {canonical(question.gain)})"
    if question.target is not None:
        return f"{question.property} (p* at least {canonical(question.target)})"
    return question.property if question.rate is None else f"contraction at rate {canonical(question.rate)}"
