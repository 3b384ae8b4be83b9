"""Three checkers, one corpus: Arb, rationals and the checker proved in Coq on every accepted, rejected and
mutated certificate of the kinds that it covers. `python -m soak proved` makes up to 10,000 mutants of each
kind, within its budget.

A disagreement is told with its cause: the other checkers' diagnostic, or what was changed. One that states
something false, by construction or by an oracle that never sees evidence, is an escape.
"""

from __future__ import annotations

import json
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.checker import corpus
from tests.checker.beyond import beyond
from tests.checker.builder import Json, seal
from tests.checker.mutations import mutant
from tests.checker.oracle import contradicted
from verified_grpo.checker import check_bytes
from verified_grpo.export import proved

from .believed import believed
from .deciding import counted, state
from .ledger import ROOT, Entry
from .three import ACCEPTED, Row

FILES = ("tests/checker/mutations.py", "tests/checker/beyond.py", "soak/three.py", "soak/proved.py")
"""How mutants are made and counted; each kind's row is of what decides that kind, too."""
KINDS = [kind for kinds in proved.FAMILIES.values() for kind in kinds]
CHUNK = 100
TARGET = 10_000
SECONDS = 10.0  # of the processor, for a mutant; one whose precision or cells have grown may take hours
SHARE_BEYOND = 0.2


def covered(statement: Any) -> bool:
    """Whether the proved checker is there for a statement."""
    try:
        return not proved.not_covered(json.dumps({"statement": statement}).encode())
    except (ValueError, TypeError, RecursionError):
        return False


def files(folder: str) -> dict[str, bytes]:
    """The corpus' files of covered kinds in one of its folders."""
    found = {}
    for name, (_, data) in corpus.files().items():
        try:
            if name.startswith(folder) and covered(json.loads(data)["statement"]):
                found[name] = data
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found


def compare(
    row: Row, files: Iterable[tuple[bytes, str, bool]], vcheck: Path, folder: Path, seconds: float = SECONDS
) -> None:
    """Files through the three of them: bytes, what was done, whether they are false by construction."""
    told, paths = list(files), []
    for k, (data, _, _) in enumerate(told):
        paths.append(folder / f"{k}.json")
        paths[-1].write_bytes(data)
    for one, answer in zip(told, proved.check_all(paths, vcheck, seconds=seconds), strict=True):
        _compare(row, *one, answer)


def _compare(row: Row, data: bytes, what: str, false: bool, answer: proved.Answer) -> None:
    arb, rational = check_bytes(data, "arb"), check_bytes(data, "rational")
    own, told = answer.outcome == "proved", (arb.code.value, rational.code.value)
    if own and (reason := "moved past the truth" if false else _false(answer.statement or {}, told[0])):
        row.escapes.append(f"{what}: {reason}")
    row.compare(own, *told, what)


def _false(statement: Json, arb: str) -> str | None:
    """Why a statement that is proved is false, as far as samples tell; none refutes that something exists."""
    if arb == ACCEPTED or statement.get("verdict") == "refuted":
        return None
    return contradicted(statement)


def mutants(kind: str, count: int, seed: str) -> Iterator[tuple[bytes, str, bool]]:
    """Of the accepted certificates of a kind: bytes, what was done, whether it is false by construction."""
    source = random.Random(f"{kind} {seed}")
    good = [json.loads(data) for data in files("accepted/").values()]
    own = [document for document in good if document["statement"]["kind"] == kind]
    while count > 0:
        document = source.choice(own)
        moved = beyond(document, source) if source.random() < SHARE_BEYOND else None
        changed, what = (moved, "a unit beyond") if moved else mutant(document, good, source)
        if changed != document and covered(changed.get("statement")):
            count -= 1
            yield seal(changed), re.sub(r"-?\d[-\d./e]*", "#", what)[:60], moved is not None


def found(held: Entry) -> list[str]:
    """What is proved and false, in the entry."""
    rows = [*held.get("kinds", {}).values(), *held.get("corpus", {}).values()]
    return [escape for row in rows for escape in row["escapes"]]


def run(held: Entry, seed: int, budget: float) -> Iterator[str]:
    """The corpus once, then mutants in turns of the kinds, until the target or the budget is used up."""
    vcheck, end = proved.program(library()), time.monotonic() + budget
    held["believed"] = believed()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if held.get("corpus code") != (code := state(KINDS)):
            held["corpus"] = {
                part: _corpus(part, vcheck, folder) for part in ("accepted/", "rejected/", "malformed/")
            }
            held["times"], held["corpus code"] = times(vcheck, folder), code
            yield "proved: the corpus"
        before = held.get("kinds", {})
        rows = held["kinds"] = {kind: counted(before.get(kind), state([kind])) for kind in KINDS}
        while time.monotonic() < end and (left := [kind for kind in rows if _tried(rows[kind]) < TARGET]):
            kind = min(left, key=lambda kind: rows[kind]["seconds"])  # the same time for each
            kept, start = rows[kind], time.monotonic()
            row = Row(kept["counts"], kept["causes"], kept["escapes"])
            compare(row, mutants(kind, CHUNK, f"{seed} {kept['chunks']}"), vcheck, folder)
            kept["chunks"] += 1
            kept["seconds"] = round(kept["seconds"] + time.monotonic() - start, 1)
            yield f"proved: {sum(map(_tried, rows.values())):,} mutants"


def library() -> Path | None:
    """Compiled, where `make coq` has been here."""
    built = ROOT / "build/coq/library"
    return built if (built / "Returns.vo").exists() else None


def _tried(row: Json) -> int:
    return sum(row.get("counts", {}).values())


def _corpus(part: str, vcheck: Path, folder: Path) -> Json:
    row = Row()
    held = ((data, name, False) for name, data in files(part).items())
    compare(row, held, vcheck, folder, proved.SECONDS)
    return {"counts": row.counts, "causes": row.causes, "escapes": row.escapes}


def times(vcheck: Path, folder: Path) -> Json:
    """Milliseconds of processor time by kind, medians over accepted certificates; the program's with its
    start."""
    found: dict[str, dict[str, list[float]]] = {}
    for data in files("accepted/").values():
        row = found.setdefault(
            json.loads(data)["statement"]["kind"], {"arb": [], "rational": [], "proved": []}
        )
        for name in ("arb", "rational"):
            start = time.process_time()
            check_bytes(data, name)
            row[name].append(time.process_time() - start)
        (folder / "one.json").write_bytes(data)
        start = _of_children()
        proved.check(folder / "one.json", vcheck)
        row["proved"].append(_of_children() - start)
    return {
        kind: {"files": len(row["arb"]), **{name: round(1000 * median(row[name]), 1) for name in row}}
        for kind, row in sorted(found.items())
    }


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
