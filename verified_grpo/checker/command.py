"""The command line: print each statement and the verdict on it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress

from verified_grpo.checker.arithmetic import NAMES, is_installed
from verified_grpo.checker.check import read_file
from verified_grpo.checker.diagnostics import Fault, Outcome, Verdict
from verified_grpo.checker.fuel import DEFAULT, NUMBER
from verified_grpo.checker.places import read_point
from verified_grpo.checker.questions import Question
from verified_grpo.checker.reading import file_name, printable
from verified_grpo.checker.requests import Request, unreadable, worst
from verified_grpo.checker.tables import Sample

USAGE = (
    "usage: python -m verified_grpo.checker [--arithmetic arb|rational] [--fuel N] [--question FILE]\n"
    "  [--at beta=B,p_ref=P] [--rows N] [--seed S] [--json] FILE ...\n"
    "  --arithmetic: of the check; by default the one that did not find the certificate\n"
    f"  --fuel: what the check of a file may cost, {DEFAULT:,} by default\n"
    "  --question: accept only what answers the question in this file\n"
    "  --at: what an accepted atlas or curve says of a point\n"
    "  --rows, --seed: of tables (.csv, .jsonl, each with its certificate beside it) only so many rows"
)
WRONG_USAGE, FAULT, UNREADABLE, INTERRUPTED = 64, 70, 74, 130
EXIT_CODES = {Outcome.ACCEPTED: 0, Outcome.REJECTED: 1, Outcome.DECLINED: 2}


def run(arguments: Sequence[str]) -> int:
    """:func:`main`, whose answer has arrived; a verdict's code stands for nothing else than that verdict.

    70 for a fault of this program, 74 where standard output takes no more, 130 if it is interrupted.
    """
    try:
        code = main(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        code, reason = INTERRUPTED, "interrupted"
    except OSError as error:
        code, reason = UNREADABLE, f"cannot write standard output: {error.strerror or error}"
    except Exception as error:
        code, reason = FAULT, f"a fault of the checker: {type(error).__name__}: {str(error)!a}"
    with suppress(OSError):
        print(reason, file=sys.stderr)
    return code


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 if all are accepted, 1 if any is rejected, else 74 if any cannot be read, else 2; 64
    for wrong usage."""
    words = list(arguments)
    arithmetic, amount, question, point, rows, seed = (
        _option(words, name) for name in ("--arithmetic", "--fuel", "--question", "--at", "--rows", "--seed")
    )
    paths = [word for word in words if word != "--json"]
    known = arithmetic in (None, *NAMES) and all(
        x is None or NUMBER.fullmatch(x) is not None for x in (amount, rows, seed)
    )
    known = known and (seed is None or rows is not None)
    if not paths or not known or any(path.startswith("-") for path in paths):
        print(USAGE, file=sys.stderr)
        return WRONG_USAGE
    if arithmetic and not is_installed(arithmetic):
        print("arithmetic arb needs python-flint, which is not installed", file=sys.stderr)
        return WRONG_USAGE
    try:
        request = Request(
            arithmetic,
            DEFAULT if amount is None else int(amount),
            None if question is None else Question.read(read_file(question)),
            None if point is None else read_point(point),
            None if rows is None else Sample(int(rows), int(seed or 0)),
        )
    except Fault as fault:
        print(printable(str(fault)), file=sys.stderr)
        return WRONG_USAGE
    verdicts = [(path, request.verdict(path)) for path in paths]
    if "--json" in words:
        told = [{**verdict.as_json(path), "at": request.lines(verdict)} for path, verdict in verdicts]
        print(json.dumps(told, indent=1))
    else:
        for path, verdict in verdicts:
            _show("\n  ".join([_as_text(path, verdict), *request.lines(verdict)]))
    found = [verdict for _, verdict in verdicts]
    return UNREADABLE if unreadable(found) else EXIT_CODES[worst(found)]


def _option(words: list[str], name: str) -> str | None:
    """Take an option and its value out of the words; empty where the value is missing."""
    if name not in words:
        return None
    place = words.index(name)
    value = words[place + 1] if place + 1 < len(words) else ""
    del words[place : place + 2]
    return value


def arithmetics(verdict: Verdict) -> str:
    """What found a certificate, as it says, and what checked it: the end of a sentence, or nothing."""
    if not verdict.arithmetic:
        return ""
    engine = file_name(verdict.engine[:40])
    same = ": the same arithmetic" if verdict.engine == verdict.arithmetic else ""
    return f" (found with {engine}, checked with {verdict.arithmetic}{same})"


def _as_text(path: str, verdict: Verdict) -> str:
    outcome = f"{verdict.outcome.value.upper()} [{verdict.code.value}]"
    answer = f"{file_name(path)}: {outcome} {printable(verdict.message)}{arithmetics(verdict)}"
    if not verdict.statement_text:
        return answer
    body = verdict.statement_text.replace("\n", "\n  ")
    return f"{answer}\n  Statement ({verdict.standing}):\n  {body}\n  Claim: {verdict.claim_digest}"


def _show(lines: str) -> None:
    """Print, with escapes for what the terminal's encoding cannot show."""
    encoding = sys.stdout.encoding or "utf-8"
    print(lines.encode(encoding, "backslashreplace").decode(encoding))
