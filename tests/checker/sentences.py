"""The checker's words read back, sentence by sentence: what they say, as a statement.

A sentence of no known form raises `Unread`, and so does one that is missing. What stands there by its SHA-256
alone (the tree of an atlas, the boxes of a curve) is taken from the statement given, if the digest is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .builder import Json
from .classes_sentences import classes
from .forms import NUMBER, Reader, Unread, ends, listed, point, read
from .formulas import expression
from .paper_sentences import paper
from .plane_sentences import atlas, chaos_region, contours, curve
from .verifiers_sentences import ceiling, effect

ALL, SOME = "For all these parameters ", "For some of these parameters "
SEQUENCE = f"{ALL}the sequence L_n = T(L_{{n-1}}) from p_0 = <start> "
EVERY = f"{ALL}every fixed point L* of T satisfies "
A_POINT = f"{SOME}T has a fixed point L* with "
REGIONS = {
    f"{EVERY}L* - log(p_ref/(1-p_ref)) >= <margin> > 0.": ("amplification", "proved"),
    f"{EVERY}p* = 1/(1+exp(-L*)) >= <target>.": ("amplification", "proved"),
    f"{A_POINT}L* - log(p_ref/(1-p_ref)) < <margin>.": ("amplification", "refuted"),
    f"{A_POINT}p* = 1/(1+exp(-L*)) < <target>.": ("amplification", "refuted"),
    f"{EVERY}|T'(L*)| < 1.": ("contraction", "proved"),
    f"{EVERY}|T'(L*)| <= <rate> < 1.": ("contraction", "proved"),
    f"{A_POINT}|T'(L*)| >= 1.": ("contraction", "refuted"),
    f"{ALL}T has exactly one fixed point.": ("uniqueness", "proved"),
    f"{SOME}T has two fixed points or more.": ("uniqueness", "refuted"),
    f"{ALL}L_0 = log(p_ref/(1-p_ref)), L_n = T(L_(n-1)) converges to a fixed point of T.": (
        "convergence",
        "proved",
    ),
    f"{ALL}T has no periodic point but fixed points.": ("no-cycles", "proved"),
}
ONE_WAY = "does not <way> from n = <step:n> on and tends to the <extreme:x> L_<again:n>"
TAIL = (
    " for all m >= <step:n>, and so does every sequence from a point of the first basin (0 for <same:n>); "
    "multiplier in <multiplier:r>: <points:x>"
)
LIMITS = {
    f"{SEQUENCE}rises without bound, by at least <gain> a step; p_n rises to 1.": "rises-to-one",
    f"{SEQUENCE}never falls and tends to the least fixed point.": "rises",
    f"{SEQUENCE}tends to a fixed point (which one may depend on the parameters).": "tends",
    f"{SEQUENCE}{ONE_WAY}, the least of all fixed points: <limit:p>": "least",
    f"{SEQUENCE}{ONE_WAY}: <limit:p>": "one-way",
    f"{SEQUENCE}tends to a fixed point, with |L_{{m+1}} - L*| <= <rate> |L_m - L*|{TAIL}": "fixed-point",
    f"{SEQUENCE}tends to a cycle of exactly <period:n> points x_0, x_1, ...: T(x_i) = x_{{i+1}}, with "
    "|L_{m+<turn:n>} - x_i| <= <rate> |L_m - x_i| for i = m - <shift:n> modulo <turns:n>" + TAIL: "cycle",
}
K3_LAW = (
    "Step under KL(pi_ref || pi): (p_n - p_ref)/(p_n (1-p_n)) = Omega(L_{n-1})/beta, L = log(p/(1-p)), with "
    "Omega(L) = <omega:x>."
)
MAP_LAW = (
    "Map: T(L) = (1-alpha) L + alpha log(p_ref/(1-p_ref)) + Omega(L)/beta on the real line of log-odds L, "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
UPDATES_LAW = (
    "Map: T(L) = (1-a alpha) L + a alpha log(p_ref/(1-p_ref)) + (a/beta) Omega(L) on the line of log-odds L, "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
K3_DRIVE_LAW = (
    "Drive under KL(pi_ref || pi): F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)) on the line of log-odds L, "
    "with Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
STEPS_LAW = (
    "Steps: L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L, F(L) = "
    "Omega(L) - alpha beta (L - L_0), Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
K3_STEPS_LAW = (
    "Steps under KL(pi_ref || pi): L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line "
    "of log-odds L, F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)), p = 1/(1+exp(-L)), Omega(L) = <omega:x>."
)
FLOW_LAW = (
    "Flow: dL/dt = SPEED, L(0) = log(p_ref/(1-p_ref)), on the line of log-odds L, F(L) = Omega(L) - alpha "
    "beta (L - L(0)), Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)
CLIP_LAW = (
    "Clipped updates: p_n maximises over x in (0, 1) q Omega min(x, (1 + HIGH) p) - p Omega max(1-x, (1 - "
    "LOW) q) - beta (alpha KL(x, p_ref) + (1-alpha) KL(x, p)), KL(x, y) = x log(x/y) + (1-x) "
    "log((1-x)/(1-y)), p = p_{n-1}, q = 1-p, Omega(L) = <omega:x>, L = log(p/(1-p))."
)
PULL_LAW = (
    "Steps: L_n = L_{n-1} + eta_n F(L_{n-1}), L_0 = log(p_ref/(1-p_ref)), on the line of log-odds L, F(L) = "
    "Omega(L) - beta R(L), p = 1/(1+exp(-L)), R(L) = PULL, Omega(L) = <omega:x>."
)
LAWS = {"small-steps": STEPS_LAW, "flow-time": FLOW_LAW, "k3-small-steps": K3_STEPS_LAW}
TO_THE_ZERO = (
    "For all these parameters and any steps 0 < eta_n <= <step> the sequence L_n never falls and never "
    "exceeds the only zero of F, and tends to it if the sum of the steps diverges"
)
ANY_STEPS = (
    "For all these parameters and any steps 0 < eta_n <= <step> the sequence L_n never falls and never "
    "exceeds the least fixed point, and tends to it if the sum of the steps diverges"
)
POLICIES = (
    "Policies: pi and pi_ref on finitely many outcomes, pi 0 where pi_ref is, with the probabilities of "
    "success p and p_ref; KL = sum of pi log(pi/pi_ref), in nats; the tilt to p changes no odds among "
    "successes, and none among failures."
)
BUDGETS = {
    f"{ALL}the largest p of a policy with KL <= K, which a tilt attains, lies in <bound:r>.": "largest-p",
    f"{ALL}the least KL of a policy with this p, which the tilt to p attains, lies in <bound:r>.": "least-kl",
    f"{ALL}a policy with this p has KL >= <bound>.": "spent",
}
SETTLES = "the only fixed point attracts (|m| < 1) and the sequence from p_ref tends to it"
MEANS = {"attracting": "|T'| < 1", "repelling": "|T'| > 1", "undecided": "no claim on |T'| and 1"}
ORDERS = {"falls": "T^3(x) >= x > T(x) > T^2(x)", "rises": "T^3(x) <= x < T(x) < T^2(x)"}
CHAOTIC = (
    "So T has cycles of every period and is chaotic in the sense of Li and Yorke (their theorem is cited, "
    "not checked)."
)


def read_words(words: str, statement: Json) -> tuple[Json, Json]:
    """The statement that the words make, and what is said beside it.

    Raises:
        Unread: a sentence is of no known form, missing, or one too many.
    """
    if statement["kind"] == "paper-statement":
        return paper(words, statement, read_words)
    reader, kind = Reader(words, statement), statement["kind"]
    if kind in ALONE:
        made = {"kind": kind, **ALONE[kind](reader)}
    else:
        k3 = kind.startswith(("k3", "pull"))
        law = LAWS.get(kind, K3_LAW if k3 else MAP_LAW)
        if kind == "flow-time":
            law = law.replace("SPEED", {"1": "F(L)", "p(1-p)": "p (1-p) F(L)"}[statement["metric"]])
        if kind == "atlas" and "step_size" in statement:
            law = UPDATES_LAW
        if kind == "contours" and "kl" in statement:
            law = K3_DRIVE_LAW
        if kind == "pull-small-steps":
            law = PULL_LAW.replace("PULL", _pull_formula(statement["pull"]))
        if kind == "clipped-trajectory":
            clip = statement["clip"]
            law = CLIP_LAW.replace("HIGH", clip["high"]).replace("LOW", clip["low"])
        form = FORMS.get(kind, _k3 if k3 else _region)
        made = {"kind": kind, **_head(reader, law, k3=k3), **form(reader)}
    if reader.sentences:
        raise Unread(reader.sentences[0])
    return made, reader.extra


def _head(reader: Reader, law: str, *, k3: bool) -> Json:
    parameters = _ranges(reader.take("Parameters: <all:x>.")["all"])
    if list(parameters) != [*([] if k3 else ["alpha"]), "beta", "eps", "p_ref"]:
        raise Unread(str(parameters))
    return {"parameters": parameters, "variant": _variant(reader.take(law)["omega"])}


def _ranges(text: str) -> Json:
    """`beta = 5, eps in [1e-5, 1e-4]`."""
    found: Json = {}
    for part in re.split(r", (?=[A-Za-z])", text):
        name = part.partition(" ")[0]
        match = re.fullmatch(rf"{name} (?:= ({NUMBER})|in \[({NUMBER}), ({NUMBER})\])", part)
        if match is None:
            raise Unread(text)
        found[name] = match[1] or [match[2], match[3]]
    return found


LETTERS = ", q = 1-p, v = p(1-p)"
EVERY = ", for each choice of numbers in the ranges lo:hi"


def _variant(formula: str) -> Json:
    plain = {"1/sqrt(p(1-p) + eps)": "mean-var", "1/(sqrt(p(1-p)) + eps)": "mean-std", "1": "mean"}
    scale, times, inner = formula.partition(" Omega_1(L), Omega_1(L) = ")
    if times:
        return {**_variant(inner), "scale": scale}
    if formula in plain:
        return {"contrast": plain[formula]}
    formula = formula.removesuffix(EVERY)
    if formula.endswith(LETTERS):
        return {"contrast": "expression", "omega": expression(formula.removesuffix(LETTERS))}
    if (own := _of_groups(formula)) is not None:
        return own
    said = read(
        formula,
        "sum over k = 0..<last:n> of C(<n1:n>,k) p^k (1-p)^(<n2:n>-k) (A(1,k+1) - A(0,k)), A(r,j) = "
        "(r - j/<g1:n>)/(sqrt(j(<g2:n>-j)/<spread:n>) + eps), A = 0 where j is 0 or <g3:n>",
    )
    last, size = int(said["last"]), int(said["last"]) + 1
    ddof = size - int(said["spread"]) / size
    same = {said["n1"], said["n2"]} == {str(last)} and {said[k] for k in ("g1", "g2", "g3")} == {str(size)}
    if not same or ddof not in (0, 1):
        raise Unread(formula)
    return {"contrast": "group", "group_size": size, "ddof": int(ddof)}


def _of_groups(formula: str) -> Json | None:
    """Contrasts of groups whose shape no lemma describes."""
    if match := re.fullmatch(r"\(1 - \(1-p\)\^(\d+)\)/p", formula):
        return {"contrast": "maxrl", "group_size": int(match[1]) + 1}
    if match := re.fullmatch(r"\(1 - 1/(\d+)\)/eps", formula):
        return {"contrast": "batch", "group_size": int(match[1])}
    if match := re.fullmatch(r"Omega_G\(L\)/\(1 - p\^(\d+) - \(1-p\)\^(\d+)\), Omega_G\(L\) = (.*)", formula):
        inner = _variant(match[3])
        if match[1] == match[2] == str(inner["group_size"]):
            return {**inner, "contrast": "group-mixed"}
    beside = r"sum over k = 0\.\.(\d+) of C\((\d+),k\) p\^k \(1-p\)\^\((\d+)-k\)/d_k, "
    heights = r"d_k = sqrt\(k\((\d+)-k\)/(\d+)\) \+ eps, d_k = 1 where k is 0 or (\d+)"
    if match := re.fullmatch(beside + heights, formula):
        last = int(match[1])
        same = {match[k] for k in (1, 2, 3, 4, 6)} == {str(last)} and int(match[5]) == last * (last - 1)
        return {"contrast": "group-loo", "group_size": last + 1} if same else None
    return None


def _fixed_points(reader: Reader) -> Json:
    head = f"{ALL}T has exactly <count:n> fixed point(s)."
    none, some = {head: False}, {f"{head} <points:x>": True}
    match, listing = reader.take_one(none | some)
    points = []
    for said in listed(match["points"], "<at:p>, T'(L) in <m:r>; <kind:x>: <mean:x>") if listing else []:
        if MEANS.get(said["kind"]) != said["mean"]:
            raise Unread(said[0])
        points.append({**point(said, "at"), "multiplier": ends(said, "m"), "stability": said["kind"]})
    return {"count": int(match["count"]), "fixed_points": points}


def _region(reader: Reader) -> Json:
    match, (kind, verdict) = reader.take_one(REGIONS)
    if kind != reader.given["kind"]:
        raise Unread(match[0])
    return {"verdict": verdict, **match.groupdict()}


def _limit(reader: Reader) -> Json:
    said, verdict = reader.take_one(LIMITS)
    common = {"start": said["start"]}
    if verdict == "rises-to-one":
        return {**common, "verdict": verdict, "gain": said["gain"]}
    if verdict in ("rises", "tends"):
        return {**common, "verdict": "settles", "manner": verdict}
    step = int(said["step"])
    if verdict in ("least", "one-way"):
        ways = {("fall", "least fixed point >="): "rises", ("rise", "greatest fixed point <="): "falls"}
        way = ways.get((said["way"], said["extreme"]))
        least = (way, step, said["start"]) == ("rises", 0, "p_ref")
        if way is None or said["again"] != said["step"] or least != (verdict == "least"):
            raise Unread(said[0])
        return {**common, "verdict": way, "step": step, "limit": point(said, "limit")}
    trapped = listed(said["points"], "<at:p>, basin in <basin:r>", 0)
    points = [{**point(match, "at"), "basin": ends(match, "basin")} for match in trapped]
    turns = [said[key] for key in ("period", "turn", "turns")] if verdict == "cycle" else ["1"]
    shifts = [said["same"], *([said["shift"]] if verdict == "cycle" else [])]
    if set(turns) != {str(len(points))} or set(shifts) != {said["step"]}:
        raise Unread(said[0])
    rate = {"rate": said["rate"], "multiplier": ends(said, "multiplier")}
    return {**common, "verdict": verdict, "step": step, "period": len(points), **rate, "points": points}


def _small_steps(reader: Reader) -> Json:
    bound = "1/(alpha beta + max(0, -Omega') from L_0 to the limit) in <largest:r>"
    said, verdict = reader.take_one(
        {
            f"{ALL}any step eta_n > 0 adds <gain> eta_n or more to L; p_n rises, and tends to 1 if the sum "
            "of the steps diverges.": "rises-to-one",
            f"{ALL}with any steps eta_n > 0 p_n rises, and tends to 1 if the sum of the steps "
            "diverges.": "to-one",
            f"{ANY_STEPS}: <limit:p>; {bound}": "rises",
            f"{ANY_STEPS} (to p = 1 where there is none): the limit has L >= <beyond>": "rises-beyond",
        }
    )
    if verdict == "to-one":
        return {"verdict": "rises-to-one"}
    if verdict == "rises-to-one":
        return {"verdict": verdict, "gain": said["gain"]}
    if verdict == "rises-beyond":
        return {"verdict": verdict, "beyond": said["beyond"], "largest_step": said["step"]}
    largest = ends(said, "largest")
    if largest[0] != said["step"]:
        raise Unread(said[0])
    return {"verdict": verdict, "limit": point(said, "limit"), "largest_step": largest}


def _k3_steps(reader: Reader) -> Json:
    bound = (
        "1/(max(0, -Omega') from L_0 to the limit + beta max(1, slope of the pull at the limit)) in "
        "<largest:r>"
    )
    said = reader.take(f"{TO_THE_ZERO}: <limit:p>; {bound}")
    largest = ends(said, "largest")
    if largest[0] != said["step"]:
        raise Unread(said[0])
    return {"limit": point(said, "limit"), "largest_step": largest}


def _pull_formula(pull: Json) -> str:
    """What is to be read of a pull, so that words of another one are unread."""
    kernel = {"reverse": "-log r", "k3": "1 - r", "weighted": "-log r"}[pull["kernel"]]
    if "clamp" in pull:
        kernel += f" where r - 1 - log r <= {pull['clamp']}, else 0"
    parts, weights = ["k(p_ref/p)", "k((1-p_ref)/(1-p))"], ""
    if "dead_groups" in pull:
        parts = [f"w({share}) {part}" for share, part in zip(("p", "1-p"), parts, strict=True)]
        weights = f", w(v) = 1 - v^{pull['dead_groups'] - 1}"
    return f"{' - '.join(parts)}{weights}, k(r) = {kernel}"


def _pull_steps(reader: Reader) -> Json:
    to_zero = ANY_STEPS.replace("least fixed point", "least zero of F above L_0")
    said, verdict = reader.take_one(
        {
            f"{ALL}F has no zero above L_0: any step eta_n > 0 adds <gain> eta_n or more to L; p_n rises, "
            "and tends to 1 if the sum of the steps diverges.": "rises-to-one",
            f"{to_zero}: <limit:p>; 1/(max(0, -F') from L_0 to the limit) in <largest:r>": "enclosed",
            f"{to_zero}: <limit:p>": "rises",
        }
    )
    pull = {"pull": reader.given["pull"]}  # its formula was read
    if verdict == "rises-to-one":
        return {**pull, "verdict": verdict, "gain": said["gain"]}
    largest = ends(said, "largest") if verdict == "enclosed" else said["step"]
    if verdict == "enclosed" and largest[0] != said["step"]:
        raise Unread(said[0])
    return {**pull, "verdict": "rises", "limit": point(said, "limit"), "largest_step": largest}


def _passage(reader: Reader) -> Json:
    said, verdict = reader.take_one(
        {
            f"{ALL}L_n = T(L_{{n-1}}) from L_0 = log(p_ref/(1-p_ref)) first has p_n >= <reach> at some n "
            "from <least:n> to <most:n>.": "reached",
            f"{ALL}and all n, L_0 = log(p_ref/(1-p_ref)): p_n < <reach>.": "never",
        }
    )
    steps: Json = {"steps": [int(said["least"]), int(said["most"])]} if verdict == "reached" else {}
    if reader.is_next("For n from"):
        more = reader.take("For n from <first:n> to <last:n> L_n in <at:r>.")
        updates = [int(more["first"]), int(more["last"])]
        steps["plateau"] = {"updates": updates, "logit": ends(more, "at")}
    return {"verdict": verdict, "reach": said["reach"], **steps}


def _flow(reader: Reader) -> Json:
    said, verdict = reader.take_one(
        {
            f"{ALL}p(t) >= <reach> first at a time t with t in <time:r>.": "reached",
            f"{ALL}and all times t >= 0: p(t) < <reach>.": "never",
        }
    )
    time = {"time": ends(said, "time")} if verdict == "reached" else {}
    if reader.is_next("At least half"):
        time["plateau"] = ends(reader.take("At least half of this time L in <at:r>."), "at")
    return {"verdict": verdict, "reach": said["reach"], "metric": reader.given["metric"], **time}


def _trajectory(reader: Reader) -> Json:
    said = reader.take(
        f"{ALL}L_n = T(L_{{n-1}}) from L_0 = log(p_ref/(1-p_ref)) lies in the brackets listed, for <count:n> "
        "numbers n from <first:n> to <last:n>; at the last: <at:p>."
    )
    return _brackets(reader, said)


def _clipped(reader: Reader) -> Json:
    said = reader.take(
        "L_n = log(p_n/(1-p_n)) from p_0 = p_ref lies in the brackets listed, for <count:n> numbers n from "
        "<first:n> to <last:n>; at the last: <at:p>."
    )
    return {"clip": reader.given["clip"], **_brackets(reader, said)}  # it was read with the law


def _brackets(reader: Reader, said: re.Match[str]) -> Json:
    values = reader.named("All brackets, as listed, have the", reader.given["values"])
    numbers = [value["n"] for value in values]
    last = {key: value for key, value in values[-1].items() if key != "n"}
    if (len(values), numbers[0], numbers[-1]) != tuple(int(said[key]) for key in ("count", "first", "last")):
        raise Unread(said[0])
    if last != point(said, "at"):
        raise Unread(said[0])
    return {"values": values}


def _cycles(reader: Reader) -> Json:
    head = "T has exactly <count:n> cycle(s) of exact period <period:n>."
    match, listing = reader.take_one({head: False, f"{head} <cycles:x>": True})
    sizes = {"": "undecided", ", < 1 in size": "attracting", ", > 1 in size": "repelling"}
    cycles = []
    for said in listed(match["cycles"], "multiplier in <m:r><size:x>: <points:x>") if listing else []:
        points = [read(part, "L in <at:x>") for part in re.split(r" (?=L in )", said["points"])]
        if said["size"] not in sizes or len(points) != int(match["period"]):
            raise Unread(said[0])
        whole = [point(read(part[0], "<at:p>"), "at") for part in points]
        stability = sizes[said["size"]]
        cycles.append({"points": whole, "multiplier": ends(said, "m"), "stability": stability})
    return {"count": int(match["count"]), "period": int(match["period"]), "cycles": cycles}


def _chaos(reader: Reader) -> Json:
    images = "T^1(x) in <one:r> T^2(x) in <two:r> T^3(x) in <three:r>"
    said, verdict = reader.take_one(
        {
            f"{ALL}the point x at <scale> = <x> has <order:x>: {images}": "li-yorke",
            f"{ALL}T has a point of exact period 3 with L in <at:r>.": "period-three",
            f"{ALL}T has a compact invariant set on which its topological entropy is at least <h> > 0 "
            "(natural logarithm); T^<turns:n> carries each of these <count:n> disjoint intervals of L over "
            "at least one of them: <intervals:x>": "entropy",
        }
    )
    if verdict == "entropy":
        intervals = [ends(match, "at") for match in listed(said["intervals"], "<at:r>")]
        if len(intervals) != int(said["count"]):
            raise Unread(said[0])
        return {"verdict": verdict, "entropy": said["h"], "turns": int(said["turns"]), "intervals": intervals}
    reader.take(CHAOTIC)
    if verdict == "period-three":
        return {"verdict": verdict, "logit": ends(said, "at")}
    orders = [order for order, chain in ORDERS.items() if chain == said["order"]]
    if not orders or said["scale"] not in ("L", "p"):
        raise Unread(said[0])
    start = {"logit" if said["scale"] == "L" else "p": said["x"]}
    reached = [ends(said, name) for name in ("one", "two", "three")]
    return {"verdict": verdict, "start": start, "order": orders[0], "images": reached}


def _k3(reader: Reader) -> Json:
    said, verdict = reader.take_one(
        {
            f"{ALL}there is exactly one fixed point, <kind>: <at:p>, T'(L) in <m:r>": "k3-fixed-point",
            f"{ALL}the only fixed point has L* - L_ref >= <margin> > 0.": "k3-amplification",
            f"{ALL}{SETTLES}.": "proved",
            f"{SOME}the only fixed point repels (|m| > 1).": "refuted",
        }
    )
    if (verdict if verdict.startswith("k3") else "k3-convergence") != reader.given["kind"]:
        raise Unread(said[0])
    if verdict == "k3-fixed-point":
        kind = said["kind"]
        return {"fixed_point": {**point(said, "at"), "multiplier": ends(said, "m"), "stability": kind}}
    return {"margin": said["margin"]} if verdict == "k3-amplification" else {"verdict": verdict}


def _identity(reader: Reader) -> Json:
    _take_powers(reader)
    plain = "<left:x> = <right:x>"
    defined = "For all rational (and all real) <names:x> where both sides are defined: "
    said, quantified = reader.take_one({f"{defined}{plain}": True, plain: False})
    variables = said["names"].split(", ") if quantified else []
    return {"variables": variables, "left": expression(said["left"]), "right": expression(said["right"])}


def _inequality(reader: Reader) -> Json:
    _take_powers(reader)
    plain = "<formula:x> <relation> 0."
    said, ranges = reader.take_one({f"For all <box:x>: {plain}": True, plain: False})
    box = _ranges(said["box"]) if ranges else {}
    return {"box": box, "expression": expression(said["formula"]), "relation": said["relation"]}


def _take_powers(reader: Reader) -> None:
    """Where powers are defined may be said at the end of a formula."""
    reader.sentences[0] = reader.sentences[0].removesuffix(" (A power 0 is 1, of 0 too.)")


def _budget(reader: Reader) -> Json:
    given = _ranges(reader.take("Parameters: <all:x>.")["all"])
    reader.take(POLICIES)
    said, asks = reader.take_one(BUDGETS)
    if list(given) != ["p_ref", "K" if asks == "largest-p" else "p"]:
        raise Unread(str(given))
    if asks == "spent":
        return {"asks": asks, **given, "kl": said["bound"]}
    if asks == "largest-p":
        return {"asks": asks, "p_ref": given["p_ref"], "kl": given["K"], "p": ends(said, "bound")}
    return {"asks": asks, **given, "kl": ends(said, "bound")}


ALONE: dict[str, Callable[[Reader], Json]] = {
    "identity": _identity,
    "inequality": _inequality,
    "kl-budget": _budget,
    "answer-classes": classes,
    "erring-verifier": lambda reader: effect(reader, _ranges, _variant),
    "verifier-ceiling": lambda reader: ceiling(reader, _ranges),
}
"""Of statements that do not begin with parameters and a map."""
FORMS: dict[str, Callable[[Reader], Json]] = {
    "fixed-points": _fixed_points,
    "limit": _limit,
    "small-steps": _small_steps,
    "passage": _passage,
    "trajectory": _trajectory,
    "flow-time": _flow,
    "cycles": _cycles,
    "chaos": _chaos,
    "chaos-region": chaos_region,
    "atlas": atlas,
    "contours": contours,
    "curve": curve,
    "k3-small-steps": _k3_steps,
    "pull-small-steps": _pull_steps,
    "clipped-trajectory": _clipped,
}
