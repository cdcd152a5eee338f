"""What a Parquet file's footer says: rows, columns and types, without reading its data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.cell_types import literal

# DuckDB's own column for the place of a row; a column of that name in the file hides it.
RESERVED_COLUMN = "file_row_number"


class ParquetError(ValueError):
    """The file is no Parquet file that can be read; the message says why, in one line."""


def scan(paths: list[Path], partition_names: tuple[str, ...] = (), filename: str = "") -> str:
    """SQL that reads Parquet files of one schema, with `file_row_number` (from 0).

    `partition_names` are hive partitions to be read as text columns; `filename` names a column
    for the path of the file, if given.
    """
    escaped = ("".join(f"[{c}]" if c in "[*?" else c for c in str(path)) for path in paths)
    options = ["file_row_number = true"]
    if partition_names:
        types = ", ".join(f"{literal(name)}: varchar" for name in partition_names)
        options += ["hive_partitioning = true", f"hive_types = {{{types}}}"]
    else:
        options += ["hive_partitioning = false"]
    if filename:
        options.append(f"filename = {literal(filename)}")
    listed = ", ".join(literal(path) for path in escaped)
    return f"read_parquet([{listed}], {', '.join(options)})"


@dataclass(frozen=True)
class Footer:
    """Footer of one Parquet file; `schema_key` is equal for files of the same schema."""

    path: Path
    row_count: int
    schema_key: str
    column_names: tuple[str, ...]
    typeless_columns: frozenset[str]

    @cached_property
    def empty_columns(self) -> set[str]:
        """Columns that hold nothing but null, by their type or by the statistics."""
        metadata = pq.read_metadata(self.path)
        filled = set()
        for group in range(metadata.num_row_groups):
            row_group = metadata.row_group(group)
            for place in range(metadata.num_columns):
                column = row_group.column(place)
                statistics = column.statistics
                is_empty = (
                    statistics is not None
                    and statistics.has_null_count
                    and statistics.null_count == row_group.num_rows
                )
                if not is_empty:
                    filled.add(column.path_in_schema.split(".")[0])
        return set(self.column_names) - filled | self.typeless_columns


def _no_parquet(error: Exception) -> str:
    """What is said of a file that a Parquet reader refused."""
    return f"the file cannot be read as Parquet ({str(error).splitlines()[0].rstrip('.')})"


def read_footer(path: Path) -> Footer:
    """Footer of a Parquet file; ParquetError when it is none."""
    try:
        parquet = pq.ParquetFile(path)
        schema = parquet.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ParquetError(_no_parquet(error)) from error
    names = tuple(schema.names)
    if RESERVED_COLUMN in {name.lower() for name in names}:
        raise ParquetError(f"the file has a column called {RESERVED_COLUMN}, a reserved name")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ParquetError(f"the file has several columns called {', '.join(repeated)}")
    key = repr([(field.name, str(field.type)) for field in schema])
    typeless = frozenset(field.name for field in schema if pa.types.is_null(field.type))
    return Footer(path, parquet.metadata.num_rows, key, names, typeless)


@dataclass(frozen=True)
class NativeColumn:
    """A column of a Parquet file: its name in the file, its name in a scan, and DuckDB's type.

    The two names differ where names of one file differ in case only.
    """

    name: str
    scanned_name: str
    native: str


def native_columns(connection: duckdb.DuckDBPyConnection, footer: Footer) -> list[NativeColumn]:
    """Columns in file order; ParquetError when DuckDB cannot read the file."""
    try:
        described = connection.sql(f"describe select * from {scan([footer.path])}").fetchall()
    except duckdb.Error as error:
        raise ParquetError(_no_parquet(error)) from error
    named = [row for row in described if row[0] != RESERVED_COLUMN]
    pairs = zip(footer.column_names, named, strict=True)
    return [NativeColumn(name, row[0], row[1]) for name, row in pairs]
