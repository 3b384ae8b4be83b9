"""The curves in the plane of (beta, p_ref) at which the fixed points change: folds, flips, cusps; and the
bound below which the sequence from p_ref is known to settle.

Each curve is explicit in the log-odds L of the fixed point at which it happens. With ``b = dOmega/dL``:

* fold, ``T' = 1``: ``beta = b/alpha`` and ``L_ref = L - Omega/b``, for L > 0 (where b > 0);
* flip, ``T' = -1``: ``beta = -b/(2 - alpha)`` and ``L_ref = L + k Omega/b``, ``k = (2 - alpha)/alpha``, for
  L < 0;
* flip of a step of size eta, ``1 + eta (b - alpha beta) = -1``: ``alpha beta = m = 2/eta + b > 0`` and
  ``L_ref = L - Omega/m``, for L < 0 (as long as ``eta alpha beta < 2``); folds, cusps and the settling bound
  are those of any steps;
* cusp: a fold with ``db/dL = 0``, where two folds meet (``dL_ref/dL = Omega (db/dL)/b^2`` along them);
* settling: ``L_ref = -Omega(0)/(alpha beta)``, S4's ``beta_c`` at any alpha: on it and above it (larger
  p_ref) T carries L >= 0 into itself and lifts every L < 0.

So a curve is cut by intervals of L, and each piece is enclosed in a box: what a box says is proved, no point
of the curve inside the window is outside all boxes. The bounds of a box are those that the checker will find
(its lemmas 31 to 33): least and largest Omega and b of a cell, each where it helps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, Exact, Number, Sign, exact, exact_range, make_engine
from ...model import Contrast, Fact, Parameters, Range, Workbench, formulas
from ...model.steps import Update
from ..no_truth_value import NoTruthValue
from ..subdivision import Subdivision, halves, nearly_halves
from ..verdicts import CurveName

V = TypeVar("V")

BITS = 128
PIECE_LIMIT = 100_000
SMALLEST = Fraction(1, 2**60)
GRAIN = Fraction(1, 2**10)
"""Cells are cut into halves from a range with ends on this grid, so that few digits are written down."""
"""For groups up to this size all coefficients of Omega are the same."""
CUSP_WIDTH = Fraction(1, 10**12)
CUSP_MARGIN = Fraction(1, 10**10)
"""How far to both sides of a cusp's bracket b is compared with its value inside."""


@dataclass(frozen=True)
class CurvePiece:
    """The part of a curve that belongs to fixed points with log-odds in ``logit``: it lies in the box
    ``log_beta`` x ``log_odds_ref`` (natural logarithms; exact ends)."""

    logit: Range
    log_beta: Range
    log_odds_ref: Range


@dataclass(frozen=True)
class PlaneCurve(NoTruthValue, read="pieces"):
    """A curve inside a window, as boxes in the order of L.

    Proved: every point of the curve whose beta and p_ref lie in the window is in the box of the piece that
    its L belongs to. A box may reach beyond the window, and may touch it where the curve does not.
    """

    name: CurveName
    contrast: Contrast
    eps: Fraction
    alpha: Fraction
    beta: Range
    p_ref: Range
    pieces: tuple[CurvePiece, ...]
    gaps: tuple[Range, ...]
    """Cells of L between and around the pieces, on each of which the curve is outside of the window."""
    engine: str
    bits: int
    step_size: Fraction | None = None
    """Of a flip: the size of the step that has the multiplier -1; None: the exact iteration."""


@dataclass(frozen=True)
class Cusp(NoTruthValue, read="logit"):
    """The slope b is largest strictly inside ``logit``, larger at ``middle`` than at both ends: a cusp of the
    fold curve is in the box. ``beta`` is that of the cusp, not its logarithm."""

    contrast: Contrast
    eps: Fraction
    alpha: Fraction
    logit: Range
    middle: Fraction
    beta: Range
    log_odds_ref: Range
    engine: str
    bits: int


@dataclass(frozen=True)
class _Window:
    beta: Range
    log_beta: Range
    log_odds_ref: Range
    largest: Range
    """The size in log beta and in L_ref that a piece may have."""

    def misses(self, log_beta: Range, log_odds_ref: Range) -> bool:
        return (
            log_beta[1] < self.log_beta[0]
            or log_beta[0] > self.log_beta[1]
            or log_odds_ref[1] < self.log_odds_ref[0]
            or log_odds_ref[0] > self.log_odds_ref[1]
        )

    def fits(self, log_beta: Range, log_odds_ref: Range) -> bool:
        wide, high = log_beta[1] - log_beta[0], log_odds_ref[1] - log_odds_ref[0]
        return wide <= self.largest[0] and high <= self.largest[1]


class _Explicit(Generic[V]):
    """``beta = weight |b|`` and ``L_ref = L - share Omega/|b|`` over cells of L without 0 inside: folds above
    it, flips below. With a ``turn`` that and b stand for ``|b|``: flips of steps."""

    def __init__(
        self,
        engine: Engine[V],
        contrast: Contrast,
        eps: Fraction,
        weight: Fraction,
        share: Fraction,
        turn: Fraction | None = None,
    ) -> None:
        self.turn = turn
        self.engine, self.weight, self.share = engine, engine.exact(weight), engine.exact(share)
        self.profile = Workbench(engine, contrast).profile(eps, (eps, eps))
        self.curvature = formulas.curvature_program(contrast).bind(engine, eps=engine.exact(eps))

    def steepness(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``|b|`` on the cell, or the turn and b; for groups also by its ends and its derivative."""
        engine, profile = self.engine, self.profile
        slope = profile.slope_over(low, high)
        if not profile.has_one_peak:  # where there is one, slope_over is as sharp as can be
            change = self.curvature(engine.interval(low, high))[0]
            swing = engine.mul(change, engine.interval(Fraction(0), high - low))
            ends = engine.add(profile.at(low)[1], swing), engine.sub(profile.at(high)[1], swing)
            bounds = [_bounds(engine, value) for value in (slope, *ends)]
            slope = engine.interval(max(b[0] for b in bounds), min(b[1] for b in bounds))
        if self.turn is not None:
            return engine.add(engine.exact(self.turn), slope)
        return slope if low >= 0 else engine.neg(slope)

    def beta_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses beta on the cell."""
        return self.engine.mul(self.weight, self.steepness(low, high))

    def reference_over(self, low: Fraction, high: Fraction) -> Range:
        """Bounds of L_ref on the cell."""
        engine, profile = self.engine, self.profile
        farthest = engine.hull(profile.least_omega_over(low, high), profile.largest_omega_over(low, high))
        fall = engine.mul(self.share, engine.div(farthest, self.steepness(low, high)))
        return _bounds(engine, engine.sub(engine.interval(low, high), fall))

    def piece(self, low: Fraction, high: Fraction) -> CurvePiece:
        """The box of a cell.

        Raises:
            NotEnoughPrecision: nothing is known; the cell reaches 0, or is too wide.
        """
        log_beta = _bounds(self.engine, self.engine.log(self.beta_over(low, high)))
        return CurvePiece((low, high), log_beta, self.reference_over(low, high))


def fold_curve(
    contrast: Contrast,
    eps: Exact,
    alpha: Exact = 1,
    *,
    beta: Exact = "0.01:100",
    p_ref: Exact = "1e-4:0.999",
    tolerance: Number = "0.005",
    engine: str = "arb",
) -> PlaneCurve:
    """Where a fixed point is of multiplicity two or more: ``T' = 1`` there (S2).

    Args:
        contrast: any contrast; the mean alone has no fold.
        eps, alpha: exact numbers, alpha in (0, 1].
        beta, p_ref: the window, as ranges.
        tolerance: the size of a box, as a share of the window's sides in log beta and L_ref.
        engine: ``arb`` or ``mpmath``.

    Raises:
        InputError: a window or tolerance outside its domain, alpha 0, or more than 100,000 pieces needed.

    >>> from verified_grpo import MEAN_VAR
    >>> curve = fold_curve(MEAN_VAR, "1e-3", beta="0.1:10", p_ref="0.001:0.9", tolerance="1/16")
    >>> all(piece.logit[0] > 0 for piece in curve.pieces)
    True
    """
    return _curve("fold", contrast, eps, alpha, (beta, p_ref), tolerance, engine)


def flip_curve(
    contrast: Contrast,
    eps: Exact,
    alpha: Exact = 1,
    *,
    beta: Exact = "0.01:100",
    p_ref: Exact = "1e-4:0.999",
    tolerance: Number = "0.005",
    engine: str = "arb",
    step_size: Exact | None = None,
) -> PlaneCurve:
    """Where a fixed point below 1/2 turns from attracting to repelling by oscillating: ``T' = -1`` there
    (S5). Arguments and errors as for :func:`fold_curve`.

    Args:
        step_size: one number eta: the flip is that of updates of one step of this size.

    Raises:
        InputError: as there, or eta times beta exceeds 1 in the window.

    Not proved: that a 2-cycle is born there, or on which side.
    """
    update = None if step_size is None else Update.of(step_size)
    return _curve("flip", contrast, eps, alpha, (beta, p_ref), tolerance, engine, update)


def settling_bound(
    contrast: Contrast,
    eps: Exact,
    alpha: Exact = 1,
    *,
    beta: Exact = "0.01:100",
    p_ref: Exact = "1e-4:0.999",
    tolerance: Number = "0.005",
    engine: str = "arb",
) -> PlaneCurve:
    """``beta_c`` of S4 at any alpha: ``L_ref = -Omega(0)/(alpha beta)``. Arguments and errors as for
    :func:`fold_curve`.

    On it and above it the sequence from p_ref converges: for ``L_ref >= -Omega(0)/(alpha beta)``, ``T(L) - L
    = alpha (L_ref - L) + Omega/beta > 0`` for L < 0, and T(L) >= 0 rises on L >= 0. ``logit`` of a piece is
    the range of L_ref itself.
    """
    window, (at_eps, share) = _window(contrast, eps, alpha, (beta, p_ref), tolerance, engine)
    with make_engine(engine, BITS) as arithmetic:
        least = Workbench(arithmetic, contrast).profile(at_eps, (at_eps, at_eps)).omega_min
        numerator = arithmetic.div(least, arithmetic.exact(share))

        def piece(low: Fraction, high: Fraction) -> CurvePiece:
            weight = arithmetic.div(numerator, arithmetic.interval(-high, -low))
            return CurvePiece((low, high), _bounds(arithmetic, arithmetic.log(weight)), (low, high))

        def too_heavy(low: Fraction, high: Fraction) -> bool:
            return arithmetic.lower(arithmetic.div(numerator, arithmetic.exact(-low))) > window.beta[1]

        start = (window.log_odds_ref[0], min(window.log_odds_ref[1], Fraction(0)))
        found = _traced(piece, too_heavy, start, window)
    return PlaneCurve(
        "settling", contrast, at_eps, share, window.beta, exact_range(p_ref), *found, engine, BITS
    )


def cusps(
    contrast: Contrast, eps: Exact, alpha: Exact = 1, *, reach: Number = 60, engine: str = "arb"
) -> tuple[Cusp, ...]:
    """The cusps of the fold curve with L in (0, reach], each in a small box.

    For ``mean-var`` and ``mean-std`` there is exactly one on the whole line, where b is largest (S2, S3):
    ``beta = Bmax(eps)/alpha``; ``reach`` must be beyond it. For ``group`` each box holds a cusp; boxes in
    which ``db/dL`` is not seen to change sign are left out, so that the list may lack some. Where Omega is
    constant, for the mean and groups of two or three, there is none.

    Raises:
        InputError: eps, alpha or reach outside its domain, or too many cells needed.
        MissingFact: the contrast is not known to be even and to rise.
    """
    point = Parameters.of(beta=1, eps=eps, p_ref="1/2", alpha=alpha)
    end = exact(reach)
    _require_numbers(point)
    if end <= 0:
        raise InputError("cusps are looked for up to a log-odds (reach) above 0")
    if contrast.knows(Fact.CONSTANT):
        return ()
    contrast.require(Fact.EVEN_RISING)
    with make_engine(engine, BITS) as arithmetic:
        explicit = _Explicit(arithmetic, contrast, point.eps[0], 1 / point.alpha[0], Fraction(1))

        def sign(low: Fraction, high: Fraction) -> Sign:
            return arithmetic.sign(explicit.curvature(arithmetic.interval(low, high))[0])

        found = []
        for low, high in _sign_changes(sign, end):
            middle = _rounded((low + high) / 2)
            ends = _rounded(low - CUSP_MARGIN), _rounded(high + CUSP_MARGIN)
            rises = [arithmetic.sub(explicit.profile.at(middle)[1], explicit.profile.at(x)[1]) for x in ends]
            if all(arithmetic.sign(rise) is Sign.POSITIVE for rise in rises):
                weight = _bounds(arithmetic, explicit.beta_over(*ends))
                reference = explicit.reference_over(*ends)
                share, at_eps = point.alpha[0], point.eps[0]
                found.append(Cusp(contrast, at_eps, share, ends, middle, weight, reference, engine, BITS))
    return tuple(found)


def _rounded(x: Fraction) -> Fraction:
    """The nearest multiple of CUSP_WIDTH, so that few digits are written down."""
    return round(x / CUSP_WIDTH) * CUSP_WIDTH


def _sign_changes(sign: Callable[[Fraction, Fraction], Sign], end: Fraction) -> list[Range]:
    """Small intervals at whose ends a function has strict opposite signs; they are separated by cells on
    which it has one sign."""
    cells, unclear = Subdivision([(Fraction(0), end)]), [(Fraction(0), Fraction(0))]
    for low, high in cells:
        if cells.taken > PIECE_LIMIT:
            raise InputError(f"the cusps are not seen apart with {PIECE_LIMIT} cells: leave them out")
        if sign(low, high) in (Sign.POSITIVE, Sign.NEGATIVE):
            continue
        if high - low > CUSP_WIDTH:
            cells.put_back(*nearly_halves(low, high))
        elif unclear[-1][1] == low:
            unclear[-1] = unclear[-1][0], high
        else:
            unclear.append((low, high))
    opposite = {Sign.POSITIVE: Sign.NEGATIVE, Sign.NEGATIVE: Sign.POSITIVE}
    return [(a, b) for a, b in unclear if a > 0 and opposite.get(sign(a, a)) is sign(b, b)]


def _curve(
    name: CurveName,
    contrast: Contrast,
    eps: Exact,
    alpha: Exact,
    sides: tuple[Exact, Exact],
    tolerance: Number,
    engine: str,
    update: Update | None = None,
) -> PlaneCurve:
    """A fold or flip curve in a window."""
    window, (at_eps, share) = _window(contrast, eps, alpha, sides, tolerance, engine)
    step = None if update is None else _one_step(update, window.beta)
    with make_engine(engine, BITS) as arithmetic:
        fold = name == "fold"
        weight, turned = (1 / share, Fraction(1)) if fold else (1 / (2 - share), (2 - share) / share)
        turn = None if step is None else 2 / step
        if turn is not None:
            weight, turned = 1 / share, Fraction(1)
        explicit = _Explicit(arithmetic, contrast, at_eps, weight, turned, turn)
        highest = arithmetic.upper(explicit.profile.omega_max) / (share * window.beta[0])
        above = Fraction(1 + (window.log_odds_ref[1] + highest).__ceil__())
        # fixed points lie above L_ref; folds above 0, flips below
        start = (Fraction(0), above) if fold else (window.log_odds_ref[0], Fraction(0))
        found = _traced(explicit.piece, _beside(explicit, window), start, window)
    p_ref = exact_range(sides[1])
    return PlaneCurve(name, contrast, at_eps, share, window.beta, p_ref, *found, engine, BITS, step)


def _one_step(update: Update, beta: Range) -> Fraction:
    """The size of a step, one number, that goes at most a whole way in the window.

    Raises:
        InputError: it is not.
    """
    low, high = update.step_size
    if low < high:
        raise InputError("a curve needs an exact step size: give a number, not a range")
    update.share(beta)
    return low


def _beside(explicit: _Explicit[V], window: _Window) -> Callable[[Fraction, Fraction], bool]:
    """Whether beta on a cell is proved to stay below the window, as near L = 0, where nothing else is known;
    of steps, above it."""

    def beside(low: Fraction, high: Fraction) -> bool:
        engine, weight = explicit.engine, explicit.beta_over(low, high)
        if engine.upper(weight) < window.beta[0]:
            return True
        return explicit.turn is not None and engine.lower(weight) > window.beta[1]

    return beside


def _require_numbers(box: Parameters) -> None:
    """Curves are drawn at one eps and one alpha, above 0.

    Raises:
        InputError: they are not.
    """
    if box.eps[0] < box.eps[1] or box.alpha[0] < box.alpha[1]:
        raise InputError("a curve needs an exact eps and an exact alpha: give numbers, not ranges")
    if box.alpha[0] == 0:
        raise InputError("at alpha = 0 there is no fixed point, so no curve: a curve needs alpha > 0")


def _window(
    contrast: Contrast,
    eps: Exact,
    alpha: Exact,
    sides: tuple[Exact, Exact],
    tolerance: Number,
    engine: str,
) -> tuple[_Window, tuple[Fraction, Fraction]]:
    """The window in log beta and L_ref, rounded outward, with eps and alpha."""
    contrast.require(Fact.EVEN_RISING, Fact.BOUNDED)
    box = Parameters.of(beta=sides[0], eps=eps, p_ref=sides[1], alpha=alpha)
    share = exact(tolerance)
    _require_numbers(box)
    for name in ("beta", "p_ref"):
        if len(set(getattr(box, name))) == 1:
            raise InputError(f"{name} of a curve's window is a range LO:HI with LO < HI")
    if not Fraction(1, 10**4) <= share <= 1:
        raise InputError("tolerance must lie in [1/10000, 1]")
    with make_engine(engine, BITS) as arithmetic:
        bench = Workbench(arithmetic, contrast)
        ends = [_bounds(arithmetic, arithmetic.log(arithmetic.exact(x))) for x in box.beta]
        references = [_bounds(arithmetic, bench.log_odds(x)) for x in box.p_ref]
    log_beta, log_odds = (ends[0][0], ends[1][1]), (references[0][0], references[1][1])
    largest = share * (log_beta[1] - log_beta[0]), share * (log_odds[1] - log_odds[0])
    return _Window(box.beta, log_beta, log_odds, largest), (box.eps[0], box.alpha[0])


def _traced(
    piece: Callable[[Fraction, Fraction], CurvePiece],
    left_out: Callable[[Fraction, Fraction], bool],
    start: Range,
    window: _Window,
) -> tuple[tuple[CurvePiece, ...], tuple[Range, ...]]:
    """The pieces that meet the window, in order, each as small as asked, and the cells around them."""
    cells = Subdivision([(_down(start[0]), _up(start[1]))] if start[0] < start[1] else [])
    found: list[CurvePiece] = []
    gaps: list[Range] = []
    for low, high in cells:
        try:
            if left_out(low, high):
                gaps.append((low, high))
                continue
            here = piece(low, high)
        except NotEnoughPrecision:
            here = None
        if here is not None:
            if window.misses(here.log_beta, here.log_odds_ref):
                gaps.append((low, high))
                continue
            if window.fits(here.log_beta, here.log_odds_ref):
                found.append(here)
                continue
        if high - low < SMALLEST or len(found) + len(cells) > PIECE_LIMIT:
            raise InputError("the curve needs too many pieces at this tolerance: take a smaller window")
        cells.put_back(*halves(low, high))
    return tuple(found), tuple(gaps)


def _down(x: Fraction) -> Fraction:
    """A multiple of GRAIN that is not larger; 0 stays."""
    return x // GRAIN * GRAIN


def _up(x: Fraction) -> Fraction:
    return -_down(-x)


def _bounds(engine: Engine[V], value: V) -> Range:
    return engine.lower(value), engine.upper(value)
