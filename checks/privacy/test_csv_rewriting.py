"""A person leaves a CSV file; every other record keeps its bytes, its place and its meaning."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.csv_reader import CsvReader
from pipeline.privacy.csv_rewriting import may_hold, rewrite
from pipeline.privacy.person import Person
from pipeline.raw_files import RawFile

PERSON = Person("U1", "forgotten-1", emails=frozenset({"Ann@Example.com"}))
NUMBERED = Person("7", "123456789")


def rewritten(folder: Path, source: str, content: bytes, person: Person = PERSON) -> bytes:
    """A file of a source without the person."""
    path, target = folder / f"{source}.csv", folder / "target"
    path.write_bytes(content)
    rewrite(RawFile(source, path, path.name, "csv", ()), target, person)
    return target.read_bytes()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_records_of_others_stay_byte_for_byte(
    tmp_path: Path, line_end: str, mark: bytes
) -> None:
    lines = [
        "user_id,account_id,email,role",
        'U2,"A1",  odd@x.org ,"admin"',
        "U1,A1,ann@example.com,member",
        '"U3",A1,"two\nlines, ""quoted""",viewer' if line_end != "\r" else "U3,A1,,viewer",
        "",
        "U10,A1,joann@example.com.au,viewer",
    ]
    content = mark + line_end.join(lines).encode()
    lines[2] = "forgotten-1,A1,,member"
    assert rewritten(tmp_path, "users", content) == mark + line_end.join(lines).encode()


def test_what_no_contract_names_is_emptied_in_their_rows_only(tmp_path: Path) -> None:
    content = (
        b"user_id,account_id,created_at,full_name\nU1,A1,2025-01-01,Ann\nU2,A1,2025-01-01,Bo\n"
    )
    assert rewritten(tmp_path, "users", content) == (
        b"user_id,account_id,created_at,full_name\nforgotten-1,A1,2025-01-01,\n"
        b"U2,A1,2025-01-01,Bo\n"
    )


def test_their_own_words_go_and_their_rows_stay(tmp_path: Path) -> None:
    content = b"survey_id,user_id,kind,score,comment\nS1,U1,nps,9,fine\nS2,U2,nps,1,bad\n"
    assert rewritten(tmp_path, "surveys", content) == (
        b"survey_id,user_id,kind,score,comment\nS1,forgotten-1,nps,9,\nS2,U2,nps,1,bad\n"
    )


def test_an_address_goes_wherever_it_stands_and_a_key_where_people_write(tmp_path: Path) -> None:
    content = (
        b"touchpoint_id,account_id,kind,summary\n"
        b'T1,A1,call,"U1 said, write to ANN@example.com; U10 agreed"\nU1,A2,call,\n'
    )
    assert rewritten(tmp_path, "touchpoints", content) == (
        b"touchpoint_id,account_id,kind,summary\n"
        b'T1,A1,call,"[forgotten] said, write to [forgotten]; U10 agreed"\nU1,A2,call,\n'
    )


def test_a_number_is_replaced_where_it_is_a_key_and_nowhere_else(tmp_path: Path) -> None:
    content = b"ticket_id,account_id,requester_user_id,csat_score\n7,7,7,5\n8,7, 7 ,4\n9,7,77,7\n"
    assert rewritten(tmp_path, "tickets", content, NUMBERED) == (
        b"ticket_id,account_id,requester_user_id,csat_score\n7,7,123456789,5\n"
        b"8,7,123456789,4\n9,7,77,7\n"
    )


def test_a_malformed_record_that_names_them_stays_malformed_and_says_nothing(
    tmp_path: Path,
) -> None:
    content = b'user_id,account_id,email\nU1,A1,"x\nU2,A1\nU3,A1,ann@example.com,more\nU4,A1,\xff\n'
    written = rewritten(tmp_path, "users", content)
    assert written == b"user_id,account_id,email\n[forgotten]\nU2,A1\n[forgotten]\nU4,A1,\xff\n"


def test_a_file_without_them_is_not_even_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"user_id,email\nU2,b@x.org\n")
    (tmp_path / "b").write_bytes(b"user_id,email\nU2,ANN@EXAMPLE.COM\n")
    (tmp_path / "c").write_bytes(b"")
    assert [may_hold(tmp_path / name, PERSON) for name in "abc"] == [False, True, False]


CELLS = st.text(st.sampled_from('U1,"\n\r x7é'), max_size=6)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8), broken=st.binary(max_size=12))
def test_any_file_keeps_its_records_and_loses_the_person(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], broken: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    written = io.StringIO()
    csv.writer(written).writerows([("user_id", "account_id", "email"), *rows])
    content = written.getvalue().encode() + broken
    after = rewritten(folder, "users", content)
    (folder / "after.csv").write_bytes(after)
    former, now = records(folder / "users.csv"), records(folder / "after.csv")
    assert [cells is None for cells in former] == [cells is None for cells in now]
    for old, new in zip(former, now, strict=True):
        if old is None or new is None:
            continue
        if old[0].strip() != PERSON.user_id:
            assert new == [*old[:2], PERSON.key_pattern.sub("[forgotten]", old[2])]
        else:
            assert new == [PERSON.key, old[1], ""]


def records(path: Path) -> list[list[str] | None]:
    """Cells of every record that is no blank line; None for a malformed one."""
    with CsvReader(path) as reader:
        found = []
        for batch in reader.batches():
            numbered = dict(zip(batch.row_numbers, batch.rows, strict=True))
            numbered |= dict.fromkeys((number for number, _ in batch.malformed), None)
            found += [numbered[number] for number in sorted(numbered)]
        return found
