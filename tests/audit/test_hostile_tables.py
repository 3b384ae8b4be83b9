"""Tables whose names are written to break out: of HTML, Markdown, print, the terminal and the line.

The name of a prompt, of a column and of a file reach every report and the terminal as text, and the written
table as they were.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.report.test_audit_pages import Elements, tokens
from verified_grpo.audit.pass_rates.tally import Tally
from verified_grpo.characters import visible
from verified_grpo.cli import main
from verified_grpo.report.audits.pass_rates_picture import before_and_after

ROOT = Path(__file__).parents[2]
VARIANT = ("--beta", "5", "--eps", "1e-5")
MARKUP = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- &lt;b&gt; {{7*7}} {% raw %}",
    "| a | b |",
    "`` ` ``` ](javascript:alert(1)) [x](javascript:alert(2))",
    '#read("/etc/passwd") $x$ \\ ] #panic()',
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "[/bold] [red]x[/red] :smile:",
)
CONTROLS = (
    "bell\x07 back\x08\x08 \x1b[31mred\x1b]0;title\x07",
    "a\u202etxt.exe\u2066 \u200b",
    "two\nlines\r\nthree\x0b\u2028four",
    "nul\x00nul",
)
LONG = ("x" * 10_000, "a word " * 1500)
NAMES = MARKUP + CONTROLS + LONG


@pytest.fixture(scope="module")
def picture() -> Callable[[Tally], bytes]:
    """Draws once, for whichever table comes first: a picture shows counts, and none of the names."""
    drawn: list[bytes] = []

    def draw(tally: Tally) -> bytes:
        if not drawn:
            drawn.append(before_and_after(tally))
        return drawn[0]

    return draw


@pytest.fixture(autouse=True)
def _one_picture(monkeypatch: pytest.MonkeyPatch, picture: Callable[[Tally], bytes]) -> None:
    monkeypatch.setattr("verified_grpo.report.audits.pass_rates.before_and_after", picture)


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code and everything that reached the terminal, which holds no character that it would obey."""
    with pytest.raises(SystemExit) as end:
        main(["audit", *words])
    out, err = capfd.readouterr()
    for line in (out + err).split("\n"):
        assert line.isprintable(), line
    assert max(map(len, out.splitlines()), default=0) <= 80
    assert "Traceback" not in err
    return int(str(end.value.code)), out + err


def written(folder: Path, suffix: str, names: dict[str, list[object]]) -> Path:
    path, frame = folder / f"t{suffix}", pl.DataFrame(names)
    writers: dict[str, Callable[[Path], object]] = {
        ".csv": frame.write_csv,
        ".jsonl": frame.write_ndjson,
        ".parquet": frame.write_parquet,
    }
    writers[suffix](path)
    return path


def read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_ndjson(path) if path.suffix == ".jsonl" else pl.read_csv(path, infer_schema=False)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_names_of_prompts_come_back_as_they_were(
    suffix: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A formula of a spreadsheet, too: the table is data, and a name with a quote before it another name."""
    table = written(tmp_path, suffix, {"prompt": [*NAMES], "k": [0] * len(NAMES), "n": [8] * len(NAMES)})
    for kind in (".csv", ".jsonl", ".parquet"):
        assert run(capfd, "--pass-rates", str(table), *VARIANT, "--out", str(tmp_path / f"o{kind}"))[0] == 0
        found = read(tmp_path / f"o{kind}")
        assert found["prompt"].to_list() == [*NAMES]
        # What the audit adds begins like no formula, but for the sign of a number.
        for name in found.columns:
            assert name[0].isalpha()
            if name.startswith("certified_"):
                values = map(str, found[name].drop_nulls())
                assert all(re.match(r"[0-9a-z]|-(\d|inf)", value) for value in values)


def test_names_of_prompts_are_text_in_html_and_markdown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for part in (NAMES[:8], NAMES[8:]):  # as many as a report lists
        table = written(tmp_path, ".csv", {"prompt": [*part], "k": [0] * len(part), "n": [8] * len(part)})
        for form in ("html", "md"):
            out = str(tmp_path / "o.csv")
            assert run(capfd, "--pass-rates", str(table), *VARIANT, "--out", out, "--format", form)[0] == 0
        page, text = (tmp_path / "o.html").read_text(), (tmp_path / "o.md").read_text()
        elements = Elements(page)
        assert not elements.seen & {"img", "onerror", "iframe", "form", "b"}
        assert page.count("<script") == 1
        shown = [visible(name)[:150].strip() for name in part]
        cells = [cell.strip() for cell in elements.cells]
        assert all(any(cell.startswith(name) for cell in cells) for name in shown)
        read_as = tokens(text)
        assert not {"link_open"} & {token.type for token in read_as}
        assert sum(token.type == "image" for token in read_as) == 1  # the picture of the report
        spans = [token.content for token in read_as if token.type == "code_inline"]
        assert all(any(span.startswith(name) for span in spans) for name in shown)
        raw = "".join(token.content for token in read_as if token.type.startswith("html"))
        assert set(re.findall(r"<(\w+)", raw)) <= {"a"}  # the anchors of headings
        for shown_text in (page, text):
            assert all(c.isprintable() or c in "\n" for c in shown_text)
        assert len(text) < 12_000  # a long name is shortened


def test_names_of_prompts_are_text_in_print(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = NAMES[3:8] + CONTROLS[:1] + LONG
    table = written(tmp_path, ".csv", {"prompt": [*names], "k": [0] * len(names), "n": [8] * len(names)})
    words = ("--out", str(tmp_path / "o.csv"), "--format", "pdf")
    assert run(capfd, "--pass-rates", str(table), *VARIANT, *words)[0] == 0
    data = (tmp_path / "o.pdf").read_bytes()
    assert not re.search(rb"/(JavaScript|JS|Launch|URI|EmbeddedFile|OpenAction)\b", data)
    try:
        done = subprocess.run(
            ["pdftotext", "-raw", tmp_path / "o.pdf", "-"], capture_output=True, check=True, timeout=60
        )
    except FileNotFoundError:
        pytest.skip("no pdftotext here")
    text = re.sub(r"\s", "", done.stdout.decode())
    assert "root:" not in text
    for name in ("|a|b|", '#read("/etc/passwd")$x$\\]#panic()', '=HYPERLINK("http://evil.example","x")'):
        assert name in text
    assert "](javascript:alert(1))" in text
    assert "[U+001B][31mred" in text


@pytest.mark.parametrize("name", NAMES)
def test_names_of_columns_are_text(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    columns: dict[str, list[object]] = {
        name: ["a", "b"],
        f"{name}k": [0, 3],
        f"{name}n": [8, 8],
        f"other{name}": ["=1", "w"],
    }
    table = written(tmp_path, ".csv", columns)
    # None of them is guessed, and the error names them.
    code, said = run(capfd, "--pass-rates", str(table), *VARIANT)
    assert code == 64
    assert visible(name)[:40].strip() in said
    assert len(said) < 800
    named = ("--prompt", name, "--k", f"{name}k", "--n", f"{name}n", "--out", str(tmp_path / "o.csv"))
    code, _ = run(capfd, "--pass-rates", str(table), *VARIANT, *named, "--format", "html")
    assert code == 0
    assert [x for x in read(tmp_path / "o.csv").columns if not x.startswith("certified_")] == [
        x.replace('"', '""')
        for x in columns  # as Polars reads a header
    ]
    page = (tmp_path / "o.html").read_text()
    assert page.count("<script") == 1
    assert not Elements(page).seen & {"img", "onerror", "b"}
    assert re.sub(r"\s", "", visible(name)[:40]) in re.sub(r"\s", "", Elements(page).text)


@pytest.mark.parametrize("name", [n.replace("/", "_") for n in NAMES if "\0" not in n])
def test_names_of_files_are_text(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    short = name[:100]
    table = tmp_path / f"{short}.csv"
    table.write_text("prompt,k,n\na,0,8\n")
    out = tmp_path / f"{short}.out.csv"
    for form in ("html", "md"):
        code, said = run(capfd, "--pass-rates", str(table), *VARIANT, "--out", str(out), "--format", form)
        assert code == 0
        assert f"table written to {visible(str(out))}" in said
    page = (tmp_path / f"{short}.out.html").read_text()
    assert page.count("<script") == 1
    assert not Elements(page).seen & {"img", "onerror", "b"}
    assert "javascript:" not in {
        token.attrGet("href") for token in tokens(out.with_suffix(".md").read_text())
    }
    code, said = run(capfd, "--pass-rates", f"{table}.missing.csv", *VARIANT)
    assert code == 74
    assert "cannot read" in said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("column", ["k", "rate"])
def test_values_that_are_no_numbers_are_told_as_text(
    name: str, column: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = written(tmp_path, ".csv", {"prompt": ["a", "b"], column: ["1", name], "n": ["8", "8"]})
    code, said = run(capfd, "--pass-rates", str(table), *VARIANT)
    assert code == 64
    assert "row 2: column" in said
    assert said.count("\n") == 1
    assert len(said) < 400 + len(str(table))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.csv", b"prompt,k,n\n\xff\xfe,0,8\n", "UTF-8"),
        ("t.csv", b"pro\xffmpt,k,n\na,0,8\n", "UTF-8"),
        ("t.jsonl", b'{"prompt":"\xff","k":0,"n":8}\n', "UTF-8"),
        ("t.jsonl", b'{"prompt":"a","k":0,"n":8}\n{"prompt":"\\ud800x","k":0,"n":8}\n', "line 2 holds half"),
        ("t.jsonl", b'{"pr\\uDFFF":"x","k":0,"n":8}\n', "line 1 holds half"),
        ("t.jsonl", b'{"prompt":"a","k":"\\ud800","n":8}\n', "line 1 holds half"),
        (os.fsdecode(b"\xff.csv"), b"prompt,k,n\na,0,8\n", "[U+DCFF].csv: the name is not text in UTF-8"),
    ],
)
def test_what_is_not_text_is_refused(
    name: str, data: bytes, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    code, text = run(capfd, "--pass-rates", str(tmp_path / name), *VARIANT, "--out", str(tmp_path / "o.csv"))
    assert code == 64
    assert said in text
    assert not (tmp_path / "o.csv").exists()


def test_an_output_whose_name_is_not_text_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = str(ROOT / "examples" / "pass_rates" / "counts.csv")
    code, said = run(
        capfd, "--pass-rates", table, *VARIANT, "--out", str(tmp_path / os.fsdecode(b"\xff.csv"))
    )
    assert code == 64
    assert "the name is not text in UTF-8" in said


def test_names_of_folders_that_are_no_text_come_out_as_they_are(tmp_path: Path) -> None:
    """The paths on standard output are for programs: their bytes are those of the folder."""
    certificate = ROOT / "tests" / "certificates" / "accepted" / "fixed-points-beta-5.json"
    out = os.fsencode(tmp_path) + b"/\xff"
    done = subprocess.run(
        [sys.executable, "-m", "verified_grpo.cli", "report", certificate, "--out", out],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == out + b"/report.md"


def test_a_check_prints_the_names_of_files_as_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "[" / "red]\x1b[31m:smile:.json"
    path.parent.mkdir()
    path.write_bytes((ROOT / "tests/certificates/accepted/fixed-points-beta-5.json").read_bytes())
    with pytest.raises(SystemExit) as end:
        main(["check", str(path)])
    assert not end.value.code
    assert capfd.readouterr().out.startswith(f'"{tmp_path}/[/red][U+001B][31m:smile:.json": accepted')
