"""What the check of one file may cost: one purse for all of its parts, paid before the work is done.

An operation on numbers of b bits costs 100 + b + b^2/1000 units, which is about a hundredth of a microsecond
each: short numbers cost what Python costs, long ones what their digits cost. A check counts its operations
from the lengths of the lists, the counts and the precision that the file asks for, and pays for all of them
at once, so that a file that asks for too much is declined at once. An operand as long as the longest number
read so far may take part in any of them. Outside of a check nothing is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from verified_grpo.checker.diagnostics import Code, Fault

DEFAULT = 3 * 10**11  # nine times what the dearest of the committed certificates takes, 60 times the next
NUMBER = re.compile(r"[1-9][0-9]{0,29}")  # how an amount is written
_NUMBER = 16  # operations of reading a number: powers of ten, lowest terms, and the memory that it takes
_BASE, _EACH = 40, 20  # operations of a value or slope, exp and log among them, and for each unit of cost


class Purse:
    """What is left of the fuel, and the bits of the longest number read."""

    __slots__ = ("given", "left", "longest")

    def __init__(self, given: int) -> None:
        self.given = self.left = given
        self.longest = 0

    def pay(self, amount: int) -> None:
        """Take so much out, or decline."""
        if amount > self.left:
            raise Fault(
                Code.TOO_MUCH_WORK,
                f"the next step would cost {_shown(amount)} units of fuel, and {self.left:,} of "
                f"{self.given:,} are left: give more with --fuel",
            )
        self.left -= amount

    def settle(self, amount: int) -> None:
        """Pay for all that a check will do."""
        self.pay(amount)


class _Survey(Purse):
    """A purse that tells what a check would cost, and stops it there."""

    def settle(self, amount: int) -> None:
        raise _Priced(amount)


class _Priced(Exception):
    """What a check would have paid."""

    def __init__(self, amount: int) -> None:
        super().__init__()
        self.amount = amount


_purse: ContextVar[Purse | None] = ContextVar("purse", default=None)


@contextmanager
def fuelled(amount: int) -> Iterator[Purse]:
    """A block in which so much may be spent."""
    before = _purse.set(purse := Purse(amount))
    try:
        yield purse
    finally:
        _purse.reset(before)


def price(bits: int) -> int:
    """Of an operation on numbers of so many bits."""
    return 100 + bits + bits * bits // 1000


def pay_for_number(bits: int) -> None:
    """Of a number that is read, or that comes about, and has so many bits."""
    if (purse := _purse.get()) is not None:
        purse.longest = max(purse.longest, bits)
        purse.pay(_NUMBER * price(bits))


def pay_for_reading(count: int) -> None:
    """Of so many operations on short numbers before it is known what the check itself will cost."""
    if (purse := _purse.get()) is not None:
        purse.pay(count * price(0))


def pay_for_operations(count: int, bits: int) -> None:
    """Of all that a check will do, once: so many operations at a working precision."""
    if (purse := _purse.get()) is not None:
        purse.settle(count * price(bits + purse.longest))


def pay_for_evaluations(count: int, bits: int, cost: int = 1) -> None:
    """Of so many values or slopes of a contrast, one of which costs so many times the cheapest."""
    pay_for_operations(count * (_BASE + _EACH * cost), bits)


def require_affordable(checks: Iterable[Callable[[], None]]) -> None:
    """Decline before the first of several checks if they cannot all be paid: each is begun, and stopped
    where it would pay."""
    if (purse := _purse.get()) is None:
        return
    survey, total = _Survey(purse.left), 0
    survey.longest = purse.longest
    before = _purse.set(survey)
    try:
        for check in checks:
            try:
                check()
            except _Priced as priced:
                total += priced.amount
    finally:
        _purse.reset(before)
    purse.pay(total)
    purse.left += total  # each check pays for itself


def _shown(amount: int) -> str:
    """A number that may be too long to print, or for a float."""
    return f"{amount:,}" if amount < 10**18 else f"over 10^{(amount.bit_length() - 1) * 3 // 10}"
