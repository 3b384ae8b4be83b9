"""What all outcomes can do: show and draw themselves, be written down, saved and checked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..answers.views import with_update
from ..certificates.canonical import canonical_bytes, write
from ..certificates.grammar.values import AnyCertificate, Json
from ..checker import Verdict, check_bytes
from ..errors import CertificateError
from ..rigor.no_truth_value import NoTruthValue
from .enclosure import Enclosure

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.axes import Axes

    from .setting import Setting

Row = Mapping[str, object]


class Outcome(ABC, NoTruthValue, read="verdict"):
    """The answer to one question about a prompt."""

    prompt: Setting

    @property
    @abstractmethod
    def verdict(self) -> str:
        """``proved``, ``refuted`` or ``undecided``."""
        raise NotImplementedError

    @property
    @abstractmethod
    def sentence(self) -> str:
        """The answer in a line."""
        raise NotImplementedError

    @abstractmethod
    def told(self) -> Json:
        """The answer as an object, without the step that was asked about."""
        raise NotImplementedError

    def to_dict(self) -> Json:
        """The same object as the command line prints with ``--json``."""
        return with_update(self.prompt, self.told())

    @abstractmethod
    def certificates(self) -> dict[str, AnyCertificate]:
        """The certificates of what is proved, the answer's first, by what their files' names end in."""
        raise NotImplementedError

    def rows(self) -> Sequence[Row]:
        """The numbers, a row each; decimal text, rounded outward."""
        return ()

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw it.

        Raises:
            TypeError: there is nothing to draw.
        """
        raise TypeError(f"{type(self).__name__} has no picture")

    def certificate(self) -> AnyCertificate:
        """The certificate of the answer.

        Raises:
            CertificateError: it is undecided, or nothing carries it.
        """
        for certificate in self.certificates().values():
            return certificate
        raise CertificateError(f"no certificate: {self.sentence}")

    def save(self, path: str | Path) -> list[Path]:
        """Write the certificates: the answer's to ``path``, any other beside it. Each whole or not at all.

        Raises:
            CertificateError: there is none.
            FileError: a file cannot be written.
        """
        self.certificate()
        first = Path(path)
        return [
            write(first.with_name(f"{first.stem}{ending}{first.suffix}"), certificate)
            for ending, certificate in self.certificates().items()
        ]

    def check(self) -> list[Verdict]:
        """What the independent checker says of the certificates, in their order.

        Raises:
            CertificateError: there is none.
        """
        self.certificate()
        return [check_bytes(canonical_bytes(certificate)) for certificate in self.certificates().values()]

    def to_frame(self) -> pl.DataFrame:
        """The rows as a Polars frame (``.to_pandas()`` makes a pandas one); an enclosure is two columns of
        doubles, ``..._lower`` and ``..._upper``, rounded outward."""
        import polars as pl

        return pl.DataFrame([dict(_columns(row)) for row in self.rows()])

    def __repr__(self) -> str:
        lines = [f"{self.verdict}: {self.sentence}", f"  {self.prompt.words}"]
        return "\n".join([*lines, *(f"  {_in_line(row)}" for row in self.rows())])

    def _repr_html_(self) -> str:
        verdict, sentence, words = map(escape, (self.verdict, self.sentence, self.prompt.words))
        head = f"<p><b>{verdict}</b>: {sentence}<br><small>{words}</small></p>"
        rows = self.rows()
        if not rows:
            return head
        names = "".join(f"<th>{escape(name)}</th>" for name in rows[0])
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row.values()) + "</tr>"
            for row in rows
        )
        return f"{head}<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def _columns(row: Row) -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        if isinstance(value, Enclosure):
            low, high = value.doubles
            yield from ((f"{name}_lower", low), (f"{name}_upper", high))
        else:
            yield name, value


def _in_line(row: Row) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items())


def axes_of(ax: Axes | None) -> Axes:
    """The axes to draw on: those given, or new ones of a figure of their own."""
    if ax is not None:
        return ax
    from matplotlib import pyplot

    return pyplot.subplots()[1]
