"""Kinds ``limit``, ``small-steps``, ``k3-small-steps``, ``pull-small-steps``, ``passage``, ``trajectory`` and
``flow-time``: what a sequence does, or a flow."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ...rigor.verdicts import Manner, Monotony, SettlingForm, Turn
from .points import LineCell
from .values import AtPoint, Bits, Count, Number, OnBox, OnK3, OnVariant, Place, Range, Side

Start = Literal["p_ref"] | Number
Metric = Literal["1", "p(1-p)"]


class OnSequence(OnBox):
    """The sequence ``L_n = T(L_{n-1})`` from a start."""

    start: Start


class ToOne(TypedDict):
    """alpha = 0: every step adds at least ``gain``."""

    verdict: Literal["rises-to-one"]
    gain: Number


class Turnless(TypedDict):
    """From ``step`` on the sequence never turns back."""

    verdict: Monotony
    step: Count
    limit: Place


class BasinPlace(Place):
    """A point with its basin."""

    basin: Range


class Caught(TypedDict):
    """From ``step`` on the sequence is in the basin of the first of the points, which it visits in turn."""

    verdict: Turn
    step: Count
    period: Count
    points: list[BasinPlace]
    rate: Number
    multiplier: Range


class Settled(TypedDict):
    """The sequence tends to a fixed point."""

    verdict: Literal["settles"]
    manner: Manner


End = ToOne | Turnless | Caught | Settled
"""A verdict with its numbers."""


class LimitToOne(OnSequence, ToOne):
    """As a claim."""

    kind: Literal["limit"]


class MonotoneLimit(OnSequence, Turnless):
    """As a claim."""

    kind: Literal["limit"]


class AttractingLimit(OnSequence, Caught):
    """As a claim."""

    kind: Literal["limit"]


class SettledLimit(OnSequence, Settled):
    """As a claim."""

    kind: Literal["limit"]


Limit = LimitToOne | MonotoneLimit | AttractingLimit | SettledLimit


class Trap(Bits):
    """Of a point that attracts."""

    rule: Literal["trap"]


class MirrorSteps(Bits):
    """Of alpha = 0."""

    rule: Literal["mirror"]


class MonotoneRun(Bits):
    """Of a sequence that never turns back."""

    rule: Literal["monotone"]
    steps: Count
    cells: Count


class ByForm(Bits):
    """Of a sequence that settles."""

    rule: Literal["closed-form"]
    form: SettlingForm


LimitEvidence = Trap | MirrorSteps | MonotoneRun | ByForm


class OnSmallSteps(OnBox):
    """Every update is a small step."""

    kind: Literal["small-steps"]


class RisesBySteps(OnSmallSteps):
    """To the least fixed point, for steps up to a bound."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: Range


class RisesBeyond(OnSmallSteps):
    """The same where there may be no fixed point."""

    verdict: Literal["rises-beyond"]
    beyond: Number
    largest_step: Number


class RisesToOneBySteps(OnSmallSteps):
    """Without a pull: p rises to 1; each step adds ``gain`` times its size, if it is said."""

    verdict: Literal["rises-to-one"]
    gain: NotRequired[Number]


SmallSteps = RisesBySteps | RisesBeyond | RisesToOneBySteps


class LeastZero(Bits):
    """A negative gap up to the least fixed point, and a bound of the fall of Omega."""

    rule: Literal["least-zero"]
    start: Number
    cells: list[LineCell]
    slopes: list[Number]
    steepest: list[Number]


class NoPull(Bits):
    """alpha beta = 0."""

    rule: Literal["no-pull"]


SmallStepsEvidence = LeastZero | NoPull


class OnPassage(OnBox):
    """The first n with ``p_n >= reach``."""

    kind: Literal["passage"]
    reach: Number


class Plateau(TypedDict):
    """Updates from one to another, and the log-odds between which the sequence is meanwhile."""

    updates: list[Count]
    logit: Range


class Reached(OnPassage):
    """At an n within ``steps``; from one n to another L_n lies in the ``plateau``."""

    verdict: Literal["reached"]
    steps: list[Count]
    plateau: NotRequired[Plateau]


class Never(OnPassage):
    """At none."""

    verdict: Literal["never"]


Passage = Reached | Never


class Corners(Bits):
    """The sequences of two corners."""

    rule: Literal["corners"]
    cuts: list[Number]


class Barrier(Bits):
    """A log-odds that is not passed."""

    rule: Literal["barrier"]
    cuts: list[Number]
    barrier: Number


PassageEvidence = Corners | Barrier


class K3SmallSteps(OnK3):
    """Any steps up to ``largest_step[0]`` rise to the only zero of the drive."""

    kind: Literal["k3-small-steps"]
    limit: Place
    largest_step: Range


class K3Falls(Bits):
    """The drive has one zero; bounds of how Omega falls on the way."""

    rule: Literal["concave"]
    slopes: list[Number]
    steepest: list[Number]


class Pull(TypedDict):
    """What holds the policy: a kernel, where its estimator is clamped, and the size of groups that are
    dropped where all of their rewards are alike."""

    kernel: Literal["reverse", "k3", "weighted"]
    clamp: NotRequired[Number]
    dead_groups: NotRequired[Count]


class OnPull(OnK3):
    """Small steps under a pull."""

    kind: Literal["pull-small-steps"]
    pull: Pull


class PullRises(OnPull):
    """Any steps up to ``largest_step``, or its lower end, rise to the least zero of the drive above p_ref."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: Side


class PullRisesToOne(OnPull):
    """No stop: each step adds ``gain`` times its size."""

    verdict: Literal["rises-to-one"]
    gain: Number


PullSmallSteps = PullRises | PullRisesToOne


class NoStop(Bits):
    """A positive drive on cells, and above them where failures are clamped."""

    rule: Literal["no-stop"]
    start: Number
    cells: list[LineCell]


PullStepsEvidence = LeastZero | NoStop


class AtStep(Place):
    """A bracket of L_n."""

    n: Count


class Trajectory(OnBox):
    """L_n lies in the bracket of each of these n."""

    kind: Literal["trajectory"]
    values: list[AtStep]


class Clip(TypedDict):
    """By how much the ratio of policies may fall and rise."""

    low: Number
    high: Number


class ClippedTrajectory(OnVariant, AtPoint):
    """With clipped updates L_n lies in the bracket of each of these n."""

    kind: Literal["clipped-trajectory"]
    clip: Clip
    values: list[AtStep]


class Orbit(Bits):
    """Followed by enclosures."""

    rule: Literal["orbit"]


class OnFlow(OnBox):
    """When the flow dL/dt = w F from L_ref is at ``reach``; the metric is w."""

    kind: Literal["flow-time"]
    metric: Metric
    reach: Number


class ReachedInTime(OnFlow):
    """At a time in ``time``; at least half of it is spent at log-odds in ``plateau``."""

    verdict: Literal["reached"]
    time: Range
    plateau: NotRequired[Range]


class NeverInTime(OnFlow):
    """At none."""

    verdict: Literal["never"]


FlowTime = ReachedInTime | NeverInTime


class FlowCells(Bits):
    """Cells that cover the way at the slow corner, and some within it at the fast one."""

    rule: Literal["cells"]
    slow: list[Number]
    fast: list[Number]


class FlowBarrier(Bits):
    """A log-odds at which the drive is not positive."""

    rule: Literal["barrier"]
    barrier: Number


FlowEvidence = FlowCells | FlowBarrier
