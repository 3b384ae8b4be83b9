"""A worked example of `docs/extending.md`, applied to a copy of the package as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/extending.md").read_text()
SECONDS = 600


@dataclass(frozen=True)
class Recipe:
    """The text of one example."""

    text: str

    @classmethod
    def of(cls, title: str) -> Recipe:
        """By its title, up to the next one."""
        return cls(PAGE.split(f"## Worked example: {title}\n", 1)[1].split("\n## ", 1)[0])

    def blocks(self, language: str) -> Iterator[str]:
        """The fenced blocks in a language, in the page's order."""
        for found in re.finditer(rf"^```{language}\n(.*?)^```$", self.text, flags=re.DOTALL | re.MULTILINE):
            yield found[1]

    def new_files(self) -> dict[str, str]:
        """By their paths, which are the first lines."""
        files = {}
        for block in self.blocks("python"):
            if match := re.match(r"# (\S+\.py)\n", block):
                files[match[1]] = block[match.end() :]
        return files

    def changed_files(self) -> list[str]:
        """The files that get rows."""
        return [block.splitlines()[0].removeprefix("--- ") for block in self.blocks("diff")]

    def applied(self, folder: Path, *tests: str) -> Path:
        """A copy of the package with the example in it, and these folders of tests; compiled as far as they
        are, for files of other lengths than they were compiled from are compiled anew."""
        for room in ("verified_grpo", *tests):
            shutil.copytree(ROOT / room, folder / room)
        for path, text in self.new_files().items():
            assert not (folder / path).exists()
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        for block in self.blocks("diff"):
            head, _, change = block.partition("\n")
            table = folder / head.removeprefix("--- ")
            table.write_text(patched(table.read_text(), change))
        return folder


def patched(text: str, change: str) -> str:
    """A change in the page's form: lines begin with -, + or a space, hunks are separated by @@."""
    for hunk in change.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in ("- ", "+ "))
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Python in a copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def run_tests(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Pytest in a copy, with no settings but these."""
    return run(
        folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".", *words
    )


def require_clean(folder: Path, files: list[str], *tools: tuple[str, ...]) -> None:
    """By the linter, and by other tools, under the package's own settings."""
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for tool in (("ruff", "check", "--no-cache"), ("ruff", "format", "--check", "--no-cache"), *tools):
        done = run(folder, "-m", *tool, *files)
        assert done.returncode == 0, done.stdout
