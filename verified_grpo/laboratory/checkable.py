"""A report whose page checks its certificates itself, in a folder with all that it needs for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import FileError
from ..report.certificate import Certificate
from ..report.document import Document
from ..report.html import Carried, Checking, html
from ..work.files import write_bytes
from .folder import asset, module, settings, write_library

CERTIFICATES = "certificates"
LONGEST_NAME = 80
SCRIPTS = ("python.js", "check.js")


def write_checkable(
    document: Document,
    certificates: Sequence[tuple[Path, Certificate]],
    library: dict[str, bytes],
    out: Path,
    *,
    name: str = "report",
) -> list[Path]:
    """Write `out/name.html`, the certificates as they are, and the checker with Python beside them.

    Args:
        document: laid out from the certificates, in their order.
        certificates: each with the path that it was read from.
        library: as :func:`.folder.library` gives it.

    Returns:
        The page, and then the folder that is to be served with it.

    Raises:
        FileError: a certificate has changed since it was checked, or a file cannot be read or written.
    """
    carried = {}
    for number, (path, certificate) in enumerate(certificates, 1):
        label = f"c{number}"
        own = f"{label}-{_plain(path.name)}"
        write_bytes(out / CERTIFICATES / own, _unchanged(path, certificate))
        carried[label] = Carried(f"{CERTIFICATES}/{own}", own)
    write_library(library, out)
    checking = Checking(
        carried,
        settings(module("checking.py"), prover=False),
        tuple(map(asset, SCRIPTS)),
        asset("check.css"),
    )
    return [write_bytes(out / f"{name}.html", html(document, checking).encode()), out]


def _plain(name: str) -> str:
    """A file's name in characters that mean nothing to an address or a command line.

    >>> _plain("lemma 1's.json"), _plain("x.csv")
    ('lemma-1-s.json', 'x.csv.json')
    """
    plain = re.sub(r"[^A-Za-z0-9._]+", "-", name)[-LONGEST_NAME:]
    return plain if plain.endswith(".json") else f"{plain}.json"


def _unchanged(path: Path, certificate: Certificate) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; expected the path of a certificate") from None
    if hashlib.sha256(data).hexdigest() != certificate.sha256:
        raise FileError(f"{path} was changed while it was being read")
    return data
