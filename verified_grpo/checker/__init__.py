"""The independent checker of certificates: it shares no code, no interval library and no formula with the
prover.

    python -m verified_grpo.checker [--arithmetic arb|rational] FILE ...

0 all accepted, 1 one rejected, 2 one declined, 64 wrong usage. To believe an accepted statement one must
trust: this package; one of two arithmetics (arithmetic.py): the balls of Arb (python-flint: arithmetic, sqrt,
exp, log, sinh, cosh, tanh, comparisons that are True only when certain), or dyadic intervals by Taylor's
formula, written here (rational.py, elementary.py); Python's integers, fractions, json and hashlib; and the
lemmas below, which are all the mathematics used (lemmas 8 to 35, on orbits, limits, cycles, chaos, the
atlas, k3, curves and regions, stand in the files of those kinds). Nothing is taken from the certificate but
claims to be tested. A comparison that precision does not decide counts as not proved, so too few bits only
ever reject.

Notation. L real, x = exp(-L), p = 1/(1+x), q = 1-p, v = pq, d = p-q = tanh(L/2); dp/dL = v, dv/dL = -vd.
Omega the contrast, b = dOmega/dL; T(L) = (1-alpha) L + alpha L_ref + Omega(L)/beta with L_ref =
log(p_ref/(1-p_ref)); c = 1/(alpha beta), gap g(L) = L - L_ref - c Omega(L), so T(L) - L = -alpha g(L), g' =
1 - c b, T' = 1 - alpha + b/beta.

Lemma 1 (where fixed points are). Let alpha > 0 and 0 < m <= Omega <= M on the line. All zeros of g lie in
[L_ref + c m, L_ref + c M], g < 0 to its left, g > 0 to its right, and there is at least one.
  At a zero L = L_ref + c Omega(L). The signs are read off g; the rest is the intermediate value theorem.

Lemma 2 (shape of Omega). Omega > 0 is even in L, does not fall as |L| rises, and does not rise as eps
rises. So over a cell and a range of eps its extremes are values at the nearest and farthest point from 0,
and Omega(0) is its least.
  v is even and falls as |L| rises; mean-var 1/sqrt(v+eps) and mean-std 1/(sqrt(v)+eps) fall in v and eps.
  The mean contrast is 1. Group: lemma 4. It follows that b is odd in L and >= 0 for L >= 0.

Lemma 3 (one peak). For mean-var and mean-std, on L >= 0 b rises up to one point and falls after it, and b
falls in eps. So over a cell in L >= 0 the least b is at an end, and the largest at an end or the peak.
  mean-var: b = u(1-s)/(1-s+4eps)^(3/2) with u = d, s = u^2, v = (1-s)/4, u rising in L. The logarithmic
  derivative in u, times the positive u(1-s)(1-s+4eps), is (1-s)(1-s+4eps) - 2s(1-s+4eps) + 3s(1-s) =
  (1+4eps) - (1+12eps)s: it changes sign once, at v = 2eps/(1+12eps), where b = 1/(3 sqrt(3eps) (1+4eps)) =
  Bmax. mean-std: b = ds/(2(s+eps)^2) with s = sqrt(v) falling in L from 1/2, d = sqrt(1-4s^2). The
  logarithmic derivative in s, times the positive s(1-4s^2)(s+eps), is -4s^2(s+eps) + (1-4s^2)(s+eps) -
  2s(1-4s^2) = eps - s - 8 eps s^2: it changes sign once, at s = 2eps/(1+sqrt(1+32eps^2)) < 1/2, where b is
  Bmax. Both b fall in eps by inspection.

Lemma 4 (groups). Let A(r,j) = (r - j/G)/(S_j+eps), S_j = sqrt(j(G-j)/(G(G-ddof))), A = 0 where j is 0 or G,
and c_k = A(1,k+1) - A(0,k). With u_j = 1/(S_j+eps): c_k = ((G-k-1) u_{k+1} + k u_k)/G, c_k = c_{G-1-k}, and
G (c_k - c_{k+1}) = (G-2k-2)(u_{k+1} - u_{k+2}) + k(u_k - u_{k+2}) is >= 0 and does not rise in eps for 2k <
G-2.
  The formulas are the definition, with S_j = S_{G-j} (the weights G-k-1 and k vanish where A is set to 0).
  S_j rises up to the middle, and 2k+3 <= G puts k+2 no farther from G/2 than k+1, so S_k <= S_{k+1} <=
  S_{k+2}; and u_i - u_j = (S_j-S_i)/((S_i+eps)(S_j+eps)) is >= 0 and falls in eps.
Omega = sum_k C(G-1,k) p^k q^(G-1-k) c_k then satisfies lemma 2, and for L >= 0
b = (G-1) sum_{2k < G-2} C(G-2,k) (c_k - c_{k+1}) A_k B_k, A_k = x^(k+1)/(1+x)^G, B_k = 1 - x^(G-2-2k).
  dOmega/dp = (G-1) sum_k C(G-2,k) p^k q^(G-2-k) (c_{k+1}-c_k); join the terms k and G-2-k, whose drops are
  opposite, and multiply by dp/dL = pq. All factors are >= 0 for x <= 1; A_k rises in x up to x =
  (k+1)/(G-k-1) and falls after.
There (A_k B_k)' = A_k (G q - k - 1 + (G p - k - 1) x^(G-2-2k)) in L, with G p - k - 1 > 0; this bounds
b' over a cell, and so b by its values at the ends.
  A_k B_k = q^(k+1) p^(G-k-1) - q^(G-k-1) p^(k+1), and (q^i p^j)' = q^i p^j (j q - i p). p >= 1/2 > (k+1)/G.

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
