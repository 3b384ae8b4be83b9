"""Files that look like a configuration of one of the frameworks and are not: each is refused by name, and
the refusal says what to write instead. They are never answered from a framework's defaults."""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import InputError
from .keys import Table
from .source import Flat

INSTEAD = (
    "where it trains as trl does, write beta, num_generations and scale_rewards into a YAML file and name "
    "--framework trl"
)


def refuse_text(path: Path, text: str) -> None:
    """Refuse programs, notebooks and TOML by the name of the file, or by what stands in it.

    Raises:
        InputError: such a file.
    """
    suffix = path.suffix.lower()
    called = re.search(r"^[^#\n]*?\b(\w*GRPOConfig\s*\()", text, re.MULTILINE)
    if suffix in (".py", ".ipynb") or called:
        what = f"a Python program ({called[1]}...))" if called else "a Python program or notebook"
        raise InputError(f"{path}: {what} is not read: {INSTEAD}")
    if suffix == ".toml":
        raise InputError(
            f"{path}: TOML (prime-rl) is not read: the frameworks that are write YAML, JSON or commands"
        )


def refuse_dump(path: Path, values: Flat, tables: tuple[Table, ...]) -> None:
    """Refuse dumps that wrap each value.

    Raises:
        InputError: such a file.
    """
    for table in tables:
        wrapped = next((key for key in table.decisive() if f"{key}.value" in values), None)
        if wrapped is not None:
            raise InputError(
                f"{path}: {wrapped} holds its value under 'value', as a dump of W&B does, which is not read: "
                f"write {wrapped}: {values[f'{wrapped}.value']}, and so on"
            )
