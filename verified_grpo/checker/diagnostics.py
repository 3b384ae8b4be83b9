"""What the checker can say: three outcomes, and one code for each reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn


class Outcome(Enum):
    """The three answers; an answer is never a truth value by itself."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DECLINED = "declined"

    def __bool__(self) -> NoReturn:
        raise TypeError("an outcome is one of three and no condition: compare it, or read its `value`")


class Code(Enum):
    """Every reason the checker gives; those of the first group decline, all others but ACCEPTED reject."""

    ACCEPTED = "accepted"
    # declined: the checker does not know, or will not spend that much
    UNREADABLE_FILE = "unreadable-file"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MUCH_WORK = "too-much-work"
    UNKNOWN_FORMAT = "unknown-format"
    UNKNOWN_KIND = "unknown-kind"
    CHECKER_FAULT = "checker-fault"
    MISSING_FACT = "missing-fact"
    ROW_OPEN = "row-open"
    OMEGA_NOT_POSITIVE = "omega-not-positive"
    # the file
    NOT_JSON = "not-json"
    DUPLICATE_KEY = "duplicate-key"
    NOT_EXACT = "not-exact"
    NOT_CANONICAL = "not-canonical"
    WRONG_DIGEST = "wrong-digest"
    MISSING_KEY = "missing-key"
    UNKNOWN_KEY = "unknown-key"
    WRONG_TYPE = "wrong-type"
    BAD_VALUE = "bad-value"
    BAD_NUMBER = "bad-number"
    HUGE_NUMBER = "huge-number"
    # parameters and rules
    EMPTY_RANGE = "empty-range"
    OUTSIDE_DOMAIN = "outside-domain"
    ALPHA_REACHES_ZERO = "alpha-reaches-zero"
    WRONG_RULE = "wrong-rule"
    # fixed points
    COUNT_MISMATCH = "count-mismatch"
    UNORDERED_CELLS = "unordered-cells"
    LEFT_TAIL = "left-tail"
    RIGHT_TAIL = "right-tail"
    CELL_SIGN = "cell-sign"
    CELL_SLOPE = "cell-slope"
    CELL_NOT_EMPTY = "cell-not-empty"
    BRACKET_OUTSIDE_CELLS = "bracket-outside-cells"
    BRACKET_SIGN = "bracket-sign"
    P_NOT_ENCLOSED = "p-not-enclosed"
    COMPLEMENT_NOT_ENCLOSED = "complement-not-enclosed"
    MULTIPLIER_NOT_ENCLOSED = "multiplier-not-enclosed"
    STABILITY_NOT_PROVED = "stability-not-proved"
    # trees
    TREE_NODE = "tree-node"
    TREE_AXIS = "tree-axis"
    TREE_CUT = "tree-cut"
    TREE_OVERRUN = "tree-overrun"
    TREE_UNFINISHED = "tree-unfinished"
    # regions
    MARGIN_NOT_PROVED = "margin-not-proved"
    CLOSED_FORM_FAILS = "closed-form-fails"
    LOGIT_RANGE_LEFT = "logit-range-left"
    LOGIT_RANGE_RIGHT = "logit-range-right"
    LEAF_NOT_EXCLUDED = "leaf-not-excluded"
    LEAF_NOT_HELD = "leaf-not-held"
    WITNESS_OUTSIDE_BOX = "witness-outside-box"
    WITNESS_BRACKETS = "witness-brackets"
    WITNESS_SIGN = "witness-sign"
    WITNESS_MULTIPLIER = "witness-multiplier"
    # limits of sequences
    GAIN_NOT_PROVED = "gain-not-proved"
    ORBIT_LOST = "orbit-lost"
    ORBIT_NOT_CAUGHT = "orbit-not-caught"
    NOT_TRAPPED = "not-trapped"
    RATE_NOT_PROVED = "rate-not-proved"
    POINTS_NOT_APART = "points-not-apart"
    NOT_MONOTONE = "not-monotone"
    LIMIT_NOT_ENCLOSED = "limit-not-enclosed"
    # small steps
    STEP_NOT_PROVED = "step-not-proved"
    PASSAGE_NOT_PROVED = "passage-not-proved"
    # budgets
    BUDGET_NOT_PROVED = "budget-not-proved"
    # classes of answers
    VALUE_NOT_ENCLOSED = "value-not-enclosed"
    # cycles and chaos
    CYCLE_NOT_CLOSED = "cycle-not-closed"
    IMAGE_NOT_ENCLOSED = "image-not-enclosed"
    ORDER_NOT_PROVED = "order-not-proved"
    ENTROPY_NOT_PROVED = "entropy-not-proved"
    AREA_NOT_PROVED = "area-not-proved"
    # curves
    CURVE_NOT_ENCLOSED = "curve-not-enclosed"
    CUSP_NOT_PROVED = "cusp-not-proved"
    CONTOUR_NOT_PROVED = "contour-not-proved"
    # expressions
    BAD_EXPRESSION = "bad-expression"
    UNDECLARED_VARIABLE = "undeclared-variable"
    NOT_IDENTICAL = "not-identical"
    NOWHERE_DEFINED = "nowhere-defined"
    LEAF_NOT_PROVED = "leaf-not-proved"
    # tables
    TABLE_UNREADABLE = "table-unreadable"
    TABLE_CHANGED = "table-changed"
    ROW_NOT_PROVED = "row-not-proved"
    # questions
    OTHER_QUESTION = "other-question"
    # statements of the paper
    PARTS_MISMATCH = "parts-mismatch"
    VERDICT_MISMATCH = "verdict-mismatch"
    UNKNOWN_ASSUMPTION = "unknown-assumption"
    UNKNOWN_THEOREM = "unknown-theorem"
    WRONG_THEOREM = "wrong-theorem"
    SIGN_NOT_PROVED = "sign-not-proved"
    NOT_CONTRARY = "not-contrary"

    @property
    def outcome(self) -> Outcome:
        """Which of the three answers goes with this reason."""
        if self is Code.ACCEPTED:
            return Outcome.ACCEPTED
        return Outcome.DECLINED if self in _DECLINING else Outcome.REJECTED


_DECLINING = frozenset(
    {
        Code.UNREADABLE_FILE,
        Code.TOO_LARGE,
        Code.TOO_DEEP,
        Code.TOO_MUCH_WORK,
        Code.UNKNOWN_FORMAT,
        Code.UNKNOWN_KIND,
        Code.CHECKER_FAULT,
        Code.MISSING_FACT,
        Code.ROW_OPEN,
        Code.OMEGA_NOT_POSITIVE,
    }
)


class Fault(Exception):
    """Ends the check of one certificate without acceptance; `check_bytes` turns it into a verdict."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Verdict:
    """The answer on one certificate.

    `statement_text` is the statement as the checker parsed it, in words and formula; it is empty when the
    file ended before a statement could be read. Only with `outcome` ACCEPTED has the statement been
    established.

    `claim` is the statement itself, as its canonical bytes hold it, and `claim_digest` the SHA-256 of these;
    `digest` is that of the whole certificate, `engine` what found it, as the file says (foreign
    text, not checked), and `arithmetic` what checked it. `decided` is False where
    a statement is established and yet leaves open all of what was asked: an atlas all of whose box may be
    undecided, a curve of which no point was proved to lie in the window. `found` are the numbers of what was
    found beside the statement, by name: they stand in the last sentence of the text, too.
    """

    code: Code
    message: str
    statement_text: str = ""
    claim: object = None
    claim_digest: str = ""
    digest: str = ""
    engine: str = ""
    arithmetic: str = ""
    decided: bool = True
    found: tuple[tuple[str, str], ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The answer that goes with the code."""
        return self.code.outcome

    @property
    def standing(self) -> str:
        """How what is printed as the statement stands."""
        return "established" if self.outcome is Outcome.ACCEPTED else "NOT established"

    def as_json(self, file: str) -> dict[str, object]:
        """The verdict on a file, with the whole statement, for programs."""
        return {
            "file": file,
            "outcome": self.outcome.value,
            "code": self.code.value,
            "message": self.message,
            "standing": self.standing,
            "decided": self.decided,
            "statement": self.statement_text,
            "claim": self.claim,
            "claim_digest": self.claim_digest,
            "digest": self.digest,
            "engine": self.engine,
            "arithmetic": self.arithmetic,
            "found": dict(self.found),
        }

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict is not true or false: compare its attribute `outcome`")


def require(holds: bool, code: Code, message: str) -> None:
    """Go on only if a condition is certain: balls compare False unless certain, so NaN never passes."""
    if not holds:
        raise Fault(code, message)
