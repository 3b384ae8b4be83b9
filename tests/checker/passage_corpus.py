"""The corpora's certificates of kind "passage"; `corpus` puts them beside the others."""

from __future__ import annotations

from functools import cache

from .builder import Json
from .committed import committed
from .limit_corpus import Bad, at, edited
from .passage_oracle import never_certificate, passage_certificate

MEAN_VAR: Json = {"contrast": "mean-var"}
GROUP_8: Json = {"contrast": "group", "group_size": 8, "ddof": 1}
SLOW = at("50", "1e-5", "0.001", "0.1")  # beta 5, a tenth of the way at each update
LINGERS = at("10", "1e-5", "0.26", "0.1")
BOX = at(["50", "51"], ["1e-5", "2e-5"], ["0.001", "0.002"], ["0.1", "0.102"])


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "passage": passage_certificate(MEAN_VAR, SLOW, "0.008"),
        "passage-box": passage_certificate(MEAN_VAR, BOX, "0.004"),
        "passage-group": passage_certificate(GROUP_8, at("6", "1e-4", "0.01", "0.05"), "0.1"),
        "passage-no-kl": passage_certificate(MEAN_VAR, at("100", "1e-5", "0.001", "0"), "0.9"),
        "passage-plateau": edited(
            passage_certificate(MEAN_VAR, LINGERS, "0.95"),
            "statement",
            "plateau",
            value={"updates": [96, 269], "logit": ["1.5572", "1.9704"]},
        ),
        "passage-at-once": passage_certificate(MEAN_VAR, SLOW, "0.001", parts=0),
        "passage-never-above-half": never_certificate(
            MEAN_VAR, at("50", "1e-5", "0.45", "0.1"), "0.7", "0.25"
        ),
        "passage-never": never_certificate(MEAN_VAR, SLOW, "0.01", "-4.7"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good, box, never = (committed()[name] for name in ("passage", "passage-box", "passage-never"))
    steps, cuts = ("statement", "steps"), ("evidence", "cuts")
    most = good["statement"]["steps"][1]
    early, late = [most - 1, most - 1], [most + 1, most + 1]
    yield "passage-too-early", ("passage-not-proved", edited(good, *steps, value=early))
    yield "passage-too-late", ("passage-not-proved", edited(good, *steps, value=late))
    least, last = box["statement"]["steps"]
    yield "passage-box-one-less", ("passage-not-proved", edited(box, *steps, value=[least, last - 1]))
    yield "passage-box-one-more", ("passage-not-proved", edited(box, *steps, value=[least + 1, last]))
    slow, where = committed()["passage-plateau"], ("statement", "plateau")
    yield "passage-plateau-begins-before", (
        "image-not-enclosed", edited(slow, *where, "updates", 0, value=95)
    )  # fmt: skip
    yield "passage-plateau-ends-later", (
        "image-not-enclosed", edited(slow, *where, "updates", 1, value=270)
    )  # fmt: skip
    yield "passage-plateau-narrower", (
        "image-not-enclosed", edited(slow, *where, "logit", 0, value="1.5574")
    )  # fmt: skip
    yield "passage-plateau-beyond-the-target", (
        "outside-domain", edited(slow, *where, "updates", 1, value=slow["statement"]["steps"][0])
    )  # fmt: skip
    yield "passage-plateau-turned-round", (
        "outside-domain", edited(slow, *where, "updates", value=[269, 96])
    )  # fmt: skip
    yield "passage-turned-round", ("empty-range", edited(good, *steps, value=[most, most - 1]))
    yield (
        "passage-beyond-the-cuts",
        ("not-monotone", edited(good, "statement", "reach", value="0.0087")),
    )
    short = good["evidence"]["cuts"]
    yield "passage-cuts-too-short", ("not-monotone", edited(good, *cuts, value=short[:-1]))
    yield "passage-cuts-too-late", ("not-monotone", edited(good, *cuts, value=short[1:]))
    yield "passage-no-cuts", ("not-monotone", edited(good, *cuts, value=[]))
    yield "passage-cuts-descend", ("unordered-cells", edited(good, *cuts, value=short[::-1]))
    whole = edited(good, "statement", "parameters", value=at("5", "1e-5", "0.001"))
    yield "passage-of-whole-steps", ("not-monotone", whole)
    yield "passage-reach-one", ("outside-domain", edited(good, "statement", "reach", value="1"))
    yield "passage-never-by-corners", ("bad-value", edited(never, "evidence", "rule", value="corners"))
    yield (
        "passage-never-below-the-limit",
        ("passage-not-proved", edited(never, "statement", "reach", value="0.008")),
    )
    yield (
        "passage-barrier-too-low",
        ("passage-not-proved", edited(never, "evidence", "barrier", value="-4.8")),
    )
    yield (
        "passage-barrier-below-p-ref",
        ("passage-not-proved", edited(never, "evidence", "barrier", value="-7")),
    )
