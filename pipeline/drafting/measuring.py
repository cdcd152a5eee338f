"""How many cells of a proposed mapping the models can read, by the very SQL of the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from pipeline.cell_types import DECIMAL_TEXT_MACRO, quoted
from pipeline.checking.models import Model
from pipeline.csv_reader import HeaderError
from pipeline.mapping.applying import mapped_select
from pipeline.mapping.expressions import MACROS
from pipeline.mapping.files import MappedFile, open_raw
from pipeline.mapping.origins import opened_rows
from pipeline.parquet_files import ParquetError
from pipeline.raw_contracts import RawContract, load_contracts

_ROWS = 20_000


def measured_shares(
    raw: Path, mapping_file: Path, out: Path, models: Sequence[Model]
) -> dict[tuple[str, str], float]:
    """(source, column) -> share of the filled cells that can be read, over the first rows."""
    sql = {model.name: model.sql for model in models}
    shares: dict[tuple[str, str], float] = {}
    for source, files in open_raw(raw, out, mapping_file).files.items():
        file = files[0]
        if isinstance(file, MappedFile):
            try:
                shares |= dict(_of_file(file, sql[f"stg_raw__{source}"]))
            except (HeaderError, ParquetError, OSError, duckdb.Error):
                # The proposal then says what the sample says; the check will name the reason.
                continue
    return shares


def _of_file(file: MappedFile, staging: str) -> Iterator[tuple[tuple[str, str], float]]:
    """The shares of one file's columns."""
    contract = load_contracts()[file.source]
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse; use warehouse; set TimeZone = 'UTC'")
        connection.execute("create schema raw")
        connection.execute(DECIMAL_TEXT_MACRO)
        connection.execute(MACROS)
        with opened_rows(connection, file, None) as rows:
            # A new file's rows are asked for under a name of their own.
            select = mapped_select(file, rows)
            connection.execute(
                "create table mapped as select *, cast(null as timestamp) as _loaded_at"
                f" from ({select}) limit {_ROWS}"
            )
        for name in (file.source, f"new_{file.source}"):
            connection.execute(f"create view raw.{name} as select * from mapped")
        yield from _shares(connection, contract, staging)


def _shares(
    connection: duckdb.DuckDBPyConnection, contract: RawContract, staging: str
) -> Iterator[tuple[tuple[str, str], float]]:
    connection.execute(
        "create table staged as select source_row_number, coalesce(bad_cells, '') ||"
        f" coalesce(unlisted_cells, '') || ' ' as faults from ({staging})"
    )
    for name in contract.column_names:
        counted = connection.execute(
            f"select count(nullif(trim({quoted(name)}), '')),"
            f" (select count(*) from staged where faults like '% {name} %') from mapped"
        ).fetchone()
        if counted and counted[0]:
            yield (contract.source, name), 1 - counted[1] / counted[0]
