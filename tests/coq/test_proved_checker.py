"""The checker that is proved in Coq: what it accepts of the corpus and of mutants, and how it is asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from soak import proved as soak
from soak.three import Row
from tests.checker import corpus
from tests.checker.builder import seal
from tests.checker.oracle import contradicted
from verified_grpo.cli import main
from verified_grpo.errors import FileError, InputError
from verified_grpo.export import proved

Json = dict[str, Any]
CHECKER = Path(proved.__file__).parents[1] / "proofs" / "coq" / "checker"


def asked(vcheck: Path, folder: Path, files: list[bytes]) -> list[Json | None]:
    """The statement that is proved of each file, or None."""
    paths = []
    for k, data in enumerate(files):
        paths.append(folder / f"{k}.json")
        paths[-1].write_bytes(data)
    ran = subprocess.run([vcheck, *paths], capture_output=True, text=True, check=False, timeout=300)
    lines = ran.stdout.splitlines()
    assert len(lines) == len(files)
    assert ran.returncode == (0 if all(line.startswith("proved ") for line in lines) else 1)
    return [json.loads(line[7:]) if line.startswith("proved ") else None for line in lines]


@pytest.fixture(scope="module")
def accepted_files() -> dict[str, bytes]:
    """Those of the corpus that it covers, and of the reports."""
    reports = (Path(__file__).parents[2] / "reports/certificates").glob("*.json")
    found = {path.name: path.read_bytes() for path in reports}
    covered = {name: data for name, data in found.items() if not proved.not_covered(data)}
    return {**soak.files("accepted/"), **covered}


def test_every_accepted_certificate_is_proved_and_its_statement_printed(
    vcheck: Path, tmp_path: Path, accepted_files: dict[str, bytes]
) -> None:
    kinds = {json.loads(data)["statement"]["kind"] for data in accepted_files.values()}
    assert kinds == set(proved.COVERED)
    found = asked(vcheck, tmp_path, list(accepted_files.values()))
    for (name, data), statement in zip(accepted_files.items(), found, strict=True):
        assert statement == json.loads(data)["statement"], name


def test_what_the_other_checkers_reject_is_proved_only_where_it_is_true(vcheck: Path, tmp_path: Path) -> None:
    given = soak.files("rejected/") | soak.files("malformed/")
    assert len(given) > 100
    found = asked(vcheck, tmp_path, list(given.values()))
    for name, statement in zip(given, found, strict=True):
        existence = statement is not None and statement.get("verdict") == "refuted"
        assert statement is None or existence or contradicted(statement) is None, name
    assert sum(statement is None for statement in found) >= 100


@pytest.mark.parametrize("kind", proved.COVERED)
@pytest.mark.parametrize("count", [8, pytest.param(400, marks=pytest.mark.soak)])
def test_no_mutant_that_is_proved_says_something_false(
    vcheck: Path, tmp_path: Path, kind: str, count: int
) -> None:
    row = Row()
    soak.compare(row, soak.mutants(kind, count, "suite"), vcheck, tmp_path)
    assert row.escapes == []
    assert sum(row.counts.values()) == count
    assert row.counts.get("none accepts", 0) > count // 5
    assert row.counts.get("arithmetics apart", 0) == 0


def test_a_false_statement_that_were_proved_would_be_told(vcheck: Path, tmp_path: Path) -> None:
    row, document = Row(), json.loads(corpus.files()["accepted/amplification.json"][1])
    soak.compare(row, [(seal(document), "nothing", True)], vcheck, tmp_path)
    assert row.escapes == ["nothing: moved past the truth"]
    document["statement"]["margin"] = "9"
    soak.compare(row, [(seal(document), "margin", False)], vcheck, tmp_path)
    assert row.counts == {"all accept": 1, "none accepts": 1}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[" * 100_000,
        b'{"statement": ' + b"[" * 100_000,
        b'{"statement": {}, "evidence": {}}',
        b"\xff\xfe",
        b"1" * 1_000_000,
    ],
    ids=["empty", "deep", "deep inside", "bare", "no text", "one number"],
)
def test_what_is_no_certificate_is_not_proved(vcheck: Path, tmp_path: Path, data: bytes) -> None:
    assert asked(vcheck, tmp_path, [data]) == [None]


@pytest.mark.parametrize("power", ["1e-99999999999999", "1e-20001", "1e999999999999"])
def test_powers_far_out_are_declined_before_any_work(vcheck: Path, tmp_path: Path, power: str) -> None:
    good = json.loads(corpus.files()["accepted/fixed-points-beta-5.json"][1])
    good["statement"]["fixed_points"][0]["one_minus_p"][0] = power
    assert asked(vcheck, tmp_path, [json.dumps(good).encode()]) == [None]


def changed(name: str, where: list[str | int], value: Any) -> bytes:
    """An accepted certificate with another value at a place."""
    document = json.loads(corpus.files()[f"accepted/{name}.json"][1])
    inner = document
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    return json.dumps(document).encode()


def test_cycles_are_all_that_are_listed(vcheck: Path, tmp_path: Path) -> None:
    good = json.loads(corpus.files()["accepted/cycles-two.json"][1])
    (cycle,), evidence = good["statement"]["cycles"], good["evidence"]
    turned = {**cycle, "points": cycle["points"][::-1]}
    found = asked(
        vcheck,
        tmp_path,
        [
            changed("cycles-two", ["statement", "cycles"], [turned]),  # it may start anywhere
            changed("cycles-two", ["statement", "cycles"], []),
            changed("cycles-two", ["statement", "cycles"], [cycle, cycle]),
            json.dumps({**good, "statement": {**good["statement"], "cycles": [], "count": 0}}).encode(),
            json.dumps(
                {**good, "statement": {**good["statement"], "cycles": [cycle] * 2, "count": 2}}
            ).encode(),
            changed("cycles-two", ["statement", "cycles", 0, "stability"], "attracting"),
            changed("cycles-two", ["statement", "cycles", 0, "points", 1], cycle["points"][0]),
            changed("cycles-two", ["evidence", "smaller"], evidence["smaller"][1:]),
            changed("cycles-two", ["evidence", "logit"], ["-2", "460"]),
            changed("cycles-two", ["evidence", "tree"], "m"),
        ],
    )
    assert [statement is not None for statement in found] == [True] + [False] * 9


@pytest.mark.parametrize("tree", ["s" * 5_000, "s" * 300 + "e" * 301])
def test_trees_that_go_deep_are_declined_before_any_work(vcheck: Path, tmp_path: Path, tree: str) -> None:
    assert asked(vcheck, tmp_path, [changed("cycles-two", ["evidence", "tree"], tree)]) == [None]


def test_curves_leave_nothing_out_of_their_boxes(vcheck: Path, tmp_path: Path) -> None:
    good = json.loads(corpus.files()["accepted/curve-fold.json"][1])
    pieces, cells = good["statement"]["pieces"], good["evidence"]["cells"]
    hidden = [{**cell, "rule": "outside"} if cell["rule"] == "piece" else cell for cell in cells]
    narrow = {**pieces[3], "log_beta": [pieces[3]["log_beta"][0]] * 2}
    nothing = {**good["statement"], "pieces": []}
    found = asked(
        vcheck,
        tmp_path,
        [
            changed("curve-fold", ["evidence", "bits"], 100),
            changed("curve-fold", ["statement", "pieces"], pieces[:-1]),
            changed("curve-fold", ["statement", "pieces", 3], narrow),
            changed("curve-fold", ["evidence", "cells"], cells[:-1]),
            json.dumps(
                {**good, "statement": nothing, "evidence": {**good["evidence"], "cells": hidden}}
            ).encode(),
            changed("curve-flip", ["statement", "curve"], "fold"),
            changed("curve-flip", ["statement", "step_size"], "1"),
        ],
    )
    assert [statement is not None for statement in found] == [True] + [False] * 6


def test_a_cusp_is_declined_by_name() -> None:
    assert "the cusp of a curve" in proved.not_covered(corpus.files()["accepted/curve-cusp.json"][1])


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["check", *words])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def accepted(name: str) -> str:
    return str(corpus.FOLDER / "accepted" / f"{name}.json")


def test_the_command_line_prints_what_is_proved_and_declines_by_name(
    vcheck: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--proved", accepted("fixed-points-beta-100"))
    assert code == 0
    assert ": proved (" in out
    assert '"beta": "100"' in out
    code, out, _ = run(
        capsys, "--proved", "--json", accepted("fixed-points-beta-100"), accepted("atlas-climb")
    )
    told = json.loads(out)["files"]
    assert code == 2
    assert [file["outcome"] for file in told] == ["proved", "declined"]
    assert "atlas of mean-var" in told[1]["message"]


def test_a_file_that_is_not_there_has_its_code(vcheck: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--proved", "nowhere.json")
    assert (code, out) == (74, "")
    assert "nowhere.json" in err


@pytest.mark.parametrize("words", [["--arithmetic", "arb"], ["--fuel", "5"], ["--at", "beta=1,p_ref=0.5"]])
def test_other_ways_to_check_are_refused_beside_it(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "--proved", *words, accepted("fixed-points-beta-100"))
    assert code == 64
    assert "--proved" in err


def test_without_its_tools_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "mkdir", "id", "grep"):
        found = shutil.which(name)
        assert found is not None
        (tools / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(InputError, match=r"Coq or OCaml is missing: .*apt-get install"):
        proved.program()
    assert not list((tmp_path / "cache" / "verified-grpo").iterdir())


@pytest.mark.parametrize(
    "more", ['"' + "x" * 1_000_000 + '"', "[" + "0," * 200_000 + "0]"], ids=["text", "list"]
)
def test_what_is_long_is_read_in_one_pass(vcheck: Path, tmp_path: Path, more: str) -> None:
    good = json.dumps(json.loads(corpus.files()["accepted/amplification.json"][1]))
    (tmp_path / "long.json").write_text(f'{good[:-1]}, "more": {more}}}')
    assert proved.check(tmp_path / "long.json", vcheck, seconds=5).outcome == "proved"


def test_after_a_file_that_takes_too_long_the_next_is_asked(vcheck: Path) -> None:
    long, short = accepted("contraction-tree-group"), accepted("amplification")
    late, asked_next = proved.check_all([Path(long), Path(short)], vcheck, seconds=0.05)
    assert (late.outcome, asked_next.outcome) == ("not proved", "proved")
    assert "seconds of the processor" in late.message


def test_a_program_that_dies_proves_nothing_and_what_is_not_covered_is_declined(tmp_path: Path) -> None:
    dead = tmp_path / "dead"
    dead.write_text("#!/bin/sh\nkill -9 $$\n")
    dead.chmod(0o755)
    answers = list(proved.check_all([Path(accepted("fixed-points-beta-100"))] * 2, dead))
    assert [answer.outcome for answer in answers] == ["not proved"] * 2
    assert "ended without an answer" in answers[0].message
    (tmp_path / "none.json").write_text("[]")
    assert proved.check(tmp_path / "none.json", dead).outcome == "declined"
    with pytest.raises(FileError):
        proved.check(tmp_path / "absent.json", dead)


def test_every_file_opens_with_what_it_is_about_and_assumes_nothing() -> None:
    for file in CHECKER.glob("*.v"):
        text = file.read_text()
        assert text.startswith("(** * "), file.name
        assert not re.search(r"\b(Admitted|admit|Axiom|Axioms|Conjecture)\b", text), file.name


def test_what_lies_far_apart_is_declined_before_memory_is_asked_for(vcheck: Path, tmp_path: Path) -> None:
    far = tmp_path / "far.json"
    far.write_bytes(changed("small-steps-box", ["evidence", "cells", 1, "end"], "1e10"))
    with subprocess.Popen([vcheck, far], stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 1
    # Kilobytes, what this process held before the other began among them; seven million once.
    assert used.ru_maxrss < 3_000_000


@pytest.mark.parametrize("words", [[], ["--seconds", "0", "a"], ["--seconds", "x", "a"], ["absent.json"]])
def test_the_bare_program_refuses_what_it_cannot_do_in_one_line(vcheck: Path, words: list[str]) -> None:
    ran = subprocess.run([vcheck, *words], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "exception" not in ran.stderr
