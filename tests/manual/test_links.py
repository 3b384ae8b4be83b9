"""The manual's links into the laboratory ask what the example beside them asks."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from docutils import nodes  # type: ignore[import-untyped]
from docutils.utils import new_document  # type: ignore[import-untyped]

from verified_grpo.answers.questions import question_bytes
from verified_grpo.cli import main
from verified_grpo.laboratory.asking import read
from verified_grpo.laboratory.linking import fragment, question
from verified_grpo.model.pulls import Pull

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = sorted(
    {
        line.strip().removeprefix("$ ").partition("#")[0].strip()
        for page in DOCS.glob("*.md")
        for line in page.read_text().splitlines()
        if line.strip().removeprefix("$ ").startswith("verified-grpo ")
    }
)
LINKED = [line for line in EXAMPLES if fragment(shlex.split(line))]


@pytest.fixture(scope="module")
def conf() -> ModuleType:
    spec = importlib.util.spec_from_file_location("conf", DOCS / "conf.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _taken(words: list[str], option: str) -> str | None:
    """The value of an option, which leaves the words with it."""
    if option not in words:
        return None
    at = words.index(option)
    value = words[at + 1]
    del words[at : at + 2]
    return value


def test_many_examples_lead_into_the_laboratory() -> None:
    assert len(LINKED) >= 15
    assert {shlex.split(line)[1] for line in LINKED} == {"limit", "fixed-points"}


@pytest.mark.parametrize("line", LINKED)
def test_a_link_asks_what_the_example_asks(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command's own reading of its options against the page's reading of the address."""
    posed, _ = read(question(f"laboratory/index.html#{fragment(shlex.split(line))}"))
    words = shlex.split(line)[1:]
    taken = {
        option: _taken(words, option) for option in ("--kl", "--kl-clamp", "--drop-dead-groups", "--out")
    }
    dropped = taken["--drop-dead-groups"]
    of_words = Pull.of(
        taken["--kl"] or "reverse", clamp=taken["--kl-clamp"], dead_groups=int(dropped) if dropped else None
    )
    assert posed.pull == of_words
    with pytest.raises(SystemExit) as end:
        main(["question", "limit", *words[1:]])  # one recursion, of which both commands tell
    told = capsys.readouterr()
    if end.value.code == 64:  # an example of what is refused; the page says why, too
        assert "not known to be > 0" in told.err
        return
    of_page = question_bytes("limit", posed.contrast, posed.asked.recursion, {"start": "p_ref"})
    assert told.out.encode() == of_page


@pytest.mark.parametrize(
    "line",
    [
        "verified-grpo limit --beta 5 --eps 1e-5 --p-ref 0.001 --reach 0.5",
        "verified-grpo limit --beta 5 --eps 1e-5",
        "verified-grpo limit --beta 5 --beta 6 --eps 1e-5 --p-ref 0.001",
        "verified-grpo limit --beta 0.1.2 --eps 1e-5 --p-ref 0.001",
        "verified-grpo audit --property contraction --beta 61:100 --eps 1e-5 --p-ref 0.1",
        "verified-grpo limit --beta 5 --eps 1e-5 --p-ref",
        "verified-grpo",
    ],
)
def test_what_the_page_does_not_answer_has_no_link(line: str) -> None:
    assert fragment(shlex.split(line)) == ""


def test_the_page_and_the_link_agree_on_how_an_address_is_read() -> None:
    """Signs that an address has for itself are escaped: a plus, a space, an ampersand."""
    asked = fragment(
        ["verified-grpo", "limit", "--omega", "1/(p + eps)", "--beta", "5", "--eps", "1", "--p-ref", "1/2"]
    )
    assert not re.search(r"[ &]\(|\+ ", asked.replace("+%2B+", ""))
    assert json.loads(question(f"#{asked}"))["omega"] == "1/(p + eps)"


def test_links_stand_after_examples_only_where_the_laboratory_is(conf: ModuleType) -> None:
    text = (
        "verified-grpo limit --beta 5 --eps 1e-5 --p-ref 0.001 --out limit.json\n"
        "verified-grpo fixed-points --beta 5 --eps 1e-5 --p-ref 0.001\n"
        "verified-grpo limit --beta 1 --eps 1e-5 --p-ref 0.001    # a remark\n"
        "verified-grpo check limit.json"
    )
    for laboratory, count in (("", 0), ("../laboratory/index.html", 2)):
        document = new_document("page")
        document += nodes.literal_block(text, text)
        conf.link_to_laboratory(SimpleNamespace(config=SimpleNamespace(laboratory=laboratory)), document)
        found = [link["refuri"] for link in document.findall(nodes.reference)]
        assert len(found) == count
        assert all(link.startswith(f"{laboratory}#beta=") for link in found)
