"""The picture of an atlas: vectors throughout, and the same area in fewer rectangles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.browser.atlases import atlas
from verified_grpo.certificates.atlas_cells import cells
from verified_grpo.report.document import Document, Figure, Heading, Text
from verified_grpo.report.drawing.atlas import atlas_picture, merged
from verified_grpo.report.typesetting import pdf


def test_a_large_atlas_is_drawn_and_printed_as_vectors() -> None:
    svg = atlas_picture(list(cells(atlas(5000))), [])
    assert b"<image" not in svg
    assert b"hatch" in svg or b"<pattern" in svg
    figure = Figure("map", svg, (Text("A map."),), "map")
    printed = pdf(Document("t", "s", (), (Heading(1, (Text("One"),), "c1"), figure)))
    assert b"/Subtype /Image" not in printed
    assert len(printed) < 300_000


squares = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1)


@given(squares)
def test_merging_keeps_the_area(chosen: set[tuple[int, int]]) -> None:
    made = merged([(float(x), x + 1.0, float(y), y + 1.0) for x, y in sorted(chosen)])
    covered = [(x, y) for a, b, c, d in made for x in range(int(a), int(b)) for y in range(int(c), int(d))]
    assert sorted(covered) == sorted(chosen)
    assert len(made) <= len(chosen)
