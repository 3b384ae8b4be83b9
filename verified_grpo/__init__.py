"""Certified dynamics of GRPO with verifiable rewards.

The public interface; each name is imported when first used, so that the checker stands alone.

>>> from verified_grpo import Variant
>>> prompt = Variant("mean-var").at(beta=5, eps="1e-5", p_ref="0.3")
>>> found = prompt.fixed_points()
>>> found.count
3
>>> found.points[0].kind, found.points[0].p
('attracting', [0.39229163, 0.39229164])
>>> found.check()[0].outcome.value
'accepted'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._version import __version__ as __version__
    from .answers.classes import answer_classes
    from .answers.limits import limit
    from .answers.regions import certify
    from .answers.views import views
    from .certificates import (
        chaos_certificate,
        chaos_region_certificate,
        cycles_certificate,
        fixed_points_certificate,
        limit_certificate,
        region_certificate,
    )
    from .certificates.classes import classes_certificate
    from .certificates.small_steps import small_steps_certificate
    from .checker import check_bytes, check_file
    from .errors import InputError, VerifiedGrpoError
    from .intervals import ArbEngine, MpmathEngine, exact
    from .model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
    from .model.classes import AnswerClasses
    from .model.steps import StepParameters, Update
    from .notebook.enclosure import Enclosure
    from .notebook.prompt import Prompt
    from .notebook.variant import Variant
    from .report.writing import write_report
    from .rigor import (
        FixedPoints,
        Limit,
        Proved,
        Refuted,
        Undecided,
        UndecidedFixedPoints,
        UndecidedLimit,
        chaos_region,
        chaos_witness,
        cusps,
        cycles,
        entropy_bound,
        fixed_points,
        flip_curve,
        fold_curve,
        settling_bound,
    )
    from .rigor.sequences.small_steps import small_steps

_HOMES = {
    "_version": ("__version__",),
    "answers.classes": ("answer_classes",),
    "answers.limits": ("limit",),
    "answers.regions": ("certify",),
    "answers.views": ("views",),
    "certificates": (
        "chaos_certificate",
        "chaos_region_certificate",
        "cycles_certificate",
        "fixed_points_certificate",
        "limit_certificate",
        "region_certificate",
    ),
    "certificates.classes": ("classes_certificate",),
    "certificates.small_steps": ("small_steps_certificate",),
    "checker": ("check_bytes", "check_file"),
    "errors": ("InputError", "VerifiedGrpoError"),
    "intervals": ("ArbEngine", "MpmathEngine", "exact"),
    "model": ("MEAN", "MEAN_STD", "MEAN_VAR", "Contrast", "Parameters"),
    "model.classes": ("AnswerClasses",),
    "model.steps": ("StepParameters", "Update"),
    "notebook.enclosure": ("Enclosure",),
    "notebook.prompt": ("Prompt",),
    "notebook.variant": ("Variant",),
    "report.writing": ("write_report",),
    "rigor": (
        "FixedPoints",
        "Limit",
        "Proved",
        "Refuted",
        "Undecided",
        "UndecidedFixedPoints",
        "UndecidedLimit",
        "chaos_region",
        "chaos_witness",
        "cusps",
        "cycles",
        "entropy_bound",
        "fixed_points",
        "flip_curve",
        "fold_curve",
        "settling_bound",
    ),
    "rigor.sequences.small_steps": ("small_steps",),
}
__all__ = [
    "MEAN",
    "MEAN_STD",
    "MEAN_VAR",
    "AnswerClasses",
    "ArbEngine",
    "Contrast",
    "Enclosure",
    "FixedPoints",
    "InputError",
    "Limit",
    "MpmathEngine",
    "Parameters",
    "Prompt",
    "Proved",
    "Refuted",
    "StepParameters",
    "Undecided",
    "UndecidedFixedPoints",
    "UndecidedLimit",
    "Update",
    "Variant",
    "VerifiedGrpoError",
    "answer_classes",
    "certify",
    "chaos_certificate",
    "chaos_region",
    "chaos_region_certificate",
    "chaos_witness",
    "check_bytes",
    "check_file",
    "classes_certificate",
    "cusps",
    "cycles",
    "cycles_certificate",
    "entropy_bound",
    "exact",
    "fixed_points",
    "fixed_points_certificate",
    "flip_curve",
    "fold_curve",
    "limit",
    "limit_certificate",
    "region_certificate",
    "settling_bound",
    "small_steps",
    "small_steps_certificate",
    "views",
    "write_report",
]


def __getattr__(name: str) -> Any:
    from .lazily import attributes  # not before: the checker runs with nothing but itself

    return attributes(__name__, _HOMES)(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
