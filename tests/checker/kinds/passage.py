"""Kind "passage": after how many updates a target is reached; the oracle iterates at 60 digits."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..builder import Json, certificate, widened
from ..committed import committed
from ..edits import GROUP_8, MEAN_VAR, Bad, at, edited
from ..forms import Reader, range_in
from ..heads import ALL, MAP_LAW, head
from ..limit_builder import first, step
from ..samples import sampled_points
from ..truth import mp, number
from .small_steps import corner

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


FAR = 600


def reached(variant: Json, point: Json, reach: str, most: int) -> int | None:
    """The first n <= most with p_n >= P."""
    p = number(reach)
    if number(point["p_ref"]) >= p:
        return 0
    if p >= 1:
        return None  # no p_n is 1
    target, here = mp.log(p / (1 - p)), first(point, "p_ref")
    for n in range(1, most + 1):
        here = step(variant, point, here)
        if here >= target:
            return n
    return None


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    never = statement["verdict"] == "never"
    least, most = (0, FAR) if never else statement["steps"]
    for point in sampled_points(statement["parameters"]):
        n = reached(statement["variant"], point, statement["reach"], min(most, FAR))
        if never != (n is None) or (n is not None and n < least):
            return f"step {n} at {point}"
        if "plateau" in statement and _leaves(statement["variant"], point, **statement["plateau"]):
            return f"not on the plateau at {point}"
    return None


def _leaves(variant: Json, point: Json, updates: list[int], logit: list[str]) -> bool:
    """Whether a sequence is outside of a plateau at one of its updates."""
    here, (low, high) = first(point, "p_ref"), (number(end) for end in logit)
    for n in range(updates[1] + 1):
        if n >= updates[0] and not low <= here <= high:
            return True
        here = step(variant, point, here)
    return False


def passage_certificate(variant: Json, parameters: Json, reach: str, parts: int = 4) -> Json:
    """Reached: counted at the corners."""
    counts = [reached(variant, corner(parameters, k), reach, FAR) for k in (0, 1)]
    claim = {"verdict": "reached", "steps": counts}
    evidence = {"rule": "corners", "bits": 120, "cuts": _cuts(parameters, reach, parts)}
    return certificate(_statement(variant, parameters, reach, claim), evidence)


def never_certificate(variant: Json, parameters: Json, reach: str, barrier: str) -> Json:
    """Never reached: no sequence passes the barrier."""
    cuts = _cuts(parameters, reach, 4)
    evidence = {"rule": "barrier", "bits": 120, "cuts": cuts, "barrier": barrier}
    return certificate(_statement(variant, parameters, reach, {"verdict": "never"}), evidence)


def _statement(variant: Json, parameters: Json, reach: str, claim: Json) -> Json:
    return {"kind": "passage", "variant": variant, "parameters": parameters, "reach": reach, **claim}


def _cuts(parameters: Json, reach: str, parts: int) -> list[str]:
    """From below the least L_ref to the target, or to 0; none for no parts."""
    p = number(reach)
    return cuts(parameters, mp.log(p / (1 - p)), parts) if parts else []


def cuts(parameters: Json, end: Any, parts: int) -> list[str]:
    """From below the least L_ref to an end, or to 0."""
    low, high = first(corner(parameters, 1), "p_ref"), min(end, mp.mpf(0))
    ends = [low + (high - low) * k / parts for k in range(parts + 1)]
    inner = [widened(x, x, 12)[0] for x in ends[1:-1]]
    return [widened(low, low, 25)[0], *inner, widened(high, high, 25)[1]]


def sentences(reader: Reader) -> Json:
    return {**head(reader, MAP_LAW), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    said, verdict = reader.take_one(
        {
            f"{ALL}L_n = T(L_{{n-1}}) from L_0 = log(p_ref/(1-p_ref)) first has p_n >= <reach> at some n "
            "from <least:n> to <most:n>.": "reached",
            f"{ALL}and all n, L_0 = log(p_ref/(1-p_ref)): p_n < <reach>.": "never",
        }
    )
    steps: Json = {"steps": [int(said["least"]), int(said["most"])]} if verdict == "reached" else {}
    if reader.is_next("For n from"):
        more = reader.take("For n from <first:n> to <last:n> L_n in <at:r>.")
        updates = [int(more["first"]), int(more["last"])]
        steps["plateau"] = {"updates": updates, "logit": range_in(more, "at")}
    return {"verdict": verdict, "reach": said["reach"], **steps}
