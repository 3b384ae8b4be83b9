from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from verified_grpo.errors import InputError
from verified_grpo.laboratory.serving import HEADERS, pages, served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("not for pages")
    site = tmp_path / "site"
    (site / "inner").mkdir(parents=True)
    (site / "page.html").write_text("<p>page")
    (site / "inner" / "code.wasm").write_bytes(b"\0asm")
    (site / "code.mjs").write_text("export {}")
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    return site


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with served(folder) as found:
        yield found


def ask(
    address: str, path: str, host: str | None = None, method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    """As it is typed: no client tidies the path up."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or parts.netloc)
    connection.endheaders()
    answer = connection.getresponse()
    told = answer.status, {k.title(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return told


def test_a_page_comes_with_the_headers_that_keep_it_here(address: str) -> None:
    status, headers, data = ask(address, "/page.html")
    assert (status, data) == (200, b"<p>page")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers.items() >= HEADERS.items()
    assert "connect-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/inner/code.wasm", "application/wasm"), ("/code.mjs", "text/javascript; charset=utf-8")],
)
def test_code_has_the_type_that_browsers_ask_for(address: str, path: str, kind: str) -> None:
    assert ask(address, path)[1]["Content-Type"] == kind


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/inner/",
        "/absent",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/inner/../../secret.txt",
        "/out.txt",
    ],
)
def test_neither_lists_nor_what_is_outside_the_folder(address: str, path: str) -> None:
    status, _, data = ask(address, path)
    assert status == 404
    assert b"secret" not in data
    assert b"page.html" not in data


def test_a_foreign_name_that_leads_here_is_refused(address: str) -> None:
    port = urlsplit(address).port
    assert ask(address, "/page.html", f"localhost:{port}")[0] == 200
    assert ask(address, "/page.html", "127.0.0.1")[0] == 200  # as browsers say it of port 80
    assert ask(address, "/page.html", f"evil.example:{port}")[0] == 421
    assert ask(address, "/page.html", "evil.example")[0] == 421


def test_only_reading(address: str) -> None:
    assert ask(address, "/page.html", method="HEAD")[0] == 200
    assert ask(address, "/page.html", method="POST")[0] == 501


def test_this_machine_only(address: str) -> None:
    assert urlsplit(address).hostname == "127.0.0.1"
    own = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for other in own - {"127.0.0.1"}:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((other, urlsplit(address).port), timeout=2)


def test_a_port_in_use_and_a_folder_that_is_none_are_one_line(folder: Path, address: str) -> None:
    port = urlsplit(address).port
    assert port is not None
    with (
        pytest.raises(InputError, match=rf"^port {port} of 127\.0\.0\.1 cannot be used: "),
        served(folder, port),
    ):
        pass
    with pytest.raises(InputError, match="is not a folder"), served(folder / "page.html"):
        pass
    with pytest.raises(InputError, match="--port is a number from 0"), served(folder, 65536):
        pass


def test_pages_of_a_folder(folder: Path) -> None:
    assert pages(folder) == ["page.html"]
    (folder / "index.html").touch()
    (folder / "a b.html").touch()
    assert pages(folder) == ["a%20b.html", "", "page.html"]
    with pytest.raises(InputError, match="has no page"):
        pages(folder / "inner")
