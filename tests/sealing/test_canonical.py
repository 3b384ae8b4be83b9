"""Certificates as bytes: canonical, sealed, written whole or not at all."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from verified_grpo.answers.statements.cases import main_cases, paper_cases, select
from verified_grpo.certificates import canonical_bytes, digest, read, write
from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.work.files import write_bytes

CASE = "contraction-refuted"


@pytest.fixture(scope="module")
def certificate() -> AnyCertificate:
    sealed = main_cases()[CASE].prove("arb")
    assert isinstance(sealed, dict)
    return sealed


def test_the_bytes_are_those_of_what_they_parse_to(certificate: dict[str, object]) -> None:
    data = canonical_bytes(certificate)
    assert canonical_bytes(json.loads(data)) == data
    assert certificate["digest"] == digest(certificate)


def test_every_altered_byte_is_caught(certificate: dict[str, object]) -> None:
    data = canonical_bytes(certificate)
    randomness = random.Random(1)
    for _ in range(400):
        place = randomness.randrange(len(data))
        new = bytes([randomness.choice([b for b in range(256) if b != data[place]])])
        altered = data[:place] + new + data[place + 1 :]
        assert check_bytes(altered).outcome is not Outcome.ACCEPTED
    for place in range(0, len(data), 37):
        assert check_bytes(data[:place]).outcome is not Outcome.ACCEPTED


def test_files_are_whole_or_absent(
    certificate: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "deep" / "certificate.json", certificate)
    assert read(path) == certificate

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", failing)
    with pytest.raises(InputError, match="No space left"):
        write_bytes(tmp_path / "other.json", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": "other/1"}', b"\xff"])
def test_foreign_files_are_no_certificates(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.json"
    path.write_bytes(content)
    with pytest.raises(CertificateError):
        read(path)


def test_unknown_statements_suggest_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean contraction-proved"):
        select(["contraction-prooved"])
    assert [case.name for case in select(["contraction-proved"])] == ["contraction-proved"]
    assert len(select(["fixed-points-beta-5"])) == 3
    assert len(select([])) == 21 + len(paper_cases())
