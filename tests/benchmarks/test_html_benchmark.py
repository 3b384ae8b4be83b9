from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import html


def test_the_benchmark_of_pages_measures_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "_report", lambda name: {"name": name})
    monkeypatch.setattr(html, "start", lambda: None)
    assert html.main(["--out", str(tmp_path / "r.json"), "--cells", "100"]) == 0
    results = json.loads((tmp_path / "r.json").read_text())
    assert set(results["reports"]) == {"report", "paper"}
    assert results["atlases"] == "no browser"


def test_the_committed_measurements_meet_what_was_asked() -> None:
    results = json.loads(html.OUT.read_text())
    assert set(results["atlases"]) == {"2000", "20000", "200000"}
    largest = results["atlases"]["200000"]
    assert largest["pan"]["frames a second"] >= 20
    assert largest["seconds to open"] < 5
    assert all(report["html"]["bytes"] < 2_000_000 for report in results["reports"].values())
