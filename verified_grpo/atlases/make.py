"""Make the standard atlases again: certificates and pictures.

    python -m verified_grpo.atlases.make [NAME ...] [--jobs N]

A run that was interrupted goes on where it stopped. Each certificate is checked before its pictures are
drawn.
"""

from __future__ import annotations

import argparse
import sys
from time import monotonic

from verified_grpo.answers.atlas import AtlasQuestion, State, draw_up, draw_up_small_steps
from verified_grpo.answers.atlas.standard import small_step_atlases, standard_atlases
from verified_grpo.atlases import FOLDER
from verified_grpo.certificates.canonical import write
from verified_grpo.checker import Outcome, check_file
from verified_grpo.report.drawing.atlas import FORMS
from verified_grpo.report.pages.maps import map_picture
from verified_grpo.work.files import write_bytes


def make(name: str, question: AtlasQuestion, jobs: int) -> None:
    """One atlas: drawn up, written, checked, drawn."""
    path, start = FOLDER / f"{name}.json", monotonic()
    draw = draw_up_small_steps if name in small_step_atlases() else draw_up
    certificate = draw(question, jobs=jobs, journal=FOLDER / f"{name}.journal", progress=show)
    write(path, certificate)
    made, start = monotonic() - start, monotonic()
    verdict = check_file(path)
    if verdict.outcome is not Outcome.ACCEPTED:
        raise SystemExit(f"{path}: {verdict.outcome.value}: {verdict.message}")
    checked = monotonic() - start
    for form in FORMS:
        write_bytes(path.with_suffix(f".{form}"), map_picture(certificate, form))
    say(f"{name}: made in {made:.0f} s, checked in {checked:.0f} s")


def show(state: State) -> None:
    """Progress on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{state.decided} cells, {float(state.open_share):.2%} open ")
        sys.stderr.flush()


def say(text: str) -> None:
    """A remark for whoever waits."""
    sys.stderr.write(f"{text}\n")


def main() -> None:
    """Make those that are named, or all."""
    known = {**standard_atlases(), **small_step_atlases()}
    parser = argparse.ArgumentParser(description="Make the standard atlases.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; all if none")
    parser.add_argument("--jobs", type=int, default=2, help="processes side by side")
    asked = parser.parse_args()
    for name in asked.names or known:
        if name not in known:
            parser.error(f"no standard atlas is called {name!r}")
        make(name, known[name], asked.jobs)


if __name__ == "__main__":
    main()
