"""Doubles stay IEEE 754's whatever a library has done to the floating-point environment, in every thread and
process, and nobody's environment is changed for him."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb

from soak import environments
from tests.shared import once
from verified_grpo.errors import UnsoundFloats
from verified_grpo.intervals import ArbEngine, ArrayEngine, Sign, arb_arrays, environment
from verified_grpo.intervals.environment import floats_are_sound, in_sound_floats, sound_floats
from verified_grpo.model import MEAN_VAR
from verified_grpo.rigor.arrays import Dynamics, References, solve_table

from .environments import FLAGS, POSSIBLE, changed
from .processors import MASKABLE, masked

ROOT = Path(__file__).parents[2]
everywhere = pytest.mark.parametrize("name", FLAGS)
pytestmark = pytest.mark.skipif(not POSSIBLE, reason="MXCSR is set by glibc on x86-64 alone")
DYNAMICS = Dynamics(MEAN_VAR, Fraction(1), Fraction(1), Fraction(1))
REFERENCES = References.of_counts(np.array([1]), np.array([2]))
LEAST = np.nextafter(0.0, 1.0)


@everywhere
def test_a_changed_environment_is_seen_set_right_and_given_back(name: str) -> None:
    assert floats_are_sound()
    with changed(name):
        assert not floats_are_sound()
        with sound_floats():
            assert floats_are_sound()
            with sound_floats():
                assert floats_are_sound()
        assert not floats_are_sound()
        with pytest.raises(ZeroDivisionError), sound_floats():
            raise ZeroDivisionError
        assert not floats_are_sound()
        assert in_sound_floats(floats_are_sound)()
    assert floats_are_sound()


@everywhere
def test_where_it_cannot_be_set_right_nothing_is_computed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_mathematics", lambda: None)
    with sound_floats():
        pass  # nothing is wrong yet
    with changed(name):
        for work in (
            lambda: ArrayEngine().exact(1),
            lambda: References.of_counts(np.array([1]), np.array([2])),
            lambda: solve_table(DYNAMICS, REFERENCES),
        ):
            with pytest.raises(UnsoundFloats, match="choose the engine arb"):
                work()


class _Stubborn:
    """A C library whose environment stays as it is."""

    def fegetenv(self, _: Any) -> int:
        return 0

    fesetenv = fegetenv


def test_what_the_library_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_mathematics", _Stubborn)
    with changed("flush-to-zero"), pytest.raises(UnsoundFloats), sound_floats():
        pytest.fail("never entered")


@everywhere
@pytest.mark.parametrize("arithmetic", [None, arb_arrays], ids=["kernel", "arb"])
def test_every_operation_alone_is_right(name: str, arithmetic: Any) -> None:
    engine = ArrayEngine() if arithmetic is None else ArrayEngine(arithmetic=arithmetic)
    tiny, third = engine.exact(Fraction(1, 2**1060)), engine.exact(Fraction(1, 3))
    works: list[Callable[[], Any]] = [
        lambda: engine.exact(Fraction(1, 10**320)),
        lambda: engine.interval(Fraction(-1, 10**320), Fraction(1, 3)),
        lambda: engine.ratios(np.array([1, 2]), np.array([3, 7])),
        lambda: engine.add(tiny, third),
        lambda: engine.sub(third, tiny),
        lambda: engine.mul(tiny, third),
        lambda: engine.div(tiny, third),
        lambda: engine.power(tiny, 1),
        lambda: engine.sqrt(tiny),
        lambda: engine.exp(engine.interval(-740, -730)),
        lambda: engine.log(tiny),
        lambda: engine.sigmoid(engine.exact(-705)),
        lambda: engine.hull(tiny, third),
        lambda: engine.intersect(tiny, engine.interval(0, 1)),
        lambda: engine.between(-LEAST, LEAST),
    ]
    expected = [(np.asarray(x.lo).tobytes(), np.asarray(x.hi).tobytes()) for x in (work() for work in works)]
    with changed(name):
        found = [(np.asarray(x.lo).tobytes(), np.asarray(x.hi).tobytes()) for x in (work() for work in works)]
        signs = engine.sign(tiny), engine.signs(engine.between(np.array([LEAST]), np.array([LEAST])))[0]
        ends = engine.lower(tiny), engine.upper_dyadic(tiny)
    assert found == expected
    assert signs == (Sign.POSITIVE, Sign.POSITIVE)
    assert ends == (Fraction(1, 2**1060), (1, -1060))


@everywhere
@pytest.mark.parametrize("bits", [53, 200, 4000, 40_000])
def test_arb_does_not_read_the_environment_where_it_matters(name: str, bits: int) -> None:
    def values(precision: int) -> list[arb]:
        with ArbEngine(precision):
            numbers = [arb(k) / 7 for k in (1, 3, 10, 100)]
            functions = (arb.exp, arb.log, arb.sqrt, arb.sinh, arb.cosh, arb.tanh)
            return [f(x) for x in numbers for f in functions] + [x**40 for x in numbers]

    exact = values(bits + 200)
    with changed(name):
        found = values(bits)
    assert all(coarse.contains(fine) for coarse, fine in zip(found, exact, strict=True))


@everywhere
def test_in_every_thread(name: str) -> None:
    def there(_: int) -> tuple[bool, bool, Any]:
        with changed(name):
            engine = ArrayEngine()
            with engine:
                inside = floats_are_sound()
            return inside, floats_are_sound(), engine.exact(Fraction(1, 10**320)).hi

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(there, range(16)))
    assert found == [(True, False, ArrayEngine().exact(Fraction(1, 10**320)).hi)] * 16
    assert floats_are_sound()


@pytest.fixture(scope="module")
def sound_digest() -> str:
    return environments.published("")


@everywhere
def test_a_process_that_begins_in_another_environment_publishes_the_same_bytes(
    name: str, sound_digest: str
) -> None:
    """Tables and an atlas."""
    assert len(sound_digest.strip()) == 64
    assert environments.published(name) == sound_digest


SITE = """
import sys
sys.path.insert(0, {root!r})
from tests.intervals.environments import change
change({name!r})
"""


def audited(folder: Path, name: str, *options: str, **variables: str) -> bytes:
    """What the command line publishes with two workers, in processes all of which begin changed."""
    folder.mkdir()
    if name:
        (folder / "sitecustomize.py").write_text(SITE.format(root=str(ROOT), name=name))
    rates = "".join(f"{k},400\n" for k in range(1, 400, 7))
    (folder / "rates.csv").write_text("k,n\n" + rates)
    command = [sys.executable, "-m", "verified_grpo.cli", "audit", "--pass-rates", "rates.csv"]
    command += ["--beta", "0.04", "--eps", "1e-5", "--jobs", "2", "--out", "out.csv", "--json", *options]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables, "PYTHONPATH": f"{folder}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return (folder / "out.csv").read_bytes() + done.stdout.encode()


@pytest.fixture(scope="module")
def sound_table(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """In the environment as it is."""

    def make(folder: Path) -> None:
        (folder / "published").write_bytes(audited(folder / "sound", ""))

    return (once(tmp_path_factory, "sound-table", make) / "published").read_bytes()


@pytest.mark.parametrize("name", ["both", "upward"])
def test_the_command_line_and_its_workers_publish_the_same_table(
    name: str, sound_table: bytes, tmp_path: Path
) -> None:
    assert b"e-30" in sound_table  # numbers that a flush to zero would change
    assert audited(tmp_path / "changed", name) == sound_table


@pytest.mark.parametrize(
    "options",
    [(), pytest.param(("--confidence", "0.95"), marks=pytest.mark.soak)],
    ids=["exact", "confidence"],
)
def test_the_command_line_publishes_the_same_table_on_other_processors(
    options: tuple[str, ...], sound_table: bytes, tmp_path: Path
) -> None:
    sound = audited(tmp_path / "sound", "", *options) if options else sound_table
    fewer = masked(MASKABLE) | {"PYTHONWARNINGS": "ignore"}
    assert audited(tmp_path / "masked", "", *options, **fewer) == sound


def test_where_no_library_is_known_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str | None) -> None:
        raise OSError(name)

    find = environment._mathematics.__wrapped__
    monkeypatch.setattr("ctypes.CDLL", missing)
    assert find() is None
    monkeypatch.setattr("sys.platform", "darwin")
    assert find() is None
