"""What fixtures are made with: contrasts, parameters, and documents with one thing changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from .builder import Json

MEAN_VAR, MEAN_STD, MEAN = ({"contrast": name} for name in ("mean-var", "mean-std", "mean"))
GROUP_8, GROUP_16 = ({"contrast": "group", "group_size": size, "ddof": 1} for size in (8, 16))


def group(size: int, ddof: int) -> Json:
    """The contrast of groups."""
    return {"contrast": "group", "group_size": size, "ddof": ddof}


def at(beta: Any, eps: Any, p_ref: Any, alpha: Any = "1") -> Json:
    """Parameters, each a number or a range."""
    return {"alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}


def edited(document: Json, *path: Any, value: Any) -> Json:
    """A copy with the value at a path replaced."""
    document = copy.deepcopy(document)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return document


def without(document: Json, *path: Any) -> Json:
    """A copy with the value at a path left out."""
    document = copy.deepcopy(document)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return document


Bad = Iterator[tuple[str, tuple[str, Json]]]
