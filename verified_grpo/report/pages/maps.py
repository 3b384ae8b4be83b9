"""The picture of either map, from its certificate alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes

from verified_grpo.certificates.atlas_cells import cells
from verified_grpo.certificates.contours import bands
from verified_grpo.report.drawing.atlas import atlas_picture, draw_atlas
from verified_grpo.report.drawing.contours import contours_picture, draw_contours
from verified_grpo.report.pages.atlas import map_curves
from verified_grpo.report.pages.contours import drawn_curves, elsewhere


def map_picture(certificate: Mapping[str, Any], form: str = "svg") -> bytes:
    """The map as a file: ``svg``, ``png`` or ``pdf``.

    Raises:
        CertificateError: not a certificate of a map.
        InputError: another form.
    """
    claim = certificate["statement"]
    if claim["kind"] == "contours":
        found = list(bands(certificate))
        return contours_picture(found, claim["levels"], elsewhere(claim), drawn_curves(claim), form)
    return atlas_picture(list(cells(certificate)), map_curves(claim), form)


def draw_map(axes: Axes, certificate: Mapping[str, Any]) -> None:
    """The same on axes that are there.

    Raises:
        CertificateError: not a certificate of a map.
    """
    claim = certificate["statement"]
    if claim["kind"] == "contours":
        draw_contours(axes, list(bands(certificate)), claim["levels"], elsewhere(claim), drawn_curves(claim))
    else:
        draw_atlas(axes, list(cells(certificate)), map_curves(claim))
