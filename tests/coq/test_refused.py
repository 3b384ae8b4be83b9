"""Negative controls: the library with one constant, sign or hypothesis changed is refused by Coq's kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from .kernel import SOURCES, Kernel, kernel

CHANGES = {
    "Bmax with 4 for 3": ("Bmax.v", "/ (3 * sqrt (3 * eps)", "/ (4 * sqrt (3 * eps)"),
    "Bmax's identity with 28": ("Bmax.v", "(1 - t + 4 * e)^3 - 27 *", "(1 - t + 4 * e)^3 - 28 *"),
    "Bmax attained elsewhere": (
        "AtMostThree.v",
        "Definition peak (eps : R) : R := logit ((1 + sqrt ((1 + 4 * eps) / (1 + 12 * eps))) / 2).",
        "Definition peak (eps : R) : R := logit ((1 + sqrt ((1 + 4 * eps) / (1 + 11 * eps))) / 2).",
    ),
    "amplification reversed": ("Amplification.v", "  sigma Lref < sigma L.", "  sigma L < sigma Lref."),
    "slope of the other sign": (
        "Slope.v",
        "(0 < slope eps L <-> 1/2 < sigma L)",
        "(0 < slope eps L <-> sigma L < 1/2)",
    ),
    "at most two fixed points": (
        "AtMostThree.v",
        "T Lref beta eps y = y -> T Lref beta eps z = z -> False.",
        "T Lref beta eps y = y -> False.",
    ),
    "contraction iff beta >= Bmax": (
        "AtMostThree.v",
        "< 1) <-> Bmax eps < beta).",
        "< 1) <-> Bmax eps <= beta).",
    ),
    "a radius twice as large": ("Basin.v", "* beta / (2 * steepness eps) ->", "* beta / steepness eps ->"),
    "beta_c twice as large": ("Monotone.v", "- Lref <= 1 ->", "- Lref <= 2 ->"),
    "no hypothesis on the mirror's weight": (
        "TwoKL.v",
        "Bmax eps <= (1 - alpha) * beta ->",
        "Bmax eps <= beta ->",
    ),
    "half of delta*": (
        "Errors.v",
        "(rho n) - p_star) <= star + eta.",
        "(rho n) - p_star) <= star / 2 + eta.",
    ),
    "four points in another order": (
        "Periods.v",
        "f (f (f x)) <= x -> x < f x ->",
        "x <= f (f (f x)) -> x < f x ->",
    ),
    "a trap that does not contract": ("Traps.v", "a <= b -> 0 <= k < 1 ->", "a <= b -> 0 <= k <= 1 ->"),
    "cycles nowhere near": (
        "Cycles.v",
        "  Lref + / sqrt (1/4 + eps) / (alpha * beta) <= x <= Lref",
        "  Lref + / sqrt eps / (alpha * beta) <= x <= Lref",
    ),
    "h falls above 1/2": (
        "PaperMap.v",
        "0 <= p -> p < q -> q <= 1/2 -> h",
        "1/2 <= p -> p < q -> q <= 1 -> h",
    ),
    "convergence below Bmax": (
        "Attraction.v",
        "0 < eps -> Bmax eps <= beta ->\n  exists l",
        "0 < eps -> 0 < beta ->\n  exists l",
    ),
}


@pytest.fixture(scope="module")
def coq(tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    return kernel(tmp_path_factory)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_refused(coq: Kernel, change: str, tmp_path: Path) -> None:
    name, old, new = CHANGES[change]
    file = tmp_path / "Changed.v"
    file.write_text(changed((SOURCES / name).read_text(), old, new))
    said = coq.refusal(file)
    assert said
    assert not any(words in said for words in ("Syntax error", "was not found", "physical path")), said


def test_a_file_unchanged_is_accepted(coq: Kernel, tmp_path: Path) -> None:
    file = tmp_path / "Unchanged.v"
    file.write_text((SOURCES / "AtMostThree.v").read_text())
    assert coq.refusal(file) == ""
