"""The schema `raw` on Spark: external tables over the raw Parquet files, and a view per source.

Raw Parquet is read where it lies. CSV files are read from what was landed of them, and so are the
few Parquet files that Spark cannot show as DuckDB does: they are landed as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline import state
from pipeline.cell_types import DECIMAL_TEXT_MACRO, TEXT, as_text
from pipeline.cell_types import quoted as duckdb_quoted
from pipeline.csv_landing import (
    FILE_COLUMN,
    RAW_ROW_COLUMN,
    ROW_NUMBER_COLUMN,
    LandedCsv,
    distinct_names,
)
from pipeline.parquet_files import RESERVED_COLUMN, Footer, NativeColumn, native_columns, scan
from pipeline.raw_contracts import READ_ONCE, RawContract
from pipeline.raw_files import RawFile
from pipeline.raw_parts import used_partitions
from pipeline.raw_views import Part, PartColumn, view_sql
from pipeline.spark.dialect import SparkDialect, literal, quoted, read_as

FILES_SCHEMA = "raw_files"
# Spark's own column for the path and the place of a row; a column of that name hides it.
_METADATA = "_metadata"
_PLACE = [(FILE_COLUMN, "string"), (ROW_NUMBER_COLUMN, "bigint")]
_GLOB_CHARACTERS = re.compile(r"([\\{}\[\]*?,])")


def path_of(paths: Iterable[Path]) -> str:
    """One path for Spark that stands for exactly these files: alternatives of a glob."""
    names = [_GLOB_CHARACTERS.sub(r"\\\1", str(path)) for path in paths]
    return names[0] if len(names) == 1 else "/{" + ",".join(name[1:] for name in names) + "}"


def external_table(name: str, columns: Iterable[tuple[str, str]], paths: Iterable[Path]) -> str:
    """The statement that makes a table of Parquet files of one schema."""
    listed = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns)
    options = f"path {literal(path_of(paths))}, recursiveFileLookup 'true'"
    return f"create table {name} ({listed}) using parquet options ({options})"


class SparkRaw:
    """Collects the statements that make the raw layer; feed it every source, then the tables."""

    def __init__(self, raw_dir: Path, landed_dir: Path) -> None:
        self.statements = ["create schema if not exists raw"]
        self.statements.append(f"create schema if not exists {FILES_SCHEMA}")
        self._raw_dir = raw_dir
        self._landed_dir = landed_dir
        self._connection = duckdb.connect()
        self._connection.execute("create schema raw")
        self._connection.execute(DECIMAL_TEXT_MACRO)
        self._table_count = 0
        self._landed_count = 0

    def add_source(
        self,
        contract: RawContract,
        landed: Iterable[LandedCsv],
        parquet: Iterable[tuple[RawFile, Footer]],
    ) -> None:
        """Make the view of one source from its landed CSV and its raw Parquet files."""
        parts = list(self._landed_parts(contract, landed))
        groups: dict[tuple[str, tuple[str, ...], bool], list[tuple[RawFile, Footer]]] = {}
        for file, footer in parquet:
            partitions = used_partitions(file, footer.column_names, contract)
            key = (footer.schema_key, partitions, _has_legacy_moments(footer))
            groups.setdefault(key, []).append((file, footer))
        for (_, partitions, is_legacy), files in groups.items():
            parts += self._parquet_parts(contract, files, partitions, is_legacy)
        self.statements.append(view_sql(contract, parts, SparkDialect()))
        if contract.source in READ_ONCE:
            name = f"raw.new_{contract.source}"
            view = f"create or replace view {name} as select * from raw.{contract.source}"
            self.statements.append(view)

    def add_table(self, name: str, columns: Iterable[tuple[str, str]], path: Path) -> None:
        """Make a table of the raw layer that describes the files or the build."""
        table = self._table(name, columns, [path])
        self.statements.append(f"create or replace view raw.{name} as select * from {table}")

    def add_empty_state(self) -> None:
        """Make the relations of the schema `state`, which say that there was no build before."""
        self.statements.append(f"create schema if not exists {state.SCHEMA}")
        for name, columns in state.TABLES.items():
            typed = [column.split() for column in columns.split(", ")]
            cells = [f"cast(null as {read_as(kind.upper())}) as {column}" for column, kind in typed]
            view = f"create or replace view {state.SCHEMA}.{name} as"
            self.statements.append(f"{view} select {', '.join(cells)} where false")

    def _table(self, name: str, columns: Iterable[tuple[str, str]], paths: Iterable[Path]) -> str:
        """Add a table of files and return its name."""
        self._table_count += 1
        table = f"{FILES_SCHEMA}.{name}_{self._table_count}"
        self.statements.append(f"drop table if exists {table}")
        self.statements.append(external_table(table, columns, paths))
        return table

    def _landed_parts(self, contract: RawContract, landed: Iterable[LandedCsv]) -> Iterator[Part]:
        """Parts of landed files, one per header."""
        groups: dict[tuple[tuple[str, ...], bool], list[Path]] = {}
        for file in landed:
            groups.setdefault((file.columns, file.is_mapped), []).append(file.path)
        for (names, is_mapped), paths in groups.items():
            columns = [(name, "string") for name in names]
            columns += [(RAW_ROW_COLUMN, "string")] if is_mapped else []
            yield Part(
                scan=self._table(contract.source, columns + _PLACE, paths),
                columns=tuple(PartColumn(name, quoted(name), TEXT) for name in names),
                file=FILE_COLUMN,
                row_number=ROW_NUMBER_COLUMN,
                raw_row=RAW_ROW_COLUMN if is_mapped else None,
            )

    def _parquet_parts(
        self,
        contract: RawContract,
        files: list[tuple[RawFile, Footer]],
        partitions: tuple[str, ...],
        is_legacy: bool,
    ) -> Iterator[Part]:
        """Parts of Parquet files that share columns and partition names."""
        empty = set.intersection(*(footer.empty_columns for _, footer in files))
        columns = native_columns(self._connection, files[0][1])
        if not _is_shown_alike(columns, empty) or any(":" in str(f.path) for f, _ in files):
            landed = (self._land(contract, file, footer, columns) for file, footer in files)
            yield from self._landed_parts(contract, landed)
            return
        kinds = {column.name: _kind(column, is_legacy) for column in columns}
        table = self._table(
            contract.source,
            [(name, kind) for name, kind in kinds.items() if kind],
            [file.path for file, _ in files],
        )
        path = f"url_decode(replace({_METADATA}.file_path, '+', '%2B'))"
        below = literal(str(self._raw_dir).rstrip("/") + "/")
        file_name = f"substr({path}, instr({path}, {below}) + length({below}))"
        yield Part(
            scan=table,
            columns=(
                *(_part_column(column, kinds[column.name], empty) for column in columns),
                *(PartColumn(name, _partition(file_name, name), TEXT) for name in partitions),
            ),
            file=file_name,
            row_number=f"{_METADATA}.row_index + 1",
        )

    def _land(
        self, contract: RawContract, file: RawFile, footer: Footer, columns: list[NativeColumn]
    ) -> LandedCsv:
        """Write a Parquet file anew with its cells as the texts that DuckDB shows."""
        partitions = used_partitions(file, footer.column_names, contract)
        cells = [
            as_text(duckdb_quoted(column.scanned_name), column.native)
            if column.name not in footer.typeless_columns
            else "cast(null as varchar)"
            for column in columns
        ]
        cells += [_duckdb_literal(dict(file.partitions)[name]) for name in partitions]
        names = distinct_names([*footer.column_names, *partitions], contract.column_names)
        listed = [f"{c} as {duckdb_quoted(n)}" for c, n in zip(cells, names, strict=True)]
        listed.append(f"{_duckdb_literal(file.relative)} as {FILE_COLUMN}")
        listed.append(f"{RESERVED_COLUMN} + 1 as {ROW_NUMBER_COLUMN}")
        self._landed_count += 1
        target = self._landed_dir / contract.source / f"text_{self._landed_count}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        self._connection.execute(
            f"copy (select {', '.join(listed)} from {scan([file.path])})"
            f" to {_duckdb_literal(str(target))} (format parquet)"
        )
        return LandedCsv(target, tuple(names), footer.row_count, 0)


def _duckdb_literal(text: str | None) -> str:
    """A text as DuckDB writes it."""
    return "cast(null as varchar)" if text is None else "'" + text.replace("'", "''") + "'"


def _is_shown_alike(columns: list[NativeColumn], empty: set[str]) -> bool:
    """Whether Spark can read all columns and show them as DuckDB does."""
    names = [column.name for column in columns]
    return (
        all(read_as(column.native) or column.name in empty for column in columns)
        and len({name.lower() for name in names}) == len(names)
        and _METADATA not in {name.lower() for name in names}
    )


def _has_legacy_moments(footer: Footer) -> bool:
    """Whether timestamps are stored in 96 bits, as Spark wrote them for long."""
    schema = pq.ParquetFile(footer.path).schema
    return any(schema.column(place).physical_type == "INT96" for place in range(len(schema)))


def _kind(column: NativeColumn, is_legacy: bool) -> str | None:
    """Type as which Spark reads a column; it takes timestamps of 96 bits for moments."""
    if is_legacy and column.native == "TIMESTAMP":
        return "timestamp_ltz"
    return read_as(column.native)


def _part_column(column: NativeColumn, kind: str | None, empty: set[str]) -> PartColumn:
    """A column of a part; what Spark cannot read holds nothing, or the file would be landed."""
    if kind is None:
        return PartColumn(column.name, "cast(null as string)", TEXT, True)
    reference = quoted(column.name)
    if kind == "timestamp_ltz" and column.native == "TIMESTAMP":
        reference = f"cast({reference} as timestamp_ntz)"
    return PartColumn(column.name, reference, column.native, column.name in empty)


def _partition(file_name: str, name: str) -> str:
    """The value of a hive-partitioned folder on the way to the file; null as Hive writes it."""
    value = f"regexp_extract({file_name}, {literal(f'/{re.escape(name)}=([^/]*)/')}, 1)"
    return f"nullif(url_decode(replace({value}, '+', '%2B')), '__HIVE_DEFAULT_PARTITION__')"
