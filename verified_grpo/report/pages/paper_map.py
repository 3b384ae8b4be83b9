"""The paper as a map: its statements between what carries them, and the two tables to which the map leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from verified_grpo.certificates.grammar.paper import PaperStatement
from verified_grpo.report.document import (
    Block,
    Carrier,
    Code,
    Content,
    Figure,
    Heading,
    Mapped,
    Paragraph,
    Reference,
    Row,
    StatementMap,
    Table,
    content,
    plain,
)
from verified_grpo.report.drawing.statements import statement_map
from verified_grpo.report.pages.citation import ITEM, full_name, permalink
from verified_grpo.report.pages.summary import Entry
from verified_grpo.report.pages.summary import given as supposed
from verified_grpo.report.routes import route

NAME = "statements"
CARRIERS = "carriers"
CAPTION = (
    "Every statement with what carries it: formal claims that the checker decides, by kind, and theorems of "
    "Coq's library that its steps use, by file. A statement leads to its page, where what is printed stands "
    "beside what is certified; what carries statements is listed "
)
OPENING = "Formal claims are decided by the checker, from the evidence in the certificate; theorems stand in "

Carried = dict[str, dict[str, tuple[str, ...]]]
"""By carrier, and by what of it, the labels of the statements that use it."""


def paper_map(entries: Sequence[Entry]) -> tuple[Block, ...]:
    """The map of the statements of a report; none where it has none."""
    given = _statements(entries)
    if not given:
        return ()
    claims, theorems = _claims(given), _theorems(given)
    labels = [label for _, _, label in given]
    kinds, files = _ordered(claims, labels), _ordered(theorems, labels)
    words = (
        f"A map of {len(given)} statements, each between the formal claims and the theorems that "
        "carry it. The tables of what carries the statements say the same."
    )
    drawn = StatementMap(
        Figure(NAME, b"", content(CAPTION, Reference("by kind and by file", CARRIERS), "."), words),
        tuple(Carrier(kind, sum(map(len, claims[kind].values())), f"claims-{kind}") for kind in kinds),
        tuple(_mapped(entry, claims, kinds, theorems, files) for entry in given),
        tuple(Carrier(file, len(theorems[file]), f"theorems-{file}") for file in files),
    )
    picture = statement_map(drawn, linked=False).encode()
    return (replace(drawn, figure=replace(drawn.figure, svg=picture)),)


def carriers(entries: Sequence[Entry]) -> tuple[Block, ...]:
    """What carries the statements, by kind and by file, with the statements that use it."""
    given = _statements(entries)
    if not given:
        return ()
    names = {entry[2]: _called(entry) for entry in given}
    kinds = [
        _row(f"claims-{kind}", content(kind), content(str(len(used))), _references(used, names))
        for kind, used in sorted(_claims(given).items())
    ]
    files = [
        _row(f"theorems-{file}", content(file), _names(list(used)), _references(used, names))
        for file, used in sorted(_theorems(given).items())
    ]
    header = content("statements that use them")
    return (
        Heading(1, content("What carries the statements"), CARRIERS),
        Paragraph(content(OPENING, Code("proofs/coq"), ", where Coq's kernel checks them.")),
        Table((content("formal claims"), content("how many"), header), tuple(kinds), widths=(4, 2, 12)),
        Table((content("file"), content("theorems that steps use"), header), tuple(files), widths=(5, 8, 6)),
    )


def _statements(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry[0].kind == "paper-statement"]


def _called(entry: Entry) -> str:
    """A statement's name; of one that no statement could have, its number."""
    item = str(entry[0].claim["item"])
    return full_name(item) if ITEM.fullmatch(item) else entry[2].removeprefix("c")


def _claims(given: Sequence[Entry]) -> Carried:
    """By kind and by number of a formal claim, the statement that it is a part of."""
    found: Carried = {}
    for certificate, _, label in given:
        claim: PaperStatement = certificate.claim
        for number, part in enumerate(claim["parts"], start=1):
            found.setdefault(part["claim"]["kind"], {})[f"{label}, part {number}"] = (label,)
    return found


def _theorems(given: Sequence[Entry]) -> Carried:
    """By file and name of a theorem, the statements whose steps use it."""
    found: Carried = {}
    for certificate, _, label in given:
        claim: PaperStatement = certificate.claim
        for step in claim["steps"]:
            if "theorems" not in step["because"]:
                continue
            for theorem in step["because"]["theorems"]:
                users = found.setdefault(theorem["file"], {})
                before = users.get(theorem["name"], ())
                users[theorem["name"]] = before if label in before else (*before, label)
    return found


def _mapped(
    entry: Entry, claims: Carried, kinds: Sequence[str], theorems: Carried, files: Sequence[str]
) -> Mapped:
    certificate, page, label = entry
    claim: PaperStatement = certificate.claim
    return Mapped(
        name=_called(entry),
        title=f"{plain(page.title)}. {plain(page.result)}",
        verdict=claim["verdict"],
        supposed=supposed(claim),
        tone=page.tone,
        route=route(certificate).word,
        label=permalink(page.item) or label,
        claims=tuple(k for k, kind in enumerate(kinds) if label in _users(claims[kind])),
        theorems=tuple(k for k, file in enumerate(files) if label in _users(theorems[file])),
    )


def _ordered(carried: Carried, labels: Sequence[str]) -> list[str]:
    """Carriers by the mean place of the statements that use them, which keeps lines short."""
    rows = {label: row for row, label in enumerate(labels)}

    def place(name: str) -> tuple[float, str]:
        users = _users(carried[name])
        return (sum(rows[label] for label in users) / len(users), name)

    return sorted(carried, key=place)


def _users(used: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The statements that use any of these, in the order of the report."""
    return list(dict.fromkeys(label for labels in used.values() for label in labels))


def _row(label: str, *cells: Content) -> Row:
    return Row(cells, closing=True, label=label)


def _names(theorems: Sequence[str]) -> Content:
    return tuple(part for k, name in enumerate(theorems) for part in content(", " if k else "", Code(name)))


def _references(used: Mapping[str, tuple[str, ...]], names: Mapping[str, str]) -> Content:
    users = sorted(_users(used), key=list(names).index)
    links = (content("; " if k else "", Reference(names[label], label)) for k, label in enumerate(users))
    return tuple(part for link in links for part in link)
