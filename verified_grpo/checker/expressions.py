"""Expressions of certificates: read once into a postfix program, run on a stack over any algebra."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar, cast

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.numbers import exact
from verified_grpo.checker.reading import items, text

V = TypeVar("V")

NAME = re.compile(r"[a-z][a-z0-9_]*")
RATIONAL = ("+", "*", "-", "neg", "/", "^")
FUNCTIONS = ("sqrt", "exp", "log", "cosh", "sinh", "tanh", "sigma", "abs")
_INTEGER = re.compile(r"0|-?[1-9][0-9]?")
_LARGEST_POWER = 64


@dataclass(frozen=True)
class Step:
    """One step of a program: a constant (its text in `name`), a variable, a power, or an operator."""

    operator: str
    name: str = ""
    value: Fraction = Fraction(0)
    number: int = 0  # how many operands an operator takes; the exponent of a power


Program = tuple[Step, ...]


class Algebra(Protocol[V]):
    """What a program can be run over."""

    def constant(self, text: str, value: Fraction) -> V: ...

    def variable(self, name: str) -> V: ...

    def power(self, base: V, exponent: int) -> V: ...

    def apply(self, operator: str, operands: list[V]) -> V: ...


def read_name(value: object, where: str) -> str:
    """The name of a variable."""
    name = text(value, where)
    require(
        NAME.fullmatch(name) is not None,
        Code.BAD_EXPRESSION,
        f"{where}: {name[:60]!r} is no name of a variable",
    )
    return name


def read_expression(
    value: object, where: str, variables: Collection[str], operators: Collection[str], also: str = ""
) -> Program:
    """The program of an expression; a list of what is still to be read stands in for recursion. A word with
    `also` in it is a variable."""
    steps: list[Step] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            steps.append(Step("variable", item) if also and also in item else _leaf(item, where, variables))
            continue
        parts = items(item, where)
        require(bool(parts), Code.BAD_EXPRESSION, f"{where}: an empty list is no expression")
        operator, operands = text(parts[0], where), parts[1:]
        require(operator in operators, Code.BAD_EXPRESSION, f"{where}: {operator[:60]!r} is no operator here")
        if operator == "^":
            require(len(operands) == 2, Code.BAD_EXPRESSION, f"{where}: a power has a base and an exponent")
            steps.append(Step("^", number=_exponent(operands.pop(), where)))
        else:
            wanted = {"+": max(2, len(operands)), "*": max(2, len(operands)), "-": 2, "/": 2}.get(operator, 1)
            fits = len(operands) == wanted
            require(
                fits, Code.BAD_EXPRESSION, f"{where}: {operator!r} does not take {len(operands)} operands"
            )
            steps.append(Step(operator, number=len(operands)))
        waiting.extend(operands)
    # read as operator, last operand first; reversed: first operand first, operator last
    return tuple(reversed(steps))


def _leaf(word: str, where: str, variables: Collection[str]) -> Step:
    if NAME.fullmatch(word):
        require(
            word in variables,
            Code.UNDECLARED_VARIABLE,
            f"{where}: the variable {word[:60]!r} is not declared",
        )
        return Step("variable", word)
    return Step("constant", word, exact(word, where))


def _exponent(value: object, where: str) -> int:
    digits = text(value, where)
    small = _INTEGER.fullmatch(digits) is not None and abs(int(digits)) <= _LARGEST_POWER
    require(small, Code.BAD_EXPRESSION, f"{where}: an exponent is an integer up to {_LARGEST_POWER}")
    return int(digits)


def run(program: Program, algebra: Algebra[V]) -> V:
    """The value of a program over an algebra."""
    stack: list[V] = []
    for step in program:
        if step.operator == "constant":
            stack.append(algebra.constant(step.name, step.value))
        elif step.operator == "variable":
            stack.append(algebra.variable(step.name))
        elif step.operator == "^":
            stack.append(algebra.power(stack.pop(), step.number))
        else:
            operands = stack[-step.number :]
            del stack[-step.number :]
            stack.append(algebra.apply(step.operator, operands))
    if len(stack) != 1:
        raise Fault(Code.BAD_EXPRESSION, "the expression does not come to one value")
    return stack[0]


@dataclass(frozen=True)
class Part:
    """A step of a program with the places of its operands among the parts before it."""

    step: Step
    operands: tuple[int, ...]


def shared(program: Program) -> tuple[Part, ...]:
    """A program with equal parts once, in an order in which operands come first; the last is the whole."""
    parts: dict[Part, int] = {}
    stack: list[int] = []
    for step in program:
        leaf = step.operator in ("constant", "variable")
        count = 0 if leaf else 1 if step.operator == "^" else step.number
        operands = tuple(stack[len(stack) - count :])
        del stack[len(stack) - count :]
        stack.append(parts.setdefault(Part(step, operands), len(parts)))
    require(len(stack) == 1, Code.BAD_EXPRESSION, "the expression does not come to one value")
    return tuple(parts)


def value_of(part: Part, values: Sequence[V | None], algebra: Algebra[V]) -> V:
    """Of one part, by the values of those before it."""
    step, operands = part.step, [cast(V, values[k]) for k in part.operands]
    if step.operator == "constant":
        return algebra.constant(step.name, step.value)
    if step.operator == "variable":
        return algebra.variable(step.name)
    return (
        algebra.power(operands[0], step.number)
        if step.operator == "^"
        else algebra.apply(step.operator, operands)
    )


def powers_said(*programs: Program) -> str:
    """Where powers are defined, in words, if a program has one whose exponent is 0; else empty."""
    if not any(step.operator == "^" and step.number == 0 for program in programs for step in program):
        return ""
    return "\n  (A power 0 is 1, of 0 too.)"


class Infix:
    """Writes a program as a formula."""

    def constant(self, text: str, value: Fraction) -> str:
        return f"({text})" if text.startswith("-") or "/" in text else text

    def variable(self, name: str) -> str:
        return name

    def power(self, base: str, exponent: int) -> str:
        return f"({base}^{exponent})"

    def apply(self, operator: str, operands: list[str]) -> str:
        if operator == "neg":
            return f"(-{operands[0]})"
        if operator in RATIONAL:
            return f"({f' {operator} '.join(operands)})"
        return f"{operator}({operands[0]})"
