"""Runs the hand-written statements on a raw folder and compares what they make with the marts.

They are the floor of a build: no staging, no quarantine, no reasons, no tests, only the outputs, on
clean data and with the project's usual vars. A repeated login is counted once, and a line has its
last version, as in the models.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bench.comparing import Comparison

_FOLDER = Path(__file__).parent
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_SOURCES = ("accounts", "users", "logins", "contracts", "products", "fx_rates")
# What the statements make, with the key of each.
OUTPUTS = {
    "fct_account_login_daily": ("account_id", "date"),
    "fct_account_usage": ("account_id", "date"),
    "fct_mrr_monthly": ("account_id", "month"),
}


@dataclass(frozen=True)
class Floor:
    """Seconds of each script, of a bare scan of the raw files, and the peak memory in bytes.

    CPU seconds are of all cores, for the scripts alone.
    """

    scripts: dict[str, float]
    scan_seconds: float
    cpu_seconds: float
    peak_bytes: int

    @property
    def seconds(self) -> float:
        """Seconds of all scripts."""
        return sum(self.scripts.values())


def run_floor(raw: Path, file: Path, as_of: date, memory: str = "6GB") -> Floor:
    """Run the scripts on a raw folder of Parquet files; `file` gets what they make."""
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"set timezone = 'UTC'; set memory_limit = '{memory}'; set threads = 2")
        connection.execute("set enable_progress_bar = false")
        connection.execute("set preserve_insertion_order = false; create schema marts")
        connection.execute(f"create macro as_of_date() as date '{as_of}'")
        for source in _SOURCES:
            connection.execute(f"create view {source} as from {_reader(raw, source)}")
        scan = _seconds(connection, _scan(raw))
        cpu_started = time.process_time()
        scripts = {
            path.stem: _seconds(connection, path.read_text(encoding="utf-8"))
            for path in sorted(_FOLDER.glob("*.sql"))
        }
        cpu_seconds = time.process_time() - cpu_started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
    return Floor(scripts, scan, cpu_seconds, peak)


def unlike(marts: Path, file: Path) -> list[str]:
    """What the statements make otherwise than the models, at most some rows of each mart."""
    return Comparison(marts, file).differences(OUTPUTS, only=tuple(OUTPUTS))


def _reader(raw: Path, source: str) -> str:
    """How DuckDB reads a source."""
    pattern = (
        raw / source / "**" / "*.parquet" if (raw / source).is_dir() else raw / f"{source}.parquet"
    )
    quoted = str(pattern).replace("'", "''")
    return f"read_parquet('{quoted}', filename = true, file_row_number = true)"


def _scan(raw: Path) -> str:
    """Every login read once, with three aggregates."""
    return f"select count(*), max(logged_in_at), min(user_id) from {_reader(raw, 'logins')}"


def _seconds(connection: duckdb.DuckDBPyConnection, script: str) -> float:
    """Wall time of a script."""
    started = time.monotonic()
    connection.execute(script).fetchall()
    return time.monotonic() - started
