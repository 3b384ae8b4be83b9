"""The page of the API says where each name is imported from, and leaves none of the public ones out."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

import verified_grpo

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
DIRECTIVE = re.compile(
    r"^\.\. (automodule|currentmodule|autofunction|autoclass):: (\S+)\n((?:   \S.*\n)*)", re.MULTILINE
)


def documented() -> list[tuple[str, str]]:
    """Module and name, as the page has them; of a module all of whose members it shows, each public one."""
    found, current = [], ""
    for kind, name, options in DIRECTIVE.findall(PAGE):
        if kind in ("automodule", "currentmodule"):
            current = name
        else:
            found.append((current, name))
        members = re.search(r"^   :members:(.*)$", options, re.MULTILINE)
        if kind == "automodule" and members:
            names = [word.strip() for word in members.group(1).split(",") if word.strip()]
            found += [(name, member) for member in names or public(name)]
    return found


def public(name: str) -> list[str]:
    """What autodoc shows of a module: its own functions and classes that have a docstring."""
    module = importlib.import_module(name)
    own = [(word, given) for word, given in vars(module).items() if not word.startswith("_")]
    return [
        word
        for word, given in own
        if (inspect.isfunction(given) or inspect.isclass(given))
        and given.__module__ == name
        and given.__doc__
    ]


@pytest.mark.parametrize(("module", "name"), documented())
def test_a_name_is_importable_from_where_the_page_says(module: str, name: str) -> None:
    given = getattr(importlib.import_module(module), name)
    assert inspect.getdoc(given), f"{module}.{name} says nothing of itself"


def test_many_names_are_documented() -> None:
    assert len(documented()) > 150
    assert len(set(documented())) == len(documented())


def test_every_public_name_is_listed_and_described() -> None:
    listed = re.search(r"importable from `verified_grpo`:\n\n(.*?)\n\n", PAGE, re.DOTALL)
    assert listed is not None
    names = re.findall(r"`(\w+)`", listed.group(1))
    assert names == sorted(verified_grpo.__all__, key=str.lower)
    described = [getattr(importlib.import_module(module), name) for module, name in documented()]
    callables = [name for name in names if callable(getattr(verified_grpo, name))]
    missing = [name for name in callables if getattr(verified_grpo, name) not in described]
    assert missing == []


def test_each_public_name_has_a_docstring_that_help_shows() -> None:
    for name in verified_grpo.__all__:
        given = getattr(verified_grpo, name)
        if callable(given):
            assert inspect.getdoc(given), name


@pytest.mark.parametrize("method", ["fixed_points", "limit", "passage", "trajectory", "certify", "atlas"])
def test_help_of_a_question_has_an_example(method: str) -> None:
    assert ">>> " in (inspect.getdoc(getattr(verified_grpo.Prompt, method)) or "")
