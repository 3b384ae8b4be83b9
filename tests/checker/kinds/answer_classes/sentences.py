"""The checker's words of kind "answer-classes" read back."""

from __future__ import annotations

import re
from typing import Any

from ...builder import Json
from ...forms import NUMBER, Reader, Unread, read

SIDE = rf"(?:= (?P<at>{NUMBER})|in \[(?P<low>{NUMBER}), (?P<high>{NUMBER})\])"
OMEGAS = {"1/sqrt(V + eps)": "mean-var", "1/(sqrt(V) + eps)": "mean-std", "1": "mean"}
NAMES = {"theta": "theta", "M": "mean_reward", "C": "correct"}
STEPS = (
    "For any steps 0 < eta_n <= <step>, theta_n = theta_(n-1) + eta_n F(theta_(n-1)) never falls and never "
    "exceeds the least zero, and tends to it if the sum of the steps diverges."
)
EXACTLY = (
    "Solved exactly, theta_n = (1-alpha) theta_(n-1) + Omega(theta_(n-1))/beta tends to zero number "
    "<point:n>."
)
CYCLE = (
    "Solved exactly, theta_n = (1-alpha) theta_(n-1) + Omega(theta_(n-1))/beta tends to a cycle of exact "
    "period <period:n>, in this order: <points:x>."
)
WITHIN = (
    "The first <within:n> of them lie before the least zero of F (all, if F has none); up to there <sup:x>."
)


def sentences(reader: Reader) -> Json:
    """The statement but for its kind."""
    given = reader.take("Parameters: alpha = <alpha>, beta = <beta>, eps = <eps>.")
    share = ", share of correct answers a"
    head = "Classes of answers, with weight w, mean reward g, mean squared reward s"
    said, known = reader.take_one(
        {
            f"{head}{share}: <rows:x>.": True,
            f"{head}: <rows:x>.": False,
        }
    )
    rows = [_row(row, known) for row in said["rows"].split("; ")]
    correct = " and the share C of correct answers" if known else ""
    law = reader.take(
        "Tilt: pi_n ~ pi_ref exp(theta_n g), theta_0 = 0, F(theta) = Omega(theta) - alpha beta theta, "
        f"Omega = <omega:x>, with the mean M and the variance V of the reward{correct} at theta."
    )
    if law["omega"] not in OMEGAS:
        raise Unread(law[0])
    return {
        "contrast": OMEGAS[law["omega"]],
        "classes": rows,
        "parameters": given.groupdict(),
        **_drive(reader),
        **_exactly(reader),
        **_course(reader),
        **_passage(reader),
    }


def _row(text: str, known: bool) -> Json:
    shape = "w = <weight>, g = <reward>, s = <reward_squared>" + (", a = <correct>" if known else "")
    return read(text, shape).groupdict()


def _drive(reader: Reader) -> Json:
    none = (
        "F has no zero: any step eta_n > 0 adds <gain> eta_n or more to theta, and M tends to the largest "
        "reward if the sum of the steps diverges."
    )
    said, plural = reader.take_one(
        {
            none: None,
            "F has exactly 1 zero: <points:x>.": False,
            "F has exactly <count:n> zeros: <points:x>.": True,
        }
    )
    if plural is None:
        return {"count": 0, "fixed_points": [], "small_steps": {"gain": said["gain"]}}
    points = [_point(text) for text in said["points"].split("; ")]
    if len(points) != (int(said["count"]) if plural else 1):
        raise Unread(said[0])
    step = reader.take(STEPS)["step"]
    return {"count": len(points), "fixed_points": points, "small_steps": {"largest_step": step}}


def _point(text: str) -> Json:
    return {
        NAMES[name]: _side(f"{name} {rest}", name)
        for name, rest in re.findall(r"(\w+) ((?:=|in) .*?)(?=, [A-Z]|$)", text)
    }


def _side(text: str, name: str) -> Any:
    match = re.fullmatch(f"{re.escape(name)} {SIDE}", text)
    if match is None:
        raise Unread(text)
    return match["at"] or [match["low"], match["high"]]


def _exactly(reader: Reader) -> Json:
    if not reader.is_next("Solved exactly"):
        return {}
    said, ends = reader.take_one({EXACTLY: "point", CYCLE: "cycle"})
    if ends == "point":
        return {"maximiser": {"point": int(said["point"])}}
    points = [_point(text) for text in said["points"].split("; ")]
    if len(points) != int(said["period"]):
        raise Unread(said[0])
    return {"maximiser": {"cycle": points}}


def _course(reader: Reader) -> Json:
    if not reader.sentences or reader.is_next("Along theta_n"):
        return {}
    head = "From theta = 0 on C <begins>; it turns at exactly <count:n> theta > 0"
    said, how = reader.take_one(
        {"C is the same for all theta: <c:x>.": "stays", f"{head}.": "once", f"{head}: <turns:x>.": "turns"}
    )
    if how == "stays":
        supremum = _side(said["c"], "C")
        return {"correctness": {"begins": "stays", "turns": [], "within": 0, "supremum": supremum}}
    turns = []
    if how == "turns":
        turns = [_side(text, "theta") for text in re.split(r", (?=theta)", said["turns"])]
    if len(turns) != int(said["count"]):
        raise Unread(said[0])
    end = reader.take(WITHIN)
    course = {"begins": said["begins"], "turns": turns, "within": int(end["within"])}
    return {"correctness": {**course, "supremum": _side(end["sup"], "sup C")}}


def _passage(reader: Reader) -> Json:
    if not reader.sentences:
        return {}
    law = "Along theta_n = (1-alpha) theta_(n-1) + Omega(theta_(n-1))/beta,"
    said, known = reader.take_one(
        {
            f"{law} for no n is <what> at theta_n >= <reach>.": False,
            f"{law} the first n with <what> at theta_n >= <reach> is <steps:n>.": True,
        }
    )
    steps = int(said["steps"]) if known else None
    return {"passage": {"of": NAMES[said["what"]], "reach": said["reach"], "steps": steps}}
