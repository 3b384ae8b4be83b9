"""What a step of a statement of the paper may assume: named textbook theorems, and the paper's own
hypotheses.

The list is closed. An assumption is printed with the step that uses it, and it is that step's sentence that
is assumed: the name says of which theorem it is an application, and nobody but a reader has looked whether it
is.
"""

from __future__ import annotations

ASSUMPTIONS = {
    "A1": "order and arithmetic of the real numbers",
    "A2": "mathematical induction",
    "A3": "rules of differentiation (sums, products, quotients, chain rule, elementary functions)",
    "A4": "mean value theorem (so: the sign of a derivative decides how a function moves)",
    "A5": "intermediate value theorem",
    "A6": "continuity of composed functions, and limits of sequences through them",
    "A7": "laws of the exponential function and the logarithm (so: exp(y) >= 1 + y, equality at 0 only)",
    "A8": "finite sums and expectations are linear",
    "A9": "triangle inequality",
    "A10": "conditional probabilities of a finite outcome space",
    "A11": "Li and Yorke's theorem on period three (scrambled sets)",
    "A12": "hyperbolic functions: addition theorems, growth, cosh(y) >= 1 + y^2/2",
    "H1": "the paper's hypothesis that p_n converges",
    "H2": "the paper's setting: exact maximisation over all policies, from pi_0 = pi_ref, with 0/1 rewards",
}
"""Every assumption there is, by its number."""
