"""What the CSV reader makes of the files people really have."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import csv_reader
from pipeline.csv_reader import CsvReader, HeaderError


@pytest.fixture(params=["in bulk", "line by line"])
def read(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Reads bytes to (columns, rows by number, malformed by number), in chunks large and small."""
    if request.param == "line by line":
        monkeypatch.setattr(csv_reader, "_CHUNK_LINES", 1)
        monkeypatch.setattr(csv_reader, "_CHUNK_CHARACTERS", 1)

    def read_bytes(content: bytes):
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        rows, malformed = {}, {}
        with CsvReader(path) as reader:
            for batch in reader.batches():
                rows.update(zip(batch.row_numbers, batch.rows, strict=True))
                malformed.update(batch.malformed)
            return reader.header.columns, rows, malformed

    return read_bytes


def test_a_plain_file_is_read(read):
    assert read(b"a,b\n1,2\n3,\n") == (("a", "b"), {1: ["1", "2"], 2: ["3", ""]}, {})


def test_a_byte_order_mark_is_no_part_of_the_first_name(read):
    assert read(b'\xef\xbb\xbf"a",b\n1,2\n')[0] == ("a", "b")


def test_windows_line_ends_are_no_part_of_cells(read):
    assert read(b"a,b\r\n1,2\r\n\r\n3,4\r\n")[1] == {1: ["1", "2"], 2: ["3", "4"]}


def test_line_ends_of_carriage_returns_alone_are_read(read):
    assert read(b"a,b\r1,2\r3,4\r")[1] == {1: ["1", "2"], 2: ["3", "4"]}


def test_the_last_line_needs_no_line_end(read):
    assert read(b"a,b\n1,2")[1] == {1: ["1", "2"]}


def test_names_of_the_header_are_trimmed(read):
    assert read(b" a ,\tb\n1,2\n")[0] == ("a", "b")


def test_cells_are_not_touched(read):
    assert read(b"a,b\n 1 ,\t2\n")[1] == {1: [" 1 ", "\t2"]}


def test_quoted_newlines_commas_and_quotes_belong_to_the_cell(read):
    content = b'a,b\n"one\ntwo, ""three""\r\nfour",2\n5,6\n'
    assert read(content)[1] == {1: ['one\ntwo, "three"\r\nfour', "2"], 2: ["5", "6"]}


def test_japanese_text_is_kept(read):
    assert read("名前,b\n東京 株式会社,絵文字🎌\n".encode())[:2] == (
        ("名前", "b"),
        {1: ["東京 株式会社", "絵文字🎌"]},
    )


def test_thousands_separators_stay_text(read):
    assert read(b'a,b\n"1,234.50",2\n')[1] == {1: ["1,234.50", "2"]}


def test_an_unquoted_thousands_separator_makes_a_malformed_record(read):
    assert read(b"a,b\n1,234.50,2\n3,4\n")[1:] == ({2: ["3", "4"]}, {1: "1,234.50,2"})


def test_blank_lines_are_not_records(read):
    assert read(b"\n \na,b\n\n1,2\n  \t\n3,4\n\n\n")[1] == {1: ["1", "2"], 2: ["3", "4"]}


def test_blank_lines_of_a_file_of_one_column_are_not_records(read):
    assert read(b'a\n1\n\n  \n""\n')[1] == {1: ["1"], 2: [""]}


def test_a_line_of_empty_cells_is_a_record(read):
    assert read(b"a,b\n,\n1,2\n")[1] == {1: ["", ""], 2: ["1", "2"]}


def test_a_repeated_header_line_is_a_record_like_any(read):
    assert read(b"a,b\n1,2\na,b\n")[1] == {1: ["1", "2"], 2: ["a", "b"]}


def test_too_few_and_too_many_cells_are_malformed(read):
    content = b"a,b\n1\n1,2\n1,2,3\n1,2,\n"
    malformed = {1: "1", 3: "1,2,3", 4: "1,2,"}
    assert read(content)[1:] == ({2: ["1", "2"]}, malformed)


def test_a_malformed_record_of_several_lines_keeps_them_all(read):
    assert read(b'a,b\n"x\ny",2,3\n4,5\n')[1:] == ({2: ["4", "5"]}, {1: '"x\ny",2,3'})


def test_an_unterminated_quote_costs_its_own_line_only(read):
    content = b'a,b\n1,"open\n3,4\n5,6\n'
    assert read(content)[1:] == ({2: ["3", "4"], 3: ["5", "6"]}, {1: '1,"open'})


def test_each_of_many_unterminated_quotes_costs_its_own_line(read):
    content = b"a,b\n" + b'1,"open\n3,4\n' * 50
    _, rows, malformed = read(content)
    assert set(malformed) == set(range(1, 101, 2))
    assert set(rows) == set(range(2, 101, 2))


def test_text_after_a_closing_quote_costs_its_own_line_only(read):
    content = b'a,b\n"1"x,2\n3,4\n'
    assert read(content)[1:] == ({2: ["3", "4"]}, {1: '"1"x,2'})


def test_a_quote_within_an_unquoted_cell_is_a_character(read):
    assert read(b'a,b\n5" screen,2\n')[1] == {1: ['5" screen', "2"]}


def test_a_faulty_quote_in_the_middle_of_a_record_gives_its_later_lines_back(read):
    content = b'a,b\n1,"x\ny"z\n3,4\n'
    assert read(content)[1:] == ({3: ["3", "4"]}, {1: '1,"x', 2: 'y"z'})


def test_the_line_a_record_fails_on_may_begin_a_sound_record(read):
    content = b'a,b\n1,"x\ny"z,"q\nr"\n3,4\n'
    assert read(content)[1:] == ({2: ['y"z', "q\nr"], 3: ["3", "4"]}, {1: '1,"x'})


def test_a_nul_makes_a_malformed_record(read):
    assert read(b"a,b\n1,\x002\n3,4\n")[1:] == ({2: ["3", "4"]}, {1: "1,\ufffd2"})


def test_bytes_that_are_not_utf8_make_a_malformed_record(read):
    assert read(b"a,b\n1,\xff2\n3,4\n")[1:] == ({2: ["3", "4"]}, {1: "1,\ufffd2"})


def test_an_unreadable_byte_in_a_quoted_newline_cell_loses_that_record_only(read):
    content = b'a,b\n1,"x\n\xff"\n3,4\n'
    assert read(content)[1:] == ({2: ["3", "4"]}, {1: '1,"x\n\ufffd"'})


def test_a_carriage_return_within_a_line_is_malformed(read):
    assert read(b"a,b\n1,2\r3,4\n5,6\n")[1] == {2: ["5", "6"]}


def test_repeated_names_whose_cells_agree_are_one_column(read):
    columns, rows, malformed = read(b"a,b,a\n1,2, 1\n3,4,5\n")
    assert columns == ("a", "b")
    assert rows == {1: ["1", "2", " 1"]}
    assert malformed == {2: "3,4,5"}


def test_a_name_that_is_missing_is_called_by_its_place(read):
    assert read(b"a,b,\n1,2,\n")[0] == ("a", "b", "unnamed_3")


def test_a_file_with_a_header_only_has_no_rows(read):
    assert read(b"a,b\n")[1:] == ({}, {})


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_a_header_says_so(read, content):
    with pytest.raises(HeaderError, match="has no header line"):
        read(content)


@pytest.mark.parametrize("content", [b"a,\xff\n", b"a,\0\n", b'a,"b\n1,2\n', b'"a"b\n'])
def test_a_header_that_cannot_be_read_says_so(read, content):
    with pytest.raises(HeaderError, match="the header line"):
        read(content)


def test_huge_cells_are_read(read):
    cell = "x" * 1_000_000
    assert read(f'a,b\n"{cell}\n{cell}",2\n'.encode())[1] == {1: [f"{cell}\n{cell}", "2"]}


def test_a_quote_open_for_too_long_is_a_stray_one(read, monkeypatch):
    monkeypatch.setattr(csv_reader, "_MAX_RECORD_CHARACTERS", 100)
    content = b'a,b\n1,"open\n' + b"3,4\n" * 200 + b'5,6"\n'
    _, rows, malformed = read(content)
    assert malformed == {1: '1,"open'}
    assert len(rows) == 201
