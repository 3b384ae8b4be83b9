"""The count of real configuration files: what it calls answered, conditional, refused, no configuration."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.configurations import NOTHING, counted, files, in_words, verdict

ROOT = Path(__file__).parents[2]
COUNTED = json.loads((ROOT / "benchmarks" / "configurations.json").read_text())
TEXTS = {
    "held.yaml": "num_generations: 8\nbeta: 1\n",
    "two.yaml": "num_generations: 8\nbeta: 1\nreward_funcs: [a, b]\n",
    "bonus.yaml": "num_generations: 8\nentropy_coef: 0.1\n",
    "words.py": '"""Use GRPOConfig(beta=1)."""\n',
    "gae.yaml": "adv_estimator: gae\nnum_return_sequences_in_group: 8\n",
}


def test_every_file_is_of_one_kind(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    counts = counted([verdict(path) for path in files(tmp_path)])
    assert (counts["files"], counts["answered"], counts["conditional"]) == (3, 2, 1)
    assert (counts["refused"], counts["not read"], counts["another algorithm"], counts[NOTHING]) == (
        1,
        0,
        1,
        1,
    )
    assert "2 answered (2 with a fixed point" in in_words(counts)


def test_the_committed_counts_add_up_and_stand_in_the_manual() -> None:
    page = (ROOT / "docs" / "configurations.md").read_text()
    kinds = ("with a fixed point", "rising under a clamped KL", "rising without KL")
    for name, row in COUNTED.items():
        assert row["answered"] == sum(row[kind] for kind in kinds)
        assert row["files"] == row["answered"] + row["refused"] + row["not read"]
        assert row["conditional"] <= row["answered"]
        assert not row["files"] or 2 * row["answered"] >= row["files"], name
        share = f" ({100 * row['answered'] // row['files']} %)" if row["files"] else ""
        shown = name.replace("+", "/", 1).replace("@", " at ")
        numbers = f"{row['files']} | {row['answered']}{share} | {row['conditional']} | {row['refused']}"
        assert f"| {shown} | {numbers} | {row['not read']} |" in page
    rows = [row for name, row in COUNTED.items() if name != "all"]
    assert COUNTED["all"] == {kind: sum(row[kind] for row in rows) for kind in COUNTED["all"]}
