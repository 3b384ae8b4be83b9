"""Certificates and texts that the tests of reports share."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.checker.corpus import fixture
from verified_grpo.certificates.canonical import canonical_bytes, digest
from verified_grpo.report.assembly import report_document
from verified_grpo.report.certificate import read_certificate
from verified_grpo.report.document import Document

CORPUS = Path(__file__).parents[1] / "certificates"
ACCEPTED = sorted((CORPUS / "accepted").glob("*.json"))
EACH_ACCEPTED = pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem, scope="session")
"""Tests of one certificate stand together whatever their module, so that its report is made once."""


def _first_of_each(*keys: str) -> list[Path]:
    """Of the accepted certificates whose statements have the same under these keys."""

    def told(path: Path) -> tuple[str | None, ...]:
        return tuple(json.loads(path.read_bytes())["statement"].get(key) for key in keys)

    return sorted({told(path): path for path in reversed(ACCEPTED)}.values())


OF_EACH_KIND = _first_of_each("kind")
FIGURES_DRAWN = _first_of_each("kind", "verdict", "curve", "view", "effect")
"""Whose figures show something of their own; those of the others are laid out in the soak."""
REJECTED = fixture("rejected/attracting-called-repelling.json")
DECLINED = fixture("malformed/other-kind.json")

# What would be a command, a link, a cell, a tag, a formula, a heading or an entity if it were not escaped.
HOSTILE = (
    '#panic("out") $x$ #image("/etc/passwd") #link("https://evil.example")[here]',
    "</code><script>alert(1)</script><img src=x onerror=alert(1)>",
    "[link](https://evil.example) ![image](https://evil.example/x.png) https://evil.example www.evil.example",
    "`code` ``` | cell | ~~struck~~ **bold** _it_ *it* &lt; &amp; \\$ \\",
    "# heading\n\n- item\n1. one\n> quote\n---\n| a |\n| - |",
    "accepted\u202edetcejer\u202c \u200bhidden\x00\x1b[31m \ufeff",
    "漢字 \U0001f600 ∝",
    "$$\\input{/etc/passwd}$$ \\href{javascript:alert(1)}{x}",
    "// comment /* comment */ <label> @ref = x",
)

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text(alphabet="`*_[]()<>|#~@$&\\!-+=.:/ \n1aw", max_size=40),
)


def hostile_statement(text: str) -> dict[str, Any]:
    """An accepted statement of the paper with the same text in every place for prose."""
    certificate: dict[str, Any] = json.loads((CORPUS / "accepted" / "paper-statement.json").read_text())
    statement = certificate["statement"]
    for key in ("item", "title", "paper", "suite", "not_proved"):
        statement[key] = text
    for entry in (*statement["steps"], *statement["conclusions"]):
        entry["text"] = text
    statement |= {"verdict": "formal part established; verdict not carried", "given": []}
    for part in statement["parts"]:
        part["text"] = text
    certificate["provenance"]["engine"] = text
    certificate["provenance"]["software"] = {text: text}
    return sealed(certificate)


def report(*paths: Path) -> Document:
    """The report of these certificates; that of a committed one alone is made once."""
    if len(paths) == 1 and paths[0] in ACCEPTED:
        return _report_of(*paths)
    return report_document([read_certificate(path) for path in paths], "Title")


@cache
def _report_of(path: Path) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        if path not in FIGURES_DRAWN:
            patch.setattr("verified_grpo.report.drawing.style.FigureCanvasSVG.print_svg", _blank)
        return report_document([read_certificate(path)], "Title")


def _blank(_: object, file: BytesIO, **__: object) -> None:
    file.write(b'<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt" viewBox="0 0 9 9"/>')


def sealed(certificate: dict[str, Any]) -> dict[str, Any]:
    """The certificate with the digest of what it says now."""
    return {**certificate, "digest": digest(certificate)}


def written(folder: Path, name: str, certificate: dict[str, Any]) -> Path:
    """The certificate in a file."""
    path = folder / name
    path.write_bytes(canonical_bytes(certificate))
    return path
