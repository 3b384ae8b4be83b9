"""``verified-grpo audit --config``: the configuration of a training framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..audit.assumed import ASSUMED
from ..audit.configurations import Configuration, read_configuration
from ..audit.configurations.answer import Answer, audit
from ..audit.configurations.findings import MAXIMISER, SMALL_STEPS, THIS_STEP, Finding
from ..audit.configurations.judged import Judging, audit_judged
from ..audit.configurations.versions import Under, other_versions
from ..audit.configurations.words import other_keys, place, scaled, settings_read
from ..audit.targets import HALF
from ..certificates import builders
from ..errors import InputError
from ..intervals import canonical, exact, exact_range
from ..model import Range
from ..model.steps import Update
from ..rigor.verdicts import ConditionalVerdict
from ..work.files import require_folder
from .audit_options import AuditOptions
from .options import PROVED, REFUTED, UNDECIDED, answer, remark
from .shown import wrapped

P_REF = "0.001:0.999"
CODES = {"proved": PROVED, "refuted": REFUTED, "undecided": UNDECIDED, "conditional": UNDECIDED}
IF = "This holds if (the file does not tell; --granted takes it as met):"
GRANTED = "This holds if (granted):"


def audit_configuration(options: AuditOptions) -> int:
    """Map the configuration to a variant and certify what follows for every prompt; the exit code says
    whether small steps, or those asked about, lead every prompt to a limit, and is that of *undecided* where
    this rests on conditions that were not granted."""
    assert options.config is not None
    options.refuse(
        "--config",
        "property",
        "rate",
        "eps",
        "alpha",
        "contrast",
        "group-size",
        "ddof",
        "omega",
        "confidence",
        "tolerance",
        "k",
        "n",
        "reward",
        "prompt",
        "step",
    )
    if options.out is not None:
        from ..report.writing import known_format

        known_format(options.format)
        require_folder(options.out)
    configuration = read_configuration(
        options.config, options.framework, options.framework_version, conditional=True
    )
    if options.beta is not None:
        configuration = configuration.at(exact(options.beta))
    target = HALF if options.target is None else exact(options.target)
    p_ref = exact_range(options.p_ref or P_REF)
    update = options.update()
    if update is not None and options.inner_steps is None:
        update = replace(update, inner_steps=configuration.inner_steps)
    outcome = _judged(options, configuration, p_ref, target, update)
    if options.out is not None:
        _write(outcome, options.config, options.format, options.out)
    others: tuple[Under, ...] = ()
    if options.beta is None and update is None:
        others = other_versions(options.config, options.framework, configuration, p_ref)
    if others and options.true_positive is not None:
        versions = ", ".join(_spans(other) for other in others)
        remark(f"of {configuration.framework} {versions} this file asks for something else: name a version")
        others = ()
    payload = {
        **configuration_json(outcome, options.config, granted=bool(options.granted)),
        "other_versions": [_of_version(other) for other in others],
    }
    answer(payload, configuration_text(outcome, others, granted=bool(options.granted)), options.as_json)
    return CODES[_word(outcome, granted=bool(options.granted))]


def _judged(
    options: AuditOptions, configuration: Configuration, p_ref: Range, target: Fraction, update: Update | None
) -> Answer:
    """The answer; where the verifier errs, that on right answers, too.

    Raises:
        InputError: a target of the rate of passing; a verifier that cannot be.
    """
    judged = replace(options, p_ref=options.p_ref or P_REF).judged()
    if judged.verifier is None or judged.errors is None:
        return audit(configuration, p_ref, target=target, update=update)
    if judged.is_systematic and options.target is not None:
        raise InputError("--errors systematic: --target would be of the rate of passing")
    passed = p_ref if options.observed_rate else judged.verifier.observed(judged.reference)
    judging = Judging(judged.verifier, judged.errors.value, judged.reference, passed)
    return audit_judged(configuration, judging, target=target, update=update)


def _word(outcome: Answer, *, granted: bool) -> ConditionalVerdict:
    return outcome.verdict if granted else outcome.word


def configuration_json(outcome: Answer, path: Path, *, granted: bool = False) -> dict[str, Any]:
    """The answer of ``audit --config``."""
    configuration = outcome.configuration
    return {
        "file": path.name,
        "framework": configuration.framework,
        "commit": configuration.commit,
        "framework_version": configuration.version,
        "variant": None if configuration.contrast is None else builders.variant(configuration.contrast),
        "parameters": {
            "beta": canonical(configuration.beta),
            "eps": canonical(configuration.eps),
            "p_ref": [canonical(end) for end in outcome.p_ref],
        },
        "contrast_scale": canonical(configuration.unit),
        "weight": canonical(configuration.beta),
        "regulariser": configuration.regulariser,
        "kl_place": configuration.place or "none",
        "inner_steps": configuration.inner_steps,
        "verdict": _word(outcome, granted=granted),
        "answer": outcome.sentence,
        "conditions": list(outcome.conditions),
        "granted": granted,
        "findings": [
            {
                "name": found.name,
                "view": found.view,
                "verdict": found.verdict,
                "answer": found.sentence,
                "numbers": dict(found.numbers),
            }
            for found in outcome.findings
        ],
        "guarantee": outcome.guarantee,
        "views": outcome.json,
        "assumed": list(ASSUMED),
        "assumptions": list(configuration.assumptions),
        "not_covered": list(configuration.not_covered),
        "settings": [
            {"key": item.key, "value": item.value, "given": item.given, "origin": item.origin}
            for item in configuration.read
        ],
        "refusals": list(configuration.refusals),
        "unknown": list(configuration.unknown),
        "neutral": list(configuration.neutral),
        "outside": list(configuration.outside),
    }


def _of_version(other: Under) -> dict[str, Any]:
    found, stepping = other.configuration, other.at.stepping
    return {
        "versions": [{"since": since, "before": before or None} for since, before in other.spans],
        "weight": canonical(found.beta),
        "contrast": scaled(found),
        "regulariser": found.regulariser,
        "verdict": other.at.verdict,
        "answer": _headline(other),
        "small_steps": None if stepping is None else stepping.json,
    }


def _spans(other: Under) -> str:
    """The versions in words."""
    parts = (f"{since} to before {until}" if until else f"{since} or newer" for since, until in other.spans)
    return ", or ".join(parts)


def _headline(other: Under) -> str:
    stepping = other.at.stepping
    return f"Nothing is computed: {other.at.reason}." if stepping is None else stepping.headline


def configuration_text(outcome: Answer, others: Iterable[Under] = (), *, granted: bool = False) -> str:
    """The answer for a terminal of 80 columns."""
    configuration = outcome.configuration
    low, high = (canonical(end) for end in outcome.p_ref)
    lines = [wrapped(f"{_word(outcome, granted=granted)}: {outcome.sentence}")]
    if outcome.conditions:
        lines += [
            wrapped(GRANTED if granted else IF),
            *(wrapped(said, "  - ") for said in outcome.conditions),
        ]
    if outcome.findings:
        lines += ASSUMED
    for other in others:
        found = other.configuration
        of = f"beta {canonical(found.beta)}, {scaled(found)}, regulariser {found.regulariser}"
        lines += [
            "",
            wrapped(f"If the run's {found.framework} is {_spans(other)} ({of}): {_headline(other)}"),
        ]
    lines += ["", wrapped(f"Read: {settings_read(configuration)}.")]
    lines += [wrapped(f"So: {asked(configuration)}")]
    lines += [wrapped(place(configuration))] if place(configuration) else []
    if outcome.findings:
        rate = f"rate of {outcome.judged} of the reference" if outcome.judged else "p_ref"
        lines += ["", wrapped(f"For every {rate} from {low} to {high}, with small steps:")]
        lines += _listed(outcome.of(SMALL_STEPS, THIS_STEP))
    if outcome.exactly:
        lines += ["", wrapped(outcome.exactly)]
        lines += [] if outcome.same else _listed(outcome.of(MAXIMISER))
    lines += ["", "Assumed:", *(wrapped(line, "  - ") for line in configuration.assumptions)]
    lines += ["Not covered:", *(wrapped(line, "  - ") for line in configuration.not_covered)]
    lines += ["Other keys:"] if other_keys(configuration) else []
    lines += [wrapped(line, "  - ") for line in other_keys(configuration)]
    return "\n".join(lines)


def _listed(findings: Iterable[Finding]) -> list[str]:
    return [wrapped(found.sentence, f"  {found.verdict:<10}") for found in findings]


def asked(configuration: Configuration) -> str:
    """The variant in a line."""
    return (
        f"{configuration.framework} (as of {configuration.commit}): contrast {scaled(configuration)}, beta "
        f"{canonical(configuration.beta)}, eps {canonical(configuration.eps)}, regulariser "
        f"{configuration.regulariser}."
    )


def _write(outcome: Answer, path: Path, form: str, out: Path) -> None:
    """The report and the certificates of the findings."""
    from ..certificates.canonical import write
    from ..report.audits.configuration import configuration_document
    from ..report.writing import write_document

    for found in outcome.findings:
        if found.certificate is not None:
            write(out / "certificates" / f"{found.name}.json", found.certificate)
    report = write_document(configuration_document(outcome, path.name), form, out, name="configuration")
    remark(f"report written to {report[0]}")
