"""What ``certify`` proves: the main cases and the paper's statements, run side by side and resumed."""

from __future__ import annotations
