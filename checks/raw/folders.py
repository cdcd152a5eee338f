"""Small raw folders for the checks of the raw layer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.landing import BuildRequest, LandingResult, land
from pipeline.raw_contracts import load_contracts

REQUEST = BuildRequest("b1", datetime(2025, 12, 31, 12, tzinfo=UTC), "0.1.0", "abc")

# One plain row per required source; other columns are left out on purpose.
PLAIN_ROWS = {
    "accounts": {"account_id": "A1", "account_name": "One", "created_at": "2025-01-01"},
    "contracts": {
        "contract_line_id": "L1",
        "contract_id": "C1",
        "account_id": "A1",
        "product_id": "P1",
        "line_type": "recurring",
        "currency": "USD",
        "unit_price": "10",
        "quantity": "1",
        "billing_interval": "month",
        "start_date": "2025-01-01",
        "updated_at": "2025-01-01",
    },
    "users": {"user_id": "U1", "account_id": "A1", "created_at": "2025-01-01"},
    "logins": {"login_id": "G1", "user_id": "U1", "logged_in_at": "2025-02-01T10:00:00"},
    "tickets": {
        "ticket_id": "T1",
        "account_id": "A1",
        "created_at": "2025-02-01",
        "priority": "low",
        "status": "new",
    },
}


def write_csv(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """Write rows of plain cells (no commas, quotes or newlines) under the first row's names."""
    rows = list(rows)
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_parquet(path: Path, columns: dict[str, Any]) -> None:
    """Write columns (lists or Arrow arrays) as a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)


def required_folder(raw_dir: Path, without: Iterable[str] = ()) -> Path:
    """A folder with one CSV file per required source, but for those left out."""
    for source, row in PLAIN_ROWS.items():
        if source not in without:
            write_csv(raw_dir / f"{source}.csv", [row])
    return raw_dir


def land_folder(raw_dir: Path) -> LandingResult:
    """Land a folder beside itself."""
    return land(raw_dir, raw_dir.parent / f"out of {raw_dir.name}", REQUEST)


def query(result: LandingResult, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query on the landed warehouse."""
    with duckdb.connect(str(result.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def column_types(result: LandingResult, source: str) -> dict[str, str]:
    """DuckDB types of a source's view by column."""
    return {row[0]: row[1] for row in query(result, f"describe raw.{source}")}


def contract_row(source: str) -> dict[str, str]:
    """A row with a cell for every column of a source's contract."""
    return dict.fromkeys(load_contracts()[source].column_names, "x")
