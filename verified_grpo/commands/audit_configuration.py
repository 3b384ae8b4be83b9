"""``verified-grpo audit --config``: the configuration of a training framework."""

from __future__ import annotations

from ..errors import InputError
from .audit_options import AuditOptions


def audit_configuration(options: AuditOptions) -> int:
    """Map the configuration to a variant and certify what follows for every prompt."""
    raise InputError("audit --config is not available yet: use audit --property")
