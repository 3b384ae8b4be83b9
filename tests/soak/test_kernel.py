"""What is counted for a kind is all that checks it: written out by itself it gives the same verdicts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from soak import kernel
from soak.ledger import ROOT
from tests.checker.corpus import codes, files, fixture

CODES = codes()
LONGEST, WITH_APART = 1670, 2500
"""Lines of code of the longest kind: facts of contrasts and what is printed are part of what is trusted; and
with the contrasts that are for their own certificates alone."""
PARTS = ("amplification", "fixed-points", "identity", "inequality", "limit", "uniqueness")
RUN = """
import json, sys
from verified_grpo.checker.check import check_bytes
verdicts = {}
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        verdicts[path] = check_bytes(file.read(), sys.argv[1]).code.value
print(json.dumps(verdicts))
"""


def kind_of(name: str) -> object:
    statement = json.loads(files()[name][1]).get("statement")
    return statement.get("kind") if isinstance(statement, dict) else None


BY_KIND = {name: kind_of(name) for name in CODES if not name.startswith("malformed/")}


@pytest.mark.parametrize(
    ("kind", "arithmetic"), [*((kind, "arb") for kind in kernel.KINDS), ("fixed-points", "rational")]
)
def test_what_is_written_for_a_kind_gives_the_whole_checker_s_verdicts(
    kind: str, arithmetic: str, tmp_path: Path
) -> None:
    kernel.write([kind, *(PARTS if kind == "paper-statement" else ())], tmp_path, arithmetic)
    names = [name for name, found in BY_KIND.items() if found == kind]
    assert {"accepted", "rejected"} <= {name.partition("/")[0] for name in names}
    paths = [str(fixture(name)) for name in names]
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{RUN}"]
    done = subprocess.run([*command, arithmetic, *paths], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert list(json.loads(done.stdout).values()) == [CODES[name] for name in names]


def test_what_a_kind_does_not_need_is_not_counted() -> None:
    assert not any(name.startswith("contrasts") for name in kernel.kernel(["identity"]))
    assert "trees" not in kernel.kernel(["fixed-points"])
    assert "line" not in kernel.kernel(["contraction"])
    plain = kernel.kernel(["fixed-points"], without=kernel.APART)
    assert "class Group" not in plain.get("contrasts.group", "")
    assert "class MeanStd" in plain["contrasts.mean_std"]
    assert kernel.total(plain)["code"] < kernel.total(kernel.kernel(["fixed-points"]))["code"]


def test_a_kernel_can_be_read_in_an_afternoon() -> None:
    for kind in kernel.KINDS:
        assert kernel.total(kernel.kernel([kind], without=kernel.APART))["code"] <= LONGEST, kind
        assert kernel.total(kernel.kernel([kind]))["code"] <= WITH_APART, kind


def test_lines_of_code_are_neither_blank_nor_comment_nor_docstring() -> None:
    source = '"""One.\n\nTwo."""\n\n# three\nx = 1\n\n\ndef f() -> int:\n    """Four."""\n    return x\n'
    assert kernel.lines(source) == {"lines": 7, "code": 3}


def test_the_command_writes_a_package_and_says_how_long_it_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "soak.kernel", str(tmp_path), "identity"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    counted = kernel.total(
        {p.stem: p.read_text() for p in (tmp_path / "verified_grpo/checker").glob("[!_]*.py")}
    )
    assert f"{counted['lines']} lines, {counted['code']} of them code" in done.stderr
