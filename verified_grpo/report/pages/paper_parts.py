"""Formal parts that say the same of different numbers, told as one table instead of one paragraph each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from verified_grpo.certificates.curves import any_strip
from verified_grpo.certificates.grammar.formulas import Inequality
from verified_grpo.certificates.grammar.paper import FormalClaim, FormalEvidence, Part
from verified_grpo.certificates.grammar.points import FixedPoints
from verified_grpo.certificates.grammar.sequences import Limit
from verified_grpo.certificates.grammar.values import Axis, OnBox, Range, Side
from verified_grpo.report.document import Block, Content, Display, Paragraph, Row, Table, content
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds, scientific
from verified_grpo.report.pages.expression import tree
from verified_grpo.report.pages.limit import first_step, limit_points
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import is_point, math, parameter, said
from verified_grpo.rigor.verdicts import Ending

SHORTEST = 3
"""Runs of fewer parts are told one by one."""

DIGITS = 6
NAMES: tuple[Axis, ...] = ("beta", "p_ref", "eps", "alpha")

Numbered = tuple[int, FormalClaim]
Formal = tuple[int, Part, FormalEvidence]


def runs(parts: Sequence[tuple[Part, FormalEvidence]]) -> list[list[Formal]]:
    """The parts with their numbers, in order; those that fit one table together, each other alone."""
    numbered = [(number, part, proof) for number, (part, proof) in enumerate(parts, start=1)]
    found: list[list[Formal]] = []
    for key, group in groupby(numbered, key=lambda entry: (entry[1]["role"], kind_of(entry[1]["claim"]))):
        run = list(group)
        together = key[1] != "" and len(run) >= SHORTEST
        found += [run] if together else [[entry] for entry in run]
    return found


def kind_of(claim: FormalClaim) -> str:
    """What parts of one table have in common; empty for a claim that is told alone."""
    if claim["kind"] == "inequality":
        strip = any_strip(claim)
        shape = [strip[0], strip[2].half] if strip else claim["expression"]
        return json.dumps([shape, sorted(claim["box"])])
    if claim["kind"] == "limit" and claim["start"] != "p_ref":
        return ""
    if (claim["kind"] == "fixed-points" or claim["kind"] == "limit") and is_point(claim):
        return json.dumps([claim["kind"], claim["variant"]])
    return ""


def table_of(run: Sequence[Numbered]) -> tuple[Block, ...]:
    """The table of a run, which is of one kind."""
    if points := [(number, claim) for number, claim in run if claim["kind"] == "fixed-points"]:
        return fixed_points_table(points)
    if limits := [(number, claim) for number, claim in run if claim["kind"] == "limit"]:
        return limits_table(limits)
    formulas = [(number, claim) for number, claim in run if claim["kind"] == "inequality"]
    return strips_table(formulas) if any_strip(formulas[0][1]) else inequalities_table(formulas)


def strips_table(run: Sequence[tuple[int, Inequality]]) -> tuple[Block, ...]:
    """A curve within a distance of straight lines."""
    first = run[0][1]
    curve, name, line = any_strip(first) or ("", "", None)
    fixed = [parameter(key, value) for key, value in first["box"].items() if key != name]
    half = line.half if line else ""
    opening = said(
        "In each row, for {fixed} and all {name} of the range, this curve differs from the line by less "
        "than {half}:",
        fixed=("list", *fixed),
        name=name,
        half=half,
    )
    rows = []
    for number, claim in run:
        found = any_strip(claim)
        if found:
            shown: Tree = ("+", found[2].intercept, ("*", found[2].slope, name))
            cells = (str(number), ("interval", *claim["box"][name]), shown)
            rows.append(Row(tuple(content(math(cell)) for cell in cells)))
    header = (content("part"), content("range of ", math(name)), content("line"))
    return Paragraph(opening), Display(Formula(tree(curve))), Table(header, tuple(rows), widths=(1, 3, 5))


def inequalities_table(run: Sequence[tuple[int, Inequality]]) -> tuple[Block, ...]:
    """One expression, and where it is positive and negative."""
    first = run[0][1]
    same = {
        name for name in first["box"] if all(claim["box"][name] == first["box"][name] for _, claim in run)
    }
    ranged = [n for n in first["box"] if n not in same and all(isinstance(c["box"][n], list) for _, c in run)]
    others = [name for name in first["box"] if name not in same and name not in ranged]
    rows: dict[str, list[tuple[int, Inequality]]] = {}
    for number, claim in run:
        rows.setdefault(json.dumps([claim["box"][name] for name in ranged]), []).append((number, claim))
    relations = sorted({claim["relation"] for _, claim in run}, reverse=True)
    fixed = tuple(parameter(name, first["box"][name]) for name in first["box"] if name in same)
    opening = said(
        "In each row the expression has the sign shown{fixed}.",
        fixed=said(", for {given}", given=("list", *fixed)) if fixed else "",
    )
    shown = tuple(
        Row(
            (
                content(numbers([number for number, _ in entries])),
                *(content(math(side(entries[0][1]["box"][name]))) for name in ranged),
                *(
                    places([c for _, c in entries if c["relation"] == relation], others)
                    for relation in relations
                ),
            )
        )
        for entries in rows.values()
    )
    header = (
        content("parts"),
        *(content("all ", math(name), " in") for name in ranged),
        *(content(math("rel", ("words", "expression"), relation, "0")) for relation in relations),
    )
    widths = (2, *(4 for _ in ranged), *(5 for _ in relations))
    return (
        Paragraph(opening),
        Display(Formula(tree(first["expression"]))),
        Table(header, shown, widths=widths),
    )


def places(claims: Sequence[Inequality], names: Sequence[str]) -> Content:
    """`beta = 0.4 and 14`: where an expression has a sign."""
    if not claims or not names:
        return content("yes") if claims else ()
    boxes = [math("list", *(parameter(name, claim["box"][name]) for name in names)) for claim in claims]
    return tuple(part for k, box in enumerate(boxes) for part in (content("; ", box) if k else content(box)))


def side(value: Side) -> Tree:
    """A number, or a range; with one power of ten where both ends have the same."""
    if isinstance(value, str):
        return value
    return scientific(value, DIGITS) if all("e" in end for end in value) else ("interval", *value)


def numbers(found: Sequence[int]) -> str:
    """`15`, or `15 to 18`."""
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def fixed_points_table(run: Sequence[tuple[int, FixedPoints]]) -> tuple[Block, ...]:
    """All fixed points of several recursions."""
    opening, varying = common(run)
    rows: list[Row] = []
    for number, claim in run:
        for k, point in enumerate(claim["fixed_points"]):
            start = (str(number), *(side(claim["parameters"][name]) for name in varying), str(claim["count"]))
            cells = [content(math(cell)) if k == 0 else () for cell in start]
            cells += [
                enclosure(point["logit"], "logit"),
                enclosure(point["one_minus_p"], "one_minus_p"),
                enclosure(point["multiplier"], "multiplier"),
            ]
            last = k + 1 == claim["count"]
            rows.append(Row((*cells, content(point["stability"])), closing=last))
    header = (
        content("part"), *(content(math(name)) for name in varying), content("count"), content(math("L*")),
        content(math("-", "1", "p*")), content("multiplier"), content(""),
    )  # fmt: skip
    words = said(
        "In each row {opening}, the recursion {T} has exactly so many fixed points, each in its bracket.",
        opening=opening,
    )
    return Paragraph(words), Table(header, tuple(rows), widths=(5, *(5 for _ in varying), 6, 19, 18, 22, 11))


def limits_table(run: Sequence[tuple[int, Limit]]) -> tuple[Block, ...]:
    """What several sequences tend to."""
    opening, varying = common(run)
    rows: list[Row] = []
    for number, claim in run:
        points = limit_points(claim)
        for k, point in enumerate(points):
            start = [
                content(math(cell))
                for cell in (str(number), *(side(claim["parameters"][n]) for n in varying))
            ]
            start += [content(verdict(claim)), content(math(str(first_step(claim))))]
            cells = start if k == 0 else [()] * len(start)
            row = (*cells, enclosure(point["logit"], "logit"), enclosure(point["one_minus_p"], "one_minus_p"))
            rows.append(Row(row, closing=k + 1 == len(points)))
    header = (
        content("part"), *(content(math(name)) for name in varying), content("tends to"),
        content("from ", math("n")), content(math("L*")), content(math("-", "1", "p*")),
    )  # fmt: skip
    words = said(
        "In each row {opening}, the sequence from {p_ref} tends to what is named, in the brackets; from "
        "step {n} on it is inside a certified basin, or monotone.",
        opening=opening,
    )
    return Paragraph(words), Table(header, tuple(rows), widths=(2, *(3 for _ in varying), 7, 4, 9, 9))


def verdict(claim: Limit) -> str:
    """What a sequence tends to, in a cell."""
    if claim["verdict"] == "cycle":
        return f"cycle of {claim['period']}"
    words: dict[Ending, str] = {
        "rises": "fixed point, rising",
        "falls": "fixed point, falling",
        "rises-to-one": "1",
    }
    return words.get(claim["verdict"], "fixed point")


def enclosure(bracket: Range, key: str) -> Content:
    """A bracket, rounded outward to a column's width."""
    if key == "one_minus_p" or all("e" in end for end in bracket):
        return content(math(scientific(bracket, 4)))
    return content(math("interval", *bounds(bracket, 6 if key == "logit" else 5)))


def common(run: Sequence[tuple[int, OnBox]]) -> tuple[Content, list[Axis]]:
    """What the parameters of all rows have in common, and the names of those that vary."""
    first = run[0][1]
    given = first["parameters"]
    same = [name for name in NAMES if all(claim["parameters"][name] == given[name] for _, claim in run)]
    fixed = ("list", *(parameter(name, given[name]) for name in same))
    words = said("with {fixed} and {contrast}", fixed=fixed, contrast=contrast_words(first))
    return words, [name for name in NAMES if name not in same]
