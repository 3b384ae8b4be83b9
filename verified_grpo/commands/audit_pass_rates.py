"""``verified-grpo audit --pass-rates``: a table of pass rates, one prompt a row."""

from __future__ import annotations

from ..errors import InputError
from .audit_options import AuditOptions


def audit_pass_rates(options: AuditOptions) -> int:
    """Certify every prompt of the table under the variant that the options name."""
    raise InputError("audit --pass-rates is not available yet: use audit --property")
