"""The options that say how the verifier errs, and what an answer says of the true rate of success."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group

from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up, exact, exact_range
from ..model import Contrast, Range
from .options import remark
from .shown import wrapped

if TYPE_CHECKING:
    from ..certificates import outputs
    from ..model.verifier import Verifier


class Errors(StrEnum):
    """Whether the verifier errs anew at each look, or on the same answers each time."""

    INDEPENDENT = "independent"
    SYSTEMATIC = "systematic"


TruePositive = Annotated[
    str | None,
    typer.Option("--true-positive", help="how often the verifier passes a right answer, in [0, 1]"),
]
FalsePositive = Annotated[
    str | None,
    typer.Option("--false-positive", help="how often the verifier passes a wrong answer, in [0, 1]"),
]
ErrorsOption = Annotated[
    Errors | None,
    typer.Option(
        "--errors", help="of the verifier: drawn anew at each look, or on the same answers each time"
    ),
]
ObservedRate = Annotated[
    bool,
    typer.Option("--observed-rate", help="with a verifier that errs: --p-ref is how often it passes answers"),
]
DIGITS = 12
RIGHT = "the verifier passes {t} of right answers and {f} of wrong ones"


@dataclass(frozen=True)
class Judged:
    """A question about rewards from a verifier; None: it does not err. ``reference``: the true p_ref."""

    verifier: Verifier | None
    errors: Errors | None
    reference: Range

    @staticmethod
    def read(
        true_positive: str | None,
        false_positive: str | None,
        errors: Errors | None,
        p_ref: str,
        *,
        observed: bool = False,
    ) -> Judged:
        """From the options; ``observed``: the rate that is given is that of passing.

        Raises:
            InputError: some of the three without the others, numbers outside [0, 1], or a rate of passing
                that this verifier cannot have.
        """
        reference = exact_range(p_ref)
        if observed and true_positive is None:
            raise InputError("--observed-rate belongs to a verifier that errs: --true-positive and the rest")
        if true_positive is None and false_positive is None and errors is None:
            return Judged(None, None, reference)
        if true_positive is None or false_positive is None or errors is None:
            raise InputError(
                "a verifier that errs needs --true-positive, --false-positive and --errors: errors that are "
                "independent of the answer and systematic ones lead elsewhere"
            )
        from ..model.verifier import Verifier

        verifier = Verifier.of(true_positive, false_positive)
        return Judged(verifier, errors, verifier.behind(reference) if observed else reference)

    @property
    def is_systematic(self) -> bool:
        """Whether the numbers of an answer are of the observed rate."""
        return self.errors is Errors.SYSTEMATIC

    def remind(self) -> None:
        """Say whose rate the numbers are where an answer's own words do not: of independent errors."""
        if self.verifier is not None:
            t, f = canonical(self.verifier.true_positive), canonical(self.verifier.false_positive)
            remark(f"{RIGHT.format(t=t, f=f)}, drawn anew at each look; p is the rate of right answers")

    def contrast(self, chosen: Contrast) -> Contrast:
        """What drives the rate that is followed."""
        return self.verifier.drive(chosen) if self.verifier and not self.is_systematic else chosen

    def p_ref(self, given: str) -> str:
        """The reference's rate that is followed."""
        if self.verifier is None:
            return given
        low, high = self.verifier.observed(self.reference) if self.is_systematic else self.reference
        return f"{canonical(low)}:{canonical(high)}" if low != high else canonical(low)

    def mark(self, payload: Mapping[str, object], listed: Any) -> Mapping[str, object]:
        """An answer as JSON with the verifier, and of systematic errors with the true rates at each of the
        fixed points that it lists."""
        if self.verifier is None or self.errors is None:
            return payload
        said: outputs.ErringVerifier = {
            "true_positive": canonical(self.verifier.true_positive),
            "false_positive": canonical(self.verifier.false_positive),
            "errors": self.errors.value,
        }
        if self.is_systematic:
            said |= {"true_p": [list(pair) for pair in self._true(listed)], "precision": self._precision()}
        return {**payload, "verifier": said}

    def under(self, text: Any, listed: Any) -> Any:
        """An answer in words with what is true of the rate of success."""
        if self.verifier is None:
            return text
        t, f = canonical(self.verifier.true_positive), canonical(self.verifier.false_positive)
        head = RIGHT.format(t=t, f=f)
        if not self.is_systematic:
            return Group(wrapped(f"{head}, drawn anew at each look; p is the rate of right answers:"), text)
        pairs = self._true(listed)
        places = ", ".join(f"[{low}, {high}]" for low, high in pairs) or "not known"
        low, high = self._precision()
        side = "below" if self.verifier.gain > 0 else "above" if self.verifier.gain < 0 else "at"
        lines = [
            "",
            wrapped(f"{head}, the same ones each time; the numbers above are of the rate of passing."),
            wrapped(f"The rate of right answers p at the fixed points, in their order: {places}."),
            wrapped(
                f"Whatever beta is, p stays {side} the share of right answers among those of the reference "
                f"that pass, in [{low}, {high}]."
            ),
        ]
        return Group(text, *lines)

    def _true(self, listed: Any) -> list[tuple[str, str]]:
        assert self.verifier is not None
        found = []
        for point in (listed or {}).get("fixed_points", ()):
            observed = exact(point["p"][0]), exact(point["p"][1])
            found.append(_decimals(*self.verifier.true_rate(observed, self.reference)))
        return found

    def _precision(self) -> list[str]:
        assert self.verifier is not None
        return list(_decimals(*(self.verifier.precision(p) for p in self.reference)))


def _decimals(low: Fraction, high: Fraction) -> tuple[str, str]:
    return decimal_down(low, DIGITS), decimal_up(high, DIGITS)
