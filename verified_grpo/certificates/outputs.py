"""The answers of the command line as JSON, a type for each command.

What a certificate says too has the types of the grammar; ``null`` is said of what does not exist or is not
known.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from ..rigor.verdicts import Answer, ConditionalVerdict, Monotony, Stability
from .grammar.chaos import ChaosStart, ListedCycles
from .grammar.plane import LocatedCusp, TracedCurve
from .grammar.sequences import Caught, Clip, Metric, OnSequence, Plateau, Pull, Settled, ToOne
from .grammar.values import (
    Box,
    Count,
    Digest,
    Exactly,
    Form,
    Number,
    OnBox,
    OnK3,
    OnPlane,
    Place,
    Range,
    Side,
    Variant,
)


class Update(TypedDict):
    """The step that was asked about, and the share of the way to the maximiser that an update goes."""

    step_size: Side
    inner_steps: Count
    share: Side


class OfUpdate(TypedDict):
    """Where a step was asked about."""

    update: NotRequired[Update]


class ErringVerifier(TypedDict):
    """How the verifier errs; of systematic errors the rate of right answers at each fixed point, and the
    share of right answers among those of the reference that pass, which no training passes."""

    true_positive: Side
    false_positive: Side
    errors: Literal["independent", "systematic"]
    true_p: NotRequired[list[Range]]
    precision: NotRequired[Range]


class OfVerifier(TypedDict):
    """Where the verifier errs."""

    verifier: NotRequired[ErringVerifier]


class ListedPoint(Place):
    """A fixed point of a list."""

    multiplier: Range
    kind: Stability


class ListedPoints(OnBox):
    """All fixed points."""

    verdict: Literal["proved"]
    count: Count
    fixed_points: list[ListedPoint]
    engine: str
    bits: Count


class UndecidedPoints(OnBox):
    """Where the search stopped."""

    verdict: Literal["undecided"]
    reason: str
    bracket: Range | None


class Setting(TypedDict):
    """A key of a configuration; ``given``: it stands in the file; ``origin``: where, empty if not known."""

    key: str
    value: str
    given: bool
    origin: str


class FromFile(TypedDict):
    """The configuration whose numbers were taken: ``weight`` is its KL weight, the model's beta times
    ``contrast_scale``."""

    framework: str
    framework_version: str
    weight: Number
    contrast_scale: Number
    settings: list[Setting]
    assumptions: list[str]
    unknown: list[str]


class OfConfiguration(TypedDict):
    """Beside an answer whose numbers come from ``--config``."""

    configuration: NotRequired[FromFile]


class PointsAnswer(ListedPoints, OfUpdate, OfVerifier, OfConfiguration):
    """Of ``fixed-points``."""


class UndecidedPointsAnswer(UndecidedPoints, OfUpdate, OfVerifier, OfConfiguration):
    """Of ``fixed-points``."""


class K3PointsAnswer(OnK3, OfConfiguration):
    """Of ``fixed-points --kl k3``: there is one."""

    kl: Literal["k3"]
    verdict: Literal["proved"]
    count: Count
    fixed_points: list[ListedPoint]
    engine: str
    bits: Count


Listed = ListedPoints | UndecidedPoints
FixedPointsAnswer = PointsAnswer | UndecidedPointsAnswer | K3PointsAnswer


class OfAlpha(OnSequence):
    """``alpha_above_0`` marks the part of a range of alpha that begins just above 0."""

    alpha_above_0: NotRequired[Literal[True]]


class ToOneEnd(OfAlpha, ToOne):
    """p tends to 1."""


class TurnlessEnd(OfAlpha):
    """A rise or a fall; ``limit_by_orbit`` is the bracket that the orbit alone has shown."""

    verdict: Monotony
    step: Count
    limit: Place
    limit_by_orbit: NotRequired[Place]
    attraction: NotRequired[Caught]


class CaughtEnd(OfAlpha, Caught):
    """Points that attract."""


class SettledEnd(OfAlpha, Settled):
    """A fixed point."""


class PavedEnd(OfAlpha):
    """An atlas of the box has one verdict."""

    verdict: Literal["paved"]
    period: Count
    cells: Count


class UndecidedEnd(OfAlpha):
    """Nothing is proved."""

    verdict: Literal["undecided"]
    reason: str


Part = ToOneEnd | TurnlessEnd | CaughtEnd | SettledEnd | PavedEnd | UndecidedEnd


class ByAlphaEnd(OnSequence):
    """A verdict for each part of a range of alpha from 0 upwards; with a reason where not all have one."""

    verdict: Literal["by-alpha", "undecided"]
    parts: list[Part]
    reason: NotRequired[str]


Maximiser = Part | ByAlphaEnd


class NoSmallLimit(TypedDict):
    """Of small steps: no bound of the step is known, or none exists."""

    limit: None
    largest_step: None
    largest_share: None


class UndecidedSteps(NoSmallLimit):
    """Nothing is proved."""

    verdict: Literal["undecided"]
    reason: str


class StepsToOne(NoSmallLimit):
    """Any steps lead to 1; each adds ``gain`` times its size or more (null: not known)."""

    verdict: Literal["rises-to-one"]
    gain: Number | None


LeastOnly = Annotated[list[Number | None], Form(minItems=2, maxItems=2)]
"""A lower bound, and ``null``."""


class StepsBeyond(TypedDict):
    """There may be no fixed point."""

    verdict: Literal["rises-beyond"]
    limit: None
    beyond: Number
    largest_step: LeastOnly
    largest_share: LeastOnly


class StepsRise(TypedDict):
    """To the least fixed point."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: Range
    largest_share: Range


SmallStepsView = UndecidedSteps | StepsToOne | StepsBeyond | StepsRise


class K3StepsRise(TypedDict):
    """With k3 in the loss: to the only fixed point; steps go no share of the way."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: Range
    largest_share: None


class PullStepsRise(TypedDict):
    """Under another pull: to the least zero of the drive."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: LeastOnly
    largest_share: None


PullStepsView = UndecidedSteps | StepsToOne | PullStepsRise


class K3Maximiser(TypedDict):
    """With k3 in the loss, solved exactly: whether the sequence tends to the fixed point."""

    verdict: Literal["fixed-point", "repels", "undecided"]
    reason: NotRequired[str]


class K3Views(TypedDict):
    """Both views with k3 in the loss."""

    small_steps: UndecidedSteps | K3StepsRise | StepsToOne | PullStepsRise
    maximiser: K3Maximiser | None


class K3Answer(OnK3, OfConfiguration):
    """Of ``limit`` under another pull than KL(pi || pi_ref): without ``pull`` that of k3."""

    kl: Literal["k3", "reverse"]
    pull: NotRequired[Pull]
    start: Literal["p_ref"]
    views: K3Views


class Parting(TypedDict):
    """Whether the views are proved to differ, at which share, and beyond which share the point repels."""

    differ: bool | None
    share: Range | None
    flip_share: Range | None


class Views(TypedDict):
    """Small steps, and updates that are solved exactly."""

    small_steps: SmallStepsView
    maximiser: Maximiser | None
    part: Parting


class OfLimit(OfVerifier, OfConfiguration):
    """Beside a limit."""

    all_fixed_points: Listed | None
    views: NotRequired[Views]
    update: NotRequired[Update]


class ToOneLimit(ToOneEnd, OfLimit):
    """Of ``limit``."""


class TurnlessLimit(TurnlessEnd, OfLimit):
    """Of ``limit``."""


class CaughtLimit(CaughtEnd, OfLimit):
    """Of ``limit``."""


class SettledLimitAnswer(SettledEnd, OfLimit):
    """Of ``limit``."""


class PavedLimit(PavedEnd, OfLimit):
    """Of ``limit``."""


class UndecidedLimit(UndecidedEnd, OfLimit):
    """Of ``limit``."""


class ByAlphaLimit(ByAlphaEnd, OfLimit):
    """Of ``limit``."""


class NoMaximiser(OnSequence, OfLimit):
    """Of ``limit`` without KL: there are small steps alone."""


class PassageCount(TypedDict):
    """Least and most number of updates; ``null`` where there is none, or none is known."""

    reach: Number
    steps: Annotated[list[Count], Form(minItems=2, maxItems=2)] | None
    never: bool | None
    plateau: NotRequired[Plateau]
    reason: NotRequired[str]


class NoSignal(TypedDict):
    """With which probability a visit of a group at p_ref teaches nothing, and so many in a row."""

    one_visit: Number | Range
    visits: Count
    all_visits: Range


class PassageAnswer(OnSequence, OfUpdate):
    """Of ``limit --reach``."""

    verdict: Literal["proved", "undecided"]
    passage: PassageCount
    no_signal: NotRequired[NoSignal]


class TrajectoryAnswer(OnSequence, OfUpdate):
    """Of ``limit --trajectory --updates``: p after the last of them."""

    verdict: Literal["proved", "undecided"]
    clip: NotRequired[Clip]
    updates: NotRequired[Count]
    p: NotRequired[Range]
    reason: NotRequired[str]


class FlowAnswer(TypedDict):
    """Least and most time; ``null`` where there is none, or none is known. The plateau is in log-odds."""

    metric: Metric
    reach: Number
    time: Range | None
    never: bool | None
    plateau: Range | None
    reason: NotRequired[str]


class FlowTimeAnswer(OnSequence):
    """Of ``limit --reach --flow``."""

    verdict: Literal["proved", "undecided"]
    flow: FlowAnswer


class ProvedCycles(ListedCycles):
    """All cycles of a period."""

    verdict: Literal["proved"]


class UndecidedCycles(OnBox):
    """Where the search stopped."""

    verdict: Literal["undecided"]
    period: Count
    reason: str
    bracket: Range | None


class CyclesAnswer(ProvedCycles, OfUpdate):
    """Of ``limit --period``."""


class UndecidedCyclesAnswer(UndecidedCycles, OfUpdate):
    """Of ``limit --period``."""


LimitAnswer = (
    ToOneLimit
    | TurnlessLimit
    | CaughtLimit
    | SettledLimitAnswer
    | PavedLimit
    | UndecidedLimit
    | ByAlphaLimit
    | NoMaximiser
    | PassageAnswer
    | FlowTimeAnswer
    | TrajectoryAnswer
    | K3Answer
    | CyclesAnswer
    | UndecidedCyclesAnswer
)


class FourPoints(TypedDict):
    """Li and Yorke's order."""

    start: ChaosStart
    order: Monotony
    images: list[Range]


class ThreeCycle(TypedDict):
    """A point of period 3."""

    logit: Range


class EntropyBound(TypedDict):
    """A bound of the entropy of T^turns."""

    turns: Count
    intervals: list[Range]
    entropy: Number


class ChaosAnswer(OnBox, OfUpdate):
    """Of ``chaos``: what was found, and why the rest was not."""

    verdict: Literal["proved", "undecided"]
    li_yorke: NotRequired[FourPoints]
    period_three: NotRequired[ThreeCycle]
    entropy: NotRequired[EntropyBound]
    not_found: list[str]


class CurvesAnswer(TypedDict):
    """Of ``curves``."""

    verdict: Literal["proved"]
    curves: list[TracedCurve]
    cusps: list[LocatedCusp]


class AtlasAnswer(OnPlane):
    """Of ``atlas``: ``undecided`` is a share of the ranges asked about, ``verdicts`` are counts of cells;
    ``update`` is of steps of one size."""

    update: NotRequired[Update]
    log_beta: Range
    logit_p_ref: Range
    undecided: Number
    cells: Count
    verdicts: dict[str, Count]


class ContoursAnswer(OnPlane):
    """Of ``atlas --view small-steps``: ``undecided`` is the share in strips of the ranges asked about."""

    view: Literal["small-steps"]
    kl: NotRequired[Literal["k3"]]
    log_beta: Range
    logit_p_ref: Range
    undecided: Number
    levels: list[Number]
    parting_cells: Count


Sides = dict[str, Range]
"""A box by its axes."""


class PartsOf(TypedDict):
    """The parts of a box with one verdict."""

    volume: Range
    share: Range
    boxes: list[Sides]


class Parts(TypedDict):
    """The parts of a box, on which the property holds, fails, or is undecided."""

    coordinates: str
    volume: Range
    inner: PartsOf
    outer: PartsOf
    undecided: PartsOf


class Goals(TypedDict):
    """What was asked of a property."""

    property: str
    rate: NotRequired[Number]
    gain: NotRequired[Number]
    target: NotRequired[Number]


class OfProperty(Goals, OnBox, OfUpdate, OfVerifier):
    """A property over a box, and the kind of its certificate (or why there is none)."""

    parts: NotRequired[Parts]
    certificate: str


class ProvedProperty(OfProperty):
    """Of ``audit --property``."""

    verdict: Literal["proved"]
    method: str
    margin: NotRequired[Number]


class RefutedProperty(OfProperty):
    """Of ``audit --property``."""

    verdict: Literal["refuted"]
    witness: Exactly
    brackets: list[Range]


class UndecidedProperty(OfProperty):
    """Of ``audit --property``."""

    verdict: Literal["undecided"]
    reason: str
    undecided_fraction: float
    boxes: list[Sides]


class DecidedBySign(Goals, OnBox, OfUpdate, OfVerifier):
    """Of ``audit --property`` with independent errors: what the sign of T - F decides; ``margin``: the least
        distance of fixed points from the reference, ``threshold``: of alpha beta, above which the map
    contracts."""

    verdict: Literal["proved", "refuted", "undecided"]
    certificate: str
    effect: NotRequired[Literal["amplifies", "harms", "stands-still"]]
    apart: NotRequired[Number]
    margin: NotRequired[Number]
    threshold: NotRequired[Number]
    reason: NotRequired[str]


class Threshold(TypedDict):
    """A closed form of the set, for every p_ref."""

    threshold: Range
    formula: str
    holds: Literal["above", "up to"]
    for_every_p_ref: Literal["sufficient", "necessary and sufficient"]


class LargestSet(Goals, OnBox):
    """Of ``audit --largest-set``: for which values of a parameter the property holds."""

    largest_set: Literal["beta", "alpha", "eps"]
    inner: list[Range]
    outer: list[Range]
    undecided: list[Range]
    refuted: list[Range]
    witness: Exactly | None
    certificate: str
    closed_form: NotRequired[Threshold]


class GroupSizes(Goals):
    """Of ``audit --largest-set group-size``."""

    parameters: Box
    ddof: Count
    largest_set: Literal["group-size"]
    inner: list[Count]
    refuted: list[Count]
    undecided: list[Count]


PropertyAnswer = (
    ProvedProperty | RefutedProperty | UndecidedProperty | LargestSet | GroupSizes | DecidedBySign
)


class CheckedFile(TypedDict):
    """The checker's verdict on a file; ``found``: numbers beside the statement, by name; ``at``: what it says
    of the point that was asked about."""

    file: str
    outcome: Literal["accepted", "rejected", "declined"]
    code: str
    message: str
    standing: str
    decided: bool
    statement: str
    claim: dict[str, object] | None
    claim_digest: Digest | Literal[""]
    digest: str
    engine: str
    arithmetic: str
    found: dict[str, Number]
    at: list[str]


class CheckAnswer(TypedDict):
    """Of ``check``."""

    files: list[CheckedFile]


class ProvedFile(TypedDict):
    """What the checker that is proved in Coq says of a file: the statement that its theorem is about."""

    file: str
    outcome: Literal["proved", "not proved", "declined"]
    statement: dict[str, object] | None
    message: str


class ProvedCheckAnswer(TypedDict):
    """Of ``check --proved``."""

    files: list[ProvedFile]


class CertifiedStatement(TypedDict):
    """A statement of ``certify``; ``check`` and ``file`` are empty where it is undecided."""

    name: str
    verdict: str
    check: str
    file: str
    resumed: bool
    where: str
    reason: str


class CertifyAnswer(TypedDict):
    """Of ``certify``."""

    statements: list[CertifiedStatement]
    reports: list[str]


class Finding(TypedDict):
    """An answer about a configuration; ``numbers``: those of its sentence, by name."""

    name: str
    view: Literal["small steps", "this step", "exact maximiser"]
    verdict: Answer
    answer: str
    numbers: dict[str, Number]


class ConfigurationSteps(TypedDict):
    """Small steps over all prompts: where their limits lie, and up to which step, or share of the way."""

    verdict: Answer
    limit: Place | None
    largest_step: Number | None
    largest_share: Number | None


class ConfigurationViews(TypedDict):
    """Small steps, and the verdicts on the exact maximiser; ``same``: both are proved to end alike."""

    small_steps: ConfigurationSteps | None
    maximiser: dict[str, Answer] | None
    same: bool | None
    target: Number
    largest_beta: Number | None


class Asked(TypedDict):
    """What a configuration is about, for all p_ref of a range."""

    beta: Number
    eps: Number
    p_ref: Range


class Versions(TypedDict):
    """From one on, and before another."""

    since: str
    before: str | None


class OfVersion(TypedDict):
    """What a file asks for with the defaults of other versions."""

    versions: list[Versions]
    weight: Number
    contrast: str
    regulariser: str
    verdict: Answer
    answer: str
    small_steps: ConfigurationSteps | None


class ConfigurationAnswer(TypedDict):
    """Of ``audit --config``; ``other_versions``: where the file does not say which version it is for;
    ``conditions``: what the findings rest on and no file tells; ``granted``: whether they were said to be
    met."""

    file: str
    framework: str
    commit: str
    framework_version: str
    variant: Variant | None
    parameters: Asked
    contrast_scale: Number
    weight: Number
    regulariser: str
    kl_place: Literal["loss", "reward", "none"]
    inner_steps: int
    verdict: ConditionalVerdict
    answer: str
    conditions: list[str]
    granted: bool
    findings: list[Finding]
    guarantee: str
    views: ConfigurationViews
    assumed: list[str]
    assumptions: list[str]
    not_covered: list[str]
    settings: list[Setting]
    refusals: list[str]
    unknown: list[str]
    neutral: list[str]
    outside: list[str]
    other_versions: list[OfVersion]


class ComparedPoint(TypedDict):
    """A prompt under one configuration; ``reason``: why there is no answer."""

    p_ref: Number
    small_steps: ConfigurationSteps | None
    reason: str


class ComparedSide(TypedDict):
    """One of two configurations."""

    file: str
    framework: str
    framework_version: str
    variant: Variant | None
    contrast_scale: Number
    weight: Number
    eps: Number
    regulariser: str
    refusals: list[str]
    unknown: list[str]
    assumptions: list[str]
    not_covered: list[str]
    points: list[ComparedPoint]
    arrivals: list[ComparedArrival]


class ComparedArrival(TypedDict):
    """When a prompt gets to the target: ends of the sum of infinitely small steps, or least and most updates
    of the size that was asked about; null where the other one is asked about, never, or for a reason."""

    time: Range | None
    updates: list[Count] | None
    never: bool
    reason: str


class ComparedKey(TypedDict):
    """A setting with two values."""

    key: str
    first: str
    second: str


class ComparedDifference(TypedDict):
    """What the two say otherwise; ``alone``: the first with that of the second."""

    what: str
    first: str
    second: str
    alone: list[ComparedPoint]


class CompareAnswer(TypedDict):
    """Of ``compare``; ``higher``: under which of the two each prompt is proved to end higher."""

    verdict: Answer
    answer: str
    p_ref: list[Number]
    target: Number
    step_size: Number | None
    higher: list[Literal["first", "second", "same", "undecided"]]
    sides: list[ComparedSide]
    keys: list[ComparedKey]
    differences: list[ComparedDifference]
    assumed: list[str]


class AdvisedRate(TypedDict):
    """The prompts with k successes among n; null where small steps were not asked about, or not decided."""

    k: Count
    n: Count
    prompts: Count
    outcome: Literal["arrives", "held back", "below", "undecided", "no success", "no failure"]
    small_steps: ConfigurationSteps | None
    reason: str


class AdvisedWeight(TypedDict):
    """Up to which KL weight that share of the prompts with a success gets to the target: decided by those of
    ``p_ref``, for weights from ``idle_from`` on; null where none is shown."""

    share: Number
    p_ref: Number
    beta: Number | None
    idle_from: Number


class AdvisedGroups(TypedDict):
    """Groups of a size: ends of the exact share that teaches nothing, and the weight for all prompts."""

    size: Count
    without_signal: Range
    largest_beta: Number | None


class AdvisedUnseen(TypedDict):
    """Prompts without a success among n."""

    n: Count
    prompts: Count
    p_at_most: Number


class AdvisedSamples(TypedDict):
    """How many samples show a success of this rate with the confidence asked for."""

    p: Number
    n: Count


class AdviseAnswer(TypedDict):
    """Of ``advise``."""

    verdict: Answer
    answer: str
    file: str
    configuration: str | None
    framework: str | None
    framework_version: str | None
    variant: Variant
    weight: Number
    eps: Number
    regulariser: str
    target: Number
    confidence: Number
    prompts: Count
    rates: list[AdvisedRate]
    largest_beta: list[AdvisedWeight]
    no_largest_beta: str
    groups: list[AdvisedGroups]
    without_success: list[AdvisedUnseen]
    samples: list[AdvisedSamples]
    assumed: list[str]
    assumptions: list[str]
    not_covered: list[str]
    unknown: list[str]


class PassRatesQuestion(TypedDict):
    """The variant, the confidence of the intervals of p_ref (0: rates are exact), the target, and which steps
    are asked about."""

    contrast: str
    beta: Number
    eps: Number
    alpha: Number
    unit: Number
    regulariser: str
    confidence: Number
    target: Number
    step_size: str
    inner_steps: str


class PassRatesAnswer(TypedDict):
    """Of ``audit --pass-rates``: prompts by verdict and by what is noted of them."""

    file: str
    answer: str
    question: PassRatesQuestion
    columns: list[str]
    guessed: bool
    prompts: Count
    distinct_rates: Count
    verdicts: dict[str, Count]
    notes: dict[str, Count]
    at_risk: Count
    held_back: Count
    exact: dict[str, Count]
    steps: list[Count] | None
    assumed: list[str]


class RewardTableQuestion(TypedDict):
    """What is asked of every prompt of a table of rewards; numbers as text."""

    contrast: str
    alpha: Number
    beta: Number
    eps: Number
    step_size: str
    inner_steps: str


class MovedMean(TypedDict):
    """A mean over the prompts that have a limit: as sampled, and in the limit of small steps."""

    before: Number
    after: Range


class RewardTableAnswer(TypedDict):
    """Of ``audit --pass-rates`` where rewards are classes of answers: prompts by verdict, by whether correct
    answers become more, by the course of correctness, and by where the exact iteration ends."""

    file: str
    answer: str
    question: RewardTableQuestion
    columns: list[str]
    guessed: bool
    prompts: Count
    distinct: Count
    verdicts: dict[str, Count]
    change: dict[str, Count]
    course: dict[str, Count]
    exact: dict[str, Count]
    mean_reward: MovedMean | None
    correct: MovedMean | None
    assumed: list[str]


class JudgedTableQuestion(PassRatesQuestion):
    """What is asked of every prompt of a table of a verifier's rates."""

    true_positive: Side
    false_positive: Side
    errors: Literal["independent", "systematic"]


class MovedRange(TypedDict):
    """A mean over the prompts that have a limit: of the reference, and in the limit of small steps."""

    before: Range
    after: Range


class JudgedTableAnswer(TypedDict):
    """Of ``audit --pass-rates`` where the verifier errs: prompts by verdict, and by where the exact iteration
    ends; the rate of right answers, and of systematic errors what its mean does not pass."""

    file: str
    answer: str
    question: JudgedTableQuestion
    columns: list[str]
    guessed: bool
    prompts: Count
    distinct_rates: Count
    verdicts: dict[str, Count]
    exact: dict[str, Count]
    right: MovedRange | None
    bound: Number | None
    assumed: list[str]


class Placed(TypedDict):
    """A tilt of the reference that has a name: its p and its KL."""

    of: str
    p: Range
    kl: Range


class BoughtAnswer(TypedDict):
    """Of ``budget``: the largest p within a KL, or the least KL of a p, in nats; null where neither is asked,
    and policies on the frontier."""

    asks: Literal["largest-p", "least-kl", "frontier"]
    p_ref: Side
    unit: Literal["nats"]
    verdict: Literal["proved"]
    p: NotRequired[Side]
    kl: NotRequired[Side]
    frontier: list[Placed]


class Spending(TypedDict):
    """A prompt before and after: counts, intervals, and the KL between them at least."""

    before: list[Count]
    after: list[Count]
    p_ref: Range
    p: Range
    direction: Literal["rose", "fell", "open"]
    kl_at_least: Number


class Spender(Spending):
    """The same, of a prompt of a table."""

    prompt: str


class OfCounts(TypedDict):
    """All intervals hold at once with the confidence."""

    asks: Literal["spent"]
    unit: Literal["nats"]
    confidence: Number
    prompts: Count


class SpentAnswer(OfCounts, Spending):
    """Of ``budget --before --after``."""


class Directions(TypedDict):
    """Prompts by what is known of them."""

    rose: Count
    fell: Count
    open: Count


class SpentTableAnswer(OfCounts):
    """Of ``budget --table``: the prompts that have cost most at least."""

    moved: Directions
    mean_kl_at_least: Number
    largest: list[Spender]


BudgetAnswer = BoughtAnswer | SpentAnswer | SpentTableAnswer


class Moved(TypedDict):
    """A prompt of a run whose start and end are apart; the start is p_ref, or its own first visit."""

    prompt: str
    of_reference: bool
    start: list[Count]
    end: list[Count]
    p_start: Range
    p_end: Range
    direction: Literal["rose", "fell", "open"]
    kl_at_least: Number | None


class FittedStep(TypedDict):
    """The step size per optimiser step, an estimate in floating point; ``high`` null: no bound is known."""

    low: float
    best: float
    high: float | None
    p_value: float
    explains: bool
    reason: str


class TimeConstant(TypedDict):
    """Of the KL, in steps, beside the length of the run; an estimate."""

    low: float
    high: float | None
    run: Count


class StepsToTarget(TypedDict):
    """From a start to the target, least and most (null: no bound); null where it is never, or not known."""

    start: Number
    never: bool
    steps: list[Count | None] | None


class RunAnswer(TypedDict):
    """Of ``run``: what a log tells. ``without_signal`` is silent groups and all, by thirds of the run."""

    prompts: Count
    with_p_ref: Count
    samples: Count
    steps: list[Count]
    read: list[str]
    confidence: Number
    moved: Directions
    mean_rates: list[Range] | None
    mean_limit: Range | None
    furthest: list[Moved]
    mean_kl_at_least: Number | None
    variant: str | None
    supposed: list[str]
    refusal: str | None
    step_size: FittedStep | None
    kl_time_constant: TimeConstant | None
    target: Number
    passages: list[StepsToTarget]
    without_signal: list[list[Count]]
    without_signal_at_p_ref: Range | None
