"""The bounds on what the checker reads and computes: beyond them it declines or refuses, it never
guesses. What all of a file may cost together is bounded in fuel.py."""

from __future__ import annotations

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
MAX_VARIABLES = 64  # of an identity
MAX_INTEGER_BITS = 2**20  # of the integers that an identity is evaluated with
