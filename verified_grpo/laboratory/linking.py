"""Permanent links: a question on the command line as the address of the page that answers it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from ..errors import InputError
from .asking import FIELDS, OWN, read

COMMANDS = ("limit", "fixed-points")
"""What the page answers, both at once."""
NO_PART = ("--out",)
"""Options that say where an answer goes: no part of a question."""


def fragment(words: Sequence[str]) -> str:
    """What stands after ``#`` in the page's address for a command; empty where the page does not answer it.

    >>> fragment(["verified-grpo", "limit", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.001:0.01"])
    'beta=5&eps=1e-5&p_ref=0.001:0.01'
    """
    fields = _fields(words)
    try:
        read(json.dumps(fields))
    except InputError:
        return ""
    return urlencode({name: fields[name] for name in FIELDS if name in fields}, safe=":/")


def question(address: str) -> str:
    """The question, as JSON of texts, that an address with such a fragment leads to.

    >>> question("laboratory/index.html#beta=5&eps=1e-5&p_ref=0.001:0.01")
    '{"beta": "5", "eps": "1e-5", "p_ref": "0.001:0.01"}'
    """
    return json.dumps(dict(parse_qsl(address.partition("#")[2])))


def _fields(words: Sequence[str]) -> dict[str, str]:
    """The fields that the options fill; none where one has no field, or the command none."""
    if len(words) < 2 or words[0] != "verified-grpo" or words[1] not in COMMANDS or len(words) % 2:
        return {}
    fields: dict[str, str] = {}
    for option, value in zip(words[2::2], words[3::2], strict=True):
        name = option.removeprefix("--").replace("-", "_")
        if option in NO_PART:
            continue
        if name not in FIELDS or name in fields:
            return {}
        fields[name] = value
    return {"contrast": OWN, **fields} if "omega" in fields else fields
