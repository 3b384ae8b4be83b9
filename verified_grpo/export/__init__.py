"""Certificates turned into files that Coq's kernel checks on top of ``proofs/coq``.

Only rationals and cases are chosen here, some of them by floats; all reasoning is in the library, and a wrong
choice is refused by ``coqc``. A file holds one theorem, named after it, that says what the certificate says.
"""

from __future__ import annotations

from .files import EXPORTED, export, theorem
from .twins import Twin, twins, write_twins

__all__ = ["EXPORTED", "Twin", "export", "theorem", "twins", "write_twins"]
