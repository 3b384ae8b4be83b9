"""Which columns of a table hold the pass rates: named, or guessed from usual names and said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...characters import shortened
from ...errors import InputError

COUNTS = (
    ("k", "n"),
    ("successes", "trials"),
    ("successes", "n"),
    ("correct", "total"),
    ("num_correct", "num_samples"),
    ("c", "n"),
    ("passed", "total"),
    ("passes", "samples"),
)
RATES = ("pass_rate", "success_rate", "solve_rate", "p_ref", "rate", "accuracy", "acc")
REWARDS = ("reward", "is_correct", "correct", "score")
PROMPTS = ("prompt", "prompt_id", "prompt_index", "id", "uid", "question_id", "problem_id", "index")
CORRECT = ("correct", "is_correct")
"""Beside rewards: whether an answer is right, whatever it was rewarded."""
FILTERS = ("filter",)
"""Of lm-eval, whose samples list a document once for each filter of its answers."""
STEPS = ("step", "global_step", "training_step", "train_step", "iteration", "epoch")
OURS = "certified_"
SHORT = 60
"""Characters of a column's name that a sentence shows."""


@dataclass(frozen=True)
class Asked:
    """Columns as the command line names them; ``n`` may be a number that holds for every row, and ``step`` is
    the value that the rows to be read have in the column of training steps."""

    k: str | None = None
    n: str | None = None
    rate: str | None = None
    reward: str | None = None
    prompt: str | None = None
    step: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are named."""
        named = (self.k, self.n, self.rate, self.reward, self.prompt)
        return tuple(name for name in named if name is not None)


@dataclass(frozen=True)
class Columns:
    """Where the rates are: ``k`` and ``n`` (a column, or ``samples`` for all rows), or ``rate`` (with n, if
    that is known too), or ``reward`` grouped by ``prompt``. ``guessed`` says that nobody named them.
    ``steps`` is a column of training steps, of which one, ``step``, is read; empty where there is one only.
    ``filters`` is a column of which there may be one value only.
    """

    k: str = ""
    n: str = ""
    samples: int = 0
    rate: str = ""
    reward: str = ""
    prompt: str = ""
    guessed: bool = False
    steps: str = ""
    step: str = ""
    filters: str = ""

    @property
    def has_counts(self) -> bool:
        """Whether the size of each prompt's sample is known, as an interval of confidence needs."""
        return bool(self.n or self.samples or self.reward)

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that numbers are read from."""
        return tuple(name for name in (self.k, self.n, self.rate, self.reward) if name)

    @property
    def sentence(self) -> str:
        """What is read from where, for a person."""
        k, n, rate, reward, prompt = (
            f"column {_short(name)}" for name in (self.k, self.n, self.rate, self.reward, self.prompt)
        )
        size = f"n from {n}" if self.n else f"n = {self.samples} for every row"
        if self.reward:
            said = f"rewards from {reward}, grouped by {prompt}"
        elif self.k:
            said = f"k from {k}, {size}"
        else:
            said = f"the rate from {rate}" + (f", {size}" if self.has_counts else "")
        said += f", in the rows of {_short(self.steps)} {_short(self.step)}" if self.step else ""
        return said + (" (guessed from the names)" if self.guessed else "")


def choose(names: Sequence[str], asked: Asked) -> Columns:
    """The columns to read.

    Raises:
        InputError: a named column is missing, names that do not go together, or nothing to guess from.
    """
    steps = _first(names, STEPS)
    if asked.step is not None and not steps:
        raise InputError(f"--step: no column of training steps; there are {_listed(names)}")
    return replace(_rates(names, asked), steps=steps, step=asked.step or "", filters=_first(names, FILTERS))


def _rates(names: Sequence[str], asked: Asked) -> Columns:
    """Where the rates are."""
    taken = [name for name in names if name.startswith(OURS)]
    if taken:
        raise InputError(f"column {taken[0]} is this command's own: audit the table without it")
    n = asked.n
    samples = int(n) if n is not None and n not in names and n.isascii() and n.isdigit() else 0
    for option, name in (("k", asked.k), ("rate", asked.rate), ("reward", asked.reward), ("n", n)):
        if name is not None and name not in names and not (option == "n" and samples):
            raise InputError(f"--{option}: no column {_short(name)!r}; there are {_listed(names)}")
    if asked.prompt is not None and asked.prompt not in names:
        raise InputError(f"--prompt: no column {_short(asked.prompt)!r}; there are {_listed(names)}")
    named = [option for option in ("k", "rate", "reward") if getattr(asked, option) is not None]
    if len(named) > 1:
        raise InputError(f"--{named[0]} and --{named[1]} say different things: name one of k, rate, reward")
    prompt = asked.prompt or _first(names, PROMPTS) or next((x for x in names if x.startswith("prompt")), "")
    column = "" if samples or n is None else n
    if not named:
        return _guessed(names, Asked(n=n, prompt=prompt or None), column, samples)
    if asked.k is not None:
        column = column or ("" if samples else _first(names, [pair[1] for pair in COUNTS]))
        if not column and not samples:
            raise InputError(f"--k needs --n, a column or a number; there are {_listed(names)}")
        return Columns(k=asked.k, n=column, samples=samples, prompt=prompt)
    if asked.rate is not None:
        return Columns(rate=asked.rate, n=column, samples=samples, prompt=prompt)
    return _rewards(names, asked.reward or "", prompt, n, guessed=False)


def _guessed(names: Sequence[str], asked: Asked, column: str, samples: int) -> Columns:
    """By the usual names: counts before rates before rewards."""
    prompt = asked.prompt or ""
    for pair in COUNTS:
        k, n = (_first(names, [name]) for name in pair)
        n = column or n
        if k and (n or samples):
            return Columns(k=k, n="" if samples else n, samples=samples, prompt=prompt, guessed=True)
    rates = [name for name in names if name.lower() in RATES]
    if len(rates) > 1:
        raise InputError(f"columns {_listed(rates)} could all be rates: name one with --rate")
    if rates:
        return Columns(rate=rates[0], n=column, samples=samples, prompt=prompt, guessed=True)
    reward = _first(names, REWARDS)
    if reward:
        return _rewards(names, reward, prompt, asked.n, guessed=True)
    raise InputError(
        f"no column of pass rates found among {_listed(names)}: name --k and --n, or --rate, or --reward "
        "and --prompt"
    )


def _rewards(names: Sequence[str], reward: str, prompt: str, n: str | None, *, guessed: bool) -> Columns:
    if n is not None:
        raise InputError("--n does not go with rewards: they are counted")
    if not prompt:
        raise InputError(f"rewards need --prompt, the column to group by; there are {_listed(names)}")
    return Columns(reward=reward, prompt=prompt, guessed=guessed)


def correctness(names: Sequence[str], columns: Columns) -> str:
    """A column beside the rewards that is named as if it said whether an answer is correct; empty: none."""
    return _first([name for name in names if columns.reward and name != columns.reward], CORRECT)


def _first(names: Sequence[str], usual: Sequence[str]) -> str:
    """The first usual name that the table has, whatever its capitals."""
    for word in usual:
        for name in names:
            if name.lower() == word:
                return name
    return ""


def _listed(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(map(_short, names[:most])) or "none"
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _short(name: str) -> str:
    return shortened(name, SHORT)
