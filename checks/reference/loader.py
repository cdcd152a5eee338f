"""Read a folder of raw files into rows of text cells, as `reading.read` takes them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .columns import COLUMNS
from .reading import MALFORMED, Raw

Row = dict[str, Any]


def load_folder(folder: Path) -> Raw:
    """Return source -> rows of every CSV and Parquet file of the staged sources."""
    return {source: load_source(Path(folder), source) for source in COLUMNS}


def load_source(folder: Path, source: str) -> list[Row]:
    """Return the rows of `<source>.csv`, `<source>.parquet` and of the files in `<source>/`."""
    rows: list[Row] = []
    for path in sorted(source_files(folder, source), key=lambda path: str(path).encode()):
        name = path.relative_to(folder).as_posix()
        is_csv = path.suffix.lower() == ".csv"
        cells = read_csv(path) if is_csv else read_parquet(path, partition_cells(path, folder))
        for number, row in enumerate(cells, start=1):
            rows.append({**row, "_file": name, "_row_number": number})
    return rows


def source_files(folder: Path, source: str) -> list[Path]:
    """Return the files of one source; hidden ones and names with a leading underscore are none."""
    found = [path for path in folder.iterdir() if path.is_file() and path.stem == source]
    found += [path for path in (folder / source).rglob("*") if path.is_file()]
    return [
        path
        for path in found
        if path.suffix.lower() in (".csv", ".parquet")
        and not any(part[0] in "._" for part in path.relative_to(folder).parts)
    ]


def partition_cells(path: Path, folder: Path) -> Row:
    """Return the cells that a hive-partitioned path holds (`month=2025-01`)."""
    parts = (part.partition("=") for part in path.relative_to(folder).parts[:-1])
    return {
        name: None if value == "__HIVE_DEFAULT_PARTITION__" else unquote(value)
        for name, sign, value in parts
        if sign
    }


def read_csv(path: Path) -> Iterator[Row]:
    """Yield the records of a CSV file; one that does not split right is a malformed row."""
    lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines(keepends=True)
    lines = _physical_lines(lines)
    records = _records(lines)
    header = [name.strip() for name in next(records)[1] or []]
    for text, cells in records:
        row = None if cells is None else _row(header, cells)
        is_readable = row is not None and "\0" not in text and "\ufffd" not in text
        yield row if is_readable else {MALFORMED: text}


def _physical_lines(pieces: list[str]) -> list[str]:
    """Join what was split at anything but a line end (`splitlines` knows more of them)."""
    lines = [""]
    for piece in pieces:
        lines[-1] += piece
        if piece.endswith(("\n", "\r")):
            lines.append("")
    return [line for line in lines if line]


def _records(lines: list[str]) -> Iterator[tuple[str, list[str] | None]]:
    """Yield (text, cells) of each record; a line with broken quotes alone has no cells."""
    position = 0
    while position < len(lines):
        if not lines[position].strip():
            position += 1
            continue
        reader = csv.reader(lines[position:], strict=True)
        try:
            cells = next(reader)
            count = reader.line_num
        except csv.Error:
            cells, count = None, 1
        yield "".join(lines[position : position + count]), cells
        position += count


def _row(header: list[str], cells: list[str]) -> Row | None:
    """Return header -> cell; null when they do not fit, or equal names have different cells."""
    if len(cells) != len(header):
        return None
    row: Row = {}
    for name, cell in zip(header, cells, strict=True):
        if name in row and (row[name] or "").strip() != cell.strip():
            return None
        row[name] = cell or None
    return row


def read_parquet(path: Path, partition: Row) -> Iterator[Row]:
    """Yield the rows of a Parquet file as text cells."""
    from pyarrow.parquet import ParquetFile

    for batch in ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            yield {**{name: as_text(value) for name, value in row.items()}, **partition}


def as_text(value: Any) -> str | None:
    """Return a typed cell as a CSV export would write it; doubles without an exponent."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
