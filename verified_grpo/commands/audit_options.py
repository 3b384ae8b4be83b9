"""What ``verified-grpo audit`` was asked: its options, read once and handed to the mode that answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from ..answers.judged import Judged, erring
from ..errors import InputError
from ..intervals import exact
from ..model import Contrast, Parameters
from ..model.erring import Errors
from ..model.steps import Update
from ..model.verifier import Verifier
from .steps import Asked, read_update

OF_VERIFIERS = ("true-positive", "false-positive", "errors", "observed-rate", "apart")
"""The options of a verifier that errs."""


@dataclass(frozen=True)
class AuditOptions:
    """The options of ``audit`` as they were typed; an option that was not given is None.

    Attributes:
        true_positive, false_positive, errors, observed_rate, apart: how the verifier errs; of ranges of its
            rates, those that differ by ``apart``.
        prop, rate, gain, target: the property over ranges, the rate of ``contraction``, the factor of odds or
            the probability asked of ``amplification``.
        largest_set, picture: the parameter whose values are sought; files to draw a plane of two ranges in.
        config, framework, framework_version: the file of a training framework, its name if it is not to be
            detected, and the version whose defaults are taken if it is not the newest that was read.
        granted: whether the conditions of a file's answer are met.
        pass_rates, confidence, tolerance, jobs: the table of pass rates, the confidence of its intervals (0
            takes the observed rates as exact), the width asked of brackets, the number of processes.
        k, n, reward, prompt: columns of the table of pass rates; there ``rate`` names a column too.
        correct, as_classes: a column of whether an answer is correct; whether rewards are taken as the
            numbers that they are. Either makes classes of answers of a table's rewards.
        step: the training step whose rows of that table are read.
        step_size, inner_steps: the one update that is asked about, if not any small steps.
        format: of a report: md, html or pdf.
    """

    prop: str | None
    beta: str | None
    eps: str | None
    p_ref: str | None
    alpha: str | None
    contrast: str | None
    group_size: int | None
    ddof: int | None
    omega: str | None
    true_positive: str | None
    false_positive: str | None
    errors: Errors | None
    observed_rate: bool | None
    apart: str | None
    rate: str | None
    gain: str | None
    target: str | None
    largest_set: str | None
    picture: list[Path] | None
    config: Path | None
    framework: str | None
    framework_version: str | None
    granted: bool | None
    pass_rates: Path | None
    k: str | None
    n: str | None
    reward: str | None
    correct: str | None
    as_classes: bool | None
    prompt: str | None
    step: str | None
    step_size: str | None
    inner_steps: int | None
    confidence: str | None
    tolerance: str | None
    jobs: int
    engine: str | None
    format: str
    out: Path | None
    as_json: bool

    def asked(self) -> Asked:
        """The box of parameters, and the updates that it is asked about.

        Raises:
            InputError: beta, eps or p_ref is missing, or out of its domain; a step is.
        """
        missing = [f"--{name}" for name in ("beta", "eps", "p-ref") if not self._given(name)]
        if missing:
            raise InputError(f"audit --property needs {', '.join(missing)}: a number or a range LO:HI")
        rate = self.judged().p_ref(self.p_ref or "")
        numbers = {"beta": self.beta or "", "eps": self.eps or "", "p_ref": rate}
        return Asked.read(self.step_size, self.inner_steps, **numbers, alpha=self.alpha or "1")

    def box(self) -> Parameters:
        """The box of parameters of the recursion, as :meth:`asked`.

        Raises:
            InputError: as there; no KL and no step size; a step beyond a whole one.
        """
        return self.asked().recursion

    def erring(self) -> Verifier | None:
        """The verifier alone, where it errs.

        Raises:
            InputError: as :meth:`judged`.
        """
        return erring(self.true_positive, self.false_positive, self.errors, observed=bool(self.observed_rate))

    def judged(self) -> Judged:
        """The verifier that judges.

        Raises:
            InputError: some of its options without the others, or rates outside [0, 1].
        """
        observed = bool(self.observed_rate)
        return Judged.read(
            self.true_positive, self.false_positive, self.errors, self.p_ref or "", observed=observed
        )

    def chosen_contrast(self) -> Contrast:
        """The contrast, ``mean-var`` where none was named."""
        return Contrast.asked(self.contrast, self.group_size, self.ddof, self.omega)

    def goals(self) -> dict[str, Fraction | None]:
        """``rate``, ``gain`` and ``target`` as exact numbers.

        Raises:
            InputError: one of them is not a number.
        """
        texts = {"rate": self.rate, "gain": self.gain, "target": self.target}
        return {name: None if text is None else exact(text) for name, text in texts.items()}

    def update(self) -> Update | None:
        """The update that is asked about.

        Raises:
            InputError: a step outside its domain, or inner steps without a size.
        """
        return read_update(self.step_size, self.inner_steps)

    def with_range(self, axis: str, side: str) -> AuditOptions:
        """The same with a range of ``beta``, ``alpha`` or ``eps``."""
        ranges = {"beta": self.beta, "alpha": self.alpha, "eps": self.eps, axis: side}
        return replace(self, beta=ranges["beta"], alpha=ranges["alpha"], eps=ranges["eps"])

    def refuse(self, mode: str, *names: str) -> None:
        """Refuse options that a mode would pass over in silence.

        Raises:
            InputError: one of the named options was given.
        """
        given = [f"--{name}" for name in names if self._given(name)]
        if given:
            raise InputError(f"{', '.join(given)} cannot be combined with {mode}")

    def _given(self, name: str) -> bool:
        attribute = {"property": "prop"}.get(name, name.replace("-", "_"))
        return getattr(self, attribute) is not None
