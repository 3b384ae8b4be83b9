"""What a run did not decide: named on the first page, so that nobody takes an absence for a proof."""

from __future__ import annotations

from collections.abc import Sequence

from verified_grpo.report.document import Banner, Block, Code, Row, Table, Tone, content


def undecided(left: Sequence[tuple[str, str, str]]) -> tuple[Block, ...]:
    """A banner and a table of (name, where the evidence stopped, why); nothing where all was decided."""
    if not left:
        return ()
    rows = [
        Row((content(Code(name)), content(where), content(reason)), closing=True)
        for name, where, reason in left
    ]
    header = (content("statement"), content("where the evidence stopped"), content("why"))
    some = "1 statement has" if len(left) == 1 else f"{len(left)} statements have"
    said = content(f"{some} no certificate and no page below: neither proved nor refuted by this run.")
    return Banner(Tone.DECLINED, "undecided", said), Table(header, tuple(rows), widths=(4, 5, 9))
