"""Straight-line programs: a formula as a list of operations that any engine can run.

SymPy derives (:mod:`.compilation`), an engine evaluates: a :class:`Program` stands between them, so that no
formula is typed twice and none is evaluated by SymPy. A program is compiled once (common subexpressions
shared) and *bound* to an engine and to the values of its parameters; binding runs everything that depends
on parameters only, and what is left is a plain loop over operations.

The value of a bound program on enclosures encloses the expression's value on every choice of points in them:
each operation of an engine does, and a composition of enclosures is one. What an expression means outside
its domain is the engine's "nothing known".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

V = TypeVar("V")


class Arithmetic(Protocol[V]):
    """What a program runs on: an engine, or floating point for guesses. The other operations go by their
    names."""

    def exact(self, x: int | Fraction) -> V:
        """The value of a constant."""

    def power(self, a: V, n: int) -> V:
        """An integer power."""


@dataclass(frozen=True)
class Instruction:
    """``operation`` on earlier slots; ``constant`` holds the rational of a ``const`` or the exponent of a
    ``power``."""

    operation: str
    arguments: tuple[int, ...] = ()
    constant: Fraction | int = 0


@dataclass(frozen=True)
class Program:
    """A straight-line program. Slots 0..len(inputs)-1 are the inputs, the next ones the instructions'
    results."""

    inputs: tuple[str, ...]
    instructions: tuple[Instruction, ...]
    outputs: tuple[int, ...]

    def times(self, scale: Fraction, but: tuple[int, ...] = ()) -> Program:
        """The same with every output multiplied by a number, except for those at some places."""
        if scale == 1:
            return self
        instructions, outputs = [*self.instructions, Instruction("const", constant=scale)], list(self.outputs)
        factor = len(self.inputs) + len(self.instructions)
        for place, slot in enumerate(self.outputs):
            if place not in but:
                outputs[place] = len(self.inputs) + len(instructions)
                instructions.append(Instruction("mul", (factor, slot)))
        return Program(self.inputs, tuple(instructions), tuple(outputs))

    def pruned(self) -> Program:
        """Without the instructions that no output rests on."""
        count = len(self.inputs)
        needed = set(self.outputs)
        for k in reversed(range(len(self.instructions))):
            if count + k in needed:
                needed.update(self.instructions[k].arguments)
        kept = [k for k in range(len(self.instructions)) if count + k in needed]
        places = {**{k: k for k in range(count)}, **{count + k: count + n for n, k in enumerate(kept)}}
        moved = (
            replace(x, arguments=tuple(places[k] for k in x.arguments))
            for x in map(self.instructions.__getitem__, kept)
        )
        return Program(self.inputs, tuple(moved), tuple(places[k] for k in self.outputs))

    def bind(self, engine: Arithmetic[V], **known: V) -> BoundProgram[V]:
        """Fix an engine and the values of some inputs; the others are left as arguments, in the order of
        ``inputs``.

        Everything that depends on known inputs and constants only is evaluated here, once, at the engine's
        precision.

        Raises:
            KeyError: a known name that is not an input.
        """
        unknown = set(known) - set(self.inputs)
        if unknown:
            raise KeyError(f"not inputs of this program: {', '.join(sorted(unknown))}")
        slots: list[Any] = [known.get(name) for name in self.inputs]
        free = [k for k, name in enumerate(self.inputs) if name not in known]
        varying = set(free)
        code: list[tuple[Callable[..., V], int, int, int]] = []
        for target, instruction in enumerate(self.instructions, start=len(self.inputs)):
            run, first, second = _operation(engine, instruction)
            slots.append(None)
            if varying.intersection(instruction.arguments):
                varying.add(target)
                code.append((run, target, first, second))
            else:
                slots[target] = _run(run, slots, first, second)
        return BoundProgram(slots, free, code, self.outputs)


class BoundProgram(Generic[V]):
    """A program with an engine and parameters fixed: call it with the remaining inputs, get one enclosure
    per output."""

    def __init__(
        self,
        slots: list[Any],
        free: Sequence[int],
        code: Sequence[tuple[Callable[..., V], int, int, int]],
        outputs: Sequence[int],
    ) -> None:
        self._slots = slots
        self._free = free
        self._code = code
        self._outputs = outputs

    def __call__(self, *values: V) -> tuple[V, ...]:
        slots = self._slots.copy()
        if len(values) != len(self._free):
            raise TypeError(f"{len(self._free)} inputs are left, not {len(values)}")
        for k, value in zip(self._free, values):  # noqa: B905  # their number is tested; `strict` is slow here
            slots[k] = value
        for run, target, first, second in self._code:
            slots[target] = run(slots[first], slots[second]) if second >= 0 else run(slots[first])
        return tuple([slots[k] for k in self._outputs])


def _run(run: Callable[..., V], slots: list[Any], first: int, second: int) -> V:
    if first < 0:
        return run()
    return run(slots[first], slots[second]) if second >= 0 else run(slots[first])


def _operation(engine: Arithmetic[V], instruction: Instruction) -> tuple[Callable[..., V], int, int]:
    """The engine's function for one instruction and the slots it reads (-1 where it reads none)."""
    arguments = instruction.arguments
    if instruction.operation == "const":
        value = engine.exact(instruction.constant)
        return (lambda: value), -1, -1
    if instruction.operation == "power":
        exponent = int(instruction.constant)
        return (lambda base: engine.power(base, exponent)), arguments[0], -1
    run = getattr(engine, instruction.operation)
    return run, arguments[0], arguments[1] if len(arguments) == 2 else -1
