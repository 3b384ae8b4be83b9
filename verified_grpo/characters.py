"""Which characters of foreign text reach a reader as they are.

A certificate, a configuration, a table and the name of a file may carry any text. Control characters and
those that turn the direction of writing could make a page or a terminal show something else than it says, so
they are shown as their numbers everywhere; in print, so is what the fonts in use have no glyph for.
"""

from __future__ import annotations

import re

# Controls, surrogates, private use, marks of direction, invisible operators, line separators, tags, the
# byte order mark.
_MISLEADING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
# Latin, Greek, Cyrillic, general punctuation, arrows and mathematical operators.
_PRINTED = re.compile(
    "[\n\t -~\xa0-\u017f\u0391-\u03a1\u03a3-\u03c9\u03d5\u03f5\u0410-\u044f"
    "\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2032\u2033\u2190-\u2194\u21a6\u21d0-\u21d4"
    "\u2200-\u220b\u2211-\u2213\u2217-\u221c\u221e\u2227-\u222b\u2243\u2245\u2248\u2260\u2261\u2264\u2265"
    "\u2282-\u2287\u2295-\u2297\u22a5\u22c5]"
)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./+~@%=,-]+")
_LONG_WORD = re.compile(r"\S{40}(?=\S{8})")


def visible(text: str) -> str:
    """The text on one line, with every misleading character shown as its number, `[U+202E]`."""
    return marked(re.sub(r"\s+", " ", text))


def file_name(name: object) -> str:
    """The name of a file or folder on one line: as it is where it is plain, else in quotes, so that none of
    it can be taken for the words around it.

    >>> file_name("reports/a.json"), file_name("a: accepted")
    ('reports/a.json', '"a: accepted"')
    """
    text = str(name)
    if _PLAIN_NAME.fullmatch(text):
        return text
    return '"' + re.sub(r"[\s\"]", _foreign, marked(text)) + '"'


def _foreign(found: re.Match[str]) -> str:
    """A blank stays; a quote and other white space, which could end a name, do not."""
    return " " if found.group() == " " else _number(found)


def marked(text: str) -> str:
    """The text with its lines and spaces, and every misleading character shown as its number."""
    return _MISLEADING.sub(_number, text)


def printable(text: str) -> str:
    """What `visible` leaves, with every character that the fonts do not have shown as its number, and long
    words parted.

    The parting is a place where a line may end (U+200B), put in after the check for misleading characters.
    """
    shown = "".join(c if _PRINTED.match(c) else _number(c) for c in visible(text))
    return _LONG_WORD.sub(lambda match: match.group() + "\u200b", shown)


def shortened(text: str, most: int) -> str:
    """What `visible` makes of the text, its end left out where it is longer than that."""
    shown = visible(text[: most + 1])
    return shown if len(shown) <= most else shown[: most - 3] + "..."


def _number(found: re.Match[str] | str) -> str:
    return f"[U+{ord(found if isinstance(found, str) else found.group()):04X}]"
