"""What is asked of a run: how sure, and which variant of GRPO it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ...errors import InputError
from ...intervals import canonical, exact
from ...model import Contrast
from ..configurations import read_configuration
from ..configurations.configuration import K3

USUAL_EPS = exact("1e-4")
LARGEST_GROUP = 128


@dataclass(frozen=True)
class Variant:
    """The drive of a run: contrast, KL weight and regulariser, with what is supposed of them.

    Attributes:
        beta: in the units of the contrast; None where it is not known.
        forward: whether the pull is that of KL(pi_ref||pi).
        supposed: sentences on what nobody has said.
    """

    contrast: Contrast
    eps: Fraction
    beta: Fraction | None
    forward: bool = False
    supposed: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """In a line."""
        beta = "" if self.beta is None else f", beta {canonical(self.beta)}"
        pull = f", {K3}" if self.forward and self.beta else ""
        return f"contrast {self.contrast.label}, eps {canonical(self.eps)}{beta}{pull}"


@dataclass(frozen=True)
class Question:
    """Confidence and target of the answers; the variant, or why there is none."""

    confidence: Fraction
    target: Fraction
    group_size: int | None
    variant: Variant | None
    refusal: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise InputError("the confidence must lie in (0, 1)")
        if not 0 < self.target < 1:
            raise InputError("the target must lie in (0, 1)")
        if self.group_size is not None and self.group_size < 2:
            raise InputError(f"a group has 2 samples or more, not {self.group_size}")


def of_file(path: Path, framework: str | None, version: str | None) -> tuple[Variant | None, str]:
    """The variant of a framework's configuration, or why the model has none.

    Raises:
        InputError: the file is no configuration of a known framework.
    """
    found = read_configuration(path, framework, version).under_its_kl(Fraction(0))
    if not found.computable or found.contrast is None:
        return None, found.verdict or "outside the model"
    return Variant(found.contrast, found.eps, found.beta, found.regulariser == K3), ""


def supposed(group_size: int | None, beta: Fraction | None) -> Variant:
    """What trainers do most often, where no file says what was done; each supposition in a sentence."""
    if group_size is None or not 2 <= group_size <= LARGEST_GROUP:
        contrast, words = Contrast("mean-std"), "rewards over their standard deviation"
    else:
        contrast = Contrast("group", group_size, 1)
        words = f"groups of {group_size}, rewards over their standard deviation (ddof 1)"
    sentences = [f"no configuration is given: supposed are {words}, eps {canonical(USUAL_EPS)}"]
    if beta is None:
        sentences.append("beta is not known: steps are fitted as if there were no KL term")
    return Variant(contrast, USUAL_EPS, beta, supposed=tuple(sentences))
