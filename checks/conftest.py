"""Fixtures shared by all checks: builds that are made once, and a helper to make more."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks.built_warehouse import BuiltWarehouse, RawRows, WarehouseBuilder, write_raw_folder
from pipeline.dbt_events import leave_out_unheard_events
from pipeline.garbage import look_for_garbage_seldom
from pipeline.options import ROOT

look_for_garbage_seldom()
leave_out_unheard_events()

BuildFolder = Callable[..., BuiltWarehouse]
Once = Callable[[str, Callable[[Path], Any]], Any]


# The files that take longest, the longest first: each worker takes the next file when it is done,
# so that none is left alone with a long one at the end.
_LONGEST = (
    "parity/test_parity.py",
    "postgres/test_unit_tests.py",
    "spec/test_lint.py",
    "mutation/test_mutation.py",
    "end_to_end/test_bad_input.py",
    "postgres/test_build.py",
    "privacy/test_forget.py",
    "definitions/test_reference_agreement.py",
    "health/test_proof.py",
    "map_check/test_check_equals_build.py",
    "incremental/test_changes.py",
    "calibration/test_calibration.py",
    "definitions/test_unit_tests.py",
    "incremental/test_ten_days.py",
    "definitions/test_properties.py",
    "postgres/test_server_tables.py",
    "end_to_end/test_build_command.py",
    "bench/test_bench.py",
    "bench/test_day.py",
    "spark/test_build.py",
    "signals/test_planted_causes.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; within a file, and among the others, the order stays."""
    checks = Path(__file__).parent
    places = {checks / name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@dataclass(frozen=True)
class CommandResult:
    """How a command of the project ended."""

    code: int
    stdout: str
    stderr: str
    out: Path


@pytest.fixture(scope="session")
def warehouse_builder(tmp_path_factory: pytest.TempPathFactory) -> WarehouseBuilder:
    """Builds raw folders in this process."""
    return WarehouseBuilder(tmp_path_factory.mktemp("warehouses"))


@pytest.fixture(scope="session")
def build_folder(
    warehouse_builder: WarehouseBuilder, tmp_path_factory: pytest.TempPathFactory
) -> BuildFolder:
    """Write rows as CSV, build them and give the warehouse."""

    def build(
        raw_rows: RawRows,
        as_of: str | None = None,
        variables: Mapping[str, Any] | None = None,
        with_tests: bool = False,
    ) -> BuiltWarehouse:
        raw = write_raw_folder(tmp_path_factory.mktemp("raw"), raw_rows)
        return warehouse_builder.build(raw, as_of, variables, with_tests)

    return build


@pytest.fixture(scope="session")
def simulated_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small clean simulated folder: 60 accounts, 18 months."""
    return simulate(tmp_path_factory.mktemp("simulated"), "--accounts", "60", "--months", "18")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a thing in the first worker that asks for its name; the others take what it made."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def made(name: str, make: Callable[[Path], Any]) -> Any:
        place = folder / f"once_{name}"
        place.mkdir(exist_ok=True)
        with (place / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            result = place / ".result"
            if not result.exists():
                result.write_bytes(pickle.dumps(make(place)))
            return pickle.loads(result.read_bytes())

    return made


@pytest.fixture(scope="session")
def demo_build(simulated_raw: Path, once: Once) -> CommandResult:
    """`make build` on the small simulated folder, with everything it does.

    Its folders have spaces, quotes and Japanese in their names. Whoever writes takes a copy.
    """

    def build(place: Path) -> CommandResult:
        folder = place / "顧客 データ it's"
        raw = folder / "生 データ"
        shutil.copytree(simulated_raw, raw)
        return run_build(raw, folder / "出力 out")

    return once("demo_build", build)


def simulate(folder: Path, *arguments: str) -> Path:
    """Fill a folder with simulated raw data."""
    command = [sys.executable, "-m", "simulator", "--out", str(folder), *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return folder


def run_build(raw: Path, out: Path, *arguments: str) -> CommandResult:
    """Run the build command as a user's shell would."""
    return run_pipeline("build", "--raw", str(raw), "--out", str(out), *arguments, out=out)


def run_pipeline(*arguments: str, out: Path) -> CommandResult:
    """Run any command of the pipeline in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    return CommandResult(result.returncode, result.stdout, result.stderr, out)
