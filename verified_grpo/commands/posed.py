"""What the commands about one variant are asked about, as their options pose it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..answers.judged import Judged
from ..model import Contrast
from ..model.erring import Errors
from .configured import Configured, Kl
from .rewards import over_batch, rewarded
from .steps import Asked

AboutContrast = tuple[str | None, int, int, str | None]
"""Name, group size, ddof, expression."""
ITS_OPTIONS = ("--contrast", "--group-size", "--ddof", "--omega")
AboutVerifier = tuple[str | None, str | None, Errors | None, bool]
"""True and false positives, which errors, whether p_ref is the observed rate."""
AboutFile = tuple[Path | None, str | None, str | None]
"""The configuration, its framework and version."""


@dataclass(frozen=True)
class Posed:
    """The contrast as a verifier and rewards change it; the numbers with the steps that are meant; the
    verifier; the file, where there is one."""

    contrast: Contrast
    asked: Asked
    judged: Judged
    told: Configured

    @staticmethod
    def read(
        *,
        p_ref: str,
        beta: str | None,
        eps: str | None,
        alpha: str,
        contrast: AboutContrast,
        batch_std: str | None,
        reward_values: tuple[str, str] | None,
        verifier: AboutVerifier,
        file: AboutFile,
        kl: Kl | None,
        steps: tuple[str | None, int | None],
        others: Mapping[str, object] | None = None,
    ) -> Posed:
        """From the options; ``others`` are those of the command that a file has no room for, by name.

        Raises:
            InputError: numbers outside their domains, or options that do not go together.
            MissingFact: the file is refused by the name of a key.
        """
        true_positive, false_positive, errors, observed = verifier
        judged = Judged.read(true_positive, false_positive, errors, p_ref, observed=observed)
        said: dict[str, object] = dict(zip(ITS_OPTIONS, contrast, strict=True))
        said |= {"--reward-values": reward_values, "--batch-std": batch_std, **(others or {})}
        said |= {"--alpha": alpha if alpha != "1" else None}
        true_rate = judged.p_ref(p_ref)
        told = Configured.read(*file, beta=beta, eps=eps, p_ref=true_rate, kl=kl, others=said)
        chosen = told.contrast or Contrast.asked(*contrast)
        chosen, stabiliser = rewarded(reward_values, chosen, over_batch(chosen, batch_std, told.eps))
        asked = Asked.read(*steps, beta=told.beta, eps=stabiliser, p_ref=true_rate, alpha=alpha)
        return Posed(judged.contrast(chosen), asked, judged, told)
