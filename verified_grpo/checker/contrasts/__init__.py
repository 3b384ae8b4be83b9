"""GRPO's contrasts Omega and their slopes b = dOmega/dL, enclosed in log-odds L, one file each.

A contrast's file types its formulas from the definition, names the facts that are proved of it and gives the
argument of each. The fast forms are in x = exp(-L) for L >= 0 (there Omega is even in L, b odd), where p =
1/(1+x), 1-p = x/(1+x), v = p(1-p) = x/(1+x)^2 lose no digits however large L is.
"""

from __future__ import annotations

from verified_grpo.checker.contrasts.base import Balls, Contrast, Peaked
from verified_grpo.checker.contrasts.facts import Fact, require_fact
from verified_grpo.checker.contrasts.group import Group
from verified_grpo.checker.contrasts.jets import Jet, Place
from verified_grpo.checker.contrasts.mean import Mean
from verified_grpo.checker.contrasts.mean_std import MeanStd
from verified_grpo.checker.contrasts.mean_var import MeanVar
from verified_grpo.checker.contrasts.table import CONTRASTS

__all__ = [
    "CONTRASTS",
    "Balls",
    "Contrast",
    "Fact",
    "Group",
    "Jet",
    "Mean",
    "MeanStd",
    "MeanVar",
    "Peaked",
    "Place",
    "require_fact",
]
