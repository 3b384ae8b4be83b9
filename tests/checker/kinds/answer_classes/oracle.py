"""Whether a statement of kind "answer-classes" is true, by mpmath at 60 digits from the definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...builder import Json
from ...truth import mp, number, zero

SLACK = mp.mpf(10) ** -35
GRID, ORBIT = 500, 1200
Function = Callable[[Any], Any]


class Prompt:
    """The tilt of a statement's classes."""

    def __init__(self, statement: Json) -> None:
        rows = statement["classes"]
        self.w, self.g, self.s = (
            [number(row[key]) for row in rows] for key in ("weight", "reward", "reward_squared")
        )
        self.a = [number(row["correct"]) for row in rows if "correct" in row]
        self.contrast = statement["contrast"]
        self.alpha, self.beta, self.eps = (
            number(statement["parameters"][key]) for key in ("alpha", "beta", "eps")
        )
        self.pull = self.alpha * self.beta

    def weights(self, theta: Any) -> list[Any]:
        """Of the classes at theta."""
        top = self.g[-1]
        odds = [w * mp.exp(theta * (g - top)) for w, g in zip(self.w, self.g, strict=True)]
        return [x / mp.fsum(odds) for x in odds]

    def mean(self, theta: Any) -> Any:
        return mp.fsum(w * g for w, g in zip(self.weights(theta), self.g, strict=True))

    def correct(self, theta: Any) -> Any:
        return mp.fsum(w * a for w, a in zip(self.weights(theta), self.a, strict=True))

    def omega(self, theta: Any) -> Any:
        """The variance is taken about the largest reward: little is lost where it is small."""
        if self.contrast == "mean":
            return mp.mpf(1)
        w, top = self.weights(theta), self.g[-1]
        first = mp.fsum(x * (top - g) for x, g in zip(w, self.g, strict=True))
        second = mp.fsum(x * (top - g) ** 2 for x, g in zip(w, self.g, strict=True))
        noise = mp.fsum(x * (s - g * g) for x, s, g in zip(w, self.s, self.g, strict=True))
        variance = max(second - first**2 + noise, mp.mpf(0))
        return 1 / mp.sqrt(variance + self.eps) if self.contrast == "mean-var" else 1 / (
            mp.sqrt(variance) + self.eps
        )  # fmt: skip

    def drive(self, theta: Any) -> Any:
        return self.omega(theta) - self.pull * theta

    def covariance(self, theta: Any) -> Any:
        """Of correctness and reward."""
        w = self.weights(theta)
        pairs = [
            w[c] * w[d] * (self.a[c] - self.a[d]) * (self.g[c] - self.g[d])
            for c in range(len(w))
            for d in range(c)
        ]
        return mp.fsum(pairs)

    def slope(self, theta: Any) -> Any:
        """Omega', by a difference quotient."""
        step = mp.mpf(10) ** -20
        return (self.omega(theta + step) - self.omega(theta - step)) / (2 * step)

    def scale(self) -> Any:
        """The theta over which weights change much."""
        gaps = [y - x for x, y in zip(self.g, self.g[1:], strict=False)]
        return 60 / min(gaps)


def sign_changes(function: Function, near: Any, far: Any) -> list[Any]:
    """All that a fine grid shows between 0 and far: even steps up to near, growing ones beyond."""
    grid = [near * k / GRID for k in range(GRID + 1)]
    if far > near:
        grid += [near * (far / near) ** (mp.mpf(k) / GRID) for k in range(1, GRID + 1)]
    values = [function(x) for x in grid]
    found = []
    for x, y, fx, fy in zip(grid, grid[1:], values, values[1:], strict=False):
        if fx * fy < 0:
            found.append(zero(function, x, y))
    return found


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None."""
    prompt = Prompt(statement)
    near = prompt.scale()
    zeros = []
    if prompt.pull:
        far = {"mean": mp.mpf(1), "mean-var": 1 / mp.sqrt(prompt.eps), "mean-std": 1 / prompt.eps}
        zeros = sign_changes(prompt.drive, near, 2 * far[prompt.contrast] / prompt.pull)
    if len(zeros) != statement["count"]:
        return f"there are {len(zeros)} fixed points"
    for x, point in zip(zeros, statement["fixed_points"], strict=True):
        values = {"theta": x, "mean_reward": prompt.mean(x)}
        if prompt.a:
            values["correct"] = prompt.correct(x)
        for key, value in values.items():
            if _is_outside(value, point[key]):
                return f"{key} {mp.nstr(value, 12)}"
    return (
        _steps(prompt, statement["small_steps"], zeros, near)
        or _exact(prompt, statement.get("maximiser"), zeros)
        or _course(prompt, statement.get("correctness"), zeros, near)
        or _passage(prompt, statement.get("passage"))
    )


def _steps(prompt: Prompt, small: Json, zeros: list[Any], near: Any) -> str | None:
    if not prompt.pull:
        least = min(prompt.omega(near * k / GRID) for k in range(GRID + 1))
        return "the gain" if number(small["gain"]) > least + SLACK else None
    steepest = max(-prompt.slope(zeros[0] * k / GRID) for k in range(GRID + 1))
    bound = number(small["largest_step"]) * (prompt.pull + max(steepest, 0))
    return "the step" if bound > 1 + mp.mpf(10) ** -15 else None


def _exact(prompt: Prompt, claim: Json | None, zeros: list[Any]) -> str | None:
    if claim is None:
        return None
    theta = mp.mpf(0)
    for _ in range(ORBIT):
        theta += prompt.drive(theta) / prompt.beta
    if "cycle" in claim:
        return _cycle(prompt, claim["cycle"], theta)
    near = min(range(len(zeros)), key=lambda k: abs(zeros[k] - theta))
    reached = near + 1 == claim["point"] and abs(zeros[near] - theta) < (1 + theta) / 1000
    return None if reached else f"solved exactly it is at {mp.nstr(theta, 12)}"


def _cycle(prompt: Prompt, points: list[Json], theta: Any) -> str | None:
    """Whether an orbit that was followed for long is at the stated points, one after the other."""
    orbit = [theta]
    for _ in points:
        orbit.append(orbit[-1] + prompt.drive(orbit[-1]) / prompt.beta)
    if abs(orbit[-1] - theta) > (1 + theta) / 10**6:
        return "it does not come back"
    if any(abs(x - theta) < (1 + theta) / 10**6 for x in orbit[1:-1]):
        return "it comes back before"
    shift = min(range(len(points)), key=lambda k: abs(number(points[k]["theta"][0]) - theta))
    for k, x in enumerate(orbit[:-1]):
        point, slack = points[(shift + k) % len(points)], mp.mpf(10) ** -20
        values = {"theta": x, "mean_reward": prompt.mean(x)}
        if prompt.a:
            values["correct"] = prompt.correct(x)
        for key, value in values.items():
            if _is_outside(value, point[key], slack):
                return f"{key} {mp.nstr(value, 12)} of the cycle"
    return None


def _passage(prompt: Prompt, claim: Json | None) -> str | None:
    if claim is None:
        return None
    if not prompt.beta:
        return "without KL there is no maximiser"
    if claim["of"] == "correct" and not prompt.a:
        return "nobody says what is correct"
    value = prompt.mean if claim["of"] == "mean_reward" else prompt.correct
    theta, reach = mp.mpf(0), number(claim["reach"])
    for n in range(ORBIT):
        if value(theta) >= reach:
            return None if n == claim["steps"] else f"it is reached after {n} steps"
        theta += prompt.drive(theta) / prompt.beta
    return None if claim["steps"] is None else "it is not reached"


def _course(prompt: Prompt, claim: Json | None, zeros: list[Any], near: Any) -> str | None:
    if claim is None:
        return None
    turns = sign_changes(prompt.covariance, near, near)
    stays = len(set(prompt.a)) == 1
    if len(turns) != len(claim["turns"]):
        return f"there are {len(turns)} turns"
    if any(_is_outside(x, ends) for x, ends in zip(turns, claim["turns"], strict=True)):
        return "a turn"
    first = prompt.covariance((turns[0] if turns else near) / 1000)
    if claim["begins"] != ("stays" if stays else "rises" if first > 0 else "falls"):
        return "how it begins"
    within = [x for x in turns if not zeros or x < zeros[0]]
    if len(within) != claim["within"]:
        return f"{len(within)} turns on the way"
    ends = zeros[:1] or [2 * near]
    highest = max(prompt.correct(x) for x in (0, *within, *ends))
    return "the supremum" if _is_outside(highest, claim["supremum"], mp.mpf(10) ** -20) else None


def _is_outside(value: Any, stated: Any, slack: Any = SLACK) -> bool:
    low, high = (number(end) for end in (stated if isinstance(stated, list) else [stated] * 2))
    return bool(value < low - slack * (1 + abs(low)) or value > high + slack * (1 + abs(high)))
