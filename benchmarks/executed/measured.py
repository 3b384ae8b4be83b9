"""What is measured of an option, exactly in expectation: the contrast by the sum over the groups, the KL's
gradient by autograd, and where the whole expected gradient vanishes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from .rows import FAR

Tensor = Any
SUCCESS = (0.02, 0.3, 0.5, 0.9)
"""Success rates at which the contrast is measured."""
P_REF, END, CELLS = 0.3, 14.0, 35
OUTCOMES = 12
REFERENCE = math.log(P_REF / (1 - P_REF))
NEAR, FLAT = 1e-5, 1e-7


@dataclass(frozen=True)
class Option:
    """One way of setting a framework.

    Attributes:
        name: what is set.
        configuration: the least file that sets it, as keys and values.
        advantages: of the rewards of one group.
        loss: the framework's whole loss of one group, of rewards, log-probabilities and the reference's.
        kl: the estimate for each sample, of log-probabilities and the reference's; None without a KL.
        place: where it stands.
    """

    name: str
    configuration: dict[str, str]
    advantages: Callable[[Tensor], Tensor]
    loss: Callable[[Tensor, Tensor, Tensor], Tensor]
    kl: Callable[[Tensor, Tensor], Tensor] | None = None
    place: str = "loss"
    size: int = 8


def combined(
    name: str,
    configuration: dict[str, str],
    advantages: Callable[[Tensor], Tensor],
    policy: Callable[[Tensor, Tensor], Tensor],
    kl: Callable[[Tensor, Tensor], Tensor] | None,
    reduce: Callable[[Tensor], Tensor] | None = None,
    beta: float = 1.0,
) -> Option:
    """An option whose loss is a policy's loss, of log-probabilities and advantages, and an estimate of the
    KL: reduced in the loss, or subtracted from the advantage where nothing reduces it."""

    def loss(rewards: Tensor, logp: Tensor, ref: Tensor) -> Tensor:
        given = advantages(rewards)[:, None].double()
        if kl is None or reduce is None:
            return policy(logp, given if kl is None else given - beta * kl(logp.detach(), ref))
        return policy(logp, given) + beta * reduce(kl(logp, ref))

    return Option(name, configuration, advantages, loss, kl, "loss" if reduce else "reward")


def measured(option: Option) -> dict[str, Any]:
    """The numbers of an option."""
    zero = fixed_point(option)
    return {
        "option": option.name,
        "configuration": option.configuration,
        "group": option.size,
        "omega": [[p, round(omega(option, p), 7)] for p in SUCCESS],
        "drive": [[p, round(drive(option, p), 7)] for p in SUCCESS],
        "kl_place": option.place if option.kl else "none",
        "kl_gradient": kernel(option) if option.kl else "none",
        "kl_cut_at_ratio": cut(option) if option.kl else None,
        "p_ref": P_REF,
        "fixed_point": None if zero is None else round(zero, 6),
    }


def rewards(k: int, size: int) -> Tensor:
    """k successes, then failures."""
    return torch.tensor([1.0] * k + [0.0] * (size - k))


def omega(option: Option, p: float) -> float:
    """``E[A | r = 1] - E[A | r = 0]`` over all groups."""
    size, total = option.size, 0.0
    for k in range(size + 1):
        found = option.advantages(rewards(k, size)).double()
        weight = math.comb(size, k) * p**k * (1 - p) ** (size - k)
        good, bad = (float(part.sum()) for part in (found[:k], found[k:]))
        total += weight * (good / (size * p) - bad / (size * (1 - p)))
    return total


def _divergences() -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """A policy, its reference, and the gradients by the policy's logits that an estimate may have."""
    torch.manual_seed(1)
    logits = (torch.randn(OUTCOMES, dtype=torch.float64) / 2).requires_grad_()
    ref = torch.log_softmax(torch.randn(OUTCOMES, dtype=torch.float64) / 2, 0)
    logp = torch.log_softmax(logits, 0)
    p = logp.exp()
    known = {
        "KL(pi||pi_ref)": (p * (logp - ref)).sum(),
        "KL(pi_ref||pi)": (ref.exp() * (ref - logp)).sum(),
        "E[log^2/2]": (p * (logp - ref) ** 2 / 2).sum(),
    }
    gradients = {
        name: torch.autograd.grad(value, logits, retain_graph=True)[0] for name, value in known.items()
    }
    return logits, ref, {**gradients, "none": torch.zeros(OUTCOMES, dtype=torch.float64)}


def kernel(option: Option) -> str:
    """The divergence whose gradient the estimate has on-policy, in expectation."""
    assert option.kl is not None
    logits, ref, known = _divergences()
    found = _on_policy(option, torch.log_softmax(logits, 0), ref, logits)
    return next(
        (name for name, value in known.items() if float((found - value).abs().max()) < NEAR), "another"
    )


def _on_policy(option: Option, logp: Tensor, ref: Tensor, logits: Tensor) -> Tensor:
    """The expectation over the policy of each sample's gradient; in the reward, of its score times the KL."""
    assert option.kl is not None
    if option.place == "loss":
        value = option.kl(logp[:, None], ref[:, None])[:, 0]
    else:
        value = option.kl(logp.detach()[:, None], ref[:, None])[:, 0] * logp
    return torch.autograd.grad((logp.detach().exp() * value).sum(), logits, retain_graph=True)[0]


def cut(option: Option) -> float | None:
    """The least ratio pi_ref/pi above 1 beyond which the estimate does not move; None where it does up to
    ``exp(FAR)``."""
    assert option.kl is not None

    def idle(log_ratio: float) -> bool:
        logp = torch.tensor([[0.0]], dtype=torch.float64, requires_grad=True)
        estimates = [option.kl(logp, logp.detach() + x) for x in (log_ratio, log_ratio + 0.01)]  # type: ignore[misc]
        if option.place == "reward":
            return float((estimates[0] - estimates[1]).detach().abs()) < NEAR
        return float(torch.autograd.grad(estimates[0].sum(), logp)[0].abs()) < NEAR

    low, high = 0.5, FAR
    if idle(low) or not idle(high):
        return None
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if idle(middle) else (middle, high)
    return round(math.exp(high), 2)


def drive(option: Option, p: float) -> float:
    """What the whole loss makes of the advantage, scaled as it scales it: where the reference is the policy
    the KL has no gradient."""
    log_odds = math.log(p / (1 - p))
    return gradient(option, log_odds, log_odds)


def gradient(option: Option, log_odds: float, ref_odds: float = REFERENCE) -> float:
    """The rise of the expected objective along the log-odds, over ``p (1 - p)``: ``Omega - beta R``."""
    x = torch.tensor(log_odds, dtype=torch.float64, requires_grad=True)
    good, bad = torch.nn.functional.logsigmoid(x), torch.nn.functional.logsigmoid(-x)
    ref_good, ref_bad = -math.log1p(math.exp(-ref_odds)), -math.log1p(math.exp(ref_odds))
    p, size, total = float(good.detach().exp()), option.size, torch.zeros((), dtype=torch.float64)
    for k in range(size + 1):
        weight = math.comb(size, k) * p**k * (1 - p) ** (size - k)
        logp = torch.stack([good] * k + [bad] * (size - k))[:, None]
        ref = torch.tensor([ref_good] * k + [ref_bad] * (size - k), dtype=torch.float64)[:, None]
        total = total + weight * option.loss(rewards(k, size), logp, ref).double()
    return -float(torch.autograd.grad(total, x)[0]) / (p * (1 - p))


def fixed_point(option: Option) -> float | None:
    """The least success rate above the reference's at which nothing moves; None where it rises for ever."""
    low, rises = REFERENCE, gradient(option, REFERENCE)
    for step in range(1, CELLS + 1):
        high = REFERENCE + (END - REFERENCE) * step / CELLS
        falls = gradient(option, high)
        if falls <= 0:
            return 1 / (1 + math.exp(-_zero(option, low, high, rises, falls)))
        low, rises = high, falls
    return None


def _zero(option: Option, low: float, high: float, rises: float, falls: float) -> float:
    """The change of sign between two log-odds, by false position with the Illinois rule."""
    for _ in range(20):
        middle = high - falls * (high - low) / (falls - rises)
        found = gradient(option, middle)
        if abs(found) < FLAT:
            return middle
        if found > 0:
            low, rises, falls = middle, found, falls / 2
        else:
            high, falls, rises = middle, found, rises / 2
    return middle
