"""The fixtures of the checker, and the code expected of each.

accepted/ holds valid certificates, as they are committed in tests/certificates: `python -m
tests.checker.corpus`, from the repository's root, writes them, followed by names of kinds those of these
alone. rejected/ are certificates with a right digest that must not pass, malformed/ is what is no certificate
of this format: both are made here, from accepted ones, while the tests run. Those of a kind stand in its
module: the table in `kinds/table.py`.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from . import written_corpus
from .builder import Json, encode, seal
from .committed import FOLDER as FOLDER
from .committed import committed
from .edits import Bad, edited, without
from .kinds.expressions import identity
from .kinds.fixed_points import BRACKET, mirror
from .kinds.table import KINDS, MODULES, Source

accepted = committed
SOURCES: tuple[Source, ...] = (*MODULES, written_corpus)


@cache
def drawn_up() -> dict[str, Json]:
    """Valid certificates by name, from the definitions."""
    return {name: document for source in SOURCES for name, document in source.accepted().items()}


@cache
def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates with a right digest that must not be accepted: name -> (code, document)."""
    of_kinds = {name: entry for source in SOURCES for name, entry in source.rejected().items()}
    return {**dict(_bad_fields(committed())), **of_kinds}


def _bad_fields(valid: dict[str, Json]) -> Bad:
    good, box = valid["fixed-points-beta-5"], ("statement", "parameters")
    group_8 = valid["fixed-points-group-8"]
    yield "missing-key", ("missing-key", without(good, "statement", "count"))
    yield "missing-kind", ("missing-key", without(good, "statement", "kind"))
    yield "missing-rule", ("missing-key", without(good, "evidence", "rule"))
    yield "unknown-key", ("unknown-key", edited(good, "statement", "note", value="x"))
    yield "unknown-key-provenance", ("unknown-key", edited(good, "provenance", "claim", value="x"))
    yield "unknown-top-key", ("unknown-key", edited(good, "comment", value="x"))
    yield "null", ("wrong-type", edited(good, *box, "beta", value=None))
    yield "boolean-count", ("wrong-type", edited(good, "statement", "count", value=True))
    yield "bare-integer-parameter", ("wrong-type", edited(good, *box, "beta", value=5))
    yield "pair-of-three", ("wrong-type", edited(good, *BRACKET, "p", value=["0", "1", "2"]))
    yield "statement-list", ("wrong-type", edited(good, "statement", value=[]))
    yield "kind-number", ("wrong-type", edited(good, "statement", "kind", value=3))
    yield "unknown-contrast", ("bad-value", edited(good, "statement", "variant", "contrast", value="median"))
    yield "unknown-stability", ("bad-value", edited(good, *BRACKET, "stability", value="neutral"))
    yield "few-bits", ("bad-value", edited(good, "evidence", "bits", value=8))
    yield "no-cells", ("bad-value", edited(good, "evidence", "cells", value=[]))
    yield "unit-fraction", ("bad-number", edited(good, *box, "beta", value="10/2"))
    yield "fraction-over-one", ("bad-number", edited(good, *box, "beta", value="5/1"))
    yield "leading-zero", ("bad-number", edited(good, *box, "beta", value="05"))
    yield "trailing-zero", ("bad-number", edited(good, *box, "beta", value="5.0"))
    yield "minus-zero", ("bad-number", edited(good, *box, "beta", value="-0"))
    yield "plus-sign", ("bad-number", edited(good, *box, "beta", value="+5"))
    yield "not-a-number", ("bad-number", edited(good, *box, "beta", value="nan"))
    yield "infinite", ("bad-number", edited(good, *box, "beta", value="inf"))
    yield "empty-number", ("bad-number", edited(good, *box, "beta", value=""))
    yield "line-break", ("bad-number", edited(good, *box, "beta", value="5\n"))
    yield "foreign-digits", ("bad-number", edited(good, *box, "beta", value="\u0665"))
    yield "huge-exponent", ("huge-number", edited(good, *box, "beta", value="5e20001"))
    yield "huge-exponent-of-p", ("huge-number", edited(good, *BRACKET, "p", value=["1e-1000000000001", "1"]))
    yield "long-number", ("huge-number", edited(good, *box, "beta", value="5" * 30_001))
    yield "huge-log-odds", ("huge-number", edited(good, "evidence", "start", value="-1e13"))
    yield "huge-bracket", ("huge-number", edited(good, *BRACKET, "logit", value=["0", "1e13"]))
    yield "empty-range", ("empty-range", edited(good, *box, "beta", value=["5", "5"]))
    yield "range-reversed", ("empty-range", edited(good, *box, "beta", value=["6", "5"]))
    yield "bracket-of-one-point", ("empty-range", edited(good, *BRACKET, "logit", value=["0.4", "0.4"]))
    for name, axis, value in (
        ("p-ref-zero", "p_ref", "0"),
        ("p-ref-one", "p_ref", "1"),
        ("beta-zero", "beta", "0"),
        ("beta-negative", "beta", "-5"),
        ("eps-zero", "eps", ["0", "1"]),
        ("alpha-above-one", "alpha", "1.5"),
        ("alpha-negative", "alpha", ["-0.5", "1"]),
    ):
        yield name, ("outside-domain", edited(good, *box, axis, value=value))
    for name, axis, value in (
        ("beta-from-zero", "beta", ["0", "5"]),
        ("alpha-beyond-one", "alpha", ["0.5", "1.5"]),
        ("p-ref-from-zero", "p_ref", ["0", "0.5"]),
        ("p-ref-to-one", "p_ref", ["0.5", "1"]),
    ):
        yield name, ("outside-domain", edited(good, *box, axis, value=value))
    yield "variant-with-more", ("unknown-key", edited(good, "statement", "variant", "ddof", value=0))
    yield "mirror-with-more", ("unknown-key", edited(mirror(), "evidence", "bits", value=64))
    yield "group-of-one", ("outside-domain", edited(group_8, "statement", "variant", "group_size", value=1))
    yield "ddof-two", ("outside-domain", edited(group_8, "statement", "variant", "ddof", value=2))
    yield "alpha-reaches-zero", ("alpha-reaches-zero", edited(good, *box, "alpha", value=["0", "1"]))
    for name in ("amplification", "contraction-tree", "uniqueness-closed-form"):
        reaching = edited(valid[name], "statement", "parameters", "alpha", value=["0", "1"])
        yield f"alpha-reaches-zero-{name}", ("alpha-reaches-zero", reaching)
    yield "alpha-zero", ("alpha-reaches-zero", edited(good, *box, "alpha", value="0"))


def malformed() -> dict[str, tuple[str, bytes]]:
    """Files that are no certificates of this format: name -> (code, bytes)."""
    good = committed()["amplification"]
    sealed = seal(good)
    deep: Any = "1"
    for _ in range(250):
        deep = ["neg", deep]
    wide = edited(good, "statement", "variant", value={"contrast": "group", "group_size": 2000, "ddof": 0})
    return {
        "empty": ("not-json", b""),
        "truncated": ("not-json", sealed[: len(sealed) // 2]),
        "not-utf-8": ("not-json", b'{"a": "\xff"}'),
        "byte-order-mark": ("not-json", b"\xef\xbb\xbf" + sealed),
        "list": ("wrong-type", b"[]\n"),
        "duplicate-key": ("duplicate-key", sealed.replace(b' "digest"', b' "digest": "x",\n "digest"', 1)),
        "float": ("not-exact", sealed.replace(b'"1e-6"', b"1e-6")),
        "nan": ("not-exact", sealed.replace(b'"1e-6"', b"NaN")),
        "negative-integer": ("not-exact", sealed.replace(b'"1e-6"', b"-1")),
        "large-integer": ("not-exact", sealed.replace(b'"1e-6"', b"1" * 5000)),
        "no-final-line-break": ("not-canonical", sealed[:-1]),
        "trailing-blank": ("not-canonical", sealed + b"\n"),
        "compact": ("not-canonical", json.dumps(json.loads(sealed), sort_keys=True).encode()),
        "keys-unsorted": (
            "not-canonical",
            json.dumps(dict(reversed(json.loads(sealed).items())), indent=1).encode(),
        ),
        "escaped": ("not-canonical", sealed.replace(b"closed-form", b"closed\\u002dform")),
        "no-digest": ("missing-key", encode(good)),
        "altered": ("wrong-digest", sealed.replace(b'"0.008"', b'"0.007"')),
        "digest-upper-case": ("wrong-digest", sealed.replace(b"sha256:", b"SHA256:")),
        "other-format": ("unknown-format", seal({**good, "format": "verified-grpo/2"})),
        "format-number": ("unknown-format", seal({**good, "format": 1})),
        "other-kind": ("unknown-kind", seal(edited(good, "statement", "kind", value="orbit"))),
        "deep": ("too-deep", seal(identity([], deep, "1"))),
        "brackets-only": ("too-deep", b"[" * 100_000),
        "too-many-bits": ("too-much-work", seal(edited(good, "evidence", "bits", value=200_001))),
        "group-too-large": ("too-much-work", seal(wide)),
    }


@cache
def files() -> dict[str, tuple[str, bytes]]:
    """Every fixture by its name, folder first: the code expected of it, and its bytes."""
    held = sorted(FOLDER.glob("accepted/*.json"))
    return {
        **{f"accepted/{file.name}": ("accepted", file.read_bytes()) for file in held},
        **{f"rejected/{name}.json": (code, seal(document)) for name, (code, document) in rejected().items()},
        **{f"malformed/{name}.json": entry for name, entry in malformed().items()},
    }


def kind_of(name: str) -> str | None:
    """The kind that the statement of a fixture names, if any; an accepted one's folder may be left out."""
    folder, _, file = name.rpartition("/")
    stem = file.removesuffix(".json")
    document = rejected()[stem][1] if folder == "rejected" else committed().get(stem, {})
    statement = document.get("statement")
    kind = statement.get("kind") if isinstance(statement, dict) else None
    return kind if isinstance(kind, str) and kind in KINDS else None


def codes() -> dict[str, str]:
    """The code expected of each fixture."""
    return {name: code for name, (code, _) in files().items()}


def fixture(name: str) -> Path:
    """A fixture as a file; one that is not committed is written for as long as this process runs."""
    if name.startswith("accepted/"):
        return FOLDER / name
    file = _folder() / name
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(files()[name][1])
    return file


@cache
def _folder() -> Path:
    folder, owner = Path(mkdtemp(prefix="fixtures-")), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # and no child that a test has forked and that ends before
            shutil.rmtree(folder)

    atexit.register(remove)
    return folder


def main(*kinds: str) -> None:
    """Write the accepted certificates, of these kinds alone if there are any."""
    sources = [KINDS[kind].accepted() for kind in kinds] or [drawn_up()]
    for name, document in (pair for source in sources for pair in source.items()):
        (FOLDER / "accepted" / f"{name}.json").write_bytes(seal(document))


if __name__ == "__main__":
    main(*sys.argv[1:])
