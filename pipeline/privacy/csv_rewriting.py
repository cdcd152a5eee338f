"""Takes a person out of a CSV file; every other record stays byte for byte."""

from __future__ import annotations

import codecs
import contextlib
import csv
import filecmp
import io
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.csv_dialect import CsvDialect
from pipeline.csv_reader import CsvHeader, CsvReader
from pipeline.failure import BuildFailure
from pipeline.privacy.person import FORGOTTEN, Person, SourceColumns, forgotten_cells
from pipeline.privacy.reading import Reading
from pipeline.raw_files import RawFile

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Of these alone a text of ASCII characters is the same bytes, wherever it stands.
_LIKE_ASCII = ("utf-8", "utf_8", "ascii", "iso8859", "iso-8859", "latin", "cp125", "windows-125")


@dataclass(frozen=True)
class _Forgetting:
    """Who is forgotten, in a file that is read in this way."""

    person: Person
    reading: Reading


def may_hold(path: Path, person: Person, dialect: CsvDialect | None = None) -> bool:
    """False when no byte of a file can stand for the person."""
    quote, encoding = ('"', "utf-8") if dialect is None else (dialect.quote, dialect.encoding)
    texts = [person.user_id, *person.emails]
    texts += [text.replace(quote, quote * 2) for text in texts] if quote else []
    if path.stat().st_size == 0:
        return False
    if not all(text.isascii() for text in texts) or not encoding.startswith(_LIKE_ASCII):
        return True
    pattern = b"|".join(re.escape(text.encode()) for text in texts)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return re.search(pattern, content, re.IGNORECASE) is not None


def rows_of(path: Path, dialect: CsvDialect | None = None) -> Iterator[dict[str, str]]:
    """The rows of a file that are well formed, by name."""
    with CsvReader(path, dialect or CsvDialect()) as reader:
        names = _names(reader.header)
        for cells, _ in reader.texts():
            if cells is not None:
                yield dict(zip(names, cells, strict=True))


def rewrite(file: RawFile, target: Path, person: Person, reading: Reading | None = None) -> int:
    """Write the file without the person; returns how many records are others than before.

    BuildFailure when the bytes of the other records cannot be written as they were.
    """
    reading = reading or Reading.of([file])
    if not reading.dialect.encoding.startswith("utf-8"):
        _refuse_lossy(file, target, reading.dialect)
    return _copy(file.path, target, reading.dialect, _Forgetting(person, reading))


def _copy(path: Path, target: Path, dialect: CsvDialect, forgetting: _Forgetting | None) -> int:
    """Write a file anew, with or without a person; how many records are others than before."""
    count = 0
    encoding = dialect.encoding.removesuffix("-sig")
    with CsvReader(path, dialect) as reader, target.open("wb") as output:
        encoder = codecs.getincrementalencoder(encoding)("surrogateescape")
        with path.open("rb") as source:
            if encoding == "utf-8" and source.read(len(_BYTE_ORDER_MARK)) == _BYTE_ORDER_MARK:
                output.write(_BYTE_ORDER_MARK)
        mark = "\ufeff" if encoding == "utf-8" else ""
        above = reader.skipped_text.removeprefix(mark)
        output.write(
            encoder.encode(forgetting.person.without_emails(above) if forgetting else above)
        )
        output.write(encoder.encode(reader.header_text))
        names = _names(reader.header)
        columns = forgetting.reading.columns(names) if forgetting else None
        for cells, text in reader.texts():
            changed = text
            if forgetting and columns:
                changed = _forgotten_record(forgetting, columns, names, cells, text)
            count += changed != text
            output.write(encoder.encode(changed))
    return count


def _refuse_lossy(file: RawFile, target: Path, dialect: CsvDialect) -> None:
    """BuildFailure when a file that is written as it was read has other bytes."""
    with contextlib.suppress(UnicodeError):
        _copy(file.path, target, dialect, None)
        if filecmp.cmp(file.path, target, shallow=False):
            return
    called = dialect.encoding.upper()
    raise BuildFailure(
        f"{file.relative}: not every byte of it can be written again as {called}. Save it as UTF-8 "
        "first, or take the person out of it by hand."
    )


def _forgotten_record(
    forgetting: _Forgetting,
    columns: SourceColumns,
    names: list[str],
    cells: list[str] | None,
    text: str,
) -> str:
    """The text of a record without the person, and as it was where it says nothing of them."""
    person = forgetting.person
    line_end = text[len(text.rstrip("\r\n")) :]
    if cells is None:
        # One cell never is a row of any source, so that the record stays malformed.
        names_person = person.without_emails(text) != text or (
            bool(columns.keys) and person.key_pattern.search(text) is not None
        )
        return FORGOTTEN + line_end if names_person else text
    forgotten = forgotten_cells(person, columns, names, cells)
    if forgotten == cells:
        return text
    return _line(forgotten, forgetting.reading.dialect) + line_end


def _line(cells: list[str], dialect: CsvDialect) -> str:
    """Cells as one CSV record, without a line end."""
    written = io.StringIO()
    csv.writer(
        written,
        lineterminator="\r\n",
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
    ).writerow(cells)
    return written.getvalue().removesuffix("\r\n")


def _names(header: CsvHeader) -> list[str]:
    """The name of every cell of a record, repeated ones too."""
    names = [""] * header.width
    for name, position in zip(header.columns, header.positions, strict=True):
        names[position] = name
    for first, place in header.repeats:
        names[place] = names[first]
    return names
