"""The errors of the suite, one tree.

    VerifiedGrpoError
    ├── InputError                 what was asked for cannot be read or is not allowed        (exit 64)
    │   ├── NotExactError          a number that is not exact: a float, a boolean            (exit 64)
    │   └── FileError              a file that the system does not let one read or write      (exit 74)
    ├── NotEnoughPrecision         nothing is known at this precision; never "disproved"      (exit 2)
    ├── MissingFact                a contrast is not known to be what a rule needs            (exit 2)
    ├── UnsoundFloats              this thread's doubles are not IEEE 754's                   (exit 2)
    ├── UndecidedComparison        a three-valued answer was used as a boolean                (exit 2)
    └── CertificateError           a certificate that cannot be read, or does not hold        (exit 1)

Every class carries the exit code with which the command line ends when nothing catches it. An exception from
outside this tree is a fault of the program (exit 70), but for one of the system's about a file (exit 74).
"""

from __future__ import annotations

from typing import ClassVar


class VerifiedGrpoError(Exception):
    """Root of the tree; never raised itself."""

    exit_code: ClassVar[int] = 2


class InputError(VerifiedGrpoError):
    """Bad input: the message is one line that says what is wrong and what is allowed."""

    exit_code: ClassVar[int] = 64


class NotExactError(InputError):
    """A number that is not an integer, a Fraction, a Decimal or exact text."""


class FileError(InputError):
    """A file that could not be read or written: absent, not permitted, on a full disk, changed meanwhile.

    What is in a file that could be read, and is wrong, is an :class:`InputError` of another kind.
    """

    exit_code: ClassVar[int] = 74


class NotEnoughPrecision(VerifiedGrpoError):
    """An enclosure says nothing (infinite or NaN), or too little, at the precision in force.

    It is a statement about the computation and never about the mathematics: more precision may decide.
    """


class MissingFact(VerifiedGrpoError):
    """A rule needs a fact of the contrast that is not proved of it: nothing is said, and more precision or
    time will not help."""


class UnsoundFloats(VerifiedGrpoError):
    """The processor's floating-point environment was changed and cannot be set right: nothing is computed."""


class UndecidedComparison(VerifiedGrpoError):
    """A three-valued outcome was used where only true or false makes sense."""


class CertificateError(VerifiedGrpoError):
    """A certificate that is unreadable, not canonical, altered, or whose claim its evidence does not
    carry.
    """

    exit_code: ClassVar[int] = 1
