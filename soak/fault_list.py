"""The faults that are planted in the prover, each as the edit of one file."""

from __future__ import annotations

from dataclasses import dataclass

RAW, ELEMENTARY, FIXED = "intervals/raw_mpf.py", "intervals/elementary.py", "intervals/fixed_point.py"
MPMATH, ARB, ARRAY, EXACT = (
    f"intervals/{name}.py" for name in ("mpmath_engine", "arb_engine", "array_engine", "exact")
)
GAP, PROFILE, DERIVATION, STEP = (f"model/{name}.py" for name in ("gap", "profile", "derivation", "step"))
BOX = "model/parameters.py"
POINTS, PARTITION = (f"rigor/points/{name}.py" for name in ("fixed_points", "partition"))
REGIONS, INEQUALITIES = (f"rigor/properties/{name}.py" for name in ("certify", "inequalities"))
ORBITS, LIMITS, TRAPS = (f"rigor/sequences/{name}.py" for name in ("orbits", "limits", "traps"))
BUILDERS, LIMIT_BUILDERS, CANONICAL = (
    f"certificates/{name}.py" for name in ("builders", "limit_builders", "canonical")
)

KNOWN, SCALARS = "tests/intervals/test_known_violations.py", "tests/intervals/test_properties.py"
_SHARE_LOST = (
    "return lambda self, low, high: "
    "self.engine.sub(old(self, low, high), self.engine.exact(1 - self.parameters.alpha[0]))"
)
DECIMALS, ARRAYS, CANON = (
    "tests/intervals/test_exact.py",
    "tests/intervals/test_array_engine.py",
    "tests/sealing",
)
KERNELS = "tests/intervals/test_fixed_point.py"
ENVIRONMENT, CHANGED = "intervals/environment.py", "tests/intervals/test_environment.py"
NOTHING = "tests/intervals/test_nothing_known.py"


@dataclass(frozen=True)
class Fault:
    """`old`, which stands in the file once, becomes `new`; an empty `old` appends `new` at the end.

    `tests` are the tests of the suite that are asked where the checker sees nothing.
    """

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = (SCALARS, KNOWN)


def wrapped(holder: str, name: str, body: str) -> str:
    """Source that replaces a method by one in which `old` is the method as it was."""
    return f"\n\ndef _faulty(old):\n    {body}\n\n\n{holder}.{name} = _faulty({holder}.{name})\n"


FAULTS = (
    # arithmetic: rounding the wrong way, domains, libraries that are not sound
    Fault("upper ends rounded down", RAW, 'DOWN, UP = "f", "c"', 'DOWN, UP = "f", "f"'),
    Fault(
        "shifts of upper ends cut", RAW, "-(-mantissa >> excess), exponent", "mantissa >> excess, exponent"
    ),
    Fault("upper root one unit low", RAW, "root + (root * root != scaled)", "root"),
    Fault(
        "long operands not shortened before a sum",
        RAW,
        'for every x in a and y in b."""\n    if _long(a, b, bits):\n'
        "        a, b = _shortened(a, bits), _shortened(b, bits)\n    return _add",
        'for every x in a and y in b."""\n    return _add',
        (KNOWN,),
    ),
    Fault(
        "mpmath.iv's unsound exp",
        MPMATH,
        "elementary.exp(a, self.bits)",
        "raw.libmpi.mpi_exp(a, self.bits)",
        (KNOWN,),
    ),
    Fault(
        "mpmath.iv's unsound log",
        MPMATH,
        "elementary.log(a, self.bits)",
        "raw.libmpi.mpi_log(a, self.bits)",
        (KNOWN,),
    ),
    Fault(
        "exp: the kernel's deficit forgotten",
        ELEMENTARY,
        "value - 1, value + EXP_DEFICIT + 4, n",
        "value - 1, value, n",
        (SCALARS, KNOWN, KERNELS),
    ),
    Fault(
        "exp: thin intervals by the lower end alone",
        ELEMENTARY,
        "above += (above * (distance + 2) >> w) + 1",
        "above += 0",
    ),
    Fault(
        "log: the series' error forgotten",
        FIXED,
        "total - 2 * terms, total + 2 * terms + 2 * (high - low)",
        "total, total",
        (SCALARS, KNOWN, KERNELS),
    ),
    Fault(
        "log 2 one unit low",
        FIXED,
        "return value >> (bits - w)",
        "return (value >> (bits - w)) - 3",
        (SCALARS, KNOWN, KERNELS),
    ),
    Fault("division by an interval that touches 0", MPMATH, "raw.sign(b[1]) <= 0", "raw.sign(b[1]) < 0"),
    Fault(
        "ends of a negative not exchanged",
        MPMATH,
        "raw.negative(a[1]), raw.negative(a[0])",
        "raw.negative(a[0]), raw.negative(a[1])",
    ),
    Fault("[0, x] called positive", MPMATH, "if low > 0:", "if low >= 0:"),
    Fault(
        "a ball's radius forgotten at its ends",
        ARB,
        "(m << (e - low)) + side * (r << (f - low)), low",
        "(m << (e - low)), low",
    ),
    Fault(
        "a ball around the lower end alone",
        ARB,
        "return self.exact(lo).union(self.exact(hi))",
        "return self.exact(lo)",
    ),
    Fault(
        "arrays: division through 0",
        ARRAY,
        "self._unless((b.lo <= 0) & (b.hi >= 0), a / b)",
        "a / b",
        (ARRAYS,),
    ),
    Fault(
        "arrays: log of what is not positive",
        ARRAY,
        "self._unless(a.lo <= 0, self._kernel.log(a))",
        "self._kernel.log(a)",
        (ARRAYS,),
    ),
    Fault(
        "decimals: upper ends rounded down",
        EXACT,
        "coefficient = -(-numerator // denominator) if up else",
        "coefficient = numerator // denominator if up else",
        (DECIMALS,),
    ),
    # what is not known, and an environment that is not IEEE 754's
    Fault(
        "a sigmoid of nothing known lies in [0, 1]",
        MPMATH,
        "return NOTHING_KNOWN if a == NOTHING_KNOWN else elementary.sigmoid(a, self.bits)",
        "return (raw.ZERO, ONE) if a == NOTHING_KNOWN else elementary.sigmoid(a, self.bits)",
        (NOTHING,),
    ),
    Fault(
        "a power 0 of nothing known is 1",
        ARB,
        "        if a.is_nan():\n            return a\n",
        "",
        (NOTHING,),
    ),
    Fault(
        "arrays: a hull with nothing known",
        ARRAY,
        "self._unless(np.isnan(a.lo) | np.isnan(b.lo), a | b)",
        "self._unless(np.False_, a | b)",
        (NOTHING,),
    ),
    Fault(
        "flushing to zero is not seen",
        ENVIRONMENT,
        "_least_normal * _half * _many != 0.0  # a small number is a result, then an operand\n        and ",
        "",
        (CHANGED,),
    ),
    Fault(
        "rounding upward is not seen",
        ENVIRONMENT,
        "        and _one + _half_place == _one  # not upward\n",
        "",
        (CHANGED,),
    ),
    Fault(
        "rounding downward and towards zero is not seen",
        ENVIRONMENT,
        "        and _one + _most_of_a_place == _next  # neither downward nor towards zero\n",
        "",
        (CHANGED,),
    ),
    Fault(
        "the caller's environment is not put back",
        ENVIRONMENT,
        "    finally:\n        library.fesetenv(before)\n",
        "    finally:\n        pass\n",
        (CHANGED,),
    ),
    Fault(
        "the C library is believed",
        ENVIRONMENT,
        "        if not floats_are_sound():\n            raise UnsoundFloats(_REFUSED)\n        yield",
        "        yield",
        (CHANGED,),
    ),
    # the model: signs, corners, forgotten factors
    Fault(
        "the derivative's sign",
        DERIVATION,
        "sp.diff(expression, p) * p * q -",
        "-sp.diff(expression, p) * p * q -",
        ("tests/model",),
    ),
    Fault("the slope of v turned round", DERIVATION, "* v) * (q - p)", "* v) * (p - q)", ("tests/model",)),
    Fault(
        "the peak of the slope forgotten",
        PROFILE,
        "",
        wrapped(
            "Profile",
            "slope_over",
            "return lambda self, low, high: self.engine.hull(self.at(low)[1], self.at(high)[1])",
        ),
        ("tests/model",),
    ),
    Fault(
        "the least Omega at the wrong end",
        PROFILE,
        "",
        wrapped("Profile", "least_omega_over", "return lambda self, low, high: self.at(low)[0]"),
        ("tests/model",),
    ),
    Fault(
        "the largest Omega at the wrong end",
        PROFILE,
        "",
        wrapped("Profile", "largest_omega_over", "return lambda self, low, high: self.at(low)[0]"),
        ("tests/model",),
    ),
    Fault(
        "alpha forgotten in the multiplier",
        GAP,
        "",
        wrapped(
            "GapOverBox",
            "multiplier_over",
            _SHARE_LOST,
        ),
        ("tests/model", "tests/rigor/test_fixed_points.py"),
    ),
    Fault(
        "the gap rises everywhere",
        GAP,
        "",
        wrapped("Gap", "rises_over", "return lambda self, low, high: True"),
        ("tests/rigor/test_fixed_points.py",),
    ),
    Fault(
        "the gap falls everywhere",
        GAP,
        "",
        wrapped("Gap", "falls_over", "return lambda self, low, high: True"),
        ("tests/rigor/test_fixed_points.py",),
    ),
    Fault(
        "lowest corner at the lower p_ref",
        BOX,
        "self.beta[0], self.eps[0], self.p_ref[1])",
        "self.beta[0], self.eps[0], self.p_ref[0])",
        ("tests/model", "tests/rigor/test_fixed_points.py"),
    ),
    Fault(
        "the step without its pull to the reference",
        STEP,
        "engine.add(engine.add(point, pull), engine.div(omega, self._beta))",
        "engine.add(point, engine.div(omega, self._beta))",
        ("tests/rigor/test_orbits.py",),
    ),
    # the searches: leaves skipped, cells lost, bounds forgotten
    Fault(
        "upper halves of cells skipped",
        PARTITION,
        "waiting.put_back(*halves(low, high))",
        "waiting.put_back(halves(low, high)[0])",
        ("tests/rigor/test_fixed_points.py",),
    ),
    Fault(
        "one cell too few",
        PARTITION,
        "Subdivision(pairwise(ends))",
        "Subdivision(pairwise(ends[:-1]))",
        ("tests/rigor/test_fixed_points.py",),
    ),
    Fault(
        "brackets beside the zero",
        POINTS,
        "Fraction(scaled - 1, 10**places), Fraction(scaled + 2, 10**places)",
        "Fraction(scaled + 1, 10**places), Fraction(scaled + 2, 10**places)",
        ("tests/rigor/test_fixed_points.py",),
    ),
    Fault(
        "every fixed point attracts",
        POINTS,
        'return "repelling" if Sign.NEGATIVE in (below, above) else "undecided"',
        'return "attracting"',
        ("tests/rigor/test_fixed_points.py",),
    ),
    Fault(
        "a leaf's other half searched twice",
        REGIONS,
        "for side in ((low, at), (at, high))]",
        "for side in ((low, at), (low, at))]",
        ("tests/rigor/test_regions.py",),
    ),
    Fault(
        "Bmax compared with beta alone",
        REGIONS,
        "engine.exact(box.alpha[0] * box.beta[0])",
        "engine.exact(box.beta[1])",
        ("tests/rigor/test_regions.py",),
    ),
    Fault(
        "an inequality's upper halves skipped",
        INEQUALITIES,
        "boxes.put_back({**box, axis: (low, middle[axis])}, {**box, axis: (middle[axis], high)})",
        "boxes.put_back({**box, axis: (low, middle[axis])})",
        ("tests/proofs/test_inequalities.py",),
    ),
    Fault(
        "any known sign satisfies the relation",
        INEQUALITIES,
        "return sign is wanted or",
        "return sign is not Sign.UNDECIDED or",
        ("tests/proofs/test_inequalities.py",),
    ),
    Fault(
        "orbits without their spread",
        ORBITS,
        "radius = there.radius + step.steepest_over(here.low, here.high) * here.radius",
        "radius = there.radius",
        ("tests/rigor/test_orbits.py",),
    ),
    Fault(
        "rates rounded down",
        LIMITS,
        "return 1 - exact(decimal_down(1 - rate, RATE_DIGITS))",
        "return 1 - exact(decimal_up(1 - rate, 1))",
        ("tests/rigor/test_limits.py",),
    ),
    Fault(
        "caught a step too early",
        LIMITS,
        "trap.turned(k), passed)",
        "trap.turned(k), max(passed - 1, 0))",
        ("tests/rigor/test_limits.py",),
    ),
    Fault(
        "basins not trapped",
        TRAPS,
        "            return None\n        rate *= step.steepest_over(low, high) * MARGIN",
        "            pass\n        rate *= step.steepest_over(low, high) * MARGIN",
        ("tests/rigor/test_limits.py",),
    ),
    # what is written down
    Fault(
        "one fixed point more than are listed",
        BUILDERS,
        '"count": found.count,',
        '"count": found.count + 1,',
        ("tests/sealing",),
    ),
    Fault(
        "the gain is the statement's lower beta",
        LIMIT_BUILDERS,
        '"gain": canonical(outcome.gain)',
        '"gain": canonical(outcome.gain * 2)',
        ("tests/sealing",),
    ),
    Fault("keys of the file not sorted", CANONICAL, "sort_keys=True", "sort_keys=False", (CANON,)),
)
