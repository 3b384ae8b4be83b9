"""What a step of a statement of the paper may assume: named textbook theorems, and the paper's own
hypotheses.

The list is closed. An assumption is printed with the step that uses it, and it is that step's sentence that
is assumed: the name says of which theorem it is an application, and nobody but a reader has looked whether it
is.
"""

from __future__ import annotations

ASSUMPTIONS = {
    "A11": "Li and Yorke's theorem on period three (scrambled sets)",
    "H2": "the paper's setting: exact maximisation over all policies, from pi_0 = pi_ref, with 0/1 rewards",
}
"""Every assumption there is, by its number."""
