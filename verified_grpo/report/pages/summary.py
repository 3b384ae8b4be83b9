"""The first page: every certificate in one line, grouped by what it states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from verified_grpo.certificates.grammar.paper import PaperStatement
from verified_grpo.certificates.grammar.points import FixedPoints
from verified_grpo.certificates.grammar.values import Axis, Side
from verified_grpo.report.certificate import Certificate
from verified_grpo.report.document import Block, Code, Content, Reference, Row, Strong, Table, content
from verified_grpo.report.kinds import Group
from verified_grpo.report.numerals import bounds, scientific
from verified_grpo.report.pages.citation import ITEM
from verified_grpo.report.pages.page import Page, contrast_label, math
from verified_grpo.report.pages.paper import KINDS
from verified_grpo.report.routes import route

Entry = tuple[Certificate, Page, str]

LONG_RANGE = 12
SHOWN: tuple[Axis, ...] = ("beta", "eps", "p_ref")


def summary(entries: Sequence[Entry]) -> list[Block]:
    """The tables of the first page; what was not accepted stands first."""
    refused = [entry for entry in entries if entry[0].content is None]
    blocks: list[Block] = [not_accepted(refused)] if refused else []
    for group in Group:
        chosen = [entry for entry in entries if entry[0].content is not None and group_of(entry[0]) is group]
        if chosen:
            blocks.append(TABLES.get(group, verdicts)(chosen, group.value))
    return blocks


def group_of(certificate: Certificate) -> Group:
    """The table that lists an accepted certificate."""
    return KINDS[certificate.kind].group if certificate.kind in KINDS else Group.OTHERS


def not_accepted(entries: Sequence[Entry]) -> Table:
    """Certificates that prove nothing."""
    rows = [
        Row(
            (
                number(label),
                content(Code(c.file)),
                content(Strong(c.verdict.outcome.value)),
                content(Code(c.verdict.code.value)),
            )
        )
        for c, _, label in entries
    ]
    header = (content(""), content("file"), content("checker"), content("reason"))
    return Table(header, tuple(rows), content(Strong("Not accepted.")), widths=(1, 9, 3, 6))


def paper(entries: Sequence[Entry], caption: str) -> Table:
    """Statements of the paper: verdict, the module that makes the certificate, and the certificate."""
    rows = []
    for certificate, page, label in entries:
        claim: PaperStatement = certificate.claim
        item = claim["item"]
        # The module is named after its statement; a name that no module could have is not shown.
        module = content(Code(item.replace("-", "_") + ".py")) if ITEM.fullmatch(item) else ()
        file = content(Code(PurePosixPath(certificate.file).name))
        cells = (
            number(label),
            page.title,
            content(Strong(page.word)),
            content(f"{route(certificate).word}{given(claim)}"),
            module,
            file,
        )
        rows.append(Row(cells, closing=True, routes=routes(claim)))
    header = (
        content(""), content("statement"), content("verdict"), content("route, given"),
        content("module in ", Code("proofs/")), content("certificate"),
    )  # fmt: skip
    return Table(header, tuple(rows), content(Strong(caption)), widths=(2, 14, 7, 9, 18, 15))


def given(claim: PaperStatement) -> str:
    """The assumptions of a verdict on the paper, by their numbers; empty where there are none."""
    return f"; given {', '.join(claim['given'])}" if claim["given"] else ""


def routes(claim: PaperStatement) -> tuple[str, ...]:
    """The kinds of formal claims that carry a statement of the paper."""
    return tuple(sorted({part["claim"]["kind"] for part in claim["parts"]}))


def verdicts(entries: Sequence[Entry], caption: str) -> Table:
    """What, verdict, result."""
    rows = [
        Row((number(label), page.title, content(Strong(page.word)), page.result), closing=True)
        for _, page, label in entries
    ]
    header = (content(""), content("statement"), content("verdict"), content("result"))
    return Table(header, tuple(rows), content(Strong(caption)), widths=(1, 8, 3, 7))


def fixed_points(entries: Sequence[Entry], caption: str) -> Table:
    """Parameters, number and kinds of fixed points, and where the largest one is."""
    rows = []
    for certificate, _, label in entries:
        claim: FixedPoints = certificate.claim
        points = claim["fixed_points"]
        kinds = ", ".join(point["stability"] for point in points)
        cells = [content(math(short(claim["parameters"][name]))) for name in SHOWN]
        largest = content(math(scientific(points[-1]["one_minus_p"], 4))) if points else ()
        rows.append(
            Row(
                (
                    number(label),
                    content(contrast_label(claim)),
                    *cells,
                    content(math(str(claim["count"]))),
                    content(kinds),
                    largest,
                )
            )
        )
    header = (
        content(""), content("contrast"), content(math("beta")), content(math("eps")), content(math("p_ref")),
        content("count"), content("kinds, ascending"), content(math("-", "1", "p*"), " of "
        "the largest"),
    )  # fmt: skip
    return Table(header, tuple(rows), content(Strong(caption)), widths=(2, 6, 4, 4, 4, 4, 15, 12))


def short(value: Side) -> str | tuple[str, ...]:
    """A parameter in a cell: a number, or a range."""
    if isinstance(value, str):
        return value if len(value) <= LONG_RANGE else bounds([value, value], 6)[0]
    return ("interval", *(value if max(map(len, value)) <= LONG_RANGE else bounds(value, 6)))


def number(label: str) -> Content:
    """The certificate's number, a link to its page."""
    return content(Reference(label.removeprefix("c"), label))


TABLES: dict[Group, Callable[[Sequence[Entry], str], Table]] = {
    Group.PAPER: paper,
    Group.FIXED_POINTS: fixed_points,
}
"""Of the groups that are told by more than statement, verdict and result."""
