"""A question as the fields of a page pose it: every field is text, and every answer is the suite's own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import InputError
from ..model import Contrast
from ..model.steps import StepParameters, Stepped, Update

NUMBERS = ("beta", "eps", "p_ref")
FIELDS = ("contrast", "group_size", "ddof", "omega", *NUMBERS, "alpha", "step_size", "kl")
KLS = ("reverse", "k3")
LONGEST = 200
OWN = "expression"


@dataclass(frozen=True)
class Posed:
    """The contrast, the numbers with the updates that are meant, and which KL is in the loss."""

    contrast: Contrast
    asked: Stepped
    kl: str


def read(text: str) -> tuple[Posed, dict[str, str]]:
    """What is asked, and its fields without empty ones, out of a JSON object of texts.

    Raises:
        InputError: another field, numbers outside their domains, or fields that do not go together.
    """
    fields = _fields(json.loads(text))
    for name in NUMBERS:
        if name not in fields:
            raise InputError(f"{name} is empty: a number such as 0.04, 1e-5 or 3/10, or a range LO:HI")
    kl = fields.get("kl", KLS[0])
    if kl not in KLS:
        raise InputError(f"unknown KL {kl!r}: choose reverse or k3")
    name = fields.get("contrast", "mean-var")
    own = fields.get("omega") if name == OWN else None
    if name == OWN and own is None:
        raise InputError("Omega is empty: an expression in p, q, v and eps, such as 1/sqrt(v + eps)")
    contrast = Contrast.asked(name, _whole(fields, "group_size"), _whole(fields, "ddof"), own)
    numbers = {number: fields[number] for number in NUMBERS}
    box = StepParameters.of(**numbers, alpha=fields.get("alpha", "1"))
    update = Update.of(fields["step_size"], 1) if "step_size" in fields else None
    if kl == "k3" and update is not None:
        raise InputError("with k3 the step size stays empty: the answer is about every one up to a bound")
    return Posed(contrast, Stepped(box, update), kl), fields


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


def _fields(given: object) -> dict[str, str]:
    """What was typed, without what is empty or has no meaning beside the contrast."""
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
    return fields


def _whole(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InputError(f"{name.replace('_', ' ')} is a whole number, not {text!r}")
    return int(text)
