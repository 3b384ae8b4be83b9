"""The contrasts there are, by name."""

from __future__ import annotations

from . import batch, expression, group, group_loo, group_mixed, maxrl, mean, mean_std, mean_var
from .definition import Definition

DEFINITIONS: dict[str, Definition] = {
    definition.name: definition
    for definition in (
        mean_var.DEFINITION,
        mean_std.DEFINITION,
        mean.DEFINITION,
        group.DEFINITION,
        expression.DEFINITION,
        group_loo.DEFINITION,
        group_mixed.DEFINITION,
        maxrl.DEFINITION,
        batch.DEFINITION,
    )
}
