"""The bounds on what the checker reads and computes: beyond them it declines or refuses, it never
guesses."""

from __future__ import annotations

from verified_grpo.checker.diagnostics import Code, require

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 200  # nested lists and objects of a file
MAX_NATURAL_DIGITS = 9
MAX_NUMBER_LENGTH = 30_000
MAX_EXPONENT = 20_000  # of a number that becomes a fraction
MAX_SCALE = 10**12  # of a probability, which stays mantissa times power of ten
MAX_LOGIT = 10**12
MIN_BITS, MAX_BITS = 16, 200_000
MAX_GROUP = 1024
MAX_PARTS = 1000
MAX_PERIOD = 64
MAX_INTEGER_BITS = 2**20  # of the integers that an identity is evaluated with
MAX_WORK = 2 * 10**9  # elementary steps times bits


def require_work(amount: int) -> None:
    """Decline a certificate whose check would cost more than the bound."""
    require(
        amount <= MAX_WORK,
        Code.TOO_MUCH_WORK,
        f"the check would need some {amount:.1e} steps times bits; at most {MAX_WORK:.1e} are spent",
    )
