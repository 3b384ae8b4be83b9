"""How long a prompt of 2, 5 and 20 classes of answers takes, to find and to check, beside the same prompt of
two classes as a rate of success; a table of prompts of five classes; and a table of samples, 16 a prompt, of
five values of the reward, of which the last but one is correct; three classes whose exact iteration swings;
and a table of rates, k of 128, at which a verifier that errs passes answers.

    python -m benchmarks.classes [--prompts N] [--sampled N] [--sizes N ...] [--out benchmarks/classes.json]

Seconds are the processor's, of one thread, by Arb. Beta 1, eps 1e-5, mean-var; rewards are even steps from 0
to 1, each class half as frequent as the one below it, the best third of them correct.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from verified_grpo.answers.classes import answer_classes, solve_all
from verified_grpo.audit.judged_rates import JudgedQuestion, audit_judged
from verified_grpo.audit.pass_rates import Question
from verified_grpo.audit.pass_rates.tables import open_table
from verified_grpo.audit.reward_tables import RewardQuestion, audit_rewards
from verified_grpo.audit.reward_tables.samples import samples
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.classes import classes_certificate
from verified_grpo.checker import ARITHMETICS, check_bytes
from verified_grpo.model import MEAN_VAR, Parameters
from verified_grpo.model.classes import AnswerClasses
from verified_grpo.model.erring import Errors
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor import fixed_points
from verified_grpo.rigor.classes.outcomes import Tilted, TiltQuestion
from verified_grpo.work.files import write_bytes

from . import machine
from .passages import timed

Row = tuple[Fraction, Fraction, int]
BETA, EPS = 1, "1e-5"
RARE: list[Row] = [
    (Fraction(998, 1000), Fraction(0), 0),
    (Fraction(1, 1000), Fraction(9, 10), 0),
    (Fraction(1, 1000), Fraction(1), 1),
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=int, default=1000)
    parser.add_argument("--sampled", type=int, default=100_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 5, 20])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "classes.json")
    asked = parser.parse_args(arguments)
    results: dict[str, Any] = {
        "machine": machine.facts(),
        "seconds": "of processor time, one thread",
        "prompt": [measured(ladder(size)) for size in asked.sizes],
        "as a rate": rate(),
        "table": table(asked.prompts),
        "samples": sampled(asked.sampled),
        "a cycle": measured(RARE, 3),
        "judged": [judged(errors, asked.sampled) for errors in Errors],
    }
    write_bytes(asked.out, (json.dumps(results, indent=1) + "\n").encode())
    return 0


def ladder(size: int, shift: int = 0) -> list[Row]:
    """Classes with even rewards; another shift is another prompt."""
    parts = [2 ** (size - k) * 1000 + shift for k in range(size)]
    return [
        (Fraction(w, sum(parts)), Fraction(k, size - 1), int(3 * k >= 2 * size)) for k, w in enumerate(parts)
    ]


def measured(rows: list[Row], beta: int = BETA) -> dict[str, Any]:
    """Search and check."""
    found, seconds = timed(lambda: answer_classes(rows, beta=beta, eps=EPS))
    if not isinstance(found, Tilted):
        raise SystemExit(f"{found}")
    certificate = canonical_bytes(classes_certificate(found))
    result: dict[str, Any] = {
        "classes": len(rows), "fixed points": found.count, "search": seconds, "bytes": len(certificate),
    }  # fmt: skip
    for name in ARITHMETICS:
        verdict, seconds = timed(partial(check_bytes, certificate, name))
        result[f"check {name}"] = [verdict.outcome.value, seconds]
    return result


def rate() -> dict[str, Any]:
    """The prompt of two classes by the path of rewards 0 and 1."""
    p_ref = ladder(2)[1][0]
    box = Parameters.of(beta=BETA, eps=EPS, p_ref=p_ref)
    _, seconds = timed(lambda: fixed_points(MEAN_VAR, box, engine="arb"))
    return {"p_ref": str(p_ref), "search": seconds}


def table(prompts: int) -> dict[str, Any]:
    """Many prompts of five classes, a tenth of them different."""
    questions = [
        TiltQuestion.of(AnswerClasses.of(ladder(5, k % max(1, prompts // 10))), "mean-var", BETA, EPS)
        for k in range(prompts)
    ]
    (outcomes, distinct), seconds = timed(lambda: solve_all(questions))
    proved = sum(isinstance(outcome, Tilted) for outcome in outcomes)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "prompts": prompts,
        "distinct": distinct,
        "proved": proved,
        "search": seconds,
        "MB at most": memory,
    }


def sampled(prompts: int) -> dict[str, Any]:
    """A table of samples from the file to the certified table, with every certificate written."""
    with TemporaryDirectory() as folder:
        path, out = Path(folder) / "samples.csv", Path(folder) / "out.csv"
        draw(path, prompts)
        question = RewardQuestion.of("mean-var", BETA, EPS)
        audited, seconds = timed(lambda: audit_rewards(path, question, out=out))
        read = timed(lambda: samples(open_table(path), audited.columns, audited.correct))[1]
        assert audited.certificates is not None
        files = list(audited.certificates.iterdir())
        return {
            "rows": 16 * prompts,
            "prompts": audited.prompts,
            "distinct": audited.distinct,
            "verdicts": dict(audited.verdicts),
            "change": dict(audited.changes),
            "read": read,
            "seconds": seconds,
            "certificates": len(files),
            "MB of certificates": sum(file.stat().st_size for file in files) >> 20,
            "MB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def judged(errors: str, prompts: int) -> dict[str, Any]:
    """A table of pass rates of a verifier that passes 0.9 of right answers and 0.2 of wrong ones, with every
    certificate written."""
    with TemporaryDirectory() as folder:
        path, out, random = Path(folder) / "rates.csv", Path(folder) / "out.csv", Random(1)
        rows = [f"{k},{random.randint(0, 128)},128" for k in range(prompts)]
        path.write_text("\n".join(["prompt,k,n", *rows]) + "\n")
        clean = Question(MEAN_VAR, Fraction(BETA), Fraction(EPS))
        question = JudgedQuestion(clean, Verifier.of("0.9", "0.2"), errors)
        audited, seconds = timed(lambda: audit_judged(path, question, out=out))
        assert audited.certificates is not None
        return {
            "errors": errors,
            "prompts": audited.prompts,
            "distinct": audited.distinct,
            "verdicts": dict(audited.verdicts),
            "exact": dict(audited.exactly),
            "seconds": seconds,
            "certificates": len(list(audited.certificates.iterdir())),
        }


def draw(path: Path, prompts: int) -> None:
    """16 samples a prompt of five values; how hard a prompt is, is drawn, too."""
    random, lines = Random(1), ["prompt,reward,correct"]
    for k in range(prompts):
        ease = random.random()
        weights = [(1 - ease) ** (4 - j) * ease**j * (1, 4, 6, 4, 1)[j] for j in range(5)]
        for value in random.choices(range(5), weights, k=16):
            lines.append(f"{k},{value / 4},{int(value == 3)}")
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
