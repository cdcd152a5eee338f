"""Which landed CSV files are kept from the build before, and where copies lie."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import replace
from pathlib import Path

import duckdb

from pipeline.csv_landing import RAW_ROW_COLUMN, LandedCsv
from pipeline.parquet_files import read_footer, scan

_LINE_COLUMNS = "source, _file, _row_number, line_text"
# The last columns of a copy say where a row stood, and in that of a mapped file before them how
# it was written; the others are those of the file.
_OWN_COLUMNS = 2


class LandedCopies:
    """The copies below one folder; `new` names the files to read, None stands for all of them."""

    def __init__(self, folder: Path, new: Container[str] | None) -> None:
        self.folder = folder
        self._new = new
        self._counts: dict[tuple[str, str], tuple[int, int]] = {}

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is kept."""
        return self._new is None

    def is_new(self, relative: str) -> bool:
        """Whether no published build has taken the file."""
        return self._new is None or relative in self._new

    def path(self, source: str, relative: str) -> Path:
        """Where the copy of a file lies, whatever other files there are."""
        name = hashlib.sha256(relative.encode("utf-8")).hexdigest()[:32]
        return self.folder / source / f"{name}.parquet"

    def remember(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Note rows and malformed lines of the files whose copies can be kept."""
        rows = connection.execute(
            "select source, _file, row_count, malformed_count from raw.source_files"
        ).fetchall()
        self._counts = {
            (source, relative): (row_count, malformed_count)
            for source, relative, row_count, malformed_count in rows
            if not self.is_new(relative) and self.path(source, relative).is_file()
        }

    def kept(self, source: str, relative: str) -> LandedCsv | None:
        """The copy of a file that is not read again, None for one that has to be."""
        if (source, relative) not in self._counts:
            return None
        path = self.path(source, relative)
        columns = read_footer(path).column_names[:-_OWN_COLUMNS]
        landed = LandedCsv(path, columns, *self._counts[source, relative])
        if columns[-1:] == (RAW_ROW_COLUMN,):
            return replace(landed, columns=columns[:-1], is_mapped=True)
        return landed

    def write_malformed_lines(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        """Add the malformed lines of this run to those of the files that are kept."""
        lines = f"select {_LINE_COLUMNS} from {scan([path])}"
        if not self.is_fresh:
            kept = connection.execute(
                f"select {_LINE_COLUMNS} from raw.malformed_lines where list_contains($1, _file)",
                [[relative for _, relative in self._counts]],
            ).to_arrow_table()
            connection.register("kept_lines", kept)
            lines += f" union all select {_LINE_COLUMNS} from kept_lines"
        connection.execute(f"create or replace table raw.malformed_lines as {lines}")
