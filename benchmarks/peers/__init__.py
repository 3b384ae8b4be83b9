"""What a user could pick instead of the suite: one file each, as good as a short script can be."""

from __future__ import annotations
