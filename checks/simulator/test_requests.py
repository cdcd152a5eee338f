"""The command line: the same request gives the same bytes, targets are met, odd sizes work."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from checks.simulator.conftest import files_of, open_folder, simulate
from simulator.schemas import SCHEMAS

PROJECT = Path(__file__).parents[2]


def digests(folder: Path) -> dict[str, str]:
    """A hash per file of a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_request_gives_the_same_bytes_in_another_process(
    small_folder: Callable[..., Path], tmp_path: Path
) -> None:
    here = small_folder("--dirty", 0.05)
    command = [sys.executable, "-m", "simulator", "--out", str(tmp_path), "--accounts", "60"]
    command += ["--months", "14", "--logins", "6000", "--dirty", "0.05"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"}
    subprocess.run(command, check=True, cwd=PROJECT, env=environment, capture_output=True)
    assert digests(here) == digests(tmp_path)


def test_another_seed_gives_other_contracts(small_folder: Callable[..., Path]) -> None:
    first, second = digests(small_folder()), digests(small_folder("--seed", 2))
    assert first["contracts.csv"] != second["contracts.csv"]


def test_more_logins_and_tickets_leave_contracts_and_users_as_they_are(
    small_folder: Callable[..., Path],
) -> None:
    few, many = digests(small_folder()), digests(small_folder("--logins", 9000, "--tickets", 900))
    changed = {name for name in few if few[name] != many[name]}
    assert changed == {"logins.parquet", "tickets.csv", "feature_usage.csv"}


def test_an_earlier_run_leaves_nothing_behind(tmp_path: Path) -> None:
    simulate(tmp_path, "--accounts", 5, "--months", 3, "--format", "parquet", "--dirty", 0.1)
    simulate(tmp_path, "--accounts", 5, "--months", 3, "--format", "csv")
    assert {path.name for path in tmp_path.iterdir()} == {
        *(f"{name}.csv" for name in SCHEMAS),
        "_truth",
    }


def test_targets_are_met_about(tmp_path: Path) -> None:
    targets = {"logins": 20_000, "users": 1_500, "tickets": 1_000, "lines": 900}
    options = [text for name, count in targets.items() for text in (f"--{name}", count)]
    database = open_folder(simulate(tmp_path, "--accounts", 150, "--months", 24, *options))
    for name, count in targets.items():
        (found,) = database.execute(f"select count(*) from {name}").fetchone()
        assert abs(found / count - 1) < 0.15, name


def test_a_large_request_splits_logins_by_month(tmp_path: Path) -> None:
    simulate(tmp_path, "--accounts", 5001, "--months", 2, "--logins", 5000, "--tickets", 100)
    months = sorted(path.name for path in (tmp_path / "logins").iterdir())
    assert months == ["month=2025-11", "month=2025-12"]
    file = next((tmp_path / "logins").rglob("*.parquet"))
    assert pq.read_schema(file).equals(SCHEMAS["logins"])
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize(
    "options",
    [
        ("--accounts", 1, "--months", 1),
        ("--accounts", 1, "--months", 36, "--seed", 5),
        ("--accounts", 3, "--months", 1, "--logins", 0, "--tickets", 0),
        ("--accounts", 5, "--months", 2, "--as-of", "2024-02-10"),
        ("--accounts", 2, "--months", 1, "--as-of", "2025-03-01", "--dirty", 0.5),
    ],
)
def test_odd_sizes_write_every_source(tmp_path: Path, options: tuple[object, ...]) -> None:
    simulate(tmp_path, *options)
    assert all(list(tmp_path.glob(f"{source}.*")) for source in SCHEMAS)


@pytest.mark.parametrize("options", [("--accounts", "0"), ("--dirty", "2"), ("--as-of", "today")])
def test_a_request_that_makes_no_sense_is_refused(tmp_path: Path, options: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        simulate(tmp_path, *options)
    assert refusal.value.code == 2


@pytest.mark.parametrize("source", SCHEMAS)
def test_columns_are_those_of_the_raw_contract(source: str, demo: Path) -> None:
    contract = yaml.safe_load((PROJECT / f"contracts/raw/{source}.odcs.yaml").read_text("utf-8"))
    names = [column["name"] for column in contract["schema"][0]["properties"]]
    assert SCHEMAS[source].names == names
    path = demo / f"{source}.csv"
    if path.exists():
        assert path.read_text("utf-8").splitlines()[0].split(",") == names
    else:
        assert files_of(demo, source).startswith("read_parquet")
