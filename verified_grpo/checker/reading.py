"""Bounded, strict reading: bytes to plain objects, and plain objects to fields of known type."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from json.encoder import encode_basestring_ascii
from typing import NoReturn

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.limits import MAX_BYTES, MAX_DEPTH, MAX_NATURAL_DIGITS

FORMAT = "verified-grpo/1"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./+~@%=,-]+")
KEYS = ("digest", "evidence", "format", "provenance", "statement")


def canonical_bytes(value: object) -> bytes:
    """The only byte sequence that stands for a value: sorted keys, ASCII, one blank of indent a level."""
    return _written(value, "\n").encode("ascii") + b"\n"


def _written(value: object, line: str) -> str:
    """As `json.dumps` writes it with indent=1, which its C code does not do; `line` is a line break and the
    indent of where the value begins."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    inner = line + " "
    if isinstance(value, dict) and value:
        body = [f"{encode_basestring_ascii(key)}: {_written(value[key], inner)}" for key in sorted(value)]
        return f"{{{inner}{f',{inner}'.join(body)}{line}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{inner}{f',{inner}'.join([_written(item, inner) for item in value])}{line}]"
    return json.dumps(value)


def digest(document: dict[str, object]) -> str:
    """SHA-256 of the canonical bytes of everything but the digest itself."""
    return fingerprint({key: value for key, value in document.items() if key != "digest"})


def fingerprint(value: object) -> str:
    """SHA-256 of a value's canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()


def read_object(data: bytes) -> dict[str, object]:
    """The object in the bytes, if they are the canonical ones of an object and not too many."""
    require(len(data) <= MAX_BYTES, Code.TOO_LARGE, f"the file is longer than {MAX_BYTES} bytes")
    _require_shallow(data)
    try:
        parsed = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_natural,
            parse_float=_inexact,
            parse_constant=_inexact,
        )
        written = canonical_bytes(parsed)
        _require_shallow(written)  # how deep a compact text may go depends on the Python
        document = mapping(parsed, "the file")
        require(written == data, Code.NOT_CANONICAL, "the file is not in its canonical bytes")
    except RecursionError:
        raise Fault(Code.TOO_DEEP, f"nested deeper than {MAX_DEPTH}") from None
    except ValueError as error:
        raise Fault(Code.NOT_JSON, f"not JSON in UTF-8: {error}") from None
    return document


def read_document(data: bytes) -> dict[str, object]:
    """The certificate in the bytes: known format, canonical, exactly the five keys, digest right."""
    document = read_object(data)
    version = document.get("format", FORMAT)
    require(version == FORMAT, Code.UNKNOWN_FORMAT, f"this checker reads the format {FORMAT} only")
    record(document, "the file", KEYS)
    stated = text(document["digest"], "digest")
    require(stated == digest(document), Code.WRONG_DIGEST, "the digest is not that of the contents")
    _read_provenance(document["provenance"])
    return document


def _require_shallow(data: bytes) -> None:
    """In canonical bytes a level of nesting is a blank of indent, and no text holds a bare line break."""
    require(b"\n" + b" " * (MAX_DEPTH + 1) not in data, Code.TOO_DEEP, f"nested deeper than {MAX_DEPTH}")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    require(len(result) == len(pairs), Code.DUPLICATE_KEY, "an object has the same key twice")
    return result


def _natural(digits: str) -> int:
    small = digits.isdecimal() and len(digits) <= MAX_NATURAL_DIGITS
    require(small, Code.NOT_EXACT, f"a bare number is not a small natural number: {digits[:30]}")
    return int(digits)


def _inexact(literal: str) -> NoReturn:
    raise Fault(Code.NOT_EXACT, f"numbers are exact text, not the literal {literal[:30]}")


def _read_provenance(value: object) -> None:
    fields = record(value, "provenance", ("bits", "engine", "software"))
    natural(fields["bits"], "provenance.bits")
    text(fields["engine"], "provenance.engine")
    for version in mapping(fields["software"], "provenance.software").values():
        text(version, "provenance.software")


def mapping(value: object, where: str) -> dict[str, object]:
    """An object with any keys."""
    if not isinstance(value, dict):
        raise Fault(Code.WRONG_TYPE, f"{where}: an object is expected")
    return value


def record(
    value: object, where: str, keys: Collection[str], optional: Collection[str] = ()
) -> dict[str, object]:
    """An object with exactly these keys, the optional ones there or not."""
    fields = mapping(value, where)
    for key in (*keys, *fields):
        if key not in fields:
            require(False, Code.MISSING_KEY, f"{where}: the key {key!r} is missing")
        if key not in keys and key not in optional:
            require(False, Code.UNKNOWN_KEY, f"{where}: the key {key[:60]!r} is unknown")
    return fields


def items(value: object, where: str) -> list[object]:
    """A list."""
    if not isinstance(value, list):
        raise Fault(Code.WRONG_TYPE, f"{where}: a list is expected")
    return value


def pair(value: object, where: str) -> tuple[object, object]:
    """A list of two."""
    ends = items(value, where)
    require(len(ends) == 2, Code.WRONG_TYPE, f"{where}: a pair [lower, upper] is expected")
    return ends[0], ends[1]


def text(value: object, where: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Fault(Code.WRONG_TYPE, f"{where}: a text is expected")
    return value


def natural(value: object, where: str) -> int:
    """A natural number; true and false, which Python counts among the integers, are none."""
    if type(value) is not int:
        raise Fault(Code.WRONG_TYPE, f"{where}: a natural number is expected")
    return value


def choice(value: object, where: str, allowed: Collection[str]) -> str:
    """One of a few words."""
    word = text(value, where)
    require(word in allowed, Code.BAD_VALUE, f"{where}: {word[:60]!r} is not one of {', '.join(allowed)}")
    return word


def tag(value: object, where: str, key: str, allowed: Collection[str]) -> str:
    """The word under a key that decides which other keys an object must have."""
    fields = mapping(value, where)
    require(key in fields, Code.MISSING_KEY, f"{where}: the key {key!r} is missing")
    return choice(fields[key], f"{where}.{key}", allowed)


def printable(prose: str) -> str:
    """Prose of a file with everything escaped that could steer a terminal."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in prose)


def file_name(name: str) -> str:
    """The name of a file, which may be anybody's: as it is where it is plain, else escaped and in quotes, so
    that none of it can be taken for the answer that follows."""
    if _PLAIN_NAME.fullmatch(name):
        return name
    return '"' + printable(name.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def range_text(interval: object) -> str:
    """An interval as it is written in the certificate."""
    return f"[{', '.join(map(str, items(interval, '')))}]"


def describe_range(name: str, given: object) -> str:
    """A number or an interval as it is written in the certificate."""
    return f"{name} in {range_text(given)}" if isinstance(given, list) else f"{name} = {given}"
