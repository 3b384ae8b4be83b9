"""What is said to be accepted by the proved checker is, and which twins are compiled each time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.export.proved_ledger import CERTIFICATES, WRITTEN, accepted, ledger
from verified_grpo.export.sample import main, sample
from verified_grpo.report.pages.paper import by_proof
from verified_grpo.report.routes import by_proved_checker

from .kernel import SOURCES

ROOT = CERTIFICATES.parents[1]

FILES = sorted(CERTIFICATES.glob("[!.]*.json"))


def test_the_program_accepts_what_is_written_down_and_nothing_else(vcheck: Path) -> None:
    found = accepted(FILES, vcheck)
    assert len(found) > 40
    assert ledger(found) == WRITTEN.read_bytes()


def test_a_statement_is_marked_and_one_beside_it_is_not(vcheck: Path, tmp_path: Path) -> None:
    good = json.loads((CERTIFICATES / "contraction-proved.json").read_text())
    assert by_proved_checker(good["statement"])
    good["statement"]["rate"] = "0.6"  # less than Bmax/beta
    assert not by_proved_checker(good["statement"])
    (tmp_path / "false.json").write_text(json.dumps(good))
    assert accepted([tmp_path / "false.json"], vcheck) == []


def test_the_page_of_a_statement_names_its_parts() -> None:
    claim = json.loads((CERTIFICATES / "figure-2.json").read_text())["statement"]
    parts = [k for k, part in enumerate(claim["parts"], 1) if by_proved_checker(part["claim"])]
    (said,) = by_proof(claim)
    assert parts
    assert f"accepts {len(parts)} of {len(claim['parts'])} formal parts" in str(said)
    assert by_proof({**claim, "parts": [{"claim": {"kind": "identity"}}]}) == ()  # type: ignore[typeddict-item]


def test_of_what_it_accepts_one_twin_of_each_kind_is_compiled(tmp_path: Path) -> None:
    entries = [
        entry for entry in json.loads((SOURCES / "twins.json").read_text())["twins"] if "theorem" in entry
    ]
    known = json.loads(WRITTEN.read_text())["accepted"]
    found = sample(entries, known)
    left = [entry for entry in entries if entry["theorem"] not in found]
    assert len(left) > 20
    assert {entry["digest"] for entry in left} <= set(known)
    kept = {entry["kind"] for entry in entries if entry["theorem"] in found}
    assert kept == {entry["kind"] for entry in entries}
    for entry in entries:
        (tmp_path / f"{entry['theorem']}.v").touch()
    main(tmp_path, tmp_path / "out")
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == sorted(found)


def test_digests_are_of_canonical_bytes() -> None:
    claim = json.loads((CERTIFICATES / "contraction-proved.json").read_text())["statement"]
    assert hashlib.sha256(canonical_bytes(claim)).hexdigest() in json.loads(WRITTEN.read_text())["accepted"]


def test_the_report_and_the_manual_say_how_many_formal_parts_it_accepts() -> None:
    claims = [json.loads(path.read_text())["statement"] for path in FILES]
    parts = [
        [by_proved_checker(part["claim"]) for part in claim["parts"]]
        for claim in claims
        if claim["kind"] == "paper-statement"
    ]
    accepted, whole = sum(map(sum, parts)), sum(bool(row) and all(row) for row in parts)
    said = f"accepts {accepted} of {sum(map(len, parts))} formal parts, and of {whole} of the {len(parts)}"
    assert said in (CERTIFICATES.parent / "paper.md").read_text()
    manual = " ".join((ROOT / "docs/coq.md").read_text().split())
    assert (
        f"Of the {sum(map(len, parts))} formal parts of the {len(parts)} statements it accepts {accepted}"
        in manual
    )
    assert f"of {whole} statements all" in manual
