"""Enclosures of orbits over cells hold sampled orbits; decided cells do what is said; known cases."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.checker.kinds.atlas.oracle import behaviour
from verified_grpo.certificates.builders import variant
from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast, formulas
from verified_grpo.rigor.cells.flow import Flow
from verified_grpo.rigor.cells.patches import Law, Patches
from verified_grpo.rigor.cells.rules import decide

CONTRASTS = (
    MEAN_VAR,
    MEAN_STD,
    Contrast("mean"),
    Contrast("group", 5, 0),
    Contrast("group", 8, 1),
    Contrast.of("1/(p + eps)"),
    Contrast.of("1/(sqrt(v) + eps)"),
)
IDS = [contrast.label for contrast in CONTRASTS]


def patches(
    seed: int, count: int, side: float, low: tuple[float, float], high: tuple[float, float]
) -> Patches:
    """Random cells with dyadic corners."""
    source = np.random.default_rng(seed)
    x, y = (np.round(source.uniform(a, b, count) * 1024) / 1024 for a, b in zip(low, high, strict=True))
    return Patches(x, x + side, y, y + side)


@pytest.mark.parametrize("contrast", CONTRASTS, ids=IDS)
def test_ranges_of_the_contrast_and_its_slope(contrast: Contrast) -> None:
    source, eps = np.random.default_rng(1), Fraction(1, 1000)
    shape = Law(contrast, eps, Fraction(1)).shape
    low = source.uniform(-12, 12, 400)
    high = low + source.uniform(0, 3, 400) ** 3
    from verified_grpo.intervals.array_bounds import between

    omega, slope = shape.over(between(low, high))
    profile = formulas.approx_profile_over_arrays(contrast)
    for share in np.linspace(0, 1, 9):
        x = low + share * (high - low)
        value, b = profile(np.exp(-x), float(eps))
        near = 1e-9 * (1 + np.abs(value) + np.abs(b))
        assert np.all((omega.lo - near <= value) & (value <= omega.hi + near))
        assert np.all((slope.lo - near <= b) & (b <= slope.hi + near))


@pytest.mark.parametrize("alpha", ["1", "2/5"])
@pytest.mark.parametrize("contrast", CONTRASTS, ids=IDS)
def test_enclosures_hold_sampled_orbits(contrast: Contrast, alpha: str) -> None:
    law = Law(contrast, Fraction(1, 10**4), Fraction(alpha))
    cells, source = patches(2, 60, 1 / 16, (-2, -8), (3, 3)), np.random.default_rng(3)
    profile = formulas.approx_profile_over_arrays(contrast)
    share, weight, eps = float(law.alpha), None, float(law.eps)
    samples = []
    for _ in range(8):
        x = source.uniform(cells.x0, cells.x1)
        y = source.uniform(cells.y0, cells.y1)
        samples.append((np.exp(-x), y, y))
    flow = Flow.from_reference(law, cells)
    for _ in range(6):
        for weight, y, here in samples:
            assert weight is not None
            near = 1e-9 * (1 + np.abs(here))
            outside = (here < flow.reach.lo - near) | (flow.reach.hi + near < here)
            assert not np.any(outside), y
        known = np.isfinite(flow.reach.lo)  # of a written one nothing where p q is no normal double
        assert np.all(known | (np.abs(here) > 700) if contrast.tree is not None else known)
        flow = flow.step()
        with np.errstate(all="ignore"):
            samples = [
                (w, y, (1 - share) * h + share * y + w * profile(np.exp(-h), eps)[0]) for w, y, h in samples
            ]


def test_enclosures_are_sharp() -> None:
    """Errors are of second order: halving a cell divides what is lost by about four."""
    law = Law(MEAN_VAR, Fraction(1, 10**5), Fraction(1))
    excess = []
    for side in (1 / 64, 1 / 128):
        cells = Patches(*(np.array([v]) for v in (1.5, 1.5 + side, -6.0, -6.0 + side)))
        flow = Flow.from_reference(law, cells)
        for _ in range(4):
            flow = flow.step()
        weights, starts = (np.linspace(a, b, 33) for a, b in ((1.5, 1.5 + side), (-6.0, -6.0 + side)))
        w, y = np.meshgrid(np.exp(-weights), starts)
        here = y
        for _ in range(4):
            here = y + w / np.sqrt(1 / (4 * np.cosh(here / 2) ** 2) + 1e-5)
        excess.append(float((flow.reach.hi - flow.reach.lo)[0] - (here.max() - here.min())))
    assert 0 <= excess[1] < excess[0] / 3


@pytest.mark.parametrize(
    ("contrast", "alpha", "eps"),
    [
        (MEAN_VAR, "1", "1/100000"),
        (MEAN_STD, "1", "1/1000"),
        (MEAN_VAR, "3/4", "1/100000"),
        (Contrast.of("1/(sqrt(q) + eps)"), "1", "1/1000"),
    ],
)
def test_decided_cells_do_what_is_said(contrast: Contrast, alpha: str, eps: str) -> None:
    law = Law(contrast, Fraction(eps), Fraction(alpha))
    cells, source = patches(5, 160, 1 / 256, (-1, -9), (4, -2)), np.random.default_rng(7)
    statement = {"variant": variant(contrast), "parameters": {"alpha": alpha, "eps": eps}}
    verdicts, told = decide(law, cells).verdicts, 0
    assert sum(token != "u" for token, _ in verdicts) > 100
    for k, (token, proof) in enumerate(verdicts):
        if token == "u":
            continue
        x, y = (
            float(source.uniform(a, b)) for a, b in ((cells.x0[k], cells.x1[k]), (cells.y0[k], cells.y1[k]))
        )
        seen = behaviour(statement, x, y)
        told += bool(seen)
        assert seen in {"r": ("", "r"), "f": ("", "r", "f")}.get(token, ("", token)), (token, proof, x, y)
    assert told > 80


@pytest.mark.parametrize(
    ("beta", "p_ref", "expected"),
    [(5.0, 0.001, "c2"), (5.0, 0.0001, "f"), (3.0, 0.001, "c2"), (2.0, 0.7, "r")],
)
def test_the_cases_of_the_paper(beta: float, p_ref: float, expected: str) -> None:
    """Tiny cells around the points that the paper and S5 speak of."""
    x, y = np.log(beta), np.log(p_ref / (1 - p_ref))
    left, low = (np.floor(v * 4096) / 4096 for v in (x, y))
    cells = Patches(*(np.array([v]) for v in (left, left + 1 / 4096, low, low + 1 / 4096)))
    (token, _), *_ = decide(Law(MEAN_VAR, Fraction(1, 10**5), Fraction(1)), cells).verdicts
    assert token == expected
