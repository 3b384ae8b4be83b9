"""The processor's floating-point environment: doubles are as IEEE 754 says only while nobody has changed it.

A library linked with -ffast-math, or a call like ``torch.set_flush_denormal(True)``, makes a thread flush
numbers below 2^-1022 to zero (as results, as operands, or both); ``fesetround`` turns its rounding. An end
computed so may lie on the wrong side of what it bounds. So whatever computes with doubles does it inside
:func:`sound_floats`, which looks whether the thread's doubles behave, sets the environment right where they
do not, and gives the caller his own back afterwards.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from ..errors import UnsoundFloats

P = ParamSpec("P")
R = TypeVar("R")

_DEFAULT = ctypes.c_void_p(-1)
"""FE_DFL_ENV of glibc and musl: rounds to nearest and keeps small numbers."""
_ROOM = 512
"""Bytes that hold any system's fenv_t."""

# Variables, for the compiler would work out constants in its own environment; made so that they come out
# right in any.
_least_normal, _half, _many = 1.0 / 2**1022, 0.5, float(2**60)
_one, _half_place, _most_of_a_place, _next = 1.0, 1.0 / 2**53, 3.0 / 2**54, 1 + 1.0 / 2**52


def floats_are_sound() -> bool:
    """Whether this thread's doubles round to nearest and keep small numbers, as operands and as results."""
    return (
        _least_normal * _half * _many != 0.0  # a small number is a result, then an operand
        and _one + _half_place == _one  # not upward
        and _one + _most_of_a_place == _next  # neither downward nor towards zero
    )


@contextmanager
def sound_floats() -> Iterator[None]:
    """A block in which this thread's doubles are those of IEEE 754; its environment is restored afterwards.

    Raises:
        UnsoundFloats: they are not, and cannot be set right on this system.
    """
    if floats_are_sound():
        yield
        return
    library, before = _mathematics(), ctypes.create_string_buffer(_ROOM)
    if library is None or library.fegetenv(before) != 0 or library.fesetenv(_DEFAULT) != 0:
        raise UnsoundFloats(_REFUSED)
    try:
        if not floats_are_sound():
            raise UnsoundFloats(_REFUSED)
        yield
    finally:
        library.fesetenv(before)


_REFUSED = (
    "floating point is not as IEEE 754 says in this thread (numbers below 2^-1022 become zero, or it does "
    "not round to nearest) and cannot be set right here: find the library that changes it, or choose the "
    "engine arb"
)


def in_sound_floats(work: Callable[P, R]) -> Callable[P, R]:
    """The function inside :func:`sound_floats`, in whichever thread or process it is called."""

    @wraps(work)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if floats_are_sound():
            return work(*args, **kwargs)
        with sound_floats():
            return work(*args, **kwargs)

    return guarded


@cache
def _mathematics() -> ctypes.CDLL | None:
    """The C library's functions of the environment, on systems whose default environment is known."""
    if not sys.platform.startswith("linux"):
        return None
    for name in ("libm.so.6", None):  # glibc; musl has everything in one
        try:
            library = ctypes.CDLL(name)
            library.fegetenv.argtypes = library.fesetenv.argtypes = [ctypes.c_void_p]
        except (OSError, AttributeError):
            continue
        return library
    return None
