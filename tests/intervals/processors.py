"""Processors with fewer instructions than this one, as far as NumPy and the C library let them be masked."""

from __future__ import annotations

from numpy._core import _multiarray_umath as _numpy  # type: ignore[attr-defined]

MASKABLE = [name for name in _numpy.__cpu_dispatch__ if _numpy.__cpu_features__.get(name)]
"""What this NumPy was compiled for beside its baseline and this processor has: these may be switched off."""
PLAIN_LIBM = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F"


def masked(names: list[str]) -> dict[str, str]:
    """The environment variables that switch these off."""
    return {"NPY_DISABLE_CPU_FEATURES": " ".join(names), "GLIBC_TUNABLES": PLAIN_LIBM}
