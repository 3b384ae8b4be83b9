"""The pages of a verifier that errs: which way it moves the rate of right answers, and the bound it sets."""

from __future__ import annotations

from verified_grpo.certificates.grammar.verifiers import (
    BySignOfGain,
    ErringVerifier,
    Shares,
    VerifierCeiling,
)
from verified_grpo.report.document import Content, Paragraph, content
from verified_grpo.report.formula import Tree
from verified_grpo.report.pages.notation import contrast_words
from verified_grpo.report.pages.page import (
    Page,
    judged,
    math,
    not_claimed,
    parameter,
    parameters,
    said,
    titled,
)

EFFECTS = {
    "amplifies": "every update raises the rate of right answers above that of the reference",
    "harms": "every update lowers the rate of right answers below that of the reference",
    "stands-still": "no update moves the rate of right answers",
}
SIDES = {
    "below": "whatever is trained on this verifier, the rate of right answers stays below {bound}",
    "above": "whatever is trained on this verifier, the rate of right answers stays above {bound}",
    "at": "whatever is trained on this verifier, the rate of right answers stays {p_ref}",
}


def effect_page(claim: ErringVerifier, evidence: BySignOfGain, name: str) -> Page:
    """The page of independent errors; there is no figure to name."""
    result = content(EFFECTS[claim["effect"]])
    return judged(
        titled("A verifier that errs, anew at each look", claim),
        result,
        statement=(
            Paragraph(
                (
                    *said("A right answer passes with probability {t}, a wrong one with {f}", t=_t(claim),
                          f=_f(claim)),
                    *content(_apart(claim)),
                    *said(". For all {box}, with {contrast}: ", box=parameters(claim),
                          contrast=contrast_words(claim)),
                    *result,
                    *content("."),
                )
            ),
            *_bounds(claim),
        ),
        proof=said(
            "The advantage of being right is {J} times the contrast at the observed rate: an update adds a "
            "term of its sign (lemma 61). Its slope is at most that of a verifier that errs alike on "
            "both sides "
            "(lemma 62).",
            J=("-", "t", "f"),
        ),
        limits=not_claimed(
            content("What a verifier does that errs on the same answers: there the rate has a ceiling."),
            content("How certain it is that the rates lie in these ranges, where they were measured."),
        ),
    )  # fmt: skip


def ceiling_page(claim: VerifierCeiling, evidence: Shares, name: str) -> Page:
    """The page of systematic errors; there is no figure to name."""
    result = _side(claim)
    listed = tuple(
        Paragraph(
            said(
                "Where the rate of passing lies in {passed}, that of right answers lies in {right}.",
                passed=("interval", *item["passed"]),
                right=("interval", *item["right"]),
            )
        )
        for item in claim["rates"]
    )
    given = math("list", parameter("p_ref", claim["p_ref"]), _t(claim), _f(claim))
    return judged(
        content("A verifier that errs on the same answers each time: ", given),
        result,
        statement=(Paragraph((*content("With "), given, *content(": "), *result, *content("."))), *listed),
        proof=content(
            "What is trained on a reward tilts the reference by it. So the shares of right answers among "
            "those "
            "that pass, and among those that fail, stay what they were, and the rate of right answers lies "
            "between the two (lemma 63). All numbers are exact."
        ),
        limits=not_claimed(
            content("That training comes near the bound."),
            content(
                "That the verifier errs on the same answers each time: if it errs anew, there is no bound."
            ),
            content(
                "Anything about training that is not such a tilt, as that of a network that generalises."
            ),
        ),
    )


def _side(claim: VerifierCeiling) -> Content:
    if claim["side"] == "at":
        return said(SIDES["at"])
    return said(SIDES[claim["side"]], bound=math(claim["bound"]))


def _t(claim: ErringVerifier | VerifierCeiling) -> Tree:
    return parameter("t", claim["true_positive"])


def _f(claim: ErringVerifier | VerifierCeiling) -> Tree:
    return parameter("f", claim["false_positive"])


def _apart(claim: ErringVerifier) -> str:
    if "apart" not in claim:
        return ""
    return f", and they are at least {claim['apart']} apart"


def _bounds(claim: ErringVerifier) -> tuple[Paragraph, ...]:
    """Margin and threshold, where they are stated."""
    shown = []
    if "margin" in claim:
        size = ("abs", ("-", "L*", "L_ref"))
        shown.append(
            Paragraph(said("Every fixed point has {far}.", far=("rel", size, ">=", claim["margin"])))
        )
    if "threshold" in claim:
        beyond = ("rel", ("*", "alpha", "beta"), ">", claim["threshold"])
        shown.append(
            Paragraph(
                said(
                    "Where {beyond}, the map contracts on the whole line: there is one fixed point, and "
                    "every "
                    "start leads there.",
                    beyond=beyond,
                )
            )
        )
    return tuple(shown)
