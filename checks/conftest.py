"""Fixtures shared by all checks: builds that are made once, and a helper to make more."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks.built_warehouse import BuiltWarehouse, RawRows, WarehouseBuilder, write_raw_folder
from pipeline.options import ROOT

BuildFolder = Callable[..., BuiltWarehouse]


# Lanes of long tests begin first, so that no worker is left alone with one at the end.
_LONG_LANES = ("parity", "spark", "postgres", "mutation", "slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of the long lanes first; within a file the order stays."""
    long_files = {
        item.path for item in items if any(item.get_closest_marker(name) for name in _LONG_LANES)
    }
    items.sort(key=lambda item: item.path not in long_files)


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
def demo_build(simulated_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandResult:
    """`make build` on the small simulated folder, with everything it does."""
    return run_build(simulated_raw, tmp_path_factory.mktemp("demo_build"))


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
