"""What a Spark session must be told before dbt can work in it.

The session of a build keeps its catalog in memory. The statements that fill it stand in a Parquet
file, which the macro `restore_catalog` reads at the start of every run of dbt.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_SCHEMA = pa.schema([("place", pa.int32()), ("statement", pa.string())])


def write_catalog(path: Path, statements: Iterable[str]) -> None:
    """Write the statements in their order."""
    listed = list(statements)
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table([list(range(len(listed))), listed], schema=_SCHEMA)
    pq.write_table(table, path)
