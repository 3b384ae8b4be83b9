"""HTML: one self-contained file from a document.

Everything that a page needs is in it: style, script, figures, mathematics as MathML. Its own content security
policy forbids every request and every script but those written here (by their hashes), so that nothing a
certificate says could run even if it got past the escaping. `rendering.py` fills the template, `mathml.py`
sets formulas, `vector.py` takes figures in.
"""

from __future__ import annotations

from verified_grpo.report.html.rendering import Carried, Checking, html

__all__ = ["Carried", "Checking", "html"]
