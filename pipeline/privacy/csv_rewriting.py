"""Takes a person out of a CSV file; every other record stays byte for byte."""

from __future__ import annotations

import csv
import io
import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.csv_reader import CsvHeader, CsvReader
from pipeline.privacy.person import FORGOTTEN, Person, SourceColumns, forgotten_cells
from pipeline.raw_contracts import load_contracts
from pipeline.raw_files import RawFile

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def may_hold(path: Path, person: Person) -> bool:
    """False when no byte of a file can stand for the person."""
    texts = [person.user_id, person.user_id.replace('"', '""'), *person.emails]
    if path.stat().st_size == 0:
        return False
    if not all(text.isascii() for text in texts):
        return True
    pattern = b"|".join(re.escape(text.encode()) for text in texts)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return re.search(pattern, content, re.IGNORECASE) is not None


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file that are well formed, by name."""
    with CsvReader(path) as reader:
        names = _names(reader.header)
        for cells, _ in reader.texts():
            if cells is not None:
                yield dict(zip(names, cells, strict=True))


def rewrite(file: RawFile, target: Path, person: Person) -> int:
    """Write the file without the person; returns how many records are others than before."""
    count = 0
    with CsvReader(file.path) as reader, target.open("wb") as output:
        with file.path.open("rb") as source:
            if source.read(len(_BYTE_ORDER_MARK)) == _BYTE_ORDER_MARK:
                output.write(_BYTE_ORDER_MARK)
        output.write(_bytes(reader.header_text))
        names = _names(reader.header)
        columns = SourceColumns.of(load_contracts()[file.source], names)
        for cells, text in reader.texts():
            changed = _forgotten_record(person, columns, names, cells, text)
            count += changed != text
            output.write(_bytes(changed))
    return count


def _forgotten_record(
    person: Person, columns: SourceColumns, names: list[str], cells: list[str] | None, text: str
) -> str:
    """The text of a record without the person, and as it was where it says nothing of them."""
    line_end = text[len(text.rstrip("\r\n")) :]
    if cells is None:
        # One cell never is a row of any source, so that the record stays malformed.
        names_person = person.without_emails(text) != text or (
            bool(columns.keys) and person.key_pattern.search(text) is not None
        )
        return FORGOTTEN + line_end if names_person else text
    forgotten = forgotten_cells(person, columns, names, cells)
    return _line(forgotten) + line_end if forgotten != cells else text


def _line(cells: list[str]) -> str:
    """Cells as one CSV record, without a line end."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue().removesuffix("\r\n")


def _names(header: CsvHeader) -> list[str]:
    """The name of every cell of a record, repeated ones too."""
    names = [""] * header.width
    for name, position in zip(header.columns, header.positions, strict=True):
        names[position] = name
    for first, place in header.repeats:
        names[place] = names[first]
    return names


def _bytes(text: str) -> bytes:
    """The bytes that the text was read from."""
    return text.encode("utf-8", "surrogateescape")
