"""The page of a prompt's classes of answers: fixed points of the tilt, where steps lead, and correctness."""

from __future__ import annotations

from verified_grpo.certificates.grammar.classes import (
    AnswerClasses,
    Cycling,
    Maximiser,
    TiltEvidence,
    TiltPassage,
)
from verified_grpo.certificates.grammar.values import Side
from verified_grpo.report.document import (
    Block,
    Content,
    Display,
    Items,
    Paragraph,
    Row,
    Strong,
    Table,
    content,
)
from verified_grpo.report.formula import Formula, Tree
from verified_grpo.report.numerals import bounds
from verified_grpo.report.pages.fixed_points import bracket, counted
from verified_grpo.report.pages.page import Page, judged, math, not_claimed, parameter, said

OMEGAS: dict[str, Tree] = {
    "mean-var": ("/", "1", ("sqrt", ("+", "V", "eps"))),
    "mean-std": ("/", "1", ("+", ("sqrt", "V"), "eps")),
    "mean": "1",
}
DRIVE: Tree = ("-", ("Omega", "theta"), ("*", "alpha", "beta", "theta"))
EXACTLY: Tree = (
    "rel",
    ("index", "theta", "n"),
    "=",
    (
        "+",
        ("*", ("-", "1", "alpha"), ("index", "theta", ("-", "n", "1"))),
        ("/", ("Omega", ("index", "theta", ("-", "n", "1"))), "beta"),
    ),
)
AXES = ("alpha", "beta", "eps")
COURSES = {"rises": "rises", "falls": "falls", "stays": "stays what it is"}


def classes_page(claim: AnswerClasses, evidence: TiltEvidence, name: str) -> Page:
    """The page; there is no figure to name."""
    return judged(
        content("Classes of answers: ", *parameters(claim), f" ({claim['contrast']})"),
        result(claim),
        statement=statement(claim),
        proof=method(claim, evidence),
        limits=not_claimed(
            content("Anything about finite groups or samples: the normalisation is the population's."),
            content("That larger steps do anything else: the bound of small steps is sufficient, not sharp."),
            content("Anything about prompts that share parameters, or about answers outside of the classes."),
        ),
    )


def parameters(claim: AnswerClasses) -> Content:
    """The three numbers."""
    given = dict(claim["parameters"])
    return (math("list", *(parameter(axis, str(given[axis])) for axis in AXES)),)


def result(claim: AnswerClasses) -> Content:
    """Count and course in one line."""
    head = counted(claim["count"], "fixed point") if claim["count"] else "no fixed point"
    if "correctness" not in claim:
        return content(f"exactly {head} of the tilt" if claim["count"] else head)
    course = claim["correctness"]
    does = "turns" if course["within"] else COURSES[course["begins"]]
    way = "up to the least" if claim["count"] else "for ever"
    return content(f"{'exactly ' if claim['count'] else ''}{head}; correctness {does} {way}")


def statement(claim: AnswerClasses) -> tuple[Block, ...]:
    """The classes, the law, and what is claimed."""
    words = said(
        "Answers of one mean reward are a class. For {numbers}, an exact update tilts the reference by the "
        "mean reward alone, by {theta}: with the variance {V} of the reward under the tilted weights,",
        numbers=parameters(claim),
    )
    law: Tree = ("rel", ("Omega", "theta"), "=", OMEGAS[claim["contrast"]])
    return (
        Paragraph(words),
        Display(Formula(EXACTLY)),
        Display(Formula(law)),
        classes_table(claim),
        Paragraph(said("Fixed points are the zeros of {drive}: {count}.", drive=DRIVE,
                       count=(Strong(counted(claim["count"], "fixed point")),))),
        *points_table(claim),
        Items(tuple(conclusions(claim))),
    )  # fmt: skip


def classes_table(claim: AnswerClasses) -> Table:
    """A row for each class."""
    known = all("correct" in c for c in claim["classes"])
    rows = [
        Row(
            tuple(
                content(math(bounds([x] * 2, 12)[0]) if len(x) <= 24 else x)
                for x in (c["weight"], c["reward"], c["reward_squared"], *([c["correct"]] if known else []))
            )
        )
        for c in claim["classes"]
    ]
    names = ("weight", "mean reward", "mean square", *(("correct",) if known else ()))
    return Table(tuple(content(x) for x in names), tuple(rows), widths=(4,) * len(names))


def points_table(claim: AnswerClasses) -> tuple[Block, ...]:
    """Brackets of theta, of the mean reward and of correctness."""
    rows: list[Row] = []
    for number, point in enumerate(claim["fixed_points"], start=1):
        known = "correct" in point
        rows += [
            bracket(content(math(str(number))), math("theta"), bounds(point["theta"])),
            bracket((), math("words", "mean reward"), bounds(_ends(point["mean_reward"])), last=not known),
        ]
        if "correct" in point:
            rows.append(bracket((), math("words", "correct"), bounds(_ends(point["correct"])), last=True))
    header = (content("fixed point"), content("quantity"), content("lower bound"), content("upper bound"))
    return (Table(header, tuple(rows), widths=(3, 4, 7, 7)),) if rows else ()


def conclusions(claim: AnswerClasses) -> list[Content]:
    """Where steps lead, and what becomes of correctness."""
    small = claim["small_steps"]
    if "gain" in small:
        said_of = [said("Any steps: {theta} gains {gain} times the step or more, for ever.",
                        gain=math(bounds([small["gain"]] * 2, 8)[0]))]  # fmt: skip
    else:
        step = math(bounds([small["largest_step"]] * 2, 8)[0])
        said_of = [
            said("Any steps up to {step} rise to the least fixed point, and never beyond it.", step=step)
        ]
    if "maximiser" in claim:
        said_of.append(_exactly(claim["maximiser"]))
    if "correctness" in claim:
        said_of += _course(claim)
    if "passage" in claim:
        said_of.append(_passage(claim["passage"]))
    return said_of


def _exactly(end: Maximiser | Cycling) -> Content:
    """To which fixed point, or to which cycle, with what each of its points means."""
    if "point" in end:
        return content(f"Solved exactly, it tends to fixed point {end['point']}.")
    count = str(len(end["cycle"]))
    words = said(
        "Solved exactly, it swings for ever: it tends to a cycle of {count} points (lemma 71), in order:",
        count=count,
    )
    for number, point in enumerate(end["cycle"], start=1):
        theta, reward = (math("interval", *bounds(_ends(point[key]), 12)) for key in ("theta", "mean_reward"))
        words += content(f" {number}. ", math("theta"), " in ", theta, ", mean reward in ", reward)
        if "correct" in point:
            share = math("interval", *bounds(_ends(point["correct"]), 12))
            words += content(", correct in ", share)
        words += content("." if number == len(end["cycle"]) else ";")
    return words


def _passage(passage: TiltPassage) -> Content:
    of = {"mean_reward": "the mean reward", "correct": "the share of correct answers"}[passage["of"]]
    level = math(bounds([passage["reach"]] * 2, 8)[0])
    if passage["steps"] is None:
        return content(f"Solved exactly, {of} never is at ", level, " or above (lemma 65).")
    steps = f"after {passage['steps']} updates" if passage["steps"] != 1 else "after 1 update"
    return content(f"Solved exactly, {of} is at ", level, f" or above {steps}, and not before (lemma 65).")


def _course(claim: AnswerClasses) -> list[Content]:
    course = claim["correctness"]
    if course["begins"] == "stays":
        return [content("All classes are correct alike: correctness stays what it is.")]
    turns, sup = course["turns"], math("interval", *bounds(_ends(course["supremum"]), 12))
    there = "up to the least fixed point" if claim["count"] else "on the way"
    last = said("The supremum of correctness {there} lies in {sup}.", there=there, sup=sup)
    if not turns:
        return [said("Correctness {first} for all {theta} above 0, and turns nowhere.",
                     first=course["begins"]), last]  # fmt: skip
    where = math("list", *(("interval", *bounds(turn, 12)) for turn in turns))
    within = "{within} of these lie before the least fixed point." if claim["count"] else ""
    return [
        said("Correctness {first} first. Of all {theta} above 0 it turns in: {where}. " + within,
             first=course["begins"], where=(where,), within=str(course["within"])), last]  # fmt: skip


def method(claim: AnswerClasses, evidence: TiltEvidence) -> Content:
    """What carries the claim."""
    cells = len(evidence.get("cells", ()))
    first = (
        f"The line from 0 to where the pull outweighs the contrast is cut into {cells} cells, on each of "
        "which the drive has a sign or is strictly monotone (lemma 49). "
        if cells
        else "Without a pull every step rises (lemma 50). "
    )
    caught = (
        f"An enclosed orbit enters a trap in which the map contracts (lemma {_lemma(claim)}). "
        if "orbit" in evidence
        else ""
    )
    turning = (
        "Correctness rises where its covariance with the reward is positive, a sum of exponentials whose "
        "sign changes are counted in the same way (lemma 52). "
        if "turning" in evidence
        else ""
    )
    return content(f"{first}{caught}{turning}The lemmas are the checker's.")


def _lemma(claim: AnswerClasses) -> int:
    return 71 if "cycle" in claim.get("maximiser", {}) else 51


def _ends(side: Side) -> list[str]:
    return side if isinstance(side, list) else [side, side]
