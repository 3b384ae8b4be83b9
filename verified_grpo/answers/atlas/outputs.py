"""A map as an answer: how much of it is open, and how many cells have which verdict, or its contours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...certificates.atlas_cells import cells, undecided_fraction
from ...certificates.contours import PART, strips_fraction
from ...certificates.outputs.plane import AtlasAnswer, ContoursAnswer
from ...intervals import decimal_up

WORDS = {
    "rises": "rises to the least fixed point",
    "rises-to-one": "rises to 1",
    "fixed-point": "tends to a fixed point",
    "undecided": "undecided",
}
DIGITS = 6


def open_share(certificate: Mapping[str, Any]) -> Fraction:
    """The share of the area asked about that is undecided, or in the strips of contours.

    Raises:
        CertificateError: not a certificate of a map.
    """
    of_contours = certificate["statement"]["kind"] == "contours"
    return strips_fraction(certificate) if of_contours else undecided_fraction(certificate)


def atlas_json(certificate: Mapping[str, Any]) -> AtlasAnswer:
    """The undecided share and the numbers of cells by verdict; the cells are in the certificate."""
    statement, found = certificate["statement"], list(cells(certificate))
    counts = Counter(
        f"tends to a cycle of {cell.period}" if cell.verdict == "cycle" else WORDS[cell.verdict]
        for cell in found
    )
    return {
        "variant": statement["variant"],
        "parameters": statement["parameters"],
        "log_beta": statement["log_beta"],
        "logit_p_ref": statement["logit_p_ref"],
        "undecided": decimal_up(open_share(certificate), DIGITS),
        "cells": len(found),
        "verdicts": dict(sorted(counts.items())),
    }


def contours_json(certificate: Mapping[str, Any]) -> ContoursAnswer:
    """The share in strips (``undecided``), the levels, and in how many cells the views part."""
    statement = certificate["statement"]
    told: ContoursAnswer = {
        "view": "small-steps",
        "variant": statement["variant"],
        "parameters": statement["parameters"],
        "log_beta": statement["log_beta"],
        "logit_p_ref": statement["logit_p_ref"],
        "undecided": decimal_up(open_share(certificate), DIGITS),
        "levels": statement["levels"],
        "parting_cells": sum(node not in "<^u" for node in PART.findall(statement["parting"])),
    }
    if "kl" in statement:
        told["kl"] = "k3"
    return told
