from __future__ import annotations

import json

from verified_grpo.atlases import certificates
from verified_grpo.laboratory.maps import shipped_maps


def test_every_shipped_map_is_there_as_its_certificate_has_it() -> None:
    text = shipped_maps().decode()
    assert text.startswith("const SHIPPED_MAPS = {")
    maps = json.loads(text.removeprefix("const SHIPPED_MAPS = ").strip().removesuffix(";"))
    assert list(maps) == [file.stem for file in certificates()]
    for file in certificates():
        certificate = json.loads(file.read_bytes())
        claim, shown = certificate["statement"], maps[file.stem]
        assert shown["digest"] == certificate["digest"]
        assert shown["eps"] == claim["parameters"]["eps"]
        if claim["kind"] == "contours":
            assert shown["columns"] == claim["columns"]
        else:
            assert shown["nodes"].replace("|", "<") == claim["cells"]
