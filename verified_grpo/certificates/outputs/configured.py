"""The configuration that an answer's numbers come from."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from ..grammar.values import Number


class Setting(TypedDict):
    """A key of a configuration; ``given``: it stands in the file; ``origin``: where, empty if not known."""

    key: str
    value: str
    given: bool
    origin: str


class FromFile(TypedDict):
    """The configuration whose numbers were taken: ``weight`` is its KL weight, the model's beta times
    ``contrast_scale``."""

    framework: str
    framework_version: str
    weight: Number
    contrast_scale: Number
    settings: list[Setting]
    assumptions: list[str]
    unknown: list[str]


class OfConfiguration(TypedDict):
    """Beside an answer whose numbers come from ``--config``."""

    configuration: NotRequired[FromFile]
