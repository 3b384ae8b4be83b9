"""How the manual is built: Sphinx with MyST and Furo; formulas become MathML, so no page loads a script from
elsewhere. `make manual` treats every warning as an error.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert

import verified_grpo
from verified_grpo.laboratory.linking import fragment
from verified_grpo.report.html.font import math_font

sys.path.insert(0, str(Path(__file__).parent))
from notebook_pages import NotebookParser  # beside this file

project = "verified-grpo"
author = "The verified-grpo developers"
copyright = author
version = release = verified_grpo.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown", ".ipynb": "notebook"}
exclude_patterns = ["pictures"]
# Links to files of the repository that are no pages of the manual.
suppress_warnings = ["myst.xref_missing", "myst.header"]
nitpicky = False

myst_enable_extensions = ["dollarmath", "deflist", "fieldlist"]
myst_heading_anchors = 3


def _written_font() -> Path:
    """The font of formulas, as a file for the site."""
    path = Path(__file__).parents[1] / "build" / "math.woff"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(math_font())
    return path


html_theme = "furo"
html_title = "verified-grpo"
html_static_path = ["_static", str(_written_font())]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_copyright = False
html_math_renderer = "mathml"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
default_role = "literal"

_SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Yields|Example|Examples):$")
_ITEM = re.compile(r"\s*\* ")
_CODE = re.compile(r"(``.+?``|`[^`]+`)")


def reword(app: object, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Docstrings are plain text with backquotes; what reStructuredText would read as markup is escaped, and
    an indented block is code.
    """
    lines[:] = list(_worded(lines))


def _worded(lines: list[str]) -> list[str]:
    made: list[str] = []
    section, example = False, False
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        section = bool(_SECTION.match(line)) or (section and (not line or line.startswith(" ")))
        example = (example and bool(line)) or line.lstrip().startswith(">>>")
        indented = line.startswith("    ") and not section and not example
        if indented and not before.strip():
            made += [".. code-block:: text", ""]
        made.append(line if indented or example or _SECTION.match(line) else _escaped(line))
    return made


def _escaped(line: str) -> str:
    mark = _ITEM.match(line)  # a star that starts an item of a list stays one
    start = mark.group() if mark else ""
    pieces = _CODE.split(line.removeprefix(start))
    return start + "".join(
        p if k % 2 else re.sub(r"([*|\\]|(?<=\w)_(?!\w))", r"\\\1", p) for k, p in enumerate(pieces)
    )


_PRIME = re.compile(r"<msup>(<mi>[^<]*</mi>)<mi>&#x02032;</mi></msup>")


def _mathml(latex: str, display: str) -> str:
    """A prime is a raised sign already: as a superscript it would be raised twice."""
    return _PRIME.sub(r"<mrow>\1<mi>&#x02032;</mi></mrow>", convert(latex, display=display))


def _inline(translator: Any, node: nodes.math) -> None:
    translator.body.append(_mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def _block(translator: Any, node: nodes.math_block) -> None:
    translator.body.append(f'<div class="math">{_mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def link_to_laboratory(app: Any, doctree: nodes.document) -> None:
    """After examples whose numbers the laboratory takes: links into it, if the manual lies beside it."""
    if not app.config.laboratory:
        return
    for block in list(doctree.findall(nodes.literal_block)):
        lines = [line.strip().removeprefix("$ ").partition("#")[0] for line in block.astext().splitlines()]
        typed = [line for line in lines if line.startswith("verified-grpo ")]
        links = {fragment(shlex.split(line)): line for line in reversed(typed)}
        links.pop("", None)
        if not links:
            continue
        said = nodes.paragraph("", "In the laboratory: ", classes=["laboratory"])
        for number, (asked, line) in enumerate(reversed(links.items())):
            words = line.removeprefix("verified-grpo ").strip() if len(typed) > 1 else "ask this"
            said += [nodes.Text("; ")] if number else []
            said += nodes.reference("", words, refuri=f"{app.config.laboratory}#{asked}", internal=False)
        block.parent.insert(block.parent.index(block) + 1, said)


def present(app: Any, name: str, source: list[str]) -> None:
    """The index names every page that there may be: those that are not written are left out, and pages that
    it does not name come last.
    """
    if name == "index":
        pages = {path.stem for path in Path(app.srcdir).glob("*.md")} - {"index"}
        lines = source[0].splitlines()
        named = {line for line in lines if re.fullmatch(r"[a-z-]+", line)}
        more = ["", "```{toctree}", ":caption: More", ":maxdepth: 1", "", *sorted(pages - named), "```"]
        kept = [line for line in lines if line not in named - pages]
        source[0] = "\n".join([*kept, *(more if pages - named else [])])


def setup(app: Any) -> None:
    """Sphinx calls this."""
    app.add_source_parser(NotebookParser)
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))
    app.connect("source-read", present)
    app.add_config_value("laboratory", "", "env", [str])
    app.connect("doctree-read", link_to_laboratory)
    # Before Napoleon, which runs at 500.
    app.connect("autodoc-process-docstring", reword, priority=400)
