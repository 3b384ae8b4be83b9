"""Certificates: a statement, the evidence that carries it, canonical bytes and a digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazily import attributes

if TYPE_CHECKING:
    from .builders import fixed_points_certificate
    from .canonical import canonical_bytes, digest, read, seal, write
    from .chaos_builders import chaos_certificate, chaos_region_certificate, cycles_certificate
    from .limit_builders import limit_certificate, limit_command_payload
    from .region_builders import region_certificate

_HOMES = {
    "builders": ("fixed_points_certificate",),
    "canonical": (
        "canonical_bytes",
        "digest",
        "read",
        "seal",
        "write",
    ),
    "chaos_builders": (
        "chaos_certificate",
        "chaos_region_certificate",
        "cycles_certificate",
    ),
    "limit_builders": (
        "limit_certificate",
        "limit_command_payload",
    ),
    "region_builders": ("region_certificate",),
}
__getattr__ = attributes(__name__, _HOMES)

__all__ = [
    "canonical_bytes",
    "chaos_certificate",
    "chaos_region_certificate",
    "cycles_certificate",
    "digest",
    "fixed_points_certificate",
    "limit_certificate",
    "limit_command_payload",
    "read",
    "region_certificate",
    "seal",
    "write",
]
