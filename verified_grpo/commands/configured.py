"""``--config`` of commands about one variant: the numbers of a training configuration stand for options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError, MissingFact
from ..intervals import canonical, exact, exact_range
from .options import remark
from .shown import wrapped

if TYPE_CHECKING:
    from ..audit.configurations import Configuration
    from ..model import Contrast

Config = Annotated[
    Path | None,
    typer.Option("--config", help="a training configuration, for the contrast, --eps and --beta"),
]
Framework = Annotated[
    str | None, typer.Option("--framework", help="--config: its framework, if not to be detected")
]
FrameworkVersion = Annotated[
    str | None, typer.Option("--framework-version", help="--config: whose defaults, if not the newest")
]
BetaOrFile = Annotated[
    str | None, typer.Option("--beta", help="KL weight, 0 (no KL) or more; --config has one")
]
EpsOrFile = Annotated[
    str | None, typer.Option("--eps", help="stabiliser of the advantage, > 0; --config has one")
]


class Kl(StrEnum):
    """Which KL is in the loss."""

    REVERSE = "reverse"
    K3 = "k3"


def typed(beta: str | None, eps: str | None) -> dict[str, str]:
    """Both numbers, which only a file can give instead.

    Raises:
        InputError: one is missing.
    """
    for name, value in (("--beta", beta), ("--eps", eps)):
        if value is None:
            raise InputError(f"Missing option '{name}'.")
    assert beta is not None
    assert eps is not None
    return {"beta": beta, "eps": eps}


@dataclass(frozen=True)
class Configured:
    """The numbers that a command is asked about, from options or from a file.

    Attributes:
        beta, eps: as text.
        contrast: of the file; None where the options say it.
        kl: which KL.
    """

    beta: str
    eps: str
    kl: Kl
    contrast: Contrast | None = None
    configuration: Configuration | None = None

    @staticmethod
    def read(
        config: Path | None,
        framework: str | None,
        version: str | None,
        *,
        beta: str | None,
        eps: str | None,
        p_ref: str,
        kl: Kl | None,
        others: Mapping[str, object],
    ) -> Configured:
        """From the options.

        Args:
            others: options that a file has no room for, by name; they must not be given beside it.

        Raises:
            InputError: a missing option, or one beside a file that says the same.
            MissingFact: the file is refused by the name of a key.
        """
        if config is None:
            for name, value in (("--framework", framework), ("--framework-version", version)):
                if value is not None:
                    raise InputError(f"{name} belongs to --config")
            both = typed(beta, eps)
            return Configured(both["beta"], both["eps"], kl or Kl.REVERSE)
        given = {"--eps": eps, "--kl": kl, **others}
        for name, beside in given.items():
            if beside:
                raise InputError(f"{name} cannot be combined with --config")
        return _from_file(config, framework, version, beta, p_ref)

    def mark(self, payload: Mapping[str, object]) -> Mapping[str, object]:
        """An answer as JSON, with the file that it is about."""
        if self.configuration is None:
            return payload
        of = {
            "framework": self.configuration.framework,
            "framework_version": self.configuration.version,
            "weight": canonical(self.configuration.beta),
            "contrast_scale": canonical(self.configuration.unit),
            "settings": [
                {"key": item.key, "value": item.value, "given": item.given, "origin": item.origin}
                for item in self.configuration.read
            ],
            "assumptions": list(self.configuration.assumptions),
            "unknown": list(self.configuration.unknown),
        }
        return {**payload, "configuration": of}

    def under(self, text: Any) -> Any:
        """An answer in words under what was read."""
        if self.configuration is None:
            return text
        from rich.console import Group

        return Group(*self._read(), "", text)

    def remark(self) -> None:
        """What was read, beside an answer."""
        for line in () if self.configuration is None else self._read():
            remark(line)

    def _read(self) -> list[str]:
        from ..audit.configurations.words import settings_read
        from .audit_configuration import asked

        assert self.configuration is not None
        unknown = self.configuration.unknown
        lines = [wrapped(f"Read: {settings_read(self.configuration)}.")]
        lines += [wrapped(f"So: {asked(self.configuration)}")]
        return lines + ([wrapped(f"Not known to the mapping: {', '.join(unknown)}.")] if unknown else [])


def _from_file(
    config: Path, framework: str | None, version: str | None, beta: str | None, p_ref: str
) -> Configured:
    from ..audit.configurations import K3, read_configuration

    configuration = read_configuration(config, framework, version)
    if beta is not None:
        configuration = configuration.at(exact(beta))
    configuration = configuration.under_its_kl(exact_range(p_ref)[0])
    if configuration.contrast is None or not configuration.computable:
        raise MissingFact(f"{config}: nothing is computed: {configuration.verdict}")
    kl = Kl.K3 if configuration.regulariser == K3 else Kl.REVERSE
    return Configured(
        canonical(configuration.beta),
        canonical(configuration.eps),
        kl,
        configuration.contrast,
        configuration,
    )
