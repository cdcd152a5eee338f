"""Writes the tables of one source as CSV or Parquet, chunk by chunk."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from simulator.schemas import SCHEMAS

ROW_GROUP = 500_000


def cell_text(value: object) -> str:
    """The CSV text of one value: ISO dates, UTC with `Z`, plain decimals, empty for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def write_parquet(path: Path, chunk: pa.Table) -> None:
    """One Parquet file, the same bytes for the same table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(chunk, path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)


class SourceWriter:
    """Appends tables of one source to `<source>.csv` or `<source>.parquet`."""

    def __init__(self, folder: Path, source: str, file_format: str) -> None:
        self.source = source
        self.rows = 0
        self._format = file_format
        self._path = folder / f"{source}.{file_format}"
        schema = SCHEMAS[source]
        if file_format == "csv":
            self._file = self._path.open("w", encoding="utf-8", newline="")
            self._csv = csv.writer(self._file, lineterminator="\n")
            self._csv.writerow(schema.names)
        else:
            self._parquet = pq.ParquetWriter(
                self._path, schema, compression="zstd", compression_level=1
            )

    def write(self, chunk: pa.Table) -> None:
        """Append one table."""
        self.rows += chunk.num_rows
        if self._format == "parquet":
            self._parquet.write_table(chunk, row_group_size=ROW_GROUP)
            return
        columns = [[cell_text(value) for value in column.to_pylist()] for column in chunk.columns]
        self._csv.writerows(zip(*columns, strict=True))

    def close(self) -> None:
        """Finish the file."""
        if self._format == "csv":
            self._file.close()
        else:
            self._parquet.close()

    def __enter__(self) -> SourceWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
