"""Kind "inequality": an expression keeps its sign on a closed box, by enclosures over a tree's leaves."""

from __future__ import annotations

from dataclasses import dataclass

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.expressions import (
    FUNCTIONS,
    RATIONAL,
    Infix,
    Program,
    powers_said,
    read_expression,
    read_name,
    run,
)
from verified_grpo.checker.fuel import pay_for_operations
from verified_grpo.checker.numbers import ball, number_or_interval, precision, read_evidence
from verified_grpo.checker.ranges import Range, Ranges, Unknown
from verified_grpo.checker.reading import choice, describe_range, items, mapping, record, tag
from verified_grpo.checker.trees import Box, leaves

_STEP_COST = 24  # operations; an exponential is some of them
_RELATIONS = (">", "<", ">=", "<=")


@dataclass(frozen=True)
class Inequality:
    """The expression is defined and stands in the relation to 0 everywhere on the closed box."""

    box: Box
    expression: Program
    relation: str
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Inequality:
        """The statement; the variables are those of the box."""
        fields = record(statement, "statement", ("kind", "box", "expression", "relation"))
        given = mapping(fields["box"], "statement.box")
        box = {
            read_name(name, "statement.box"): number_or_interval(value, f"statement.box.{name}")
            for name, value in given.items()
        }
        program = read_expression(fields["expression"], "statement.expression", box, (*RATIONAL, *FUNCTIONS))
        relation = choice(fields["relation"], "statement.relation", _RELATIONS)
        ranges = [describe_range(name, value) for name, value in given.items()]
        quantifier = f"For all {', '.join(ranges)}:\n  " if ranges else ""
        words = f"{quantifier}{run(program, Infix())} {relation} 0.{powers_said(program)}"
        return cls(box, program, relation, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("tree",))
        fields, bits = read_evidence(evidence, "nodes")
        nodes = items(fields["nodes"], "evidence.nodes")
        pay_for_operations(len(nodes) * (_STEP_COST * len(self.expression) + len(self.box)), bits)
        with precision(bits):
            for _, leaf, where in leaves(nodes, self.box, ("leaf",)):
                proved = self._holds(leaf)
                require(proved, Code.LEAF_NOT_PROVED, f"{where}: the relation is not proved on the leaf")

    def _holds(self, leaf: Box) -> bool:
        variables = {name: Range(ball(lower), ball(upper)) for name, (lower, upper) in leaf.items()}
        try:
            value = run(self.expression, Ranges(variables))
        except Unknown:
            return False
        return bool(
            {
                ">": value.lower > 0,
                ">=": value.lower >= 0,
                "<": value.upper < 0,
                "<=": value.upper <= 0,
            }[self.relation]
        )
