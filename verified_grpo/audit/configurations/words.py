"""A configuration in words, the same on a terminal, on a page and beside a table."""

from __future__ import annotations

from ...characters import shortened
from .configuration import Configuration
from .settings import Read

LONGEST = 120


def scaled(configuration: Configuration) -> str:
    """The contrast with its scale; of a long expression its beginning."""
    contrast = configuration.contrast
    return "no contrast of the model" if contrast is None else shortened(contrast.label, LONGEST)


def settings_read(configuration: Configuration) -> str:
    """The settings that the answer rests on, each with its place in the file, or as the framework's default;
    those of the file first."""
    ordered = sorted(configuration.read, key=lambda item: not item.given)
    return ", ".join(f"{item.key} {item.value}{_from(item)}" for item in dict.fromkeys(ordered))


def _from(item: Read) -> str:
    if not item.given:
        return " (default)"
    return f" ({item.origin})" if item.origin else ""


def place(configuration: Configuration) -> str:
    """Where the KL stands, and for which answers that is the KL of the model; empty without one."""
    if not configuration.place or not configuration.beta:
        return ""
    if configuration.place == "reward":
        return "The KL stands in the reward: that of whole answers, of one token or of many."
    return "The KL stands in the loss, a sum over tokens: the model's for answers of one token, else another."


def other_keys(configuration: Configuration) -> tuple[str, ...]:
    """What is to be said of the keys that the mapping did not read; unknown ones are named."""
    said = []
    if configuration.unknown:
        names = ", ".join(configuration.unknown)
        said.append(f"Not known to this mapping, and nobody says that they change nothing: {names}.")
    if configuration.neutral:
        said.append(f"Known to change nothing that is asked here: {_counted(configuration.neutral)}.")
    if configuration.outside:
        said.append(
            f"Outside the sections of the algorithm, not looked at: {_counted(configuration.outside)}."
        )
    return tuple(said)


def _counted(keys: tuple[str, ...]) -> str:
    return "1 key of the file" if len(keys) == 1 else f"{len(keys)} keys of the file"
