"""The columns of a mapped file, and its rows as a relation of DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.cell_types import FLOATS, TEXT, ZONED, as_text, is_readable, literal, quoted
from pipeline.csv_dialect import CsvDialect
from pipeline.csv_landing import MalformedLines, text_array
from pipeline.csv_reader import Batch, CsvReader, HeaderError
from pipeline.file_checks import foreign_format
from pipeline.mapping.encodings import EncodingError, encoding_of
from pipeline.mapping.expressions import Cell
from pipeline.mapping.files import MappedFile
from pipeline.mapping.tables import KINDS_KEY, TABLE_FORMAT
from pipeline.parquet_files import RESERVED_COLUMN, native_columns, read_footer, scan

_ROW_NUMBER = "row_number"
_ROWS = "mapped_rows"


@dataclass(frozen=True)
class OriginColumn:
    """A column under the name the file gives it; `is_readable` false for lists and the like."""

    name: str
    cell: Cell
    is_readable: bool = True


@dataclass
class Rows:
    """Rows to select from: a relation, SQL of the row's place, and counts once it was read."""

    columns: Sequence[OriginColumn]
    relation: str
    row_number: str
    row_count: int = 0
    malformed_count: int = 0


def origin_columns(file: MappedFile) -> list[OriginColumn]:
    """Columns in file order; HeaderError, ParquetError or OSError when they cannot be read."""
    if file.file_format == "csv":
        with _reader(file) as reader:
            return _csv_columns(file, reader)
    with duckdb.connect() as connection:
        return _parquet_columns(connection, file)


@contextmanager
def opened_rows(
    connection: duckdb.DuckDBPyConnection, file: MappedFile, malformed: MalformedLines | None
) -> Iterator[Rows]:
    """The rows of a file; malformed records go to `malformed` while they are read."""
    if file.file_format != "csv":
        footer = read_footer(file.path)
        partitions = tuple(_partitions(file, footer.column_names))
        columns = _parquet_columns(connection, file)
        relation = scan([file.path], partitions)
        yield Rows(columns, relation, f"({RESERVED_COLUMN} + 1)", footer.row_count)
        return
    with _reader(file) as reader:
        rows = Rows(_csv_columns(file, reader), _ROWS, _ROW_NUMBER)
        stream = _CsvStream(file, reader, rows, malformed)
        batches = pa.RecordBatchReader.from_batches(stream.schema, stream.batches())
        connection.register(_ROWS, batches)
        try:
            yield rows
        finally:
            connection.unregister(_ROWS)


def dialect_of(file: MappedFile) -> CsvDialect:
    """How a CSV file is written by its mapping; HeaderError when it cannot be."""
    origin = file.entry.origin
    with file.path.open("rb") as stream:
        foreign = foreign_format(stream.read(8))
    if foreign:
        raise HeaderError(foreign)
    try:
        encoding = encoding_of(file.path, origin.encoding)
    except EncodingError as error:
        raise HeaderError(str(error)) from error
    return origin.dialect(encoding, file.path.name)


def _reader(file: MappedFile) -> CsvReader:
    """A reader of a CSV file in the dialect of its mapping."""
    return CsvReader(file.path, dialect_of(file))


def _partitions(file: MappedFile, names: Sequence[str]) -> dict[str, str | None]:
    """Values of hive-partitioned folders that the file itself has no column for."""
    return {name: value for name, value in file.partitions if name not in names}


def _csv_columns(file: MappedFile, reader: CsvReader) -> list[OriginColumn]:
    names = reader.header.columns
    columns = [OriginColumn(name, Cell(f"c{place}")) for place, name in enumerate(names)]
    columns += [
        OriginColumn(name, Cell("cast(null as varchar)" if value is None else literal(value)))
        for name, value in _partitions(file, names).items()
    ]
    return columns


def _parquet_columns(connection: duckdb.DuckDBPyConnection, file: MappedFile) -> list[OriginColumn]:
    footer = read_footer(file.path)
    kinds = ""
    if file.file_format == TABLE_FORMAT:
        kinds = (pq.read_metadata(file.path).metadata or {}).get(KINDS_KEY, b"").decode()
    columns = []
    for place, column in enumerate(native_columns(connection, footer)):
        reference, native = quoted(column.scanned_name), column.native
        readable = is_readable("text", native) or column.name in footer.typeless_columns
        text = as_text(reference, native) if readable else "cast(null as varchar)"
        if column.name in footer.typeless_columns:
            text = "cast(null as varchar)"
        kind = kinds[place] if kinds else _kind(native)
        cell = Cell(text, is_moment=kind in "zm", has_zone=kind == "z", is_number=kind == "n")
        columns.append(OriginColumn(column.name, cell, readable))
    partitions = _partitions(file, footer.column_names)
    return columns + [OriginColumn(name, Cell(quoted(name))) for name in partitions]


def _kind(native: str) -> str:
    """The same letters as for columns of server tables."""
    if native == ZONED:
        return "z"
    if native == "DATE" or native.startswith("TIMESTAMP"):
        return "m"
    is_number = native in FLOATS or native.startswith("DECIMAL") or native.endswith("INT")
    return "n" if native != TEXT and (is_number or native == "INTEGER") else "t"


class _CsvStream:
    """The rows of a CSV file as Arrow batches of text columns c0, c1, ..."""

    def __init__(
        self, file: MappedFile, reader: CsvReader, rows: Rows, malformed: MalformedLines | None
    ) -> None:
        self._file = file
        self._reader = reader
        self._rows = rows
        self._malformed = malformed
        width = len(reader.header.columns)
        fields = [(f"c{place}", pa.string()) for place in range(width)]
        self.schema = pa.schema([*fields, (_ROW_NUMBER, pa.int64())])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, counted on the way."""
        for batch in self._reader.batches():
            self._rows.malformed_count += len(batch.malformed)
            if self._malformed is not None:
                self._malformed.add(self._file, batch.malformed)
            if batch.rows:
                self._rows.row_count += len(batch.rows)
                yield self._record_batch(batch)

    def _record_batch(self, batch: Batch) -> pa.RecordBatch:
        cells = list(zip(*batch.rows, strict=True))
        arrays = [text_array(cells[place]) for place in self._reader.header.positions]
        arrays.append(pa.array(list(batch.row_numbers), pa.int64()))
        return pa.record_batch(arrays, schema=self.schema)
