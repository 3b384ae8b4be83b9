"""Signs are not booleans, and every error has its place in the tree."""

from __future__ import annotations

import inspect

import pytest

from verified_grpo import errors
from verified_grpo.errors import UndecidedComparison, VerifiedGrpoError
from verified_grpo.intervals import Sign


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_is_no_boolean(sign: Sign) -> None:
    with pytest.raises(UndecidedComparison, match="compare it"):
        bool(sign)
    with pytest.raises(UndecidedComparison):
        assert not sign


def test_the_tree_of_errors_is_the_one_drawn() -> None:
    drawing = errors.__doc__ or ""
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if kind.__module__ == errors.__name__:
            assert issubclass(kind, VerifiedGrpoError)
            assert name in drawing
            assert kind.exit_code in (1, 2, 64, 74)
            if kind is not VerifiedGrpoError:
                line = next(line for line in drawing.splitlines() if f" {name} " in line)
                assert line.rstrip().endswith(f"(exit {kind.exit_code})")
