"""Questions as people ask them: what the API, the command line, pages and tables all call."""

from __future__ import annotations
