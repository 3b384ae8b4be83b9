"""Faults that are planted in the later rooms of the prover: leaves of regions, k3, curves, chaos, atlases,
arrays, exports."""

from __future__ import annotations

from .fault_list import ARRAY, ARRAYS, Fault

LEAVES, GAINS, REGIONS = (f"rigor/properties/{name}.py" for name in ("leaf_rules", "gains", "certify"))
SUBDIVISION = "rigor/subdivision.py"
K3, CURVES, CLOSED = "rigor/k3.py", "rigor/points/curves.py", "rigor/sequences/closed_limits.py"
CHAOS, CHAOS_REGION = "rigor/chaos/witnesses.py", "rigor/chaos/regions.py"
RULES, FLOW = "rigor/cells/rules.py", "rigor/cells/flow.py"
ARB_ARRAYS, EXPORT = "intervals/arb_arrays.py", "export/text.py"
CURVE_BUILDERS, K3_BUILDERS = "certificates/curve_builders.py", "certificates/k3.py"

REGION_TESTS, K3_TESTS, CURVE_TESTS, CHAOS_TESTS, ATLAS_TESTS, EXPORT_TESTS = (
    ("tests/rigor/test_regions.py",),
    ("tests/rigor/test_k3.py",),
    ("tests/rigor/test_curves.py",),
    ("tests/rigor/test_chaos.py",),
    ("tests/atlas/test_rules.py",),
    ("tests/export/test_text.py", "verified_grpo/export/text.py"),
)

FAULTS = (
    # regions: what a leaf is called, and by which corner
    Fault(
        "every leaf holds",
        LEAVES,
        'return "holds" if holds else None',
        'return "holds"',
        REGION_TESTS,
    ),
    Fault(
        "leaves excluded at the wrong corner",
        LEAVES,
        "gap.lowest.has_sign_over(*cell, Sign.POSITIVE)",
        "gap.highest.has_sign_over(*cell, Sign.POSITIVE)",
        REGION_TESTS,
    ),
    Fault("the tree out of preorder", SUBDIVISION, "+= reversed(pieces)", "+= pieces", REGION_TESTS),
    Fault("the last piece of a part lost", SUBDIVISION, "+= reversed(pieces)", "+= pieces[:1]", REGION_TESTS),
    Fault(
        "a target compared with the leaf's upper end",
        LEAVES,
        "engine, low = bench.engine, bench.engine.exact(cell[0])",
        "engine, low = bench.engine, bench.engine.exact(cell[1])",
        REGION_TESTS,
    ),
    Fault(
        "the margin of a gain rounded down", LEAVES, "exact(decimal_up(", "exact(decimal_down(", REGION_TESTS
    ),
    Fault(
        "descent at the larger beta",
        LEAVES,
        "(_, alpha), (beta, _), (eps, _) =",
        "(_, alpha), (_, beta), (eps, _) =",
        REGION_TESTS,
    ),
    Fault(
        "descent without alpha",
        LEAVES,
        "engine.exact(2 - alpha), engine.div(fall",
        "engine.exact(3 - alpha), engine.div(fall",
        REGION_TESTS,
    ),
    Fault(
        "paved from too high a log-odds",
        REGIONS,
        "(engine.lower(least_cycle_point(gap)).__floor__())",
        "(engine.lower(least_cycle_point(gap)).__ceil__())",
        REGION_TESTS,
    ),
    Fault(
        "every limit is called a rise to the least fixed point",
        CLOSED,
        'rises = form == "order" and sequence.start is None',
        "rises = True",
        ("tests/rigor/test_limits.py",),
    ),
    Fault(
        "the lift's sign",
        CLOSED,
        "return step.engine.lower(step.at(ZERO)) >= 0",
        "return step.engine.lower(step.at(ZERO)) <= 0",
        ("tests/rigor/test_limits.py",),
    ),
    # k3
    Fault(
        "k3: brackets beside the zero",
        K3,
        "Fraction(math.floor((lower - width / 4) * places), places),",
        "Fraction(math.floor((lower + width / 4) * places), places),",
        K3_TESTS,
    ),
    Fault(
        "k3: the margin rounded up",
        K3,
        "decimal_down(arithmetic.lower(gain), 12)",
        "str(math.ceil(arithmetic.upper(gain)))",
        K3_TESTS,
    ),
    Fault(
        "k3: the margin at the wrong end of beta",
        K3,
        "step.high.omega_min, parameters.beta[1], p)",
        "step.high.omega_min, parameters.beta[0] / 2, p)",
        K3_TESTS,
    ),
    Fault(
        "k3: upper parts of a paving skipped",
        K3,
        "parts.put_back(replace(part, **{axis: (low, at)}), replace(part, **{axis: (at, high)}))",
        "parts.put_back(replace(part, **{axis: (low, at)}))",
        K3_TESTS,
    ),
    Fault(
        "k3: every part converges", K3, 'else "nested" if _nests(step) else None', 'else "nested"', K3_TESTS
    ),
    Fault(
        "k3: p_ref below 1/2 counts as above",
        K3,
        "max(2 - 4 * box.p_ref[0], Fraction(0))",
        "max(2 - 8 * box.p_ref[0], Fraction(0))",
        K3_TESTS,
    ),
    # curves
    Fault(
        "curves: L_ref on the other side",
        CURVES,
        "engine.sub(engine.interval(low, high), fall)",
        "engine.add(engine.interval(low, high), fall)",
        CURVE_TESTS,
    ),
    Fault(
        "curves: pieces inside the window called outside",
        CURVES,
        "log_beta[1] < self.log_beta[0]",
        "log_beta[0] > self.log_beta[0]",
        CURVE_TESTS,
    ),
    Fault(
        "curves: the slope's sign below 1/2",
        CURVES,
        "return slope if low >= 0 else engine.neg(slope)",
        "return slope",
        CURVE_TESTS,
    ),
    Fault(
        "curves: boxes narrowed",
        CURVE_BUILDERS,
        "(side[0] - margin, side[1] + margin)",
        "(side[0] + margin, side[1] - margin)",
        CURVE_TESTS,
    ),
    # chaos
    Fault(
        "chaos: images rounded inward",
        CHAOS,
        "(around.low / unit).__floor__() * unit, (around.high / unit).__ceil__()",
        "(around.low / unit).__ceil__() * unit, (around.high / unit).__floor__()",
        CHAOS_TESTS,
    ),
    Fault(
        "chaos: one step too many before the third image",
        CHAOS,
        "        images = []\n        for _ in range(3):",
        "        images = []\n        here = image(step, here)\n        for _ in range(3):",
        CHAOS_TESTS,
    ),
    Fault(
        "chaos: the order turned round",
        CHAOS,
        "        falls,\n        (images[0]",
        "        not falls,\n        (images[0]",
        CHAOS_TESTS,
    ),
    Fault(
        "chaos: cells without a witness counted",
        CHAOS_REGION,
        "if four_points(Step(bench, box), x) is not None:",
        "if x is not None:",
        CHAOS_TESTS,
    ),
    Fault(
        "chaos: heights by log p instead of log-odds",
        CHAOS_REGION,
        "odds = [bench.log_odds(x) for x in up]",
        "odds = [engine.mul(engine.exact(2), bench.log_odds(x)) for x in up]",
        CHAOS_TESTS,
    ),
    # atlases
    Fault(
        "atlas: climbs without T(A) >= A",
        RULES,
        "return np.asarray((end >= 0) & (gain.lo >= SPARE))",
        "return np.asarray(end >= 0)",
        ATLAS_TESTS,
    ),
    Fault(
        "atlas: traps mapped into four times themselves",
        RULES,
        "alone & (needed <= radius * TIGHT)",
        "alone & (needed <= 4 * radius * TIGHT)",
        ATLAS_TESTS,
    ),
    Fault(
        "atlas: images may meet the trap",
        RULES,
        "        if j % apart:",
        "        if False:",
        ("tests/atlas/test_periods.py",),
    ),
    Fault(
        "atlas: lift with the heaviest weight",
        RULES,
        "terms.pull * low + lightest * law.shape.least",
        "terms.pull * low + heaviest * law.shape.least",
        ATLAS_TESTS,
    ),
    Fault(
        "atlas: the larger L_ref forgotten",
        FLOW,
        "across = multiplier * self.across + terms.pull * cell.radius",
        "across = multiplier * self.across",
        ATLAS_TESTS,
    ),
    Fault(
        "atlas: steepest slope compared with 2 alpha",
        RULES,
        "(heaviest * steepest).hi <= terms.pull.lo * TIGHT",
        "(heaviest * steepest).hi <= 2 * terms.pull.lo * TIGHT",
        ATLAS_TESTS,
    ),
    # arrays
    Fault(
        "arrays: roots of what is negative",
        ARRAY,
        "self._unless(a.lo < 0, self._kernel.sqrt(a))",
        "self._kernel.sqrt(a)",
        (ARRAYS,),
    ),
    Fault(
        "arrays by Arb: upper ends rounded to nearest",
        ARB_ARRAYS,
        "if nearest == x or (nearest > x) == up:",
        "if True:",
        (ARRAYS,),
    ),
    Fault(
        "arrays by Arb: two corners of four",
        ARB_ARRAYS,
        "[operation(x, y) for x in (low, high) for y in (below, above)]",
        "[operation(low, below), operation(high, above)]",
        (ARRAYS,),
    ),
    Fault(
        "arrays by Arb: even powers miss 0",
        ARB_ARRAYS,
        "return [*images, arb(0)] if n > 0 and n % 2 == 0 and low < 0 < high else images",
        "return images",
        ("tests/intervals/test_powers_over_zero.py",),
    ),
    # exports
    Fault(
        "export: a power of ten off by its decimals",
        EXPORT,
        'power = int(exponent) + len(decimals or "")',
        "power = int(exponent)",
        EXPORT_TESTS,
    ),
    Fault(
        "export: negative integers lose their sign",
        EXPORT,
        'f"({number.numerator})" if number < 0',
        'f"({-number.numerator})" if number < 0',
        EXPORT_TESTS,
    ),
)
