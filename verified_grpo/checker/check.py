"""From bytes to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedReader
from os import PathLike

from verified_grpo.checker.answer_classes import AnswerClasses
from verified_grpo.checker.arithmetic import another_than, using
from verified_grpo.checker.atlas import Atlas
from verified_grpo.checker.budget import Budget
from verified_grpo.checker.chaos import Chaos
from verified_grpo.checker.chaos_region import ChaosRegion
from verified_grpo.checker.clipping import ClippedTrajectory
from verified_grpo.checker.contours import Contours
from verified_grpo.checker.curves import Curve
from verified_grpo.checker.cycles import Cycles
from verified_grpo.checker.diagnostics import Code, Fault, Verdict, require
from verified_grpo.checker.findings import Finder
from verified_grpo.checker.flow import FlowTime
from verified_grpo.checker.fuel import DEFAULT, fuelled
from verified_grpo.checker.identities import Identity
from verified_grpo.checker.inequalities import Inequality
from verified_grpo.checker.k3 import K3Amplification, K3Convergence, K3FixedPoint
from verified_grpo.checker.k3_steps import K3SmallSteps
from verified_grpo.checker.limits import MAX_BYTES
from verified_grpo.checker.line import FixedPoints
from verified_grpo.checker.paper import Claim, Judgement, PaperStatement
from verified_grpo.checker.passage import Passage
from verified_grpo.checker.pull_steps import PullSmallSteps
from verified_grpo.checker.reading import fingerprint, mapping, read_document, text
from verified_grpo.checker.region import Region
from verified_grpo.checker.sequences import Limit
from verified_grpo.checker.small_steps import SmallSteps
from verified_grpo.checker.trajectory import Trajectory
from verified_grpo.checker.verifiers import ErringVerifier, VerifierCeiling

Reader = Callable[[dict[str, object]], Claim]

_FORMAL: dict[str, Reader] = {
    "fixed-points": FixedPoints.read,
    "amplification": Region.read,
    "contraction": Region.read,
    "uniqueness": Region.read,
    "convergence": Region.read,
    "no-cycles": Region.read,
    "identity": Identity.read,
    "inequality": Inequality.read,
    "limit": Limit.read,
    "small-steps": SmallSteps.read,
    "passage": Passage.read,
    "trajectory": Trajectory.read,
    "clipped-trajectory": ClippedTrajectory.read,
    "flow-time": FlowTime.read,
    "answer-classes": AnswerClasses.read,
    "atlas": Atlas.read,
    "contours": Contours.read,
    "cycles": Cycles.read,
    "curve": Curve.read,
    "chaos": Chaos.read,
    "chaos-region": ChaosRegion.read,
    "k3-fixed-point": K3FixedPoint.read,
    "k3-amplification": K3Amplification.read,
    "k3-convergence": K3Convergence.read,
    "k3-small-steps": K3SmallSteps.read,
    "pull-small-steps": PullSmallSteps.read,
    "kl-budget": Budget.read,
    "erring-verifier": ErringVerifier.read,
    "verifier-ceiling": VerifierCeiling.read,
}


def check_file(path: str | PathLike[str], arithmetic: str | None = None, *, fuel: int = DEFAULT) -> Verdict:
    """The verdict on a certificate in a file; a file that cannot be read is declined."""
    try:
        data = read_file(path)
    except Fault as fault:
        return Verdict(fault.code, str(fault))
    return check_bytes(data, arithmetic, fuel=fuel)


def read_file(path: str | PathLike[str]) -> bytes:
    """The bytes of a file, one more than are allowed at the most; a fault where it cannot be read."""
    with opened(path) as file:
        return file.read(MAX_BYTES + 1)


@contextmanager
def opened(path: str | PathLike[str]) -> Iterator[BufferedReader]:
    """A file to read bytes from; a fault where that is not possible, or no longer."""
    try:
        with open(path, "rb") as file:
            yield file
    except UnicodeDecodeError:
        raise  # of what was read, and not of reading
    except (OSError, ValueError) as error:
        raise Fault(Code.UNREADABLE_FILE, f"the file cannot be read: {error}") from None


def check_bytes(data: bytes, arithmetic: str | None = None, *, fuel: int = DEFAULT) -> Verdict:
    """The verdict on the bytes of a certificate, whatever they are: never an exception.

    `arithmetic` is one of `arithmetic.NAMES`: enclosures by Arb, or by the package's own rationals; without
    it the one that did not find the certificate, as far as its provenance says: rationals for what Arb
    found, else Arb. `fuel` is what the check may cost (fuel.py); a file that needs more is declined.
    ACCEPTED means: the statement in the verdict's text is established by the evidence, given what the
    package's docstring says must be trusted. REJECTED does not mean that the statement is false.
    """
    verdict = partial(Verdict)
    try:
        with fuelled(fuel):
            document = read_document(data)
            statement, own = document["statement"], text(document["digest"], "digest")
            provenance = mapping(document["provenance"], "provenance")
            engine = text(provenance["engine"], "")  # foreign text, no more than a hint
            used = arithmetic or another_than(engine)
            verdict = partial(verdict, engine=engine, arithmetic=used, digest=own)
            verdict = partial(verdict, claim=statement, claim_digest=fingerprint(statement))
            with using(used):
                claim = read_statement(statement)
                verdict = partial(verdict, statement_text=claim.words)
                claim.check(document["evidence"])
                if isinstance(claim, Finder):
                    found = claim.findings()
                    said = f"{claim.words}\n{found.sentence}"
                    verdict = partial(verdict, statement_text=said, decided=found.decided)
                    verdict = partial(verdict, found=found.numbers)
        return verdict(Code.ACCEPTED, "every step of the evidence was checked")
    except Exception as error:
        return verdict(*reason(error))


def reason(error: Exception) -> tuple[Code, str]:
    """What a check that ended so says of the file, and why."""
    if isinstance(error, Fault):
        return error.code, str(error)
    if isinstance(error, (MemoryError, OverflowError, RecursionError)):
        return Code.TOO_MUCH_WORK, f"the check went beyond this machine's limits: {error}"
    return Code.CHECKER_FAULT, f"a fault of the checker, not of the file: {str(error)[:200]!r}"


def judgement_of(statement: dict[str, object]) -> Judgement:
    """The verdict computed for a statement of the paper that states none; the evidence is not looked at.

    Raises:
        Fault: the statement is not of the form that the checker reads, or a rule of its steps does not apply.
    """
    return PaperStatement.computed(statement, _read_formal).judgement


def read_statement(value: object) -> Claim:
    """The statement of a certificate of any kind; nothing of it is established by reading it."""
    return _read(value, "statement", _KINDS)


def _read_formal(value: object, where: str) -> Claim:
    """A statement of any kind but the paper's: those do not nest."""
    return _read(value, where, _FORMAL)


def _read_paper(fields: dict[str, object]) -> Claim:
    return PaperStatement.read(fields, _read_formal)


def _read(value: object, where: str, known: dict[str, Reader]) -> Claim:
    fields = mapping(value, where)
    require("kind" in fields, Code.MISSING_KEY, f"{where}: the key 'kind' is missing")
    kind = text(fields["kind"], f"{where}.kind")
    require(kind in known, Code.UNKNOWN_KIND, f"{where}: this checker knows no kind {kind[:60]!r} here")
    return known[kind](fields)


_KINDS: dict[str, Reader] = {**_FORMAL, "paper-statement": _read_paper}
