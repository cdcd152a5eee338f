"""Files in other encodings are read as declared, or refused with what would fit: never garbled."""

from __future__ import annotations

import codecs

import pytest

from checks.mapping.mapped import landed, write_files
from pipeline.csv_reader import HeaderError
from pipeline.mapping.encodings import EncodingError, encoding_of

TEXT = "顧客,名\n1,青い商事\n2,ｱｵｲ～①\n"
MAPPING = "sources: {users: {file: u.csv, ENCODING columns: {user_id: 顧客, email: 名}}}"


def emails(tmp_path, content: bytes, encoding: str = ""):
    """The e-mail cells of a file that is declared so, and its malformed records."""
    declared = f"encoding: {encoding}," if encoding else ""
    files = {"u.csv": content, "mapping.yml": MAPPING.replace("ENCODING", declared)}
    _, rows, malformed = landed(write_files(tmp_path / "raw", files), "users")
    return [row["email"] for row in rows], malformed


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16 big endian", "utf-32"],
)
def test_a_file_that_says_what_it_is_needs_no_declaration(content, tmp_path):
    assert emails(tmp_path, content) == (["青い商事", "ｱｵｲ～①"], [])


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp932", "cp932"),
        ("cp932", "Windows-31J"),
        ("cp932", "ms932"),
        ("cp932", "Shift_JIS"),
        ("cp932", "sjis"),
        ("euc_jis_2004", "euc_jis_2004"),
        ("gb18030", "GB18030"),
        ("utf-16-le", "utf-16-le"),
        ("utf-8", "UTF8"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_a_declared_encoding_is_used(encoding, declared, tmp_path):
    assert emails(tmp_path, TEXT.encode(encoding), declared) == (["青い商事", "ｱｵｲ～①"], [])


def test_iso_2022_jp_is_read_although_it_is_ascii_to_the_byte(tmp_path):
    content = "顧客,名\n1,青い商事\n".encode("iso2022_jp")
    assert emails(tmp_path, content, "iso2022_jp") == (["青い商事"], [])


def test_iso_2022_jp_that_is_not_declared_is_not_taken_for_ascii(tmp_path):
    path = tmp_path / "u.csv"
    path.write_bytes("id,name\n1,株式会社青い商事\n".encode("iso2022_jp"))
    with pytest.raises(EncodingError, match=r"iso2022_jp \(reads `1,株式会社青い商事`\)"):
        encoding_of(path)


def test_what_would_fit_is_said_with_how_it_reads(tmp_path):
    path = tmp_path / "u.csv"
    path.write_bytes("id,name\n1,株式会社青い商事\n".encode("cp932"))
    with pytest.raises(EncodingError, match=r"cp932 \(reads `1,株式会社青い商事`\)"):
        encoding_of(path)
    path.write_bytes("id,name\n1,Müller & Söhne\n".encode("cp1252"))
    with pytest.raises(EncodingError, match=r"cp1252 \(reads `1,Müller & Söhne`\)"):
        encoding_of(path)


def test_one_foreign_byte_far_down_is_found(tmp_path):
    path = tmp_path / "u.csv"
    path.write_bytes(b"id,name\n" + b"1,plain\n" * 400_000 + b"2,caf\xe9\n")
    with pytest.raises(EncodingError, match="cp1252"):
        encoding_of(path)


@pytest.mark.parametrize(
    ("content", "declared", "said"),
    [
        (TEXT.encode(), "cp932", "the mapping says CP932, but the file is UTF-8 text"),
        (codecs.BOM_UTF8 + b"a\n", "cp1252", "the mapping says CP1252, but the file is UTF-8"),
        (TEXT.encode("utf-16"), "cp932", "the mapping says CP932, but the file is UTF-16 text"),
        (TEXT.encode("utf-16"), "utf-8", "the mapping says UTF-8, but the file is UTF-16 text"),
    ],
)
def test_a_declaration_that_is_plainly_wrong_is_refused(content, declared, said, tmp_path):
    with pytest.raises(HeaderError, match=said):
        emails(tmp_path, content, declared)


def test_latin_1_is_read_as_browsers_do(tmp_path):
    files = {"u.csv": "k,n\n1,5 €\n".encode("cp1252")}
    mapping = "sources: {users: {file: u.csv, encoding: latin-1, columns: {user_id: k, email: n}}}"
    _, (row,), _ = landed(write_files(tmp_path / "raw", {**files, "mapping.yml": mapping}), "users")
    assert row["email"] == "5 €"


def test_ascii_fits_whatever_is_declared(tmp_path):
    content = "顧客,名\n".encode("cp932") + b"1,plain\n"
    assert emails(tmp_path, content, "cp932") == (["plain"], [])


def test_bytes_that_are_no_character_cost_their_line_alone(tmp_path):
    content = TEXT.encode("cp932") + b"3,a\x81\n4,b\n5,\xef \n6,c\n"
    found, malformed = emails(tmp_path, content, "cp932")
    assert found == ["青い商事", "ｱｵｲ～①", "b", "c"]
    assert [number for number, _ in malformed] == [3, 5]
    assert malformed[0][1].startswith("3,a")


def test_a_declared_utf_8_file_loses_only_the_lines_that_are_not(tmp_path):
    content = TEXT.encode() + b"3,caf\xe9\n"
    found, malformed = emails(tmp_path, content, "utf-8")
    assert (found, malformed) == (["青い商事", "ｱｵｲ～①"], [(3, "3,caf\ufffd")])


def test_half_a_character_at_the_end_is_a_malformed_line(tmp_path):
    content = TEXT.encode("utf-16") + "3,x\n".encode("utf-16-le") + b"4"
    found, malformed = emails(tmp_path, content)
    assert found == ["青い商事", "ｱｵｲ～①", "x"]
    assert [number for number, _ in malformed] == [4]
