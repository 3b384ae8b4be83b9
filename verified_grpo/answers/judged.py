"""Rewards from a verifier that errs: which rate a question follows, and what is added to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up, exact, exact_range
from ..model import Contrast, Range
from ..model.erring import Errors

if TYPE_CHECKING:
    from ..certificates.grammar.values import AnyCertificate
    from ..certificates.outputs import verifiers
    from ..model.verifier import Verifier


DIGITS = 12
KINDS = (
    "a verifier that errs needs --true-positive, --false-positive and --errors: type --errors independent if "
    "each look at an answer may judge it anew, --errors systematic if it always passes the same wrong ones"
)


def erring(
    true_positive: str | None, false_positive: str | None, errors: Errors | None, *, observed: bool = False
) -> Verifier | None:
    """The verifier that the options name; None: it does not err. ``observed``: --observed-rate is among them.

    Raises:
        InputError: some of the three without the others, or numbers outside [0, 1].
    """
    if observed and true_positive is None:
        raise InputError("--observed-rate belongs to a verifier that errs: --true-positive and the rest")
    if true_positive is None and false_positive is None and errors is None:
        return None
    if true_positive is None or false_positive is None or errors is None:
        raise InputError(KINDS)
    from ..model.verifier import Verifier

    return Verifier.of(true_positive, false_positive)


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
        verifier = erring(true_positive, false_positive, errors, observed=observed)
        if verifier is None:
            return Judged(None, None, reference)
        return Judged(verifier, errors, verifier.behind(reference) if observed else reference)

    @property
    def is_systematic(self) -> bool:
        """Whether the numbers of an answer are of the observed rate."""
        return self.errors is Errors.SYSTEMATIC

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
        from ..certificates.budget import side

        said: verifiers.ErringVerifier = {
            "true_positive": side(self.verifier.true_positive),
            "false_positive": side(self.verifier.false_positive),
            "errors": self.errors.value,
        }
        if self.is_systematic:
            said["precision"] = self._precision()
            if listed is not None:
                said["true_p"] = [list(pair) for pair in self._true(listed)]
        return {**payload, "verifier": said}

    @property
    def heading(self) -> str:
        """The verifier, and whose rate the numbers of an answer are; empty where it does not err."""
        if self.verifier is None:
            return ""
        if self.is_systematic:
            told = f"{Errors.SYSTEMATIC.words}; the numbers above are of the rate of passing."
            return f"{self.verifier.words}, {told}"
        return f"{self.verifier.words}, {Errors.INDEPENDENT.words}; p is the rate of right answers:"

    def conclusions(self, listed: Any) -> list[str]:
        """Of systematic errors: what the fixed points that are listed (None: none are), and any, say of the
        rate of right answers."""
        if self.verifier is None or not self.is_systematic:
            return []
        said = []
        if listed is not None:
            places = ", ".join(f"[{low}, {high}]" for low, high in self._true(listed)) or "not known"
            said.append(f"The rate of right answers p at the fixed points, in their order: {places}.")
        low, high = self._precision()
        where = {1: "below", -1: "above", 0: "at"}[self.verifier.sign or 0]
        said.append(
            f"Whatever beta is, p stays {where} the share of right answers among those of the reference "
            f"that pass, in [{low}, {high}]."
        )
        return said

    def certificates(self, listed: Any) -> dict[str, AnyCertificate]:
        """Of systematic errors: the bound, and the rates of right answers at the fixed points that are
        listed, by what the file's name ends in."""
        if self.verifier is None or not self.is_systematic:
            return {}
        from ..certificates.verifiers import ceiling_certificate
        from ..rigor.verifiers import ceiling

        passed = [(exact(low), exact(high)) for low, high in _listed(listed)]
        return {"-right-answers": ceiling_certificate(ceiling(self.reference, self.verifier, passed))}

    def require_region(self, prop: str, *, goal: str | None) -> None:
        """Go on only if a property of what is followed says something of right answers.

        Raises:
            InputError: a goal of amplification is one of the rate of passing; wrong answers pass more often.
        """
        if self.verifier is None or not self.is_systematic or prop != "amplification":
            return
        if goal is not None:
            raise InputError("--errors systematic: --gain and --target would be of the rate of passing")
        if self.verifier.sign != 1:
            raise InputError(
                f"{self.verifier.words}, or may do so: training does not raise the rate of right ones"
            )

    @property
    def is_exact(self) -> bool:
        """Whether the rates are numbers."""
        return self.verifier is None or self.verifier.is_exact

    @property
    def asks_more(self) -> str | None:
        """What to ask instead where more is followed than was asked: of systematic errors all rates of
        passing that the ranges allow; None where it is not."""
        if self.is_exact or not self.is_systematic:
            return None
        return "it is not proved for every rate of passing: ask about rates that are numbers"

    def _true(self, listed: Any) -> list[tuple[str, str]]:
        assert self.verifier is not None
        return [
            _decimals(*self.verifier.true_rate((exact(low), exact(high)), self.reference))
            for low, high in _listed(listed)
        ]

    def _precision(self) -> list[str]:
        assert self.verifier is not None
        return list(_decimals(*self.verifier.precision(self.reference)))


def _listed(payload: Any) -> list[tuple[str, str]]:
    """p at the fixed points of an answer."""
    return [tuple(point["p"]) for point in (payload or {}).get("fixed_points", ())]


def _decimals(low: Fraction, high: Fraction) -> tuple[str, str]:
    return decimal_down(low, DIGITS), decimal_up(high, DIGITS)
