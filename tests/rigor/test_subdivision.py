"""What is halved until it is decided: nothing is lost, nothing comes twice, in the order that is promised."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.rigor.subdivision import LargestFirst, Subdivision, halves, nearly_halves

ZERO, ONE = Fraction(0), Fraction(1)
FINEST = Fraction(1, 64)
marks = st.lists(st.fractions(0, 1), max_size=4)


@given(marks=marks, cut=st.sampled_from([halves, nearly_halves]))
def test_cells_come_from_left_to_right_and_fill_the_line(marks: list[Fraction], cut: type) -> None:
    cells, done = Subdivision([(ZERO, ONE)]), []
    for low, high in cells:
        if high - low > FINEST and any(low <= mark <= high for mark in marks):
            cells.put_back(*cut(low, high))
        else:
            done.append((low, high))
    assert all(left[1] == right[0] for left, right in pairwise(done))
    assert (done[0][0], done[-1][1]) == (ZERO, ONE)
    assert cells.taken == 2 * len(done) - 1  # a binary tree
    assert not cells.rest()


def test_the_parts_come_in_preorder() -> None:
    tree = {"a": "bc", "b": "de", "c": "fg"}
    parts = Subdivision("a")
    seen = []
    for part in parts:
        seen.append(part)
        parts.put_back(*tree.get(part, ""))
    assert "".join(seen) == "abdecfg"


def test_what_is_given_to_begin_with_comes_in_its_order() -> None:
    assert list(Subdivision([1, 2, 3])) == [1, 2, 3]


def test_a_search_may_stop_and_go_on() -> None:
    parts = Subdivision([(ZERO, ONE)])
    parts.put_back(*halves(*parts.take()))
    assert len(parts) == 2
    assert parts.rest() == list(halves(ZERO, ONE))
    assert list(parts) == list(halves(ZERO, ONE))
    assert (parts.taken, len(parts)) == (3, 0)


@given(st.lists(st.integers(1, 9), min_size=1))
def test_the_largest_comes_first_and_of_equals_the_eldest(sizes: list[int]) -> None:
    parts = LargestFirst((10, -1), lambda part: part[0])
    assert parts.take() == (10, -1)
    parts.put_back(*((size, k) for k, size in enumerate(sizes)))
    expected = sorted(((size, k) for k, size in enumerate(sizes)), key=lambda part: (-part[0], part[1]))
    assert parts.rest() == expected
    assert list(parts) == expected


@given(st.fractions(-5, 5), st.fractions(Fraction(1, 100), 5))
def test_pieces_of_a_cell_are_inside_and_meet(low: Fraction, width: Fraction) -> None:
    for cut in (halves, nearly_halves):
        (a, b), (c, d) = cut(low, low + width)
        assert a == low < b == c < d == low + width
    assert all(not a < ZERO == b for a, b in nearly_halves(-ONE, ONE))  # 0 stays inside
