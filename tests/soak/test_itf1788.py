"""The runner for ITF1788, on statements written here."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from soak import itf1788
from soak.itl import Statement, statements, value
from verified_grpo.intervals import ArrayEngine, MpmathEngine

TEXT = """
/* add [1.0] [2.0] = [9.0]; in a comment */
testcase sums {
    // sub [1.0] [2.0] = [9.0];
    add [2.0, 3.0] [0x1p2, 0X1.8P+2] = [6.0, 9.0];
    mul [-1.0, 2.0]_com [5.0, 5.0]_def = [-5.0, 10.0]_def;
    sqr [-3.0, 1.0] = [0.0, 9.0];
    exp [-infinity, 0.0] = [0.0, 1.0];
    neg [1.0, infinity] = [-infinity, -1.0];
}
testcase domains {
    sqrt [-1.0, 4.0] = [0.0, 2.0];
    log [-2.0, -1.0] = [empty];
    div [1.0, 2.0] [0.0, 1.0] = [1.0, infinity];
    recip [0.0, 0.0] = [empty];
    pown [-1.0, 1.0] -2 = [1.0, infinity];
    intersection [1.0, 2.0] [3.0, 4.0] = [empty];
}
testcase others {
    add [empty] [1.0, 2.0] = [empty];
    add [1.0,2.0]_ill [1.0,2.0] = [nai] signal UndefinedOperation;
    isCommonInterval [1.0, infinity] = false;
    inf [-2.0, 4.0] = -2.0;
    sup [2.0, infinity] = +infinity;
    sin [0.0, 0.0] = [0.0, 0.0];
    dot_nearest {1.0, 2.0} {3.0, 4.0} = 11.0;
}
"""


def test_statements_are_read() -> None:
    found = list(statements(TEXT))
    assert len(found) == 18
    assert found[0] == Statement("add", ("[2.0, 3.0]", "[0x1p2, 0X1.8P+2]"), "[6.0, 9.0]")
    assert found[9] == Statement("pown", ("[-1.0, 1.0]", "-2"), "[1.0, infinity]")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("[1.5, 0x1P+4]_com", (1.5, 16.0)),
        ("[2.5]", (2.5, 2.5)),
        ("[entire]", (-math.inf, math.inf)),
        ("[ -infinity , 0.1 ]_trv", (-math.inf, 0.1)),
        ("[empty]", None),
        ("[nai]", None),
        ("[1.0, 2.0]_ill", None),
        ("true", True),
        ("-infinity", -math.inf),
        ('"[1, 2]"', None),
    ],
)
def test_values_are_read(text: str, given: Any) -> None:
    assert value(text) == given


def test_no_engine_violates_these() -> None:
    total, counts = itf1788.run([TEXT])
    assert total == 18
    for name, count in counts.items():
        assert count.violated == 0, count.examples
        assert count.applicable == (14 if name.startswith("array") else 13)
        assert count.outside == (6 if name.startswith("array") else 5)
    assert counts["array"].tightest == 8
    assert counts["mpmath"].tightest == 8


@pytest.mark.parametrize("name", ["mpmath", "arb", "array", "array, by Arb"])
@pytest.mark.parametrize(
    "wrong",
    [
        "add [2.0, 3.0] [4.0, 6.0] = [6.0, 9.5];",
        "mul [2.0, 3.0] [4.0, 6.0] = [8.0, 19.0];",
        "sqrt [4.0, 9.0] = [empty];",
        "isCommonInterval [1.0, 2.0] = false;",
        "sup [1.0, 2.0] = 2.5;",
    ],
)
def test_a_statement_that_an_engine_does_not_keep_is_told(name: str, wrong: str) -> None:
    _, counts = itf1788.run([wrong])
    assert counts[name].violated == 1
    assert counts[name].examples


@pytest.mark.parametrize(("engine", "name"), [(MpmathEngine, "mpmath"), (ArrayEngine, "array")])
def test_an_engine_that_speaks_outside_its_domain_is_caught(
    engine: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "sqrt", lambda self, a: self.exact(1))
    _, counts = itf1788.run(["sqrt [-1.0, 4.0] = [0.0, 2.0];"])
    assert counts[name].violated == 1


def test_the_command_writes_the_table_between_its_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, folder = tmp_path / "page.md", tmp_path / "src/itl"
    folder.mkdir(parents=True)
    (folder / "a.itl").write_text(TEXT)
    page.write_text(f"before\n{itf1788.BEGIN}\nold\n{itf1788.END}\nafter\n")
    monkeypatch.setattr(itf1788, "PAGE", page)
    assert itf1788.main([str(tmp_path)]) == 0
    text = page.read_text()
    assert "old" not in text
    assert "ITF1788 has 18 statements" in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    (folder / "b.itl").write_text("add [1.0] [1.0] = [3.0];")
    assert itf1788.main([str(tmp_path)]) == 1
    assert itf1788.main([str(tmp_path / "nowhere")]) == 64


def test_the_page_has_the_marks() -> None:
    text = itf1788.PAGE.read_text()
    assert text.count(itf1788.BEGIN) == text.count(itf1788.END) == 1
    assert "| `array` |" in text
