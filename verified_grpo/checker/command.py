"""The command line: print each statement and the verdict on it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from verified_grpo.checker.arithmetic import NAMES
from verified_grpo.checker.check import check_file
from verified_grpo.checker.diagnostics import Outcome, Verdict
from verified_grpo.checker.fuel import DEFAULT, NUMBER
from verified_grpo.checker.reading import file_name, printable

USAGE = (
    "usage: python -m verified_grpo.checker [--arithmetic arb|rational] [--fuel N] [--question FILE]\n"
    "  [--at beta=B,p_ref=P] [--json] FILE ...\n"
    "  --arithmetic: of the check; by default the one that did not find the certificate\n"
    f"  --fuel: what the check of a file may cost, {DEFAULT:,} by default\n"
    "  --question: accept only what answers the question in this file\n"
    "  --at: what an accepted atlas or curve says of a point"
)
WRONG_USAGE = 64


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 if all are accepted, 1 if any is rejected, else 2 if declined; 64 for wrong usage."""
    words = list(arguments)
    arithmetic, amount = (_option(words, name) for name in ("--arithmetic", "--fuel"))
    paths = [word for word in words if word != "--json"]
    known = arithmetic in (None, *NAMES) and (amount is None or NUMBER.fullmatch(amount) is not None)
    if not paths or not known or any(path.startswith("-") for path in paths):
        print(USAGE, file=sys.stderr)
        return WRONG_USAGE
    fuel = DEFAULT if amount is None else int(amount)
    verdicts = [(path, check_file(path, arithmetic, fuel=fuel)) for path in paths]
    if "--json" in words:
        print(json.dumps([verdict.as_json(path) for path, verdict in verdicts], indent=1))
    else:
        for path, verdict in verdicts:
            _show(_as_text(path, verdict))
    outcomes = {verdict.outcome for _, verdict in verdicts}
    if Outcome.REJECTED in outcomes:
        return 1
    return 2 if Outcome.DECLINED in outcomes else 0


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
