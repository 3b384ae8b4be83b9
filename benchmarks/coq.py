"""Coq's kernel beside the checker, by kind of certificate; and random parameters exported and compiled.

    python -m benchmarks.coq LIBRARY [--sets N] [--out benchmarks/coq.json]

LIBRARY is where ``proofs/coq/compile.sh BUILD`` has put the compiled library: BUILD/library. Seconds are the
processor's, children included, so that a busy machine does not count.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath

from verified_grpo.certificates import fixed_points_certificate
from verified_grpo.certificates.canonical import canonical_bytes, digest
from verified_grpo.errors import InputError
from verified_grpo.export.files import coq_file, theorem
from verified_grpo.model import MEAN_VAR, Parameters
from verified_grpo.rigor import UndecidedFixedPoints, fixed_points
from verified_grpo.work.files import write_bytes

ROOT = Path(__file__).parents[1]
CERTIFICATES = ROOT / "reports" / "certificates"
KINDS: dict[str, tuple[str, int | None]] = {
    "one fixed point": ("fixed-points-beta-100-p_ref-0.3", None),
    "three fixed points": ("fixed-points-beta-5-p_ref-0.3", None),
    "amplification over a box": ("amplification-proved", None),
    "contraction over a box": ("contraction-proved", None),
    "contraction refuted": ("contraction-refuted", None),
    "limit, a fixed point by a trap": ("figure-5", 8),
    "limit, a cycle by a trap": ("figure-5", 0),
    "limit, a monotone run": ("figure-5", 33),
    "chaos, four points": ("s6-chaos", 1),
    "chaos, period three": ("s6-chaos", 4),
    "all cycles of period two": ("s5-beyond-beta-c", 5),
}
SEED = 7
Json = dict[str, Any]


@dataclass(frozen=True)
class Spent:
    """What a process took, and how it ended."""

    seconds: float
    megabytes: float
    code: int


def spent(command: list[str], folder: Path) -> Spent:
    """Run a command to its end."""
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(round(usage.ru_utime + usage.ru_stime, 2), usage.ru_maxrss // 1024, process.returncode)


def coqc(text: str, library: Path, folder: Path) -> Spent:
    """One exported file by the kernel."""
    (folder / "trial.v").write_text(text)
    return spent(["coqc", "-w", "none", "-Q", str(library.resolve()), "VerifiedGRPO", "trial.v"], folder)


def by_kind(library: Path, folder: Path) -> list[Json]:
    """Each kind: the kernel's seconds and memory beside the checker's, for the same claim."""
    rows: list[Json] = []
    for kind, (file, part) in KINDS.items():
        whole = json.loads((CERTIFICATES / f"{file}.json").read_text())
        statement, evidence = whole["statement"], whole["evidence"]
        if part is not None:
            statement, evidence = statement["parts"][part]["claim"], evidence["parts"][part]
        try:
            text = coq_file(file, theorem("trial", statement, evidence))
        except InputError as error:
            rows.append({"kind": kind, "declined": str(error)})
            continue
        kernel = coqc(text, library, folder)
        alone = seal_again(whole, statement, evidence)
        write_bytes(folder / "trial.json", alone)
        checker = spent([sys.executable, "-m", "verified_grpo.checker", "trial.json"], folder)
        rows.append(
            {"kind": kind, "lines": text.count("\n"), "kernel": asdict(kernel), "checker": asdict(checker)}
        )
        print(rows[-1], file=sys.stderr, flush=True)
    return rows


def seal_again(whole: Json, statement: Json, evidence: Json) -> bytes:
    """A part of a paper statement as a certificate of its own."""
    alone = {**whole, "statement": statement, "evidence": evidence}
    alone["digest"] = digest(alone)
    return canonical_bytes(alone)


def random_parameters(chance: random.Random) -> Parameters:
    """beta from 0.04 to 100, eps from 1e-6 to 1e-2, p_ref in log-odds from -9 to 9, alpha 1 or less."""
    beta = f"{0.04 * 2500 ** chance.random():.4g}"
    eps = f"{10 ** chance.uniform(-6, -2):.3g}"
    odds = 2.718281828459045 ** chance.uniform(-9, 9)
    alpha = chance.choice(["1", "1", "1", "0.9", "0.5", "0.1"])
    return Parameters.of(beta=beta, eps=eps, p_ref=f"{odds / (1 + odds):.8f}", alpha=alpha)


def near_a_fold(chance: random.Random, digits: int) -> Parameters:
    """p_ref rounded to so many digits beside a double fixed point: beta = B(p), L_ref = L - Omega/beta."""
    with mpmath.workdps(60):
        eps, at = mpmath.mpf("1e-5"), mpmath.mpf(chance.uniform(3, 10))
        v = 1 / ((1 + mpmath.exp(-at)) * (1 + mpmath.exp(at)))
        slope = mpmath.sqrt(1 - 4 * v) * v / (2 * (v + eps) ** mpmath.mpf("1.5"))
        beta = Fraction(int(slope * 10**40), 10**40)
        reference = at - 1 / mpmath.sqrt(v + eps) / (mpmath.mpf(beta.numerator) / beta.denominator)
        p = 1 / (1 + mpmath.exp(-reference))
        shown = mpmath.nstr(p, digits, min_fixed=-1000, max_fixed=1000)
    return Parameters.of(beta=str(beta), eps="1e-5", p_ref=shown)


def outcome(parameters: Parameters, library: Path, folder: Path) -> Json:
    """Solved, exported, compiled; or where it was declined."""
    shown = {key: str(low) for key, (low, _) in vars(parameters).items()}
    found = fixed_points(MEAN_VAR, parameters)
    if isinstance(found, UndecidedFixedPoints):
        return {**shown, "answer": "undecided before export"}
    certificate = fixed_points_certificate(found)
    kinds = [point["stability"] for point in certificate["statement"]["fixed_points"]]
    try:
        text = coq_file("trial", theorem("trial", certificate["statement"], certificate["evidence"]))
    except InputError as error:
        return {**shown, "kinds": kinds, "answer": "declined by the export", "reason": str(error)}
    kernel = coqc(text, library, folder)
    answer = "accepted" if kernel.code == 0 else "refused by the kernel"
    return {**shown, "kinds": kinds, "answer": answer, **asdict(kernel)}


def main() -> None:
    """Measure, and write the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--sets", type=int, default=200, help="random parameters, a tenth of them near folds")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "coq.json")
    asked = parser.parse_args()
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder, sets = Path(name), list[Json]()
        kinds = by_kind(asked.library, folder)
        for number in range(asked.sets):
            near = number % 10 == 9
            parameters = near_a_fold(chance, 2 + number // 10) if near else random_parameters(chance)
            sets.append({"near a fold": near, **outcome(parameters, asked.library, folder)})
            print(number, sets[-1]["answer"], sets[-1].get("seconds"), file=sys.stderr, flush=True)
            if number % 10 == 9 or number == asked.sets - 1:
                write_bytes(asked.out, (json.dumps(report(kinds, sets), indent=1) + "\n").encode("ascii"))


def report(kinds: list[Json], sets: list[Json]) -> Json:
    """What has been measured so far."""
    times = sorted(item["seconds"] for item in sets if item["answer"] == "accepted")
    answers = {
        label: dict(Counter(item["answer"] for item in sets if item["near a fold"] is near))
        for label, near in (("random", False), ("near folds", True))
    }
    lines = sum(len(file.read_text().splitlines()) for file in (ROOT / "proofs" / "coq").glob("*.v"))
    return {
        "machine": {"python": platform.python_version(), "cores": os.cpu_count(), "coq": "8.16.1"},
        "lines of the library": lines,
        "kinds": kinds,
        "answers": answers,
        "seconds of a set": {"least": times[0], "median": times[len(times) // 2], "most": times[-1]},
        "sets": sets,
    }


if __name__ == "__main__":
    main()
