"""What the sequence from p_ref does for every (beta, p_ref) of a cell: rules on arrays of cells."""

from __future__ import annotations
