"""Which files a mapping reads as what, and what is left of a row on the way."""

from __future__ import annotations

import os

import pytest

from checks.mapping.mapped import land_with_mapping, landed, mapped_files, write_files
from checks.raw.folders import query
from pipeline.mapping.files import open_raw

SUBSCRIPTIONS = """Kunde;Name;Abo;Plan;Betrag
k1;Eins;s1;annual;12.000,50
k1;Eins;s2;monthly;10
k2;"Zwei;e";s3;weekly;x
k3;Drei
"""
SPLIT = """
shared:
  subs: {file: subs.csv, delimiter: ;, decimal_mark: ",", thousands_mark: .}
sources:
  accounts:
    from: subs
    columns: {account_id: Kunde, account_name: Name, created_at: {value: 2025-01-01}}
  contracts:
    - from: subs
      columns: &line
        contract_line_id: Abo
        contract_id: Abo
        account_id: Kunde
        product_id: {value: P1}
        line_type: {value: recurring}
        currency: {value: EUR}
        unit_price: Betrag
        quantity: {value: 1}
        billing_interval: {column: Plan, values: {annual: year, monthly: month}}
        start_date: {value: 2025-01-01}
        updated_at: {value: 2025-01-01}
    - from: subs
      filter: {column: Plan, is: annual}
      columns:
        contract_line_id: {column: Abo, suffix: -support}
        contract_id: Abo
        account_id: Kunde
        product_id: {value: P2}
        line_type: {value: recurring}
        currency: {value: EUR}
        unit_price: {value: 5}
        quantity: {value: 1}
        billing_interval: {value: month}
        start_date: {value: 2025-01-01}
        updated_at: {value: 2025-01-01}
"""


@pytest.fixture(scope="module")
def split(tmp_path_factory):
    """One file of subscriptions that serves as accounts and, in two ways, as contract lines."""
    folder = tmp_path_factory.mktemp("split")
    return land_with_mapping(
        folder, SPLIT, {"subs.csv": SUBSCRIPTIONS}, without=["accounts", "contracts"]
    )


def test_one_file_serves_as_several_sources(split):
    rows = query(split, "select account_id, account_name, _file, _row_number from raw.accounts")
    assert rows == [
        ("k1", "Eins", "subs.csv", 1),
        ("k1", "Eins", "subs.csv", 2),
        ("k2", "Zwei;e", "subs.csv", 3),
    ]


def test_one_row_makes_several_lines(split):
    rows = query(
        split,
        "select contract_line_id, unit_price, billing_interval, _file, _row_number"
        " from raw.contracts order by _file, _row_number",
    )
    assert rows == [
        ("s1", "12000.50", "year", "subs.csv", 1),
        ("s2", "10", "month", "subs.csv", 2),
        ("s3", "x", "weekly", "subs.csv", 3),
        ("s1-support", "5", "month", "subs.csv#2", 1),
    ]


def test_the_raw_row_is_what_the_user_wrote(split):
    rows = query(split, "select to_json(_raw_row)::varchar from raw.contracts where unit_price='x'")
    assert rows == [('{"Kunde":"k2","Name":"Zwei;e","Abo":"s3","Plan":"weekly","Betrag":"x"}',)]


def test_a_malformed_line_is_kept_by_each_source_and_counted_once_in_it(split):
    lines = query(split, "from raw.malformed_lines order by source")
    assert lines == [
        ("accounts", "subs.csv", 4, "k3;Drei"),
        ("contracts", "subs.csv", 4, "k3;Drei"),
    ]
    counts = query(
        split,
        "select source, _file, row_count, malformed_count from raw.source_files"
        " where _file like 'subs%' order by all",
    )
    assert counts == [
        ("accounts", "subs.csv", 3, 1),
        ("contracts", "subs.csv", 3, 1),
        ("contracts", "subs.csv#2", 1, 0),
    ]


def test_rows_that_a_filter_leaves_out_are_counted(split):
    filtered = {file.relative: file.filtered_count for file in split.files}
    assert (filtered["subs.csv"], filtered["subs.csv#2"]) == (0, 2)


def test_unused_columns_of_the_file_and_absent_ones_of_the_contract_are_listed(split):
    rows = query(
        split,
        "select unknown_columns, missing_columns from raw.source_files where source = 'accounts'",
    )
    assert rows[0][0] == "Abo,Betrag,Plan"
    assert rows[0][1].startswith("country,employee_count")


def test_sources_that_the_mapping_leaves_alone_are_read_by_name(split):
    assert query(split, "select user_id from raw.users") == [("U1",)]
    status = query(split, "select count(*) from raw.source_status where is_connected")
    assert status == [(5,)]


USERS = "sources: {users: {file: FILE, columns: {user_id: ID}}}"


def user_files(folder, pattern, names):
    write_files(folder, dict.fromkeys(names, "ID\n1\n"))
    write_files(folder, {"mapping.yml": USERS.replace("FILE", pattern)})
    return [file.relative for file in mapped_files(folder, "users")]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a.csv", ["a.csv"]),
        ("[a.csv, sub/b.csv]", ["a.csv", "sub/b.csv"]),
        ("'*.csv'", ["a.csv", "z.csv"]),
        ("'**/*.csv'", ["a.csv", "sub/b.csv", "sub/deep/c.csv", "z.csv"]),
        ("sub", ["sub/b.csv", "sub/deep/c.csv"]),
        ("sub/", ["sub/b.csv", "sub/deep/c.csv"]),
        ("'[ab].csv'", ["a.csv"]),
        ("[a.csv, 'a*.csv']", ["a.csv"]),
        ("'w [1].csv'", ["w [1].csv"]),
    ],
)
def test_files_are_found_by_name_folder_or_pattern(pattern, found, tmp_path):
    names = ["a.csv", "sub/b.csv", "sub/deep/c.csv", "sub/_notes.csv", "z.csv", "sub/.hidden.csv"]
    names += ["w [1].csv"] if "w" in pattern else []
    assert user_files(tmp_path / "raw", pattern, names) == found


def test_a_file_under_a_sources_name_may_be_read_as_another_source(tmp_path):
    mapping = "sources: {accounts: {file: users.csv, columns: {account_id: ID}}}"
    files = {"users.csv": "ID\n1\n", "accounts.csv": "x\n", "mapping.yml": mapping}
    folder = open_raw(write_files(tmp_path / "raw", files), tmp_path)
    assert [file.relative for file in folder.files["accounts"]] == ["users.csv"]
    assert "users" not in folder.files
    assert folder.unknown == ["accounts.csv"]


def test_what_nothing_reads_is_named_and_the_mapping_is_not(tmp_path):
    files = {"m/a.csv": "ID\n1\n", "other.csv": "x\n", "mapping.yml": USERS.replace("FILE", "m")}
    folder = open_raw(write_files(tmp_path / "raw", files), tmp_path)
    assert folder.unknown == ["other.csv"]


def test_a_mapping_elsewhere_holds_for_the_folder(tmp_path):
    raw = write_files(tmp_path / "raw", {"a.csv": "ID\n1\n", "mapping.yml": "nonsense: ["})
    mapping = tmp_path / "other.yml"
    mapping.write_text(USERS.replace("FILE", "a.csv"))
    assert list(open_raw(raw, tmp_path, mapping).files) == ["users"]


def test_a_file_type_may_be_told(tmp_path):
    mapping = "sources: {users: {file: export, file_type: csv, columns: {user_id: ID}}}"
    raw = write_files(tmp_path / "raw", {"export": "ID\n7\n", "mapping.yml": mapping})
    assert landed(raw, "users")[1][0]["user_id"] == "7"


def test_columns_whose_names_differ_in_case_only_are_told_apart(tmp_path):
    mapping = "sources: {users: {file: u.csv, columns: {user_id: ID, email: id, role: _file}}}"
    files = {"u.csv": "ID,id,_file\n1,2,3\n", "mapping.yml": mapping}
    _, (row,), _ = landed(write_files(tmp_path / "raw", files), "users")
    assert (row["user_id"], row["email"], row["role"], row["_file"]) == ("1", "2", "3", "u.csv")
    assert row["_raw_row"] == '{"ID":"1","id":"2","_file":"3"}'


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("{column: kind, is: a}", ["1", "2"]),
        ("{column: kind, is: [a, b]}", ["1", "2", "3"]),
        ("{column: kind, is_not: a}", ["3", "4"]),
        ("{column: kind, is: ''}", ["4"]),
        ("{column: kind, is_not: ['', b]}", ["1", "2"]),
        ("[{column: kind, is: a}, {column: ID, is_not: 1}]", ["2"]),
        ("{column: ID, is: 01}", []),
    ],
)
def test_a_filter_keeps(condition, kept, tmp_path):
    mapping = f"sources: {{users: {{file: u.csv, filter: {condition}, columns: {{user_id: ID}}}}}}"
    files = {"u.csv": "ID,kind\n1,a\n2, a \n3,b\n4,\n", "mapping.yml": mapping}
    (copy,), rows, _ = landed(write_files(tmp_path / "raw", files), "users")
    assert [row["user_id"] for row in rows] == kept
    assert copy.row_count + copy.filtered_count == 4


def test_links_and_names_of_any_script_are_read(tmp_path):
    raw = write_files(tmp_path / "raw", {"store/顧客 1.csv": "ID\n1\n"})
    os.symlink(raw / "store" / "顧客 1.csv", raw / "link.csv")
    write_files(raw, {"mapping.yml": USERS.replace("FILE", "link.csv")})
    assert landed(raw, "users")[1][0]["_file"] == "link.csv"
