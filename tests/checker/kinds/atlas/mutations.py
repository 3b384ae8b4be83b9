"""Mutants of atlases: what their texts of tokens and proofs say, where their cells and parameters are."""

from __future__ import annotations

import random
import re
from fractions import Fraction

from ...builder import Json
from ...edits import edited
from .corpus import at

TOKEN = re.compile(r"[<^rfou]|c\d+")


def atlas_mutant(document: Json, source: random.Random) -> tuple[Json, str]:
    """A verdict or a cut changed, a token of a proof changed, the cells or the parameters moved."""
    statement = document["statement"]
    tokens = TOKEN.findall(statement["cells"])
    match source.randrange(6):
        case 0 | 1:
            k = source.randrange(len(tokens))
            tokens[k] = source.choice(
                [t for t in ("<", "^", "r", "f", "u", "c2", "c3", "c4") if t != tokens[k]]
            )
            return edited(document, "statement", "cells", value="".join(tokens)), "a node"
        case 2:
            k = source.randrange(len(tokens))
            del tokens[k]
            return edited(document, "statement", "cells", value="".join(tokens)), "a node dropped"
        case 3:
            proofs = document["evidence"]["proofs"]
            k = source.randrange(len(proofs))
            swapped = source.choice("hsvgwetdnqzabc0123456789")
            return edited(
                document, "evidence", "proofs", value=proofs[:k] + swapped + proofs[k + 1 :]
            ), "a proof"
        case 4:
            axis = source.choice(("log_beta", "logit_p_ref"))
            ends = [Fraction(end) for end in statement[axis]]
            shift = (ends[1] - ends[0]) * source.choice((-2, -1, 1, 2)) / source.choice((1, 8, 1024))
            moved = edited(document, "statement", axis, value=[str(end + shift) for end in ends])
            return _within(moved), "cells moved"
        case _:
            name = source.choice(("eps", "alpha"))
            value = (
                Fraction(statement["parameters"][name]) * source.choice((1, 2, 100)) / source.choice((2, 3))
            )
            return edited(document, "statement", "parameters", name, value=str(min(value, 1))), name


def _within(document: Json) -> Json:
    """With ranges of beta and p_ref that lie in the rectangle, so that only the cells are at stake."""
    x, y = (document["statement"][axis][0] for axis in ("log_beta", "logit_p_ref"))
    inner = at(x, y, "u", "")["statement"]["parameters"]
    for name in ("beta", "p_ref"):
        document = edited(document, "statement", "parameters", name, value=inner[name])
    return document
