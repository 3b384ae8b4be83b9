from __future__ import annotations

import math
import re
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.report.drawing.bands import BandCell, bound_band, margin_band, orbit_enclosures, step_band
from verified_grpo.report.drawing.log_odds import probability_label, ticks, window
from verified_grpo.report.drawing.paving import axes_to_draw, leaves, slice_of
from verified_grpo.report.drawing.recursion import Mark, ProofCell, merged, recursion_picture, sigma
from verified_grpo.report.drawing.region import Plane, even_cuts
from verified_grpo.report.drawing.style import canvas

GROUP = Contrast("group", 4, 1)
POINT = Parameters.of(beta=5, eps="1e-5", p_ref="0.001")
BOX = Parameters.of(alpha="0.5:1", beta="0.04:1", eps="1e-5:1e-2", p_ref="0.1:0.9")


def omega(contrast: Contrast, logit: mpmath.mpf, eps: mpmath.mpf) -> mpmath.mpf:
    """The contrast by its definition, in floating point of 60 digits."""
    p, q = 1 / (1 + mpmath.exp(-logit)), 1 / (1 + mpmath.exp(logit))
    if contrast.name == "group":
        return group_omega(contrast.group_size, contrast.ddof, p, q, eps)
    return {
        "mean-var": 1 / mpmath.sqrt(p * q + eps),
        "mean-std": 1 / (mpmath.sqrt(p * q) + eps),
        "mean": mpmath.mpf(1),
    }[contrast.name]


def group_omega(size: int, ddof: int, p: mpmath.mpf, q: mpmath.mpf, eps: mpmath.mpf) -> mpmath.mpf:
    """The expected advantage of a success minus that of a failure among the other samples."""

    def advantage(reward: int, ones: int) -> mpmath.mpf:
        if ones in (0, size):
            return mpmath.mpf(0)
        mean = mpmath.mpf(ones) / size
        return (reward - mean) / (mpmath.sqrt(ones * (1 - mean) / (size - ddof)) + eps)

    return mpmath.fsum(
        mpmath.binomial(size - 1, k) * p**k * q ** (size - 1 - k) * (advantage(1, k + 1) - advantage(0, k))
        for k in range(size)
    )


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD, MEAN, GROUP])
@pytest.mark.parametrize("box", [POINT, BOX])
@given(share=st.floats(0, 1), corner=st.tuples(*[st.integers(0, 1)] * 4))
def test_the_band_holds_the_curve(
    contrast: Contrast, box: Parameters, share: float, corner: tuple[int, ...]
) -> None:
    view = window([-7.0, 60.0])
    band = band_of(contrast, box)
    logit = view.low + share * (view.high - view.low)
    alpha, beta, eps, p_ref = (
        mpmath.mpf(side[k].numerator) / side[k].denominator for (_, side), k in zip(box, corner, strict=True)
    )
    with mpmath.workdps(60):
        exact = (
            (1 - alpha) * logit + alpha * mpmath.log(p_ref / (1 - p_ref)) + omega(contrast, logit, eps) / beta
        )
        holding = [cell for cell in band if cell.left <= logit <= cell.right]
        assert holding
        assert all(cell.lower <= exact <= cell.upper for cell in holding)


BANDS: dict[tuple[Contrast, bool], list[BandCell]] = {}


def band_of(contrast: Contrast, box: Parameters) -> list[BandCell]:
    """A band, computed once."""
    view = window([-7.0, 60.0])
    key = (contrast, box is BOX)
    if key not in BANDS:
        BANDS[key] = step_band(contrast, box, view.cuts, view.axis)
    return BANDS[key]


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD, GROUP])
def test_the_band_of_a_point_is_thin_and_has_no_holes(contrast: Contrast) -> None:
    view = window([-7.0, 60.0])
    band = band_of(contrast, POINT)
    assert all(first.right == second.left for first, second in pairwise(band))
    assert (band[0].left, band[-1].right) == (view.cuts[0], view.cuts[-1])
    inside = [c for c in band if view.low < c.lower and c.upper < view.high]
    assert max(view.axis.distance(c.lower, c.upper) for c in inside) < 0.02


@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD, MEAN, GROUP])
def test_the_enclosures_of_an_orbit_hold_it(contrast: Contrast) -> None:
    box = Parameters.of(alpha="0.5", beta="3:3.01", eps="1e-3", p_ref="0.2:0.21")
    found = orbit_enclosures(contrast, box, box.p_ref, 12, 5.0)
    assert len(found) > 3
    with mpmath.workdps(60):
        for beta, p_ref in ((3, 0.2), (3.01, 0.21), (3.005, 0.205)):
            logit = reference = mpmath.log(mpmath.mpf(p_ref) / (1 - mpmath.mpf(p_ref)))
            for low, high in found:
                assert low - 1e-12 <= logit <= high + 1e-12
                logit = (logit + reference) / 2 + omega(contrast, logit, mpmath.mpf("0.001")) / beta


def test_the_enclosures_of_an_orbit_end_before_they_get_too_wide() -> None:
    box = Parameters.of(beta="0.5:2", eps="1e-5", p_ref="0.001:0.5")
    found = orbit_enclosures(MEAN_VAR, box, box.p_ref, 30, 10.0)
    assert 1 <= len(found) < 31
    assert all(high - low <= 10 for low, high in found)


def test_the_bound_and_the_margin_are_enclosed() -> None:
    plane = Plane((1e-6, 1e-3), (1.0, 1e3))
    for cell in bound_band(MEAN_VAR, even_cuts(*plane.eps), plane.across, plane.up):
        eps = math.sqrt(cell.left * cell.right)
        assert cell.lower <= 1 / (3 * math.sqrt(3 * eps) * (1 + 4 * eps)) <= cell.upper
    for cell in margin_band(MEAN_VAR, Fraction(1, 100), even_cuts(0.1, 10), plane.across, plane.up):
        weight = math.sqrt(cell.left * cell.right)
        assert cell.lower <= 1 / math.sqrt(0.26) / weight <= cell.upper


def test_a_picture_has_the_same_bytes_each_time_and_asks_for_nothing() -> None:
    def picture() -> bytes:
        marks = [Mark(-1.0, -0.9, "attracting", falls=True), Mark(2, 2, "repelling"), Mark(3, 4, "undecided")]
        pieces = [
            ProofCell(-math.inf, -3, "left tail"),
            ProofCell(-3, 5, "increasing"),
            ProofCell(5, math.inf, "right tail"),
        ]
        view = window([-7.0, 60.0])
        return recursion_picture(view, band_of(MEAN_VAR, POINT), marks, pieces, (-2.0, -1.0))

    first = picture()
    assert first == picture()
    root = ElementTree.fromstring(first)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "a", "image", "foreignObject", "text"}
    links = [
        value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")
    ]
    assert all(link.startswith("#") for link in links)
    assert b"DOCTYPE" not in first


def test_a_canvas_leaves_the_settings_of_matplotlib_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with canvas(4, 3) as drawing:
        drawing.figure.add_subplot()
    assert dict(mpl.rcParams) == before
    assert drawing.svg


def _sketch(noise: float) -> bytes:
    """Something of everything that matplotlib names by a hash: markers, clips, hatches, collections."""
    with canvas(6, 4) as drawing:
        axes = drawing.figure.add_subplot()
        axes.plot([1 / 3, 0.7 + noise], [0.3, 0.9 + noise], marker="o")
        axes.fill_between([0, 1], [0, 1 / 7 + noise], [0.5, 0.6], hatch="//")
        axes.scatter([0.1 + noise, 0.2], [0.3, 0.4], s=7 + noise)
        axes.set_position((0.1, 0.1 + noise, 0.8, 0.8))
    return drawing.svg


def test_noise_in_the_last_places_of_numbers_does_not_change_a_figure() -> None:
    plain = _sketch(0.0)
    assert _sketch(3e-9) == plain == _sketch(-3e-9)
    assert _sketch(0.05) != plain
    names = set(re.findall(rb' id="([^"]*)"', plain))
    links = re.findall(rb'(?:url\(|href=")#([^")]*)', plain)
    assert links
    assert set(links) <= names
    assert not [name for name in names if re.search(rb"[0-9a-f]{10}", name)]


@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=4))
def test_a_window_shows_what_it_was_made_for_with_room_for_labels(logits: list[float]) -> None:
    view = window(logits)
    assert all(view.low < logit < view.high for logit in logits)
    places = ticks(view)
    assert 0.0 in places
    assert all(view.axis.distance(a, b) > 0.1 for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("logit", "label"),
    [(0, "$0.5$"), (-4, "$0.018$"), (4, "$1-0.018$"), (50, "$1-10^{-22}$"), (-1000, "$10^{-434}$")],
)
def test_labels_of_probabilities(logit: float, label: str) -> None:
    assert probability_label(logit) == label


def test_the_logistic_function_for_drawing_survives_any_float() -> None:
    assert [sigma(x) for x in (-1e300, 0, 1e300)] == [math.exp(-700), 0.5, 1.0]


def test_neighbours_of_one_colour_are_one_piece() -> None:
    pieces = [
        ProofCell(0, 1, "positive"),
        ProofCell(1, 2, "increasing"),
        ProofCell(2, 3, "increasing"),
        ProofCell(3, 4, "negative"),
    ]
    assert [(piece.low, piece.high) for piece in merged(pieces)] == [(0, 1), (1, 3), (3, 4)]


NODES = [
    ["split", "x", "1/2"],
    ["leaf"],
    ["split", "y", "1/4"],
    ["split", "y", "1/8"],
    ["leaf"],
    ["leaf"],
    ["leaf"],
]
ROOT = {name: (Fraction(0), Fraction(1)) for name in ("x", "y", "z")}


def test_the_leaves_of_a_tree_cover_its_box() -> None:
    found = leaves(NODES, ROOT)
    area = sum(math.prod(high - low for low, high in leaf.sides.values()) for leaf in found)
    assert area == 1
    assert found[0].sides["x"] == (Fraction(0), Fraction(1, 2))


def test_the_axes_that_are_cut_are_drawn_and_the_others_are_cut_in_the_middle() -> None:
    found = leaves(NODES, ROOT)
    assert axes_to_draw(found, ROOT) == ["x", "y"]
    assert axes_to_draw(leaves([["leaf"]], ROOT), ROOT) == []
    assert len(slice_of(found, ROOT, ["x", "y"])) == 4
    assert [leaf.sides["y"][1] for leaf in slice_of(found, ROOT, ["x"])] == [1, 1]
