"""Land CSV files as Parquet of text columns, with where each row stood."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.csv_reader import Batch, CsvReader
from pipeline.raw_files import RawFile

FILE_COLUMN = "_file"
ROW_NUMBER_COLUMN = "_row_number"
# Only in copies of mapped files, whose columns are not those of the file.
RAW_ROW_COLUMN = "_raw_row"
_ROW_GROUP_ROWS = 122_880
_MALFORMED_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        (FILE_COLUMN, pa.string()),
        (ROW_NUMBER_COLUMN, pa.int64()),
        ("line_text", pa.string()),
    ]
)


@dataclass(frozen=True)
class LandedCsv:
    """A landed CSV file; `columns` are the names in the Parquet file, in header order.

    `is_mapped`: the columns are those of the contract, and the row as it was written stands
    beside them; `filtered_count` rows were left out by the mapping.
    """

    path: Path
    columns: tuple[str, ...]
    row_count: int
    malformed_count: int
    is_mapped: bool = False
    filtered_count: int = 0


def distinct_names(names: Iterable[str], contract_names: Iterable[str]) -> list[str]:
    """The names, made distinct for engines that ignore case by a number at their end.

    A name of the contract stays as it is, whatever stands before it.
    """
    names = list(names)
    kept = set(contract_names) & set(names)
    taken = {name.lower() for name in kept} | {FILE_COLUMN, ROW_NUMBER_COLUMN}
    distinct = []
    for name in names:
        candidate, number = name, 1
        while name not in kept and candidate.lower() in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate.lower())
        distinct.append(candidate)
    return distinct


class _BufferedWriter(AbstractContextManager["_BufferedWriter"]):
    """Writes tables of one schema to a Parquet file in row groups of an even size."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", compression_level=1)
        self._waiting: list[pa.RecordBatch] = []
        self._row_count = 0

    def write(self, batch: pa.RecordBatch) -> None:
        """Take some rows; they are written once there are enough of them."""
        self._waiting.append(batch)
        self._row_count += batch.num_rows
        if self._row_count >= _ROW_GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting).combine_chunks()
            self._writer.write_table(table, row_group_size=_ROW_GROUP_ROWS)
        self._waiting, self._row_count = [], 0

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()


class MalformedLines(_BufferedWriter):
    """Side file of all malformed records, whatever their source."""

    def __init__(self, path: Path) -> None:
        """Begin an empty side file."""
        super().__init__(path, _MALFORMED_SCHEMA)

    def add(self, file: RawFile, malformed: list[tuple[int, str]]) -> None:
        """Keep the place and text of some records of a file."""
        if malformed:
            numbers, texts = zip(*malformed, strict=True)
            count = len(malformed)
            columns = [[file.source] * count, [file.relative] * count, numbers, texts]
            self.write(pa.record_batch(columns, schema=_MALFORMED_SCHEMA))


def text_array(cells: tuple[str, ...]) -> pa.Array:
    """Cells of a column as text, empty ones as null."""
    array = pa.array(cells, pa.string())
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.string()), array)


class _CsvLanding:
    """One CSV file on its way into a Parquet file."""

    def __init__(self, file: RawFile, reader: CsvReader, contract_names: tuple[str, ...]) -> None:
        self.file = file
        self._positions = reader.header.positions
        self._partition_values = [
            (name, value)
            for name, value in dict(file.partitions).items()
            if name in contract_names and name not in reader.header.columns
        ]
        names = [*reader.header.columns, *(name for name, _ in self._partition_values)]
        self.columns = tuple(distinct_names(names, contract_names))
        fields = [(name, pa.string()) for name in self.columns]
        self.schema = pa.schema(
            [*fields, (FILE_COLUMN, pa.string()), (ROW_NUMBER_COLUMN, pa.int64())]
        )

    def record_batch(self, batch: Batch) -> pa.RecordBatch:
        """The batch's rows as columns, with their file and number."""
        count = len(batch.rows)
        cells = list(zip(*batch.rows, strict=True))
        arrays = [text_array(cells[position]) for position in self._positions]
        arrays += [
            pa.repeat(pa.scalar(value, pa.string()), count) for _, value in self._partition_values
        ]
        arrays.append(pa.repeat(pa.scalar(self.file.relative), count))
        arrays.append(pa.array(np.asarray(batch.row_numbers, dtype=np.int64)))
        return pa.record_batch(arrays, schema=self.schema)


def land_csv(
    file: RawFile, contract_names: tuple[str, ...], target: Path, malformed: MalformedLines
) -> LandedCsv:
    """Write a CSV file's rows to the Parquet file `target`, its malformed records to `malformed`.

    Memory is bounded by the reader's chunks and one row group. HeaderError without a header.
    """
    row_count = malformed_count = 0
    with CsvReader(file.path) as reader:
        landing = _CsvLanding(file, reader, contract_names)
        with _BufferedWriter(target, landing.schema) as writer:
            for batch in reader.batches():
                if batch.rows:
                    writer.write(landing.record_batch(batch))
                malformed.add(file, batch.malformed)
                row_count += len(batch.rows)
                malformed_count += len(batch.malformed)
    return LandedCsv(target, landing.columns, row_count, malformed_count)
