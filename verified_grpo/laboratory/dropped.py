"""Files that are given to the page: a configuration becomes a question, a table one question for each rate.

YAML needs libraries that a page loads when they are needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..audit.configurations import read_configuration
from ..audit.configurations.words import other_keys, scaled, settings_read
from ..errors import InputError, VerifiedGrpoError
from ..intervals import exact_range
from .presets import beyond, fields
from .tables import rates


def configuration(name: str, p_ref: str) -> str:
    """What a configuration in a file asks, as JSON: the `fields` of the question, in words what was `read`,
    the `assumptions`, what is `not_covered`, and `others`; or a line, `error`, and what it `needs`."""
    return _told(lambda: _configuration(Path(name), p_ref))


def table(name: str) -> str:
    """What :func:`.tables.rates` finds in a file, as JSON; or a line, `error`."""
    return _told(lambda: rates(Path(name)))


def _told(asked: Callable[[], dict[str, Any]]) -> str:
    try:
        return json.dumps(asked())
    except VerifiedGrpoError as error:
        return json.dumps({"error": " ".join(str(error).split())})
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        return json.dumps({"error": f"reading this needs {library}, which is not here", "needs": library})


def _configuration(path: Path, p_ref: str) -> dict[str, Any]:
    found = read_configuration(path)
    if found.clamps and beyond(found):
        idle = found.under_its_kl(exact_range(p_ref or "1/2")[0])
        found = replace(idle, clamps=()) if idle.computable else found
    if why := beyond(found):
        raise InputError(f"{path}: nothing is asked: {why}")
    return {
        "fields": fields(found),
        "read": f"{found.framework} {found.version}, {scaled(found)}: {settings_read(found)}.",
        "assumptions": list(found.assumptions),
        "not_covered": list(found.not_covered),
        "others": list(other_keys(found)),
    }
