"""What every outcome has in common: it is an answer in several ways, and so neither true nor false."""

from __future__ import annotations

from typing import ClassVar, NoReturn


class NoTruthValue:
    """The base of outcomes. Python finds every object true: `if certify(...)` would hold of a refutation, so
    `bool()` of an outcome raises, with the name of the attribute ``read`` that says what came of it.

    Raises:
        TypeError: always, from `bool()`.
    """

    _read: ClassVar[str]

    def __init_subclass__(cls, *, read: str = "", **further: object) -> None:
        super().__init_subclass__(**further)
        if read:
            cls._read = read

    def __bool__(self) -> NoReturn:
        kind = type(self).__name__
        raise TypeError(
            f"an outcome ({kind}) is not true or false: read its attribute `{self._read}`, or ask "
            f"`isinstance(outcome, {kind})`"
        )
