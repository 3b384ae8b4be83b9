"""Certificates: a statement, the evidence that carries it, canonical bytes and a digest."""

from __future__ import annotations

from .builders import fixed_points_certificate
from .canonical import canonical_bytes, digest, read, seal, write
from .chaos_builders import chaos_certificate, chaos_region_certificate, cycles_certificate
from .limit_builders import limit_certificate, limit_command_payload
from .region_builders import region_certificate

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
