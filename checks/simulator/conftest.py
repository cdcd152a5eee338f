"""Simulated folders that the checks of the simulator share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from simulator.__main__ import main
from simulator.schemas import SCHEMAS

AS_OF = date(2025, 12, 31)


def simulate(out: Path, *options: object) -> Path:
    """Run the command line into a folder and return it."""
    assert main(["--out", str(out), *map(str, options)]) == 0
    return out


def files_of(folder: Path, source: str) -> str:
    """The table function that reads a clean source, CSV or Parquet."""
    csv_file = folder / f"{source}.csv"
    if csv_file.exists():
        return f"read_csv('{csv_file}', all_varchar = true, header = true)"
    if (folder / source).is_dir():
        return f"read_parquet('{folder}/{source}/*/*.parquet')"
    return f"read_parquet('{folder / source}.parquet')"


def open_folder(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database with one typed view per source, the current contract lines, and the truth."""
    database = duckdb.connect(config={"threads": 2})
    database.execute("set timezone = 'UTC'")
    for source, schema in SCHEMAS.items():
        columns = ", ".join(
            f"cast({field.name} as {duckdb_type(str(field.type))}) as {field.name}"
            for field in schema
        )
        database.execute(
            f"create table {source} as select {columns} from {files_of(folder, source)}"
        )
    database.execute(
        "create table lines as select * from contracts qualify row_number() over ("
        "partition by contract_line_id order by updated_at desc) = 1"
    )
    for name in ("accounts", "episodes", "churns"):
        path = folder / "_truth" / f"{name}.csv"
        database.execute(f"create table truth_{name} as from read_csv('{path}', sample_size = -1)")
    return database


def duckdb_type(arrow_type: str) -> str:
    """DuckDB's name of an Arrow type."""
    names = {
        "string": "varchar",
        "timestamp[us]": "timestamp",
        "bool": "boolean",
        "date32[day]": "date",
    }
    return names.get(
        arrow_type,
        arrow_type.replace("decimal128", "decimal")
        .replace("int64", "bigint")
        .replace("int32", "integer"),
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as `make build` makes it."""
    return simulate(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def demo_database(demo: Path) -> duckdb.DuckDBPyConnection:
    """The demo, opened."""
    return open_folder(demo)


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes a small folder; further options may be given."""

    def make(*options: object) -> Path:
        folder = tmp_path_factory.mktemp("small")
        return simulate(folder, "--accounts", 60, "--months", 14, "--logins", 6000, *options)

    return make
