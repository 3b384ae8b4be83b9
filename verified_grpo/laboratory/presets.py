"""Frameworks' defaults as the fields of a question: a preset of the laboratory's page, or why there is none.

They are made when a page is built, out of the tables that configurations are read by.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..audit.configurations.configuration import K3, Configuration
from ..audit.configurations.usual import Usual, usual
from ..audit.configurations.words import scaled
from ..intervals import canonical
from .asking import CONTRASTS

BEYOND = "verified-grpo audit --config answers it"
Preset = dict[str, object]


def presets() -> list[Preset]:
    """One a framework: `name`, the `fields` of a question, none where the page has not such, and a `note`."""
    return [_preset(one) for one in usual()]


def _preset(found: Usual) -> Preset:
    configuration = found.configuration
    name = f"{configuration.framework} {configuration.version}"
    said = "".join(f", {key} {value}" for key, value in found.told.items())
    if why := beyond(configuration):
        return {"name": name, "fields": None, "note": f"By its defaults{said}: {why}."}
    told = f"The defaults of {name}{said}: {scaled(configuration)}, {_kl(configuration)}."
    return {"name": name, "fields": fields(configuration), "note": told}


def _kl(configuration: Configuration) -> str:
    return configuration.regulariser if configuration.beta else "no KL"


def beyond(configuration: Configuration) -> str:
    """Why a configuration is no question of the page; empty where it is one."""
    contrast = configuration.contrast
    if contrast is None or not configuration.computable:
        return configuration.verdict or "no contrast of the model"
    if contrast.scale != 1 or contrast.name not in CONTRASTS:
        return f"the contrast is {scaled(configuration)}, which the page has no field for; {BEYOND}"
    cut = [
        clamp.key for clamp in configuration.clamps if clamp.estimator != "k3" or configuration.kernel != K3
    ]
    if cut and configuration.beta:
        return (
            f"{' and '.join(cut)}: another clamp than that of k3, which the page has no field for; {BEYOND}"
        )
    return ""


def fields(configuration: Configuration) -> Mapping[str, str]:
    """The fields of the page, but for `p_ref`, of a configuration that is one of its questions."""
    contrast = configuration.contrast
    assert contrast is not None
    told = {
        "contrast": contrast.name,
        "eps": canonical(configuration.eps),
        "beta": canonical(configuration.beta),
    }
    if contrast.group_size:
        told["group_size"] = str(contrast.group_size)
    if contrast.ddof:
        told["ddof"] = str(contrast.ddof)
    if not configuration.beta:
        return told
    told["kl"] = "k3" if configuration.regulariser == K3 else "reverse"
    if configuration.clamps:
        told["kl_clamp"] = canonical(min(clamp.at for clamp in configuration.clamps))
    if configuration.dropped:
        told["drop_dead_groups"] = str(configuration.dropped.size)
    return told
