"""The independent checker of certificates: it shares no code, no interval library and no formula with the
prover.

    python -m verified_grpo.checker [--arithmetic arb|rational] FILE ...

0 all accepted, 1 one rejected, 2 one declined, 64 wrong usage. To believe an accepted statement one must
trust: this package; one of two arithmetics (arithmetic.py): the balls of Arb (python-flint: arithmetic,
sqrt, exp, log, sinh, cosh, tanh, comparisons that are True only when certain), or dyadic intervals by
Taylor's formula, written here (rational.py, elementary.py); Python's integers, fractions, json and hashlib;
and the lemmas below, which are all the mathematics used (lemmas 8 to 58, on orbits, limits, cycles, chaos,
the atlas, k3, curves, regions and small steps, stand in the files of those kinds, and what is known of a
contrast in its own). Nothing is taken from the certificate but claims to be tested. A comparison that
precision does not decide counts as not proved, so too few bits only ever reject.

Notation. L real, x = exp(-L), p = 1/(1+x), q = 1-p, v = pq, d = p-q = tanh(L/2); dp/dL = v, dv/dL = -vd.
Omega > 0 the contrast, b = dOmega/dL; T(L) = (1-alpha) L + alpha L_ref + Omega(L)/beta with L_ref =
log(p_ref/(1-p_ref)); c = 1/(alpha beta), gap g(L) = L - L_ref - c Omega(L), so T(L) - L = -alpha g(L), g' =
1 - c b, T' = 1 - alpha + b/beta.

Lemma 1 (where fixed points are). Let alpha > 0 and 0 < m <= Omega <= M on the line. All zeros of g lie in
[L_ref + c m, L_ref + c M], g < 0 to its left, g > 0 to its right, and there is at least one.
  At a zero L = L_ref + c Omega(L). The signs are read off g; the rest is the intermediate value theorem.

Lemma 2 (shape of Omega). Where Omega is known to be even in L and not to fall as |L| rises, b is odd in L
and >= 0 for L >= 0, and Omega's extremes over a cell are values at the nearest and the farthest point from
0; Omega(0) is the least of all. Where Omega and |b| are known not to rise as eps rises, their extremes over
a range of eps are values at its ends.

Lemma 3 (one peak). Where moreover b' is > 0 on L > 0 up to one point and < 0 after it, the least b over a
cell in L >= 0 is at an end, and the largest at an end or the peak.
  b is continuous: it rises up to the peak and falls after it.
Which of these facts (and of those of later lemmas) is known of a contrast, and why, stands in its file in
contrasts/ (and lemma 4, on groups): a rule asks for the facts of its lemma, and declines without.

Lemma 5 (counting on a line). Let g < 0 up to x_0, g > 0 from x_n, and let each closed cell [x_i, x_{i+1}]
either exclude a zero by a strict sign, or have g strictly monotone. A monotone cell with strict opposite
signs at the ends of a bracket in it has exactly one zero, inside that bracket; a monotone cell with a
strict sign at an end that points away from zero has none. So the zeros are one for each bracket (no zero is
at the end of a bracket, so none is counted twice).

Lemma 6 (upward crossings). If g' > 0 at every zero of g, g has exactly one zero.
  Zeros are isolated and lie in a bounded interval (lemma 1), so they are finitely many; between two
  neighbours g would be positive after the first and negative before the second, hence zero between. There
  is one, by lemma 1.

Lemma 7 (grid). A polynomial of degree <= d_i in its i-th variable that vanishes on a product of sets of d_i
+ 1 numbers is zero: in one variable by counting roots, in more by induction. If N/D and N'/D' arise from
two expressions by the rules for fractions, ND' - N'D = 0, and no divisor is the zero polynomial, they are
equal wherever both are defined.
"""

from __future__ import annotations

from verified_grpo.checker.arithmetic import NAMES as ARITHMETICS
from verified_grpo.checker.check import check_bytes, check_file
from verified_grpo.checker.command import main
from verified_grpo.checker.diagnostics import Code, Outcome, Verdict

__all__ = ["ARITHMETICS", "Code", "Outcome", "Verdict", "check_bytes", "check_file", "main"]
