"""What a command needs beyond the core, and what to say where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

EXTRAS = {
    "tables": ("omegaconf", "polars", "yaml"),
    "report": ("bokeh", "fontTools", "jinja2", "latex2mathml", "matplotlib", "typst", "ziamath"),
    "paper": ("scipy", "sympy", "z3"),
}
"""Of the distribution, each with the modules that come with it."""
_EXTRA_OF = {module: extra for extra, modules in EXTRAS.items() for module in modules}
OF_ALL = "certify"
"""The command that proves, checks and reports: it needs all of them."""


def missing(error: ModuleNotFoundError, command: str | None) -> str | None:
    """Which extra to install for a library that is not there, in one line; None for a module of no extra."""
    library = (error.name or "").partition(".")[0]
    if library not in _EXTRA_OF:
        return None
    extra = "all" if command == OF_ALL else _EXTRA_OF[library]
    return f"this needs {library}, which is not installed: pip install 'verified-grpo[{extra}]'"


def require_figures() -> None:
    """Refuse a picture before the work begins.

    Raises:
        ModuleNotFoundError: what draws it is not installed.
    """
    if find_spec("matplotlib") is None:
        raise ModuleNotFoundError("no figures without matplotlib", name="matplotlib")
