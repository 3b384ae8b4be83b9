"""GRPO's success recursion: contrasts, parameters, what SymPy derives of them, and programs that any engine
runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazily import attributes
from .contrasts import MEAN, MEAN_STD, MEAN_VAR, Contrast, Fact
from .gap import Gap, GapOverBox, Workbench, corner_box
from .parameters import Parameters, Point, Range
from .profile import Profile
from .program import BoundProgram, Program

if TYPE_CHECKING:
    from .compilation import compile_expressions

__getattr__ = attributes(__name__, {"compilation": ("compile_expressions",)})

__all__ = [
    "MEAN",
    "MEAN_STD",
    "MEAN_VAR",
    "BoundProgram",
    "Contrast",
    "Fact",
    "Gap",
    "GapOverBox",
    "Parameters",
    "Point",
    "Profile",
    "Program",
    "Range",
    "Workbench",
    "compile_expressions",
    "corner_box",
]
