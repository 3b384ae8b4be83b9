"""The words of kind "answer-classes": hypotheses and conclusions, from texts that have been read before."""

from __future__ import annotations

from verified_grpo.checker.numbers import exact
from verified_grpo.checker.reading import describe_range, items, mapping, text
from verified_grpo.checker.tilt import FORMULAS, Classes
from verified_grpo.checker.tilt_cycles import describe_cycle

POINT = {"theta": "theta", "mean_reward": "M", "correct": "C"}
_AXES = ("alpha", "beta", "eps")


def describe(fields: dict[str, object], classes: Classes) -> str:
    """The whole statement."""
    given = mapping(fields["parameters"], "")
    share, known = (", share of correct answers a", " and the share C of correct answers")
    if not classes.correct:
        share = known = ""
    omega = FORMULAS[text(fields["contrast"], "")]
    return (
        f"Parameters: {', '.join(f'{axis} = {given[axis]}' for axis in _AXES)}.\n"
        f"Classes of answers, with weight w, mean reward g, mean squared reward s{share}:\n"
        f"  {classes.words}.\n"
        "Tilt: pi_n ~ pi_ref exp(theta_n g), theta_0 = 0, F(theta) = Omega(theta) - alpha beta theta,\n"
        f"  Omega = {omega}, with the mean M and the variance V of the reward"
        f"{known} at theta.\n"
    ) + _conclusions(fields, given)


def _conclusions(fields: dict[str, object], given: dict[str, object]) -> str:
    small = mapping(fields["small_steps"], "")
    if exact(given["alpha"], "") * exact(given["beta"], ""):
        points = [mapping(x, "") for x in items(fields["fixed_points"], "")]
        listed = "; ".join(_point(point) for point in points)
        words = (
            f"F has exactly {len(points)} zero{'s' if len(points) > 1 else ''}:\n  {listed}.\n"
            f"For any steps 0 < eta_n <= {small['largest_step']}, theta_n = theta_(n-1) + eta_n "
            "F(theta_(n-1))\n  never falls and never exceeds the least zero, and tends to it if the sum of "
            "the steps diverges."
        )
    else:
        words = (
            f"F has no zero: any step eta_n > 0 adds {small['gain']} eta_n or more to theta, and M tends to\n"
            "  the largest reward if the sum of the steps diverges."
        )
    if "maximiser" in fields:
        end = mapping(fields["maximiser"], "")
        words += "\nSolved exactly, theta_n = (1-alpha) theta_(n-1) + Omega(theta_(n-1))/beta tends to\n  "
        if "point" in end:
            words += f"zero number {end['point']}."
        else:
            words += describe_cycle([_point(mapping(x, "")) for x in items(end["cycle"], "")])
    return words + (_course(mapping(fields["correctness"], "")) if "correctness" in fields else "")


def _point(point: dict[str, object]) -> str:
    return ", ".join(describe_range(name, point[key]) for key, name in POINT.items() if key in point)


def _course(fields: dict[str, object]) -> str:
    if fields["begins"] == "stays":
        return f"\nC is the same for all theta: {describe_range('C', fields['supremum'])}."
    turns = items(fields["turns"], "")
    where = ", ".join(describe_range("theta", turn) for turn in turns)
    return (
        f"\nFrom theta = 0 on C {fields['begins']}; it turns at exactly {len(turns)} theta > 0"
        f"{': ' + where if turns else ''}.\n"
        f"The first {fields['within']} of them lie before the least zero of F (all, if F has none);\n"
        f"  up to there {describe_range('sup C', fields['supremum'])}."
    )
