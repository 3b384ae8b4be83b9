"""A whole report out of certificates: the summary in front, the notation, and a page for each certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verified_grpo.report.certificate import Certificate
from verified_grpo.report.document import Block, Document
from verified_grpo.report.pages.errata import errata
from verified_grpo.report.pages.notation import notation
from verified_grpo.report.pages.page import Page, as_checked, as_explained, assembled, rejected
from verified_grpo.report.pages.paper import KINDS
from verified_grpo.report.pages.paper_map import carriers, paper_map
from verified_grpo.report.pages.paper_opening import opening
from verified_grpo.report.pages.summary import summary


def report_document(
    certificates: Sequence[Certificate],
    title: str,
    notes: Sequence[Block] = (),
    appendix: Sequence[Block] = (),
) -> Document:
    """The report as a document; `notes` stand on the first page, `appendix` after the last certificate."""
    labels = [f"c{number}" for number in range(1, len(certificates) + 1)]
    pages = once_named([page_of(*given) for given in zip(certificates, labels, strict=True)])
    entries = list(zip(certificates, pages, labels, strict=True))
    body: list[Block] = [*notation(), *errata(entries), *carriers(entries)]
    for page, certificate, label in zip(pages, certificates, labels, strict=True):
        body += assembled(page, certificate, label)
    front = (*notes, *opening(entries), *paper_map(entries), *summary(entries))
    return Document(title, subtitle(certificates), front, (*body, *appendix))


def once_named(pages: Sequence[Page]) -> list[Page]:
    """The pages, of which the first of a statement alone has its name: a link leads to one place."""
    seen: set[str] = {""}
    named = []
    for page in pages:
        named.append(replace(page, item="") if page.item in seen else page)
        seen.add(page.item)
    return named


def page_of(certificate: Certificate, label: str) -> Page:
    """The page of a certificate; `label` names it and its figure."""
    if certificate.content is None:
        return rejected(certificate)
    kind = KINDS.get(certificate.kind)
    if kind is None:
        return as_checked(certificate)
    page = kind.page(certificate.claim, certificate.content["evidence"], label)
    return as_explained(page, certificate.verdict)


def subtitle(certificates: Sequence[Certificate]) -> str:
    """How many certificates there are and what the checker says of them."""
    counts = [
        (word, sum(c.verdict.outcome.value == word for c in certificates))
        for word in ("accepted", "rejected", "declined")
    ]
    said = ", ".join(f"{count} {word}" for word, count in counts if count)
    total = len(certificates)
    return f"{total} certificate{'' if total == 1 else 's'}, checked independently: {said}"
