"""Certificates: a statement, the evidence that carries it, canonical bytes and a digest."""

from __future__ import annotations

from .builders import fixed_points_certificate, region_certificate
from .canonical import canonical_bytes, digest, read, seal, write
from .limit_builders import limit_certificate, limit_command_payload

__all__ = [
    "canonical_bytes",
    "digest",
    "fixed_points_certificate",
    "limit_certificate",
    "limit_command_payload",
    "read",
    "region_certificate",
    "seal",
    "write",
]
