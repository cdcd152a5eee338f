"""The first rows of a file that nobody has described: how it is written and what is in it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.csv_dialect import UNREADABLE_BYTES, CsvDialect
from pipeline.csv_reader import CsvReader, HeaderError
from pipeline.file_checks import foreign_format
from pipeline.mapping.encodings import EncodingError, encoding_of, likely_encodings

_ROWS = 20_000
_LINES = 40
_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED_BYTES = 1 << 16


@dataclass(frozen=True)
class Sample:
    """Cells of a file's first rows, empty ones as ''; `written` are keys of the mapping that
    differ from what is usual, `doubts` remarks on them. `native` columns bear their types."""

    relative: str
    columns: dict[str, list[str]]
    file_format: str = "csv"
    written: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    native: frozenset[str] = frozenset()


def read_sample(path: Path, relative: str, file_format: str) -> Sample:
    """The first rows; HeaderError, OSError or pyarrow's errors when the file cannot be read."""
    if file_format == "parquet":
        return _parquet_sample(path, relative)
    with path.open("rb") as stream:
        if foreign := foreign_format(stream.read(8)):
            raise HeaderError(foreign)
    written: dict[str, str] = {}
    doubts: dict[str, str] = {}
    encoding = _encoding(path, written, doubts)
    usual = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    delimiter, skipped = _shape(path, encoding, usual)
    if delimiter != usual:
        written["delimiter"] = "tab" if delimiter == "\t" else delimiter
    if skipped:
        written["skip_lines"] = str(skipped)
        doubts["skip_lines"] = "lines before the header"
    with CsvReader(path, CsvDialect(encoding, delimiter, '"', skipped)) as reader:
        rows: list[list[str]] = []
        for batch in reader.batches():
            rows += batch.rows
            if len(rows) >= _ROWS:
                break
        places = zip(reader.header.columns, reader.header.positions, strict=True)
        columns = {name: [row[place].strip() for row in rows] for name, place in places if name}
    return Sample(relative, columns, "csv", written, doubts)


def _encoding(path: Path, written: dict[str, str], doubts: dict[str, str]) -> str:
    """What the file is, else the likeliest that fits it, which then has to be confirmed."""
    try:
        return encoding_of(path)
    except EncodingError as error:
        likely = likely_encodings(path)
        if not likely:
            raise HeaderError(str(error)) from error
    written["encoding"] = likely[0].encoding
    others = ", ".join(f"{guess.encoding} `{guess.shown}`" for guess in likely[1:3])
    doubts["encoding"] = f"reads `{likely[0].shown}`" + (f"; else {others}" if others else "")
    return likely[0].encoding


def _shape(path: Path, encoding: str, usual: str) -> tuple[str, int]:
    """The delimiter under which most lines have as many cells, and the lines before the first."""
    with path.open(encoding=encoding, errors=UNREADABLE_BYTES, newline="") as stream:
        text = stream.read(_SNIFFED_BYTES)
    lines = text.splitlines()[:_LINES]
    best, found = (0.0, 0), (usual, 0)
    for delimiter in (usual, *_DELIMITERS):
        widths = [_width(line, delimiter) for line in lines]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        width, count = Counter(wide).most_common(1)[0]
        score = (count / max(len([line for line in lines if line.strip()]), 1), width)
        if score > best:
            best, found = score, (delimiter, widths.index(width))
    delimiter, skipped = found
    return delimiter, skipped if any(line.strip() for line in lines[:skipped]) else 0


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader(io.StringIO(line), delimiter=delimiter), []))
    except csv.Error:
        return 0


def _parquet_sample(path: Path, relative: str) -> Sample:
    """Texts of the columns that hold single values."""
    file = pq.ParquetFile(path)
    batches = list(islice(file.iter_batches(batch_size=_ROWS), 1))
    table = pa.Table.from_batches(batches, schema=file.schema_arrow)
    columns, native = {}, set()
    for name in table.column_names:
        kind = table.schema.field(name).type
        if pa.types.is_nested(kind) or pa.types.is_binary(kind):
            continue
        columns[name] = ["" if cell is None else str(cell) for cell in table[name].to_pylist()]
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            native.add(name)
    return Sample(relative, columns, "parquet", native=frozenset(native))


def distinct_cells(cells: Sequence[str], most: int = 3_000) -> list[str]:
    """Different cells that hold something, in the order of the file."""
    return [cell for cell in dict.fromkeys(cells) if cell][:most]
