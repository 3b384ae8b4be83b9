"""Finished work is believed only after a look: any flipped bit, another question, somebody else's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.errors import FileError, InputError
from verified_grpo.work.journal import Journal
from verified_grpo.work.store import Store, Unit, unfinished


@pytest.fixture(autouse=True, scope="module")
def _a_disk_that_is_quick() -> Iterator[None]:
    """These tests write by the thousand; that the disk has it all is none of their concern."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda handle: None)
        yield


UNIT = Unit(b"a few bytes of a part", 3, '[["k", "Int64"]]')


def flips(data: bytes) -> list[bytes]:
    """The data with each of its bits turned over, one at a time."""
    return [
        bytes([*data[:place], data[place] ^ (1 << bit), *data[place + 1 :]])
        for place in range(len(data))
        for bit in range(8)
    ]


@pytest.mark.parametrize("file", ["part", "part.label"])
def test_a_unit_with_any_bit_flipped_is_none(tmp_path: Path, file: str) -> None:
    store = Store(tmp_path / "s", "question")
    store.put("part", UNIT)
    assert store.get("part") == UNIT
    path = tmp_path / "s" / file
    whole = path.read_bytes()
    for flipped in flips(whole):
        path.write_bytes(flipped)
        assert store.get("part") is None
    path.write_bytes(whole)
    assert store.get("part") == UNIT


@examples(20)
@given(st.binary(max_size=60), st.binary(max_size=60), st.integers(0, 9), st.text(max_size=9))
def test_a_label_is_of_its_bytes_rows_schema_name_and_question(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, other: bytes, rows: int, schema: str
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store = Store(folder / "s", ["a", {"b": "c"}])
    unit = Unit(data, rows, schema)
    store.put("one", unit)
    assert store.get("one") == unit
    assert Store(folder / "s", ["a", {"b": "d"}]).get("one") is None
    label = store.label("one", unit)
    others = [
        store.label("two", unit),
        store.label("one", Unit(data, rows + 1, schema)),
        store.label("one", Unit(data, rows, schema + "x")),
        *([store.label("one", Unit(other, rows, schema))] if other != data else []),
    ]
    assert label not in others
    for wrong in others:
        (folder / "s" / "one.label").write_bytes(wrong)
        assert store.get("one") != unit


@pytest.mark.parametrize(
    "left", [b"", b"{", b"[]", b"3", b'{"rows": "x", "schema": 1}', b"\xff", b"[" * 10_000]
)
def test_labels_that_are_none(tmp_path: Path, left: bytes) -> None:
    store = Store(tmp_path / "s", "question")
    store.put("part", UNIT)
    (tmp_path / "s" / "part.label").write_bytes(left)
    assert store.get("part") is None
    (tmp_path / "s" / "part").unlink()
    assert store.get("part") is None


def test_the_folder_is_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Store(tmp_path / "s", "question")
    finally:
        os.umask(before)
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("bits", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_into_is_not_used(tmp_path: Path, bits: int) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s").chmod(bits)
    for use in (lambda: Store(tmp_path / "s", "question"), lambda: Journal(tmp_path / "s", {})):
        with pytest.raises(InputError, match="is not used") as error:
            use()
        assert error.value.exit_code == 64
    assert list((tmp_path / "s").iterdir()) == []


def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path / "s", "question").put("part", UNIT)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(InputError, match="is not used"):
        Store(tmp_path / "s", "question")


def test_neither_a_link_nor_a_file_is_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "file").write_bytes(b"")
    for name in ("link", "file"):
        with pytest.raises(InputError, match="is not used"):
            Store(tmp_path / name, "question")
    with pytest.raises(FileError):
        Store(tmp_path / "file" / "s", "question")


def test_what_is_left_of_other_questions_goes_if_it_is_ones_own(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    first, second = (unfinished(out, question) for question in ("first", "second"))
    assert first is not None
    assert second is not None
    assert first != second
    Store(first, "first")
    foreign = tmp_path / ".o.csv.0123.unfinished"
    foreign.mkdir()
    foreign.chmod(0o777)
    assert unfinished(out, "second") == second
    assert not first.exists()
    assert foreign.exists()
    (tmp_path / "there").mkdir()
    (tmp_path / "link.csv").symlink_to("there/real.csv")
    beside = unfinished(tmp_path / "link.csv", "first")
    assert beside is not None
    assert beside.parent == tmp_path / "there"
    assert unfinished(Path("-"), "first") is None


def test_a_journal_with_a_bit_flipped_goes_on_from_the_line_before(tmp_path: Path) -> None:
    lines, words = ["f=s u=", "< ^", "g=t u="], {"beta": "1:2"}
    log = Journal(tmp_path / "j", words)
    for line in lines:
        log.add(line)
    log.close(done=False)
    path = tmp_path / "j" / "journal"
    whole = path.read_bytes()
    ends = [k for k, byte in enumerate(whole) if byte == ord("\n")]
    for number, flipped in enumerate(flips(whole)):
        place, bit = divmod(number, 8)
        if bit != place % 8:  # one bit of each byte is enough here
            continue
        path.write_bytes(flipped)
        again = Journal(tmp_path / "j", words)
        again.close(done=False)
        before = sum(end < place for end in ends)
        assert list(again.past) == lines[: max(before - 1, 0)]


def test_a_journal_without_a_line_in_the_middle_ends_there(tmp_path: Path) -> None:
    """A line tells its place: what follows a gap is not taken for what belongs there."""
    log = Journal(tmp_path / "j", {})
    for line in ("one", "two", "three"):
        log.add(line)
    log.close(done=False)
    path = tmp_path / "j" / "journal"
    kept = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*kept[:2], *kept[3:]]))
    again = Journal(tmp_path / "j", {})
    again.close(done=True)
    assert list(again.past) == ["one"]
    assert not (tmp_path / "j").exists()
