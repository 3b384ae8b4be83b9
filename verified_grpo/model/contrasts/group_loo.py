"""The contrast of groups whose mean and standard deviation leave the sample itself out.

A reward is compared with the mean k/(G-1) of the G - 1 others and divided by their standard deviation S_k
plus eps, ``S_k^2 = k (G-1-k)/((G-1)(G-2))``; where they are all equal nothing is divided. So a success has
1/(S_k + eps) more advantage than a failure beside the same others (1 more where S_k = 0). Even in L, but
neither rising in |L| nor of mean advantage 0: the lemmas that need that do not apply. For G = 2 it would be
``mean``. Source: NeMo-RL, ``algorithms/utils.py`` (``calculate_baseline_and_std_per_prompt`` with
``leave_one_out_baseline``) and ``advantage_estimator.py``.
"""

from __future__ import annotations

from fractions import Fraction

from ...intervals import make_engine
from .definition import Chosen
from .facts import Fact
from .groups import Range, TreeOfGroup, in_general, share, spread, total
from .reading import Tree

BITS = 128


def tree(chosen: Chosen) -> Tree:
    """The mean over the others, from none to all of them right."""
    others = chosen.group_size - 1
    return total(_term(others, k) for k in range(others + 1))


def _term(others: int, k: int) -> Tree:
    weight = share(others, k)
    return weight if k in (0, others) else ("/", weight, spread(_square(others, k)))


def _square(others: int, k: int) -> Fraction:
    return Fraction(k * (others - k), others * (others - 1))


def largest(chosen: Chosen, eps: Range) -> Fraction:
    """Beside one that differs from the rest, or where nothing is divided."""
    return max(Fraction(1), _divided(chosen, 1, eps[0])[1])


def smallest(chosen: Chosen, eps: Range) -> Fraction:
    """Where nothing is divided, or beside as many that are right as wrong."""
    return min(Fraction(1), _divided(chosen, (chosen.group_size - 1) // 2, eps[1])[0])


def _divided(chosen: Chosen, k: int, eps: Fraction) -> Range:
    """Bounds of ``1/(S_k + eps)``."""
    with make_engine("mpmath", BITS) as engine:
        root = engine.sqrt(engine.exact(_square(chosen.group_size - 1, k)))
        value = engine.div(engine.exact(1), engine.add(root, engine.exact(eps)))
        return engine.lower(value), engine.upper(value)


DEFINITION = TreeOfGroup(
    name="group-loo",
    words="a finite group without the sample itself",
    expression=in_general,
    argued={
        Fact.BOUNDED: "A mean of 1 and of the 1/(S_k + eps); S_k is least for k = 1.",
        Fact.AT_LEAST: "A mean of 1 and of the 1/(S_k + eps); S_k is largest for k next to (G-1)/2.",
    },
    made=tree,
    largest=largest,
    smallest=smallest,
    least_size=3,
)
