"""The checker imports the standard library and python-flint, and nothing else of the package."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import verified_grpo.checker
from verified_grpo.checker import ARITHMETICS

from .committed import committed
from .corpus import FOLDER, fixture

ROOM = Path(verified_grpo.checker.__file__).parent
ROOT = ROOM.parent.parent

BLOCKED = """
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        inside = name == "verified_grpo" or name.startswith("verified_grpo.checker")
        flint = top == "flint" and "rational" not in sys.argv
        if top in sys.stdlib_module_names or flint or inside:
            return None
        raise ImportError("blocked: " + name)

sys.meta_path.insert(0, Block())
from verified_grpo.checker import main
code = main(sys.argv[1:])
mine = {name for name in sys.modules if name.startswith("verified_grpo") and ".checker" not in name}
assert mine == {"verified_grpo"}, mine
sys.exit(code)
"""


def test_every_import_is_of_the_standard_library_flint_or_the_room() -> None:
    files = list(ROOM.glob("**/*.py"))
    assert len(files) > 10
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, "relative imports would hide where a name comes from"
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                allowed = top in sys.stdlib_module_names or (top == "flint" and path.name == "balls.py")
                assert allowed or name.startswith("verified_grpo.checker"), f"{path.name}: {name}"


def test_nothing_evaluates_text() -> None:
    forbidden = {"eval", "exec", "compile", "__import__", "float", "setattr", "open"}
    for path in ROOM.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in forbidden:
                assert (path.name, node.func.id) in {("check.py", "open"), ("brackets.py", "float")}, path


def test_no_function_leads_back_to_itself() -> None:
    """So no input is too deep for the stack."""
    calls: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for path in ROOM.glob("**/*.py"):
        tree = ast.parse(path.read_text())
        origin = {
            alias.asname or alias.name: ((node.module or "").rpartition(".")[2], alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            made = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            named = {node.id for node in made if isinstance(node, ast.Name)}
            calls[path.stem, function.name] = {origin.get(name, (path.stem, name)) for name in named}
    assert len(calls) > 100
    calls["ranges", "_power"].remove(("ranges", "_power"))  # once, with the exponent's sign turned
    calls["numbers", "ball_minus"].remove(("numbers", "ball"))  # once, with a fraction for a scaled number
    calls["reading", "_written"].remove(("reading", "_written"))  # as deep as a file is let to be
    while ends := [place for place, called in calls.items() if not called & set(calls)]:
        for place in ends:
            del calls[place]
    assert not calls


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize(
    ("arithmetic", "reports"),
    [*((name, False) for name in ARITHMETICS), pytest.param("rational", True, marks=pytest.mark.soak)],
)
def test_it_works_with_every_other_room_and_library_blocked(arithmetic: str, reports: bool) -> None:
    """With "rational" flint is blocked too: the standard library does it all. The shortest of each kind and
    rule; in the one process of the tests, test_corpus.py checks all of them with both."""
    files = [str(FOLDER / "accepted" / f"{name}.json") for name in one_of_each()]
    if reports:  # with Arb the whole checker reads them in tests/cli
        files += sorted(map(str, (ROOT / "reports/certificates").glob("[!.]*.json")))
    done = run("-c", BLOCKED, "--arithmetic", arithmetic, *files)
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.count("ACCEPTED [accepted]") == len(files) > 40


def one_of_each() -> Iterable[str]:
    """Names of accepted certificates, the shortest of each kind, variant and rule."""
    found: dict[tuple[str, str, str], str] = {}
    for name, document in sorted(committed().items(), key=lambda item: len(str(item[1]))):
        claim = document["statement"]
        contrast = claim.get("variant", {}).get("contrast", "")
        found.setdefault((claim["kind"], contrast, document["evidence"]["rule"]), name)
    return found.values()


def test_the_module_runs_by_itself() -> None:
    accepted, rejected = FOLDER / "accepted/amplification.json", fixture("rejected/margin-too-large.json")
    declined = fixture("malformed/other-kind.json")
    for code, files in {
        0: [accepted],
        1: [declined, rejected, accepted],
        2: [accepted, declined],
        64: [],
    }.items():
        assert run("-m", "verified_grpo.checker", *map(str, files)).returncode == code
