"""Faults that are planted in what proves things of small steps: limits, passages, trajectories, the flow,
maps, pulls, classes of answers, verifiers that err, budgets of KL."""

from __future__ import annotations

from .fault_list import Fault

STEPS, PASSAGE, TRAJECTORY, FLOW, CLIPPED = (
    f"rigor/sequences/{name}.py" for name in ("small_steps", "passage", "trajectory", "flow", "clipping")
)
UPDATES, CLIP, PULLS, TILT = (f"model/{name}.py" for name in ("steps", "clipping", "pulls", "tilt"))
K3_STEPS, PULL_STEPS, BUDGET, CONTOURS = (
    f"rigor/{name}.py" for name in ("k3_steps", "pull_steps", "budget", "cells/contours")
)
CORRECTNESS, TILT_STEPS, SEARCH, TILT_CYCLES = (
    f"rigor/classes/{name}.py" for name in ("correctness", "steps", "search", "cycles")
)
VERIFIER, EFFECTS, JUDGED = "model/verifier.py", "rigor/verifiers.py", "audit/judged_rates/question.py"

STEP_TESTS, PASSAGE_TESTS, WAY_TESTS, FLOW_TESTS = (
    (f"tests/rigor/test_{name}.py",) for name in ("small_steps", "passage", "trajectory", "flow")
)
K3_TESTS, PULL_TESTS, CLIP_TESTS, BUDGET_TESTS = (
    (f"tests/rigor/test_{name}.py",) for name in ("k3_steps", "pull_steps", "clipping", "budget")
)
UPDATE_TESTS, CLASS_TESTS, MAP_TESTS = (
    ("tests/model/test_steps.py",),
    ("tests/classes",),
    ("tests/atlas/test_small_steps.py",),
)

VERIFIER_TESTS = (
    "tests/model/test_verifier.py",
    "tests/rigor/test_verifiers.py",
    "tests/audit/test_judged_rates.py",
)

FAULTS = (
    # any small steps: the least zero and the largest step
    Fault(
        "steps: over a box the limit of one corner",
        STEPS,
        "bracket = lower.points[0].logit[0], upper.points[0].logit[1]",
        "bracket = lower.points[0].logit",
        STEP_TESTS,
    ),
    Fault(
        "steps: the last fixed point for the least",
        STEPS,
        "bracket = lower.points[0].logit[0], upper.points[0].logit[1]",
        "bracket = lower.points[-1].logit[0], upper.points[-1].logit[1]",
        STEP_TESTS,
    ),
    Fault(
        "steps: the weaker pull in the largest step",
        STEPS,
        "step = 1 / (pull[1] + slopes.steepest * LEEWAY)",
        "step = 1 / (pull[0] / 2 + slopes.steepest * LEEWAY)",
        STEP_TESTS,
    ),
    Fault(
        "steps: a part of the line is not halved but dropped",
        STEPS,
        "heapq.heappush(heap, (-fall(a, middle), a, middle))",
        "pass",
        STEP_TESTS,
    ),
    Fault(
        "steps: the steepest fall at the larger eps",
        STEPS,
        "steep, flat = (bench.profile(eps, box.eps) for eps in box.eps)",
        "flat, steep = (bench.profile(eps, box.eps) for eps in box.eps)",
        STEP_TESTS,
    ),
    Fault(
        "steps: without a pull the gain is rounded up",
        STEPS,
        "gain = None if least is None else exact(decimal_down(least, STEP_DIGITS))",
        "gain = None if least is None else 2 * exact(decimal_down(least, STEP_DIGITS))",
        STEP_TESTS,
    ),
    Fault(
        "steps of a size: the share of the way forgets the inner steps",
        UPDATES,
        "return 1 - (1 - eta * beta) ** self.inner_steps",
        "return eta * beta",
        UPDATE_TESTS,
    ),
    Fault(
        "steps of a size: the ends of the length exchanged",
        UPDATES,
        "least = self._length(self.step_size[0], box.beta[1])",
        "least = self._length(self.step_size[0], box.beta[0])",
        UPDATE_TESTS,
    ),
    # passages, trajectories, the flow
    Fault(
        "passage: one step too early",
        PASSAGE,
        "        if here >= target:\n            return _Count(n, stride, marks)",
        "        if here >= target:\n            return _Count(max(n - 1, 0), stride, marks)",
        PASSAGE_TESTS,
    ),
    Fault(
        "passage: the most steps by the fast corner",
        PASSAGE,
        "most = _first(slow, start, end, up=False)",
        "most = _first(fast, start, end, up=False)",
        PASSAGE_TESTS,
    ),
    Fault(
        "passage: a barrier above the target",
        PASSAGE,
        "held = end < target and GapOverBox",
        "held = end > target and GapOverBox",
        PASSAGE_TESTS,
    ),
    Fault(
        "passage: maps that fall count as rising",
        PASSAGE,
        "if all(step.rises_over(a, b) for step in steps for a, b in pairwise(cuts)):",
        "if cuts:",
        PASSAGE_TESTS,
    ),
    Fault(
        "trajectory: the lower bound by the fast corner",
        TRAJECTORY,
        "lower = list(_terms(slow, wanted, up=False))",
        "lower = list(_terms(fast, wanted, up=False))",
        WAY_TESTS,
    ),
    Fault(
        "trajectory: one update more than is said",
        TRAJECTORY,
        "for before, n in pairwise([0, *wanted]):\n        for _ in range(before, n):\n            here",
        "for before, n in pairwise([0, *wanted]):\n        for _ in range(before, n + 1):\n            here",
        WAY_TESTS,
    ),
    Fault(
        "trajectory: p rounded inward",
        TRAJECTORY,
        "p = probability(engine, left, DIGITS)[0], probability(engine, right, DIGITS)[1]",
        "p = probability(engine, left, DIGITS)[1], probability(engine, right, DIGITS)[0]",
        WAY_TESTS,
    ),
    Fault(
        "flow: the most time of the middle alone",
        FLOW,
        "least, most = engine.lower(once) - swing, engine.upper(once) + swing",
        "least, most = engine.lower(once) - swing, engine.upper(once) - swing",
        FLOW_TESTS,
    ),
    Fault(
        "flow: the metric at the ends of a cell around 1/2",
        FLOW,
        "return metric, engine.neg(engine.mul(metric, tilt))",
        "return engine.mul(metric, engine.exact(2)), engine.neg(engine.mul(metric, tilt))",
        FLOW_TESTS,
    ),
    Fault(
        "flow: held back where the drive is positive",
        FLOW,
        "            if self._sign(point) is Sign.NEGATIVE:\n                return self._nearest",
        "            if self._sign(point) is Sign.POSITIVE:\n                return self._nearest",
        FLOW_TESTS,
    ),
    Fault(
        "clipping: both sides by the cap below",
        CLIP,
        "odds, (low, high) = engine.exp(engine.exact(x)), (self.clip.low, self.clip.high)",
        "odds, (low, high) = engine.exp(engine.exact(x)), (self.clip.low, self.clip.low)",
        CLIP_TESTS,
    ),
    Fault(
        "clipping: the whole update whatever the caps",
        CLIP,
        "bounds.append(max(min(end(whole), min(caps)), within, end(anchor)))",
        "bounds.append(max(end(whole), within, end(anchor)))",
        CLIP_TESTS,
    ),
    # maps of small steps
    Fault(
        "contours: what f surely exceeds, from its upper ends",
        CONTOURS,
        "(self._points - gain * self._values).lo)[self._at_most]",
        "(self._points - gain * self._values).lo + 0.25)[self._at_most]",
        MAP_TESTS,
    ),
    Fault(
        "contours: values between the points forgotten",
        CONTOURS,
        "return points(self._values.lo) - points(beside)",
        "return points(self._values.hi)",
        MAP_TESTS,
    ),
    # other pulls
    Fault(
        "k3 by steps: the pull's stiffness forgotten",
        K3_STEPS,
        "shortest = 1 / ((slopes.steepest + most) * LEEWAY)",
        "shortest = 1 / ((slopes.steepest + most / 2) * LEEWAY)",
        K3_TESTS,
    ),
    Fault(
        "pulls: on a cell with the clamp in it, as if there were none",
        PULLS,
        "return value if self._is_free(part) else engine.hull(value, self._zero)",
        "return value",
        PULL_TESTS,
    ),
    Fault(
        "pulls: one answer more in a dropped group",
        PULLS,
        "power = self.pull.dead_groups - 1",
        "power = self.pull.dead_groups",
        PULL_TESTS,
    ),
    Fault(
        "pulls: a clamp at half its size",
        PULLS,
        "engine.sub(engine.sub(part.ratios[end], part.logs[end]), engine.exact(1 + clamp))",
        "engine.sub(engine.sub(part.ratios[end], part.logs[end]), engine.exact(1 + clamp / 2))",
        PULL_TESTS,
    ),
    Fault(
        "pulls: no stop where the drive was not asked",
        PULL_STEPS,
        "if tail is not None and tail > 0:\n                return cells, [*gains, tail], None",
        "if cells:\n                return cells, gains, None",
        PULL_TESTS,
    ),
    Fault(
        "pulls: the steepest fall at the limit alone",
        PULL_STEPS,
        "return max(ZERO, -self.drive.slope(a, b)[0])",
        "return max(ZERO, -self.drive.slope(b, b)[0])",
        PULL_TESTS,
    ),
    # classes of answers
    Fault(
        "classes: the variance within a class forgotten",
        TILT,
        "return self.tilt.sum([*self._products, *(x for x, _ in self._noises)])",
        "return self.tilt.sum([*self._products])",
        CLASS_TESTS,
    ),
    Fault(
        "classes: shares over a cell from one of its ends",
        TILT,
        "found.append(e.hull(e.div(one, most), e.div(one, least)))",
        "found.append(e.div(one, most))",
        CLASS_TESTS,
    ),
    Fault(
        "classes: the mean reward of all classes alike",
        TILT,
        "return self.engine.hull(self.tilt.at(self.cell[0]).mean, self.tilt.at(self.cell[1]).mean)",
        "return self.tilt.at(self.cell[0]).mean",
        CLASS_TESTS,
    ),
    Fault(
        "classes: correctness first falls where it rises",
        CORRECTNESS,
        "rises_last = curve.terms[0][1] > 0",
        "rises_last = curve.terms[0][1] < 0",
        CLASS_TESTS,
    ),
    Fault(
        "classes: the supremum without the turns",
        CORRECTNESS,
        'if (k % 2 == 0) == (begins == "rises")',
        'if (k % 2 == 1) == (begins == "rises")',
        CLASS_TESTS,
    ),
    Fault(
        "classes: the largest step without the pull",
        TILT_STEPS,
        "largest = exact(decimal_down(1 / (question.pull + steepest), 6))",
        "largest = exact(decimal_down(2 / (question.pull + steepest), 6))",
        CLASS_TESTS,
    ),
    Fault(
        "classes: a trap without contraction",
        TILT_STEPS,
        "if least > -1 and most < 1:",
        "if least > -9 and most < 9:",
        CLASS_TESTS,
    ),
    Fault(
        "classes: the line of theta ends too early",
        SEARCH,
        "return Fraction(isqrt(square.numerator // square.denominator) + 1)",
        "return Fraction(isqrt(square.numerator // square.denominator) + 1, 4)",
        CLASS_TESTS,
    ),
    Fault(
        "classes: a cycle whose trap does not contract",
        TILT_CYCLES,
        "return product < 1\n",
        "return product < 10**6\n",
        CLASS_TESTS,
    ),
    Fault(
        "classes: a cycle by images of points",
        TILT_CYCLES,
        "update_tilt(tilt, question, e.interval(low, high))",
        "update_tilt(tilt, question, e.exact(low))",
        CLASS_TESTS,
    ),
    Fault(
        "classes: a cycle that is caught too early",
        TILT_CYCLES,
        "Caught(brackets, steps, radius)",
        "Caught(brackets, steps // 2, radius)",
        CLASS_TESTS,
    ),
    # verifiers that err
    Fault(
        "verifiers: the sign of a range by its upper end",
        VERIFIER,
        "return 1 if low > 0 else",
        "return 1 if high > 0 else",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the share among what passes at the wrong corner",
        VERIFIER,
        "return _share(t, f_most, reference[0]), _share(t_most, f, reference[1])",
        "return _share(t, f, reference[0]), _share(t_most, f_most, reference[1])",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the upper end of the true rate by the lower share",
        VERIFIER,
        "for m in observed] for k in (0, 1))",
        "for m in observed] for k in (0, 0))",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the drive without J",
        VERIFIER,
        "low, high = self.gain[0] * contrast.scale, self.gain[1] * contrast.scale",
        "low, high = contrast.scale, contrast.scale",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the margin at the weakest pull",
        EFFECTS,
        "arithmetic.exact(least / (box.alpha[1] * box.beta[1]))",
        "arithmetic.exact(least / (box.alpha[1] * box.beta[0]))",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the margin without the verifier",
        EFFECTS,
        "arithmetic.exact(least / (box.alpha[1] * box.beta[1]))",
        "arithmetic.exact(1 / (box.alpha[1] * box.beta[1]))",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the threshold at the larger eps",
        EFFECTS,
        "_threshold(parameters.eps[0], verifier, engine)",
        "_threshold(parameters.eps[1], verifier, engine)",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: the threshold of the least rate",
        EFFECTS,
        "width = max(abs(2 * end - 1)",
        "width = min(abs(2 * end - 1)",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: a ceiling rounded down",
        EFFECTS,
        "bounds = {1: _written(high, decimal_up)",
        "bounds = {1: _written(high - Fraction(1, 10**6), decimal_down)",
        VERIFIER_TESTS,
    ),
    Fault(
        "verifiers: a table's rates taken for those of right answers",
        JUDGED,
        "Place(passed, self.verifier.solved(passed))",
        "Place(passed, passed)",
        VERIFIER_TESTS,
    ),
    # budgets of KL
    Fault(
        "budget: the largest p at the smaller KL",
        BUDGET,
        "high, finer = _root(p_ref[1], kl[1], digits, engine)",
        "high, finer = _root(p_ref[1], kl[0], digits, engine)",
        BUDGET_TESTS,
    ),
    Fault(
        "budget: ends that lie apart for ends that face each other",
        BUDGET,
        "facing = p[0], p_ref[1]",
        "facing = p[1], p_ref[0]",
        BUDGET_TESTS,
    ),
    Fault(
        "budget: failures counted with the odds of successes",
        BUDGET,
        "for share, of in ((p, q), (1 - p, 1 - q)):",
        "for share, of in ((p, q), (1 - p, q)):",
        BUDGET_TESTS,
    ),
)
