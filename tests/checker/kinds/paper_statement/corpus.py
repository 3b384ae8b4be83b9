"""Certificates of kind "paper-statement"."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ...builder import Json, certificate
from ...committed import FOLDER, committed
from ...edits import Bad, edited
from .. import regions
from ..expressions import inequality, lemma_3_mean_var
from .oracle import NOT_CARRIED


def paper(verdict: str, parts: list[tuple[str, str, Json]], **fields: Any) -> Json:
    """A statement under the name of one of the paper's, that nobody has read."""
    numbers = list(range(1, len(parts) + 1))
    statement = {
        "kind": "paper-statement",
        "item": "theorem-3-case-1",
        "title": "success amplification",
        "paper": "p* > p_ref",
        "suite": "every fixed point exceeds p_ref, by a margin",
        "not_proved": "that the sequence converges",
        "verdict": verdict,
        "given": [],
        "parts": [{"role": role, "text": text, "claim": part["statement"]} for role, text, part in parts],
        "steps": [
            {
                "text": "the first part is the theorem on a box",
                "parts": numbers,
                "because": {"rule": "restates"},
            }
        ],
        "conclusions": [{"of": "claim", "range": "numbers", "text": "the theorem on a box", "steps": [1]}],
        **fields,
    }
    return certificate(statement, {"rule": "parts", "parts": [part["evidence"] for _, _, part in parts]})


def of_the_paper(name: str) -> Json:
    """A committed certificate of one of the paper's statements, without its digest."""
    document: Json = json.loads((FOLDER.parents[1] / "reports" / "certificates" / f"{name}.json").read_text())
    del document["digest"]
    return document


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    return {
        "paper-statement": of_the_paper("abstract-amplification"),
        "paper-statement-fails": of_the_paper("abstract-convergence"),
        "paper-statement-assumes": of_the_paper("v7-absorbing"),
        "paper-statement-misprint": of_the_paper("lemma-4"),
        "paper-statement-not-carried": paper(
            NOT_CARRIED,
            [
                ("supports", "the margin", regions.accepted()["amplification"]),
                ("supports", "the slope has one peak", lemma_3_mean_var()),
            ],
        ),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad_papers(committed()))


def _bad_papers(valid: dict[str, Json]) -> Bad:
    good, fails = valid["paper-statement"], valid["paper-statement-fails"]
    assumes, unread = valid["paper-statement-assumes"], valid["paper-statement-not-carried"]
    yield "paper-without-parts", ("parts-mismatch", paper("formal part established; verdict not carried", []))
    short = good["evidence"]["parts"][:1]
    yield "paper-with-less-evidence", ("parts-mismatch", edited(good, "evidence", "parts", value=short))
    swapped = good["evidence"]["parts"][::-1]
    yield "paper-with-evidence-swapped", ("bad-value", edited(good, "evidence", "parts", value=swapped))
    false = edited(unread, "statement", "parts", 0, "claim", "margin", value="0.009")
    yield "paper-with-a-false-part", ("margin-not-proved", false)
    nested = edited(good, "statement", "parts", 0, "claim", value=fails["statement"])
    yield "paper-in-paper", ("unknown-kind", nested)
    yield from _asserted_verdicts(good, fails, assumes, unread)
    yield from _bad_steps(good, assumes, valid["paper-statement-misprint"])


def _asserted_verdicts(good: Json, fails: Json, assumes: Json, unread: Json) -> Bad:
    """What says more than follows."""

    def wrong(name: str, document: Json, *path: Any, value: Any) -> tuple[str, tuple[str, Json]]:
        return name, ("verdict-mismatch", edited(document, "statement", *path, value=value))

    one = inequality({}, "1", ">", [["leaf"]])
    yield (
        "paper-unrelated",
        (
            "verdict-mismatch",
            paper(
                "holds",
                [("supports", "the whole theorem", one)],
                item="theorem-5",
                title="PROVED: for every beta > 0, every eps > 0 and every p_ref the sequence converges to 1",
            ),
        ),
    )
    yield wrong("paper-with-an-unrelated-part", good, "parts", 0, "claim", value=one["statement"])
    yield wrong("paper-retitled", good, "title", value="every sequence converges to 1")
    yield wrong("paper-reworded", good, "suite", value="every sequence converges to 1")
    yield wrong("paper-under-another-name", good, "item", value="theorem-5")
    yield wrong("paper-holds-unread", unread, "verdict", value="holds")
    yield wrong("paper-fails-without-refutation", good, "verdict", value="fails")
    yield wrong("paper-holds-despite-refutation", fails, "verdict", value="holds")
    yield wrong("paper-sharper-than-shown", good, "verdict", value="holds, sharper")
    yield wrong("paper-assumes-in-silence", assumes, "given", value=[])
    yield wrong("paper-claims-everywhere", fails, "conclusions", 0, "range", value="all")
    yield wrong("paper-refutes-nothing-named", fails, "conclusions", value=[])


def _bad_steps(good: Json, assumes: Json, misprint: Json) -> Bad:
    """Steps that their class does not carry."""

    def wrong(code: str, document: Json, step: int, **because: Any) -> tuple[str, Json]:
        return code, edited(document, "statement", "steps", step, "because", value=because)

    given = good["statement"]["steps"][0]["because"]["theorems"][0]
    other = [{**given, "sha256": "0" * 64}]
    yield "paper-with-another-theorem", wrong("wrong-theorem", good, 0, theorems=other)
    yield (
        "paper-with-no-such-theorem",
        wrong("unknown-theorem", good, 0, theorems=[{**given, "name": "all_is_well"}]),
    )
    yield "paper-without-theorems", wrong("bad-value", good, 0, theorems=[])
    yield "paper-assumes-anything", wrong("unknown-assumption", good, 0, assumptions=["A99"])
    yield "paper-assumes-nothing", wrong("bad-value", good, 0, assumptions=[])
    yield "paper-given-anything", ("unknown-assumption", edited(good, "statement", "given", value=["A99"]))
    yield "paper-step-without-class", wrong("missing-key", good, 0)
    yield "paper-step-of-two-classes", wrong("unknown-key", good, 0, theorems=[given], assumptions=["A1"])
    yield "paper-rule-without-part", wrong("parts-mismatch", good, 1, rule="restates")
    yield "paper-rule-of-no-name", wrong("bad-value", good, 0, rule="trust me")
    signed = assumes["statement"]["steps"][2]["because"]
    less = {**signed, "positive": signed["positive"][1:]}
    yield "paper-sign-without-hypothesis", wrong("sign-not-proved", assumes, 2, **less)
    yield "paper-sign-turned", wrong("sign-not-proved", assumes, 2, **{**signed, "relation": "<"})
    yield "paper-sign-of-a-box", wrong("wrong-rule", misprint, 4, **signed)
    refuted = misprint["statement"]["steps"][4]["because"]["claim"]
    wider = {**refuted, "box": {"p_ref": ["0.7", "0.99"]}}
    yield (
        "paper-refutes-what-holds",
        wrong("not-contrary", misprint, 4, rule="counterexample", claim={**refuted, "relation": ">"}),
    )
    yield (
        "paper-refutes-less-than-it-proves",
        wrong("not-contrary", misprint, 4, rule="counterexample", claim=wider),
    )
    filled = misprint["statement"]["steps"][0]["because"]
    yield (
        "paper-fills-a-stranger",
        wrong("undeclared-variable", misprint, 0, **{**filled, "where": {"zz": "1"}}),
    )
