"""What the commands share: the application, the options that every command spells alike, the exit codes of
the contract, and the one way in which an answer is printed.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console, Group
from rich.table import Table

from ..errors import InputError

PROVED, REFUTED, UNDECIDED, USAGE, INTERRUPTED = 0, 1, 2, InputError.exit_code, 130

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    help="Certified dynamics of GRPO. Numbers are exact text: 0.04, 1e-5, 3/10; a range is LO:HI.",
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False)

Beta = Annotated[str, typer.Option("--beta", help="KL weight, > 0")]
Eps = Annotated[str, typer.Option("--eps", help="stabiliser of the advantage, > 0")]
PRef = Annotated[str, typer.Option("--p-ref", help="success probability of the reference, in (0, 1)")]
Alpha = Annotated[str, typer.Option("--alpha", help="share of the KL weight on the reference, in [0, 1]")]
ContrastName = Annotated[str, typer.Option("--contrast", help="mean-var, mean-std, mean or group")]
GroupSize = Annotated[int, typer.Option("--group-size", help="G, for contrast group")]
Ddof = Annotated[int, typer.Option("--ddof", help="0 or 1, for contrast group")]
EngineName = Annotated[str, typer.Option("--engine", help="arithmetic of the search: mpmath or arb")]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object on standard output")]


def answer(payload: dict[str, Any], text: str | Table | Group, as_json: bool) -> None:
    """One answer on standard output: JSON, or text for a person."""
    if as_json:
        sys.stdout.write(json.dumps(payload) + "\n")
    else:
        Console(highlight=False, soft_wrap=isinstance(text, str)).print(text)
