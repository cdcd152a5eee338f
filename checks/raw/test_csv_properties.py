"""Properties of the CSV reader on any file at all."""

from __future__ import annotations

import csv
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import csv_reader
from pipeline.csv_reader import CsvReader, HeaderError

# Few characters, so that the troublesome ones meet often.
_ANY_BYTES = st.lists(
    st.sampled_from([b"a", b"b", b",", b'"', b"\n", b"\r\n", b" ", b"\0", b"\xff", "日".encode()]),
    max_size=60,
).map(b"".join)
_CELL = st.text(st.sampled_from('ab ,"\n\r日é'), max_size=6)
_FAULTY_LINES = st.sampled_from(["only", "one,two,three,four", '"x"y,2,3', '1,"x"y,3', "1,2,\0"])


def _read(path: Path, chunk: int) -> tuple[int, dict[int, list[str]], dict[int, str]]:
    """Width of the header, rows and malformed records by number."""
    rows: dict[int, list[str]] = {}
    malformed: dict[int, str] = {}
    with (
        patch.object(csv_reader, "_CHUNK_LINES", chunk),
        patch.object(csv_reader, "_CHUNK_CHARACTERS", chunk),
        CsvReader(path) as reader,
    ):
        for batch in reader.batches():
            for number, row in zip(batch.row_numbers, batch.rows, strict=True):
                assert number not in rows
                rows[number] = row
            for number, text in batch.malformed:
                assert number not in malformed
                malformed[number] = text
        return reader.header.width, rows, malformed


def _complete_record(lines: list[str]) -> tuple[list[str], int] | None:
    """Cells and line count of the record that the lines begin with, None for a faulty quote."""
    for count in range(1, len(lines) + 1):
        try:
            return next(csv.reader(lines[:count], strict=True)), count
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                return None
    return None


def _slow_reading(content: bytes) -> tuple[dict[int, list[str]], dict[int, str]]:
    """The rules of the reader once more, each record tried with one line, two lines, and so on."""
    text = content.decode("utf-8", "surrogateescape")
    lines = [line for line in text.replace("\n", "\n\f").split("\f") if line]
    rows: dict[int, list[str]] = {}
    malformed: dict[int, str] = {}
    width = number = 0
    while lines:
        record = _complete_record(lines)
        count = record[1] if record else 1
        text, lines = "".join(lines[:count]), lines[count:]
        if not text.strip():
            continue
        is_readable = not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)
        if not width:
            if not record or not is_readable:
                raise HeaderError
            width = len(record[0])
            continue
        number += 1
        if record and is_readable and len(record[0]) == width:
            rows[number] = record[0]
        else:
            malformed[number] = "".join(
                "\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c
                for c in text.rstrip("\r\n")
            )
    if not width:
        raise HeaderError
    return rows, malformed


@settings(max_examples=250, deadline=None)
@given(content=_ANY_BYTES, chunk=st.sampled_from([1, 2, 7, 1000]))
def test_any_file_is_read_record_by_record_whatever_the_chunks(tmp_path_factory, content, chunk):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    content = b"x,y\n" + content
    path.write_bytes(content)
    width, rows, malformed = _read(path, chunk)
    assert sorted([*rows, *malformed]) == list(range(1, len(rows) + len(malformed) + 1))
    assert all(len(row) == width for row in rows.values())
    assert (rows, malformed) == _slow_reading(content)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(content)
    try:
        width, rows, _ = _read(path, 1000)
    except HeaderError:
        return
    assert all(len(row) == width for row in rows.values())


@settings(max_examples=120, deadline=None)
@given(
    records=st.lists(st.one_of(st.tuples(_CELL, _CELL, _CELL), _FAULTY_LINES), max_size=8),
    chunk=st.sampled_from([1, 3, 1000]),
)
def test_what_was_written_is_read_and_faulty_lines_are_set_apart(tmp_path_factory, records, chunk):
    path = tmp_path_factory.getbasetemp() / "written.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(["x", "y", "z"])
        for record in records:
            if isinstance(record, str):
                stream.write(f"{record}\r\n")
            else:
                writer.writerow(record)
    _, rows, malformed = _read(path, chunk)
    numbered = dict(enumerate(records, start=1))
    assert rows == {n: list(r) for n, r in numbered.items() if not isinstance(r, str)}
    assert set(malformed) == {n for n, r in numbered.items() if isinstance(r, str)}


def test_the_slow_reading_refuses_a_file_without_a_header():
    with pytest.raises(HeaderError):
        _slow_reading(b"\n")
