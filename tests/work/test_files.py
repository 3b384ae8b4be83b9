"""Outputs: regular files whole or not at all, streams as streams, and nothing else is touched."""

from __future__ import annotations

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from verified_grpo.errors import FileError, InputError
from verified_grpo.work.files import move_into, require_folder, require_output, write_bytes


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_the_umask_decides_on_a_new_file_and_an_old_one_keeps_its_mode(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_bytes(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o666 & ~umask
    (tmp_path / "private").write_bytes(b"old")
    (tmp_path / "private").chmod(0o600)
    write_bytes(tmp_path / "private", b"new")
    assert (mode(tmp_path / "private"), (tmp_path / "private").read_bytes()) == (0o600, b"new")


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there/real")
    (tmp_path / "second").symlink_to("link")
    write_bytes(tmp_path / "second", b"new")
    assert (tmp_path / "there" / "real").read_bytes() == b"new"
    assert (tmp_path / "second").is_symlink()
    assert (tmp_path / "link").is_symlink()
    (tmp_path / "dangling").symlink_to("there/absent")
    write_bytes(tmp_path / "dangling", b"made")
    assert (tmp_path / "there" / "absent").read_bytes() == b"made"
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(FileError, match="cannot write"):
        write_bytes(tmp_path / "round", b"x")
    (tmp_path / "finished").write_bytes(b"moved")
    move_into(tmp_path / "finished", tmp_path / "link")
    assert (tmp_path / "there" / "real").read_bytes() == b"moved"
    assert (tmp_path / "link").is_symlink()


def special(folder: Path) -> dict[str, Path]:
    """What is no regular file, of one's own making; devices where one may make them."""
    made = {"folder": folder / "folder", "socket": folder / "socket"}
    made["folder"].mkdir()
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket must be short
    listening.bind("socket")
    os.chdir(here)
    listening.close()
    for name, kind in (("character", stat.S_IFCHR), ("block", stat.S_IFBLK)):
        try:
            os.mknod(folder / name, kind | 0o600, os.makedev(1, 3))
            made[name] = folder / name
        except OSError:
            continue
    for name in list(made):
        made[f"link-{name}"] = folder / f"link-{name}"
        made[f"link-{name}"].symlink_to(made[name])
    return made


def test_devices_sockets_and_folders_are_refused_and_left_alone(tmp_path: Path) -> None:
    paths = special(tmp_path)
    assert len(paths) >= 4
    for path in paths.values():
        before = path.lstat()
        with pytest.raises(InputError, match="cannot write") as error:
            require_output(path)
        assert error.value.exit_code == 64
        with pytest.raises(InputError, match="cannot write"):
            write_bytes(path, b"x")
        with pytest.raises(InputError, match="cannot write"):
            move_into(tmp_path / "nothing", path)
        after = path.lstat()
        assert (after.st_ino, after.st_mode, after.st_rdev) == (before.st_ino, before.st_mode, before.st_rdev)


def test_a_pipe_is_written_to_as_a_stream(tmp_path: Path) -> None:
    pipe, data = tmp_path / "pipe", os.urandom(300_000)
    os.mkfifo(pipe)
    require_output(pipe)
    (tmp_path / "finished").write_bytes(data)
    for write in (lambda: write_bytes(pipe, data), lambda: move_into(tmp_path / "finished", pipe)):
        got: list[bytes] = []
        reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))  # noqa: B023
        reader.start()
        write()
        reader.join(30)
        assert got == [data]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_reader_that_goes_away_is_an_error_of_the_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: os.close(os.open(pipe, os.O_RDONLY)))
    reader.start()
    with pytest.raises(FileError, match="Broken pipe"):
        write_bytes(pipe, bytes(10_000_000))
    reader.join(30)


def test_an_output_is_tested_before_the_work_and_leaves_nothing(tmp_path: Path) -> None:
    require_output(tmp_path / "a" / "b" / "c.json")
    require_folder(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(FileError):
        require_output(tmp_path / "file" / "c.json")
    with pytest.raises(InputError):
        require_folder(tmp_path / "file")
    with pytest.raises(FileError):
        require_output(Path("/proc/none/o.json"))
    with pytest.raises(FileError):
        require_folder(Path("/proc/none"))


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old").write_bytes(b"old")
    for name in ("open", "write", "fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, name, lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
            with pytest.raises(FileError, match="Input/output error") as error:
                write_bytes(tmp_path / "old", b"new")
        assert error.value.exit_code == 74
        assert [path.name for path in tmp_path.iterdir()] == ["old"]
        assert (tmp_path / "old").read_bytes() == b"old"
