"""The one CSV reader: RFC 4180 text into rows, losing no record and shifting no cell.

Every record of a file becomes either a row with exactly the header's cells or a malformed record
whose text is kept. A faulty quote costs its own physical line only: reading resumes on the next.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipeline.csv_dialect import UNREADABLE_BYTES, CsvDialect

# Lines are parsed this many at a time; what is in memory at once is bounded by it.
_CHUNK_LINES = 20_000
_CHUNK_CHARACTERS = 1 << 20
# A quote that is still open after this much text is taken for a stray one.
_MAX_RECORD_CHARACTERS = 1 << 26
_SNIFFED_BYTES = 1 << 16
# The largest cell that the csv module can be told to accept (a C long).
_MAX_CELL_CHARACTERS = 2**31 - 1


_RFC_4180 = CsvDialect()


class HeaderError(ValueError):
    """The file has no header that can be read; the message says why, without the file's name."""


class _StrayQuoteError(Exception):
    """The record in hand can never be completed."""


@dataclass(frozen=True)
class CsvHeader:
    """Names of a header, trimmed; `columns` holds each name once, `positions` its first cell.

    `repeats` pairs the first cell of a repeated name with each further one.
    """

    width: int
    columns: tuple[str, ...]
    positions: tuple[int, ...]
    repeats: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Batch:
    """Some records of a file in order.

    `rows` are lists of the header's width, `row_numbers` their places among the file's records
    (from 1); `malformed` holds place and text of the other records.
    """

    rows: list[list[str]]
    row_numbers: Sequence[int]
    malformed: list[tuple[int, str]]


class _Lines:
    """Physical lines of a stream, kept back to the start of the record in hand.

    `kept[at]` is the next line, `kept[start]` the first one of the record. A record that starts
    before `doomed` and does not end on its first line would run into a known fault.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.kept: list[str] = []
        self.at = 0
        self.start = 0
        self.doomed = 0
        self._characters = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at == self.start:
            self._characters = 0
        elif self.start < self.doomed or self._characters > _MAX_RECORD_CHARACTERS:
            raise _StrayQuoteError
        if self.at == len(self.kept) and not self._fill():
            raise StopIteration
        line = self.kept[self.at]
        self.at += 1
        self._characters += len(line)
        return line

    def _fill(self) -> bool:
        """Read some more lines; False at the end of the file."""
        more = self._stream.readlines(_CHUNK_CHARACTERS)
        self.kept += more
        return bool(more)

    def next_chunk(self) -> list[str]:
        """The lines that come next, forgetting the ones before; [] at the end of the file."""
        del self.kept[: self.at]
        self.doomed = max(0, self.doomed - self.at)
        self.at = self.start = 0
        if not self.kept:
            self._fill()
        return self.kept[:_CHUNK_LINES]

    def give_up_record(self) -> str:
        """First line of the record in hand, which is lost; the next record starts after it.

        Within an open quote the state at a line's start is always the same, so whatever record
        is open at one of the lines read since would fail where this one did.
        """
        self.doomed = max(self.doomed, self.at - 1)
        self.at = self.start + 1
        return self.kept[self.start]


def _newline_of(path: Path) -> str:
    """The character lines end with: a carriage return alone where the file has nothing else."""
    with path.open("rb") as stream:
        sniffed = stream.read(_SNIFFED_BYTES)
    return "\r" if b"\r" in sniffed and b"\n" not in sniffed else "\n"


def _is_readable(text: str) -> bool:
    """False when the text has a NUL or bytes of no character (then lone surrogates)."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _kept_text(text: str) -> str:
    """A malformed record's text without its line end, unreadable bytes and NUL as U+FFFD."""
    readable = text.rstrip("\r\n").replace("\0", "\ufffd")
    return readable.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _header_of(cells: list[str]) -> CsvHeader:
    """Header of the first record's cells; a column without a name is called by its place."""
    names = [
        cell.strip("\ufeff").strip() or f"unnamed_{place}"
        for place, cell in enumerate(cells, start=1)
    ]
    first_of: dict[str, int] = {}
    repeats = []
    for place, name in enumerate(names):
        if name in first_of:
            repeats.append((first_of[name], place))
        else:
            first_of[name] = place
    return CsvHeader(len(names), tuple(first_of), tuple(first_of.values()), tuple(repeats))


class CsvReader:
    """Reads one CSV file; `with CsvReader(path) as reader`, then `header` and `batches()`.

    `header_text` is the file up to the end of its header, without a byte order mark and the
    lines of `skipped_text` before it.

    Opening raises HeaderError when there is no header to read, OSError when there is no file.
    """

    def __init__(self, path: Path, dialect: CsvDialect = _RFC_4180) -> None:
        """Open the file and read its header."""
        csv.field_size_limit(_MAX_CELL_CHARACTERS)
        self._dialect = dialect
        # Undecodable bytes become lone surrogates, which no valid text can hold.
        self._stream = path.open(
            encoding=dialect.encoding, errors=UNREADABLE_BYTES, newline=_newline_of(path)
        )
        self._lines = _Lines(self._stream)
        self._parser = dialect.parser(self._lines)
        self._record_count = 0
        try:
            skipped = [self._stream.readline() for _ in range(dialect.skip_lines)]
            self.skipped_text = "".join(skipped)
            self.header = self._read_header()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> CsvReader:
        """The reader itself, open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._stream.close()

    def _read_header(self) -> CsvHeader:
        """Header from the first record that is not blank; HeaderError without a readable one."""
        while True:
            self._lines.start = self._lines.at
            try:
                cells = next(self._parser)
            except StopIteration:
                raise HeaderError("the file is empty: it has no header line") from None
            except (csv.Error, _StrayQuoteError):
                raise HeaderError("the header line has a quote that does not close") from None
            text = "".join(self._lines.kept[self._lines.start : self._lines.at])
            if not _is_readable(text):
                called = self._dialect.encoding.removesuffix("-sig").upper()
                raise HeaderError(f"the header line is not {called} text")
            if not self._is_blank(text):
                self.header_text = "".join(self._lines.kept[: self._lines.at])
                return _header_of(cells)

    def _is_blank(self, text: str) -> bool:
        """Whether a record is a blank line; one of empty cells between tabs is none."""
        return not text.strip() and self._dialect.delimiter not in text

    def batches(self) -> Iterator[Batch]:
        """All records in file order, some thousand at a time."""
        while chunk := self._lines.next_chunk():
            rows = _one_row_per_line(chunk, self._dialect)
            if rows is None:
                yield self._sort_out(self._records(len(chunk)))
                continue
            self._lines.at = len(chunk)
            if self._all_fit(rows):
                first = self._record_count + 1
                self._record_count += len(rows)
                yield Batch(rows, range(first, first + len(rows)), [])
            else:
                yield self._sort_out(zip(rows, chunk, strict=True))

    def texts(self) -> Iterator[tuple[list[str] | None, str]]:
        """Cells and text of what comes after `header_text`, record by record.

        The texts together are the file from there on. The cells are None where the record is
        malformed, or a blank line. Not to be mixed with `batches`.
        """
        while chunk := self._lines.next_chunk():
            for cells, text in self._records(len(chunk)):
                is_row = cells is not None and not self._is_blank(text) and self._fits(cells)
                yield cells if is_row else None, text

    def _all_fit(self, rows: list[list[str]]) -> bool:
        """True when every row is beyond doubt; a blank line can look like a row of one cell."""
        width = self.header.width
        return width > 1 and not self.header.repeats and set(map(len, rows)) == {width}

    def _records(self, line_count: int) -> Iterator[tuple[list[str] | None, str]]:
        """Cells (None when there is no making sense of them) and text of the records that start
        in the next `line_count` lines, one by one."""
        lines = self._lines
        while lines.at < line_count:
            lines.start = lines.at
            try:
                cells: list[str] | None = next(self._parser)
            except (csv.Error, _StrayQuoteError):
                yield None, lines.give_up_record()
                continue
            text = "".join(lines.kept[lines.start : lines.at])
            yield cells if _is_readable(text) else None, text

    def _sort_out(self, records: Iterable[tuple[list[str] | None, str]]) -> Batch:
        """Batch of some records, blank lines left out."""
        rows: list[list[str]] = []
        row_numbers: list[int] = []
        malformed: list[tuple[int, str]] = []
        for cells, text in records:
            if self._is_blank(text):
                continue
            self._record_count += 1
            if cells is not None and self._fits(cells):
                rows.append(cells)
                row_numbers.append(self._record_count)
            else:
                malformed.append((self._record_count, _kept_text(text)))
        return Batch(rows, row_numbers, malformed)

    def _fits(self, cells: list[str]) -> bool:
        """True when the cells are the header's, and the cells of a repeated name agree."""
        return len(cells) == self.header.width and all(
            cells[first].strip() == cells[place].strip() for first, place in self.header.repeats
        )


def _one_row_per_line(lines: list[str], dialect: CsvDialect) -> list[list[str]] | None:
    """Cells of each line, or None when a line is unreadable or is not a record by itself."""
    if not _is_readable("".join(lines)):
        return None
    try:
        rows = list(dialect.parser(lines))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) else None
