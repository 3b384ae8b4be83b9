"""What a check may cost: small files that ask for hours are declined at once, ordinary ones never."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.checker import Code, Verdict, check_bytes, check_file, fuel, main, rational
from verified_grpo.checker.check import read_statement
from verified_grpo.checker.reading import read_document
from verified_grpo.cli import main as suite

from . import corpus
from .builder import Json, certificate, seal
from .corpus import accepted
from .edits import edited
from .kinds.expressions import identity
from .kinds.paper_statement.corpus import paper

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in ("reports/certificates", "tests/certificates/accepted", "atlases")
    for path in sorted((ROOT / folder).glob("[!.]*.json"))
]
SECONDS = 20  # on a busy machine; what is declined takes far less
MARGIN = 8
GOOD = str(corpus.FOLDER / "accepted/limit-falls.json")


def too_many_steps() -> Json:
    run = edited(accepted()["limit-rises"], "evidence", "steps", value=15_600_000)
    return edited(run, "evidence", "bits", value=16)


def too_many_cells() -> Json:
    run = edited(accepted()["limit-falls"], "evidence", "cells", value=31_000_000)
    return edited(run, "evidence", "bits", value=16)


def a_thousand_parts() -> Json:
    """Each of them would be affordable."""
    dear = edited(accepted()["limit-falls"], "evidence", "cells", value=20_000)
    assert priced(dear) < fuel.DEFAULT / 100
    return paper("formal part established; verdict not carried", [("supports", "one of many", dear)] * 1000)


def names(count: int) -> Json:
    variables = [f"x{n}" for n in range(count)]
    return identity(variables, ["+", *variables], ["+", *reversed(variables)])


def huge_weights() -> Json:
    """Denominators without a common factor: their sums would have millions of digits."""
    line = edited(accepted()["chaos-entropy-full-shift"], "evidence", "weights", value=[])
    intervals = [[str(n), f"{n}.5"] for n in range(4096)]
    line = edited(line, "statement", "intervals", value=intervals)
    weights = [f"1/{10**3000 + 2 * n + 1}" for n in range(4096)]
    return edited(line, "evidence", "weights", value=weights)


def a_sea_of_numbers() -> Json:
    """Each of nine characters, and 8,000 bytes long as a fraction."""
    good = accepted()["fixed-points-beta-5"]
    cells = [{"end": f"{n}e-20000", "rule": "positive"} for n in range(1, 200_000) if n % 10]
    return edited(good, "evidence", "cells", value=cells)


def a_chain_of_cuts() -> Json:
    """A tree that is cut 200,000 times on one side: its numbers grow by six bits a cut."""
    return edited(accepted()["cycles-two"], "evidence", "tree", value="s" * 200_000 + "e" * 200_001)


def atlas_tokens() -> Json:
    return edited(accepted()["atlas-wide"], "statement", "cells", value="<" * (60 * 2**20))


def a_wide_grid() -> Json:
    """Cells by columns: 10^10 of them are gone through in the words alone."""
    cuts = [f"0.{n:06d}1" for n in range(300_000, 400_000)]
    region = edited(accepted()["chaos-region"], "statement", "p_ref_cuts", value=cuts)
    region = edited(region, "statement", "parameters", "p_ref", value=[cuts[0], cuts[-1]])
    columns = [f"{2 * n}e-5" for n in range(50_000, 150_000) if n % 5]
    region = edited(region, "statement", "beta_cuts", value=columns)
    region = edited(region, "statement", "parameters", "beta", value=[columns[0], columns[-1]])
    return edited(region, "statement", "cells", value=[[0, n] for n in range(90_000)])


DEAR = {
    made.__name__: made
    for made in (
        too_many_steps,
        too_many_cells,
        a_thousand_parts,
        huge_weights,
        a_sea_of_numbers,
        a_chain_of_cuts,
        atlas_tokens,
        a_wide_grid,
    )
} | {"thousands_of_names": lambda: names(12_000)}


@pytest.mark.parametrize("name", DEAR)
def test_what_would_take_hours_is_declined_at_once(name: str) -> None:
    data = seal(DEAR[name]())
    start = time.process_time()
    verdict = check_bytes(data)
    assert verdict.code is Code.TOO_MUCH_WORK, verdict
    assert time.process_time() - start < SECONDS
    assert "give more with --fuel" in verdict.message or "statement.variables: more than" in verdict.message


def test_a_few_names_are_no_work() -> None:
    assert check_bytes(seal(names(8))).code is Code.ACCEPTED


def spent(data: bytes, arithmetic: str | None = None) -> tuple[int, Verdict]:
    """What a check takes out of a purse, found by halving what is given."""
    with pytest.MonkeyPatch.context() as patch:
        purses: list[fuel.Purse] = []

        class Seen(fuel.Purse):
            def __init__(self, given: int) -> None:
                super().__init__(given)
                purses.append(self)

        patch.setattr(fuel, "Purse", Seen)
        verdict = check_bytes(data, arithmetic)
    return purses[0].given - purses[0].left, verdict


class Stopped(Exception):
    """A check that has paid and was not let on."""


def priced(document: dict[str, Any]) -> int:
    """What a certificate costs, without its check."""

    def settle(purse: fuel.Purse, amount: int) -> None:
        purse.left -= amount
        raise Stopped

    with pytest.MonkeyPatch.context() as patch, fuel.fuelled(10**20) as purse:
        patch.setattr(fuel.Purse, "settle", settle)
        with contextlib.suppress(Stopped):
            read_statement(document["statement"]).check(document["evidence"])
        return purse.given - purse.left


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_committed_certificate_is_cheap_enough(path: Path) -> None:
    document = read_document(path.read_bytes())
    evidence = document["evidence"]
    assert isinstance(evidence, dict)
    if evidence["rule"] != "parts":
        assert MARGIN * priced(document) < fuel.DEFAULT
    else:
        assert MARGIN * spent(path.read_bytes())[0] < fuel.DEFAULT


@pytest.mark.parametrize("name", accepted())
def test_no_check_does_more_than_it_pays_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every operation of the second arithmetic is rounded, and counted there."""
    done, rounded = [0], rational.rounded

    def counted(low: int, high: int, exponent: int) -> rational.Span:
        done[0] += 1
        return rounded(low, high, exponent)

    monkeypatch.setattr(rational, "rounded", counted)
    paid, verdict = spent(seal(accepted()[name]), "rational")
    assert verdict.code is Code.ACCEPTED
    assert done[0] * fuel.price(64) <= paid


def test_less_fuel_declines_and_more_accepts() -> None:
    data = seal(accepted()["fixed-points-beta-5"])
    paid, _ = spent(data)
    short, enough = check_bytes(data, fuel=paid - 1), check_bytes(data, fuel=paid)
    assert (short.code, enough.code) == (Code.TOO_MUCH_WORK, Code.ACCEPTED)
    assert f"of {paid - 1:,} are left" in short.message


def test_the_parts_of_a_statement_have_one_purse() -> None:
    part = accepted()["fixed-points-beta-5"]
    one, _ = spent(seal(paper("holds", [("supports", "", part)])))
    five, _ = spent(seal(paper("holds", [("supports", "", part)] * 5)))
    assert 4 * one < five < 6 * one


def test_nothing_is_left_in_force_and_nothing_counts_outside() -> None:
    check_bytes(seal(accepted()["identity-bmax"]), fuel=1)
    assert fuel._purse.get() is None
    fuel.pay_for_operations(10**30, 10**6)


def test_what_nobody_pays_for_is_affordable() -> None:
    """Without a purse no check is begun to see what it costs."""
    fuel.require_affordable([lambda: pytest.fail("begun")])


def test_fuel_on_the_command_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--fuel", "1000", GOOD]) == 2
    assert "DECLINED [too-much-work]" in capsys.readouterr().out
    assert main(["--fuel", "1000000000000", GOOD]) == 0
    for wrong in ("0", "-5", "1e9", "", "1.5", "٣"):
        assert main(["--fuel", wrong, GOOD]) == 64, wrong
    assert main([GOOD, "--fuel"]) == 64
    for given, code in (("1000", 2), ("1000000000000", 0), ("1e9", 64)):
        with pytest.raises(SystemExit) as ended:
            suite(["check", "--fuel", given, GOOD])
        assert ended.value.code == code, given


def test_a_file_that_cannot_be_read_stops_none_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor does one that is no text, or asks for too much, or has a name that is no text."""
    bad = {
        "binary": b"\xff\xfe\x00",
        "empty": b"",
        "latin": b'{"a": "\xe9"}',
        "steps": seal(too_many_steps()),
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    strange = tmp_path / "na\udcffme\n"
    strange.write_bytes(b"{}")
    paths = [str(tmp_path), *(str(tmp_path / name) for name in (*bad, "missing")), str(strange)]
    assert main([*paths, GOOD]) == 1
    shown = capsys.readouterr().out
    assert sum(": ACCEPTED [" in line for line in shown.splitlines()) == 1
    assert sum(": DECLINED [unreadable-file]" in line for line in shown.splitlines()) == 2
    assert len([line for line in shown.splitlines() if "[" in line and "ED [" in line]) == len(paths) + 1


def test_a_start_of_thousands_of_digits_is_no_exception() -> None:
    """Python writes no whole number of more than 4,300 digits; the words say it as the file does."""
    start = edited(accepted()["chaos-li-yorke-logit"], "statement", "start", value={"logit": "1e-5000"})
    verdict = check_bytes(seal(start))
    assert verdict.code is Code.IMAGE_NOT_ENCLOSED
    assert "x at L = 1e-5000 has" in verdict.statement_text


def test_the_readers_pay_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim that was read costs no more for being asked its price first."""
    document = certificate(accepted()["limit-falls"]["statement"], accepted()["limit-falls"]["evidence"])
    assert priced(document) == spent(seal(document))[0]
    assert check_file(GOOD).code is Code.ACCEPTED
