"""The checker that is proved in Coq: what it accepts of the corpus and of mutants, and how it is asked."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checker import corpus
from tests.checker.oracle import contradicted
from verified_grpo.cli import main
from verified_grpo.errors import FileError, InputError
from verified_grpo.export import proved

Json = dict[str, Any]
HAS_COQ = shutil.which("coqc") is not None and shutil.which("ocamlfind") is not None
CHECKER = Path(proved.__file__).parents[1] / "proofs" / "coq" / "checker"
BUILT = Path(__file__).parents[2] / "build" / "coq" / "library"


@pytest.fixture(scope="module")
def vcheck() -> Path:
    if not HAS_COQ:
        pytest.skip("neither Coq nor OCaml here")
    return proved.program(BUILT if (BUILT / "Returns.vo").exists() else None)


def covered(statement: Json) -> bool:
    variant = statement["variant"]
    return set(variant) == {"contrast"} and variant["contrast"] in proved.COVERED.get(statement["kind"], ())


def fixed_points(folder: str) -> Iterator[tuple[str, bytes]]:
    """The files of the corpus that are JSON and about fixed points of a contrast that is covered."""
    for name, (_, data) in corpus.files().items():
        try:
            if name.startswith(folder) and covered(json.loads(data)["statement"]):
                yield name, data
        except (ValueError, KeyError, TypeError, RecursionError):
            continue


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


def test_every_accepted_certificate_is_proved_and_its_statement_printed(vcheck: Path, tmp_path: Path) -> None:
    files = dict(fixed_points("accepted/"))
    assert len(files) >= 15
    found = asked(vcheck, tmp_path, list(files.values()))
    for (name, data), statement in zip(files.items(), found, strict=True):
        assert statement == json.loads(data)["statement"], name


def test_what_the_other_checkers_reject_is_proved_only_where_it_is_true(vcheck: Path, tmp_path: Path) -> None:
    files = [*fixed_points("rejected/"), *fixed_points("malformed/")]
    assert len(files) > 30
    found = asked(vcheck, tmp_path, [data for _, data in files])
    for (name, _), statement in zip(files, found, strict=True):
        assert statement is None or contradicted(statement) is None, name
    assert sum(statement is None for statement in found) > 20


def mutated(document: Json, source: random.Random) -> Json:
    """One number of the statement or of the evidence changed."""
    text = json.dumps(document)
    start = text.index('"statement"') if source.random() < 0.7 else 0
    places = [match for match in re.finditer(r"\d+", text) if match.start() > start]
    place = source.choice(places)
    digits = place.group()
    k = source.randrange(len(digits))
    other = source.choice([d for d in "0123456789" if d != digits[k]])
    changed = text[: place.start()] + digits[:k] + other + digits[k + 1 :] + text[place.end() :]
    try:
        return json.loads(changed)  # type: ignore[no-any-return]
    except ValueError:  # a natural number that begins with 0
        return mutated(document, source)


@pytest.mark.parametrize("count", [60, pytest.param(2000, marks=pytest.mark.soak)])
def test_no_mutant_that_is_proved_says_something_false(vcheck: Path, tmp_path: Path, count: int) -> None:
    good = [json.loads(data) for _, data in fixed_points("accepted/")]
    source = random.Random(2026)
    mutants = [mutated(source.choice(good), source) for _ in range(count)]
    found = asked(vcheck, tmp_path, [json.dumps(mutant).encode() for mutant in mutants])
    assert sum(statement is None for statement in found) > count // 4
    for statement in found:
        assert statement is None or contradicted(statement) is None


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


def test_a_file_that_takes_too_long_or_is_not_covered_is_not_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(proved, "SECONDS", 0.1)
    good = Path(accepted("fixed-points-beta-100"))
    assert proved.check(good, slow).outcome == "not proved"
    (tmp_path / "none.json").write_text("[]")
    assert proved.check(tmp_path / "none.json", slow).outcome == "declined"
    with pytest.raises(FileError):
        proved.check(tmp_path / "absent.json", slow)


def test_every_file_opens_with_what_it_is_about_and_assumes_nothing() -> None:
    for file in CHECKER.glob("*.v"):
        text = file.read_text()
        assert text.startswith("(** * "), file.name
        assert not re.search(r"\b(Admitted|admit|Axiom|Axioms|Conjecture)\b", text), file.name
