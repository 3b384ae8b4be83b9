"""A user's program, strictly typed: `make lint` asks mypy, `make types` pyright; a test runs it."""
# pyright: strict

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from verified_grpo import Contrast, Parameters, Variant, certify, check_file, fixed_points, limit, views


def sentences(folder: Path) -> list[str]:
    """What one would print of a variant, a box, and one's own contrast."""
    prompt = Variant("group", size=8, ddof=1).at(beta=Decimal("0.6"), eps="1e-4", p_ref="1/20")
    points, goes = prompt.fixed_points(), prompt.limit()
    told = [f"{point.p.lower} to {point.p.upper}" for point in points.points]
    if goes.p is not None:
        told.append(f"small steps rise to {float(goes.p):.4f}, wide {float(goes.p.width):.1e}")
    saved = goes.save(folder / "limit.json")
    told += [check_file(path).outcome.value for path in saved]
    slow = Variant("group", size=8, ddof=1).at(
        beta="0.6", eps="1e-4", p_ref="1/20", step_size="0.01", inner_steps=2
    )
    steps = slow.passage("0.4").steps
    told.append("never, or not counted" if steps is None else f"{steps[0]} to {steps[1]} updates")
    box = Variant("mean-var").at(beta="61:100", eps="1e-5:1e-4", p_ref="0.001:0.9")
    told.append(box.certify("contraction").verdict)
    frame = Variant("mean-std").sweep(beta=["1", "2"], eps="1e-4", p_ref=["0.1", "0.2"])
    told.append(f"{frame.height} rows")
    return told


def functions() -> list[str]:
    """The functions that the face stands on."""
    contrast, at = Contrast.of("1/(p + eps)"), Parameters.of(beta="1", eps="0.1", p_ref="0.1")
    found = fixed_points(contrast, at)
    region = certify(
        "amplification", Contrast("mean-var"), Parameters.of(beta="1:2", eps="1e-4", p_ref="0.1:0.2")
    )
    both = views(Contrast("mean-var"), at)
    return [type(found).__name__, region.verdict, type(limit(contrast, at)).__name__, type(both).__name__]
