"""How statements of the paper are called and cited: names, permanent links, BibTeX."""

from __future__ import annotations

import re
from itertools import takewhile

from verified_grpo.report.certificate import Certificate

AUTHOR = "Youssef Mroueh"
TITLE = (
    "Reinforcement Learning with Verifiable Rewards: GRPO's Effective Loss, Dynamics, and Success "
    "Amplification"
)
PAPER = (
    "@misc{mroueh2025reinforcement,",
    f"  author = {{{AUTHOR}}},",
    f"  title = {{{TITLE.replace('GRPO', '{GRPO}')}}},",
    "  year = {2025},",
    "  eprint = {2503.06639},",
    "  archivePrefix = {arXiv}",
    "}",
)
"""The paper, as BibTeX."""
ITEM = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
"""What a statement may be called: nothing else becomes a link, a name of a file, or BibTeX."""
VERSION = re.compile(r"[0-9][0-9a-z.+-]*", re.ASCII)


def named(item: str) -> str:
    """What a statement is called, without the words that its title says better.

    >>> named("theorem-3-case-2"), named("section-2-1-clipped-form"), named("s1-amplification")
    ('Theorem 3, case 2', 'Section 2.1', 'S1')
    """
    name, rest = _parts(item)
    match rest:
        case ["case" | "part" as kind, number]:
            return f"{name}, {kind} {number}"
        case _:
            return name if name[-1:].isdigit() else " ".join([name, *rest])


def full_name(item: str) -> str:
    """The same with those words, where titles are too long.

    >>> full_name("theorem-3-case-2"), full_name("s1-amplification"), full_name("limit-is-a-fixed-point")
    ('Theorem 3, case 2', 'S1: amplification', 'Limit is a fixed point')
    """
    name, rest = _parts(item)
    short = named(item)
    return f"{name}: {' '.join(rest)}" if rest and short == name else short


def _parts(item: str) -> tuple[str, list[str]]:
    """The name with its numbers, and the words after it."""
    first, *words = item.split("-")
    numbers = list(takewhile(str.isdigit, words))
    between = {"section": ".", "equations": " and "}.get(first, " ")
    name = f"{first[:1].upper()}{first[1:]} {between.join(numbers)}".strip()
    return name, ["KL" if word == "kl" else word for word in words[len(numbers) :]]


def permalink(item: str) -> str:
    """The anchor of a statement, whatever else a report is about; none for what no statement is called."""
    return f"statement-{item}" if ITEM.fullmatch(item) else ""


def bibtex(item: str, certificate: Certificate) -> str:
    """An accepted statement of the paper, with its verdict and the digest of its certificate."""
    if certificate.content is None or not ITEM.fullmatch(item):
        return ""
    version = certificate.content["provenance"]["software"].get("verified-grpo", "")
    release = f"verified-grpo {version}, " if VERSION.fullmatch(version) else ""
    return (
        f"@misc{{verified-grpo-{item}, author = {{{{The verified-grpo developers}}}}, "
        f"title = {{{full_name(item)}, judged: {certificate.claim['verdict']}}}, "
        f"howpublished = {{{release}certificate {certificate.content['digest']}}}}}"
    )
