"""Kind "kl-budget": what a divergence from the reference can buy, however a policy is trained.

pi and pi_ref are policies on finitely many outcomes, pi 0 where pi_ref is, with probabilities of success p
and q; KL = KL(pi || pi_ref) in nats. Write kl(p, q) = p log(p/q) + (1-p) log((1-p)/(1-q)), 0 log 0 = 0. The
tilt of pi_ref to p, for 0 < q < 1, is pi_ref times p/q on the successes and times (1-p)/(1-q) elsewhere.

Lemma 59 (the binary divergence). For 0 < q < 1, kl(q, q) = 0; kl(p, q) rises in p on [q, 1] and falls on
[0, q]; it rises in q on [p, 1) and falls in q on (0, p].
  d/dp kl = logit p - logit q on (0, 1), with the sign of p - q, and kl is continuous on [0, 1]; d/dq kl =
  (q - p)/(q (1 - q)).

Lemma 60 (budget). KL >= kl(p, q), and the tilt of pi_ref to p has KL = kl(p, q).
  On the successes, by the convexity of t log t, sum pi log(pi/pi_ref) >= p log(p/q); on the other outcomes
  likewise; the sum of the two is kl. For the tilt log(pi/pi_ref) is one number on either part. If q is 0, so
  is p, and if q is 1, p is 1.

So KL <= K leaves p <= P where kl(P, q) >= K and P >= q; and where kl(p, q) <= K the tilt to p keeps KL <= K.
Over ranges: the largest p with kl(p, q) <= K rises in K and, by lemma 59, in q; between disjoint ranges of p
and q kl is least at the two ends that face each other; and it is largest at a corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from verified_grpo.checker.arithmetic import most
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval, ball, exact, number_or_interval, precision, read_evidence
from verified_grpo.checker.reading import describe_range, pair, record, tag

QUESTIONS = ("largest-p", "least-kl", "spent")
_KEYS = ("kind", "asks", "kl", "p", "p_ref")
_EVALUATIONS = 6


@dataclass(frozen=True)
class Budget:
    """Bounds of p by the KL, or of the KL by p, for all p_ref of a range."""

    asks: str
    p_ref: Interval
    p: Interval
    kl: Interval
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Budget:
        """The statement; what is bounded is a pair of numbers, or one number for "spent"."""
        asks = tag(statement, "statement", "asks", QUESTIONS)
        fields = record(statement, "statement", _KEYS)
        p_ref = number_or_interval(fields["p_ref"], "statement.p_ref")
        read_p, read_kl = (
            (_enclosure, number_or_interval) if asks == "largest-p" else (number_or_interval, _enclosure)
        )
        p = read_p(fields["p"], "statement.p")
        kl = read_kl(fields["kl"], "statement.kl") if asks != "spent" else _least(fields["kl"])
        for name, (low, high) in (("p_ref", p_ref), ("p", p)):
            inside = low >= 0 and high <= 1
            require(inside, Code.OUTSIDE_DOMAIN, f"statement: 0 <= {name} <= 1 does not hold")
        open_ended = asks == "spent" or (p_ref[0] > 0 and p_ref[1] < 1)
        require(open_ended, Code.OUTSIDE_DOMAIN, "statement: 0 < p_ref < 1 does not hold")
        require(kl[0] >= 0, Code.OUTSIDE_DOMAIN, "statement: KL >= 0 does not hold")
        return cls(asks, p_ref, p, kl, _words(asks, fields))

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("ends",))
        _, bits = read_evidence(evidence)
        pay_for_evaluations(_EVALUATIONS, bits)
        with precision(bits):
            if self.asks == "largest-p":
                self._check_largest()
                return
            enough = self.kl[0] == 0 or bool(ball(self.kl[0]) <= self._nearest())
            require(enough, Code.BUDGET_NOT_PROVED, "the least KL may be below its lower bound")
            if self.asks == "least-kl":
                largest = most(*(binary_kl(p, q) for p, q in product(self.p, self.p_ref)))
                known = bool(largest <= ball(self.kl[1]))
                require(known, Code.BUDGET_NOT_PROVED, "the least KL may exceed its upper bound")

    def _check_largest(self) -> None:
        """A tilt with p at the lower end keeps within the least budget; no policy passes the upper end."""
        (low, high), (least, top) = self.p, self.p_ref
        within = low <= least or bool(binary_kl(low, least) <= ball(self.kl[0]))
        require(within, Code.BUDGET_NOT_PROVED, "the lower end of p may cost more than the KL")
        beyond = high == 1 or (high >= top and bool(binary_kl(high, top) >= ball(self.kl[1])))
        require(beyond, Code.BUDGET_NOT_PROVED, "the KL may buy more than the upper end of p")

    def _nearest(self) -> Ball:
        """kl at the ends that face each other; 0 where the ranges meet."""
        (low, high), (least, top) = self.p, self.p_ref
        if low > top:
            return binary_kl(low, top)
        return binary_kl(high, least) if high < least else ball(0)


def binary_kl(p: Fraction, q: Fraction) -> Ball:
    """kl(p, q) of exact numbers, 0 <= p <= 1. With q 0 or 1, and p another, it is infinite: 1/0 or log 0 is
    nothing known, which proves nothing."""
    if p == q:
        return ball(0)
    total = ball(0)
    for share, of in ((p, q), (1 - p, 1 - q)):
        if share:
            total = total + ball(share) * (ball(share) / ball(of)).log()
    return total


def _enclosure(value: object, where: str) -> Interval:
    """A pair [lower, upper], which may be one number twice."""
    low, high = (exact(end, where) for end in pair(value, where))
    require(low <= high, Code.EMPTY_RANGE, f"{where}: the lower end is above the upper end")
    return low, high


def _least(value: object) -> Interval:
    """A lower bound alone."""
    low = exact(value, "statement.kl")
    return low, low


def _words(asks: str, fields: dict[str, object]) -> str:
    """What is stated, with every number as it is written."""
    p_ref, p, kl = (fields[key] for key in ("p_ref", "p", "kl"))
    given = [describe_range("p_ref", p_ref)]
    given.append(describe_range("K", kl) if asks == "largest-p" else describe_range("p", p))
    law = (
        "Policies: pi and pi_ref on finitely many outcomes, pi 0 where pi_ref is, with the probabilities of "
        "success p and p_ref;\n  KL = sum of pi log(pi/pi_ref), in nats; the tilt to p changes no odds among "
        "successes, and none among failures."
    )
    said = {
        "largest-p": "the largest p of a policy with KL <= K, which a tilt attains, lies in",
        "least-kl": "the least KL of a policy with this p, which the tilt to p attains, lies in",
        "spent": "a policy with this p has KL >=",
    }[asks]
    bound = p if asks == "largest-p" else kl
    shown = describe_range("", bound).removeprefix(" in ").removeprefix(" = ")
    return f"Parameters: {', '.join(given)}.\n{law}\nFor all these parameters {said} {shown}."
