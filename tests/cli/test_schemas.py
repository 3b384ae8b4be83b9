"""JSON Schemas: the committed ones are those of the types; what commands print, and certificates say, fits
them, and with another key does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from verified_grpo.cli import main
from verified_grpo.commands.schemas import OUTPUTS, as_bytes, schemas
from verified_grpo.report.pages.paper import KINDS

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "schemas"
ACCEPTED = ROOT / "tests" / "certificates" / "accepted"
CLASSES = ROOT / "examples" / "classes"
CERTIFICATES = sorted(ACCEPTED.glob("*.json"))
EPS = ["--eps", "1e-5"]
POINT = ["--beta", "5", *EPS, "--p-ref", "0.001"]
BOX = ["--beta", "61:99", *EPS, "--p-ref", "0.1"]
CHAOTIC = ["--beta", "0.68", *EPS, "--p-ref", "0.001"]
JUDGED = str(ROOT / "examples/pass_rates/judged.csv")
SAMPLES = str(ROOT / "examples/classes/samples.csv")
JUDGED = str(ROOT / "examples/pass_rates/judged.csv")
ERRING = ["--true-positive", "0.9", "--false-positive", "0.2", "--errors", "systematic"]
SET = ["audit", "--property", "uniqueness", "--eps", "1e-2", "--p-ref", "0.2", "--largest-set"]
ERRING = ["--true-positive", "0.8:0.9", "--false-positive", "0.1", "--errors", "independent"]
RUNS: list[tuple[str, list[str]]] = [
    ("fixed-points", ["fixed-points", *POINT]),
    ("fixed-points", ["fixed-points", "--beta", "4:6", *EPS, "--p-ref", "0.001:0.9"]),
    ("fixed-points", ["fixed-points", "--beta", "3", *EPS, "--p-ref", "0.1", "--step-size", "0.1"]),
    ("limit", ["limit", *POINT]),
    ("limit", ["limit", *POINT, "--step-size", "0.05", "--inner-steps", "2"]),
    ("limit", ["limit", *POINT, "--start", "0.9"]),
    ("limit", ["limit", *POINT, "--period", "2"]),
    ("limit", ["limit", *POINT, "--reach", "0.5", "--step-size", "0.01"]),
    ("limit", ["limit", *POINT, "--reach", "0.9999999"]),
    ("limit", ["limit", *POINT, "--alpha", "0"]),
    ("limit", ["limit", *POINT, "--alpha", "0:0.001"]),
    ("limit", ["limit", "--beta", "0", *EPS, "--p-ref", "0.1"]),
    ("limit", ["limit", "--beta", "3", *EPS, "--p-ref", "0.7:0.8"]),
    ("limit", ["limit", *CHAOTIC]),
    ("limit", ["limit", *CHAOTIC, "--period", "1"]),
    ("budget", ["budget", "--p-ref", "0.01", "--kl", "0.5", "--best-of", "16"]),
    ("budget", ["budget", "--p-ref", "0.01:0.02", "--target", "0.5"]),
    ("budget", ["budget", "--before", "3/64", "--after", "40/64"]),
    ("run", ["run", str(ROOT / "examples/runs/rollouts.csv"), "--beta", "0.04"]),
    ("classes", ["fixed-points", "--classes", f"{CLASSES}/halves.csv", "--beta", "1", "--eps", "1e-2"]),
    ("classes", ["limit", "--classes", f"{CLASSES}/shortcut.csv", "--beta", "0", "--eps", "1e-2"]),
    ("classes", ["limit", "--classes", f"{CLASSES}/prompts.csv", "--beta", "1", "--eps", "1e-2"]),
    ("classes", ["limit", "--classes", f"{CLASSES}/rare.csv", "--beta", "3", *EPS]),
    ("audit-judged", ["audit", "--pass-rates", JUDGED, "--beta", "5", *EPS, *ERRING[:-1], "systematic"]),
    ("audit-judged", ["audit", "--pass-rates", JUDGED, "--beta", "5", *EPS, *ERRING]),
    (
        "classes",
        ["limit", "--classes", f"{CLASSES}/halves.csv", "--beta", "1e-9", "--contrast", "mean-std", *EPS],
    ),
    ("chaos", ["chaos", *CHAOTIC]),
    ("chaos", ["chaos", *BOX]),
    ("curves", ["curves", "--beta", "0.1:9", "--eps", "1e-3", "--p-ref", "0.1:0.9", "--tolerance", "0.2"]),
    ("atlas", ["atlas", "--beta", "1:10", "--eps", "1e-2", "--p-ref", "0.01:0.5", "--tolerance", "0.3"]),
    (
        "atlas-small-steps",
        [
            "atlas",
            "--view",
            "small-steps",
            "--beta",
            "1:10",
            *EPS,
            "--p-ref",
            "0.01:0.5",
            "--tolerance",
            "0.3",
        ],
    ),
    ("audit-property", ["audit", "--property", "contraction", *BOX, "--rate", "0.999"]),
    ("audit-property", ["audit", "--property", "amplification", *BOX, *ERRING]),
    ("fixed-points", ["fixed-points", *POINT, *ERRING[:-1], "systematic"]),
    ("audit-property", ["audit", "--property", "contraction", "--beta", "3:9", *EPS, "--p-ref", "0.1"]),
    ("audit-property", ["audit", "--property", "amplification", *BOX, "--gain", "1.01"]),
    ("audit-property", [*SET, "beta", "--tolerance", "0.1"]),
    ("audit-property", [*SET, "group-size", "--group-size", "4", "--beta", "5"]),
    ("audit-rewards", ["audit", "--pass-rates", SAMPLES, "--contrast", "mean", "--beta", "0.1", *EPS]),
    ("audit-judged", ["audit", "--pass-rates", JUDGED, *ERRING, "--beta", "0.5", *EPS]),
    ("audit-config", ["audit", "--config", str(ROOT / "examples/configurations/trl.yaml")]),
    (
        "fixed-points",
        ["fixed-points", "--config", str(ROOT / "examples/configurations/trl.yaml"), "--p-ref", "0.1"],
    ),
    (
        "limit",
        [
            "limit",
            "--config",
            str(ROOT / "examples/configurations/trl-bias-corrected.yaml"),
            "--p-ref",
            "0.1",
        ],
    ),
    (
        "compare",
        ["compare", str(ROOT / "examples/configurations/trl.yaml"), "--beta", "1", "--p-ref", "0.1"],
    ),
    ("advise", ["advise", "--pass-rates", str(ROOT / "examples/pass_rates/counts.csv"), *EPS, "--beta", "5"]),
    ("check", ["check", *map(str, CERTIFICATES[::12])]),
    ("check", ["check", str(ROOT / "README.md")]),
    ("check-proved", ["check", "--proved", str(ACCEPTED / "atlas-climb.json")]),
    ("check", ["check", str(ACCEPTED / "atlas-climb.json"), "--at", "beta=2,p_ref=0.2"]),
]


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((COMMITTED / f"{name}.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def answer(words: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command prints with ``--json``."""
    with pytest.raises(SystemExit):
        main([*words, "--json"])
    return json.loads(capsys.readouterr().out)


FREE = (
    "claim",
    "found",
    "verdicts",
    "notes",
    "box",
    "where",
    "software",
    "boxes",
    "expression",
    "left",
    "right",
    "numbers",
)
"""Keys under which any keys may stand: counts by words, boxes by axes, what a file claims; and formulas."""


def closed(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value that may have no keys but its own."""
    if isinstance(value, dict):
        yield value
        for key, part in value.items():
            if key not in FREE or (key == "claim" and "role" in value):
                yield from closed(part)
    for part in value if isinstance(value, list) else ():
        yield from closed(part)


def test_the_committed_schemas_are_those_of_the_types() -> None:
    """``python -m verified_grpo.commands.schemas`` writes them."""
    written = {name: as_bytes(schema) for name, schema in schemas()}
    assert {str(path.relative_to(COMMITTED)) for path in COMMITTED.rglob("*.json")} == set(written)
    for name, data in written.items():
        assert (COMMITTED / name).read_bytes() == data, name


def test_every_schema_is_named_with_its_version_and_is_whole() -> None:
    named = [schema["$id"] for _, schema in schemas()]
    assert len(set(named)) == len(OUTPUTS) + len(KINDS) + 1  # the certificate beside a table
    for name, schema in schemas():
        assert schema["$id"].rsplit(":", 1)[1].isdigit()
        assert all(part["additionalProperties"] is False for part in _closed(schema)), name


def _closed(schema: dict[str, Any]) -> list[Any]:
    return [part for part in schema["$defs"].values() if part.get("type") == "object"]


@pytest.mark.parametrize(("name", "words"), RUNS, ids=lambda x: x if isinstance(x, str) else " ".join(x)[:60])
def test_what_a_command_prints_fits_and_with_another_key_does_not(
    name: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    held_against(validator(f"outputs/{name}"), answer(words, capsys))


def held_against(schema: Draft202012Validator, value: Any) -> None:
    """The value fits; with a key more, somewhere, or without one of those at its top, it does not."""
    schema.validate(value)
    parts = list(closed(value))
    for part in parts[:: max(len(parts) // 12, 1)]:
        part["another"] = "1"
        assert not schema.is_valid(value), part
        del part["another"]
    for key in {"verdict", "files", "statement", "digest", "file", "curves", "statements"} & set(value):
        assert not schema.is_valid({name: part for name, part in value.items() if name != key}), key


@pytest.mark.parametrize("path", CERTIFICATES, ids=lambda path: path.stem)
def test_a_certificate_fits_the_schema_of_its_kind_and_altered_does_not(path: Path) -> None:
    certificate = json.loads(path.read_bytes())
    kind = certificate["statement"]["kind"]
    held_against(validator(f"certificates/{kind}"), certificate)
    for key, wrong in (("digest", "sha256:0"), ("format", "verified-grpo/2")):
        assert not validator(f"certificates/{kind}").is_valid({**certificate, key: wrong})


def test_every_kind_and_every_output_is_held_against_its_schema() -> None:
    kinds = {json.loads(path.read_bytes())["statement"]["kind"] for path in CERTIFICATES}
    assert kinds == set(KINDS)
    assert {name for name, _ in RUNS} == set(OUTPUTS) - {"certify", "audit-pass-rates"}


def test_a_table_and_a_run_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("prompt,rate\na,0.25\nb,0\nc,0.001\n")
    words = [
        "audit",
        "--pass-rates",
        str(rates),
        "--beta",
        "5",
        "--eps",
        "1e-5",
        "--out",
        str(tmp_path / "d.csv"),
    ]
    held_against(validator("outputs/audit-pass-rates"), answer(words, capsys))
    words = ["certify", "contraction-refuted", "--engine", "arb", "--out", str(tmp_path / "run")]
    held_against(validator("outputs/certify"), answer(words, capsys))
