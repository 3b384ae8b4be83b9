"""Kind "answer-classes": where a prompt goes whose answers have rewards of any values, and what becomes of
their correctness.

A class is a set of answers of one mean reward g, with the weight w, the mean squared reward s and the share a
of correct answers under the reference. For a population normalisation an exact update tilts by g alone:
pi_n ~ pi_ref exp(theta_n g), theta_n = T(theta_{n-1}) = (1-alpha) theta_{n-1} + Omega(theta_{n-1})/beta,
theta_0 = 0. Let F(theta) = Omega(theta) - alpha beta theta, so T(theta) = theta + F(theta)/beta. beta may
be 0: then T is none, and only steps are spoken of.

Lemma 49 (fixed points). For alpha beta > 0 all fixed points are zeros of F in (0, E], for any E with alpha
beta E > sup Omega. Cells from 0 to E, on each of which F has a sign or is strictly monotone, count them: a
monotone cell has one zero if F has opposite strict signs at the ends of a bracket in it, and none if F > 0
(F < 0) where it is least (largest). A sign on a cell: by an enclosure of F, or of F(m) + F'(cell) (theta-m).
  F >= Omega > 0 for theta <= 0, F < 0 for theta >= E. The mean value theorem.

Lemma 50 (small steps). Let theta* be the least zero of F, s = sup max(0, -Omega') on [0, theta*], and 0 <
eta_n <= X with X (alpha beta + s) <= 1. Then theta_n = theta_{n-1} + eta_n F(theta_{n-1}) never falls,
never exceeds theta*, and tends to it if the sum of the steps diverges. If alpha beta = 0, each step adds
eta_n Omega >= eta_n inf Omega > 0: theta_n has no bound, and the weights tend to the class of the largest
reward.
  That of lemma 36, with theta in the place of L - L_ref.

Lemma 51 (solved exactly). If X beta >= 1, T is a step of lemma 50. If |T'| < 1 on [a-r, b+r] with a fixed
point x in [a, b], and theta_N is in [b-r, a+r] for some N, then theta_n tends to x.
  The supremum of |T'| on a closed interval is below 1, and [x-r, x+r] lies in it: |T(y)-x| <= c |y-x| there.
Lemma 71, of cycles, is in tilt_cycles.py.

Lemma 52 (correctness). C' = Cov(a, g) under the weights at theta: P = sum q_k exp((k-k_max) theta) is a
positive multiple of it (tilt.py). Cells from 0 to E' on which P has a sign or is strictly monotone count the
theta > 0 where P changes sign, if beyond E' the first term exceeds the sum of the sizes of all others: the
sign there is the first q's, for their quotients to it fall. C turns where P changes sign, and there alone.
The supremum of C on [0, theta*] is the largest of its values at 0, at theta*, and at turns from rise to
fall. With no term at all C is constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.answer_words import POINT, describe
from verified_grpo.checker.brackets import read_cells
from verified_grpo.checker.contrasts.jets import Span
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.falls import read_points
from verified_grpo.checker.fuel import pay_for_operations
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    logit_interval,
    number_or_interval,
    precision,
    precision_bits,
)
from verified_grpo.checker.reading import choice, items, natural, record, tag
from verified_grpo.checker.tilt import FORMULAS, Classes, Covariance, Drive, Tilt
from verified_grpo.checker.tilt_cycles import TiltCycle
from verified_grpo.checker.tilt_passage import TiltPassage, updated

MAX_STEPS = 10_000
_RULES = ("increasing", "decreasing", "positive", "negative")
_BEGINS = {"rises": 1, "falls": -1, "stays": 0}
_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Point:
    """A fixed point, and what is stated of M and C there."""

    theta: Interval
    mean: Interval
    correct: Interval | None


@dataclass(frozen=True)
class Course:
    """What C does first, where it turns, how often before the least fixed point, and its supremum there."""

    begins: str
    turns: list[Interval]
    within: int
    supremum: Interval


@dataclass(frozen=True)
class AnswerClasses:
    """All fixed points of the tilt, where steps lead, and the course of correctness."""

    tilt: Tilt
    alpha: Fraction
    beta: Fraction
    points: list[Point]
    step: Fraction  # the largest, or without a pull the gain
    settles: int | None
    cycle: list[Point]
    course: Course | None
    passage: TiltPassage | None
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> AnswerClasses:
        """The statement; what is not proved is left out of it."""
        keys = ("kind", "contrast", "classes", "parameters", "count", "fixed_points", "small_steps")
        fields = record(statement, "statement", keys, ("maximiser", "correctness", "passage"))
        contrast = choice(fields["contrast"], "statement.contrast", tuple(FORMULAS))
        classes = Classes.read(fields["classes"], "statement.classes")
        given = record(fields["parameters"], "statement.parameters", ("alpha", "beta", "eps"))
        alpha, beta, eps = (
            exact(given[axis], f"statement.parameters.{axis}") for axis in ("alpha", "beta", "eps")
        )
        inside = 0 <= alpha <= 1 and beta >= 0 and eps > 0
        require(inside, Code.OUTSIDE_DOMAIN, "statement.parameters: 0 <= alpha <= 1, beta >= 0, eps > 0")
        known = classes.correct is not None
        points = [_read_point(x, i, known) for i, x in enumerate(items(fields["fixed_points"], "points"))]
        count = natural(fields["count"], "statement.count")
        require(count == len(points), Code.COUNT_MISMATCH, "the count is not that of the fixed points")
        key = "largest_step" if alpha * beta else "gain"
        step = exact(record(fields["small_steps"], "statement.small_steps", (key,))[key], "small_steps")
        require(step > 0, Code.OUTSIDE_DOMAIN, "statement.small_steps: a number > 0 is expected")
        settles, cycle = _read_end(fields, count if beta else 0, known)
        course = _read_course(fields["correctness"], known) if "correctness" in fields else None
        passage = TiltPassage.read(fields["passage"], known) if "passage" in fields else None
        require(passage is None or beta > 0, Code.OUTSIDE_DOMAIN, "statement.passage: beta > 0 is needed")
        tilt = Tilt(classes, contrast, eps)
        found = cls(tilt, alpha, beta, points, step, settles, cycle, course, passage, "")
        if cycle:
            found._cycle.require_form()
        words = describe(fields, classes) + ("" if passage is None else passage.words)
        return replace(found, words=words)

    @property
    def pull(self) -> Fraction:
        """alpha beta."""
        return self.alpha * self.beta

    @property
    def _cycle(self) -> TiltCycle:
        return TiltCycle(self.tilt, self.alpha, self.beta, [point.theta for point in self.cycle])

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("tilt",))
        asked = ("cells", "slopes") if self.pull else ()
        turning = self.course is not None and self.course.begins != "stays"
        asked = (*asked, "turning") if turning else asked
        fields = record(evidence, "evidence", ("rule", "bits", *asked), ("orbit",))
        bits = precision_bits(fields["bits"], "evidence.bits")
        cells = read_cells("0", fields.get("cells", []), _RULES)
        slopes = read_points(fields.get("slopes", []), "evidence.slopes")
        turns = read_cells("0", fields.get("turning", []), _RULES)
        steps, radius = _read_orbit(fields.get("orbit"))
        used = self.settles is not None or bool(self.cycle) or "orbit" not in fields
        require(used, Code.WRONG_RULE, "an orbit proves no part of this")
        steps_of = steps if self.passage is None else 3 * steps + 2 * (self.passage.steps or 0) + 2
        work = 4 * (len(cells) + len(turns)) + len(slopes) + 3 * steps_of + 20
        work += 8 * len(self.points) + 12 * len(self.cycle)
        pay_for_operations(4 * work * self.tilt.classes.operations, bits)
        with precision(bits):
            if self.pull:
                self._check_points(cells)
                self._check_steps(slopes)
            else:
                enough = self.step**2 <= self.tilt.least_omega_square() and not self.points
                require(enough, Code.GAIN_NOT_PROVED, "the gain exceeds a lower bound of Omega")
            if self.settles is not None:
                self._check_exact(self.settles, steps, radius)
            if self.cycle:
                self._cycle.check(steps, radius)
                self._check_values(self.cycle)
            if self.course is not None:
                self._check_course(self.course, turns)
            if self.passage is not None:
                self._check_passage(self.passage, steps, radius)

    def _check_points(self, cells: list[tuple[str, Interval]]) -> None:
        """Lemma 49."""
        reached = bool(cells) and (self.pull * cells[-1][1][1]) ** 2 > self.tilt.largest_omega_square()
        require(reached, Code.RIGHT_TAIL, "a fixed point right of the last cell is not excluded")
        _count_zeros(Drive(self.tilt, self.pull), cells, [point.theta for point in self.points])
        require(bool(self.points), Code.COUNT_MISMATCH, "F has a zero, and none is stated")
        self._check_values(self.points)

    def _check_values(self, points: list[Point]) -> None:
        """M and C at each."""
        for point in points:
            mean, rewards = self.tilt.mean(point.theta), self.tilt.classes.rewards
            held = _encloses(point.mean, mean, rewards[0], rewards[-1])
            require(held, Code.VALUE_NOT_ENCLOSED, "M may lie outside its interval")
            if point.correct is not None:
                held = _encloses(point.correct, self.tilt.correct(point.theta), _ZERO, _ONE)
                require(held, Code.VALUE_NOT_ENCLOSED, "C may lie outside its interval")

    def _check_steps(self, slopes: list[Fraction]) -> None:
        """Lemma 50."""
        covered = len(slopes) > 1 and slopes[0] <= 0 and slopes[-1] >= self.points[0].theta[1]
        require(covered, Code.STEP_NOT_PROVED, "the slopes' cells do not reach from 0 to the limit")
        steepest = ball(0)
        for cell in pairwise(slopes):
            steepest = steepest.max(-self.tilt.slope(cell).lower)
        enough = ball(self.step * self.pull - 1) + ball(self.step) * steepest <= 0
        require(bool(enough), Code.STEP_NOT_PROVED, "the step exceeds the bound 1/(alpha beta + s)")

    def _check_exact(self, point: int, steps: int, radius: Fraction) -> None:
        """Lemma 51."""
        if not radius:
            small = point == 1 and self.step * self.beta >= 1
            require(small, Code.STEP_NOT_PROVED, "a whole update is not proved to be a small step")
            return
        low, high = self.points[point - 1].theta
        around = low - radius, high + radius
        require(around[0] >= 0, Code.OUTSIDE_DOMAIN, "evidence.orbit: the trap reaches below 0")
        slope = self.tilt.slope(around)
        keep, gain = ball(1 - self.alpha), ball(1 / self.beta)
        caught = keep + slope.lower * gain > -1 and keep + slope.upper * gain < 1
        require(bool(caught), Code.NOT_TRAPPED, "T is not proved to contract around the fixed point")
        theta = ball(0)
        for _ in range(steps):
            theta = updated(self.tilt, self.alpha, self.beta, theta)
        inside = ball(high - radius) <= theta and theta <= ball(low + radius)
        require(bool(inside), Code.ORBIT_NOT_CAUGHT, "the orbit is not proved to enter the trap")

    def _check_passage(self, passage: TiltPassage, steps: int, radius: Fraction) -> None:
        """Lemma 65."""
        if passage.steps is not None:
            passage.check_reached(self.tilt, self.alpha, self.beta)
            return
        if self.settles is not None and radius:
            low, high = self.points[self.settles - 1].theta
            around = low - radius, high + radius
            passage.check_trapped(self.tilt, self.alpha, self.beta, steps, around)
            return
        small = self.pull > 0 and self.step * self.beta >= 1
        require(small, Code.STEP_NOT_PROVED, "a whole update is not proved to be a small step")
        if passage.of == "mean_reward":
            passage.check_never(self.tilt.mean(self.points[0].theta).upper)
            return
        require(self.course is not None, Code.PASSAGE_NOT_PROVED, "no supremum of C is stated")
        assert self.course is not None
        passage.check_never(ball(self.course.supremum[1]))

    def _check_course(self, course: Course, cells: list[tuple[str, Interval]]) -> None:
        """Lemma 52."""
        terms, begins = self.tilt.classes.covariance(), _BEGINS[course.begins]
        values = [self.tilt.correct((_ZERO, _ZERO))]
        if not begins:
            constant = not terms and not course.turns and not course.within
            require(constant, Code.COUNT_MISMATCH, "correctness is not constant, or a turn is stated")
        else:
            require(bool(terms), Code.COUNT_MISMATCH, "correctness is constant")
            slope = Covariance(terms)
            ended = bool(cells) and slope.outweighs(cells[-1][1][1])
            require(ended, Code.RIGHT_TAIL, "a turn right of the last cell is not excluded")
            _count_zeros(slope, cells, course.turns)
            ends = (-1) ** len(course.turns) * (1 if terms[0][1] > 0 else -1)
            require(begins == ends, Code.SIGN_NOT_PROVED, "correctness begins the other way")
            tops = course.turns[: course.within][0 if begins > 0 else 1 :: 2]
            values += [self.tilt.correct(turn) for turn in tops]
        if self.pull:
            least = self.points[0].theta
            before = all(turn[1] < least[0] for turn in course.turns[: course.within])
            after = all(least[1] < turn[0] for turn in course.turns[course.within :])
            require(before and after, Code.COUNT_MISMATCH, "a turn is not told from the least fixed point")
            values.append(self.tilt.correct(least))
        else:
            whole = course.within == len(course.turns)
            require(whole, Code.COUNT_MISMATCH, "without a pull every turn is on the way")
            last = ball((self.tilt.classes.correct or [_ZERO])[-1])
            values.append(Span(last, last))
        low, high = values[0].lower, values[0].upper
        for value in values[1:]:
            low, high = low.max(value.lower), high.max(value.upper)
        held = _encloses(course.supremum, Span(low, high), _ZERO, _ONE)
        require(held, Code.VALUE_NOT_ENCLOSED, "the supremum of C may lie outside its interval")


def _count_zeros(
    function: Drive | Covariance, cells: list[tuple[str, Interval]], brackets: Sequence[Interval]
) -> None:
    """One zero in each bracket, and no other in the cells but 0 itself; the brackets ascend."""
    apart = all(x[1] <= y[0] for x, y in pairwise(brackets))
    require(apart, Code.UNORDERED_CELLS, "the brackets do not ascend")
    housed = 0
    for rule, cell in cells:
        inside = [x for x in brackets if cell[0] <= x[0] and x[1] <= cell[1]]
        housed += len(inside)
        if rule in ("positive", "negative"):
            require(not inside, Code.CELL_NOT_EMPTY, "a bracket lies in a cell without a zero")
            require(_has_sign(function, cell, rule), Code.CELL_SIGN, f"no {rule} sign is proved on a cell")
            continue
        rises = 1 if rule == "increasing" else -1
        slope = function.slope(cell)
        monotone = slope.lower > 0 if rises > 0 else slope.upper < 0
        require(bool(monotone), Code.CELL_SLOPE, f"a function is not proved {rule} on a cell")
        require(len(inside) <= 1, Code.COUNT_MISMATCH, "two brackets lie in a monotone cell")
        if inside:
            ((low, high),) = inside
            opposite = _sign(function, low) == -rises and _sign(function, high) == rises
            require(opposite, Code.BRACKET_SIGN, "the signs at the ends of a bracket are not proved")
            continue
        at_low = function.at_zero() if cell[0] == 0 else _sign(function, cell[0])
        empty = at_low == rises or (at_low == 0 and cell[0] == 0) or _sign(function, cell[1]) == -rises
        require(empty, Code.CELL_NOT_EMPTY, "a zero in a monotone cell is not excluded")
    require(housed == len(brackets), Code.BRACKET_OUTSIDE_CELLS, "a bracket is in no cell")


def _has_sign(function: Drive | Covariance, cell: Interval, rule: str) -> bool:
    middle, half = (cell[0] + cell[1]) / 2, ball((cell[1] - cell[0]) / 2)
    spans = function.over(cell), function.over((middle, middle)) + function.slope(cell) * Span(-half, half)
    return any(bool(x.lower > 0 if rule == "positive" else x.upper < 0) for x in spans)


def _sign(function: Drive | Covariance, theta: Fraction) -> int:
    """1 or -1 where it is proved, else 0."""
    value = function.over((theta, theta))
    return 1 if value.lower > 0 else -1 if value.upper < 0 else 0


def _encloses(stated: Interval, value: Span, least: Fraction, most: Fraction) -> bool:
    """Whether the value, which lies between the least and the most anyway, lies in the stated interval."""
    above = stated[0] <= least or bool(ball(stated[0]) <= value.lower)
    return above and (stated[1] >= most or bool(value.upper <= ball(stated[1])))


def _read_point(value: object, number: int, known: bool, listed: str = "statement.fixed_points") -> Point:
    where = f"{listed}[{number}]"
    fields = record(value, where, tuple(POINT) if known else ("theta", "mean_reward"))
    correct = number_or_interval(fields["correct"], f"{where}.correct") if known else None
    theta = logit_interval(fields["theta"], f"{where}.theta")
    require(theta[0] >= 0, Code.OUTSIDE_DOMAIN, f"{where}: theta >= 0 does not hold")
    return Point(theta, number_or_interval(fields["mean_reward"], f"{where}.mean_reward"), correct)


def _read_end(fields: dict[str, object], count: int, known: bool) -> tuple[int | None, list[Point]]:
    """Where the exact iteration ends: the number of a fixed point, or the points of a cycle; or neither."""
    if "maximiser" not in fields:
        return None, []
    given = record(fields["maximiser"], "statement.maximiser", (), ("point", "cycle"))
    require(len(given) == 1, Code.BAD_VALUE, "statement.maximiser: a point or a cycle is expected")
    if "cycle" in given:
        listed = items(given["cycle"], "statement.maximiser.cycle")
        require(bool(listed), Code.OUTSIDE_DOMAIN, "statement.maximiser.cycle: it is empty")
        return None, [_read_point(x, i, known, "statement.maximiser.cycle") for i, x in enumerate(listed)]
    settles = natural(given["point"], "point")
    require(1 <= settles <= count, Code.OUTSIDE_DOMAIN, "statement.maximiser: no such fixed point")
    return settles, []


def _read_course(value: object, known: bool) -> Course:
    where = "statement.correctness"
    require(known, Code.UNKNOWN_KEY, f"{where}: the classes do not say what is correct")
    fields = record(value, where, ("begins", "turns", "within", "supremum"))
    turns = [logit_interval(x, f"{where}.turns") for x in items(fields["turns"], f"{where}.turns")]
    within = natural(fields["within"], f"{where}.within")
    counted = within <= len(turns) and all(turn[0] >= 0 for turn in turns)
    require(counted, Code.OUTSIDE_DOMAIN, f"{where}: more turns within than there are, or below 0")
    begins = choice(fields["begins"], f"{where}.begins", tuple(_BEGINS))
    return Course(begins, turns, within, number_or_interval(fields["supremum"], f"{where}.supremum"))


def _read_orbit(value: object) -> tuple[int, Fraction]:
    """Steps and radius; 0 and 0 without an orbit."""
    if value is None:
        return 0, _ZERO
    fields = record(value, "evidence.orbit", ("steps", "radius"))
    steps, radius = natural(fields["steps"], "evidence.orbit"), exact(fields["radius"], "evidence.orbit")
    require(radius > 0, Code.OUTSIDE_DOMAIN, "evidence.orbit: a radius > 0 is expected")
    require(steps <= MAX_STEPS, Code.TOO_MUCH_WORK, f"evidence.orbit: more than {MAX_STEPS} steps")
    return steps, radius
