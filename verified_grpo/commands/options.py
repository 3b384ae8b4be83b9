"""What the commands share: the application, the options that every command spells alike, the exit codes of
the contract, and the one way in which an answer is printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, Group

from ..characters import marked, visible
from ..errors import FileError, InputError
from ..intervals.names import ENGINES
from ..work.files import is_standard_output, is_stream, require_folder, require_output

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn
    from rich.table import Table

    from ..certificates.grammar.values import AnyCertificate

MAX_WIDTH = 1000
PROVED, REFUTED, UNDECIDED = 0, 1, 2
USAGE, FAULT, UNWRITABLE, INTERRUPTED = InputError.exit_code, 70, FileError.exit_code, 130

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False, markup=False, emoji=False)
"""Where progress and remarks go; `--quiet` silences it."""
_failures = Console(stderr=True, highlight=False, markup=False, emoji=False)
"""Nothing silences it."""


@dataclass
class Shown:
    """What the options before the command ask to be shown, and whether an answer was."""

    traceback: bool = False
    answered: bool = False


shown = Shown()


def typed_options(context: typer.Context) -> list[str]:
    """The names of the options that were typed, whether or not they say what is meant without them."""
    sources = ((name, context.get_parameter_source(name)) for name in context.params)
    return [name for name, source in sources if source is not None and source.name == "COMMANDLINE"]


def _version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        from .._version import __version__

        sys.stdout.write(f"verified-grpo {__version__}\n")
        raise typer.Exit


@app.callback()
def general(
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="no progress and no remarks, only the answer")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="the version, and end")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="show where in the program a fault of it lies")
    ] = False,
) -> None:
    """Certified dynamics of GRPO. Numbers are exact text: 0.04, 1e-5, 3/10; a range is LO:HI.

    Example:

    verified-grpo fixed-points --beta 5 --eps 1e-5 --p-ref 0.001
    """
    errors.quiet, shown.traceback = quiet, debug


def progress(*columns: ProgressColumn) -> Progress:
    """A bar with the time left, or with other columns, on a terminal only."""
    from rich.progress import Progress

    hidden = errors.quiet or not errors.is_terminal
    return Progress(*columns, console=errors, transient=True, disable=hidden)


def remark(text: str) -> None:
    """One line on standard error beside the answer; the names in it may be anybody's."""
    errors.print(visible(text), soft_wrap=True)


def write_certificate(file: Path, certificate: AnyCertificate) -> None:
    """The certificate in its file, and a remark that it is there."""
    from ..certificates.canonical import write

    write(file, certificate)
    remark(f"certificate written to {file}")


def failure(reason: str) -> None:
    """The one line that says why a command failed."""
    _failures.print(f"verified-grpo: {visible(reason)}", soft_wrap=True)


def failed(words: Sequence[str], code: int, reason: str) -> None:
    """Where ``--json`` was asked for and no answer was given: the one object, which says what the exit code
    and the line say. Where standard output holds a certificate it stays that."""
    outs = [b for a, b in pairwise(words) if a == "--out"] + [w[6:] for w in words if w.startswith("--out=")]
    if "--json" in words and not shown.answered and not any(is_standard_output(Path(out)) for out in outs):
        sys.stdout.write(json.dumps({"error": visible(reason), "exit_code": code}) + "\n")
        sys.stdout.flush()


def sibling(out: Path, ending: str) -> Path:
    """The file with this ending in its name, next to another one; a stream takes all, one after another."""
    return out if is_stream(out) else out.with_name(f"{out.stem}{ending}{out.suffix}")


def named(text: str, name: str = "--out", kind: str = "file or a folder") -> Path:
    """A path that was given; an empty text would be the folder where one is.

    Raises:
        InputError: the text is empty.
    """
    if not text:
        raise InputError(f"{name} names a {kind}, and has no name here")
    return Path(text)


def output_file(name: str, help: str) -> Any:
    """An option for a file that is written in the end, and tested before the work begins."""

    def tested(text: str) -> Path:
        path = named(text, name, "file")
        if path.is_dir():
            raise InputError(f"{path}: {name} names a file, and this is a folder")
        require_output(path)
        return path

    return typer.Option(name, help=help, parser=tested, metavar="<path>")


def output_folder(name: str, help: str) -> Any:
    """An option for a folder that is written into in the end, and tested before the work begins."""

    def tested(text: str) -> Path:
        path = named(text, name, "folder")
        require_folder(path)
        return path

    return typer.Option(name, help=help, parser=tested, metavar="<path>")


def one_of(*names: str) -> Callable[[str], list[str]]:
    """Completion of a word that is one of these names."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    return complete


def contrast_names(incomplete: str) -> list[str]:
    """Completion of a contrast; the model is loaded only where that is asked for."""
    from ..model.contrasts import DEFINITIONS

    return one_of(*DEFINITIONS)(incomplete)


CONTRAST_HELP = "mean-var, mean-std, mean, group, or another of the model's table"


def _engine(name: str) -> str:
    """An engine that serves single questions, refused here even where no engine would be needed.

    Raises:
        InputError: another one.
    """
    if name == "array":
        raise InputError("engine array is that of tables and atlases: choose mpmath or arb here")
    if name not in ENGINES:
        raise InputError(f"unknown engine {name!r}: choose {' or '.join(ENGINES)}")
    return name


def engine_option() -> Any:
    """The option that names the arithmetic of the search."""
    return typer.Option(
        "--engine",
        help="arithmetic of the search: mpmath or arb",
        parser=_engine,
        metavar="<str>",
        autocompletion=one_of(*ENGINES),
    )


# Each option is worded once; `audit`, which has three modes, may do without.
EPS: Any = typer.Option("--eps", help="stabiliser of the advantage, > 0")
P_REF: Any = typer.Option("--p-ref", help="success probability of the reference, in (0, 1)")
ALPHA: Any = typer.Option("--alpha", help="share of the KL weight on the reference, in [0, 1]")
GROUP_SIZE: Any = typer.Option("--group-size", help="G, for contrast group")
DDOF: Any = typer.Option("--ddof", help="0 or 1, for contrast group")

Beta = Annotated[str, typer.Option("--beta", help="KL weight, > 0")]
BetaOr0 = Annotated[str, typer.Option("--beta", help="KL weight, 0 (no KL) or more")]
Eps = Annotated[str, EPS]
PRef = Annotated[str, P_REF]
PRefOrClasses = Annotated[str | None, P_REF]
Alpha = Annotated[str, ALPHA]
ContrastName = Annotated[
    str | None, typer.Option("--contrast", help=CONTRAST_HELP, autocompletion=contrast_names)
]
GroupSize = Annotated[int, GROUP_SIZE]
Ddof = Annotated[int, DDOF]
Omega = Annotated[
    str | None,
    typer.Option("--omega", help="a contrast of your own, in p, q = 1-p, v = pq, eps: '1/(p + eps)'"),
]
RewardValues = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--reward-values",
        help="rewards of a failure and of a success, if not 0 and 1: 0.1 1.1; beta stays what it is",
    ),
]
BatchStd = Annotated[
    str | None,
    typer.Option(
        "--batch-std", help="with --contrast batch: the batch's standard deviation, a number or range"
    ),
]
EngineName = Annotated[str, engine_option()]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object on standard output")]


def answer(
    payload: Mapping[str, object], text: str | Table | Group, as_json: bool, *, out: Path | None = None
) -> None:
    """One answer on standard output: JSON, or text for a person. It comes last: what it says is on disk by
    then. Where ``out`` was standard output, which holds the certificate, it goes to standard error."""
    stream = sys.stderr if out is not None and is_standard_output(out) else sys.stdout
    shown.answered = True
    if as_json:
        stream.write(json.dumps(payload) + "\n")
    else:
        words = marked(text) if isinstance(text, str) else text
        plain = isinstance(text, str)
        console = Console(file=stream, highlight=False, markup=not plain, emoji=False, soft_wrap=plain)
        console.width = max(console.width, _needed(console, text))
        console.print(words)


def _needed(console: Console, text: str | Table | Group) -> int:
    """Columns without which a table would cut numbers off; a narrower terminal wraps its lines."""
    from rich.measure import Measurement
    from rich.table import Table

    parts = text.renderables if isinstance(text, Group) else [text]
    room = console.options.update(width=MAX_WIDTH)
    return max((Measurement.get(console, room, x).minimum for x in parts if isinstance(x, Table)), default=0)
