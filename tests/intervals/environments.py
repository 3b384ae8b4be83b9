"""Floating-point environments that a library may leave behind, set in this thread as it sets them."""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager

FLAGS = {
    "flush-to-zero": 0x8000,
    "denormals-are-zero": 0x0040,
    "both": 0x8040,
    "downward": 0x2000,
    "upward": 0x4000,
    "towards zero": 0x6000,
}
"""Bits of MXCSR, the register of x86-64 by which its doubles behave."""
POSSIBLE = sys.platform.startswith("linux") and platform.machine() == "x86_64"
_SIZE, _MXCSR = 32, slice(28, 32)  # of glibc's and musl's fenv_t


def change(name: str) -> ctypes.Array[ctypes.c_char]:
    """Change this thread's environment; returns what it was."""
    library, before = ctypes.CDLL("libm.so.6"), ctypes.create_string_buffer(_SIZE)
    library.fegetenv(before)
    changed = bytearray(before.raw)
    register = int.from_bytes(changed[_MXCSR], "little") | FLAGS[name]
    changed[_MXCSR] = register.to_bytes(4, "little")
    library.fesetenv(ctypes.create_string_buffer(bytes(changed), _SIZE))
    return before


@contextmanager
def changed(name: str) -> Iterator[None]:
    """A block in a changed environment."""
    before = change(name)
    try:
        yield
    finally:
        ctypes.CDLL("libm.so.6").fesetenv(before)
