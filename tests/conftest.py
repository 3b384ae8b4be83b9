"""What every test shares: one hypothesis profile, derandomised, without a deadline."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples on every machine: a red suite is reproducible. A deadline would time the machine.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")
