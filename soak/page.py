"""The manual's page on trust, written from the ledger: no number on it is typed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verified_grpo.work.files import write_bytes

from .ledger import ROOT, Entry

PAGE = ROOT / "docs/trust.md"

INTRODUCTION = """# Trust, measured

What must be believed, how large it is, and what came of trying to break it. This page is written by
`make soak` (`python -m soak`), from `soak/ledger/`: every count says on which date, with which seed and
versions, and for which state of the code it was made. Counts are of what was done, not of what is aimed at.
What is trusted, in words, is on the page [What is trusted](assumptions.md); the operations' semantics are on
the page [Conformance](conformance.md).
"""


def write_page(ledger: dict[str, Entry]) -> None:
    """Write `docs/trust.md` whole, or not at all."""
    parts = (_sizes, _bounds, _times, _routes, _attacks, _three, _faults, _containment, _fuzz)
    text = "\n".join([INTRODUCTION, *(line for part in parts for line in part(ledger))])
    write_bytes(PAGE, (text.rstrip() + "\n").encode())


def _sizes(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("sizes", {})).get("kinds"):
        return
    whole, arithmetic = held["whole"], held["arithmetic"]
    yield "## What to read\n"
    yield (
        "To believe an accepted certificate one reads the definitions of `verified_grpo/checker` that decide "
        "on its kind, the lemmas they name, and one of two arithmetics. `python -m soak.kernel FOLDER KIND` "
        "writes exactly these definitions out, as a package that checks this kind and nothing else; the "
        "suite holds its verdicts against the whole checker's on every fixture. Lines are counted without "
        "blank ones; *code* is without comments and docstrings, where the lemmas and their proofs stand. "
        "*Groups* is what a certificate about groups of G, or with a contrast of its own, adds.\n"
    )
    yield "| kind | code | groups | lines | where |\n|---|---:|---:|---:|---|"
    for kind, row in held["kinds"].items():
        where = ", ".join(f"{name} {count}" for name, count in row["modules"].items())
        yield f"| `{kind}` | {row['code']} | +{row['groups']} | {row['lines']} | {where} |"
    yield ""
    shown = [f"{name}: {count['lines']} lines, {count['code']} code" for name, count in arithmetic.items()]
    yield (
        f"To these comes the arithmetic ({'; '.join(shown)}; with arb, FLINT itself); `fuel`, which ends "
        "checks that cost too much and lets none pass, need not be read. The whole checker, all "
        f"kinds, printing and both arithmetics, is {whole['lines']} lines, {whole['code']} of them code.\n"
    )
    yield _stamp(held)


def _bounds(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (bounds := ledger.get("sizes", {}).get("bounds")):
        return
    yield "## Bounds\n"
    yield (
        "What goes beyond is declined or refused with a diagnostic of its own "
        "(`verified_grpo/checker/limits.py`); no function of the checker leads back to itself on what it "
        "reads but the one that writes canonical bytes, which refuses what is nested too deeply.\n"
    )
    yield "| at most | of |\n|---:|---|"
    for what, value in bounds.values():
        yield f"| {value:,} | {what} |"
    yield ""


def _times(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (times := ledger.get("sizes", {}).get("times")):
        return
    yield "## How long a check takes\n"
    yield "Milliseconds of processor time, over all certificates in `reports/` and the accepted fixtures.\n"
    yield "| kind | files | arb: median | largest | rational: median | largest |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, row in times.items():
        arb, own = row["arb"], row["rational"]
        yield (
            f"| `{kind}` | {row['files']} | {arb['median']} | {arb['largest']} | {own['median']} | "
            f"{own['largest']} |"
        )
    yield ""


def _attacks(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("attacks", {})).get("kinds"):
        return
    yield "## Attacks on the checker\n"
    yield (
        "Mutants of valid certificates with their digests made right: numbers nudged by a unit in the last "
        "place or by much, intervals narrowed, shifted, turned round, words and rules swapped, branches "
        "dropped, doubled and moved, statements exchanged. *Beyond* counts those in which a number was moved "
        "past the true value by one unit in the last place: false by construction. What each other accepted "
        "mutant states is evaluated by an oracle that never sees the evidence: at sampled parameters, with "
        "60 digits, but in floating point for `atlas`, `chaos-region`, `convergence`, `no-cycles` and "
        "entropies, whose orbits and scans are long. *Still true* therefore means that no sample contradicts "
        "it.\n"
    )
    yield "| kind | mutants | beyond | rejected | declined | accepted, still true | accepted, FALSE |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    columns = ("beyond the truth", "rejected", "declined", "true", "FALSE")
    sums = dict.fromkeys(("mutants", *columns), 0)
    for kind, row in sorted(held["kinds"].items()):
        values = {name: row.get(name, 0) for name in columns}
        values["mutants"] = sum(row.get(name, 0) for name in ("accepted", "rejected", "declined"))
        sums = {name: number + values[name] for name, number in sums.items()}
        yield f"| `{kind}` | " + " | ".join(f"{values[name]:,}" for name in sums) + " |"
    yield "| all | " + " | ".join(f"{number:,}" for number in sums.values()) + " |\n"
    yield (
        f"{held['both']:,} of them were checked with both arithmetics: {len(held['disagreements'])} "
        f"different answers.\n"
    )
    if read := held.get("sentences", 0):
        yield (
            f"{read:,} sentences that the checker printed of accepted mutants were read back, held against "
            "what was stated, and evaluated. (Those of paper statements are prose, and printed as such.)\n"
        )
    yield _stamp(held)


def _routes(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("proved", {})).get("believed"):
        return
    lines, whole = held["believed"], ledger.get("sizes", {}).get("whole", {})
    yield "## What is trusted by each route\n"
    yield "| route | what must be read | what must be believed beside it |\n|---|---|---|"
    yield (
        f"| Python, Arb | the kind's code, as above (in all: {whole.get('code', '?')} lines) | its "
        "lemmas; Python, FLINT |"
    )
    yield "| Python, rationals | the same, and the arithmetic | its lemmas; Python |"
    yield (
        "| proved, extracted (`check --proved`) | what a statement means and how it is read from JSON, as "
        "below | Coq's kernel, the four axioms of the classical reals, extraction, five operations mapped to "
        f"Zarith, OCaml, a driver of {lines['driver']} lines |"
    )
    yield ""
    yield (
        "Lines of the proved checker's definitions that a reader must believe, of each family of kinds: what "
        "its statements mean, the definitions that these name (beside those of the first line), and how a "
        f"statement is read from a tree of JSON ({lines['shared']} more that all share).\n"
    )
    yield "| kinds | meaning | named | reading |\n|---|---:|---:|---:|"
    for row in lines["families"].values():
        kinds = ", ".join(f"`{kind}`" for kind in row["kinds"])
        yield f"| {kinds} | {row['meaning']} | {row['named']} | {row['reading']} |"
    yield ""
    yield (
        "Milliseconds of processor time by kind, medians over the accepted fixtures that all three take, in "
        "one run; the program's with its start.\n"
    )
    yield "| kind | files | arb | rational | proved |\n|---|---:|---:|---:|---:|"
    for kind, row in held["times"].items():
        yield f"| `{kind}` | {row['files']} | {row['arb']} | {row['rational']} | {row['proved']} |"
    yield ""


def _three(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("proved", {})).get("kinds"):
        return
    yield "## Three checkers, one corpus\n"
    yield (
        "Accepted, rejected and malformed fixtures of the kinds that the proved checker covers, and mutants "
        "of the accepted ones, each through Arb, rationals and the proved checker. Where they disagree one "
        "makes a check that the other does not: the digest, the canonical form, unread members, and rates, "
        "cuts and points of evidence that prove nothing and harm nothing are not the proved checker's "
        "business, and it bounds cells in other ways and reads stability off the multiplier that is stated. "
        "What it does not get through within ten seconds of the processor, five for a row, it has not "
        "proved. Of a row it proves the statement that it prints, for the p_ref that the table names: that "
        "this is the row's own rate, its note and the exact iteration are the other checkers' business. "
        "*False* counts statements that are proved though a number was moved past the truth, or though "
        "samples contradict them.\n"
    )
    columns = ("all accept", "none accepts", "Python alone", "proved alone", "arithmetics apart")
    yield "| of | " + " | ".join(columns) + " | false |\n|---|" + "---:|" * (len(columns) + 1)
    rows = {f"fixtures: {part.rstrip('/')}": row for part, row in held["corpus"].items()}
    rows |= {f"mutants: `{kind}`": row for kind, row in held["kinds"].items()}
    if of_tables := ledger.get("proved_rows", {}).get("rows"):
        rows["mutants: rows of tables"] = of_tables
    causes: dict[str, int] = {}
    for name, row in rows.items():
        counts = " | ".join(f"{row['counts'].get(column, 0):,}" for column in columns)
        yield f"| {name} | {counts} | {len(row['escapes'])} |"
        for cause, count in row["causes"].items():
            causes[cause] = causes.get(cause, 0) + count
    yield ""
    yield (
        "Disagreements by cause: the other side's diagnostic, or, where the proved checker declines, what "
        "was changed.\n"
    )
    yield "| cause | files |\n|---|---:|"
    for cause, count in sorted(causes.items(), key=lambda item: -item[1]):
        yield f"| {_cell(cause)} | {count:,} |"
    yield ""
    yield _stamp(held)


def _faults(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("faults", {})).get("rows"):
        return
    rows = held["rows"]
    missed = [name for name, row in rows.items() if row["by"] == "nobody"]
    yield "## Faults planted in the prover\n"
    yield (
        f"{len(rows)} faults, one at a time, in a copy of the package; {len(missed)} unnoticed. *The "
        f"checker*: it rejects a "
        "certificate that the faulty prover writes. *The prover itself*: it ends undecided, stops, or "
        "proves another "
        "statement that the checker accepts, so nothing false is claimed. *The suite*: a test fails. *The "
        "guard*: of the floating-point environment, which sets it right, so that the same is published.\n"
    )
    yield "| fault | file | noticed by | how |\n|---|---|---|---|"
    for name, row in rows.items():
        yield f"| {_cell(name)} | `{row['file']}` | {row['by']} | {_cell(row['says'])} |"
    yield ""
    if later := [f"{name} (code `{row['code']}`)" for name, row in rows.items() if "code" in row]:
        yield f"Planted once more after a test was added or the fault changed: {', '.join(later)}.\n"
    yield _stamp(held)


def _containment(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("containment", {})).get("rows"):
        return
    rows = held["rows"]
    cases, bad, unknown = (
        sum(row.get(key, 0) for row in rows.values()) for key in ("cases", "violations", "undecided")
    )
    yield "## Containment\n"
    yield (
        f"{cases:,} cases, {bad} violations, {unknown:,} that the oracle could not decide. A case is one "
        f"operation on one "
        "choice of operands, held against the exact image at the operands' ends (doubles: and at a point "
        "between). Operands: "
        "short dyadic numbers near 0 and 1, beside 1/4, subnormal and near overflow (doubles), exponents "
        "up to a million "
        "(the others), points, thin and wide intervals, infinite ends. Oracles: Arb at four times the "
        "bits and 400 more; for "
        "doubles sums and products without error, the long double where it decides, else Arb. `mpmath`, "
        "`arb`, `array` are "
        "the suite's engines, `crival` the library beneath `array`, `rational` the checker's second "
        "arithmetic.\n"
    )
    names = list(dict.fromkeys(key.partition(" ")[0] for key in rows))
    yield "| arithmetic | operation | cases | violations | undecided |\n|---|---|---:|---:|---:|"
    for name in names:
        for key, row in rows.items():
            subject, _, operation = key.partition(" ")
            if subject == name:
                counts = f"{row['cases']:,} | {row['violations']} | {row['undecided']:,}"
                yield f"| {name} | {operation} | {counts} |"
    yield ""
    for name in names:
        own = [row for key, row in rows.items() if key.partition(" ")[0] == name]
        yield f"- {name}: {sum(row['cases'] for row in own):,} cases, code `{own[0]['code']}`"
    yield ""
    yield _stamp(held)


def _fuzz(ledger: dict[str, Entry]) -> Iterator[str]:
    if not (held := ledger.get("fuzz", {})).get("rows"):
        return
    yield "## Fuzzing\n"
    yield "| reader | inputs | branches seen | findings |\n|---|---:|---:|---:|"
    for name, row in held["rows"].items():
        yield f"| {name} | {row['inputs']:,} | {row['branches']:,} | {len(row['findings'])} |"
    yield ""
    yield _stamp(held)


def _stamp(held: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in held["versions"].items())
    spent = f", {held['seconds']:.0f} s" if held.get("seconds") else ""
    return f"*{held['date']}, seed {held['seed']}, code `{held['code']}`{spent}; {versions}.*\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
