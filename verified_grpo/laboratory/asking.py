"""A question as the fields of a page pose it: every field is text, and every answer is the suite's own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from ..answers.judged import Judged
from ..errors import InputError
from ..model import Contrast
from ..model.erring import Errors
from ..model.pulls import Pull
from ..model.steps import StepParameters, Stepped, Update

NUMBERS = ("beta", "eps", "p_ref")
CONTRASTS = ("mean-var", "mean-std", "mean", "group", "group-loo", "maxrl")
PULLS = ("kl_clamp", "drop_dead_groups")
VERIFIER = ("true_positive", "false_positive", "errors")
FIELDS = ("contrast", "group_size", "ddof", "omega", *NUMBERS, "alpha", "step_size", *VERIFIER, "kl", *PULLS)
KLS = ("reverse", "k3")
LONGEST = 200
OWN = "expression"


@dataclass(frozen=True)
class Posed:
    """The contrast and the numbers as a verifier changes them, with the updates that are meant; what pulls
    the policy back; the verifier."""

    contrast: Contrast
    asked: Stepped
    pull: Pull
    judged: Judged

    @property
    def is_plain(self) -> bool:
        """Whether the KL is KL(pi || pi_ref), and no group dropped."""
        return self.pull == Pull()


def read(text: str) -> tuple[Posed, dict[str, str]]:
    """What is asked, and its fields without empty ones, out of a JSON object of texts.

    Raises:
        InputError: another field, numbers outside their domains, or fields that do not go together.
    """
    fields = typed(text)
    for name in NUMBERS:
        if name not in fields:
            raise InputError(f"{name} is empty: a number such as 0.04, 1e-5 or 3/10, or a range LO:HI")
    pull = _pull(fields)
    name = fields.get("contrast", "mean-var")
    own = fields.get("omega") if name == OWN else None
    if name == OWN and own is None:
        raise InputError("Omega is empty: an expression in p, q, v and eps, such as 1/sqrt(v + eps)")
    contrast = Contrast.asked(name, _whole(fields, "group_size"), _whole(fields, "ddof"), own)
    judged = _judged(fields)
    numbers = {number: fields[number] for number in NUMBERS} | {"p_ref": judged.p_ref(fields["p_ref"])}
    box = StepParameters.of(**numbers, alpha=fields.get("alpha", "1"))
    update = Update.of(fields["step_size"], 1) if "step_size" in fields else None
    posed = Posed(judged.contrast(contrast), Stepped(box, update), pull, judged)
    _look_at(posed)
    return posed, fields


def _look_at(posed: Posed) -> None:
    """Refuse fields that do not go together."""
    if posed.is_plain:
        return
    if posed.asked.update is not None:
        raise InputError(
            "with k3, or groups dropped, the step size stays empty: every one up to a bound is meant"
        )
    if posed.judged.verifier is not None:
        raise InputError("with k3, or groups dropped, rewards are right: leave the verifier's fields empty")
    if posed.asked.box.beta[0] == 0:
        raise InputError("with beta 0 there is no KL: choose KL(pi || pi_ref), and leave k3's fields empty")


def _pull(fields: Mapping[str, str]) -> Pull:
    kl = fields.get("kl", KLS[0])
    if kl not in KLS:
        raise InputError(f"unknown KL {kl!r}: choose reverse or k3")
    dropped = _whole(fields, "drop_dead_groups") if "drop_dead_groups" in fields else None
    return Pull.of(kl, clamp=fields.get("kl_clamp"), dead_groups=dropped)


def _judged(fields: Mapping[str, str]) -> Judged:
    """Who rewards: all three of the verifier's fields, or none."""
    given = [fields.get(name) for name in VERIFIER]
    if any(given) and not all(given):
        missing = ", ".join(name.replace("_", " ") for name in VERIFIER if name not in fields)
        raise InputError(f"a verifier that errs is told by three fields, and {missing} is empty")
    true_positive, false_positive, errors = given
    if errors is not None and errors not in list(Errors):
        raise InputError(f"unknown errors {errors!r}: choose {' or '.join(Errors)}")
    kind = None if errors is None else Errors(errors)
    return Judged.read(true_positive, false_positive, kind, fields["p_ref"])


def command(fields: Mapping[str, str]) -> str:
    """The same question on the command line."""
    words = ["verified-grpo", "limit"]
    for name in FIELDS:
        usual = (name, fields.get(name)) in (
            ("alpha", "1"),
            ("kl", "reverse"),
            ("contrast", OWN),
            ("ddof", "0"),
        )
        if name in fields and not usual:
            words += [f"--{name.replace('_', '-')}", fields[name]]
    return shlex.join(words)


def typed(text: str) -> dict[str, str]:
    """The fields of a question, without what is empty or has no meaning beside the contrast.

    Raises:
        InputError: another field, or one that is too long.
    """
    given = json.loads(text)
    if not isinstance(given, dict):
        raise InputError("a question is an object of fields")
    fields = {}
    for name, value in given.items():
        if name not in FIELDS or not isinstance(value, str):
            raise InputError(f"unknown field {name!r:.40}: choose one of {', '.join(FIELDS)}")
        if len(value) > LONGEST:
            raise InputError(f"{name} has more than {LONGEST} characters")
        if value.strip():
            fields[name] = value.strip()
    if fields.get("contrast") != OWN:
        fields.pop("omega", None)
    if fields.get("kl") != KLS[1]:
        fields.pop("kl_clamp", None)
    return fields


def _whole(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InputError(f"{name.replace('_', ' ')} is a whole number, not {text!r}")
    return int(text)
