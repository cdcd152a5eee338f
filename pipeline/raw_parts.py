"""Groups the files of a source that share a header, so that each group is one scan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipeline.cell_types import TEXT, quoted
from pipeline.csv_landing import FILE_COLUMN, RAW_ROW_COLUMN, ROW_NUMBER_COLUMN, LandedCsv
from pipeline.parquet_files import (
    RESERVED_COLUMN,
    Footer,
    NativeColumn,
    native_columns,
    read_footer,
    scan,
)
from pipeline.raw_contracts import RawContract
from pipeline.raw_files import RawFile
from pipeline.raw_views import Part, PartColumn

# Names the path of a file within a scan; no export has a column of that name.
_PATH_COLUMN = "_csw_path"


def csv_parts(landed: Iterable[LandedCsv]) -> list[Part]:
    """Parts of landed CSV files, one per header; those of mapped files by themselves."""
    groups: dict[tuple[tuple[str, ...], bool], list[Path]] = {}
    for file in landed:
        groups.setdefault((file.columns, file.is_mapped), []).append(file.path)
    return [
        Part(
            scan=scan(paths),
            columns=tuple(PartColumn(name, quoted(name), TEXT) for name in columns),
            file=FILE_COLUMN,
            row_number=ROW_NUMBER_COLUMN,
            raw_row=RAW_ROW_COLUMN if is_mapped else None,
        )
        for (columns, is_mapped), paths in groups.items()
    ]


def used_partitions(
    file: RawFile, column_names: Iterable[str], contract: RawContract
) -> tuple[str, ...]:
    """Hive partitions of a file that the contract names and the file itself does not have."""
    absent = set(contract.column_names) - set(column_names)
    return tuple(name for name in dict(file.partitions) if name in absent)


def _parquet_part(
    raw_dir: Path, footers: list[Footer], columns: list[NativeColumn], partitions: tuple[str, ...]
) -> Part:
    """Part of Parquet files that share columns and partition names."""
    empty = set.intersection(*(footer.empty_columns for footer in footers))
    part_columns = [
        PartColumn(column.name, quoted(column.scanned_name), column.native, column.name in empty)
        for column in columns
    ]
    part_columns += [PartColumn(name, quoted(name), TEXT) for name in partitions]
    return Part(
        scan=scan([footer.path for footer in footers], partitions, _PATH_COLUMN),
        columns=tuple(part_columns),
        file=f"substr({_PATH_COLUMN}, {len(str(raw_dir).rstrip('/')) + 2})",
        row_number=f"({RESERVED_COLUMN} + 1)",
    )


def parquet_parts(
    connection: duckdb.DuckDBPyConnection,
    raw_dir: Path,
    files: Iterable[RawFile],
    contract: RawContract,
) -> tuple[list[Part], list[tuple[RawFile, Footer]]]:
    """Parts of Parquet files, one per schema and set of partitions, and each file's footer.

    ParquetError when a file cannot be read.
    """
    footers = [(file, read_footer(file.path)) for file in files]
    groups: dict[tuple[str, tuple[str, ...]], list[Footer]] = {}
    for file, footer in footers:
        partitions = used_partitions(file, footer.column_names, contract)
        groups.setdefault((footer.schema_key, partitions), []).append(footer)
    parts = [
        _parquet_part(raw_dir, group, native_columns(connection, group[0]), partitions)
        for (_, partitions), group in groups.items()
    ]
    return parts, footers
