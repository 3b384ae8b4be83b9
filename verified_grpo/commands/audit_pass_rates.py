"""``verified-grpo audit --pass-rates``: a table of pass rates, one prompt a row."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

from rich.progress import BarColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from ..audit.assumed import ASSUMED
from ..audit.configurations import read_configuration
from ..audit.configurations.words import other_keys
from ..audit.judged_rates import JudgedQuestion
from ..audit.pass_rates import Asked, Audited, Question, audit_table
from ..audit.pass_rates.bad_row import OtherRewards
from ..audit.pass_rates.outputs import audit_json, audit_verdict
from ..audit.pass_rates.sentences import answered, asked_of, beside, counted, means, read_from
from ..audit.targets import HALF
from ..characters import shortened
from ..errors import InputError
from ..intervals import exact
from ..intervals.environment import in_sound_floats
from ..model.classes import CONTRASTS
from .audit_judged_rates import about_right_answers
from .audit_options import AuditOptions
from .audit_reward_tables import about_rewards
from .audited_tables import counted_off, report_beside, told
from .options import PROVED, REFUTED, UNDECIDED, answer, remark


@in_sound_floats
def audit_pass_rates(options: AuditOptions) -> int:
    """Certify every prompt of the table, by small steps or by those asked about; of rewards that are not two
    outcomes, by classes of answers. 1 when a prompt is proved to
    end in a cycle (of the steps asked about), else 2 when one is undecided."""
    assert options.pass_rates is not None
    options.refuse("--pass-rates", "property", "p-ref", "tolerance", "engine")
    if options.jobs < 1:
        raise InputError(f"--jobs must be at least 1, not {options.jobs}")
    question = _question(options)
    asked = Asked(options.k, options.n, options.rate, options.reward, options.prompt, options.step)
    if (verifier := options.erring()) is not None:
        assert options.errors is not None
        return about_right_answers(options, JudgedQuestion(question, verifier, options.errors.value), asked)
    if options.correct is not None or options.as_classes:
        return about_rewards(options, question, asked)
    try:
        audited = _audited(options, question, asked)
    except OtherRewards as error:
        if question.contrast.name not in CONTRASTS:
            raise InputError(
                f"{error}; or ask about the population model of {', '.join(CONTRASTS)}"
            ) from None
        return about_rewards(options, question, asked)
    answer(audit_json(audited), _text(audited), options.as_json)
    return {"proved": PROVED, "refuted": REFUTED}.get(audit_verdict(audited), UNDECIDED)


def _audited(options: AuditOptions, question: Question, asked: Asked) -> Audited:
    """The audit of rates, with its progress shown."""
    assert options.pass_rates is not None
    with counted_off("prompts", *_columns()) as done:
        return audit_table(
            options.pass_rates,
            question,
            asked=asked,
            out=options.out,
            jobs=options.jobs,
            progress=done,
            then=lambda audited: _report(audited, options),
        )


def _question(options: AuditOptions) -> Question:
    """The variant, named on the command line or read from a configuration."""
    asked: dict[str, Any] = {
        "confidence": exact(options.confidence or "0"),
        "target": HALF if options.target is None else exact(options.target),
        "update": options.update(),
    }
    if options.config is None:
        options.refuse("--pass-rates without --config", "framework", "framework-version")
        if options.beta is None or options.eps is None:
            raise InputError("audit --pass-rates needs --beta and --eps, or --config")
        beta, eps, alpha = (exact(x) for x in (options.beta, options.eps, options.alpha or "1"))
        return Question(options.chosen_contrast(), beta, eps, alpha, **asked)
    options.refuse("--config", "eps", "alpha", "contrast", "group-size", "ddof", "omega")
    found = read_configuration(options.config, options.framework, options.framework_version)
    found = (found if options.beta is None else found.at(exact(options.beta))).under_its_kl(Fraction(0))
    found = found if asked["update"] is None else found.by_size()
    for line in other_keys(found):
        remark(f"{options.config}: {line}")
    if not found.computable or found.contrast is None:
        raise InputError(f"{options.config}: {found.verdict or 'outside the model'}")
    asked |= {"regulariser": found.regulariser}
    return Question(found.contrast, found.beta, found.eps, **asked)


def _report(audited: Audited, options: AuditOptions) -> None:
    from ..report.audits.pass_rates import pass_rates_document

    report_beside(options, partial(pass_rates_document, audited))


def _text(audited: Audited) -> str:
    """The answer for a terminal of 80 columns."""
    tally = audited.tally
    lines = told(
        answered(audited), ASSUMED, asked_of(audited), read_from(audited), counted(audited),
        [means(audited), beside(audited)],
    )  # fmt: skip
    if tally.at_risk or tally.held_back:
        lines += ["", "At risk or below, for each reason the first in the table:"]
        first = [one for found in tally.risky.values() for one in found[:3]]
        lines += [
            f"  {shortened(one.prompt, 22):<22}  p_ref {shortened(one.p_ref, 18):<18}  {one.note}"
            for one in first
        ]
    return "\n".join(lines)


def _columns() -> tuple[ProgressColumn, ...]:
    return (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        _Speed(),
        TimeRemainingColumn(),
    )


class _Speed(ProgressColumn):
    """Prompts a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} a second")
