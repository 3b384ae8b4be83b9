"""The command line: it reads words, calls one room, prints the answer, and ends with the exit code of the
contract.

Exit codes: 0 proved or accepted, 1 refuted or rejected, 2 undecided or declined, and nothing else ends with
these three. 64 wrong usage, 70 a fault of the program, 74 a file that could not be read or written (standard
output is one), 130 interrupted. With ``--json`` standard output holds one JSON object and nothing else; where
there is no answer it is {"error": ..., "exit_code": ...}. Progress and messages go to standard error.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

import typer

from .commands import application, load, named, needed
from .commands.extras import missing
from .commands.options import FAULT, INTERRUPTED, PROVED, UNWRITABLE, USAGE, failed, failure, shown
from .errors import VerifiedGrpoError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the contract's exit code; errors are one line, never a
    traceback, unless ``--debug`` asks for it."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a path may be bytes that are no text: they come out again
        sys.stdout.reconfigure(errors="surrogateescape")
    with _terminated_as_interrupted():
        try:
            shown.answered = False
            code, reason = _ended(words)
            if reason:
                failure(reason)
                failed(words, code, reason)
        except OSError:  # standard error is gone, too: the exit code is all that is left
            code = UNWRITABLE
    sys.exit(code)


def _ended(words: list[str]) -> tuple[int, str]:
    """The exit code, and the line that says why where there is no answer. This is the one place where
    whatever was raised ends."""
    streams = sys.stdout, sys.stderr
    try:
        load(needed(words))
        code = application()(args=words, standalone_mode=False)
        sys.stdout.flush()
        return (code, _GO_ON if code == INTERRUPTED else "") if code else (PROVED, "")
    except KeyboardInterrupt:
        return INTERRUPTED, _GO_ON
    except typer.TyperException as error:  # its message is empty where the help was the answer
        return USAGE, error.format_message() if hasattr(error, "format_message") else str(error)
    except VerifiedGrpoError as error:
        return error.exit_code, str(error)
    except OSError as error:
        return _unwritable(error)
    except ModuleNotFoundError as error:
        reason = missing(error, named(words))
        return (USAGE, reason) if reason else _fault(error)
    except SystemExit as end:  # the libraries' way out where nobody reads standard output any more
        if isinstance(end.__context__, OSError):
            return _unwritable(end.__context__)
        raise
    except BaseException as error:
        return _fault(error)
    finally:
        sys.stdout, sys.stderr = streams


_GO_ON = "interrupted; run it again to go on"


def _unwritable(error: OSError) -> tuple[int, str]:
    """A file that the system gives or takes no longer. Without a name it is standard output; what is left in
    its buffer must not be tried again when the process ends."""
    if error.filename is None:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
    name = "standard output" if error.filename is None else error.filename
    return UNWRITABLE, f"cannot read or write {name}: {error.strerror or error}"


def _fault(error: BaseException) -> tuple[int, str]:
    """A fault of the program: no verdict on anything."""
    if shown.traceback:
        traceback.print_exception(error)
    said = " ".join(str(error).split()) or "no message"
    return FAULT, f"a fault of the program: {type(error).__name__}: {said} (--debug shows where)"


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """SIGTERM ends the work as Ctrl-C does: what is half written is removed, processes side by side end."""

    owner = os.getpid()

    def interrupted(number: int, frame: FrameType | None) -> NoReturn:
        if os.getpid() != owner:  # a process that was forked to work for this one
            os._exit(INTERRUPTED)
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # handlers are the main thread's
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    main()
