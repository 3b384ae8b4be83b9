"""``verified-grpo advise``: one's own prompts under a training configuration."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..audit.assumed import ASSUMED
from ..errors import InputError
from ..intervals import canonical, decimal_up, exact
from .configured import BetaOrFile, Config, EpsOrFile, Framework, FrameworkVersion, typed
from .options import (
    DDOF,
    GROUP_SIZE,
    PROVED,
    UNDECIDED,
    AsJson,
    ContrastName,
    Omega,
    answer,
    app,
    named,
    remark,
)
from .shown import wrapped

if TYPE_CHECKING:
    from ..audit.advice import Advice
    from ..audit.advice.advising import Outcome, UpTo
    from ..audit.configurations import Configuration

DIGITS = 4
LISTED = 6


@app.command("advise")
def advise_command(
    pass_rates: Annotated[
        Path, typer.Option("--pass-rates", help="table of pass rates: CSV, JSONL or Parquet")
    ],
    config: Config = None,
    framework: Framework = None,
    framework_version: FrameworkVersion = None,
    beta: BetaOrFile = None,
    eps: EpsOrFile = None,
    contrast: ContrastName = None,
    group_size: Annotated[int | None, GROUP_SIZE] = None,
    ddof: Annotated[int | None, DDOF] = None,
    omega: Omega = None,
    target: Annotated[str, typer.Option("--target", help="success rate at which prompts are to end")] = "0.5",
    confidence: Annotated[
        str, typer.Option("--confidence", help="of what is said about prompts without a success")
    ] = "0.95",
    k: Annotated[str | None, typer.Option("--k", help="column of successes")] = None,
    n: Annotated[str | None, typer.Option("--n", help="column of sample sizes, or one number")] = None,
    rate: Annotated[str | None, typer.Option("--rate", help="column of rates")] = None,
    reward: Annotated[str | None, typer.Option("--reward", help="column of rewards, 0 or 1 a row")] = None,
    prompt: Annotated[str | None, typer.Option("--prompt", help="column that names the prompt")] = None,
    step: Annotated[str | None, typer.Option("--step", help="training step whose rows are read")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="folder for the certificates", parser=named, metavar="<path>"),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say what one's own prompts need: which are lifted, which are held back, and by what.

    The largest KL weight with which they end at the target, what larger groups buy, and how many samples show
    a success. Each measured rate is taken as the exact p_ref. The exit code says whether every rate was
    decided.

    Example:

    verified-grpo advise --pass-rates examples/*/counts.csv --beta 0.1 --eps 1e-4
    """
    from ..audit.advice import advise, read_prompts
    from ..audit.advice.outputs import advise_json
    from ..audit.configurations.words import other_keys
    from ..audit.pass_rates.columns import Asked

    if config is None:
        if framework is not None or framework_version is not None:
            raise InputError("--framework and --framework-version belong to --config")
        numbers = typed(beta, eps)
        configuration = _of_options(numbers, contrast, group_size, ddof, omega)
    else:
        given = {"eps": eps, "contrast": contrast, "group-size": group_size, "ddof": ddof, "omega": omega}
        for name, value in given.items():
            if value is not None:
                raise InputError(f"--{name} cannot be combined with --config")
        configuration = _of_file(config, framework, framework_version, beta)
        for line in other_keys(configuration)[:1] if configuration.unknown else ():
            remark(f"{config}: {line}")
    prompts = read_prompts(pass_rates, Asked(k, n, rate, reward, prompt, step))
    found = advise(prompts, configuration, target=exact(target), confidence=exact(confidence))
    if out is not None:
        _write(found, out)
    answer(advise_json(found, config), advise_text(found), as_json)
    return PROVED if found.verdict == "proved" else UNDECIDED


def _of_file(config: Path, framework: str | None, version: str | None, beta: str | None) -> Configuration:
    from ..audit.configurations import read_configuration

    configuration = read_configuration(config, framework, version)
    return configuration if beta is None else configuration.at(exact(beta))


def _of_options(
    numbers: dict[str, str], contrast: str | None, size: int | None, ddof: int | None, omega: str | None
) -> Configuration:
    """A variant that options name, under KL(pi||pi_ref)."""
    from ..audit.configurations import REVERSE, Configuration
    from ..model import Contrast

    beta, eps = exact(numbers["beta"]), exact(numbers["eps"])
    if beta < 0 or eps <= 0:
        raise InputError("beta >= 0 and eps > 0 are expected")
    variant = Contrast.asked(contrast, size, ddof, omega)
    return Configuration("", "", "", variant, beta, eps, REVERSE, (), (), (), group_size=size or 0)


def _write(found: Advice, out: Path) -> None:
    """The certificates, by what they are of."""
    from ..certificates.canonical import write
    from ..work.files import require_folder

    require_folder(out)
    written = 0
    for one in found.rates:
        proof = one.at and one.at.stepping and one.at.stepping.finding.certificate
        if proof:
            write(out / f"rate-{one.rate[0]}-of-{one.rate[1]}.json", proof)
            written += 1
    for weight in found.weights:
        if weight.certificate is not None:
            percent = round(100 * weight.share)
            write(out / f"largest-beta-{percent}-percent.json", weight.certificate)
            written += 1
    remark(f"{written} certificates written to {out}")


def advise_text(found: Advice) -> str:
    """The advice for a terminal of 80 columns."""
    from ..audit.advice.sentences import MEANINGS, sentence, short
    from .audit_configuration import asked

    target = short(found.target)
    lines = [wrapped(f"{found.verdict}: {sentence(found)}"), *ASSUMED, ""]
    lines += [wrapped(f"Read: {found.prompts.path.name}: {found.prompts.columns.sentence}.")]
    said = asked(found.configuration) if found.configuration.framework else _variant(found.configuration)
    lines += [wrapped(f"So:   {said}"), "", "Prompts, each measured rate taken as the exact p_ref:"]
    for outcome, words in MEANINGS.items():
        count = found.count(outcome)
        lines += [wrapped(words.format(target) + _which(found, outcome), f"{count:>8,}  ")] if count else []
    lines += ["", f"Largest beta with which prompts end at {target} or above:"]
    for p_ref in dict.fromkeys(weight.p_ref for weight in found.weights):
        lines.append(wrapped(_in_words([w for w in found.weights if w.p_ref == p_ref]), "  "))
    lines += [wrapped(f"none is said: {found.no_weight}.", "  ")] if found.no_weight else []
    lines += ["", "Groups of G answers, the share without signal (all rewards alike):"]
    lines += [_size(found, one.size, one.share, one.beta) for one in found.sizes]
    lines += ["", *_unseen(found)]
    return "\n".join(lines)


def _variant(configuration: Configuration) -> str:
    from ..audit.configurations.words import scaled

    beta, eps = canonical(configuration.beta), canonical(configuration.eps)
    return (
        f"contrast {scaled(configuration)}, beta {beta}, eps {eps}, regulariser {configuration.regulariser}."
    )


def _which(found: Advice, outcome: Outcome) -> str:
    """The rates of prompts that do not arrive, or are not decided."""
    if outcome not in ("held back", "below", "undecided"):
        return ""
    rates = [one for one in found.rates if one.outcome == outcome]
    named = ", ".join(f"{one.rate[0]}/{one.rate[1]}" for one in rates[:LISTED])
    more = f", and {len(rates) - LISTED} other rates" if len(rates) > LISTED else ""
    reason = next((one.at.reason for one in rates if one.at and one.at.reason), "")
    return f" (p_ref {named}{more})" + (f": {reason}" if reason else "")


WHO = {Fraction(1): "all that show a success", Fraction(9, 10): "9 in 10 of these", Fraction(1, 2): "half"}


def _in_words(weights: list[UpTo]) -> str:
    """Shares of the prompts that the same rate decides about, the largest first."""
    from ..audit.advice.sentences import short

    weight = weights[0]
    head = f"{WHO[weight.share]} (p_ref {short(weight.p_ref)} decides):"
    if not weight.is_shown:
        return f"{head} none is shown, as the clamp of the KL is idle from {short(weight.idle_from)} on only"
    since = f", from {short(weight.idle_from)} on, where its clamp is idle" if weight.idle_from else ""
    return f"{head} {canonical(weight.beta)}{since}"


def _size(found: Advice, size: int, share: Fraction, beta: Fraction | None) -> str:
    own = ", as asked" if size == found.configuration.group_size else ""
    weight = "" if beta is None else f"   beta for all up to {canonical(beta)}"
    return f"  G {size:<4} {decimal_up(share, DIGITS):>8}{weight}{own}"


def _unseen(found: Advice) -> list[str]:
    from ..audit.advice.sentences import short

    sure = canonical(found.confidence)
    lines = [
        wrapped(
            f"No success in {one.n} samples: {one.prompts:,} {'prompt' if one.prompts == 1 else 'prompts'}, "
            f"p_ref at most {decimal_up(one.most, DIGITS)} (confidence {sure}, Clopper and Pearson)."
        )
        for one in found.unseen[:LISTED]
    ]
    needed = ", ".join(f"{size:,} where p_ref is {short(p)}" for p, size in found.samples)
    return [*lines, wrapped(f"Samples that show a success with probability {sure}: {needed}.")]
