"""A folder on the loopback address: files and nothing else, to this machine and nobody else."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..errors import InputError

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
LARGEST_PORT = 65535
POLICY = (
    "default-src 'self' data: 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)
"""For pages and for their workers: no request leaves this address. A page's own policy may be narrower."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # asked for again, and sent again only where it has changed
}


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder, by GET and HEAD; no list of what else there is."""

    server_version, sys_version = "verified-grpo", ""
    extensions_map = {  # noqa: RUF012 -- so it is in the standard library
        "": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
    }

    def send_head(self) -> Any:
        """The file, if a page of this address asks for one inside the folder."""
        if self.headers.get("Host", "").partition(":")[0] not in NAMES:  # a foreign name that leads here
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        root, asked = os.path.realpath(self.directory), os.path.realpath(self.translate_path(self.path))
        if os.path.commonpath([root, asked]) != root:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked for is the reader's own business."""


class _Server(ThreadingHTTPServer):
    """Where a browser turns away in the middle of a file nothing is wrong."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder until the block ends; yields the address, which ends in ``/``.

    Args:
        folder: what is served; links that lead out of it are not followed.
        port: 0 for any that is free.

    Raises:
        InputError: no such folder, or the port is none or taken.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder: name one that report --with-checker has written")
    if not 0 <= port <= LARGEST_PORT:
        raise InputError(f"--port is a number from 0 (any that is free) to {LARGEST_PORT}")
    try:
        server = _Server((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        said = f"port {port} of {HOST} cannot be used: {error.strerror}; --port 0 takes any that is free"
        raise InputError(said) from None
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pages(folder: Path) -> list[str]:
    """The pages at the top of a folder, as the ends of their addresses; the first page of all is nothing.

    Raises:
        InputError: there is none.
    """
    names = sorted(path.name for path in folder.glob("*.html"))
    if not names:
        raise InputError(f"{folder} has no page (*.html)")
    return ["" if name == "index.html" else quote(name) for name in names]
