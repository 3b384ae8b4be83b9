"""Runs of training: what their logs say of each prompt, held against what is certified.

Counts are measured, and what is concluded of them has a confidence; what is proved of probabilities has none.
"""

from __future__ import annotations
