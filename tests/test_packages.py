"""The project files: one version, no link that a package index cannot follow; .ci/installs tries the rest."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from packaging.specifiers import SpecifierSet

from verified_grpo import __version__, atlases
from verified_grpo.answers.atlas.standard import small_step_atlases, standard_atlases
from verified_grpo.report.pages import citation

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT, ROOT / "packaging/checker")
each = pytest.mark.parametrize("folder", FOLDERS, ids=["suite", "checker"])


def project(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    return loaded


@each
def test_one_version_of_all(folder: Path) -> None:
    assert project(folder)["project"]["version"] == __version__


@each
def test_what_an_index_shows_has_no_picture_and_no_relative_link(folder: Path) -> None:
    text = (folder / project(folder)["project"]["readme"]).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert all(link.startswith("https://arxiv.org/") for link in links)
    assert "![" not in text
    assert "<img" not in text


def test_what_the_lock_names_runs_on_the_first_python_that_is_promised() -> None:
    first = project(ROOT)["project"]["requires-python"].removeprefix(">=")
    names = re.findall(
        r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    wanted = {name: str(metadata(name).json.get("requires_python", "")) for name in names}
    assert len(wanted) > 100
    assert not {name: asked for name, asked in wanted.items() if f"{first}.0" not in SpecifierSet(asked)}


def test_the_checker_s_packages_are_all_of_its_folders() -> None:
    folders = (ROOT / "verified_grpo/checker").rglob("__init__.py")
    names = {".".join(path.parent.relative_to(ROOT).parts) for path in folders}
    settings = project(ROOT / "packaging/checker")
    assert set(settings["tool"]["setuptools"]["packages"]) == names
    assert settings["project"].get("dependencies", []) == []


def test_the_standard_atlases_are_package_data() -> None:
    files = atlases.certificates()
    assert files[0].name == "eps-1e-5.json"
    assert {file.stem for file in files} == {*standard_atlases(), *small_step_atlases()}
    assert (ROOT / "atlases").resolve() == atlases.FOLDER


def test_how_to_cite_is_said_alike() -> None:
    """The file that a forge reads, and the BibTeX that reports open with."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    (paper,) = cited["references"]
    (author,) = paper["authors"]
    (identifier,) = paper["identifiers"]
    assert cited["version"] == __version__
    assert paper["title"] == citation.TITLE
    assert f"{author['given-names']} {author['family-names']}" == citation.AUTHOR
    bibtex = "\n".join(citation.PAPER)
    assert f"year = {{{paper['year']}}}" in bibtex
    assert f"eprint = {{{identifier['value'].removeprefix('arXiv:')}}}" in bibtex
