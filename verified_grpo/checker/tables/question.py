"""What the certificate of a table says: which table it is, and what is asked of each of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.numbers import Interval, exact, log_odds
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.parameters import Parameters, read_contrast
from verified_grpo.checker.reading import choice, items, mapping, natural, record, text
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.tables.rows import Row, Unfit

KEYS = (
    "kind", "variant", "alpha", "beta", "eps", "regulariser", "steps", "confidence", "target",
    "rates", "columns", "rows", "root",
)  # fmt: skip
OURS = "certified_"
_ENDS = ("p_ref", "logit", "p", "one_minus_p", "gain", "exact_p", "steps")
COLUMNS = frozenset(
    [f"{OURS}{name}_{end}" for name in _ENDS for end in ("low", "high")]
    + [f"{OURS}{name}" for name in ("p_ref", "fixed_points", "verdict", "period", "rate")]
    + [f"{OURS}{name}" for name in ("largest_step", "exact", "note")]
)
"""All that a table may say of a row beside its own."""
NEAR = Fraction(1, 10)
"""How far a rounded rate times n may be from the count of successes."""
MAX_INNER = 100


@dataclass(frozen=True)
class Rates:
    """Where a row says how often it succeeded: columns `k` and `n`, or `rate`; `samples` is n of all rows."""

    k: str
    rate: str
    n: str
    samples: int

    @classmethod
    def read(cls, value: object) -> Rates:
        """One of k and rate; n, a column or a number, goes with k always and with a rate perhaps."""
        fields = record(value, "statement.rates", (), ("k", "rate", "n", "samples"))
        names = {key: text(fields.get(key, ""), f"statement.rates.{key}") for key in ("k", "rate", "n")}
        samples = natural(fields.get("samples", 0), "statement.rates.samples")
        one = bool(names["k"]) != bool(names["rate"]) and not (names["n"] and samples)
        sized = not names["k"] or bool(names["n"] or samples)
        require(one and sized, Code.BAD_VALUE, "statement.rates: k and n, or a rate, are expected")
        return cls(**names, samples=samples)

    @property
    def counted(self) -> bool:
        """Whether the size of each sample is known."""
        return bool(self.n or self.samples)

    def of(self, row: Row) -> tuple[int, int]:
        """Successes and samples, or a rate as it is."""
        column = self.k or self.rate
        value = row.number(column)
        if value is None:
            raise Unfit(column, "it is empty")
        size = Fraction(self.samples) if self.samples else row.number(self.n) if self.n else None
        if size is None:
            if self.n:
                raise Unfit(self.n, "it is empty")
            k, n = value.numerator, value.denominator
        else:
            if size.denominator != 1 or size < 1:
                raise Unfit(self.n or column, "samples are counted from 1")
            n = int(size)
            k = int(value) if self.k else round(value * n)
            if abs(value * n - k) > NEAR if self.rate else value != k:
                raise Unfit(column, f"it is no count out of {n}")
        if not 0 <= k <= n:
            raise Unfit(column, f"{k} is not between 0 and {n}")
        return k, n

    @property
    def words(self) -> str:
        """Where p_ref comes from."""
        size = f"column {self.n!a}" if self.n else str(self.samples)
        if self.k:
            return f"k of column {self.k!a} among n of {size}"
        return f"the rate of column {self.rate!a}" + (f", n of {size}" if self.counted else "")


@dataclass(frozen=True)
class Question:
    """What is asked of every row.

    `recursion` has the alpha, beta and eps of the statement (alpha beta = 0 without a pull); its p_ref plays
    no part. `step`, the size of one step and how many there are in an update, is None where any small steps
    are meant.
    """

    contrast: Contrast
    alpha: Fraction
    beta: Fraction
    eps: Fraction
    regulariser: str
    step: tuple[Fraction, int] | None
    confidence: Fraction
    target: Fraction
    target_text: str
    rates: Rates
    columns: tuple[str, ...]
    rows: int
    root: str

    @classmethod
    def read(cls, value: object) -> Question:
        """A statement of kind "audited-table"."""
        fields = record(value, "statement", KEYS)
        choice(fields["kind"], "statement.kind", ("audited-table",))
        contrast = read_contrast(fields["variant"], "statement.variant")
        alpha, beta, eps, confidence, target = (
            exact(fields[key], f"statement.{key}") for key in ("alpha", "beta", "eps", "confidence", "target")
        )
        for inside, what in (
            (0 < alpha <= 1, "0 < alpha <= 1"), (beta >= 0, "beta >= 0"), (eps > 0, "eps > 0"),
            (0 <= confidence < 1, "0 <= confidence < 1"), (0 < target < 1, "0 < target < 1"),
        ):  # fmt: skip
            require(inside, Code.OUTSIDE_DOMAIN, f"statement: {what} does not hold")
        contrast.require_defined((eps, eps))
        regulariser = choice(fields["regulariser"], "statement.regulariser", ("reverse", "k3", "none"))
        fits = (regulariser == "none") == (beta == 0) and (regulariser != "k3" or alpha == 1)
        require(fits, Code.OUTSIDE_DOMAIN, "statement.regulariser: none without beta, k3 with alpha 1 alone")
        names = tuple(text(x, "statement.columns") for x in items(fields["columns"], "statement.columns"))
        require(len(set(names)) == len(names), Code.BAD_VALUE, "statement.columns: a name stands twice")
        known = all(name in COLUMNS for name in names if name.startswith(OURS))
        require(known, Code.BAD_VALUE, f"statement.columns: one that begins with {OURS} is unknown")
        found = cls(
            contrast, alpha, beta, eps, regulariser, _step(fields["steps"]), confidence, target,
            text(fields["target"], "statement.target"), Rates.read(fields["rates"]), names,
            natural(fields["rows"], "statement.rows"), text(fields["root"], "statement.root"),
        )  # fmt: skip
        require(found.rates.counted or not confidence, Code.BAD_VALUE, "a confidence needs a count")
        if found.step is not None:
            size, inner = found.step
            whole = size * beta <= 1 and (inner == 1 or regulariser != "k3")
            require(whole, Code.OUTSIDE_DOMAIN, "statement.steps: beyond one whole step, or inner under k3")
        return found

    @cached_property
    def goal(self) -> Interval:
        """Ends of the log-odds of the target."""
        return ends(log_odds(self.target))

    @property
    def pull(self) -> Fraction:
        """alpha beta."""
        return self.alpha * self.beta

    def require_facts(self) -> None:
        """What the lemmas ask of the contrast: nothing without a pull (lemma 64); the profile asks itself."""
        if self.regulariser == "k3":
            self.recursion(Fraction(1, 2)).require(Fact.BOUNDED, Fact.EVEN_RISING)

    def recursion(self, p_ref: Fraction, high: Fraction | None = None) -> Recursion:
        """With alpha and beta as they are; of beta = 0 only the contrast may be used."""
        p_refs = (p_ref, p_ref if high is None else high)
        box = Parameters((self.alpha,) * 2, (self.beta,) * 2, (self.eps,) * 2, p_refs)
        return Recursion(self.contrast, box)

    def update(self, p_ref: Fraction) -> Recursion:
        """The recursion that one update of inner steps is: the share a = 1 - (1 - eta beta)^mu of the way,
        alpha a and beta/a; without a pull alpha 0 and 1/(eta mu)."""
        assert self.step is not None
        size, inner = self.step
        if self.beta == 0:
            alpha, beta = Fraction(0), 1 / (size * inner)
        else:
            share = 1 - (1 - size * self.beta) ** inner
            alpha, beta = self.alpha * share, self.beta / share
        box = Parameters((alpha,) * 2, (beta,) * 2, (self.eps,) * 2, (p_ref,) * 2)
        return Recursion(self.contrast, box)


def _step(value: object) -> tuple[Fraction, int] | None:
    if value == "small":
        return None
    fields = record(value, "statement.steps", ("size", "inner"))
    size, inner = exact(fields["size"], "statement.steps.size"), natural(fields["inner"], "statement.steps")
    fits = size > 0 and 1 <= inner <= MAX_INNER
    require(fits, Code.OUTSIDE_DOMAIN, f"statement.steps: size > 0 and inner from 1 to {MAX_INNER}")
    return size, inner


def words(statement: object, question: Question, checked: str) -> str:
    """What is established of the table, column by column; every text in it has been read before."""
    fields = mapping(statement, "statement")
    said = [
        f"Table of {question.rows} rows and {len(question.columns)} columns with the root {question.root}.",
        checked,
        _reference(question),
        _law(fields, question),
        *_columns(question),
        "An empty cell claims nothing; other columns are the table's own.",
    ]
    return "\n".join(line for line in said if line)


def _reference(question: Question) -> str:
    if not question.confidence:
        return f"Each row: p_ref = {OURS}p_ref is exactly {question.rates.words}."
    return (
        f"Each row: {question.rates.words};\n  p_ref is any number in (0, 1) of the Clopper-Pearson interval "
        f"at confidence {question.confidence}, which lies in\n  [{OURS}p_ref_low, {OURS}p_ref_high]; an "
        "interval made so contains the true probability with at least\n  that probability, prompt by prompt."
    )


def _law(fields: dict[str, object], question: Question) -> str:
    numbers = ", ".join(f"{key} = {fields[key]}" for key in ("alpha", "beta", "eps"))
    pull = {
        "reverse": "alpha beta (L - L_0)",
        "k3": "beta (p - p_ref)/(p (1-p))",
        "none": "0",
    }[question.regulariser]
    said = (
        f"Steps: L_n = L_{{n-1}} + eta_n F(L_{{n-1}}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L,"
        f"\n  {numbers}, F(L) = Omega(L) - {pull}, p = 1/(1+exp(-L)),\n  {question.contrast.formula}."
    )
    if question.step is not None and question.beta:
        size, inner = question.step
        said += f"\n  An update is eta_n = (1 - (1 - {size} beta)^{inner})/beta."
    elif question.step is not None:
        said += f"\n  An update is eta_n = {question.step[0] * question.step[1]}."
    return said


def _columns(question: Question) -> list[str]:
    """A sentence a group of columns."""
    limit = "1" if question.beta == 0 else "the least fixed point"
    if question.step is None:
        steps = f"any steps up to {OURS}largest_step (where it is empty: small enough)"
        if question.beta == 0:
            steps = "any steps"
        tends = f"p_n never falls and never exceeds {limit}, and tends to it if the sum of the steps diverges"
    else:
        size, inner = question.step
        steps = f"updates of {inner} steps of size {size}"
        limit = "1" if question.beta == 0 else "a fixed point"
        tends = f"p_n tends to {limit}"
    turning = question.step is not None and question.regulariser == "reverse"
    rising = "rises, falls, fixed-point" if turning else "rises"
    said = [
        f"{OURS}verdict {rising}: for every p_ref of the row and {steps}\n  {tends};\n  {OURS}logit, "
        f"{OURS}p, {OURS}one_minus_p, low to high, enclose it, and {OURS}gain its p less p_ref.",
        f"{OURS}verdict absorbing: p_ref is 0 or 1, and stays there. Undecided: nothing is claimed.",
        f"{OURS}fixed_points: there are exactly so many on the whole line.",
        f"{OURS}note: ends below {question.target}, held back below it (a fixed point there or above it "
        "exists, too),\n  or nothing: ends there or above; may end below it: neither is claimed.",
    ]
    if question.step is None:
        if question.beta:
            said.append(f"NOT checked: {OURS}exact, {OURS}exact_p_low and _high (the exact iteration).")
    else:
        said.append(
            f"{OURS}steps_low, _high: the first n with p_n >= {question.target} is one of these numbers, or "
            f"between.\n  {OURS}rate: in the long run an update multiplies the distance by at most this."
        )
    return said
