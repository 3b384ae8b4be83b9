"""Dumps that a run leaves behind: W&B's ``config.yaml``, Hydra's ``.hydra/overrides.yaml``."""

from __future__ import annotations

from typing import Any

WRAPPER, ITS_OWN = {"value", "desc"}, ("wandb_version", "_wandb")


def unwrapped(tree: dict[str, Any]) -> dict[str, Any] | None:
    """The settings of a W&B dump, which holds each value under ``value``; None for any other file."""
    wrapped = {key: item for key, item in tree.items() if key not in ITS_OWN}
    if not wrapped or not all(
        isinstance(item, dict) and "value" in item and set(item) <= WRAPPER for item in wrapped.values()
    ):
        return None
    return {key: item["value"] for key, item in wrapped.items()}


def is_overrides(tree: Any) -> bool:
    """Whether a YAML file is a list of Hydra's overrides, ``key=value`` each."""
    return (
        isinstance(tree, list)
        and bool(tree)
        and all(isinstance(word, str) and "=" in word.lstrip("+~") for word in tree)
    )
