"""Version 4's discussion: a policy that never succeeds."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .framework import SHARPER, PaperStatement, assuming, beyond, by, claims, signed, supports

f, k, s = sp.symbols(
    "f k s", positive=True
)  # mass of failures, exp(Omega/beta), mass of successes before the tilt

STATEMENT = PaperStatement(
    item="v7-absorbing",
    title="p_ref = 0 is absorbing (version 4)",
    paper="`p_ref = 0` is absorbing in all cases.",
    suite="For every `alpha` in `[0, 1]`, every contrast and `beta > 0`: if `p_ref = 0` then `p_n = 0` for "
    "all `n`; and if `0 < p_ref < 1` then `0 < p_n < 1` for all `n`, so 0 is never reached.",
    hypotheses="`beta > 0`, exact maximisation, a finite contrast `(eps > 0)`.",
    not_proved="Anything about estimates from samples, where `p_n` may be seen as 0.",
    verdict=SHARPER,
    parts=(
        supports(
            "share",
            "Successes of mass `s` and failures of mass `f` before the tilt: after it the share of "
            "successes is `s` times a positive number, `k/(s k + f)`.",
            Identity(1 - f / (s * k + f), s * (k / (s * k + f))),
        ),
        supports(
            "failures",
            "The share of failures is `f` times a positive number.",
            Identity(1 - s * k / (s * k + f), f * (1 / (s * k + f))),
        ),
    ),
    steps=(
        assuming(
            "`pi_n` is proportional to `pi_ref^alpha pi_{n-1}^(1-alpha) exp(A/beta)`, and 0 where one of "
            "them is.",
            "H2",
        ),
        by(
            "So an outcome without mass in `pi_0 = pi_ref` has none in any `pi_n`; with `s = 0` in [share] "
            "`(f > 0) p_n = 0`.",
            "TwoAnchors.zero_is_absorbing",
        ),
        signed("If `s`, `f > 0` the share of successes is positive by [share].", ">", f, k, s),
        signed("So is the share of failures by [failures].", ">", f, k, s),
        by("They stay so from step to step.", "TwoAnchors.zero_is_never_reached"),
    ),
    conclusions=(
        claims("0 is absorbing", 1, 2),
        beyond("and is never reached from elsewhere", 1, 3, 4, 5),
    ),
)
